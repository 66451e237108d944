#include "lies.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "http.h"
#include "portal.h"
#include "seal/receipt.h"

struct lies {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    const struct lie *lie; // protected by lock, as the rest
    int left;              // -1: for ever
    int age;
    bool over;
};

enum { SLOW_MS = 3000, HANG_MS = 120 * 1000, HUGE_BYTES = 10 * 1000 * 1000 };

/* --- answers instead of the truth ------------------------------------------------ */

static void
say(struct reply *reply, int status, const char *type, const char *body)
{
    reply_with(reply, status, type, strdup(body));
}

static void
server_error(struct lies *lies, struct reply *reply)
{
    (void)lies;
    say(reply, 500, "text/plain", "Internal Server Error\n");
}

static void
unavailable(struct lies *lies, struct reply *reply)
{
    (void)lies;
    reply_busy(reply);
}

static void
html(struct lies *lies, struct reply *reply)
{
    (void)lies;
    say(reply, 200, "text/html",
        "<!doctype html><title>Login</title><p>Welcome to the free network. Please log in.\n");
}

static void
empty(struct lies *lies, struct reply *reply)
{
    (void)lies;
    say(reply, 204, NULL, "");
}

static void
redirect(struct lies *lies, struct reply *reply)
{
    (void)lies;
    say(reply, 302, "text/html", "moved\n");
    reply->location = "https://127.0.0.1:9/login";
}

static void
unauthorised(struct lies *lies, struct reply *reply)
{
    (void)lies;
    reply_error(reply, 401, "certificate");
}

static void
barred(struct lies *lies, struct reply *reply)
{
    (void)lies;
    reply_error(reply, 403, "barred");
}

static void
limited(struct lies *lies, struct reply *reply)
{
    (void)lies;
    reply_error(reply, 429, "limited");
    reply->retry_after = 2;
}

static void
claim(struct lies *lies, struct reply *reply)
{
    (void)lies;
    say(reply, 200, "application/json", "{\"verdict\":\"accepted\",\"status\":\"ok\"}");
}

static void
refusal(struct lies *lies, struct reply *reply)
{
    (void)lies;
    say(reply, 422, "application/json", "{\"verdict\":\"refused\",\"reason\":\"document\"}");
}

static void
closed(struct lies *lies, struct reply *reply)
{
    (void)lies;
    reply->delivery = DELIVER_NOT;
}

static void
hang(struct lies *lies, struct reply *reply)
{
    lies_wait(lies, HANG_MS);
    reply->delivery = DELIVER_NOT;
}

/* The bytes of a gzip stream that nobody should unpack. */
static void
zipped(struct lies *lies, struct reply *reply)
{
    (void)lies;
    uint8_t *bytes = calloc(1, 4096);
    static const uint8_t head[] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3, 0xed, 0xc1, 1, 1};
    if (bytes) {
        memcpy(bytes, head, sizeof head);
    }
    reply_with(reply, 200, "application/json", (char *)bytes);
    reply->len = bytes ? 4096 : reply->len;
    reply->encoding = "gzip";
}

static void
huge(struct lies *lies, struct reply *reply)
{
    (void)lies;
    char *bytes = malloc(HUGE_BYTES + 1);
    if (bytes) {
        memset(bytes, '[', HUGE_BYTES);
        bytes[HUGE_BYTES] = '\0';
    }
    reply_with(reply, 200, "application/json", bytes);
}

/* --- the truth, spoilt on its way ------------------------------------------------- */

static void
slow(struct lies *lies, struct reply *reply)
{
    (void)reply;
    lies_wait(lies, SLOW_MS);
}

static void
trickle(struct lies *lies, struct reply *reply)
{
    (void)lies;
    reply->delivery = DELIVER_SLOWLY;
}

static void
cut(struct lies *lies, struct reply *reply)
{
    (void)lies;
    reply->delivery = DELIVER_HALF;
}

/* Whole to HTTP, half to JSON. */
static void
truncated(struct lies *lies, struct reply *reply)
{
    (void)lies;
    reply->len /= 2;
}

static void
later(struct lies *lies, struct reply *reply)
{
    (void)lies;
    reply->status = 202;
}

/* --- false receipts ------------------------------------------------------------------ */

static void
bad_signature(struct receipt *receipt, const struct portal_keys *keys)
{
    (void)keys;
    receipt->signature[17] ^= 1;
}

static void
other_key(struct receipt *receipt, const struct portal_keys *keys)
{
    (void)keys;
    uint8_t public_key[SIGN_PUBLIC], secret_key[SIGN_SECRET];
    sign_keypair(public_key, secret_key);
    receipt_sign(receipt, secret_key);
}

/* The rest are well signed: of something else. */
static void
wrong_id(struct receipt *receipt, const struct portal_keys *keys)
{
    receipt->id[35] = receipt->id[35] == '0' ? '1' : '0';
    receipt_sign(receipt, keys->sign_secret);
}

static void
wrong_hash(struct receipt *receipt, const struct portal_keys *keys)
{
    receipt->sha256[0] ^= 1;
    receipt_sign(receipt, keys->sign_secret);
}

static void
other_kiosk(struct receipt *receipt, const struct portal_keys *keys)
{
    snprintf(receipt->kiosk, sizeof receipt->kiosk, "6472099999-9");
    receipt_sign(receipt, keys->sign_secret);
}

static void
wrong_seq(struct receipt *receipt, const struct portal_keys *keys)
{
    receipt->seq++;
    receipt_sign(receipt, keys->sign_secret);
}

/* An acceptance's signature under the word "refused". */
static void
turned(struct receipt *receipt, const struct portal_keys *keys)
{
    (void)keys;
    receipt->verdict = receipt->verdict == RECEIPT_ACCEPTED ? RECEIPT_REFUSED : RECEIPT_ACCEPTED;
}

static const struct lie all[] = {
    {.name = "500", LIE_INSTEAD, .reply = server_error},
    {.name = "503", LIE_INSTEAD, .reply = unavailable},
    {.name = "html", LIE_INSTEAD, .reply = html},
    {.name = "204", LIE_INSTEAD, .reply = empty},
    {.name = "redirect", LIE_INSTEAD, .reply = redirect},
    {.name = "401", LIE_INSTEAD, .reply = unauthorised},
    {.name = "403", LIE_INSTEAD, .reply = barred},
    {.name = "429", LIE_INSTEAD, .reply = limited},
    {.name = "claim", LIE_INSTEAD, .reply = claim},
    {.name = "refusal", LIE_INSTEAD, .reply = refusal},
    {.name = "close", LIE_INSTEAD, .reply = closed},
    {.name = "hang", LIE_INSTEAD, .reply = hang},
    {.name = "gzip", LIE_INSTEAD, .reply = zipped},
    {.name = "huge", LIE_INSTEAD, .reply = huge},
    {.name = "slow", LIE_AFTER, .reply = slow},
    {.name = "lost", LIE_AFTER, .reply = closed},
    {.name = "trickle", LIE_AFTER, .reply = trickle},
    {.name = "cut", LIE_AFTER, .reply = cut},
    {.name = "truncated", LIE_AFTER, .reply = truncated},
    {.name = "202", LIE_AFTER, .reply = later},
    {.name = "signature", LIE_RECEIPT, .receipt = bad_signature},
    {.name = "other-key", LIE_RECEIPT, .receipt = other_key},
    {.name = "wrong-id", LIE_RECEIPT, .receipt = wrong_id},
    {.name = "wrong-hash", LIE_RECEIPT, .receipt = wrong_hash},
    {.name = "other-kiosk", LIE_RECEIPT, .receipt = other_kiosk},
    {.name = "wrong-seq", LIE_RECEIPT, .receipt = wrong_seq},
    {.name = "turned", LIE_RECEIPT, .receipt = turned},
};

/* --- setting and meeting ---------------------------------------------------------------- */

struct lies *
lies_create(void)
{
    struct lies *lies = calloc(1, sizeof *lies);
    if (lies) {
        pthread_condattr_t monotonic;
        pthread_condattr_init(&monotonic);
        pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
        pthread_cond_init(&lies->changed, &monotonic);
        pthread_condattr_destroy(&monotonic);
        pthread_mutex_init(&lies->lock, NULL);
    }
    return lies;
}

void
lies_destroy(struct lies *lies)
{
    if (lies) {
        pthread_cond_destroy(&lies->changed);
        pthread_mutex_destroy(&lies->lock);
        free(lies);
    }
}

const char *
lies_name(size_t index)
{
    return index < sizeof all / sizeof *all ? all[index].name : NULL;
}

static const struct lie *
find(const char *name)
{
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (strcmp(all[i].name, name) == 0) {
            return &all[i];
        }
    }
    return NULL;
}

bool
lies_set(struct lies *lies, const char *name, int count)
{
    bool honest = !*name || strcmp(name, "honest") == 0;
    const struct lie *lie = honest ? NULL : find(name);
    if (!honest && !lie) {
        return false;
    }
    pthread_mutex_lock(&lies->lock);
    lies->lie = lie;
    lies->left = count > 0 ? count : -1;
    lies->age++;
    pthread_cond_broadcast(&lies->changed);
    pthread_mutex_unlock(&lies->lock);
    return true;
}

const struct lie *
lies_meet(struct lies *lies)
{
    pthread_mutex_lock(&lies->lock);
    const struct lie *lie = lies->left != 0 ? lies->lie : NULL;
    if (lie && lies->left > 0) {
        lies->left--;
    }
    pthread_mutex_unlock(&lies->lock);
    return lie;
}

void
lies_end(struct lies *lies)
{
    pthread_mutex_lock(&lies->lock);
    lies->over = true;
    pthread_cond_broadcast(&lies->changed);
    pthread_mutex_unlock(&lies->lock);
}

void
lies_wait(struct lies *lies, int ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += (long)(ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    pthread_mutex_lock(&lies->lock);
    int age = lies->age, waited = 0;
    while (!lies->over && age == lies->age && waited == 0) {
        waited = pthread_cond_timedwait(&lies->changed, &lies->lock, &until);
    }
    pthread_mutex_unlock(&lies->lock);
}
