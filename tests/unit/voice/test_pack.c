/* The pack that the build made is taken, joined to the sample; each way to spoil one is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/files.h"
#include "voice/pack.h"
#include "voice/pcm.h"
#include "voice/words.h"

static const char *made; // folder of the good one
static char spoilt[] = "/tmp/anjungan-pack-XXXXXX";

/* A pack, and what was written to the log meanwhile. */
static struct pack *
load(const char *folder, char *log, size_t size)
{
    int pipes[2], saved = dup(STDERR_FILENO);
    assert_int_equal(pipe(pipes), 0);
    dup2(pipes[1], STDERR_FILENO);
    struct pack *pack = pack_load(folder);
    dup2(saved, STDERR_FILENO);
    close(saved);
    close(pipes[1]);
    ssize_t got = read(pipes[0], log, size - 1);
    log[got > 0 ? got : 0] = '\0';
    close(pipes[0]);
    return pack;
}

static void
path_of(char path[256], const char *folder, const char *name, const char *ending)
{
    snprintf(path, 256, "%s/%s%s", folder, name, ending);
}

static void
copy(const char *name, const char *ending)
{
    char path[256];
    size_t len;
    path_of(path, made, name, ending);
    char *bytes = files_read(path, 1 << 20, &len);
    assert_non_null(bytes);
    path_of(path, spoilt, name, ending);
    assert_true(files_replace(path, bytes, len, 0644));
    free(bytes);
}

static void
write_sound(const char *name, int rate, size_t count, int16_t value)
{
    char path[256];
    size_t size = PCM_WAV_HEAD + 2 * count;
    uint8_t *bytes = malloc(size);
    pcm_wav_head(&(struct pcm){.rate = rate, .count = count}, bytes);
    for (size_t i = 0; i < count; i++) {
        memcpy(bytes + PCM_WAV_HEAD + 2 * i, &value, 2);
    }
    path_of(path, spoilt, name, ".wav");
    assert_true(files_replace(path, bytes, size, 0644));
    free(bytes);
}

static void
write_ini(const char *text)
{
    char path[256];
    path_of(path, spoilt, "pack", ".ini");
    assert_true(files_replace(path, text, strlen(text), 0644));
}

static void
assert_named(const char *first, const char *second)
{
    char log[8192];
    struct pack *pack = load(spoilt, log, sizeof log);
    if (pack != NULL || strstr(log, first) == NULL || strstr(log, second) == NULL) {
        fail_msg("%s, not said: %s %s\nbut: %s", pack != NULL ? "taken" : "refused", first, second,
                 log);
    }
}

static void
the_made_pack_is_good(void **state)
{
    (void)state;
    char log[4096];
    struct pack *pack = load(made, log, sizeof log);
    assert_non_null(pack);
    assert_string_equal(log, "");
    pack_destroy(pack);
    pack_destroy(NULL);
}

static size_t
length_of(const char *clip)
{
    char path[256];
    struct stat about;
    path_of(path, made, clip, ".wav");
    assert_int_equal(stat(path, &about), 0);
    return ((size_t)about.st_size - PCM_WAV_HEAD) / 2;
}

/* Chime, and twice the clips and their pauses: to the sample. */
static void
a_call_is_as_long_as_its_parts(void **state)
{
    (void)state;
    enum { RATE = 22050 };
    char log[4096];
    struct words words;
    struct pcm sound;
    struct pack *pack = load(made, log, sizeof log);
    const struct call call = {.number = "Z-908", .counter = 117, .last = true};
    assert_true(words_call(&words, &call));
    size_t once = 0;
    for (size_t i = 0; i < words.count; i++) {
        once += length_of(words.at[i].clip) + RATE * (size_t)words_pause(&words.at[i]) / 1000;
    }
    assert_true(pack_join(pack, &words, &sound));
    assert_int_equal(sound.rate, RATE);
    assert_int_equal(sound.count, RATE * 13 / 10 + RATE * PACK_CHIME_MS / 1000 + 2 * once +
                                      RATE * PACK_BETWEEN_MS / 1000);
    pcm_free(&sound);
    pack_destroy(pack);
}

static void
a_word_without_a_recording_is_named(void **state)
{
    (void)state;
    char log[4096];
    struct words words;
    struct pcm sound = {.samples = NULL};
    struct pack *pack = load(made, log, sizeof log);
    assert_true(words_call(&words, &(struct call){.number = "A-1", .place = "ruang rapat"}));
    assert_false(pack_join(pack, &words, &sound));
    assert_null(sound.samples);
    assert_true(words_call(&words, &(struct call){.number = "A-1", .place = "meja pengaduan"}));
    assert_true(pack_join(pack, &words, &sound));
    pcm_free(&sound);
    pack_destroy(pack);
}

/* A recording that begins and ends in the middle of a sound. */
static void
no_edge_clicks(void)
{
    enum { RATE = 22050, COUNT = 9000, BEGIN = RATE * 13 / 10 + RATE * PACK_CHIME_MS / 1000 };
    char log[4096];
    const struct words words = {.at = {{.clip = "q", .mark = '.'}}, .count = 1};
    struct pcm sound;
    write_sound("q", RATE, COUNT, 9000);
    struct pack *pack = load(spoilt, log, sizeof log);
    assert_non_null(pack);
    assert_true(pack_join(pack, &words, &sound));
    assert_int_equal(sound.samples[BEGIN + COUNT / 2], 9000);
    for (size_t i = 1; i < sound.count; i++) {
        assert_true(i < BEGIN || abs(sound.samples[i] - sound.samples[i - 1]) < 120);
    }
    pcm_free(&sound);
    pack_destroy(pack);
    copy("q", ".wav");
}

static void
each_fault_is_named(void **state)
{
    (void)state;
    char path[256];
    const char *clip;
    for (size_t i = 0; (clip = words_clip(i)) != NULL; i++) {
        copy(clip, ".wav");
    }
    assert_named("pack.ini", "No such file");
    write_ini("[pack]\nrate = 22050\n");
    char log[4096];
    struct pack *pack = load(spoilt, log, sizeof log);
    assert_non_null(pack); // good until it is spoilt
    pack_destroy(pack);
    no_edge_clicks();

    path_of(path, spoilt, "q", ".wav");
    unlink(path);
    assert_named("/q.wav", "cannot be read");
    write_sound("q", 22050, 0, 0);
    assert_named("/q.wav", "no sound in it");
    assert_true(files_replace(path, "", 0, 0644));
    assert_named("/q.wav", "no WAV file");
    assert_true(files_replace(path, "ID3 of an mp3, say", 18, 0644));
    assert_named("/q.wav", "no WAV file");
    write_sound("q", 44100, 9000, 9000);
    assert_named("/q.wav", "not of the pack's rate");
    write_sound("q", 22050, 22050 * 4 + 100, 9000);
    assert_named("/q.wav", "longer than 4 seconds");
    write_sound("q", 22050, 600, 9000);
    assert_named("/q.wav", "too short");
    write_sound("q", 22050, 9000, 3);
    assert_named("/q.wav", "nothing to be heard");
    write_sound("loket", 8000, 9000, 9000);
    assert_named("/q.wav", "/loket.wav: not of the pack's rate"); // all of them, not the first
    copy("q", ".wav");
    copy("loket", ".wav");

    write_ini("[pack]\nrate = 22050\nalso = chime meja-pengaduan\n");
    assert_named("/chime.wav: cannot be read", "/meja-pengaduan.wav");
    write_ini("[pack]\nrate = 22050\nalso = ../../etc/passwd\n");
    assert_named("[pack] also", "names of recordings");
    write_ini("[pack]\nrate = fast\n");
    assert_named("[pack] rate: 'fast'", "rate is missing");
    write_ini("[pack]\nrate = 22050\nvolume = 3\n");
    assert_named("[pack] volume", "not a key");
}

static int
tidy(void **state)
{
    (void)state;
    char path[300];
    const char *clip;
    for (size_t i = 0; (clip = words_clip(i)) != NULL; i++) {
        snprintf(path, sizeof path, "%s/%s.wav", spoilt, clip);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/pack.ini", spoilt);
    unlink(path);
    return rmdir(spoilt);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_made_pack_is_good),
        cmocka_unit_test(a_call_is_as_long_as_its_parts),
        cmocka_unit_test(a_word_without_a_recording_is_named),
        cmocka_unit_test(each_fault_is_named),
    };
    if (argc < 2 || mkdtemp(spoilt) == NULL) {
        return 1;
    }
    made = argv[1];
    return cmocka_run_group_tests(tests, NULL, tidy);
}
