#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "portal/answers.h"
#include "seal/bundle.h"

static const char id[] = "0190b0a0-1111-7222-8333-444455556666";
static uint8_t portal_public[SIGN_PUBLIC], portal_secret[SIGN_SECRET];
static uint8_t other_public[SIGN_PUBLIC], other_secret[SIGN_SECRET];

static struct receipt
true_receipt(enum receipt_verdict verdict)
{
    struct receipt receipt = {.verdict = verdict, .kiosk = "6472021001-1", .seq = 17};
    memcpy(receipt.id, id, sizeof id);
    hash_of("envelope", 8, receipt.sha256);
    receipt_sign(&receipt, portal_secret);
    return receipt;
}

/* As the contract has it; `more` goes before the closing brace. */
static void
write_receipt(const struct receipt *receipt, const char *verdict, const char *more, char *out,
              size_t size)
{
    char hash[2 * HASH + 1], signature[96];
    hex_of(receipt->sha256, HASH, hash);
    base64_of(receipt->signature, SIGNATURE, signature);
    snprintf(out, size,
             "{\"verdict\":\"%s\",\"id\":\"%s\",\"sha256\":\"%s\",\"kiosk\":\"%s\",\"seq\":%lld,"
             "\"signature\":\"%s\"%s}",
             verdict, receipt->id, hash, receipt->kiosk, (long long)receipt->seq, signature, more);
}

static enum courier_outcome
judge(int status, const void *body, size_t len, char *error)
{
    struct expected expected = {.receipt = true_receipt(RECEIPT_ACCEPTED),
                                .portal_sign = portal_public};
    struct answer answer = {.status = status, .body = body, .len = len, .etag = ""};
    memset(expected.receipt.signature, 0, SIGNATURE);
    memset(error, '#', 48);
    enum courier_outcome outcome = answer_receipt(&answer, &expected, error);
    assert_non_null(memchr(error, 0, 48));
    return outcome;
}

static void
the_truth(void **state)
{
    (void)state;
    char body[1024], error[48];
    struct receipt accepted = true_receipt(RECEIPT_ACCEPTED),
                   refused = true_receipt(RECEIPT_REFUSED);
    write_receipt(&accepted, "accepted", "", body, sizeof body);
    assert_int_equal(judge(200, body, strlen(body), error), COURIER_DELIVERED);
    assert_string_equal(error, "");
    assert_int_equal(judge(201, body, strlen(body), error), COURIER_DELIVERED);
    const struct {
        const char *more, *error;
    } reasons[] = {
        {"", "refused"},
        {",\"reason\":\"document\"", "refused: document"},
        {",\"reason\":\"conflict\"", "refused: conflict"},
        {",\"reason\":\"envelope\"", "refused: envelope"},
        {",\"reason\":\"Budi, 6472031708900001\"", "refused"}}; // nothing unsigned is kept
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        write_receipt(&refused, "refused", reasons[i].more, body, sizeof body);
        assert_int_equal(judge(422, body, strlen(body), error), COURIER_REFUSED);
        assert_string_equal(error, reasons[i].error);
        assert_int_equal(judge(409, body, strlen(body), error), COURIER_REFUSED);
    }
}

/* Bodies that are no receipt at all, each with the status 200 and 422. */
static const char *const no_receipts[] = {
    "",
    " ",
    "{}",
    "[]",
    "null",
    "true",
    "\"accepted\"",
    "17",
    "OK",
    "<!doctype html><title>Login</title>",
    "{\"verdict\":\"accepted\"}",
    "{\"status\":\"ok\",\"accepted\":true}",
    "{\"verdict\":true,\"id\":1,\"sha256\":2,\"kiosk\":3,\"seq\":\"17\",\"signature\":4}",
    "{\"receipt\":{\"verdict\":\"accepted\"}}",
    "{\"verdict\":\"accepted\",\"verdict\":\"refused\"}",
    "\x1f\x8b\x08",
    "\xff\xfe{}",
};

static void
no_receipt(void **state)
{
    (void)state;
    char error[48];
    for (size_t i = 0; i < sizeof no_receipts / sizeof *no_receipts; i++) {
        size_t len = strlen(no_receipts[i]);
        print_message("# %zu\n", i);
        assert_int_equal(judge(200, no_receipts[i], len, error), COURIER_RETRY);
        assert_memory_equal(error, "receipt: ", 9);
        assert_int_equal(judge(422, no_receipts[i], len, error), COURIER_RETRY);
    }
}

static void
cut_anywhere(void **state)
{
    (void)state;
    char body[1024], error[48];
    struct receipt receipt = true_receipt(RECEIPT_ACCEPTED);
    write_receipt(&receipt, "accepted", "", body, sizeof body);
    for (size_t len = 0; len < strlen(body); len++) {
        assert_int_equal(judge(200, body, len, error), COURIER_RETRY);
    }
}

static void
any_byte_changed(void **state)
{
    (void)state;
    char body[1024], spoilt[1024], error[48];
    struct receipt receipt = true_receipt(RECEIPT_ACCEPTED);
    write_receipt(&receipt, "accepted", "", body, sizeof body);
    size_t len = strlen(body);
    for (size_t i = 0; i < len; i++) {
        for (int bit = 0; bit < 8; bit++) {
            memcpy(spoilt, body, len + 1);
            spoilt[i] = (char)(spoilt[i] ^ (1 << bit));
            enum courier_outcome outcome = judge(200, spoilt, len, error);
            // Hexadecimal in capitals is the same number.
            if (outcome != COURIER_RETRY &&
                !(bit == 5 && ((spoilt[i] >= 'A' && spoilt[i] <= 'F')))) {
                fail_msg("byte %zu bit %d: %s", i, bit, spoilt);
            }
        }
    }
}

/* Well-formed receipts about something else, or by somebody else. */
static void
spoil_id(struct receipt *receipt)
{
    receipt->id[35] = '7';
    receipt_sign(receipt, portal_secret);
}

static void
spoil_hash(struct receipt *receipt)
{
    receipt->sha256[31] ^= 1;
    receipt_sign(receipt, portal_secret);
}

static void
spoil_kiosk(struct receipt *receipt)
{
    memcpy(receipt->kiosk, "6472021001-2", 13);
    receipt_sign(receipt, portal_secret);
}

static void
spoil_seq(struct receipt *receipt)
{
    receipt->seq = 18;
    receipt_sign(receipt, portal_secret);
}

static void
spoil_key(struct receipt *receipt)
{
    receipt_sign(receipt, other_secret);
}

static void
spoil_signature(struct receipt *receipt)
{
    receipt->signature[0] ^= 1;
}

static void
spoil_nothing_signed(struct receipt *receipt)
{
    memset(receipt->signature, 0, SIGNATURE);
}

static void
spoil_id_unsigned(struct receipt *receipt)
{
    receipt->id[35] = '7';
}

static void
spoil_verdict(struct receipt *receipt)
{
    receipt->verdict = RECEIPT_REFUSED; // signed as a refusal, told as an acceptance
    receipt_sign(receipt, portal_secret);
}

static void
wrong_receipts(void **state)
{
    (void)state;
    static const struct {
        void (*spoil)(struct receipt *receipt);
        const char *error;
    } rows[] = {{spoil_id, "receipt: id"},
                {spoil_hash, "receipt: hash"},
                {spoil_kiosk, "receipt: kiosk"},
                {spoil_seq, "receipt: seq"},
                {spoil_key, "receipt: signature"},
                {spoil_signature, "receipt: signature"},
                {spoil_nothing_signed, "receipt: signature"},
                {spoil_id_unsigned, "receipt: id"},
                {spoil_verdict, "receipt: signature"}};
    char body[1024], error[48];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct receipt receipt = true_receipt(RECEIPT_ACCEPTED);
        rows[i].spoil(&receipt);
        write_receipt(&receipt, "accepted", "", body, sizeof body);
        assert_int_equal(judge(200, body, strlen(body), error), COURIER_RETRY);
        assert_string_equal(error, rows[i].error);
    }
}

static void
statuses(void **state)
{
    (void)state;
    static const struct {
        int status;
        enum courier_outcome outcome;
        const char *error;
    } rows[] = {{100, COURIER_RETRY, "http 100"},   {202, COURIER_RETRY, "http 202"},
                {204, COURIER_RETRY, "http 204"},   {206, COURIER_RETRY, "http 206"},
                {301, COURIER_RETRY, "http 301"},   {302, COURIER_RETRY, "http 302"},
                {304, COURIER_RETRY, "http 304"},   {307, COURIER_RETRY, "http 307"},
                {400, COURIER_RETRY, "http 400"},   {401, COURIER_STOPPED, "http 401"},
                {403, COURIER_STOPPED, "http 403"}, {404, COURIER_RETRY, "http 404"},
                {407, COURIER_RETRY, "http 407"},   {413, COURIER_RETRY, "http 413"},
                {429, COURIER_RETRY, "http 429"},   {500, COURIER_RETRY, "http 500"},
                {502, COURIER_OFFLINE, "http 502"}, {503, COURIER_OFFLINE, "http 503"},
                {504, COURIER_OFFLINE, "http 504"}, {511, COURIER_RETRY, "http 511"},
                {0, COURIER_RETRY, "http 0"},       {999, COURIER_RETRY, "http 999"}};
    char body[1024], error[48];
    struct receipt receipt = true_receipt(RECEIPT_ACCEPTED);
    write_receipt(&receipt, "accepted", "", body, sizeof body); // a true one, under a wrong status
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(judge(rows[i].status, body, strlen(body), error), rows[i].outcome);
        assert_string_equal(error, rows[i].error);
    }
    assert_int_equal(judge(422, body, strlen(body), error), COURIER_RETRY);
    assert_string_equal(error, "receipt: status");
    struct receipt refused = true_receipt(RECEIPT_REFUSED);
    write_receipt(&refused, "refused", "", body, sizeof body);
    assert_int_equal(judge(200, body, strlen(body), error), COURIER_RETRY);
    assert_string_equal(error, "receipt: status");
}

static void
too_long(void **state)
{
    (void)state;
    char error[48], body[8192];
    struct receipt receipt = true_receipt(RECEIPT_ACCEPTED);
    memset(body, ' ', sizeof body);
    write_receipt(&receipt, "accepted", "", body, sizeof body);
    body[strlen(body)] = ' ';
    assert_int_equal(judge(200, body, sizeof body, error), COURIER_RETRY);
    memset(body, '[', sizeof body); // deep
    assert_int_equal(judge(200, body, 4096, error), COURIER_RETRY);
}

static void
plain_kinds(void **state)
{
    (void)state;
    static const char body[] = "{\"name\":\"catalogue\",\"version\":1}";
    char bundle[512], error[48];
    uint8_t sealed[64 + ENVELOPE_OVERHEAD], key[SEAL_KEY], secret[SEAL_KEY];
    bundle_header(body, strlen(body), portal_secret, bundle);
    size_t head = strlen(bundle);
    memcpy(bundle + head, body, sizeof body);
    seal_keypair(key, secret);
    assert_true(seal_envelope(key, (const uint8_t *)bundle, 64, sealed));
    const struct {
        enum courier_job_kind kind;
        int status;
        const void *body;
        size_t len;
        const char *etag;
        enum courier_outcome outcome;
    } rows[] = {
        {COURIER_TICKETS, 200, "{\"held\":3}", 10, "", COURIER_DELIVERED},
        {COURIER_TICKETS, 200, "{\"held\":\"3\"}", 12, "", COURIER_RETRY},
        {COURIER_TICKETS, 200, "<html>", 6, "", COURIER_RETRY},
        {COURIER_TICKETS, 200, "", 0, "", COURIER_RETRY},
        {COURIER_TICKETS, 204, "", 0, "", COURIER_RETRY},
        {COURIER_HEARTBEAT, 200, "{\"time\":1}", 10, "", COURIER_DELIVERED},
        {COURIER_HEARTBEAT, 200, "{\"held\":1}", 10, "", COURIER_RETRY},
        {COURIER_HEARTBEAT, 401, "{}", 2, "", COURIER_STOPPED},
        {COURIER_LOOKUP, 200, sealed, sizeof sealed, "", COURIER_DELIVERED},
        {COURIER_LOOKUP, 200, "ANJ1", 4, "", COURIER_RETRY},
        {COURIER_LOOKUP, 200, bundle, head + strlen(body), "", COURIER_RETRY},
        {COURIER_LOOKUP, 429, "{}", 2, "", COURIER_RETRY},
        {COURIER_BUNDLE, 304, "", 0, "", COURIER_UNCHANGED},
        {COURIER_BUNDLE, 200, bundle, head + strlen(body), "\"x\"", COURIER_DELIVERED},
        {COURIER_BUNDLE, 200, bundle, head + strlen(body), "", COURIER_RETRY},
        {COURIER_BUNDLE, 200, bundle, head + strlen(body) - 1, "\"x\"", COURIER_RETRY},
        {COURIER_BUNDLE, 200, body, strlen(body), "\"x\"", COURIER_RETRY},
        {COURIER_BUNDLE, 503, "", 0, "", COURIER_OFFLINE},
        {COURIER_SUBMISSION, 200, "{\"held\":1}", 10, "", COURIER_RETRY},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct answer answer = {.status = rows[i].status,
                                .body = rows[i].body,
                                .len = rows[i].len,
                                .etag = rows[i].etag};
        print_message("# %zu\n", i);
        assert_int_equal(answer_plain(rows[i].kind, &answer, portal_public, error),
                         rows[i].outcome);
    }
    struct answer answer = {.status = 200,
                            .body = (const uint8_t *)bundle,
                            .len = head + strlen(body),
                            .etag = "\"x\""};
    assert_int_equal(answer_plain(COURIER_BUNDLE, &answer, other_public, error), COURIER_RETRY);
    assert_string_equal(error, "bundle: signature");
}

static void
retry_after(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        int seconds;
    } rows[] = {
        {NULL, 0},    {"", 0},          {"0", 0},         {"1", 1},
        {"120", 120}, {"86400", 86400}, {"86401", 86400}, {"99999999999999999999", 86400},
        {"-5", 0},    {"5 ", 0},        {"5.5", 0},       {"Wed, 21 Oct 2026 07:28:00 GMT", 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(answer_retry_after(rows[i].value), rows[i].seconds);
    }
}

static int
make_keys(void **state)
{
    (void)state;
    assert_true(seal_init());
    sign_keypair(portal_public, portal_secret);
    sign_keypair(other_public, other_secret);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_truth),      cmocka_unit_test(no_receipt),
        cmocka_unit_test(cut_anywhere),   cmocka_unit_test(any_byte_changed),
        cmocka_unit_test(wrong_receipts), cmocka_unit_test(statuses),
        cmocka_unit_test(too_long),       cmocka_unit_test(plain_kinds),
        cmocka_unit_test(retry_after),
    };
    return cmocka_run_group_tests(tests, make_keys, NULL);
}
