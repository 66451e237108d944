#include "platform/sound.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include <SDL2/SDL.h>

#include "base/log.h"
#include "platform/platform.h"

enum { RATE = 44100, LONGEST_MS = 700, NOTES = 3, LINGER_MS = 1500, LOOK_MS = 50 };

static const struct {
    int hz[NOTES], start_ms[NOTES];
    int length_ms;
} tones[] = {
    [PLATFORM_SOUND_PRESS] = {{1400}, {0}, 40},
    [PLATFORM_SOUND_DONE] = {{659, 880}, {0, 140}, 600},
    [PLATFORM_SOUND_ERROR] = {{330, 262}, {0, 160}, 450},
    [PLATFORM_SOUND_ATTENTION] = {{784, 784, 988}, {0, 180, 360}, 700},
};
static const double loudness[] = {0, 0.08, 0.25, 0.7};

struct sound {
    pthread_t thread;
    bool started;        // main thread only: there is a thread to join
    atomic_int wanted;   // tone * 4 + volume, 0 none
    atomic_bool running; // the thread has not ended
    atomic_bool stop;
    bool logged; // the thread's
};

struct sound *
sound_create(void)
{
    return calloc(1, sizeof(struct sound));
}

static int
synthesise(int16_t *samples, int tone, int volume)
{
    int count = tones[tone].length_ms * RATE / 1000;
    for (int i = 0; i < count; i++) {
        double sum = 0;
        for (int note = 0; note < NOTES && tones[tone].hz[note]; note++) {
            double t = i / (double)RATE - tones[tone].start_ms[note] / 1000.0;
            if (t >= 0) { // struck at once, fading like a bell
                sum += sin(2 * M_PI * tones[tone].hz[note] * t) * exp(-7 * t) * fmin(1, t * 400);
            }
        }
        double fade = fmin(1, (count - i) / (RATE * 0.01));
        samples[i] = (int16_t)(fmax(-1, fmin(1, sum * fade * loudness[volume])) * 32000);
    }
    return count;
}

/* Play what is wanted until nothing was for a while. */
static void
serve(struct sound *sound, SDL_AudioDeviceID device)
{
    int16_t *samples = malloc(sizeof *samples * LONGEST_MS * RATE / 1000);
    SDL_PauseAudioDevice(device, 0);
    for (int idle = 0; samples && idle < LINGER_MS && !sound->stop; idle += LOOK_MS) {
        int wanted = atomic_exchange(&sound->wanted, 0);
        if (wanted) {
            int count = synthesise(samples, wanted / 4, wanted % 4);
            SDL_ClearQueuedAudio(device); // the newest counts
            SDL_QueueAudio(device, samples, (uint32_t)count * sizeof *samples);
        }
        if (wanted || SDL_GetQueuedAudioSize(device) > 0) {
            idle = 0;
        }
        SDL_Delay(LOOK_MS);
    }
    free(samples);
}

static void *
run(void *context)
{
    struct sound *sound = context;
    SDL_AudioSpec spec = {.freq = RATE, .format = AUDIO_S16SYS, .channels = 1, .samples = 1024};
    SDL_AudioDeviceID device = 0;
    bool ready = SDL_InitSubSystem(SDL_INIT_AUDIO) == 0;
    if (ready) {
        device = SDL_OpenAudioDevice(NULL, 0, &spec, NULL, 0);
    }
    if (device) {
        serve(sound, device);
        SDL_CloseAudioDevice(device);
    } else if (!sound->logged) {
        log_warning("sound: no device: %s", SDL_GetError());
        sound->logged = true;
    }
    if (ready) {
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
    }
    SDL_TLSCleanup(); // SDL's words about this thread's last failure
    sound->wanted = 0;
    sound->running = false;
    return NULL;
}

void
sound_destroy(struct sound *sound)
{
    if (!sound) {
        return;
    }
    sound->stop = true;
    if (sound->started) {
        pthread_join(sound->thread, NULL);
    }
    free(sound);
}

void
sound_play(struct sound *sound, int tone, int volume)
{
    if (volume < 1 || volume > 3 || tone < 0 || tone >= (int)(sizeof tones / sizeof *tones)) {
        return;
    }
    sound->wanted = tone * 4 + volume;
    if (sound->running) {
        return;
    }
    if (sound->started) {
        pthread_join(sound->thread, NULL); // it has ended: this does not wait
    }
    sound->running = true;
    // Made late, so that it lives inside whatever walls the program has put up.
    sound->started = pthread_create(&sound->thread, NULL, run, sound) == 0;
    sound->running = sound->started;
}
