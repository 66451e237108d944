#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/text.h"

static void
utf8_at_reads_and_refuses(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        uint32_t code;
        size_t len;
    } rows[] = {
        {"", 0, 0},
        {"A", 'A', 1},
        {"\xc3\xa9", 0xE9, 2},
        {"\xe2\x80\x93", 0x2013, 3},
        {"\xf0\x9f\x98\x80", 0x1F600, 4},
        {"\x80", 0xFFFD, 1}, // a piece without its head
        {"\xc3", 0xFFFD, 1}, // cut by the NUL
        {"\xe2\x80", 0xFFFD, 1},
        {"\xc0\x80", 0xFFFD, 1},         // overlong NUL
        {"\xe0\x80\xaf", 0xFFFD, 1},     // overlong slash
        {"\xed\xa0\x80", 0xFFFD, 1},     // surrogate
        {"\xf4\x90\x80\x80", 0xFFFD, 1}, // above U+10FFFF
        {"\xff", 0xFFFD, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t len;
        assert_int_equal(utf8_at(rows[i].bytes, &len), rows[i].code);
        assert_int_equal(len, rows[i].len);
    }
}

static void
every_scalar_survives(void **state)
{
    (void)state;
    for (uint32_t code = 1; code <= 0x10FFFF; code++) {
        char bytes[5] = {0};
        size_t len, wrote = utf8_encode(code, bytes);
        if (code >= 0xD800 && code <= 0xDFFF) {
            assert_int_equal(wrote, 0);
            continue;
        }
        assert_int_equal(utf8_at(bytes, &len), code);
        assert_int_equal(len, wrote);
        assert_true(utf8_valid(bytes, len));
        assert_false(len > 1 && utf8_valid(bytes, len - 1));
    }
}

static void
a_cut_never_splits(void **state)
{
    (void)state;
    const char *whole = "aé–😀z"; // 1 + 2 + 3 + 4 + 1 bytes
    for (size_t size = 1; size <= 13; size++) {
        char buffer[16], formatted[16];
        bool fits = text_copy(buffer, size, whole);
        struct text text = text_over(formatted, size);
        text_addf(&text, "%s", whole);
        assert_string_equal(buffer, formatted);
        assert_int_equal(text.cut, !fits);
        assert_int_equal(fits, size >= 12);
        assert_true(utf8_valid(buffer, strlen(buffer)));
        assert_memory_equal(buffer, whole, strlen(buffer));
    }
}

static void
before_and_count(void **state)
{
    (void)state;
    const char *text = "aé–😀";
    assert_int_equal(utf8_count(text), 4);
    size_t at = strlen(text), starts[] = {6, 3, 1, 0, 0};
    for (size_t i = 0; i < 5; i++) {
        at = utf8_before(text, at);
        assert_int_equal(at, starts[i]);
    }
}

static void
search_ignores_case(void **state)
{
    (void)state;
    assert_true(text_contains_folded("Surat Keterangan Usaha", "usaha"));
    assert_true(text_contains_folded("CAFÉ", "fé"));
    assert_true(text_contains_folded("x", ""));
    assert_false(text_contains_folded("usah", "usaha"));
    assert_false(text_contains_folded("", "a"));
}

static void
digits(void **state)
{
    (void)state;
    assert_true(text_is_digits("0123456789"));
    assert_false(text_is_digits(""));
    assert_false(text_is_digits("12 3"));
    assert_false(text_is_digits("12O"));
}

static void
numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int most;
        int64_t number;
        size_t taken;
    } rows[] = {
        {"08.30", 2, 8, 2},
        {"2026", 2, 20, 2},
        {"", 4, -1, 0},
        {"-1", 4, -1, 0},
        {"12x", 9, 12, 2},
        {"9223372036854775807", 19, INT64_MAX, 19},
        {"9223372036854775808", 19, -1, 19},
        {"99999999999999999999", 20, -1, 20},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *at = rows[i].text;
        assert_int_equal(text_take_number(&at, rows[i].most), rows[i].number);
        assert_int_equal(at - rows[i].text, rows[i].taken);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_at_reads_and_refuses),
        cmocka_unit_test(every_scalar_survives),
        cmocka_unit_test(a_cut_never_splits),
        cmocka_unit_test(before_and_count),
        cmocka_unit_test(search_ignores_case),
        cmocka_unit_test(digits),
        cmocka_unit_test(numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
