#include "portal/answers.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "seal/bundle.h"
#include "seal/seal.h"

enum { ERROR = 48, RECEIPT_LONGEST = 4096, DAY_S = 24 * 3600 };

static enum courier_outcome
because(enum courier_outcome outcome, char *error, const char *why)
{
    snprintf(error, ERROR, "%s", why);
    return outcome;
}

/* A status that does not answer the question. */
static enum courier_outcome
other_status(int status, char *error)
{
    snprintf(error, ERROR, "http %d", status);
    switch (status) {
    case 401:
    case 403:
        return COURIER_STOPPED;
    case 502: // whoever stands in front of the portal says that it is gone
    case 503:
    case 504:
        return COURIER_OFFLINE;
    default:
        return COURIER_RETRY;
    }
}

static bool
copy_text(const struct json_value *object, const char *key, char *out, size_t size)
{
    const char *value = json_text(json_get(object, key), NULL);
    if (!value || strlen(value) >= size) {
        return false;
    }
    memcpy(out, value, strlen(value) + 1);
    return true;
}

static bool
read_verdict(const char *value, enum receipt_verdict *verdict)
{
    *verdict = strcmp(value, "accepted") == 0 ? RECEIPT_ACCEPTED : RECEIPT_REFUSED;
    return *verdict == RECEIPT_ACCEPTED || strcmp(value, "refused") == 0;
}

static const char *
read_receipt(const struct json_value *root, struct receipt *receipt)
{
    size_t len = 0;
    if (json_kind(root) != JSON_OBJECT) {
        return "receipt: shape";
    }
    if (!read_verdict(json_text(json_get(root, "verdict"), ""), &receipt->verdict)) {
        return "receipt: verdict";
    }
    if (!copy_text(root, "id", receipt->id, sizeof receipt->id)) {
        return "receipt: id";
    }
    if (!hex_parse(json_text(json_get(root, "sha256"), ""), receipt->sha256, HASH)) {
        return "receipt: hash";
    }
    if (!copy_text(root, "kiosk", receipt->kiosk, sizeof receipt->kiosk)) {
        return "receipt: kiosk";
    }
    if (!json_int(json_get(root, "seq"), &receipt->seq)) {
        return "receipt: seq";
    }
    if (!base64_parse(json_text(json_get(root, "signature"), ""), receipt->signature, SIGNATURE,
                      &len) ||
        len != SIGNATURE) {
        return "receipt: signature";
    }
    return NULL;
}

static const char *
compare(const struct receipt *have, const struct expected *expected)
{
    const struct receipt *want = &expected->receipt;
    if (strcmp(have->id, want->id) != 0) {
        return "receipt: id";
    }
    if (memcmp(have->sha256, want->sha256, HASH) != 0) {
        return "receipt: hash";
    }
    if (strcmp(have->kiosk, want->kiosk) != 0) {
        return "receipt: kiosk";
    }
    if (have->seq != want->seq) {
        return "receipt: seq";
    }
    return receipt_verify(have, expected->portal_sign) ? NULL : "receipt: signature";
}

/* The unsigned reason of a refusal: one of the contract's words, or none. */
static void
refusal_words(const struct json_value *root, char *error)
{
    static const char *const reasons[] = {"conflict", "envelope", "document"};
    const char *given = json_text(json_get(root, "reason"), "");
    snprintf(error, ERROR, "refused");
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (strcmp(given, reasons[i]) == 0) {
            snprintf(error, ERROR, "refused: %s", reasons[i]);
        }
    }
}

static enum courier_outcome
judge(const struct json_value *root, const struct expected *expected, char *error)
{
    struct receipt receipt = {0};
    const char *wrong = read_receipt(root, &receipt);
    if (!wrong) {
        wrong = compare(&receipt, expected);
    }
    if (wrong) {
        return because(COURIER_RETRY, error, wrong);
    }
    if (receipt.verdict == RECEIPT_REFUSED) {
        refusal_words(root, error);
        return COURIER_REFUSED;
    }
    return because(COURIER_DELIVERED, error, "");
}

enum courier_outcome
answer_receipt(const struct answer *answer, const struct expected *expected, char *error)
{
    bool good = answer->status == 200 || answer->status == 201;
    bool refusal = answer->status == 409 || answer->status == 422;
    if (!good && !refusal) {
        return other_status(answer->status, error);
    }
    int line = 0;
    const char *reason = NULL;
    struct json *json = NULL;
    if (answer->len > 0 && answer->len <= RECEIPT_LONGEST) {
        json = json_parse((const char *)answer->body, answer->len, &line, &reason);
    }
    if (!json) {
        return because(COURIER_RETRY, error, "receipt: shape");
    }
    enum courier_outcome outcome = judge(json_root(json), expected, error);
    json_destroy(json);
    // The status and the signed verdict must tell the same story.
    if ((outcome == COURIER_DELIVERED && !good) || (outcome == COURIER_REFUSED && !refusal)) {
        return because(COURIER_RETRY, error, "receipt: status");
    }
    return outcome;
}

static bool
has_number(const struct answer *answer, const char *key)
{
    int line = 0;
    const char *reason = NULL;
    int64_t number = 0;
    struct json *json = json_parse((const char *)answer->body, answer->len, &line, &reason);
    bool found = json && json_int(json_get(json_root(json), key), &number);
    json_destroy(json);
    return found;
}

static bool
is_envelope(const struct answer *answer)
{
    return answer->len > ENVELOPE_OVERHEAD && memcmp(answer->body, "ANJ1", 4) == 0;
}

static bool
is_bundle(const struct answer *answer, const uint8_t *portal_sign)
{
    size_t len = 0;
    return answer->etag[0] &&
           bundle_verify((const char *)answer->body, answer->len, portal_sign, &len);
}

enum courier_outcome
answer_plain(enum courier_job_kind kind, const struct answer *answer,
             const uint8_t portal_sign[SIGN_PUBLIC], char *error)
{
    bool good = false;
    if (kind == COURIER_BUNDLE && answer->status == 304) {
        return because(COURIER_UNCHANGED, error, "");
    }
    if (answer->status != 200) {
        return other_status(answer->status, error);
    }
    switch (kind) {
    case COURIER_TICKETS:
    case COURIER_TALLIES:
        good = answer->len > 0 && has_number(answer, "held");
        break;
    case COURIER_HEARTBEAT:
        good = answer->len > 0 && has_number(answer, "time");
        break;
    case COURIER_LOOKUP:
        good = is_envelope(answer);
        break;
    case COURIER_BUNDLE:
        good = answer->len > 0 && is_bundle(answer, portal_sign);
        break;
    case COURIER_SUBMISSION:
        break; // only a receipt answers it
    }
    return good ? because(COURIER_DELIVERED, error, "")
                : because(COURIER_RETRY, error,
                          kind == COURIER_BUNDLE ? "bundle: signature" : "answer: shape");
}

int
answer_retry_after(const char *value)
{
    int seconds = 0;
    if (!value || !*value) {
        return 0;
    }
    for (const char *at = value; *at; at++) {
        if (*at < '0' || *at > '9') {
            return 0;
        }
        seconds = seconds * 10 + (*at - '0');
        if (seconds > DAY_S) {
            return DAY_S;
        }
    }
    return seconds;
}
