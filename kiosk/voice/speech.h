/* A sentence becomes sound by espeak-ng, a program of its own (its licence is not ours to
 * link). One run a sentence: the first is heard while the next is made, and a hush never waits
 * for a long text. The text goes by its standard input, never among its arguments, which any
 * process list shows. Nothing here waits: the caller polls. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pcm;
struct speech;

/* "id", "en", "bjn", "jv"; of the last two espeak-ng has no voice, and Indonesian's sounds come
 * nearest. NULL: no such language. */
const char *speech_voice(const char *language);
/* Bytes of the first sentence of a text, its blanks with it; 0 at the end. A long one ends
 * at a blank: the voice breathes there. */
size_t speech_sentence(const char *text);

/* NULL (one log line): the program could not be started. */
struct speech *speech_start(const char *program, const char *voice, const char *text, size_t len,
                            int64_t now);
void speech_end(struct speech *speech); /* ends the program too; NULL is fine */
int speech_fd(const struct speech *speech);
int64_t speech_deadline(const struct speech *speech); /* monotonic ms */

enum speech_state { SPEECH_GOING, SPEECH_READY, SPEECH_FAILED };
/* Call when the descriptor is readable, and at the deadline. READY: `out` is the sound, trimmed,
 * to be freed. FAILED is in the log, without a word of the text. */
enum speech_state speech_read(struct speech *speech, int64_t now, struct pcm *out);
