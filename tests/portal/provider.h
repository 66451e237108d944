/* "Penyedia pembayaran contoh": what stands for the bank that takes the city's QRIS payments.
 * It makes dynamic codes, one at a time for a bill, and is told by the tests that one was paid,
 * or to lie. It lives in memory: a portal that starts again knows no payment. Thread-safe.
 * A reference is a tracking code (base/id.h), so that it can be typed without a mistake. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/id.h"

struct bill;
struct provider;

enum { PROVIDER_TEXT = 513, PROVIDER_LIFE = 300 /* seconds a code lives */ };

enum payment_state { PAYMENT_WAITING, PAYMENT_PAID, PAYMENT_EXPIRED };

struct payment {
    char reference[CODE_TEXT], nop[19], qris[PROVIDER_TEXT];
    int year;
    int64_t amount;
    int64_t until;   /* monotonic ms */
    int64_t paid_at; /* wall ms, 0: not */
};

struct provider *provider_create(const char *nmid, int life);
void provider_destroy(struct provider *provider);

/* The bill's code that still lives, or a new one: two that live could both be paid. False: it
 * does not answer, or has no room. */
bool provider_ask(struct provider *provider, const struct bill *bill, struct payment *out);
/* False: there is none of this reference. */
bool provider_find(struct provider *provider, const char *reference, struct payment *out,
                   enum payment_state *state);
bool provider_has_paid(struct provider *provider, const char *nop, int year);
int provider_seconds(const struct payment *payment); /* left, never below 0 */

/* The tests' hand. A payment that came in time counts, whenever the portal hears of it. */
bool provider_pay(struct provider *provider, const char *reference);
bool provider_expire(struct provider *provider, const char *reference);
/* "amount", "nmid", "static", "crc", "expired", "away", or "honest"; false: no such lie. */
bool provider_lie(struct provider *provider, const char *name);
