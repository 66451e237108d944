#include "voice/voice.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/notify.h"
#include "base/secret.h"
#include "base/settings.h"
#include "platform/speaker.h"
#include "voice/inside.h"
#include "voice/pack.h"
#include "voice/speech.h"
#include "voice/words.h"
#include "wire/link.h"

enum { WITA = 480 };

/* The office's pack, else the machine's own voice. What is wrong with one is in the log. */
static void
find_voice(struct voice *voice)
{
    const char *own = voice->parts.settings->voice.pack;
    const char *program = voice->parts.settings->voice.program;
    voice->pack = own[0] != '\0' ? pack_load(own) : NULL;
    if (voice->pack == NULL) {
        voice->pack = pack_load(voice->parts.pack);
        if (voice->pack != NULL && own[0] != '\0') {
            log_warning("%s is not taken; calls are in the voice of %s", own, voice->parts.pack);
        }
    }
    voice->speaks = access(program, X_OK) == 0;
    if (!voice->speaks) {
        log_warning("%s: %s; no text is spoken", program, strerror(errno));
    }
    if (voice->pack == NULL) {
        log_warning(voice->speaks ? "no pack of recordings; calls are spoken by %s"
                                  : "no pack of recordings, and no %s: calls are silent",
                    program);
    }
}

struct voice *
voice_create(const struct voice_parts *parts)
{
    struct voice *voice = calloc(1, sizeof *voice);
    if (voice == NULL) {
        log_error("the voice: no memory");
        return NULL;
    }
    voice->parts = *parts;
    voice->volume = parts->settings->voice.volume;
    voice->utc_offset = WITA;
    voice->memory = secret_create(sizeof *voice->jobs * (JOBS + 1));
    voice->jobs = voice->memory != NULL
                      ? secret_alloc(voice->memory, sizeof *voice->jobs * (JOBS + 1))
                      : NULL;
    voice->speaker = speaker_create();
    if (voice->jobs == NULL || voice->speaker == NULL) {
        voice_destroy(voice);
        return NULL;
    }
    find_voice(voice);
    return voice;
}

bool
voice_destroy(struct voice *voice)
{
    if (voice == NULL) {
        return true;
    }
    speech_end(voice->speech);
    link_destroy(voice->link);
    secret_destroy(voice->memory);
    pack_destroy(voice->pack);
    bool ended = speaker_destroy(voice->speaker);
    free(voice);
    return ended;
}

/* --- the loop ----------------------------------------------------------------------------- */

static int64_t
sooner(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

enum { SIGNALS, LINK, SPEAKER, SPEECH, FDS };

/* Sleep until something is to be done; false: the end. */
static bool
wait_for_more(struct voice *voice, int64_t next, int64_t now)
{
    int64_t left = sooner(next, now + 60000) - now;
    struct pollfd fds[FDS] = {
        [SIGNALS] = {voice->parts.signals, POLLIN, 0},
        [LINK] = {voice->link != NULL ? link_fd(voice->link) : -1, POLLIN, 0},
        [SPEAKER] = {speaker_fd(voice->speaker), POLLIN, 0},
        [SPEECH] = {voice->speech != NULL ? speech_fd(voice->speech) : -1, POLLIN, 0},
    };
    if (voice->link != NULL && link_wants_write(voice->link)) {
        fds[LINK].events |= POLLOUT;
    }
    int ready = poll(fds, FDS, left > 0 ? (int)left : 0);
    if (ready < 0 && errno != EINTR) {
        log_error("poll: %s", strerror(errno));
        return false;
    }
    if (ready > 0 && fds[SPEAKER].revents != 0 && !voice->begun) {
        speaker_look(voice->speaker); // the end of what was hushed
    }
    if (ready > 0 && fds[LINK].revents != 0) {
        peer_read(voice);
    }
    return ready <= 0 || fds[SIGNALS].revents == 0;
}

void
voice_run(struct voice *voice)
{
    struct notify notify;
    int64_t now = clock_monotonic();
    bool going = true;
    notify_open(&notify, now);
    notify_ready(&notify);
    while (going) {
        now = clock_monotonic();
        peer_dial(voice, now);
        jobs_step(voice, now);
        peer_flush(voice);
        notify_tick(&notify, now);
        int64_t next = sooner(jobs_deadline(voice), notify_deadline(&notify));
        going =
            wait_for_more(voice, voice->link == NULL ? sooner(next, voice->dial_at) : next, now);
    }
    notify_stopping(&notify);
    notify_close(&notify);
}

bool
voice_say(struct voice *voice, const struct call *call)
{
    const struct voice_announce announce = {.number = call->number,
                                            .place = call->place != NULL ? call->place : "",
                                            .counter = call->counter,
                                            .last = call->last};
    jobs_call(voice, &announce, true);
    bool going = true;
    while (going && voice->count > 0) {
        int64_t now = clock_monotonic();
        jobs_step(voice, now);
        going = voice->count == 0 || wait_for_more(voice, jobs_deadline(voice), now);
    }
    return going && voice->result == VOICE_SAID;
}
