#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "voice/pcm.h"

enum { COUNT = 100, SIZE = PCM_WAV_HEAD + 2 * COUNT };

/* A good file, to be spoilt. */
static void
write_file(uint8_t file[SIZE])
{
    int16_t samples[COUNT];
    for (int i = 0; i < COUNT; i++) {
        samples[i] = (int16_t)(i * 300 - 15000);
    }
    pcm_wav_head(&(struct pcm){.count = COUNT, .rate = 22050}, file);
    memcpy(file + PCM_WAV_HEAD, samples, sizeof samples);
}

static void
a_file_comes_back(void **state)
{
    (void)state;
    uint8_t file[SIZE];
    struct pcm pcm;
    write_file(file);
    assert_null(pcm_read_wav(file, SIZE, false, &pcm));
    assert_int_equal(pcm.rate, 22050);
    assert_int_equal(pcm.count, COUNT);
    assert_int_equal(pcm.samples[0], -15000);
    assert_int_equal(pcm.samples[COUNT - 1], (COUNT - 1) * 300 - 15000);
    pcm_free(&pcm);
    assert_null(pcm.samples);
}

static void
the_head_is_these_bytes(void **state)
{
    (void)state;
    static const uint8_t wanted[] = "RIFF\x2e\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x22\x56\0\0"
                                    "\x44\xac\0\0\2\0\x10\0data\x0a\0\0";
    uint8_t head[PCM_WAV_HEAD];
    pcm_wav_head(&(struct pcm){.count = 5, .rate = 22050}, head);
    assert_memory_equal(head, wanted, sizeof head);
}

static void
what_is_wrong_is_said(void **state)
{
    (void)state;
    static const struct {
        int at;
        uint8_t byte;
        const char *why;
    } rows[] = {
        {0, 'X', "no WAV file"},
        {8, 'X', "no WAV file"},
        {20, 3, "not plain PCM"},
        {22, 2, "more than one channel"},
        {34, 8, "not 16 bit"},
        {25, 0, "not 8000 to 48000 samples a second"},
        {26, 1, "not 8000 to 48000 samples a second"},
        {12, 'X', "no format in it"},
        {36, 'X', "no sound in it"},
        {41, 9, "cut short"},
        {17, 9, "cut short"},
        {16, 15, "not plain PCM"},
        {40, 0, "no sound in it"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint8_t file[SIZE];
        struct pcm pcm;
        write_file(file);
        file[rows[i].at] = rows[i].byte;
        const char *why = pcm_read_wav(file, SIZE, false, &pcm);
        assert_null(pcm.samples);
        assert_non_null(why);
        assert_string_equal(why, rows[i].why);
    }
}

/* However short; the copy is as long as what it holds, so that a sanitizer sees a byte too far. */
static void
a_file_cut_anywhere_is_refused(void **state)
{
    (void)state;
    uint8_t file[SIZE];
    struct pcm pcm;
    write_file(file);
    for (size_t len = 0; len < SIZE; len++) {
        uint8_t *copy = malloc(len > 0 ? len : 1);
        memcpy(copy, file, len);
        assert_non_null(pcm_read_wav(copy, len, false, &pcm));
        // A stream's head knows no length: what has come counts.
        bool whole = len >= PCM_WAV_HEAD;
        assert_int_equal(pcm_read_wav(copy, len, true, &pcm) == NULL, whole);
        assert_int_equal(pcm.count, whole ? (len - PCM_WAV_HEAD) / 2 : 0);
        pcm_free(&pcm);
        free(copy);
    }
}

static struct pcm
tone(size_t silent, size_t loud, size_t silent_after)
{
    struct pcm pcm = {.rate = 8000, .count = silent + loud + silent_after};
    pcm.samples = calloc(pcm.count, sizeof *pcm.samples);
    for (size_t i = 0; i < loud; i++) {
        pcm.samples[silent + i] = i % 2 ? 9000 : -9000;
    }
    return pcm;
}

static void
silence_at_the_ends_is_cut(void **state)
{
    (void)state;
    struct pcm pcm = tone(500, 800, 300);
    pcm_trim(&pcm);
    assert_int_equal(pcm.count, 64 + 800 + 64); // 8 ms are left on each side
    assert_int_equal(pcm.samples[63], 0);
    assert_int_equal(pcm.samples[64], -9000);
    pcm_trim(&pcm);
    assert_int_equal(pcm.count, 64 + 800 + 64);
    pcm_free(&pcm);
    pcm = tone(10, 800, 0);
    pcm_trim(&pcm);
    assert_int_equal(pcm.count, 810);
    pcm_free(&pcm);
    pcm = tone(500, 0, 0);
    pcm_trim(&pcm);
    assert_true(pcm.count <= 64);
    pcm_free(&pcm);
}

static void
edges_are_soft(void **state)
{
    (void)state;
    struct pcm pcm = tone(0, 800, 0);
    pcm_soften(&pcm);
    assert_int_equal(pcm.samples[0], 0);
    assert_int_equal(pcm.samples[799], 0);
    for (size_t i = 1; i < 32; i++) { // 4 ms, no step above a thirty-second of the whole
        assert_true(abs(abs(pcm.samples[i]) - abs(pcm.samples[i - 1])) <= 9000 / 32 + 1);
    }
    assert_int_equal(abs(pcm.samples[40]), 9000);
    pcm_free(&pcm);
    pcm = tone(0, 1, 0);
    pcm_soften(&pcm);
    pcm_free(&pcm);
}

static void
the_chime_begins_and_ends_in_silence(void **state)
{
    (void)state;
    static const int rates[] = {8000, 22050, 48000};
    for (size_t r = 0; r < 3; r++) {
        struct pcm pcm = {.rate = rates[r]};
        assert_true(pcm_add_chime(&pcm));
        assert_int_equal(pcm.count, (size_t)rates[r] * 13 / 10);
        assert_int_equal(pcm.samples[0], 0);
        assert_int_equal(pcm.samples[pcm.count - 1], 0);
        int loudest = 0;
        for (size_t i = 1; i < pcm.count; i++) {
            loudest = abs(pcm.samples[i]) > loudest ? abs(pcm.samples[i]) : loudest;
        }
        assert_in_range(loudest, 8000, 30000);
        pcm_free(&pcm);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_comes_back),
        cmocka_unit_test(the_head_is_these_bytes),
        cmocka_unit_test(what_is_wrong_is_said),
        cmocka_unit_test(a_file_cut_anywhere_is_refused),
        cmocka_unit_test(silence_at_the_ends_is_cut),
        cmocka_unit_test(edges_are_soft),
        cmocka_unit_test(the_chime_begins_and_ends_in_silence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
