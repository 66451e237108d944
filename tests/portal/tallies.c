/* POST /api/v1/tallies: what a kiosk counted on a day. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "handlers.h"
#include "http.h"
#include "ledger.h"
#include "portal.h"

enum { NAMES = 1000, NAME = 63, PARTS = 8, MOST = 1000000000 };

static bool
is_name(const char *name)
{
    int parts = 1;
    for (const char *at = name; *at; at++) {
        bool slash = *at == '/';
        parts += slash;
        if (slash ? at == name || at[1] == '/' || !at[1]
                  : !strchr("abcdefghijklmnopqrstuvwxyz0123456789_-", *at)) {
            return false;
        }
    }
    return *name && strlen(name) <= NAME && parts <= PARTS;
}

/* How many numbers there are; 0 where one is not as the contract says. */
static size_t
read_counts(const struct json_value *counts, struct tally_number *numbers)
{
    size_t count = json_kind(counts) == JSON_OBJECT ? json_count(counts) : 0;
    for (size_t i = 0; i < count; i++) {
        const struct json_value *value = json_at(counts, i);
        if (i == NAMES || !is_name(json_key(value)) || !json_int(value, &numbers[i].count) ||
            numbers[i].count < 1 || numbers[i].count > MOST) {
            return 0;
        }
        numbers[i].name = json_key(value);
    }
    return count;
}

static void
take(struct portal *portal, const struct request *request, const struct json_value *root,
     struct tally_number *numbers, struct reply *reply)
{
    struct civil civil;
    const char *day = json_text(json_get(root, "day"), "");
    size_t count =
        civil_read_date(day, &civil) ? read_counts(json_get(root, "counts"), numbers) : 0;
    if (count == 0) {
        reply_error(reply, 400, "malformed");
    } else if (ledger_tallies_keep(portal->db, request->kiosk, day, numbers, count) !=
               LEDGER_DONE) {
        reply_busy(reply);
    } else {
        reply_json(reply, 200, "{\"held\":%zu}", count);
    }
}

void
tallies_post(struct portal *portal, const struct request *request, struct reply *reply)
{
    int line = 0;
    const char *reason = NULL;
    struct json *json = json_parse((const char *)request->body, request->len, &line, &reason);
    struct tally_number *numbers = calloc(NAMES, sizeof *numbers);
    if (!json) {
        reply_error(reply, 400, "malformed");
    } else if (!numbers) {
        reply_busy(reply);
    } else {
        take(portal, request, json_root(json), numbers, reply);
    }
    free(numbers);
    json_destroy(json);
}
