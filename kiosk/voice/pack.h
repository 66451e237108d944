/* Recordings of the words of a call: a folder of WAV files (16 bit, one channel, all of one
 * rate), NAME.wav for each of words_clip(), and a pack.ini that says
 *
 *   [pack]
 *   rate = 22050
 *   also = chime meja-pengaduan
 *
 * `also`: what there is beside: a chime instead of ours, places that are no "loket".
 * It is read whole at the start, so that a fault shows then and not before a full hall. */
#pragma once
#include <stdbool.h>

struct pack;
struct pcm;
struct words;

/* NULL: something is wrong with it; each fault is in the log, by file. */
struct pack *pack_load(const char *folder);
void pack_destroy(struct pack *pack); /* NULL is fine */

/* Chime, the words, a pause, the words again: one sound, to be freed. False: the pack has no
 * recording for one of the words (logged), or no memory. */
bool pack_join(const struct pack *pack, const struct words *words, struct pcm *out);

/* The same of a sentence that a machine said. */
bool pack_frame(const struct pcm *sentence, struct pcm *out);

enum { PACK_CHIME_MS = 250, PACK_BETWEEN_MS = 1000 }; /* after the chime; before the repetition */
