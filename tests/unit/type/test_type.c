#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "type/memo.h"
#include "type/type.h"

static struct type *type;

static int
open_type(void **state)
{
    (void)state;
    type = type_create(NULL);
    return type ? 0 : -1;
}

static int
close_type(void **state)
{
    (void)state;
    type_destroy(type);
    return 0;
}

struct ink { // what a line covered
    int left, right, top, bottom;
    long sum;
    const uint8_t *last;
};

static void
add_ink(void *context, int x, int y, const uint8_t *coverage, int length)
{
    struct ink *ink = context;
    assert_true(length > 0 && coverage[0] && coverage[length - 1]);
    ink->left = x < ink->left ? x : ink->left;
    ink->right = x + length > ink->right ? x + length : ink->right;
    ink->top = y < ink->top ? y : ink->top;
    ink->bottom = y + 1 > ink->bottom ? y + 1 : ink->bottom;
    for (int i = 0; i < length; i++) {
        ink->sum += coverage[i];
    }
    ink->last = coverage;
}

static struct ink
draw(enum type_weight weight, int px, int cell, const char *line)
{
    struct ink ink = {.left = 1 << 20, .right = -(1 << 20), .top = 1 << 20, .bottom = -(1 << 20)};
    type_draw(type, weight, px, cell, line, add_ink, &ink);
    return ink;
}

static void
widths_follow_the_text(void **state)
{
    (void)state;
    assert_int_equal(type_width(type, TYPE_REGULAR, 34, 0, ""), 0);
    int one = type_width(type, TYPE_REGULAR, 34, 0, "n");
    assert_in_range(one, 15, 25);
    assert_in_range(type_width(type, TYPE_REGULAR, 34, 0, "nnnn"), 4 * one - 4, 4 * one + 4);
    assert_in_range(type_width(type, TYPE_REGULAR, 68, 0, "n"), 2 * one - 1, 2 * one + 1);
    assert_true(type_width(type, TYPE_BOLD, 34, 0, "Selesai") >
                type_width(type, TYPE_REGULAR, 34, 0, "Selesai"));
    // Kerned: a pair that leans together is narrower than its two letters.
    assert_true(type_width(type, TYPE_REGULAR, 120, 0, "AV") <
                type_width(type, TYPE_REGULAR, 120, 0, "A") +
                    type_width(type, TYPE_REGULAR, 120, 0, "V"));
}

static void
a_cell_is_one_character_wide(void **state)
{
    (void)state;
    assert_int_equal(type_width(type, TYPE_REGULAR, 52, 40, "6472 03"), 7 * 40);
    assert_int_equal(type_width(type, TYPE_REGULAR, 52, 40, "é\xff"), 2 * 40);
    for (const char *digit = "0\0001\0002\0003\0004\0005\0006\0007\0008\0009\0"; *digit;
         digit += 2) {
        struct ink ink = draw(TYPE_REGULAR, 52, 40, digit);
        // In the middle, give or take the side bearings.
        assert_in_range(ink.left + ink.right, 40 - 6, 40 + 6);
    }
    struct ink second = draw(TYPE_REGULAR, 52, 40, " 8"), first = draw(TYPE_REGULAR, 52, 40, "8");
    assert_int_equal(second.left, first.left + 40);
    assert_int_equal(second.sum, first.sum);
}

static void
heights_are_those_of_the_face(void **state)
{
    (void)state;
    for (int px = 29; px <= 240; px += 7) {
        int cap = type_cap_height(type, TYPE_REGULAR, px);
        assert_in_range(cap * 100 / px, 70, 76); // Inter: 0.727 em
        assert_true(type_ascent(type, TYPE_REGULAR, px) > cap);
        assert_true(type_line_height(type, TYPE_REGULAR, px) >= px);
        struct ink ink = draw(TYPE_REGULAR, px, 0, "H");
        assert_in_range(ink.bottom, type_ascent(type, TYPE_REGULAR, px) - 1,
                        type_ascent(type, TYPE_REGULAR, px) + 1);
        assert_in_range(ink.bottom - ink.top, cap - 1, cap + 1);
    }
}

static void
ink_stays_in_the_line_box(void **state)
{
    (void)state;
    static const char *const lines[] = {"Ágjpqy|", "jj", "È\xc3\xa9", "Wf", "7K3F-9QXM"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct ink ink = draw(TYPE_BOLD, 58, 0, lines[i]);
        assert_true(ink.sum > 0 && ink.top >= 0);
        assert_true(ink.bottom <= type_line_height(type, TYPE_BOLD, 58));
        assert_true(ink.left >= -6);
        assert_true(ink.right <= type_width(type, TYPE_BOLD, 58, 0, lines[i]) + 6);
    }
}

static void
an_overhang_does_not_move_the_line(void **state)
{
    (void)state;
    // j reaches left of its origin; the letters after it stand where they would.
    struct ink j = draw(TYPE_BOLD, 200, 0, "j");
    assert_true(j.left < 0);
    struct ink cell = draw(TYPE_BOLD, 200, 100, "j");
    assert_in_range(cell.left + cell.right, 80, 120);
}

static void
fits_break_between_words(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *line; // by its width
        int bytes;
    } rows[] = {
        {"", "wide", 0},
        {"satu", "satu", 4},
        {"satu dua", "satu", 5},
        {"satu dua", "satu du", 5},
        {"satu dua", "satu dua", 8},
        {"satu  dua tiga", "satu  dua", 10},
        {"satu ", "satu", 5},
        {"   ", "i", 3},
        {"pertanggungjawaban", "pertanggung", 11},
        {"éééé", "éé", 4},
        {"éé éé", "éé", 5},
        {" satu", "satu", 4},
        {"KTP-el dan KK", "KTP-el da", 7},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int width = type_width(type, TYPE_REGULAR, 34, 0, rows[i].line);
        int got = type_fit(type, TYPE_REGULAR, 34, rows[i].text, width);
        if (got != rows[i].bytes) {
            fail_msg("\"%s\" in \"%s\": %d, not %d", rows[i].text, rows[i].line, got,
                     rows[i].bytes);
        }
    }
}

static void
a_fit_always_moves_on(void **state)
{
    (void)state;
    static const char *const texts[] = {"panjang sekali", "\xff\xfe\xc3", "é", "  x", "日本 語"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        for (int width = -5; width < 200; width += 3) {
            const char *rest = texts[i];
            for (int turn = 0; *rest; turn++) {
                int bytes = type_fit(type, TYPE_BOLD, 34, rest, width);
                assert_in_range(bytes, 1, strlen(rest));
                assert_true(turn < 30);
                assert_false(((unsigned char)rest[bytes] & 0xc0) == 0x80);
                rest += bytes;
            }
        }
    }
}

static void
a_line_of_thin_letters_is_filled(void **state)
{
    (void)state;
    char text[241] = "", line[181];
    for (int i = 0; i < 48; i++) {
        memcpy(text + 5 * i, "illi ", 5);
    }
    snprintf(line, sizeof line, "%.180s", text);
    int width = type_width(type, TYPE_REGULAR, 34, 0, line);
    assert_int_equal(type_fit(type, TYPE_REGULAR, 34, text, width), 180);
}

/* Every line that is given back is no wider than asked, for a long text. */
static void
wrapped_lines_are_not_too_wide(void **state)
{
    (void)state;
    static const char words[] =
        "Jaringan kantor sedang terputus. Permohonan tersimpan di anjungan ini dan dikirim begitu "
        "jaringan kembali. Anda tidak perlu mengulang. é è “kutipan” ’ – 24 × 7 -> Lanjut!";
    for (int px = 29; px < 60; px += 5) {
        for (int width = 300; width < 1000; width += 53) {
            for (const char *rest = words; *rest;) {
                char line[256];
                int bytes = type_fit(type, TYPE_SEMIBOLD, px, rest, width);
                snprintf(line, sizeof line, "%.*s", bytes, rest);
                while (bytes > 0 && line[bytes - 1] == ' ') {
                    line[--bytes] = '\0';
                }
                assert_true(type_width(type, TYPE_SEMIBOLD, px, 0, line) <= width + 1);
                rest += type_fit(type, TYPE_SEMIBOLD, px, rest, width);
            }
        }
    }
}

static void
any_bytes_are_drawn_without_harm(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "\xff",      "\xc3",        "\xf0\x9f\x98\x80", "\t\n\x01", "\xe2\x80\xaezyx",
        "a\xcc\x81", "\xed\xa0\x80"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        draw(TYPE_REGULAR, 34, 0, lines[i]);
        draw(TYPE_REGULAR, 34, 20, lines[i]);
        type_width(type, TYPE_REGULAR, 34, 0, lines[i]);
    }
    assert_int_equal(draw(TYPE_REGULAR, 34, 0, "").sum, 0);
    assert_int_equal(draw(TYPE_REGULAR, 34, 0, "   ").sum, 0);
    char *paste = malloc(65537);
    memset(paste, 'W', 65536);
    paste[65536] = '\0';
    struct ink ink = draw(TYPE_REGULAR, 34, 0, paste);
    assert_in_range(ink.right, 5000, 60000);
    assert_true(type_width(type, TYPE_REGULAR, 34, 0, paste) <= 60000);
    assert_in_range(type_fit(type, TYPE_REGULAR, 34, paste, 1000), 20, 40);
    free(paste);
}

static void
a_missing_glyph_is_known(void **state)
{
    (void)state;
    for (uint32_t code = 0x20; code < 0x7f; code++) {
        assert_true(type_has(type, code));
    }
    assert_true(type_has(type, 0xe9) && type_has(type, 0x2019) && type_has(type, 0xb7));
    assert_false(type_has(type, 0x65e5)); // 日
    assert_false(type_has(type, 0x10ffff));
}

/* More lines than the memo has places, each asked for three ways: they evict each other
 * and never answer for one another. */
static void
what_is_remembered_is_what_was_measured(void **state)
{
    (void)state;
    enum { LINES = 3 * MEMO_PLACES };
    static int widths[LINES], fits[LINES];
    char line[64];
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < LINES; i++) {
            int px = 24 + i % 3;
            snprintf(line, sizeof line, "Warung %d Bu Siti %c", i, 'a' + i % 26);
            int width = type_width(type, TYPE_BOLD, px, 0, line);
            int fit = type_fit(type, TYPE_BOLD, px, line, 150);
            assert_true(round == 0 || (widths[i] == width && fits[i] == fit));
            widths[i] = width;
            fits[i] = fit;
            assert_int_equal(type_width(type, TYPE_BOLD, px, 0, line), width);
            if (round == 1) {
                type_forget(type);
            }
        }
    }
}

static void
nothing_is_remembered_after_the_visit(void **state)
{
    (void)state;
    static struct memo memo, none;
    int value;
    uint64_t key = memo_key(7, "6472031708900001");
    assert_false(memo_find(&memo, key, &value));
    memo_keep(&memo, key, 301);
    assert_true(memo_find(&memo, key, &value));
    assert_int_equal(value, 301);
    assert_false(memo_find(&memo, memo_key(8, "6472031708900001"), &value));
    assert_false(memo_find(&memo, memo_key(7, "6472031708900002"), &value));
    memo_forget(&memo);
    assert_memory_equal(&memo, &none, sizeof memo);
}

static void
many_sizes_do_not_pile_up(void **state)
{
    (void)state;
    int width = type_width(type, TYPE_REGULAR, 40, 0, "Lanjut");
    for (int px = 10; px < 90; px++) {
        for (int weight = 0; weight < TYPE_WEIGHTS; weight++) {
            assert_true(type_width(type, (enum type_weight)weight, px, 0, "Lanjut") > 0);
        }
    }
    assert_int_equal(type_width(type, TYPE_REGULAR, 40, 0, "Lanjut"), width);
    type_forget(type);
    assert_int_equal(type_width(type, TYPE_REGULAR, 40, 0, "Lanjut"), width);
}

static void
a_missing_folder_is_refused(void **state)
{
    (void)state;
    assert_null(type_create("/proc/nonexistent"));
    type_destroy(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_follow_the_text),
        cmocka_unit_test(a_cell_is_one_character_wide),
        cmocka_unit_test(heights_are_those_of_the_face),
        cmocka_unit_test(ink_stays_in_the_line_box),
        cmocka_unit_test(an_overhang_does_not_move_the_line),
        cmocka_unit_test(fits_break_between_words),
        cmocka_unit_test(a_fit_always_moves_on),
        cmocka_unit_test(a_line_of_thin_letters_is_filled),
        cmocka_unit_test(wrapped_lines_are_not_too_wide),
        cmocka_unit_test(any_bytes_are_drawn_without_harm),
        cmocka_unit_test(a_missing_glyph_is_known),
        cmocka_unit_test(what_is_remembered_is_what_was_measured),
        cmocka_unit_test(nothing_is_remembered_after_the_visit),
        cmocka_unit_test(many_sizes_do_not_pile_up),
        cmocka_unit_test(a_missing_folder_is_refused),
    };
    return cmocka_run_group_tests(tests, open_type, close_type);
}
