#include "face/lookup.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/json.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/states.h"
#include "base/text.h"
#include "face/portal_words.h"
#include "wire/face_messages.h"
#include "wire/link.h"

static const char *const words[] = {
    [STATUS_SENT] = "sent",           [STATUS_WAIT_RT] = "waiting_rt",
    [STATUS_RT_AGREED] = "rt_agreed", [STATUS_RT_REFUSED] = "rt_refused",
    [STATUS_CHECKING] = "checking",   [STATUS_MEND] = "mend",
    [STATUS_SIGNING] = "signing",     [STATUS_SIGNED] = "signed",
    [STATUS_READY] = "ready",         [STATUS_DELIVERED] = "delivered",
    [STATUS_FINISHED] = "finished",   [STATUS_NOT_FOUND] = "not_found",
};

static void
write_question(struct text *out, const struct flow *flow, enum ask ask)
{
    static const char *const kinds[] = {
        [ASK_STATUS] = "status", [ASK_BILL] = "bill",       [ASK_PAY] = "pay",
        [ASK_PAID] = "paid",     [ASK_BOOKING] = "booking", [ASK_PHOTOS] = "photos"};
    text_addf(out, "{\"v\":1,\"kind\":\"%s\",", kinds[ask]);
    if (ask == ASK_STATUS) {
        text_add(out, "\"code\":");
        json_write_text(out, flow->status_code);
        text_add(out, ",\"fact\":");
        json_write_text(out, flow->status_fact);
    } else if (ask == ASK_BOOKING) {
        text_add(out, "\"code\":");
        json_write_text(out, flow->booking->code);
    } else if (ask == ASK_PHOTOS) {
        text_add(out, "\"pass\":");
        json_write_text(out, flow->pass);
    } else if (ask == ASK_PAID) {
        text_add(out, "\"reference\":");
        json_write_text(out, flow->bill->pay.reference);
    } else {
        text_add(out, "\"nop\":");
        json_write_text(out, flow->bill->nop);
        text_addf(out, ",\"year\":%d", flow->bill->year);
    }
}

bool
lookup_send(struct lookup *lookup, const struct flow *flow, const struct flow_effect *effect,
            const uint8_t portal_key[SEAL_KEY], struct link *link)
{
    char key[2 * SEAL_KEY + 1];
    uint8_t query[LOOKUP_QUERY + ENVELOPE_OVERHEAD];
    struct text out = text_over(lookup->plain, LOOKUP_QUERY + 1);
    seal_keypair(lookup->public_key, lookup->secret_key);
    hex_of(lookup->public_key, SEAL_KEY, key);
    write_question(&out, flow, (enum ask)effect->arg);
    text_addf(&out, ",\"reply_key\":\"%s\"}", key);
    bool sealed =
        !out.cut && seal_envelope(portal_key, (const uint8_t *)lookup->plain, out.len, query);
    struct face_lookup message = {effect->request,
                                  {query, (uint32_t)(out.len + ENVELOPE_OVERHEAD)}};
    secret_zero(lookup->plain, sizeof lookup->plain);
    lookup->request = effect->request;
    lookup->ask = (enum ask)effect->arg;
    return sealed && link_send(link, &face_lookup_type, &message);
}

static enum portal_status
status_of(const char *word)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i], word) == 0) {
            return (enum portal_status)i;
        }
    }
    return STATUS_FAILED;
}

/* What to answer anew; where there is more than fits here, the counter is the way. */
static void
read_mends(const struct json_value *list, struct flow_found *found)
{
    size_t count = json_count(list);
    for (size_t i = 0; i < count && count <= FLOW_MENDS; i++) {
        const struct json_value *item = json_at(list, i);
        struct flow_mend *mend = &found->mend[i];
        text_copy(mend->question, sizeof mend->question, json_text(json_get(item, "question"), ""));
        portal_words(json_get(item, "reason"), mend->reason, sizeof mend->reason);
    }
    found->mends = count <= FLOW_MENDS ? (int)count : 0;
}

static struct flow_found
understand(int utc_offset, const struct json_value *root)
{
    struct flow_found found = {.status = status_of(json_text(json_get(root, "status"), ""))};
    int64_t since;
    portal_name(json_get(root, "service"), found.service, sizeof found.service);
    portal_words(json_get(root, "reason"), found.reason, sizeof found.reason);
    read_mends(json_get(root, "mend"), &found);
    if (json_int(json_get(root, "since"), &since) && since > 0) {
        struct civil when = civil_at(since, utc_offset);
        civil_date(&when, found.since);
    }
    return found;
}

/* NULL: it does not open, or is no JSON; logged. */
static struct json *
open_answer(struct lookup *lookup, const uint8_t *envelope, size_t len)
{
    if (len <= ENVELOPE_OVERHEAD || len - ENVELOPE_OVERHEAD > sizeof lookup->plain ||
        !open_envelope(lookup->public_key, lookup->secret_key, envelope, len,
                       (uint8_t *)lookup->plain)) {
        log_warning("the portal's answer to a look-up does not open");
        return NULL;
    }
    int line;
    const char *reason;
    struct json *json = json_parse(lookup->plain, len - ENVELOPE_OVERHEAD, &line, &reason);
    if (json == NULL) {
        log_warning("the portal's answer to a look-up is no JSON: %s", reason);
        lookup_forget(lookup);
    }
    return json;
}

struct flow_found
lookup_read(struct lookup *lookup, int utc_offset, const uint8_t *envelope, size_t len)
{
    struct flow_found found = {.status = STATUS_FAILED};
    struct json *json = open_answer(lookup, envelope, len);
    if (json == NULL) {
        return found;
    }
    found = understand(utc_offset, json_root(json));
    json_destroy(json);
    lookup_forget(lookup);
    return found;
}

/* --- bills ---------------------------------------------------------------------------- */

static enum bill_state
bill_state_of(const char *word, enum ask ask)
{
    static const struct {
        const char *word;
        enum bill_state state;
        unsigned asks; // to which question it is an answer
    } states[] = {{"open", BILL_OPEN, 1U << ASK_BILL},
                  {"paid", BILL_PAID, 1U << ASK_BILL | 1U << ASK_PAY | 1U << ASK_PAID},
                  {"not_found", BILL_NOT_FOUND, 1U << ASK_BILL | 1U << ASK_PAY | 1U << ASK_PAID},
                  {"waiting", BILL_WAITING, 1U << ASK_PAY | 1U << ASK_PAID},
                  {"expired", BILL_EXPIRED, 1U << ASK_PAID},
                  {"unavailable", BILL_UNAVAILABLE, 1U << ASK_PAY}};
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (strcmp(states[i].word, word) == 0 && states[i].asks & 1U << ask) {
            return states[i].state;
        }
    }
    return BILL_FAILED;
}

static int64_t
whole(const struct json_value *root, const char *key)
{
    enum { MOST = 1000000000 }; // of rupiah no bill and no code is for more
    int64_t value;
    return json_int(json_get(root, key), &value) && value >= 0 && value <= MOST ? value : 0;
}

/* "24-11-2026 09.41" */
static void
write_moment(const struct json_value *value, int utc_offset, char out[BILL_MOMENT])
{
    int64_t at;
    if (json_int(value, &at) && at > 0) {
        struct civil t = civil_at(at, utc_offset);
        snprintf(out, BILL_MOMENT, "%02d-%02d-%04d %02d.%02d", t.day, t.month, t.year, t.hour,
                 t.minute);
    }
}

static void
read_bill(const struct json_value *root, enum ask ask, int utc_offset, struct bill_answer *out)
{
    portal_name(json_get(root, "owner"), out->owner, sizeof out->owner);
    portal_name(json_get(root, "place"), out->place, sizeof out->place);
    portal_name(json_get(root, "nop"), out->nop, sizeof out->nop);
    portal_day(json_get(root, "due"), out->due);
    portal_code(json_get(root, "reference"), out->reference);
    if (!text_copy(out->qris, sizeof out->qris, json_text(json_get(root, "qris"), ""))) {
        out->qris[0] = '\0'; // half of it is none
    }
    out->state = bill_state_of(json_text(json_get(root, "state"), ""), ask);
    out->amount = whole(root, "amount");
    out->fine = whole(root, "fine");
    out->year = (int)whole(root, "year");
    out->seconds = (int)whole(root, "seconds");
    write_moment(json_get(root, "paid_at"), utc_offset, out->moment);
    bool priced = out->amount > 0;
    if ((out->state == BILL_OPEN && !priced) ||
        (ask == ASK_PAID && out->state == BILL_PAID && (!priced || out->moment[0] == '\0'))) {
        out->state = BILL_FAILED;
    }
}

bool
lookup_read_bill(struct lookup *lookup, int utc_offset, const uint8_t *envelope, size_t len,
                 struct bill_answer *answer)
{
    *answer = (struct bill_answer){.state = BILL_FAILED};
    struct json *json = open_answer(lookup, envelope, len);
    if (json == NULL) {
        return false;
    }
    read_bill(json_root(json), lookup->ask, utc_offset, answer);
    json_destroy(json);
    lookup_forget(lookup);
    return answer->state != BILL_FAILED;
}

/* --- bookings --------------------------------------------------------------------------- */

static enum booking_state
booking_state_of(const char *word)
{
    static const char *const states[] = {
        [BOOKING_DUE] = "due",
        [BOOKING_EARLY] = "early",
        [BOOKING_LATE] = "late",
        [BOOKING_OTHER_DAY] = "other_day",
        [BOOKING_OTHER_OFFICE] = "other_office",
        [BOOKING_DONE] = "done",
        [BOOKING_NOT_FOUND] = "not_found",
    };
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (strcmp(states[i], word) == 0) {
            return (enum booking_state)i;
        }
    }
    return BOOKING_FAILED;
}

/* A booking that is due has an id for its number and a counter; of one that is not, what its
 * sentence needs. */
static bool
makes_sense(const struct booking_answer *booking)
{
    bool timed = booking->time[0] != '\0' && booking->from[0] != '\0';
    return booking->state == BOOKING_NOT_FOUND ||
           (timed && booking->letter[0] != '\0' && booking->day[0] != '\0' &&
            booking->office[0] != '\0' &&
            (booking->state != BOOKING_DUE || booking->id[0] != '\0'));
}

static void
read_booking(const struct json_value *root, struct booking_answer *out)
{
    const char *id = json_text(json_get(root, "id"), "");
    text_copy(out->id, sizeof out->id, uuid_is_valid(id) ? id : "");
    portal_series(json_get(root, "letter"), false, out->letter, sizeof out->letter);
    portal_series(json_get(root, "number"), true, out->number, sizeof out->number);
    portal_name(json_get(root, "service"), out->service, sizeof out->service);
    portal_name(json_get(root, "office"), out->office, sizeof out->office);
    portal_day(json_get(root, "day"), out->day);
    out->state = booking_state_of(json_text(json_get(root, "state"), ""));
    portal_time(json_get(root, "time"), out->time);
    portal_time(json_get(root, "from"), out->from);
}

void
lookup_read_booking(struct lookup *lookup, const uint8_t *envelope, size_t len,
                    struct booking_answer *answer)
{
    *answer = (struct booking_answer){.state = BOOKING_FAILED};
    struct json *json = open_answer(lookup, envelope, len);
    if (json == NULL) {
        return;
    }
    read_booking(json_root(json), answer);
    if (!makes_sense(answer)) {
        *answer = (struct booking_answer){.state = BOOKING_FAILED};
    }
    json_destroy(json);
    lookup_forget(lookup);
}

enum booking_state
lookup_booking_refusal(int result)
{
    return result == LOOKUP_OFFLINE   ? BOOKING_OFFLINE
           : result == LOOKUP_LIMITED ? BOOKING_LIMITED
                                      : BOOKING_FAILED;
}

/* --- photos -------------------------------------------------------------------------- */

static void
read_photos(const struct json_value *root, struct photos_answer *answer)
{
    static const struct {
        const char *word;
        enum photos_state state;
    } states[] = {
        {"open", PHOTOS_OPEN}, {"closed", PHOTOS_CLOSED}, {"not_found", PHOTOS_NOT_THERE}};
    const char *word = json_text(json_get(root, "state"), "");
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (strcmp(states[i].word, word) == 0) {
            answer->state = states[i].state;
        }
    }
    int64_t count = whole(root, "count"), most = whole(root, "most");
    if (answer->state != PHOTOS_NOT_THERE && (most == 0 || count > most || most > PHOTOS_MOST)) {
        answer->state = PHOTOS_BROKEN;
    } else {
        answer->count = (int)count;
        answer->most = (int)most;
    }
}

void
lookup_read_photos(struct lookup *lookup, const uint8_t *envelope, size_t len,
                   struct photos_answer *answer)
{
    *answer = (struct photos_answer){.state = PHOTOS_BROKEN};
    struct json *json = open_answer(lookup, envelope, len);
    if (json != NULL) {
        read_photos(json_root(json), answer);
        json_destroy(json);
        lookup_forget(lookup);
    }
}

enum bill_state
lookup_bill_refusal(int result)
{
    return result == LOOKUP_OFFLINE   ? BILL_OFFLINE
           : result == LOOKUP_LIMITED ? BILL_LIMITED
                                      : BILL_FAILED;
}

enum portal_status
lookup_refusal(int result)
{
    return result == LOOKUP_OFFLINE   ? STATUS_OFFLINE
           : result == LOOKUP_LIMITED ? STATUS_LIMITED
                                      : STATUS_FAILED;
}

void
lookup_forget(struct lookup *lookup)
{
    secret_zero(lookup, sizeof *lookup);
}
