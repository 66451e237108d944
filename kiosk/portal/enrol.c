#include "portal/enrol.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/json.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "portal/csr.h"
#include "portal/exchange.h"

enum { ERROR = 48, PATH = 512, PENDING_MOST = 8192, REQUEST = 16 * 1024, ANSWER_CAP = 64 * 1024 };

/* The keys of a try; they wait on disk until an answer for them is kept. */
struct pending {
    char path[PATH];
    char *key; // PEM, owned
    uint8_t sign_public[SIGN_PUBLIC], sign_secret[SIGN_SECRET];
};

static void
pending_free(struct pending *pending)
{
    if (pending->key) {
        secret_zero(pending->key, strlen(pending->key));
        free(pending->key);
    }
    secret_zero(pending->sign_secret, SIGN_SECRET);
}

/* One line with the signing pair, then the TLS key. */
static bool
pending_read(struct pending *pending, const char *text)
{
    char pair[2][2 * SIGN_SECRET + 1];
    const char *pem = strstr(text, "-----BEGIN");
    bool good = pem && sscanf(text, "%64s %128s", pair[0], pair[1]) == 2 &&
                hex_parse(pair[0], pending->sign_public, SIGN_PUBLIC) &&
                hex_parse(pair[1], pending->sign_secret, SIGN_SECRET);
    secret_zero(pair, sizeof pair);
    pending->key = good ? strdup(pem) : NULL;
    return pending->key != NULL;
}

static bool
pending_make(struct pending *pending)
{
    char text[PENDING_MOST], public_hex[2 * SIGN_PUBLIC + 1], secret_hex[2 * SIGN_SECRET + 1];
    struct text out = text_over(text, sizeof text);
    pending->key = csr_new_key();
    if (!pending->key) {
        return false;
    }
    sign_keypair(pending->sign_public, pending->sign_secret);
    hex_of(pending->sign_public, SIGN_PUBLIC, public_hex);
    hex_of(pending->sign_secret, SIGN_SECRET, secret_hex);
    text_addf(&out, "%s %s\n%s", public_hex, secret_hex, pending->key);
    bool kept = !out.cut && files_replace(pending->path, text, out.len, 0600);
    secret_zero(text, sizeof text);
    secret_zero(secret_hex, sizeof secret_hex);
    return kept;
}

static bool
pending_open(struct pending *pending, const char *state_dir)
{
    size_t len = 0;
    snprintf(pending->path, sizeof pending->path, "%s/identity.new", state_dir);
    char *text = files_read(pending->path, PENDING_MOST, &len);
    bool good = text && pending_read(pending, text);
    if (text) {
        secret_zero(text, len);
        free(text);
    }
    return good || pending_make(pending);
}

/* --- the request -------------------------------------------------------------------- */

static bool
write_request(const struct enrol_options *options, const struct pending *pending, struct text *out)
{
    char hex[2 * SIGN_PUBLIC + 1];
    char *csr = csr_make(pending->key);
    if (!csr) {
        return false;
    }
    hex_of(pending->sign_public, SIGN_PUBLIC, hex);
    text_add(out, "{\"code\":");
    json_write_text(out, options->code);
    text_add(out, ",\"csr\":");
    json_write_text(out, csr);
    text_addf(out, ",\"sign_key\":\"%s\"}", hex);
    free(csr);
    return !out->cut;
}

static enum enrol_result
status_result(int status, char *error)
{
    if (status == 201) {
        return ENROL_DONE;
    }
    snprintf(error, ERROR, "http %d", status);
    return status == 403 ? ENROL_CODE : status == 429 ? ENROL_LIMITED : ENROL_ANSWER;
}

/* --- the answer ------------------------------------------------------------------------- */

static bool
read_number(const struct json_value *value, uint32_t *out)
{
    int64_t number = 0;
    if (!json_int(value, &number) || number < 1 || number > 4000000000LL) {
        return false;
    }
    *out = (uint32_t)number;
    return true;
}

static bool
read_answer(const struct json_value *root, const struct pending *pending, struct identity *identity)
{
    const char *kiosk = json_text(json_get(root, "kiosk"), "");
    memcpy(identity->sign_public, pending->sign_public, SIGN_PUBLIC);
    memcpy(identity->sign_secret, pending->sign_secret, SIGN_SECRET);
    return *kiosk && !strpbrk(kiosk, " \r\n") &&
           text_copy(identity->kiosk, sizeof identity->kiosk, kiosk) &&
           read_number(json_get(root, "number"), &identity->number) &&
           hex_parse(json_text(json_get(root, "seal_key"), ""), identity->portal_seal, SEAL_KEY) &&
           hex_parse(json_text(json_get(root, "sign_key"), ""), identity->portal_sign,
                     SIGN_PUBLIC) &&
           csr_matches(pending->key, json_text(json_get(root, "certificate"), ""), kiosk);
}

static bool
expected_keys(const struct enrol_options *options, const struct identity *identity)
{
    return (!options->seal_key ||
            memcmp(options->seal_key, identity->portal_seal, SEAL_KEY) == 0) &&
           (!options->sign_key ||
            memcmp(options->sign_key, identity->portal_sign, SIGN_PUBLIC) == 0);
}

static enum enrol_result
keep(const struct enrol_options *options, const struct pending *pending,
     const struct json_value *root, struct identity *identity, char *error)
{
    char path[PATH];
    if (!read_answer(root, pending, identity)) {
        snprintf(error, ERROR, "answer: shape");
        return ENROL_ANSWER;
    }
    if (!expected_keys(options, identity)) {
        snprintf(error, ERROR, "answer: other keys");
        return ENROL_KEYS;
    }
    snprintf(path, sizeof path, "%s/identity.pem", options->state_dir);
    if (!identity_save(path, identity, pending->key,
                       json_text(json_get(root, "certificate"), ""))) {
        snprintf(error, ERROR, "disk");
        return ENROL_DISK;
    }
    unlink(pending->path); // its keys live in the identity now
    return ENROL_DONE;
}

static enum enrol_result
judge(const struct enrol_options *options, const struct pending *pending,
      const struct answer *answer, struct identity *identity, char *error)
{
    int line = 0;
    const char *reason = NULL;
    enum enrol_result result = status_result(answer->status, error);
    if (result != ENROL_DONE) {
        return result;
    }
    struct json *json = json_parse((const char *)answer->body, answer->len, &line, &reason);
    if (!json) {
        snprintf(error, ERROR, "answer: shape");
        return ENROL_ANSWER;
    }
    result = keep(options, pending, json_root(json), identity, error);
    json_destroy(json);
    return result;
}

static enum enrol_result
ask(const struct enrol_options *options, const struct pending *pending, const struct text *body,
    struct identity *identity, char *error)
{
    struct road road = {.url = options->url,
                        .ca = options->ca,
                        .connect_seconds = options->connect_seconds,
                        .whole_seconds = options->whole_seconds};
    struct request request = {.method = "POST",
                              .path = "/api/v1/enrolments",
                              .type = "application/json",
                              .body = (const uint8_t *)body->data,
                              .len = body->len,
                              .cap = ANSWER_CAP};
    struct answer answer;
    enum enrol_result result = ENROL_OFFLINE;
    struct exchange *exchange = exchange_create(&road);
    if (exchange && exchange_begin(exchange, &request) &&
        exchange_perform(exchange, &answer, error) == TRANSFER_ANSWERED) {
        result = judge(options, pending, &answer, identity, error);
    }
    exchange_destroy(exchange);
    return result;
}

enum enrol_result
enrol(const struct enrol_options *options, struct identity *identity, char *error)
{
    char text[REQUEST];
    struct text body = text_over(text, sizeof text);
    struct pending pending = {0};
    enum enrol_result result = ENROL_DISK;
    struct identity fresh = {0};
    error[0] = '\0';
    if (exchange_prepare() && pending_open(&pending, options->state_dir) &&
        write_request(options, &pending, &body)) {
        result = ask(options, &pending, &body, &fresh, error);
    } else {
        snprintf(error, ERROR, "disk");
    }
    if (result == ENROL_DONE) {
        *identity = fresh;
        log_info("enrolled as kiosk number %u", identity->number);
    }
    secret_zero(&fresh, sizeof fresh);
    pending_free(&pending);
    return result;
}
