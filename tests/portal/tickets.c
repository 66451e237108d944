/* POST /api/v1/tickets and /api/v1/heartbeat: what a kiosk tells of itself. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/json.h"
#include "handlers.h"
#include "http.h"
#include "ledger.h"
#include "portal.h"

enum { BATCH = 500 };

static bool
is_one_of(const char *value, const char *const *list)
{
    while (*list && strcmp(*list, value) != 0) {
        list++;
    }
    return *list != NULL;
}

static bool
is_letters(const char *value)
{
    size_t len = strlen(value);
    return (len == 1 || len == 2) && strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == len;
}

static bool
is_day(const char *value)
{
    struct civil day;
    return civil_read_date(value, &day);
}

static bool
read_ticket(const struct json_value *value, struct ticket_row *row)
{
    static const char *const states[] = {"waiting", "called",  "served", "void",
                                         "parked",  "skipped", "absent", NULL};
    static const char *const prints[] = {"unprinted", "printed", "probably", NULL};
    *row = (struct ticket_row){.uuid = json_text(json_get(value, "uuid"), ""),
                               .letter = json_text(json_get(value, "letter"), ""),
                               .day = json_text(json_get(value, "day"), ""),
                               .state = json_text(json_get(value, "state"), ""),
                               .print = json_text(json_get(value, "print"), ""),
                               .service = json_text(json_get(value, "service"), ""),
                               .priority = json_bool(json_get(value, "priority"), false)};
    return uuid_is_valid(row->uuid) && is_letters(row->letter) && is_day(row->day) &&
           is_one_of(row->state, states) && is_one_of(row->print, prints) &&
           strlen(row->service) <= 32 && json_kind(json_get(value, "priority")) == JSON_BOOL &&
           json_int(json_get(value, "number"), &row->number) && row->number >= 1 &&
           row->number <= 9999 && json_int(json_get(value, "issued_at"), &row->issued_at) &&
           row->issued_at >= 0;
}

static void
take_batch(struct portal *portal, const struct request *request, const struct json_value *list,
           struct ticket_row *rows, struct reply *reply)
{
    size_t count = json_kind(list) == JSON_ARRAY ? json_count(list) : 0;
    bool good = count >= 1 && count <= BATCH;
    for (size_t i = 0; good && i < count; i++) {
        good = read_ticket(json_at(list, i), &rows[i]);
    }
    enum ledger_result result =
        good ? ledger_tickets_keep(portal->db, request->kiosk, rows, count, clock_wall())
             : LEDGER_NONE;
    if (result == LEDGER_DONE) {
        reply_json(reply, 200, "{\"held\":%zu}", count);
    } else if (result == LEDGER_FAILED) {
        reply_busy(reply);
    } else {
        reply_error(reply, 400, result == LEDGER_TAKEN ? "uuid_of_another" : "malformed");
    }
}

void
tickets_post(struct portal *portal, const struct request *request, struct reply *reply)
{
    int line = 0;
    const char *reason = NULL;
    struct json *json = json_parse((const char *)request->body, request->len, &line, &reason);
    struct ticket_row *rows = calloc(BATCH, sizeof *rows);
    if (rows) {
        take_batch(portal, request, json ? json_get(json_root(json), "tickets") : NULL, rows,
                   reply);
    } else {
        reply_busy(reply);
    }
    free(rows);
    json_destroy(json);
}

static bool
is_word(const struct json_value *value, const char *const *list)
{
    return !value || is_one_of(json_text(value, ""), list);
}

static bool
is_heartbeat(const struct json_value *root)
{
    static const char *const counts[] = {"catalogue_version", "outbox", "quarantined", "oldest",
                                         "unprinted"};
    static const char *const printers[] = {"ready", "near_end", "paper_out", "cover_open", "cutter",
                                           "hot",   "offline",  "unknown",   NULL};
    static const char *const intakes[] = {"open", "checking", "full", "broken", "paused", NULL};
    const char *software = json_text(json_get(root, "software"), NULL);
    if (!software || strlen(software) > 32 || !is_word(json_get(root, "printer"), printers) ||
        !is_word(json_get(root, "intake"), intakes)) {
        return false;
    }
    const struct json_value *clock = json_get(root, "clock_uncertain");
    if (clock && json_kind(clock) != JSON_BOOL) {
        return false;
    }
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        int64_t number = 0;
        const struct json_value *value = json_get(root, counts[i]);
        if (value && (!json_int(value, &number) || number < 0)) {
            return false;
        }
    }
    return true;
}

void
heartbeat_post(struct portal *portal, const struct request *request, struct reply *reply)
{
    int line = 0;
    const char *reason = NULL;
    struct json *json = json_parse((const char *)request->body, request->len, &line, &reason);
    bool good = json && is_heartbeat(json_root(json));
    char *body = good ? strndup((const char *)request->body, request->len) : NULL;
    json_destroy(json);
    if (!good) {
        reply_error(reply, 400, "malformed");
    } else if (!body ||
               ledger_heartbeat(portal->db, request->kiosk, clock_wall(), body) != LEDGER_DONE) {
        reply_busy(reply);
    } else {
        reply_json(reply, 200, "{\"time\":%lld}", (long long)clock_wall());
    }
    free(body);
}
