#include <stdalign.h>
#include <stddef.h>

#include "base/log.h"
#include "base/settings.h"
#include "voice/inside.h"
#include "wire/link.h"
#include "wire/sockets.h"

enum { FIRST_DIAL = 250, LAST_DIAL = 10000, LONG_DIALLED = 9 };

/* What was asked for ends with who asked. */
static void
hang_up(struct voice *voice)
{
    link_destroy(voice->link);
    voice->link = NULL;
    voice->volume = voice->parts.settings->voice.volume;
    jobs_hush(voice, true);
}

void
peer_flush(struct voice *voice)
{
    if (voice->link != NULL && !link_flush(voice->link)) {
        hang_up(voice);
    }
}

static void
hello(struct voice *voice)
{
    const struct voice_hello hello = {.protocol = VOICE_PROTOCOL, .speaks = voice->speaks};
    link_send(voice->link, &voice_hello_type, &hello);
}

void
peer_dial(struct voice *voice, int64_t now)
{
    if (voice->link != NULL || now < voice->dial_at) {
        return;
    }
    int fd = sockets_dial(voice->parts.dial);
    int64_t wait = FIRST_DIAL << (voice->tries < 6 ? voice->tries : 6);
    voice->dial_at = now + (wait < LAST_DIAL ? wait : LAST_DIAL);
    voice->tries++;
    if (fd < 0) {
        if (voice->tries == LONG_DIALLED) { // no fault: an office may have no screen that speaks
            log_info("%s: no screen answers; dialling on", voice->parts.dial);
        }
        return;
    }
    voice->link = link_create(fd, screen_to_voice);
    if (voice->link != NULL) {
        hello(voice);
    }
}

void
peer_done(struct voice *voice, int64_t request, enum voice_result result)
{
    const struct voice_done done = {.request = request, .result = result};
    voice->result = result;
    if (voice->link != NULL) {
        link_send(voice->link, &voice_done_type, &done);
    }
}

static void
dispatch(struct voice *voice, const struct wire_type *type, const void *message)
{
    if (type == &voice_announce_type) {
        jobs_call(voice, message, false);
    } else if (type == &voice_speak_type) {
        jobs_speak(voice, message);
    } else if (type == &voice_hush_type) {
        jobs_hush(voice, true);
    } else if (type == &voice_volume_type) {
        voice->volume = ((const struct voice_volume *)message)->percent;
    } else if (type == &voice_office_type) {
        voice->utc_offset = ((const struct voice_office *)message)->utc_offset;
    }
}

void
peer_read(struct voice *voice)
{
    alignas(max_align_t) unsigned char message[WIRE_MESSAGE_MAX];
    bool broken = false, alive = link_fill(voice->link) && link_flush(voice->link);
    const struct wire_type *type;
    while ((type = link_next(voice->link, message, &broken)) != NULL) {
        voice->tries = 0; // one that only hangs up is dialled ever more slowly
        dispatch(voice, type, message);
    }
    if (!alive || broken) {
        log_info(broken ? "the screen spoke nonsense; hanging up" : "the screen is gone");
        hang_up(voice);
    }
}
