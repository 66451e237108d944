/* Sound that was made elsewhere, one after another without a gap. The device is opened by the
 * first of it, on a thread that nobody waits for, and closed when it has been silent: one that
 * hangs takes this thread with it and nobody else. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct speaker;

struct speaker *speaker_create(void); /* opens nothing; NULL logged */
/* False: the device hangs, and its thread with it. Only the end of the program ends them. */
bool speaker_destroy(struct speaker *speaker);

/* One channel, 16 bit, copied; `percent` of its loudness. False: no memory, or a device that
 * hung before has not come back. */
bool speaker_play(struct speaker *speaker, const int16_t *samples, size_t count, int rate,
                  int percent);
void speaker_hush(struct speaker *speaker); /* silence, at once */

/* Readable when something ended; speaker_look() takes that back. */
int speaker_fd(const struct speaker *speaker);
enum speaker_state {
    SPEAKER_SILENT,  /* all was heard, or hushed */
    SPEAKER_PLAYING, /* or about to */
    SPEAKER_FAILED,  /* the device refused (logged); what waited is gone. Said once. */
};
enum speaker_state speaker_look(struct speaker *speaker);
/* The device took nothing for too long: hushed, and nothing more is given to it until it
 * moves. The caller knows the time. */
void speaker_give_up(struct speaker *speaker);
