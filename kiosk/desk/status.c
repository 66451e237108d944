/* What the face shows of the office: told at hello and when it changes. */
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "desk/parts.h"

static bool
same(const struct desk_status *a, const struct desk_status *b)
{
    return a->intake == b->intake && a->printer == b->printer && a->online == b->online &&
           a->offline_since == b->offline_since && a->waiting == b->waiting &&
           a->wait_minutes == b->wait_minutes && a->outbox == b->outbox &&
           a->tickets_open == b->tickets_open && a->clock_uncertain == b->clock_uncertain &&
           a->digital_day == b->digital_day && a->notice == b->notice &&
           strcmp(a->tickets_closed_until, b->tickets_closed_until) == 0;
}

int
visits_today(struct desk *desk)
{
    int32_t today = desk_day(desk);
    if (desk->visits_day != today) {
        desk->visits_day = today;
        desk->visits_today = 0;
    }
    return desk->visits_today;
}

void
status_tell(struct desk *desk)
{
    static char until[8]; // `told` remembers it between calls
    char next[8] = "";
    struct civil now = desk_civil(desk);
    bool open = false;
    if (desk->office != NULL) {
        enum opening opening = office_opening(desk->office, &now, next);
        open = office_gives_numbers(desk->office, &now);
        next[0] = opening == OFFICE_CLOSED ? next[0] : '\0'; // closes soon: not again today
    }
    struct ticket_counts tickets = {0};
    struct outbox_counts outbox = {0};
    if (desk->store != NULL) {
        keeper_note(desk, ticket_counts(desk->store, desk_day(desk), NULL, &tickets));
    }
    if (desk->store != NULL) {
        outbox_counts(desk->store, &outbox);
    }
    struct desk_status status = {
        .intake = desk->catalogue != NULL ? desk->intake : INTAKE_BROKEN,
        .printer = paper_state(desk),
        .online = desk->online,
        .offline_since = desk->offline_since,
        .waiting = tickets.waiting,
        .wait_minutes = -1,
        .outbox = (int32_t)outbox.waiting,
        .tickets_open = open,
        .tickets_closed_until = open ? "" : next,
        .clock_uncertain = desk_clock_uncertain(desk),
        .digital_day = desk->office != NULL && office_digital_day(desk->office, &now),
        .notice = desk->office != NULL ? office_notice(desk->office, &now) : "",
        .serving = counters_serving(desk),
    };
    bool news = strcmp(status.serving, desk->told_serving) != 0;
    if (desk->face == NULL || (desk->told_once && !news && same(&status, &desk->told))) {
        return;
    }
    text_copy(desk->told_serving, sizeof desk->told_serving, status.serving);
    memcpy(until, open ? "" : next, open ? 1 : sizeof until);
    status.tickets_closed_until = until;
    desk->told = status;
    desk->told_once = true;
    face_send(desk, &desk_status_type, &status);
}
