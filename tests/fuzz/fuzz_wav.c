#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "voice/pcm.h"

/* What an office recorded, and what a program wrote. Whatever it is, what is taken can be cut
 * and written again, and that is read as the same. */
static void
check(const uint8_t *data, size_t size, bool stream)
{
    struct pcm pcm, again;
    if (pcm_read_wav(data, size, stream, &pcm) != NULL) {
        MUST(pcm.samples == NULL);
        return;
    }
    MUST(pcm.rate >= 8000 && pcm.rate <= 48000 && pcm.count <= size / 2);
    MUST(stream || pcm.count > 0);
    if (pcm.count > 0) {
        size_t len = PCM_WAV_HEAD + 2 * pcm.count;
        uint8_t *file = malloc(len);
        pcm_wav_head(&pcm, file);
        memcpy(file + PCM_WAV_HEAD, pcm.samples, 2 * pcm.count);
        MUST(pcm_read_wav(file, len, false, &again) == NULL);
        MUST(again.count == pcm.count && again.rate == pcm.rate);
        MUST(memcmp(again.samples, pcm.samples, 2 * pcm.count) == 0);
        free(file);
        pcm_trim(&again);
        pcm_soften(&again);
        MUST(again.count <= pcm.count);
        pcm_free(&again);
    }
    pcm_free(&pcm);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check(data, size, false);
    check(data, size, true);
    return 0;
}
