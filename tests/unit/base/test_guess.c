/* Which name a misspelt one meant, and when no guess is better than a wrong one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/guess.h"

static const char *const keys[] = {"title", "short_label", "label", "required", "questions", "max",
                                   "",      "relevant",    NULL};

static void
the_nearest_name_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *word, *meant;
    } rows[] = {
        {"titel", "title"},
        {"lable", "label"},
        {"Label", "label"},
        {"require", "required"},
        {"maximum", "max"},
        {"short-label", "short_label"},
        {"shortlabel", "short_label"},
        {"question", "questions"},
        {"relevent", "relevant"},
        {"harga", NULL},
        {"x", NULL},
        {"", NULL},
        {"abcdefghijabcdefghijabcdefghijabcdefghijx", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *found = guess_name(rows[i].word, keys);
        if (rows[i].meant == NULL) {
            assert_null(found);
        } else {
            assert_non_null(found);
            assert_string_equal(found, rows[i].meant);
        }
    }
}

static void
else_the_few_there_are_are_named(void **state)
{
    (void)state;
    static const char *const few[] = {"form", "queue", NULL}, *const none[] = {NULL};
    static const char *const many[] = {"abcdefghijabcdefghijabcdefghijabcdefghij",
                                       "abcdefghijabcdefghijabcdefghijabcdefghik",
                                       "abcdefghijabcdefghijabcdefghijabcdefghil",
                                       "abcdefghijabcdefghijabcdefghijabcdefghim",
                                       "abcdefghijabcdefghijabcdefghijabcdefghin",
                                       "abcdefghijabcdefghijabcdefghijabcdefghio",
                                       NULL};
    char out[GUESS_BYTES];
    assert_string_equal(guess_hint("forms", few, out), "; is 'form' meant?");
    assert_string_equal(guess_hint("surat", few, out), "; there are form, queue");
    assert_string_equal(guess_hint("surat", none, out), "");
    assert_string_equal(guess_hint("surat", many, out), "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_name_is_found),
        cmocka_unit_test(else_the_few_there_are_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
