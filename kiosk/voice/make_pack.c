/* make_pack ESPEAK PACK.INI FOLDER: a machine's voice, made while the product is built. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/files.h"
#include "base/log.h"
#include "voice/pack.h"
#include "voice/pcm.h"
#include "voice/speech.h"
#include "voice/words.h"

/* Where espeak-ng says an Indonesian word wrongly (its e is often the other one), its sounds.
 * The rest it says from its letters, and letters by their names. */
static const char *
spelling(const char *clip, char *buffer, size_t size)
{
    static const char *const sounds[][2] = {
        {"loket", "[[l'oket]]"},
        {"empat", "[[@mp'at]]"},
        {"enam", "[[@n'am]]"},
        {"belas", "[[b@l'as]]"},
        {"sebelas", "[[s@b@l'as]]"},
        {"loket-prioritas", "[[l'oket pri,or'itas]]"},
        {"meja-pengaduan", "[[m'edZa p@Nad'uan]]"},
        {"meja-informasi", "[[m'edZa informasi]]"},
    };
    for (size_t i = 0; i < sizeof sounds / sizeof sounds[0]; i++) {
        if (strcmp(sounds[i][0], clip) == 0) {
            return sounds[i][1];
        }
    }
    snprintf(buffer, size, "%s", clip);
    for (char *at = buffer; *at != '\0'; at++) {
        *at = *at == '-' ? ' ' : *at;
    }
    return buffer;
}

static bool
say(const char *program, const char *text, struct pcm *out)
{
    enum speech_state state = SPEECH_GOING;
    struct speech *speech = speech_start(program, "id", text, strlen(text), clock_monotonic());
    while (speech != NULL && state == SPEECH_GOING) {
        struct pollfd from = {speech_fd(speech), POLLIN, 0};
        poll(&from, 1, 1000);
        state = speech_read(speech, clock_monotonic(), out);
    }
    speech_end(speech);
    return state == SPEECH_READY;
}

static bool
write_wav(const char *path, const struct pcm *pcm)
{
    uint8_t head[PCM_WAV_HEAD];
    FILE *file = fopen(path, "wbe");
    if (file == NULL) {
        return false;
    }
    pcm_wav_head(pcm, head);
    bool good = fwrite(head, sizeof head, 1, file) == 1 &&
                fwrite(pcm->samples, sizeof *pcm->samples, pcm->count, file) == pcm->count;
    return fclose(file) == 0 && good;
}

static bool
make(const char *program, const char *folder, const char *clip)
{
    char path[4096], buffer[WORD_SIZE];
    struct pcm pcm = {0};
    snprintf(path, sizeof path, "%s/%s.wav", folder, clip);
    bool good = say(program, spelling(clip, buffer, sizeof buffer), &pcm) && write_wav(path, &pcm);
    if (!good) {
        log_error("%s could not be made", path);
    }
    pcm_free(&pcm);
    return good;
}

/* The pack's own list of what there is beside the words of every call. */
static bool
make_also(const char *program, const char *ini, const char *folder)
{
    struct config *config = config_load(ini);
    const char *also = config != NULL ? config_text(config, "pack", "also", "") : "";
    char clip[WORD_SIZE];
    bool good = config != NULL;
    for (size_t len; good && (len = strcspn(also, " ")) > 0; also += len + (also[len] == ' ')) {
        snprintf(clip, sizeof clip, "%.*s", (int)len, also);
        good = make(program, folder, clip);
    }
    config_destroy(config);
    return good;
}

int
main(int argc, char **argv)
{
    log_init("make_pack");
    log_to_people();
    if (argc != 4) {
        fputs("usage: make_pack ESPEAK PACK.INI FOLDER\n", stderr);
        return 2;
    }
    const char *program = argv[1], *ini = argv[2], *folder = argv[3], *clip;
    char path[4096];
    size_t len;
    mkdir(folder, 0755);
    bool good = true;
    for (size_t i = 0; good && (clip = words_clip(i)) != NULL; i++) {
        good = make(program, folder, clip);
    }
    good = good && make_also(program, ini, folder);
    snprintf(path, sizeof path, "%s/pack.ini", folder);
    char *manifest = good ? files_read(ini, 64 * 1024, &len) : NULL;
    // Last, and by a rename: the folder is newer than what it was made from.
    good = manifest != NULL && files_replace(path, manifest, len, 0644);
    free(manifest);
    struct pack *pack = good ? pack_load(folder) : NULL;
    good = pack != NULL;
    pack_destroy(pack);
    return good ? 0 : 1;
}
