#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/id.h"

static void
a_uuid_carries_its_time(void **state)
{
    (void)state;
    char first[UUID_TEXT], second[UUID_TEXT], later[UUID_TEXT];
    // RFC 9562, appendix A.6: the example's moment
    uuid7_make(first, 0x017F22E279B0);
    uuid7_make(second, 0x017F22E279B0);
    uuid7_make(later, 0x017F22E279B1);
    assert_memory_equal(first, "017f22e2-79b0-7", 15);
    assert_non_null(strchr("89ab", first[19]));
    assert_true(uuid_is_valid(first) && uuid_is_valid(second) && uuid_is_valid(later));
    assert_string_not_equal(first, second);
    assert_true(strcmp(first, later) < 0 && strcmp(second, later) < 0);
}

static void
only_the_canonical_form_is_a_uuid(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool good;
    } rows[] = {
        {"017f22e2-79b0-7cc3-98c4-dc0c0c07398f", true},
        {"", false},
        {"017F22E2-79B0-7CC3-98C4-DC0C0C07398F", false},
        {"017f22e2-79b0-7cc3-98c4-dc0c0c07398", false},
        {"017f22e2-79b0-7cc3-98c4-dc0c0c07398f0", false},
        {"017f22e2979b0-7cc3-98c4-dc0c0c07398f", false},
        {"{17f22e2-79b0-7cc3-98c4-dc0c0c07398f", false},
        {"017f22e2-79b0-7cc3-98c4-dc0c0c07398g", false},
        {"017f22e2-79b0-7cc3-98c4_dc0c0c07398f", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(uuid_is_valid(rows[i].text), rows[i].good);
    }
}

static void
a_pass_is_128_bits_that_differ(void **state)
{
    (void)state;
    char first[PASS_TEXT], second[PASS_TEXT];
    uint8_t ones[16] = {0}, zeros[16] = {0};
    for (int i = 0; i < 200; i++) { // each bit is now this, now that
        unsigned byte;
        pass_make(first);
        pass_make(second);
        assert_true(pass_is_valid(first) && pass_is_valid(second));
        assert_string_not_equal(first, second);
        for (int k = 0; k < 16; k++) {
            assert_int_equal(sscanf(first + 2 * k, "%2x", &byte), 1);
            ones[k] |= (uint8_t)byte;
            zeros[k] |= (uint8_t)~byte;
        }
    }
    for (int k = 0; k < 16; k++) {
        assert_int_equal(ones[k], 0xFF);
        assert_int_equal(zeros[k], 0xFF);
    }
    static const char *const bad[] = {
        "", "0123456789abcdef0123456789abcde", "0123456789abcdef0123456789abcdef0",
        "0123456789ABCDEF0123456789abcdef", "0123456789abcdef 123456789abcdef"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(pass_is_valid(bad[i]));
    }
}

static void
codes_are_read_as_people_type_them(void **state)
{
    (void)state;
    for (int i = 0; i < 500; i++) {
        char code[CODE_TEXT], typed[40], out[CODE_TEXT];
        code_make(code);
        assert_int_equal(strlen(code), 9);
        assert_int_equal(strspn(code, "0123456789ABCDEFGHJKMNPQRSTVWXYZ-"), 9);
        size_t len = 0;
        for (const char *at = code; *at != '\0'; at++) {
            char letter = *at == '0' ? 'o' : *at == '1' ? (i % 2 ? 'l' : 'I') : *at;
            letter = letter == '-' ? ' ' : letter;
            typed[len++] = letter >= 'A' && letter <= 'Z' ? (char)(letter + 32) : letter;
            typed[len++] = ' ';
        }
        typed[len] = '\0';
        assert_true(code_parse(typed, out));
        assert_string_equal(out, code);
    }
}

static void
any_wrong_letter_and_any_swap_is_caught(void **state)
{
    (void)state;
    static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    for (int round = 0; round < 200; round++) {
        char code[CODE_TEXT], bent[CODE_TEXT], out[CODE_TEXT];
        code_make(code);
        for (size_t i = 0; i < 9; i++) {
            memcpy(bent, code, sizeof bent);
            for (size_t l = 0; i != 4 && l < 32; l++) {
                bent[i] = letters[l];
                assert_int_equal(code_parse(bent, out), letters[l] == code[i]);
            }
            for (size_t j = 0; j < i; j++) {
                memcpy(bent, code, sizeof bent);
                bent[i] = code[j];
                bent[j] = code[i];
                if (i != 4 && j != 4 && code[i] != code[j]) {
                    assert_false(code_parse(bent, out));
                }
            }
        }
    }
}

static void
what_is_no_code(void **state)
{
    (void)state;
    static const char *const rows[] = {"",          "-",         "7K3F",      "U000-0000",
                                       "00000000*", "000000000", "0000-000é", "--------"};
    char out[CODE_TEXT];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_false(code_parse(rows[i], out));
    }
    assert_true(code_parse("0000-0000", out)); // so the rows fail by their shape
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_uuid_carries_its_time),
        cmocka_unit_test(only_the_canonical_form_is_a_uuid),
        cmocka_unit_test(a_pass_is_128_bits_that_differ),
        cmocka_unit_test(codes_are_read_as_people_type_them),
        cmocka_unit_test(any_wrong_letter_and_any_swap_is_caught),
        cmocka_unit_test(what_is_no_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
