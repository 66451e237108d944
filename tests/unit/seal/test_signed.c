#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/id.h"
#include "seal/bundle.h"
#include "seal/receipt.h"
#include "seal/token.h"

static uint8_t public_key[SIGN_PUBLIC], secret_key[SIGN_SECRET];
static uint8_t other_public[SIGN_PUBLIC], other_secret[SIGN_SECRET];

/* --- tokens ------------------------------------------------------------------ */

static void
tokens_come_back(void **state)
{
    (void)state;
    static const struct token rows[] = {
        {TOKEN_TICKET, 1, 2500, "A-017"},
        {TOKEN_TICKET, 4000000000u, 65535, "P-001"},
        {TOKEN_TICKET, 77, 0, "AK-999"},
        {TOKEN_TICKET, 77, 0, "ABC-9999"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[TOKEN_TEXT];
        struct token got;
        assert_true(token_write(&rows[i], secret_key, text));
        assert_int_equal(strlen(text), TOKEN_TEXT - 1);
        assert_true(token_verify(text, public_key, &got));
        assert_int_equal(got.kind, rows[i].kind);
        assert_int_equal(got.kiosk, rows[i].kiosk);
        assert_int_equal(got.day, rows[i].day);
        assert_string_equal(got.code, rows[i].code);
        assert_false(token_verify(text, other_public, &got));
    }
}

static void
tokens_carry_any_tracking_code(void **state)
{
    (void)state;
    for (int i = 0; i < 200; i++) {
        struct token token = {.kind = TOKEN_RECEIPT, .kiosk = 5, .day = 9}, got;
        char text[TOKEN_TEXT];
        uint8_t payload[TOKEN_PAYLOAD], signature[SIGNATURE];
        code_make(token.code);
        assert_true(token_write(&token, secret_key, text));
        assert_true(token_parse(text, &got, payload, signature));
        assert_string_equal(got.code, token.code);
        assert_int_equal(got.kiosk, 5);
    }
}

static void
what_is_no_code_gets_no_token(void **state)
{
    (void)state;
    char code[CODE_TEXT], wrong[CODE_TEXT];
    code_make(code);
    strcpy(wrong, code);
    wrong[0] = wrong[0] == 'A' ? 'B' : 'A';
    const struct {
        enum token_kind kind;
        const char *code;
    } rows[] = {
        {TOKEN_TICKET, ""},
        {TOKEN_TICKET, "A"},
        {TOKEN_TICKET, "A-"},
        {TOKEN_TICKET, "A-17"},
        {TOKEN_TICKET, "A-000"},
        {TOKEN_TICKET, "A-0017"},
        {TOKEN_TICKET, "A-10000"},
        {TOKEN_TICKET, "-017"},
        {TOKEN_TICKET, "ABCD-017"},
        {TOKEN_TICKET, "a-017"},
        {TOKEN_TICKET, "A017"},
        {TOKEN_TICKET, "A-01x"},
        {TOKEN_TICKET, code},
        {TOKEN_RECEIPT, "A-017"},
        {TOKEN_RECEIPT, ""},
        {TOKEN_RECEIPT, wrong},
        {0, code},
        {3, code},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct token token = {.kind = rows[i].kind};
        char text[TOKEN_TEXT];
        snprintf(token.code, sizeof token.code, "%s", rows[i].code);
        assert_false(token_write(&token, secret_key, text));
    }
    struct token endless = {.kind = TOKEN_TICKET};
    char text[TOKEN_TEXT];
    memset(endless.code, 'A', sizeof endless.code);
    assert_false(token_write(&endless, secret_key, text));
}

static void
every_changed_letter_of_a_token_fails(void **state)
{
    (void)state;
    struct token token = {TOKEN_TICKET, 1, 2500, "A-017"}, got;
    char text[TOKEN_TEXT];
    assert_true(token_write(&token, secret_key, text));
    for (size_t i = 0; i < TOKEN_TEXT - 1; i++) {
        for (int letter = 1; letter < 256; letter++) {
            char bent[TOKEN_TEXT];
            memcpy(bent, text, sizeof bent);
            bent[i] = (char)letter;
            if (bent[i] != text[i]) {
                assert_false(token_verify(bent, public_key, &got));
            }
        }
    }
}

static void
every_flipped_bit_of_a_token_fails(void **state)
{
    (void)state;
    struct token token = {TOKEN_TICKET, 1, 2500, "A-017"}, got;
    char text[TOKEN_TEXT], bent[TOKEN_TEXT];
    uint8_t raw[77];
    size_t len;
    assert_true(token_write(&token, secret_key, text));
    assert_true(base64_parse(text, raw, sizeof raw, &len));
    for (size_t bit = 0; bit < 8 * sizeof raw; bit++) {
        raw[bit / 8] ^= (uint8_t)(1u << bit % 8);
        base64_of(raw, sizeof raw, bent);
        assert_false(token_verify(bent, public_key, &got));
        raw[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
}

static void
a_token_of_another_length_fails(void **state)
{
    (void)state;
    struct token token = {TOKEN_TICKET, 1, 2500, "A-017"}, got;
    char text[TOKEN_TEXT + 1];
    uint8_t payload[TOKEN_PAYLOAD], signature[SIGNATURE];
    assert_true(token_write(&token, secret_key, text));
    text[TOKEN_TEXT - 1] = 'A';
    text[TOKEN_TEXT] = '\0';
    for (size_t len = TOKEN_TEXT; len-- > 0;) {
        if (len + 1 < TOKEN_TEXT) {
            text[len] = '\0';
        }
        if (len != TOKEN_TEXT - 1) {
            assert_false(token_parse(text, &got, payload, signature));
        }
    }
}

static void
a_token_has_one_form_only(void **state)
{
    (void)state;
    // Signed by the right key, but not what token_write() would have written.
    static const uint8_t payloads[][TOKEN_PAYLOAD] = {
        {1, 0, 0, 0, 1, 9, 9, 'A', 0, 0, 0, 17, 1},   // a last byte that means nothing
        {1, 0, 0, 0, 1, 9, 9, 'A', 0, 'B', 0, 17, 0}, // a letter behind a zero
        {1, 0, 0, 0, 1, 9, 9, 0, 0, 0, 0, 17, 0},
        {1, 0, 0, 0, 1, 9, 9, 'A', 0, 0, 0, 0, 0},
        {1, 0, 0, 0, 1, 9, 9, 'A', 0, 0, 0x27, 0x10, 0}, // 10000
        {1, 0, 0, 0, 1, 9, 9, '-', 0, 0, 0, 17, 0},
        {2, 0, 0, 0, 1, 9, 9, 0, 0, 0, 0, 1, 0}, // wrong check letter
        {0, 0, 0, 0, 1, 9, 9, 'A', 0, 0, 0, 17, 0},
        {9, 0, 0, 0, 1, 9, 9, 'A', 0, 0, 0, 17, 0},
    };
    for (size_t i = 0; i < sizeof payloads / sizeof payloads[0]; i++) {
        uint8_t raw[77], bytes[17 + 13];
        char text[TOKEN_TEXT];
        struct token got;
        memcpy(bytes, "anjungan-token-1", 17);
        memcpy(bytes + 17, payloads[i], 13);
        memcpy(raw, payloads[i], 13);
        sign(secret_key, bytes, sizeof bytes, raw + 13);
        base64_of(raw, sizeof raw, text);
        assert_false(token_verify(text, public_key, &got));
    }
}

/* --- receipts ------------------------------------------------------------------ */

static struct receipt
a_receipt(void)
{
    struct receipt receipt = {
        .verdict = RECEIPT_ACCEPTED,
        .id = "0193d0a1-7b1c-7abc-8def-0123456789ab",
        .kiosk = "6472021001-1",
        .seq = 41,
    };
    hash_of("envelope", 8, receipt.sha256);
    receipt_sign(&receipt, secret_key);
    return receipt;
}

static void
a_receipt_signs_these_bytes(void **state)
{
    (void)state;
    struct receipt receipt = a_receipt();
    uint8_t bytes[19 + 1 + 36 + 32 + 1 + 12 + 8] = "anjungan-receipt-1";
    memcpy(bytes + 20, receipt.id, 36);
    memcpy(bytes + 56, receipt.sha256, 32);
    bytes[88] = 12;
    memcpy(bytes + 89, receipt.kiosk, 12);
    bytes[108] = 41;
    assert_true(sign_verify(public_key, bytes, sizeof bytes, receipt.signature));
    assert_true(receipt_verify(&receipt, public_key));
    assert_false(receipt_verify(&receipt, other_public));
}

static void
every_changed_field_of_a_receipt_fails(void **state)
{
    (void)state;
    const struct receipt good = a_receipt();
    struct receipt bent = good;
    bent.verdict = RECEIPT_REFUSED;
    assert_false(receipt_verify(&bent, public_key));
    bent = good;
    bent.verdict = 7;
    assert_false(receipt_verify(&bent, public_key));
    for (int bit = 0; bit < 63; bit++) {
        bent = good;
        bent.seq ^= (int64_t)1 << bit;
        assert_false(receipt_verify(&bent, public_key));
    }
    struct part {
        size_t offset, size;
    } parts[] = {
        {offsetof(struct receipt, id), 37},
        {offsetof(struct receipt, sha256), HASH},
        {offsetof(struct receipt, kiosk), 13}, // behind its NUL nothing counts
        {offsetof(struct receipt, signature), SIGNATURE},
    };
    for (size_t p = 0; p < sizeof parts / sizeof parts[0]; p++) {
        for (size_t bit = 0; bit < 8 * parts[p].size; bit++) {
            bent = good;
            ((uint8_t *)&bent)[parts[p].offset + bit / 8] ^= (uint8_t)(1u << bit % 8);
            assert_false(receipt_verify(&bent, public_key));
        }
    }
}

static void
a_receipt_of_nothing_is_never_signed(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        struct receipt receipt = a_receipt();
        if (i == 0) {
            receipt.seq = 0;
        } else if (i == 1) {
            receipt.kiosk[0] = '\0';
        } else if (i == 2) {
            receipt.id[35] = '\0';
        } else {
            memset(receipt.kiosk, 'k', sizeof receipt.kiosk);
        }
        receipt_sign(&receipt, secret_key);
        assert_false(receipt_verify(&receipt, public_key));
    }
}

/* --- bundles -------------------------------------------------------------------- */

static const char body[] = "{\"name\":\"catalogue\",\"version\":7,\"files\":{}}\n";
enum { HEADER = 105, BODY = sizeof body - 1 };

static void
a_bundle(char bytes[HEADER + BODY + 1])
{
    char header[128];
    bundle_header(body, BODY, secret_key, header);
    assert_int_equal(strlen(header), HEADER);
    memcpy(bytes, header, HEADER);
    memcpy(bytes + HEADER, body, BODY + 1);
}

static void
a_bundle_verifies(void **state)
{
    (void)state;
    char bytes[HEADER + BODY + 1];
    size_t len = 0;
    a_bundle(bytes);
    assert_ptr_equal(bundle_verify(bytes, HEADER + BODY, public_key, &len), bytes + HEADER);
    assert_int_equal(len, BODY);
    assert_null(bundle_verify(bytes, HEADER + BODY, other_public, &len));
}

static void
every_flipped_bit_and_truncation_of_a_bundle_fails(void **state)
{
    (void)state;
    char bytes[HEADER + BODY + 1];
    size_t len;
    a_bundle(bytes);
    for (size_t bit = 0; bit < 8 * (HEADER + BODY); bit++) {
        bytes[bit / 8] ^= (char)(1u << bit % 8);
        assert_null(bundle_verify(bytes, HEADER + BODY, public_key, &len));
        bytes[bit / 8] ^= (char)(1u << bit % 8);
    }
    for (size_t cut = 0; cut < HEADER + BODY; cut++) {
        char *copy = malloc(cut + 1);
        memcpy(copy + 1, bytes, cut);
        assert_null(bundle_verify(copy + 1, cut, public_key, &len));
        free(copy);
    }
    assert_null(bundle_verify(bytes, HEADER + BODY + 1, public_key, &len));
}

static void
only_an_object_is_a_bundle(void **state)
{
    (void)state;
    // A text that the key signed for another purpose is no bundle.
    static const char text[] = "anjungan-receipt-1";
    char bytes[HEADER + sizeof text + 128];
    size_t len;
    bundle_header(text, sizeof text, secret_key, bytes);
    memcpy(bytes + HEADER, text, sizeof text);
    assert_null(bundle_verify(bytes, HEADER + sizeof text, public_key, &len));
}

static int
init(void **state)
{
    (void)state;
    if (!seal_init()) {
        return -1;
    }
    sign_keypair(public_key, secret_key);
    sign_keypair(other_public, other_secret);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_come_back),
        cmocka_unit_test(tokens_carry_any_tracking_code),
        cmocka_unit_test(what_is_no_code_gets_no_token),
        cmocka_unit_test(every_changed_letter_of_a_token_fails),
        cmocka_unit_test(every_flipped_bit_of_a_token_fails),
        cmocka_unit_test(a_token_of_another_length_fails),
        cmocka_unit_test(a_token_has_one_form_only),
        cmocka_unit_test(a_receipt_signs_these_bytes),
        cmocka_unit_test(every_changed_field_of_a_receipt_fails),
        cmocka_unit_test(a_receipt_of_nothing_is_never_signed),
        cmocka_unit_test(a_bundle_verifies),
        cmocka_unit_test(every_flipped_bit_and_truncation_of_a_bundle_fails),
        cmocka_unit_test(only_an_object_is_a_bundle),
    };
    return cmocka_run_group_tests(tests, init, NULL);
}
