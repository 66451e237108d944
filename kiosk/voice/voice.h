/* The voice: calls of numbers from recordings, texts by espeak-ng, one after another on one
 * loudspeaker. It dials the screen that has something to say and keeps nothing of it.
 *
 * A call is said by the office's pack; where that cannot (a fault, or a word it has not), by
 * espeak-ng; where there is none, it is silent and says so once in the log. Quiet hours are
 * for calls: what a resident asked to be read is read at any hour. */
#pragma once
#include <stdbool.h>

struct settings;
struct voice;
struct call;

struct voice_parts {
    const struct settings *settings;
    const char *pack; /* folder of the pack that stands in for the office's own */
    const char *dial; /* socket of the screen */
    int signals;      /* readable: end */
};

struct voice *voice_create(const struct voice_parts *parts); /* NULL logged */
/* False: the sound device hangs and a thread with it; end the process by _exit(). */
bool voice_destroy(struct voice *voice);
void voice_run(struct voice *voice); /* until a signal */
/* By hand: say this one call, whatever the hour. False: it could not be heard (logged). */
bool voice_say(struct voice *voice, const struct call *call);
