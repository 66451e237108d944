/* What the portal may know without seeing anybody: the numbers issued here, and
 * how this kiosk is. Bodies as in portal-api.yaml. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "desk/parts.h"

enum { BODY = 64 * 1024, AGAIN = 1000 };

static char body[BODY]; // one lane, one body at a time

static void
write_ticket(struct text *out, const struct ticket *ticket)
{
    static const char *const life[] = {"waiting", "called",  "served", "void",
                                       "parked",  "skipped", "absent"};
    static const char *const print[] = {"unprinted", "printed", "probably"};
    struct civil civil = civil_at((int64_t)ticket->day * 86400000, 0);
    char day[DATE_TEXT];
    civil_date(&civil, day);
    text_addf(out,
              "{\"uuid\":\"%s\",\"letter\":\"%s\",\"number\":%d,\"day\":\"%s\","
              "\"issued_at\":%" PRId64 ",\"state\":\"%s\",\"print\":\"%s\",\"priority\":%s,"
              "\"service\":",
              ticket->uuid, ticket->letter, ticket->number, day, ticket->issued_at,
              life[ticket->life], print[ticket->print], ticket->priority ? "true" : "false");
    json_write_text(out, ticket->service);
    text_add(out, "}");
}

static bool
send(struct desk *desk, enum courier_job_kind kind, const struct text *text)
{
    struct courier_job job = {.kind = kind, .body = (const uint8_t *)text->data, .len = text->len};
    return !text->cut && courier_take(desk->courier, &job);
}

bool
mirror_tickets(struct desk *desk, int64_t now)
{
    struct ticket *list = desk->mirrored;
    int count = desk->store != NULL ? ticket_unmirrored(desk->store, list, BATCH) : 0;
    struct text text = text_over(body, sizeof body);
    desk->mirrored_count = count;
    desk->mirror_due = count < 0 || count == BATCH;
    if (count <= 0) {
        desk->mirror_after = count < 0 ? now + AGAIN : desk->mirror_after;
        return false;
    }
    text_add(&text, "{\"tickets\":[");
    for (int i = 0; i < count; i++) {
        text_add(&text, i > 0 ? "," : "");
        write_ticket(&text, &list[i]);
    }
    text_add(&text, "]}");
    if (!send(desk, COURIER_TICKETS, &text)) {
        desk->mirror_due = true;
        desk->mirror_after = now + AGAIN;
        return false;
    }
    return true;
}

bool
mirror_done(struct desk *desk)
{
    return desk->store != NULL &&
           keeper_note(desk, ticket_mirrored(desk->store, desk->mirrored, desk->mirrored_count));
}

bool
mirror_heartbeat(struct desk *desk)
{
    static const char *const printers[] = {"ready",  "near_end", "paper_out", "cover_open",
                                           "cutter", "hot",      "offline",   "unknown"};
    static const char *const intakes[] = {"open", "checking", "full", "broken", "paused"};
    struct text text = text_over(body, sizeof body);
    struct outbox_counts outbox = {0};
    struct ticket_counts tickets = {0};
    if (desk->store != NULL) {
        outbox_counts(desk->store, &outbox);
        keeper_note(desk, ticket_counts(desk->store, desk_day(desk), NULL, &tickets));
    }
    text_addf(&text,
              "{\"software\":\"%s\",\"catalogue_version\":%d,\"outbox\":%" PRId64
              ",\"quarantined\":%" PRId64 ",\"unprinted\":%d",
              VERSION, desk->bundle_version, outbox.waiting, outbox.quarantined, tickets.unprinted);
    if (outbox.waiting > 0) {
        text_addf(&text, ",\"oldest\":%" PRId64, outbox.oldest);
    }
    text_addf(&text, ",\"printer\":\"%s\",\"intake\":\"%s\",\"clock_uncertain\":%s}",
              printers[paper_state(desk)], intakes[desk->intake],
              desk_clock_uncertain(desk) ? "true" : "false");
    return send(desk, COURIER_HEARTBEAT, &text);
}
