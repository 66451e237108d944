#include "provider.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "bills.h"

enum { PAYMENTS = 512 };
enum lie { HONEST, LIE_AMOUNT, LIE_NMID, LIE_STATIC, LIE_CRC, LIE_EXPIRED, LIE_AWAY, LIES };
static const char *const lie_names[LIES] = {
    [HONEST] = "honest", [LIE_AMOUNT] = "amount",   [LIE_NMID] = "nmid", [LIE_STATIC] = "static",
    [LIE_CRC] = "crc",   [LIE_EXPIRED] = "expired", [LIE_AWAY] = "away"};

struct provider {
    pthread_mutex_t lock;
    char nmid[16];
    int life;
    enum lie lie; // protected by lock, as the rest
    size_t count;
    struct payment list[PAYMENTS];
};

struct provider *
provider_create(const char *nmid, int life)
{
    struct provider *provider = calloc(1, sizeof *provider);
    if (provider) {
        pthread_mutex_init(&provider->lock, NULL);
        text_copy(provider->nmid, sizeof provider->nmid, nmid);
        provider->life = life;
    }
    return provider;
}

void
provider_destroy(struct provider *provider)
{
    if (provider) {
        pthread_mutex_destroy(&provider->lock);
        free(provider);
    }
}

/* --- the code's text: EMVCo, tag, length, value ---------------------------------------- */

static void
put(struct text *text, int tag, const char *value)
{
    text_addf(text, "%02d%02zu%s", tag, strlen(value), value);
}

/* CRC-16/CCITT-FALSE, a nibble at a time: not the kiosk's own way to it. */
static unsigned
crc_of(const char *text)
{
    static const unsigned table[16] = {0x0000, 0x1021, 0x2042, 0x3063, 0x4084, 0x50A5,
                                       0x60C6, 0x70E7, 0x8108, 0x9129, 0xA14A, 0xB16B,
                                       0xC18C, 0xD1AD, 0xE1CE, 0xF1EF};
    unsigned crc = 0xFFFF;
    for (; *text != '\0'; text++) {
        unsigned byte = (unsigned char)*text;
        crc = (crc << 4 ^ table[(crc >> 12 ^ byte >> 4) & 15]) & 0xFFFF;
        crc = (crc << 4 ^ table[(crc >> 12 ^ byte) & 15]) & 0xFFFF;
    }
    return crc;
}

static void
write_code(const struct provider *provider, struct payment *payment)
{
    char amount[24], buffer[100];
    struct text text = text_over(payment->qris, sizeof payment->qris);
    struct text inner = text_over(buffer, sizeof buffer);
    struct text number = text_over(amount, sizeof amount);
    put(&text, 0, "01");
    put(&text, 1, provider->lie == LIE_STATIC ? "11" : "12");
    put(&inner, 0, "ID.CO.QRIS.WWW");
    put(&inner, 2, provider->lie == LIE_NMID ? "ID1029999999999" : provider->nmid);
    put(&inner, 3, "UBE");
    put(&text, 51, buffer);
    put(&text, 52, "9311");
    put(&text, 53, "360");
    text_addf(&number, "%lld", (long long)payment->amount + (provider->lie == LIE_AMOUNT));
    put(&text, 54, amount);
    put(&text, 58, "ID");
    put(&text, 59, "PBB SAMARINDA UJI");
    put(&text, 60, "SAMARINDA");
    put(&text, 61, "75111");
    inner = text_over(buffer, sizeof buffer);
    put(&inner, 1, payment->reference);
    put(&text, 62, buffer);
    text_add(&text, "6304");
    text_addf(&text, "%04X", crc_of(payment->qris) ^ (provider->lie == LIE_CRC ? 1U : 0U));
}

/* --- payments ------------------------------------------------------------------------------ */

static enum payment_state
state_of(const struct payment *payment)
{
    return payment->paid_at > 0                  ? PAYMENT_PAID
           : payment->until <= clock_monotonic() ? PAYMENT_EXPIRED
                                                 : PAYMENT_WAITING;
}

static struct payment *
find(struct provider *provider, const char *reference)
{
    for (size_t i = 0; i < provider->count; i++) {
        if (strcmp(provider->list[i].reference, reference) == 0) {
            return &provider->list[i];
        }
    }
    return NULL;
}

static struct payment *
make(struct provider *provider, const struct bill *bill)
{
    if (provider->count == PAYMENTS) {
        return NULL;
    }
    struct payment *payment = &provider->list[provider->count++];
    *payment = (struct payment){.year = bill->year, .amount = bill->amount + bill->fine};
    do {
        code_make(payment->reference);
    } while (find(provider, payment->reference) != payment);
    text_copy(payment->nop, sizeof payment->nop, bill->nop);
    payment->until =
        clock_monotonic() + (provider->lie == LIE_EXPIRED ? 0 : 1000LL * provider->life);
    write_code(provider, payment);
    return payment;
}

bool
provider_ask(struct provider *provider, const struct bill *bill, struct payment *out)
{
    struct payment *found = NULL;
    pthread_mutex_lock(&provider->lock);
    for (size_t i = 0; i < provider->count; i++) {
        struct payment *at = &provider->list[i];
        if (at->year == bill->year && strcmp(at->nop, bill->nop) == 0 &&
            state_of(at) == PAYMENT_WAITING) {
            found = at;
        }
    }
    if (!found && provider->lie != LIE_AWAY) {
        found = make(provider, bill);
    }
    if (found) {
        *out = *found;
    }
    pthread_mutex_unlock(&provider->lock);
    return found != NULL;
}

bool
provider_find(struct provider *provider, const char *reference, struct payment *out,
              enum payment_state *state)
{
    pthread_mutex_lock(&provider->lock);
    const struct payment *found = find(provider, reference);
    if (found) {
        *out = *found;
        *state = state_of(found);
    }
    pthread_mutex_unlock(&provider->lock);
    return found != NULL;
}

bool
provider_has_paid(struct provider *provider, const char *nop, int year)
{
    bool paid = false;
    pthread_mutex_lock(&provider->lock);
    for (size_t i = 0; i < provider->count; i++) {
        const struct payment *at = &provider->list[i];
        paid = paid || (at->paid_at > 0 && at->year == year && strcmp(at->nop, nop) == 0);
    }
    pthread_mutex_unlock(&provider->lock);
    return paid;
}

int
provider_seconds(const struct payment *payment)
{
    int64_t left = payment->until - clock_monotonic();
    return left > 0 ? (int)((left + 999) / 1000) : 0;
}

bool
provider_pay(struct provider *provider, const char *reference)
{
    pthread_mutex_lock(&provider->lock);
    struct payment *found = find(provider, reference);
    bool taken = found && state_of(found) == PAYMENT_WAITING;
    if (taken) {
        found->paid_at = clock_wall();
    }
    pthread_mutex_unlock(&provider->lock);
    return taken;
}

bool
provider_expire(struct provider *provider, const char *reference)
{
    pthread_mutex_lock(&provider->lock);
    struct payment *found = find(provider, reference);
    if (found) {
        found->until = clock_monotonic();
    }
    pthread_mutex_unlock(&provider->lock);
    return found != NULL;
}

bool
provider_lie(struct provider *provider, const char *name)
{
    for (enum lie lie = HONEST; lie < LIES; lie++) {
        if (strcmp(lie_names[lie], name) == 0) {
            pthread_mutex_lock(&provider->lock);
            provider->lie = lie;
            for (size_t i = 0; i < provider->count; i++) { // the next code is of the new mind
                struct payment *at = &provider->list[i];
                at->until = at->paid_at > 0 ? at->until : clock_monotonic();
            }
            pthread_mutex_unlock(&provider->lock);
            return true;
        }
    }
    return false;
}
