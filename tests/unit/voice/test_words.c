#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/text.h"
#include "voice/words.h"

static void
assert_text(const struct words *words, const char *wanted)
{
    char buffer[400];
    struct text text = text_over(buffer, sizeof buffer);
    words_text(words, &text);
    assert_false(text.cut);
    assert_string_equal(buffer, wanted);
}

static void
assert_said(const struct call *call, const char *wanted)
{
    struct words words;
    assert_true(words_call(&words, call));
    assert_text(&words, wanted);
}

static void
a_call_is_these_words(void **state)
{
    (void)state;
    assert_said(&(struct call){.number = "A-017", .counter = 2},
                "Nomor antrean, A, nol satu tujuh, silakan menuju loket dua.");
    assert_said(&(struct call){.number = "A017", .place = "", .counter = 2},
                "Nomor antrean, A, nol satu tujuh, silakan menuju loket dua.");
    assert_said(&(struct call){.number = "B-200", .counter = 12, .last = true},
                "Panggilan terakhir, nomor antrean, B, dua nol nol, "
                "silakan menuju loket dua belas.");
    assert_said(&(struct call){.number = "D-003", .place = "meja pengaduan"},
                "Nomor antrean, D, nol nol tiga, silakan menuju meja pengaduan.");
    assert_said(&(struct call){.number = "KB-1000", .place = "loket", .counter = 1},
                "Nomor antrean, K B, satu nol nol nol, silakan menuju loket satu.");
    assert_said(&(struct call){.number = "P-9", .place = "loket prioritas"},
                "Nomor antrean, P, sembilan, silakan menuju loket prioritas.");
}

/* The grammar backwards: the value of words, or -1. Knows nothing of the code's way there. */
static int
value_of(const struct words *words)
{
    static const char *const ones[] = {"nol",  "satu", "dua",   "tiga",    "empat",
                                       "lima", "enam", "tujuh", "delapan", "sembilan"};
    int total = 0, one = -1;
    for (size_t i = 0; i < words->count; i++) {
        const char *word = words->at[i].clip;
        int found = -1;
        for (int n = 0; n < 10; n++) {
            found = strcmp(word, ones[n]) == 0 ? n : found;
        }
        if (found >= 0 && one < 0) {
            one = found;
        } else if (strcmp(word, "ratus") == 0 && one >= 2 && total == 0) {
            total = one * 100;
            one = -1;
        } else if (strcmp(word, "seratus") == 0 && one < 0 && total == 0) {
            total = 100;
        } else if (strcmp(word, "puluh") == 0 && one >= 2 && total % 100 == 0) {
            total += one * 10;
            one = -1;
        } else if (strcmp(word, "belas") == 0 && one >= 2 && total % 100 == 0) {
            return i + 1 == words->count ? total + 10 + one : -1;
        } else if (strcmp(word, "sepuluh") == 0 && one < 0 && total % 100 == 0) {
            return i + 1 == words->count ? total + 10 : -1;
        } else if (strcmp(word, "sebelas") == 0 && one < 0 && total % 100 == 0) {
            return i + 1 == words->count ? total + 11 : -1;
        } else {
            return -1;
        }
    }
    return one == 0 && words->count > 1 ? -1 : total + (one > 0 ? one : 0);
}

static bool
is_clip(const char *name)
{
    const char *clip;
    for (size_t i = 0; (clip = words_clip(i)) != NULL; i++) {
        if (strcmp(clip, name) == 0) {
            return true;
        }
    }
    return false;
}

static void
every_number_is_itself(void **state)
{
    (void)state;
    for (int number = 0; number <= 999; number++) {
        struct words words = {.count = 0};
        words_number(&words, number);
        assert_true(words.count > 0);
        assert_int_equal(value_of(&words), number);
        for (size_t i = 0; i < words.count; i++) {
            assert_true(is_clip(words.at[i].clip));
        }
    }
}

static void
numbers_are_said_so(void **state)
{
    (void)state;
    static const struct {
        int number;
        const char *said;
    } rows[] = {
        {0, "Nol"},
        {9, "Sembilan"},
        {10, "Sepuluh"},
        {11, "Sebelas"},
        {12, "Dua belas"},
        {19, "Sembilan belas"},
        {20, "Dua puluh"},
        {21, "Dua puluh satu"},
        {100, "Seratus"},
        {101, "Seratus satu"},
        {110, "Seratus sepuluh"},
        {111, "Seratus sebelas"},
        {117, "Seratus tujuh belas"},
        {200, "Dua ratus"},
        {999, "Sembilan ratus sembilan puluh sembilan"},
        {1000, "Satu nol nol nol"},
        {9999, "Sembilan sembilan sembilan sembilan"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct words words = {.count = 0};
        words_number(&words, rows[i].number);
        assert_text(&words, rows[i].said);
    }
}

/* All numbers of all series: said digit by digit, with recordings that there are. */
static void
every_ticket_is_said_as_it_stands(void **state)
{
    (void)state;
    for (char letter = 'A'; letter <= 'Z'; letter++) {
        for (int number = 0; number <= 999; number++) {
            static const char *const names[] = {"nol",  "satu", "dua",   "tiga",    "empat",
                                                "lima", "enam", "tujuh", "delapan", "sembilan"};
            char ticket[8], wanted[120];
            struct words words;
            snprintf(ticket, sizeof ticket, "%c-%03d", letter, number);
            snprintf(wanted, sizeof wanted, "Nomor antrean, %c, %s %s %s, silakan menuju loket.",
                     letter, names[number / 100], names[number / 10 % 10], names[number % 10]);
            assert_true(words_call(&words, &(struct call){.number = ticket}));
            assert_text(&words, wanted);
            for (size_t i = 0; i < words.count; i++) {
                assert_true(is_clip(words.at[i].clip));
            }
        }
    }
}

static void
nothing_else_is_called(void **state)
{
    (void)state;
    static const char *const numbers[] = {"",      "A",      "A-",        "017",    "a-017",
                                          "A--17", "A-01x",  "A 017",     "ABCD-1", "A-12345",
                                          "-017",  "A-017 ", "\xc3\x81-1"};
    static const char *const places[] = {
        "Loket", " loket",  "loket ", "loket  dua",
        "../x",  "loket-1", "lokét",  "tempat yang namanya sangat panjang sekali di sini"};
    struct words words;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        assert_false(words_call(&words, &(struct call){.number = numbers[i], .counter = 1}));
    }
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        assert_false(words_call(&words, &(struct call){.number = "A-1", .place = places[i]}));
    }
    assert_false(words_call(&words, &(struct call){.number = NULL}));
    assert_false(words_call(&words, &(struct call){.number = "A-1", .counter = -1}));
    assert_false(words_call(&words, &(struct call){.number = "A-1", .counter = 10000}));
    assert_true(
        words_call(&words, &(struct call){.number = "ABC-9999", .counter = 9999, .last = true}));
    assert_true(words.count < WORDS_MOST);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_is_these_words),
        cmocka_unit_test(every_number_is_itself),
        cmocka_unit_test(numbers_are_said_so),
        cmocka_unit_test(every_ticket_is_said_as_it_stands),
        cmocka_unit_test(nothing_else_is_called),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
