#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "print/raster.h"
#include "print/slip.h"
#include "print/strip.h"
#include "type/qr.h"
#include "type/type.h"

static struct type *type; /* of the whole group */

static struct slip_line *
add(struct slip *slip, enum slip_kind kind, int size, const char *text, const char *value)
{
    struct slip_line *line = slip_add(slip, kind);
    line->size = size;
    snprintf(line->text, sizeof line->text, "%s", text);
    snprintf(line->value, sizeof line->value, "%s", value);
    return line;
}

static bool
is_black(const struct raster *raster, int x, int y)
{
    return raster->bits[y * raster->stride + x / 8] >> (7 - x % 8) & 1;
}

struct box {
    int left, top, right, bottom; /* of what is black; right and bottom inclusive */
};

static struct box
ink(const struct raster *raster)
{
    struct box box = {raster->width, raster->height, -1, -1};
    for (int y = 0; y < raster->height; y++) {
        for (int x = 0; x < raster->width; x++) {
            if (is_black(raster, x, y)) {
                box.left = x < box.left ? x : box.left;
                box.right = x > box.right ? x : box.right;
                box.top = y < box.top ? y : box.top;
                box.bottom = y;
            }
        }
    }
    return box;
}

static struct raster *
one_line(enum slip_kind kind, int size, const char *text, const char *value, int dots)
{
    struct slip slip = {0};
    add(&slip, kind, size, text, value);
    return slip_raster(&slip, type, dots, 8);
}

static const int papers[] = {384, 576};

/* Each module, four dots or more a side, and four white ones around all. */
static void
check_qr(int dots, const char *content)
{
    uint8_t modules[QR_MAX];
    int side = qr_encode(content, modules);
    assert_true(side > 0);
    struct raster *raster = one_line(SLIP_QR, 0, content, "", dots);
    assert_non_null(raster);
    struct box box = ink(raster);
    int module = (box.right - box.left + 1) / side;
    assert_true(module >= 4);
    assert_int_equal(box.right - box.left + 1, module * side);
    assert_int_equal(box.top, 4 * module);
    assert_int_equal(raster->height - 1 - box.bottom, 4 * module);
    assert_true(box.left >= 4 * module && raster->width - 1 - box.right >= 4 * module);
    for (int y = 0; y < side * module; y++) {
        for (int x = 0; x < side * module; x++) {
            assert_int_equal(is_black(raster, box.left + x, box.top + y),
                             modules[y / module * side + x / module]);
        }
    }
    raster_destroy(raster);
}

static void
test_qr_is_exact(void **state)
{
    (void)state;
    char longest[150];
    snprintf(longest, sizeof longest, "https://santer.samarindakota.go.id/t/#%090d", 7);
    for (size_t i = 0; i < 2; i++) {
        check_qr(papers[i], "A-017");
        check_qr(papers[i], longest);
    }
}

static void
test_qr_that_cannot_be(void **state)
{
    (void)state;
    assert_null(one_line(SLIP_QR, 0, "", "", 576));
    assert_null(one_line(SLIP_QR, 0, "https://santer.samarindakota.go.id/t/#0123456789", "", 104));
}

static void
test_nothing_leaves_the_paper(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Kelurahan Sungai Keledang, Kecamatan Samarinda Seberang, Kota Samarinda",
        "Surat-keterangan-tanpa-satu-pun-tempat-untuk-memenggal-baris-yang-panjang-sekali",
        "é è · ± ’ → A",
    };
    for (size_t i = 0; i < 2; i++) {
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
            for (int kind = SLIP_TEXT; kind <= SLIP_BOX; kind++) {
                if (kind == SLIP_QR) {
                    continue;
                }
                struct raster *raster =
                    one_line((enum slip_kind)kind, 44, texts[t], texts[t], papers[i]);
                assert_non_null(raster);
                struct box box = ink(raster);
                assert_true(box.right < raster->width && box.bottom < raster->height);
                if (kind == SLIP_TEXT) { // a millimetre of margin, and not cut at its edge
                    assert_true(box.left >= 6 && box.right < raster->width - 6);
                }
                raster_destroy(raster);
            }
        }
    }
}

static void
test_fit_shrinks_to_one_line(void **state)
{
    (void)state;
    struct slip slip = {0};
    add(&slip, SLIP_TEXT, 240, "A-017", "")->bold = true;
    slip.lines[0].fit = true;
    struct raster *wide = slip_raster(&slip, type, 576, 8);
    struct raster *narrow = slip_raster(&slip, type, 384, 8);
    struct box wide_ink = ink(wide), narrow_ink = ink(narrow);
    assert_true(narrow_ink.right - narrow_ink.left > 300);
    assert_true(wide_ink.right - wide_ink.left > 450);
    assert_true(wide_ink.bottom - wide_ink.top > narrow_ink.bottom - narrow_ink.top);
    // The hero of the slip: 17 mm of figure on 80 mm paper.
    assert_true(wide_ink.bottom - wide_ink.top >= 17 * 8 - 8);
    raster_destroy(wide);
    raster_destroy(narrow);
}

static int
height_of(enum slip_kind kind, const char *text, const char *value, int dots)
{
    struct raster *raster = one_line(kind, 0, text, value, dots);
    int height = raster->height;
    raster_destroy(raster);
    return height;
}

static void
test_long_words_take_more_lines(void **state)
{
    (void)state;
    static const char words[] = "Pindai untuk melihat keaslian dan posisi antrean Anda sekarang";
    assert_true(height_of(SLIP_TEXT, words, "", 576) >
                height_of(SLIP_TEXT, "Pindai", "", 576) * 3 / 2);
    assert_true(height_of(SLIP_PAIR, "Keadaan", words, 576) >
                height_of(SLIP_PAIR, "Keadaan", "Tersimpan", 576));
    assert_true(height_of(SLIP_BOX, words, "", 384) > height_of(SLIP_BOX, "GRATIS", "", 384));
    assert_true(height_of(SLIP_STEP, words, words, 384) > height_of(SLIP_STEP, words, "", 384));
    assert_int_equal(height_of(SLIP_SPACE, "", "", 576), 16);
}

/* Width of the black in the rows from `top` to before `bottom`. */
static int
ink_between(const struct raster *raster, int top, int bottom)
{
    int left = raster->width, right = -1;
    for (int y = top; y < bottom; y++) {
        for (int x = 0; x < raster->width; x++) {
            if (is_black(raster, x, y)) {
                left = x < left ? x : left;
                right = x > right ? x : right;
            }
        }
    }
    return right - left + 1;
}

/* "(SKU)" does not stand alone below its name, and costs no line more. */
static void
test_centred_lines_are_even(void **state)
{
    (void)state;
    static const char *const texts[] = {"Surat Keterangan Usaha (SKU)",
                                        "Pengaduan, usul, dan pertanyaan"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct raster *one = one_line(SLIP_TEXT, 54, "Surat", "", 576);
        struct raster *raster = one_line(SLIP_TEXT, 54, texts[i], "", 576);
        assert_int_equal(raster->height, 2 * one->height);
        int first = ink_between(raster, 0, one->height);
        int second = ink_between(raster, one->height, raster->height);
        assert_true(second * 2 > first && first * 2 > second);
        raster_destroy(raster);
        raster_destroy(one);
    }
}

/* At neither side a word is left over: "WITA" below a date, "ponsel" below its step. What ends in
 * two words keeps the whole width at the left. */
static void
test_no_word_stands_alone(void **state)
{
    (void)state;
    static const struct {
        enum side side;
        const char *words, *last;
    } rows[] = {{RIGHT, "Selasa, 24-11-2026, 14.00 WITA", "WITA"},
                {LEFT, "Tunggu kabar di nomor ponsel", "ponsel"},
                {LEFT, "Tunggu kabar di nomor yang baru", NULL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct strip strip = {.type = type, .dots_per_mm = 8, .raster = raster_create(384, 400)};
        struct block block = strip_block(&strip, TYPE_BOLD, 30, rows[i].side);
        int high = type_line_height(type, TYPE_BOLD, 30), all = block.width;
        int width = type_width(type, TYPE_BOLD, 30, 0, rows[i].words);
        assert_true(width > all && width < 2 * all);
        assert_true(strip_write(&strip, &block, rows[i].words));
        assert_int_equal(strip.y, 2 * high);
        int first = ink_between(strip.raster, 0, high);
        int second = ink_between(strip.raster, high, strip.y);
        if (rows[i].last != NULL) {
            assert_true(second > type_width(type, TYPE_BOLD, 30, 0, rows[i].last) + 20);
        } else {
            assert_true(first > second * 3 / 2);
        }
        raster_destroy(strip.raster);
    }
}

/* On narrow paper in large letters, too: "Kependuduk" and "an" are no words. */
static void
test_a_word_stays_whole(void **state)
{
    (void)state;
    struct raster *one = one_line(SLIP_TEXT, 80, "Kepend", "", 384);
    struct raster *word = one_line(SLIP_TEXT, 80, "Kependudukan", "", 384);
    assert_true(word->height <= one->height);
    raster_destroy(one);
    raster_destroy(word);
}

static void
test_steps_are_numbered_anew(void **state)
{
    (void)state;
    struct slip slip = {0};
    add(&slip, SLIP_STEP, 0, "Ambil", "");
    struct raster *first = slip_raster(&slip, type, 576, 8);
    add(&slip, SLIP_STEP, 0, "Ambil", "");
    struct raster *both = slip_raster(&slip, type, 576, 8);
    size_t step = (size_t)first->stride * (size_t)first->height;
    assert_memory_equal(both->bits, first->bits, step);
    assert_memory_not_equal(both->bits + step, first->bits, step); // 2, not 1
    slip.lines[1].kind = SLIP_RULE;
    add(&slip, SLIP_STEP, 0, "Ambil", "");
    struct raster *apart = slip_raster(&slip, type, 576, 8);
    assert_memory_equal(apart->bits + (size_t)apart->stride * (size_t)apart->height - step,
                        first->bits, step); // 1 again below the rule
    raster_destroy(first);
    raster_destroy(both);
    raster_destroy(apart);
}

static void
test_no_printer_command_in_the_dots(void **state)
{
    (void)state;
    struct slip slip = {0};
    for (int size = 20; size < 64; size++) {
        add(&slip, SLIP_TEXT, size, "il|.·:,'jtI1/ \\-_ Senin, 23-11-2026 09.41 WITA", "");
    }
    struct raster *raster = slip_raster(&slip, type, 576, 8);
    size_t len = (size_t)raster->stride * (size_t)raster->height;
    for (size_t i = 0; i + 1 < len; i++) {
        uint8_t next = raster->bits[i + 1];
        assert_false(raster->bits[i] == 0x10 && (next == 0x04 || next == 0x05 || next == 0x14));
    }
    raster_destroy(raster);
}

static void
test_limits(void **state)
{
    (void)state;
    struct slip slip = {0};
    assert_null(slip_raster(&slip, type, 576, 8)); // nothing to print
    for (int i = 0; i < SLIP_LINES; i++) {
        assert_non_null(slip_add(&slip, SLIP_RULE));
    }
    assert_null(slip_add(&slip, SLIP_RULE));
    for (int i = 0; i < SLIP_LINES; i++) { // taller than paper was set aside for
        slip.lines[i] = (struct slip_line){.kind = SLIP_TEXT, .size = 240, .text = "A"};
    }
    struct raster *raster = slip_raster(&slip, type, 384, 8);
    assert_non_null(raster);
    assert_true(raster->height > 48 * 150);
    raster_destroy(raster);
}

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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_qr_is_exact),
        cmocka_unit_test(test_qr_that_cannot_be),
        cmocka_unit_test(test_nothing_leaves_the_paper),
        cmocka_unit_test(test_fit_shrinks_to_one_line),
        cmocka_unit_test(test_long_words_take_more_lines),
        cmocka_unit_test(test_centred_lines_are_even),
        cmocka_unit_test(test_no_word_stands_alone),
        cmocka_unit_test(test_a_word_stays_whole),
        cmocka_unit_test(test_steps_are_numbered_anew),
        cmocka_unit_test(test_no_printer_command_in_the_dots),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests_name("print slip", tests, open_type, close_type);
}
