#include "platform/speaker.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include <SDL2/SDL.h>

#include "base/log.h"
#include "base/secret.h"

enum { LINGER_S = 2, END_S = 2, BUFFER = 1024 };

struct chunk {
    struct chunk *next;
    size_t count, played;
    int rate;
    int16_t samples[];
};

struct speaker {
    pthread_t thread;
    bool started; // of the caller only: there is a thread to join
    int event;

    pthread_mutex_t mutex;
    pthread_cond_t changed;
    // all below protected by it
    struct chunk *first, *last; // owned
    int rate;                   // of the open device
    bool running;               // the thread has not ended
    bool stop, failed, stuck, logged;
};

struct speaker *
speaker_create(void)
{
    pthread_condattr_t monotonic;
    struct speaker *speaker = calloc(1, sizeof *speaker);
    int event = speaker != NULL ? eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK) : -1;
    if (event < 0) {
        log_error("speaker: no memory or descriptor");
        free(speaker);
        return NULL;
    }
    speaker->event = event;
    pthread_mutex_init(&speaker->mutex, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&speaker->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return speaker;
}

static void
drop_first(struct speaker *speaker)
{
    struct chunk *chunk = speaker->first;
    speaker->first = chunk->next;
    speaker->last = speaker->first != NULL ? speaker->last : NULL;
    secret_zero(chunk->samples, chunk->count * sizeof chunk->samples[0]);
    free(chunk);
}

static void
drop_all(struct speaker *speaker)
{
    while (speaker->first != NULL) {
        drop_first(speaker);
    }
}

/* Something ended: the caller shall look, and the thread too. */
static void
tell(struct speaker *speaker)
{
    (void)!write(speaker->event, &(uint64_t){1}, sizeof(uint64_t));
    pthread_cond_signal(&speaker->changed);
}

/* --- the device's side ---------------------------------------------------------------- */

/* SDL asks for the next samples, on a thread of its own. */
static void SDLCALL
fill(void *context, Uint8 *bytes, int len)
{
    struct speaker *speaker = context;
    int16_t *out = (int16_t *)(void *)bytes;
    size_t room = (size_t)len / sizeof *out;
    pthread_mutex_lock(&speaker->mutex);
    speaker->stuck = false;
    while (room > 0 && speaker->first != NULL && speaker->first->rate == speaker->rate) {
        struct chunk *chunk = speaker->first;
        size_t left = chunk->count - chunk->played, part = left < room ? left : room;
        memcpy(out, chunk->samples + chunk->played, part * sizeof *out);
        chunk->played += part;
        out += part;
        room -= part;
        if (chunk->played == chunk->count) {
            drop_first(speaker);
            tell(speaker);
        }
    }
    pthread_mutex_unlock(&speaker->mutex);
    memset(out, 0, room * sizeof *out);
}

/* With the mutex: until there is something to play, or nothing was for a while. */
static bool
wait_for_sound(struct speaker *speaker)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += LINGER_S;
    int late = 0;
    while (speaker->first == NULL && !speaker->stop && late == 0) {
        late = pthread_cond_timedwait(&speaker->changed, &speaker->mutex, &until);
    }
    return speaker->first != NULL && !speaker->stop;
}

/* With the mutex, which is let go meanwhile: play all that has the device's rate. */
static void
serve(struct speaker *speaker, SDL_AudioDeviceID device)
{
    pthread_mutex_unlock(&speaker->mutex);
    SDL_PauseAudioDevice(device, 0);
    pthread_mutex_lock(&speaker->mutex);
    while (wait_for_sound(speaker) && speaker->first->rate == speaker->rate) {
        pthread_cond_wait(&speaker->changed, &speaker->mutex); // until fill() has ended one
    }
    pthread_mutex_unlock(&speaker->mutex);
    SDL_CloseAudioDevice(device); // after what it was given
    pthread_mutex_lock(&speaker->mutex);
}

static void
refuse(struct speaker *speaker)
{
    if (!speaker->logged) {
        log_warning("speaker: no device: %s", SDL_GetError());
        speaker->logged = true;
    }
    drop_all(speaker);
    speaker->failed = true;
    tell(speaker);
}

static void *
run(void *context)
{
    struct speaker *speaker = context;
    bool ready = SDL_InitSubSystem(SDL_INIT_AUDIO) == 0, open = true;
    pthread_mutex_lock(&speaker->mutex);
    while (open && wait_for_sound(speaker)) {
        speaker->rate = speaker->first->rate;
        SDL_AudioSpec spec = {.freq = speaker->rate,
                              .format = AUDIO_S16SYS,
                              .channels = 1,
                              .samples = BUFFER,
                              .callback = fill,
                              .userdata = speaker};
        pthread_mutex_unlock(&speaker->mutex);
        SDL_AudioDeviceID device = ready ? SDL_OpenAudioDevice(NULL, 0, &spec, NULL, 0) : 0;
        pthread_mutex_lock(&speaker->mutex);
        speaker->stuck = false;
        open = device != 0;
        if (open) {
            speaker->logged = false;
            serve(speaker, device);
        } else {
            refuse(speaker);
        }
    }
    // From here on another thread may begin: nothing of the speaker is touched any more.
    drop_all(speaker);
    speaker->running = false;
    pthread_mutex_unlock(&speaker->mutex);
    if (ready) {
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
    }
    SDL_TLSCleanup(); // SDL's words about this thread's last failure
    return NULL;
}

/* --- the caller's side ------------------------------------------------------------------ */

bool
speaker_destroy(struct speaker *speaker)
{
    struct timespec until;
    if (speaker == NULL) {
        return true;
    }
    pthread_mutex_lock(&speaker->mutex);
    speaker->stop = true;
    pthread_cond_signal(&speaker->changed);
    pthread_mutex_unlock(&speaker->mutex);
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += END_S;
    if (speaker->started && pthread_timedjoin_np(speaker->thread, NULL, &until) != 0) {
        log_warning("speaker: the device hangs; left to itself");
        return false;
    }
    drop_all(speaker);
    close(speaker->event);
    pthread_cond_destroy(&speaker->changed);
    pthread_mutex_destroy(&speaker->mutex);
    free(speaker);
    return true;
}

/* With the mutex. A thread that has ended is joined without waiting for it. */
static bool
have_thread(struct speaker *speaker)
{
    if (!speaker->running) {
        if (speaker->started) {
            pthread_join(speaker->thread, NULL);
        }
        // Made late, so that it lives inside whatever walls the program has put up.
        speaker->started = pthread_create(&speaker->thread, NULL, run, speaker) == 0;
        speaker->running = speaker->started;
    }
    return speaker->running;
}

bool
speaker_play(struct speaker *speaker, const int16_t *samples, size_t count, int rate, int percent)
{
    struct chunk *chunk = malloc(sizeof *chunk + count * sizeof *samples);
    if (chunk == NULL) {
        log_error("speaker: no memory");
        return false;
    }
    *chunk = (struct chunk){.count = count, .rate = rate};
    for (size_t i = 0; i < count; i++) {
        chunk->samples[i] = (int16_t)(samples[i] * percent / 100);
    }
    pthread_mutex_lock(&speaker->mutex);
    *(speaker->last != NULL ? &speaker->last->next : &speaker->first) = chunk;
    speaker->last = chunk;
    bool good = count > 0 && !speaker->stuck && have_thread(speaker);
    if (!good) {
        drop_all(speaker);
    }
    speaker->failed = false;
    pthread_cond_signal(&speaker->changed);
    pthread_mutex_unlock(&speaker->mutex);
    return good;
}

void
speaker_hush(struct speaker *speaker)
{
    pthread_mutex_lock(&speaker->mutex);
    drop_all(speaker);
    pthread_cond_signal(&speaker->changed);
    pthread_mutex_unlock(&speaker->mutex);
}

void
speaker_give_up(struct speaker *speaker)
{
    speaker_hush(speaker);
    pthread_mutex_lock(&speaker->mutex);
    speaker->stuck = speaker->running;
    pthread_mutex_unlock(&speaker->mutex);
}

int
speaker_fd(const struct speaker *speaker)
{
    return speaker->event;
}

enum speaker_state
speaker_look(struct speaker *speaker)
{
    uint64_t ended;
    (void)!read(speaker->event, &ended, sizeof ended);
    pthread_mutex_lock(&speaker->mutex);
    bool failed = speaker->failed, playing = speaker->first != NULL;
    speaker->failed = false;
    pthread_mutex_unlock(&speaker->mutex);
    return failed ? SPEAKER_FAILED : playing ? SPEAKER_PLAYING : SPEAKER_SILENT;
}
