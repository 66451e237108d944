/* The day's numbers: from the face into the store, from there to the portal. A day is told whole
 * when it is over. Of the day that runs the portal hears how many visits and requests there were
 * and by which channel, nothing else: minute by minute what people think, where they fail and how
 * long they take would stand beside the request that arrived in that minute, and be somebody's. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "desk/parts.h"
#include "store/tallies.h"

enum { BODY = 96 * 1024 };

static char body[BODY]; // one lane, one body at a time

/* Numbers are no promise: while the store is closed they are not counted. */
void
tallies_take(struct desk *desk, const struct face_tally *message)
{
    if (desk->store != NULL && desk->intake == INTAKE_OPEN && !desk_clock_uncertain(desk)) {
        keeper_note(desk, tally_add(desk->store, desk_day(desk), message->counts));
    }
}

struct telling {
    struct text *out;
    bool runs; // the day is not over
    int told;
};

static bool
is_nobodys(const char *name)
{
    return strncmp(name, "visit/", 6) == 0 || strncmp(name, "channel/", 8) == 0;
}

static void
write_count(void *context, const char *name, int64_t count)
{
    struct telling *telling = context;
    if (!telling->runs || is_nobodys(name)) {
        text_addf(telling->out, "%s\"%s\":%" PRId64, telling->told == 0 ? "" : ",", name, count);
        telling->told++;
    }
}

/* The day whose turn it is. One that runs is told again where it changed since. */
static bool
next_day(struct desk *desk, bool *runs)
{
    int32_t today = desk_day(desk);
    for (int i = 0; i < 2; i++) {
        if (tally_untold(desk->store, &desk->tally_day, &desk->tally_changes) != STORE_OK) {
            return false;
        }
        *runs = desk->tally_day >= today;
        if (!*runs || desk->tally_day != desk->running_day ||
            desk->tally_changes != desk->running_changes) {
            return true;
        }
    }
    return false;
}

static void
note_running(struct desk *desk)
{
    desk->running_day = desk->tally_day;
    desk->running_changes = desk->tally_changes;
}

bool
tallies_send(struct desk *desk)
{
    struct text text = text_over(body, sizeof body);
    struct telling telling = {.out = &text};
    char day[DATE_TEXT];
    if (desk->store == NULL || !next_day(desk, &telling.runs)) {
        return false;
    }
    struct civil civil = civil_at((int64_t)desk->tally_day * 86400000, 0);
    civil_date(&civil, day);
    text_addf(&text, "{\"day\":\"%s\",\"counts\":{", day);
    if (!keeper_note(desk, tally_each(desk->store, desk->tally_day, write_count, &telling))) {
        return false;
    }
    if (telling.told == 0) { // nothing that can be said before its end
        note_running(desk);
        return false;
    }
    text_add(&text, "}}");
    desk->tally_runs = telling.runs;
    struct courier_job job = {
        .kind = COURIER_TALLIES, .body = (const uint8_t *)text.data, .len = text.len};
    return !text.cut && courier_take(desk->courier, &job);
}

void
tallies_back(struct desk *desk, const struct courier_result *result)
{
    if (result->outcome == COURIER_DELIVERED && desk->tally_runs) {
        note_running(desk);
    } else if (result->outcome == COURIER_DELIVERED && desk->store != NULL) {
        keeper_note(desk, tally_told(desk->store, desk->tally_day, desk->tally_changes));
    }
}
