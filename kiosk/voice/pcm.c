#include "voice/pcm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"

enum { SILENT = 160, BREATH_MS = 8, LEAST_RATE = 8000, MOST_RATE = 48000 };

void
pcm_free(struct pcm *pcm)
{
    if (pcm->samples != NULL) {
        secret_zero(pcm->samples, pcm->count * sizeof *pcm->samples);
        free(pcm->samples);
    }
    *pcm = (struct pcm){.rate = pcm->rate};
}

static size_t
samples_in(const struct pcm *pcm, int ms)
{
    return (size_t)pcm->rate * (size_t)ms / 1000;
}

/* --- WAV ------------------------------------------------------------------------------ */

static uint32_t
word_at(const uint8_t *bytes, int size)
{
    uint32_t value = 0;
    for (int i = size; i-- > 0;) {
        value = value << 8 | bytes[i];
    }
    return value;
}

static const char *
check_format(const uint8_t *chunk, size_t len, struct pcm *out)
{
    if (len < 16 || word_at(chunk, 2) != 1) {
        return "not plain PCM";
    }
    if (word_at(chunk + 2, 2) != 1) {
        return "more than one channel";
    }
    if (word_at(chunk + 14, 2) != 16) {
        return "not 16 bit";
    }
    uint32_t rate = word_at(chunk + 4, 4);
    if (rate < LEAST_RATE || rate > MOST_RATE) {
        return "not 8000 to 48000 samples a second";
    }
    out->rate = (int)rate;
    return NULL;
}

static const char *
take_samples(const uint8_t *bytes, size_t len, bool stream, struct pcm *out)
{
    size_t count = len / 2;
    if (count == 0) { // a stream of a text without a word in it has none
        return stream ? NULL : "no sound in it";
    }
    out->samples = malloc(count * sizeof *out->samples);
    if (out->samples == NULL) {
        return "no memory";
    }
    for (size_t i = 0; i < count; i++) {
        out->samples[i] = (int16_t)(uint16_t)word_at(bytes + 2 * i, 2);
    }
    out->count = count;
    return NULL;
}

const char *
pcm_read_wav(const uint8_t *bytes, size_t len, bool stream, struct pcm *out)
{
    enum { RIFF = 12, HEAD = 8 };
    *out = (struct pcm){0};
    if (len < RIFF || memcmp(bytes, "RIFF", 4) != 0 || memcmp(bytes + 8, "WAVE", 4) != 0) {
        return "no WAV file";
    }
    for (size_t at = RIFF; len - at >= HEAD;) {
        const uint8_t *chunk = bytes + at + HEAD;
        size_t left = len - at - HEAD, size = word_at(bytes + at + 4, 4);
        bool sound = memcmp(bytes + at, "data", 4) == 0;
        if (size > left && !(stream && sound)) {
            return "cut short";
        }
        if (sound) {
            return out->rate == 0 ? "no format in it"
                                  : take_samples(chunk, size < left ? size : left, stream, out);
        }
        const char *why =
            memcmp(bytes + at, "fmt ", 4) == 0 ? check_format(chunk, size, out) : NULL;
        if (why != NULL) {
            return why;
        }
        size += size & 1; // an odd chunk has a byte of padding
        at += HEAD + (size < left ? size : left);
    }
    return "no sound in it";
}

static void
put(uint8_t *out, size_t value, int size)
{
    for (int i = 0; i < size; i++) {
        out[i] = (uint8_t)(value >> (8 * i));
    }
}

static void
put_name(uint8_t *out, const char *name)
{
    for (int i = 0; i < 4; i++) {
        out[i] = (uint8_t)name[i];
    }
}

void
pcm_wav_head(const struct pcm *pcm, uint8_t head[PCM_WAV_HEAD])
{
    size_t bytes = pcm->count * 2;
    put_name(head, "RIFF");
    put(head + 4, PCM_WAV_HEAD - 8 + bytes, 4);
    put_name(head + 8, "WAVE");
    put_name(head + 12, "fmt ");
    put(head + 16, 16, 4);
    put(head + 20, 1, 2); // PCM
    put(head + 22, 1, 2); // channels
    put(head + 24, (size_t)pcm->rate, 4);
    put(head + 28, (size_t)pcm->rate * 2, 4);
    put(head + 32, 2, 2);
    put(head + 34, 16, 2);
    put_name(head + 36, "data");
    put(head + 40, bytes, 4);
}

/* --- cutting ---------------------------------------------------------------------------- */

static bool
is_silent(int16_t sample)
{
    return sample > -SILENT && sample < SILENT;
}

void
pcm_trim(struct pcm *pcm)
{
    size_t begin = 0, end = pcm->count, breath = samples_in(pcm, BREATH_MS);
    while (begin < end && is_silent(pcm->samples[begin])) {
        begin++;
    }
    while (end > begin && is_silent(pcm->samples[end - 1])) {
        end--;
    }
    begin = begin > breath ? begin - breath : 0;
    end = pcm->count - end > breath ? end + breath : pcm->count;
    memmove(pcm->samples, pcm->samples + begin, (end - begin) * sizeof *pcm->samples);
    pcm->count = end - begin;
}

void
pcm_soften(struct pcm *pcm)
{
    size_t edge = samples_in(pcm, PCM_EDGE_MS);
    edge = edge < pcm->count / 2 ? edge : pcm->count / 2;
    for (size_t i = 0; i < edge; i++) {
        int16_t *front = &pcm->samples[i], *back = &pcm->samples[pcm->count - 1 - i];
        *front = (int16_t)(*front * (long)i / (long)edge);
        *back = (int16_t)(*back * (long)i / (long)edge);
    }
}

/* --- joining ------------------------------------------------------------------------------ */

/* Room for `more` behind what is there. Never by realloc(), which leaves a copy behind. */
static int16_t *
grow(struct pcm *pcm, size_t more)
{
    size_t old = pcm->count;
    struct pcm larger = {.rate = pcm->rate, .count = old + more};
    larger.samples = more > 0 ? calloc(larger.count, sizeof *larger.samples) : NULL;
    if (larger.samples == NULL) {
        return NULL;
    }
    if (old > 0) {
        memcpy(larger.samples, pcm->samples, old * sizeof *larger.samples);
    }
    pcm_free(pcm);
    *pcm = larger;
    return pcm->samples + old;
}

bool
pcm_add(struct pcm *pcm, const int16_t *samples, size_t count)
{
    int16_t *room = grow(pcm, count);
    if (room != NULL) {
        memcpy(room, samples, count * sizeof *room);
    }
    return room != NULL || count == 0;
}

bool
pcm_add_silence(struct pcm *pcm, int ms)
{
    size_t count = samples_in(pcm, ms);
    return count == 0 || grow(pcm, count) != NULL;
}

bool
pcm_add_chime(struct pcm *pcm)
{
    enum { LENGTH_MS = 1300, NOTES = 2, PARTIALS = 3 };
    static const double hz[NOTES] = {659.26, 523.25}, begins[NOTES] = {0, 0.45};
    static const double share[PARTIALS] = {0.62, 0.26, 0.12}, times[PARTIALS] = {1, 2, 3.01};
    size_t count = samples_in(pcm, LENGTH_MS);
    int16_t *room = grow(pcm, count);
    for (size_t i = 0; room != NULL && i < count; i++) {
        double sum = 0;
        for (int note = 0; note < NOTES; note++) {
            double t = (double)i / pcm->rate - begins[note];
            double loud = t < 0 ? 0 : 0.45 * exp(-4.5 * t) * fmin(1, t * 250);
            for (int part = 0; part < PARTIALS && loud > 0; part++) {
                sum += loud * share[part] * sin(2 * M_PI * hz[note] * times[part] * t);
            }
        }
        double fade = fmin(1, (double)(count - 1 - i) / (pcm->rate * 0.05));
        room[i] = (int16_t)lround(fmax(-1, fmin(1, sum * fade)) * 32000);
    }
    return room != NULL;
}
