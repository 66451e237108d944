/* A program that stands in for espeak-ng shows what it is given, and what becomes of one that
 * hangs, floods or says nothing. */
#include <poll.h>
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

#include "base/clock.h"
#include "base/files.h"
#include "voice/pcm.h"
#include "voice/speech.h"

static char folder[] = "/tmp/anjungan-speech-XXXXXX";
static char program[64], seen[64];

static void
become(const char *script)
{
    char text[1000];
    snprintf(text, sizeof text, "#!/bin/sh\nPATH=/usr/bin:/bin\ncd %s\n%s\n", folder, script);
    assert_true(files_replace(program, text, strlen(text), 0755));
}

static enum speech_state
read_all(struct speech *speech, int64_t late, struct pcm *out)
{
    enum speech_state state = SPEECH_GOING;
    for (int turns = 0; state == SPEECH_GOING && turns < 500; turns++) {
        struct pollfd from = {speech_fd(speech), POLLIN, 0};
        poll(&from, 1, 10);
        state = speech_read(speech, clock_monotonic() + late, out);
    }
    return state;
}

static enum speech_state
say(const char *text, int64_t late, struct pcm *out)
{
    struct speech *speech = speech_start(program, "id", text, strlen(text), clock_monotonic());
    assert_non_null(speech);
    assert_true(speech_deadline(speech) > clock_monotonic());
    enum speech_state state = read_all(speech, late, out);
    speech_end(speech);
    return state;
}

static void
sentences_are_cut_where_one_breathes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t first;
    } rows[] = {
        {"", 0},
        {"Satu", 4},
        {"Satu.", 5},
        {"Satu. Dua.", 6},
        {"Pukul 09.30 buka. Dua.", 18}, // no dot of a time
        {"Siapa? Saya.", 7},
        {"Judul\nTeks", 6},
        {"Satu.  \n Dua", 9},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(speech_sentence(rows[i].text), rows[i].first);
    }
    char text[4001];
    memset(text, 'a', 4000);
    text[4000] = '\0';
    assert_int_equal(speech_sentence(text), 4000); // no blank to breathe at
    text[390] = ' ';
    assert_int_equal(speech_sentence(text), 391);
}

static void
each_language_has_a_voice(void **state)
{
    (void)state;
    assert_string_equal(speech_voice("id"), "id");
    assert_string_equal(speech_voice("en"), "en");
    assert_string_equal(speech_voice("bjn"), "id");
    assert_string_equal(speech_voice("jv"), "id");
    assert_null(speech_voice(""));
    assert_null(speech_voice("-f"));
}

static void
the_text_is_no_argument(void **state)
{
    (void)state;
    struct pcm pcm;
    size_t len;
    become("cat > seen; { tr '\\0' '\\n' < /proc/$$/cmdline; tr '\\0' '\\n' < /proc/$$/environ; } "
           ">> seen");
    assert_int_equal(say("Rahasia 6472.", 0, &pcm), SPEECH_FAILED); // it makes no sound
    char *got = files_read(seen, 4096, &len);
    assert_non_null(got);
    assert_int_equal(strncmp(got, "Rahasia 6472.\n", 14), 0);
    assert_null(strstr(got + 14, "Rahasia"));
    assert_non_null(strstr(got + 14, "\n--stdin\n"));
    free(got);
}

static void
a_program_that_hangs_is_ended(void **state)
{
    (void)state;
    struct pcm pcm;
    size_t len;
    unlink(seen);
    become("echo $$ > seen; exec sleep 60");
    struct speech *speech = speech_start(program, "id", "Satu.", 5, clock_monotonic());
    for (int turns = 0; access(seen, F_OK) != 0 && turns < 500; turns++) {
        usleep(10000);
    }
    usleep(50000);
    assert_int_equal(speech_read(speech, clock_monotonic(), &pcm), SPEECH_GOING);
    speech_end(speech);
    char path[64];
    char *pid = files_read(seen, 64, &len);
    assert_non_null(pid);
    snprintf(path, sizeof path, "/proc/%d", atoi(pid));
    assert_int_equal(access(path, F_OK), -1); // ended and buried
    free(pid);
}

static void
too_long_is_a_failure(void **state)
{
    (void)state;
    struct pcm pcm;
    become("exec sleep 60");
    assert_int_equal(say("Satu.", 11000, &pcm), SPEECH_FAILED); // as if so much later
    become("exec cat /dev/zero");
    assert_int_equal(say("Satu.", 0, &pcm), SPEECH_FAILED); // no end of it
    assert_null(pcm.samples);
}

static void
what_is_no_sound_is_a_failure(void **state)
{
    (void)state;
    struct pcm pcm;
    become("exit 1");
    assert_int_equal(say("Satu.", 0, &pcm), SPEECH_FAILED);
    become("echo usage");
    assert_int_equal(say("Satu.", 0, &pcm), SPEECH_FAILED);
    unlink(program);
    assert_int_equal(say("Satu.", 0, &pcm), SPEECH_FAILED);
}

static void
espeak_says_it(void **state)
{
    (void)state;
    struct pcm pcm;
    assert_int_equal(symlink("/usr/bin/espeak-ng", program), 0);
    assert_int_equal(say("Selamat datang di kantor kelurahan.", 0, &pcm), SPEECH_READY);
    assert_int_equal(pcm.rate, 22050);
    assert_in_range(pcm.count, 22050, 5 * 22050);
    assert_int_equal(pcm.samples[0], 0);
    assert_int_equal(pcm.samples[pcm.count - 1], 0);
    pcm_free(&pcm);
    assert_int_equal(say("...", 0, &pcm), SPEECH_READY); // without a word in it
    assert_true(pcm.count < 22050 / 10);
    pcm_free(&pcm);
}

static int
tidy(void **state)
{
    (void)state;
    unlink(program);
    unlink(seen);
    return rmdir(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_are_cut_where_one_breathes),
        cmocka_unit_test(each_language_has_a_voice),
        cmocka_unit_test(the_text_is_no_argument),
        cmocka_unit_test(a_program_that_hangs_is_ended),
        cmocka_unit_test(too_long_is_a_failure),
        cmocka_unit_test(what_is_no_sound_is_a_failure),
        cmocka_unit_test(espeak_says_it),
    };
    if (mkdtemp(folder) == NULL) {
        return 1;
    }
    snprintf(program, sizeof program, "%s/program", folder);
    snprintf(seen, sizeof seen, "%s/seen", folder);
    return cmocka_run_group_tests(tests, NULL, tidy);
}
