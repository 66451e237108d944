/* Look-ups of the land tax: the bill, a code to pay it, and whether it was paid. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "bills.h"
#include "form/check.h"
#include "http.h"
#include "limits.h"
#include "lookups.h"
#include "portal.h"
#include "provider.h"

/* A family looks at six years of a parcel or two; nobody needs forty in ten minutes. A code on
 * screen is asked about every few seconds for as long as it lives. */
enum { BILLS_MOST = 40, BILLS_WINDOW = 10 * 60, NOP_MOST = 20, NOP_WINDOW = 15 * 60 };
enum { PAID_MOST = 200, PAID_WINDOW = 10 * 60, GUESS_MOST = 10, GUESS_WINDOW = 10 * 60 };

static bool
is(const struct query *query, const char *kind)
{
    return strcmp(query->kind, kind) == 0;
}

bool
bill_query_read(const struct json_value *root, struct query *query)
{
    int64_t year = 0;
    if (is(query, "paid")) {
        return code_parse(json_text(json_get(root, "reference"), ""), query->code);
    }
    const char *nop = json_text(json_get(root, "nop"), "");
    bool good = (is(query, "bill") || is(query, "pay")) && strlen(nop) == 18 &&
                check_nop(nop, query->nop) == PROBLEM_NONE &&
                json_int(json_get(root, "year"), &year) && year >= 1990 && year <= 2100;
    query->year = (int)year;
    return good;
}

static int
longer(int a, int b)
{
    return a > b ? a : b;
}

int
bill_query_wait(struct portal *portal, const struct request *request, const struct query *query)
{
    char name[48];
    if (!is(query, "paid")) {
        snprintf(name, sizeof name, "bills %.32s", request->kiosk);
        int wait = limits_count(portal->limits, name, BILLS_MOST, BILLS_WINDOW);
        snprintf(name, sizeof name, "nop %.18s", query->nop);
        return wait > 0 ? wait : limits_count(portal->limits, name, NOP_MOST, NOP_WINDOW);
    }
    struct payment payment;
    enum payment_state state;
    snprintf(name, sizeof name, "paid %.12s", query->code);
    int wait = limits_count(portal->limits, name, PAID_MOST, PAID_WINDOW);
    if (!provider_find(portal->provider, query->code, &payment, &state)) {
        snprintf(name, sizeof name, "guess %.32s", request->kiosk);
        wait = longer(wait, limits_count(portal->limits, name, GUESS_MOST, GUESS_WINDOW));
    }
    return wait;
}

static void
write_bill(const struct bill *bill, bool paid, struct text *out)
{
    char owner[2 * BILL_WORDS], place[2 * BILL_WORDS];
    bill_mask(bill->owner, true, owner, sizeof owner);
    bill_mask(bill->place, false, place, sizeof place);
    text_addf(out, "{\"state\":\"%s\",\"owner\":", paid ? "paid" : "open");
    json_write_text(out, owner);
    text_add(out, ",\"place\":");
    json_write_text(out, place);
    text_addf(out, ",\"amount\":%lld,\"fine\":%lld,\"due\":\"%s\"}", (long long)bill->amount,
              (long long)bill->fine, bill->due);
}

static void
write_code(struct portal *portal, const struct bill *bill, struct text *out)
{
    struct payment payment;
    if (!provider_ask(portal->provider, bill, &payment)) {
        text_add(out, "{\"state\":\"unavailable\"}");
        return;
    }
    text_addf(out, "{\"state\":\"waiting\",\"reference\":\"%s\",\"amount\":%lld,\"qris\":",
              payment.reference, (long long)payment.amount);
    json_write_text(out, payment.qris);
    text_addf(out, ",\"seconds\":%d}", provider_seconds(&payment));
}

static void
write_payment(struct portal *portal, const char *reference, struct text *out)
{
    static const char *const words[] = {
        [PAYMENT_WAITING] = "waiting", [PAYMENT_PAID] = "paid", [PAYMENT_EXPIRED] = "expired"};
    struct payment payment;
    enum payment_state state;
    char nop[NOP_SHOWN];
    if (!provider_find(portal->provider, reference, &payment, &state)) {
        text_add(out, "{\"state\":\"not_found\"}");
        return;
    }
    text_addf(out, "{\"state\":\"%s\"", words[state]);
    if (state == PAYMENT_PAID) {
        bill_mask_nop(payment.nop, nop);
        text_addf(out, ",\"nop\":\"%s\",\"year\":%d,\"amount\":%lld,\"paid_at\":%lld", nop,
                  payment.year, (long long)payment.amount, (long long)payment.paid_at);
    }
    text_add(out, "}");
}

void
bill_answer(struct portal *portal, const struct query *query, struct text *out)
{
    if (is(query, "paid")) {
        write_payment(portal, query->code, out);
        return;
    }
    const struct bill *bill = bills_find(portal->bills, query->nop, query->year);
    bool paid = bill && (bill->paid || provider_has_paid(portal->provider, bill->nop, bill->year));
    if (!bill) {
        text_add(out, "{\"state\":\"not_found\"}");
    } else if (is(query, "bill")) {
        write_bill(bill, paid, out);
    } else if (paid) {
        text_add(out, "{\"state\":\"paid\"}");
    } else {
        write_code(portal, bill, out);
    }
}
