/* POST /api/v1/enrolments: a code and two public keys for a certificate. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "authority.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "handlers.h"
#include "http.h"
#include "ledger.h"
#include "limits.h"
#include "portal.h"
#include "seal/seal.h"

enum { MOST = 20, WINDOW = 60, REPLY = 32 * 1024 };

struct application {
    const char *code, *csr;
    uint8_t sign_key[SIGN_PUBLIC];
    uint8_t user[HASH]; // of both keys: whose code it becomes
    uint8_t key_hash[HASH];
    char kiosk[33];
    uint32_t number;
};

static bool
read_application(const struct json_value *root, struct application *application)
{
    application->code = json_text(json_get(root, "code"), "");
    application->csr = json_text(json_get(root, "csr"), "");
    size_t len = strlen(application->code);
    return len >= 4 && len <= 64 && strlen(application->csr) <= 8192 &&
           hex_parse(json_text(json_get(root, "sign_key"), ""), application->sign_key, SIGN_PUBLIC);
}

/* Signed once for a name that nobody has: only to learn that the request is good, and its key. */
static bool
check_request(struct portal *portal, struct application *application)
{
    uint8_t both[HASH + SIGN_PUBLIC];
    char *draft = authority_sign(portal->authority, application->csr, "-", application->key_hash);
    bool good = draft != NULL;
    free(draft);
    memcpy(both, application->key_hash, HASH);
    memcpy(both + HASH, application->sign_key, SIGN_PUBLIC);
    hash_of(both, sizeof both, application->user);
    return good;
}

static void
welcome(struct portal *portal, const struct application *application, struct reply *reply)
{
    char seal_key[2 * SEAL_KEY + 1], sign_key[2 * SIGN_PUBLIC + 1];
    uint8_t key_hash[HASH];
    char *certificate =
        authority_sign(portal->authority, application->csr, application->kiosk, key_hash);
    char *body = certificate ? malloc(REPLY) : NULL;
    if (body) {
        struct text text = text_over(body, REPLY);
        hex_of(portal->keys.seal_public, SEAL_KEY, seal_key);
        hex_of(portal->keys.sign_public, SIGN_PUBLIC, sign_key);
        text_addf(&text, "{\"kiosk\":\"%s\",\"number\":%u,\"certificate\":", application->kiosk,
                  application->number);
        json_write_text(&text, certificate);
        text_addf(&text, ",\"seal_key\":\"%s\",\"sign_key\":\"%s\"}", seal_key, sign_key);
    }
    reply_with(reply, 201, "application/json", body);
    free(certificate);
}

static void
enrol(struct portal *portal, struct application *application, struct reply *reply)
{
    int64_t now = clock_wall();
    if (!check_request(portal, application)) {
        reply_error(reply, 400, "malformed");
        return;
    }
    enum ledger_result used = ledger_code_use(portal->db, application->code, application->user, now,
                                              application->kiosk, &application->number);
    if (used == LEDGER_NONE) {
        reply_error(reply, 403, "code");
    } else if (used != LEDGER_DONE ||
               ledger_kiosk_enrol(portal->db, application->kiosk, application->number,
                                  application->sign_key, application->key_hash,
                                  now) != LEDGER_DONE) {
        reply_busy(reply);
    } else {
        welcome(portal, application, reply);
    }
}

void
enrolments_post(struct portal *portal, const struct request *request, struct reply *reply)
{
    int line = 0;
    const char *reason = NULL;
    struct application application = {0};
    int wait = limits_count(portal->limits, "enrol", MOST, WINDOW); // codes cannot be guessed
    if (wait > 0) {
        reply_error(reply, 429, "limited");
        reply->retry_after = wait;
        return;
    }
    struct json *json = json_parse((const char *)request->body, request->len, &line, &reason);
    if (json && read_application(json_root(json), &application)) {
        enrol(portal, &application, reply);
    } else {
        reply_error(reply, 400, "malformed");
    }
    json_destroy(json);
}
