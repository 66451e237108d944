/* The outbox's way to the portal. One thing at a time on the courier's first lane:
 * submissions in their order, then the mirror of tickets, the heartbeat, the bundle.
 * An item that fails by itself waits alone; when the line fails, all wait. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/clock.h"
#include "base/log.h"
#include "desk/parts.h"

enum {
    HEARTBEAT = 60000,
    TALLIES = 60000,
    MINUTE = 60000,
    CONNECT_SECONDS = 5,
    WHOLE_SECONDS = 30
};

static double
random_share(void)
{
    uint32_t random = 0;
    if (getrandom(&random, sizeof random, 0) != (ssize_t)sizeof random) {
        log_warning("getrandom failed; the back-off has no jitter");
    }
    return random / 4294967296.0;
}

void
delivery_start(struct desk *desk)
{
    const struct settings *s = desk->settings;
    char path[PATH_BYTES];
    if (desk->courier != NULL) {
        courier_stop(desk->courier);
        desk->courier = NULL;
    }
    desk->lane_busy = false;
    lookups_forget(desk);
    desk->lookup.busy = false;
    policy_init(&desk->policy);
    if (!desk->enrolled || !desk->knows_portal || s->portal.url[0] == '\0') {
        return;
    }
    snprintf(path, sizeof path, "%s/identity.pem", s->kiosk.state_dir);
    struct courier_options options = {.url = s->portal.url,
                                      .ca = s->portal.ca,
                                      .certificate = path,
                                      .key = path,
                                      .kiosk = desk->identity.kiosk,
                                      .connect_seconds = CONNECT_SECONDS,
                                      .whole_seconds = WHOLE_SECONDS};
    memcpy(options.portal_sign, desk->portal_sign, SIGN_PUBLIC);
    desk->courier = courier_start(&options);
}

/* --- what next --------------------------------------------------------------- */

static struct delayed *
find_delayed(struct desk *desk, int64_t seq)
{
    for (int i = 0; i < DELAYED; i++) {
        if (desk->delayed[i].seq == seq) {
            return &desk->delayed[i];
        }
    }
    return NULL;
}

/* False when all places are taken: so many that fail by themselves are the line's fault. */
static bool
delay(struct desk *desk, int64_t seq, int64_t until)
{
    struct delayed *place = find_delayed(desk, seq);
    if (place == NULL) {
        place = find_delayed(desk, 0);
    }
    if (place != NULL) {
        *place = (struct delayed){.seq = seq, .until = until};
    }
    return place != NULL;
}

static void
undelay(struct desk *desk, int64_t seq)
{
    struct delayed *place = find_delayed(desk, seq);
    if (place != NULL) {
        *place = (struct delayed){0};
    }
}

/* None is waiting behind a place whose time has come: it would be due for ever. */
static void
clear_due(struct desk *desk, int64_t now)
{
    for (int i = 0; i < DELAYED; i++) {
        if (desk->delayed[i].until <= now) {
            desk->delayed[i] = (struct delayed){0};
        }
    }
}

/* The next waiting item that is not delayed, after the last one tried, then from the start. */
static bool
next_item(struct desk *desk, int64_t now, struct outbox_item *item)
{
    int64_t after = desk->last_seq_tried;
    for (int round = 0; round < 2; round++) {
        while (outbox_next(desk->store, after, item) == STORE_OK) {
            const struct delayed *delayed = find_delayed(desk, item->seq);
            if (delayed == NULL || delayed->until <= now) {
                return true;
            }
            after = item->seq;
        }
        after = 0;
    }
    clear_due(desk, now);
    return false;
}

static bool
send_submission(struct desk *desk, int64_t now)
{
    struct outbox_item item;
    if (desk->store == NULL || !next_item(desk, now, &item)) {
        return false;
    }
    struct courier_job job = {.kind = COURIER_SUBMISSION,
                              .tag = item.seq,
                              .seq = item.seq,
                              .body = item.envelope,
                              .len = item.envelope_len};
    memcpy(job.id, item.id, sizeof job.id);
    desk->last_seq_tried = item.seq;
    return courier_take(desk->courier, &job);
}

static bool
ask_bundle(struct desk *desk, int64_t now)
{
    struct courier_job job = {.kind = COURIER_BUNDLE};
    if (now < desk->next_bundle) {
        return false;
    }
    memcpy(job.etag, desk->bundle_etag, sizeof job.etag);
    desk->next_bundle = now + (int64_t)MINUTE * desk->settings->portal.bundle_minutes;
    return courier_take(desk->courier, &job);
}

void
delivery_pump(struct desk *desk, int64_t now)
{
    if (desk->courier == NULL || desk->lane_busy || !policy_may_try(&desk->policy, now)) {
        return;
    }
    desk->lane_busy = send_submission(desk, now);
    if (!desk->lane_busy && desk->mirror_due && now >= desk->mirror_after) {
        desk->lane_busy = mirror_tickets(desk, now);
    }
    if (!desk->lane_busy && now >= desk->next_tallies) {
        desk->next_tallies = now + TALLIES;
        desk->lane_busy = tallies_send(desk);
    }
    if (!desk->lane_busy && now >= desk->next_heartbeat) {
        desk->next_heartbeat = now + HEARTBEAT;
        desk->lane_busy = mirror_heartbeat(desk);
    }
    if (!desk->lane_busy) {
        desk->lane_busy = ask_bundle(desk, now);
    }
}

static int64_t
sooner(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int64_t
delivery_deadline(const struct desk *desk)
{
    if (desk->courier == NULL || desk->lane_busy || desk->policy.stopped) {
        return INT64_MAX;
    }
    int64_t due = sooner(desk->next_heartbeat, sooner(desk->next_bundle, desk->next_tallies));
    if (desk->mirror_due) {
        due = sooner(due, desk->mirror_after);
    }
    for (int i = 0; i < DELAYED && desk->store != NULL; i++) {
        if (desk->delayed[i].seq != 0) {
            due = sooner(due, desk->delayed[i].until);
        }
    }
    return due > desk->policy.wait_until ? due : desk->policy.wait_until;
}

void
delivery_now(struct desk *desk)
{
    memset(desk->delayed, 0, sizeof desk->delayed);
    policy_init(&desk->policy);
    desk->next_heartbeat = desk->next_bundle = desk->next_tallies = desk->mirror_after = 0;
    desk->mirror_due = true;
}

/* --- what came back ---------------------------------------------------------- */

/* Is the office reached? The road says so itself where nobody answers or the kiosk is barred,
 * and the heartbeat asks for nothing else. What becomes of one thing (a look-up too many, an
 * item that the portal cannot take now) says nothing of the road. */
static void
note_line(struct desk *desk, const struct courier_result *result)
{
    bool answered = result->outcome != COURIER_OFFLINE;
    int64_t wall = clock_wall();
    if (answered && result->outcome != COURIER_STOPPED) {
        desk->last_exchange = wall;
    }
    if (result->portal_time != 0) {
        desk->portal_clock = result->portal_time;
        desk->portal_heard = clock_monotonic();
    }
    if (result->error[0] != '\0') {
        snprintf(desk->last_error, sizeof desk->last_error, "%s", result->error);
    }
    if (result->outcome == COURIER_RETRY && result->kind != COURIER_HEARTBEAT) {
        return;
    }
    bool online =
        answered && result->outcome != COURIER_STOPPED && result->outcome != COURIER_RETRY;
    if (online != desk->online || desk->offline_since == 0) {
        desk->offline_since = online ? 0 : wall;
        if (online != desk->online) {
            log_info(online ? "portal: reached" : "portal: %s", result->error);
        }
    }
    desk->online = online;
}

static void
tell_delivered(struct desk *desk, int64_t seq)
{
    struct outbox_item item;
    for (int i = 0; i < REQUESTS; i++) {
        if (desk->asked[i].seq == seq && outbox_get(desk->store, seq, &item) == STORE_OK) {
            struct desk_delivered delivered = {.id = item.id};
            face_send(desk, &desk_delivered_type, &delivered);
            return;
        }
    }
}

/* Of one item that comes again later; where that is no longer one item's matter, the
 * line's. */
static int64_t
put_off(struct desk *desk, int64_t seq, int tries, int64_t now)
{
    int64_t wait = policy_item_delay(tries, random_share());
    if (!delay(desk, seq, now + wait)) {
        policy_after(&desk->policy, COURIER_OFFLINE, 0, now, random_share());
    }
    return wait;
}

/* What a signed word settled. Where the store cannot note it now, the item goes again
 * later, and the portal says the same again. */
static bool
settled(struct desk *desk, int64_t seq, enum store_result noted, int64_t now)
{
    keeper_note(desk, noted);
    if (noted == STORE_OK || noted == STORE_NONE) {
        undelay(desk, seq);
    } else {
        put_off(desk, seq, 2, now);
    }
    return noted == STORE_OK;
}

static void
submission_back(struct desk *desk, const struct courier_result *result, int64_t now)
{
    struct outbox_item item;
    int64_t seq = result->tag;
    if (desk->store == NULL) {
        return; // it is asked again after the check; the portal knows it already
    }
    switch (result->outcome) {
    case COURIER_DELIVERED:
        if (settled(desk, seq, outbox_delivered(desk->store, seq, clock_wall()), now)) {
            tell_delivered(desk, seq);
        }
        break;
    case COURIER_REFUSED:
        log_warning("submission %" PRId64 " was refused by the portal: quarantined", seq);
        settled(desk, seq, outbox_quarantine(desk->store, seq, result->error), now);
        break;
    case COURIER_RETRY:
        if (outbox_get(desk->store, seq, &item) == STORE_OK) {
            int64_t wait = put_off(desk, seq, item.tries + 1, now);
            keeper_note(desk, outbox_failed(desk->store, seq, result->error, clock_wall() + wait));
        }
        break;
    case COURIER_OFFLINE:
    case COURIER_STOPPED:
        break; // the whole line waits: policy
    case COURIER_UNCHANGED:
        break; // no answer to a submission
    }
}

/* What was not mirrored stays due: tickets issued while the line was down too. */
static void
tickets_back(struct desk *desk, const struct courier_result *result, int64_t now)
{
    if (result->outcome == COURIER_DELIVERED && mirror_done(desk)) {
        desk->mirror_tries = 0;
        return;
    }
    desk->mirror_due = true;
    if (result->outcome != COURIER_OFFLINE) { // then the line's own wait is enough
        desk->mirror_after = now + policy_item_delay(++desk->mirror_tries, random_share());
    }
}

static void
lane_back(struct desk *desk, struct courier_result *result, int64_t now)
{
    desk->lane_busy = false;
    policy_after(&desk->policy, result->outcome, result->retry_after, now, random_share());
    if (result->kind == COURIER_SUBMISSION) {
        submission_back(desk, result, now);
    } else if (result->kind == COURIER_TICKETS) {
        tickets_back(desk, result, now);
    } else if (result->kind == COURIER_TALLIES) {
        tallies_back(desk, result);
    } else if (result->kind == COURIER_BUNDLE && result->outcome == COURIER_DELIVERED) {
        bundles_received(desk, (char *)result->body, result->len, result->etag);
        result->body = NULL; // it is the catalogue's now
    }
    if (result->outcome == COURIER_STOPPED) {
        log_error("portal: %s; sending stops until enrolment is renewed", result->error);
    }
}

void
delivery_results(struct desk *desk)
{
    struct courier_result result;
    while (courier_result(desk->courier, &result)) {
        note_line(desk, &result);
        if (result.kind == COURIER_LOOKUP) {
            lookups_back(desk, &result);
        } else {
            lane_back(desk, &result, clock_monotonic());
        }
        free(result.body);
    }
}
