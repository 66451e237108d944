#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "print/escpos.h"
#include "print/profile.h"
#include "print/raster.h"

static struct printer_profile
small_epson(void)
{
    return (struct printer_profile){
        .dots = 16,
        .dots_per_mm = 8,
        .columns = 16,
        .code_page = -1,
        .band_rows = 2,
        .feed_units = 2,
        .cut = CUT_FEED_PARTIAL,
        .feed_mm = 1,
        .confirm = CONFIRM_JOB,
    };
}

static void
check(const struct escpos *job, const uint8_t *want, size_t len)
{
    assert_false(job->failed);
    assert_int_equal(job->len, len);
    assert_memory_equal(job->bytes, want, len);
}

static void
test_bands_feed_and_confirmation(void **state)
{
    (void)state;
    static const uint8_t want[] = {
        0x1b, '@',                              // fresh start
        0x1c, '.',                              // no two-byte letters
        0x1d, 'a',  0x0e,                       // speak up about line, errors, paper
        0x1d, 'v',  '0',  0,    2, 0,   2,   0, // band: 2 bytes a row, 2 rows
        0x80, 0x00, 0x00, 0x01,                 // its dots
        0x1d, 'v',  '0',  0,    2, 0,   1,   0, // band: the third row
        0xff, 0xff,                             //
        0x1b, 'J',  60,                         // 30 white rows in half dots
        0x1d, 'v',  '0',  0,    2, 0,   1,   0, // band: the last row
        0x00, 0x18,                             //
        0x1d, 'V',  66,   0,                    // feed to the blade, cut
        0x1d, '(',  'H',  6,    0, '0', '0', 'A', '0', '1', '7', // say when it is out
    };
    struct printer_profile profile = small_epson();
    struct raster *raster = raster_create(16, 34);
    raster_dot(raster, 0, 0);
    raster_dot(raster, 15, 1);
    raster_fill(raster, 0, 2, 16, 1);
    raster_fill(raster, 11, 33, 2, 1);
    struct escpos job;
    assert_true(escpos_raster(&job, raster, &profile, "A017"));
    check(&job, want, sizeof want);
    escpos_destroy(&job);
    raster_destroy(raster);
}

/* Only at these places may the sending stop. */
static void
test_parts_end_between_commands(void **state)
{
    (void)state;
    struct printer_profile profile = small_epson();
    profile.feed_units = 0;
    profile.cut = CUT_OLD;
    profile.confirm = CONFIRM_NONE;
    struct raster *raster = raster_create(16, 3);
    struct escpos job;
    assert_true(escpos_raster(&job, raster, &profile, "A017"));
    // 4 start, 12 and 10 the bands, ESC J 8, ESC i
    static const size_t ends[] = {4, 16, 26, 29, 31, 31};
    assert_int_equal(job.parts, sizeof ends / sizeof *ends);
    for (size_t i = 0; i < job.parts; i++) {
        assert_int_equal(job.ends[i], ends[i]);
    }
    escpos_destroy(&job);
    raster_destroy(raster);
}

static void
test_each_way_to_cut_and_confirm(void **state)
{
    (void)state;
    static const struct {
        enum profile_cut cut;
        enum profile_confirm confirm;
        bool buzzer;
        uint8_t tail[12];
        size_t len;
        bool asb;
    } cases[] = {
        {CUT_FEED_PARTIAL, CONFIRM_NONE, false, {0x1d, 'V', 66, 0}, 4, false},
        {CUT_PARTIAL, CONFIRM_NONE, false, {0x1b, 'J', 16, 0x1d, 'V', 1}, 6, false},
        {CUT_OLD, CONFIRM_USB, false, {0x1b, 'J', 16, 0x1b, 'i'}, 5, false},
        {CUT_NONE, CONFIRM_NONE, true, {0x1b, 'J', 16, 0x1b, 'B', 1, 2}, 7, false},
        {CUT_NONE, CONFIRM_ASB, false, {0x1b, 'J', 16, 0x1d, 'r', 1}, 6, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct printer_profile profile = small_epson();
        profile.cut = cases[i].cut;
        profile.confirm = cases[i].confirm;
        profile.buzzer = cases[i].buzzer;
        struct raster *raster = raster_create(8, 1);
        struct escpos job;
        assert_true(escpos_raster(&job, raster, &profile, "0000"));
        assert_memory_equal(job.bytes + job.len - cases[i].len, cases[i].tail, cases[i].len);
        assert_int_equal(memcmp(job.bytes + 4, "\x1d\x61\x0e", 3) == 0, cases[i].asb);
        escpos_destroy(&job);
        raster_destroy(raster);
    }
}

static void
test_long_feeds_are_split(void **state)
{
    (void)state;
    static const uint8_t want[] = {
        0x1b, '@', 0x1c, '.',  0x1b, 'J', 254,
        0x1b, 'J', 254,  0x1b, 'J',  92, // 300 rows of two units
        0x1d, 'V', 66,   0,
    };
    struct printer_profile profile = small_epson();
    profile.confirm = CONFIRM_NONE;
    struct raster *raster = raster_create(16, 300);
    struct escpos job;
    assert_true(escpos_raster(&job, raster, &profile, "0000"));
    check(&job, want, sizeof want);
    escpos_destroy(&job);
    raster_destroy(raster);
}

static void
test_no_command_inside_a_picture(void **state)
{
    (void)state;
    static const struct {
        uint8_t dots[4], want[4];
    } cases[] = {
        {{0x10, 0x04, 0x10, 0x05}, {0x30, 0x04, 0x30, 0x05}},
        {{0x10, 0x14, 0x00, 0x00}, {0x30, 0x14, 0x00, 0x00}},
        {{0x00, 0x10, 0x04, 0x00}, {0x00, 0x30, 0x04, 0x00}}, // across two rows
        {{0x10, 0x10, 0x04, 0x10}, {0x10, 0x30, 0x04, 0x10}},
        {{0x10, 0x06, 0x20, 0x04}, {0x10, 0x06, 0x20, 0x04}}, // harmless
    };
    struct printer_profile profile = small_epson();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct raster *raster = raster_create(16, 2);
        memcpy(raster->bits, cases[i].dots, 4);
        struct escpos job;
        assert_true(escpos_raster(&job, raster, &profile, "0000"));
        assert_memory_equal(job.bytes + 15, cases[i].want, 4);
        assert_memory_equal(raster->bits, cases[i].dots, 4);
        escpos_destroy(&job);
        raster_destroy(raster);
    }
}

static void
test_too_wide_is_refused(void **state)
{
    (void)state;
    struct printer_profile profile = small_epson();
    struct raster *raster = raster_create(17, 1);
    struct escpos job;
    assert_false(escpos_raster(&job, raster, &profile, "0000"));
    escpos_destroy(&job);
    raster_destroy(raster);
}

static void
test_recovery_ends_any_band(void **state)
{
    (void)state;
    struct printer_profile profile = small_epson();
    struct escpos flush;
    assert_true(escpos_recover(&flush, &profile));
    static const uint8_t want[] = {
        0,    0,   0,  0, 0, 0, 0, 0, // the rest of its head
        0,    0,   0,  0,             // the rest of any band
        0x1b, '@',                    // fresh start
        0x1d, 'V', 66, 0,             // what hangs out is cut off
    };
    check(&flush, want, sizeof want);
    escpos_destroy(&flush);
}

static struct slip_line *
add(struct slip *slip, enum slip_kind kind, const char *text, const char *value)
{
    struct slip_line *line = &slip->lines[slip->count++];
    line->kind = kind;
    snprintf(line->text, sizeof line->text, "%s", text);
    snprintf(line->value, sizeof line->value, "%s", value);
    return line;
}

static void
test_letters_only(void **state)
{
    (void)state;
    struct printer_profile profile = small_epson();
    profile.confirm = CONFIRM_NONE;
    profile.cut = CUT_OLD;
    struct slip slip = {0};
    struct slip_line *number = add(&slip, SLIP_TEXT, "A-017", "");
    number->bold = true;
    number->size = 240;
    add(&slip, SLIP_PAIR, "Lama", "± 12 menit");
    add(&slip, SLIP_STEP, "Bawa KTP-el dan KK", "ke loket 2");
    add(&slip, SLIP_CHECK, "KTP-el dan KK asli", "");
    add(&slip, SLIP_QR, "https://a.id/t/#secret", "");
    struct escpos job;
    assert_true(escpos_text(&job, &slip, &profile, "0000"));
    static const uint8_t bytes[] = {
        0x1b, '@',  0x1c, '.',                                // fresh start
        0x1b, 'a',  1,    0x1b, 'E',  1,    0x1d, '!',  0x22, // centred, bold, three times
        'A',  '-',  '0',  '1',  '7',  '\n',                   //
        0x1b, 'a',  0,    0x1b, 'E',  0,    0x1d, '!',  0x00, // left, plain
        'L',  'a',  'm',  'a',  ' ',  '+',  '/',  '-',  ' ',  '1',  '2', '\n', ' ',
        ' ',  'm',  'e',  'n',  'i',  't',  '\n',             // wraps with an indent
        0x1b, 'a',  0,    0x1b, 'E',  1,    0x1d, '!',  0x00, //
        '1',  '.',  ' ',  'B',  'a',  'w',  'a',  ' ',  'K',  'T',  'P', '-',  'e',
        'l',  '\n', ' ',  ' ',  ' ',  'd',  'a',  'n',  ' ',  'K',  'K', '\n', //
        0x1b, 'a',  0,    0x1b, 'E',  0,    0x1d, '!',  0x00,                  //
        ' ',  ' ',  ' ',  'k',  'e',  ' ',  'l',  'o',  'k',  'e',  't', ' ',  '2',
        '\n', 0x1b, 'a',  0,    0x1b, 'E',  0,    0x1d, '!',  0x00, //
        '[',  ' ',  ']',  ' ',  'K',  'T',  'P',  '-',  'e',  'l',  ' ', 'd',  'a',
        'n',  '\n', ' ',  ' ',  ' ',  ' ',  'K',  'K',  ' ',  'a',  's', 'l',  'i',
        '\n', 0x1b, 'a',  1,    0x1b, 'E',  0,    0x1d, '!',  0x00, // the address, not the token
        'h',  't',  't',  'p',  's',  ':',  '/',  '/',  'a',  '.',  'i', 'd',  '\n',
        0x1b, 'a',  0,    0x1b, 'E',  0,    0x1d, '!',  0, // as at the start
        0x1b, 'J',  16,   0x1b, 'i',                       // feed, cut
    };
    check(&job, bytes, sizeof bytes);
    escpos_destroy(&job);
}

/* A word that is wider than the paper: an address, to be copied letter by letter. */
static void
test_an_address_is_broken_at_its_slashes(void **state)
{
    (void)state;
    struct printer_profile profile = small_epson();
    struct slip slip = {0};
    add(&slip, SLIP_QR, "https://santer.id/unggah/0123456789ab", "");
    struct escpos job;
    assert_true(escpos_text(&job, &slip, &profile, "0000"));
    static const char want[] = "https://\nsanter.id/\nunggah/\n0123456789ab\n";
    assert_non_null(memmem(job.bytes, job.len, want, sizeof want - 1));
    escpos_destroy(&job);
}

static void
test_native_qr(void **state)
{
    (void)state;
    static const uint8_t want[] = {
        '\n', 0x1b, 'a', 1,                                // centred
        0x1d, '(',  'k', 4, 0, 0x31, 0x41, 0x32, 0,        // model 2
        0x1d, '(',  'k', 3, 0, 0x31, 0x43, 6,              // module of 6 dots
        0x1d, '(',  'k', 3, 0, 0x31, 0x45, 0x31,           // error correction M
        0x1d, '(',  'k', 5, 0, 0x31, 0x50, 0x30, 'a', 'b', // content
        0x1d, '(',  'k', 3, 0, 0x31, 0x51, 0x30,           // print
        '\n', '\n',
    };
    struct printer_profile profile = small_epson();
    profile.native_qr = true;
    struct slip slip = {0};
    add(&slip, SLIP_QR, "ab", "");
    struct escpos job;
    assert_true(escpos_text(&job, &slip, &profile, "0000"));
    assert_memory_equal(job.bytes + 7, want, sizeof want);
    escpos_destroy(&job);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bands_feed_and_confirmation),
        cmocka_unit_test(test_parts_end_between_commands),
        cmocka_unit_test(test_each_way_to_cut_and_confirm),
        cmocka_unit_test(test_long_feeds_are_split),
        cmocka_unit_test(test_no_command_inside_a_picture),
        cmocka_unit_test(test_too_wide_is_refused),
        cmocka_unit_test(test_recovery_ends_any_band),
        cmocka_unit_test(test_letters_only),
        cmocka_unit_test(test_an_address_is_broken_at_its_slashes),
        cmocka_unit_test(test_native_qr),
    };
    return cmocka_run_group_tests_name("print escpos", tests, NULL, NULL);
}
