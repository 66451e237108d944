#include "voice/pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/files.h"
#include "base/log.h"
#include "voice/pcm.h"
#include "voice/words.h"

enum {
    CLIPS_MOST = 96,
    FILE_MOST = 1024 * 1024,
    LONGEST_MS = 4000, // of a word
    SHORTEST_MS = 40,
    LOUD = 1000 // what is nowhere louder than this cannot be heard in a hall
};

struct clip {
    char name[WORD_SIZE];
    struct pcm pcm;
};

struct pack {
    char folder[4096];
    int rate;
    struct clip clips[CLIPS_MOST];
    size_t count;
    int faults;
};

static bool
is_heard(const struct pcm *pcm)
{
    for (size_t i = 0; i < pcm->count; i++) {
        if (abs(pcm->samples[i]) > LOUD) {
            return true;
        }
    }
    return false;
}

/* Why a recording is not taken; NULL: it is good. */
static const char *
judge(const struct pack *pack, const struct pcm *pcm)
{
    size_t ms = pcm->count * 1000 / (size_t)pcm->rate;
    return pcm->rate != pack->rate ? "not of the pack's rate"
           : ms > LONGEST_MS       ? "longer than 4 seconds"
           : ms < SHORTEST_MS      ? "too short for a word"
           : !is_heard(pcm)        ? "nothing to be heard in it"
                                   : NULL;
}

static void
load_clip(struct pack *pack, const char *name)
{
    char path[sizeof pack->folder + WORD_SIZE + 8];
    size_t len;
    snprintf(path, sizeof path, "%s/%s.wav", pack->folder, name);
    if (pack->count == CLIPS_MOST) {
        log_warning("%s: one recording too many", path);
        pack->faults++;
        return;
    }
    struct clip *clip = &pack->clips[pack->count];
    char *bytes = files_read(path, FILE_MOST, &len);
    const char *why = "cannot be read";
    if (bytes != NULL) {
        why = pcm_read_wav((const uint8_t *)bytes, len, false, &clip->pcm);
        why = why != NULL ? why : judge(pack, &clip->pcm);
    }
    free(bytes);
    if (why != NULL) {
        log_warning("%s: %s", path, why);
        pack->faults++;
        pcm_free(&clip->pcm);
        return;
    }
    pcm_soften(&clip->pcm);
    snprintf(clip->name, sizeof clip->name, "%s", name);
    pack->count++;
}

static const struct clip *
find(const struct pack *pack, const char *name)
{
    for (size_t i = 0; i < pack->count; i++) {
        if (strcmp(pack->clips[i].name, name) == 0) {
            return &pack->clips[i];
        }
    }
    return NULL;
}

/* The names of `also`, which are those of files of this folder and no other. */
static bool
load_also(struct pack *pack, const char *also)
{
    char name[WORD_SIZE];
    while (*(also += strspn(also, " ")) != '\0') {
        size_t len = strspn(also, "abcdefghijklmnopqrstuvwxyz-");
        if (len == 0 || len >= sizeof name || (also[len] != ' ' && also[len] != '\0')) {
            return false;
        }
        snprintf(name, sizeof name, "%.*s", (int)len, also);
        also += len;
        if (find(pack, name) == NULL) {
            load_clip(pack, name);
        }
    }
    return true;
}

static bool
load(struct pack *pack)
{
    char path[sizeof pack->folder + 16];
    snprintf(path, sizeof path, "%s/pack.ini", pack->folder);
    struct config *config = config_load(path);
    if (config == NULL) {
        return false;
    }
    pack->rate = config_int(config, "pack", "rate", 0, 8000, 48000);
    const char *also = config_text(config, "pack", "also", "");
    if (pack->rate == 0) {
        log_warning("%s: [pack] rate is missing", path);
        pack->faults++;
    }
    const char *name;
    for (size_t i = 0; pack->rate > 0 && (name = words_clip(i)) != NULL; i++) {
        load_clip(pack, name);
    }
    if (pack->rate > 0 && !load_also(pack, also)) {
        config_refuse(config, "pack", "also", "names of recordings, a blank between");
    }
    pack->faults += config_finish(config);
    config_destroy(config);
    return pack->faults == 0;
}

struct pack *
pack_load(const char *folder)
{
    struct pack *pack = calloc(1, sizeof *pack);
    if (pack == NULL) {
        log_error("voice: no memory");
        return NULL;
    }
    int len = snprintf(pack->folder, sizeof pack->folder, "%s", folder);
    if (len >= (int)sizeof pack->folder || !load(pack)) {
        pack_destroy(pack);
        return NULL;
    }
    return pack;
}

void
pack_destroy(struct pack *pack)
{
    if (pack != NULL) {
        for (size_t i = 0; i < pack->count; i++) {
            pcm_free(&pack->clips[i].pcm);
        }
        free(pack);
    }
}

/* --- a call ------------------------------------------------------------------------------ */

static bool
add_chime(const struct pack *pack, struct pcm *out)
{
    const struct clip *own = pack != NULL ? find(pack, "chime") : NULL;
    bool added = own != NULL ? pcm_add(out, own->pcm.samples, own->pcm.count) : pcm_add_chime(out);
    return added && pcm_add_silence(out, PACK_CHIME_MS);
}

/* All between chime and end: the sentence, a pause, the sentence. */
static bool
add_twice(const struct pcm *sentence, struct pcm *out)
{
    return pcm_add(out, sentence->samples, sentence->count) &&
           pcm_add_silence(out, PACK_BETWEEN_MS) &&
           pcm_add(out, sentence->samples, sentence->count);
}

bool
pack_join(const struct pack *pack, const struct words *words, struct pcm *out)
{
    struct pcm sentence = {.rate = pack->rate};
    bool good = true;
    *out = (struct pcm){.rate = pack->rate};
    for (size_t i = 0; i < words->count && good; i++) {
        const struct clip *clip = find(pack, words->at[i].clip);
        if (clip == NULL) {
            log_warning("%s has no recording of '%s'", pack->folder, words->at[i].clip);
        }
        good = clip != NULL && pcm_add(&sentence, clip->pcm.samples, clip->pcm.count) &&
               pcm_add_silence(&sentence, words_pause(&words->at[i]));
    }
    good = good && add_chime(pack, out) && add_twice(&sentence, out);
    pcm_free(&sentence);
    if (!good) {
        pcm_free(out);
    }
    return good;
}

bool
pack_frame(const struct pcm *sentence, struct pcm *out)
{
    *out = (struct pcm){.rate = sentence->rate};
    bool good = add_chime(NULL, out) && add_twice(sentence, out);
    if (!good) {
        pcm_free(out);
    }
    return good;
}
