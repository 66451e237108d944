/* The day's numbers: from the face into the store, from there to the portal. */
#include <inttypes.h>

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

static void
write_count(void *context, const char *name, int64_t count)
{
    struct text *out = context;
    text_addf(out, "%s\"%s\":%" PRId64, out->data[out->len - 1] == '{' ? "" : ",", name, count);
}

bool
tallies_send(struct desk *desk)
{
    struct text text = text_over(body, sizeof body);
    char day[DATE_TEXT];
    if (desk->store == NULL ||
        tally_untold(desk->store, &desk->tally_day, &desk->tally_changes) != STORE_OK) {
        return false;
    }
    struct civil civil = civil_at((int64_t)desk->tally_day * 86400000, 0);
    civil_date(&civil, day);
    text_addf(&text, "{\"day\":\"%s\",\"counts\":{", day);
    if (!keeper_note(desk, tally_each(desk->store, desk->tally_day, write_count, &text))) {
        return false;
    }
    text_add(&text, "}}");
    struct courier_job job = {
        .kind = COURIER_TALLIES, .body = (const uint8_t *)text.data, .len = text.len};
    return !text.cut && courier_take(desk->courier, &job);
}

void
tallies_back(struct desk *desk, const struct courier_result *result)
{
    if (result->outcome == COURIER_DELIVERED && desk->store != NULL) {
        keeper_note(desk, tally_told(desk->store, desk->tally_day, desk->tally_changes));
    }
}
