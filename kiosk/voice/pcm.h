/* Sound in memory: 16 bit, one channel. Reading and writing WAV, cutting and joining. Pure. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pcm {
    int16_t *samples; /* owned */
    size_t count;
    int rate; /* samples a second */
};
void pcm_free(struct pcm *pcm); /* zeroes first: it may be what a resident was told */

/* NULL, or why it is not taken: "not 16 bit". A stream (of a program that did not know its end
 * when it began) may be shorter than its head says; a file may not. */
const char *pcm_read_wav(const uint8_t *bytes, size_t len, bool stream, struct pcm *out);
enum { PCM_WAV_HEAD = 44 };
void pcm_wav_head(const struct pcm *pcm, uint8_t head[PCM_WAV_HEAD]);

/* Cut the silence at both ends, but for a little. */
void pcm_trim(struct pcm *pcm);
/* The first and last milliseconds rise from and sink to nothing: no click where two meet. */
void pcm_soften(struct pcm *pcm);
enum { PCM_EDGE_MS = 4 };

/* Sound that grows; everything put into it has its rate. False: no memory. */
bool pcm_add(struct pcm *pcm, const int16_t *samples, size_t count);
bool pcm_add_silence(struct pcm *pcm, int ms);
/* "Ding-dong", as loud as speech. */
bool pcm_add_chime(struct pcm *pcm);
