/* Queue numbers: reserved and committed, then answered, then printed. */
#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "desk/parts.h"

static const char *
priority_letter(const struct catalogue *catalogue)
{
    const struct queue_series *list;
    size_t count = catalogue_queues(catalogue, &list);
    for (size_t i = 0; i < count; i++) {
        if (list[i].priority) {
            return list[i].letter;
        }
    }
    return NULL;
}

bool
tickets_order(struct desk *desk, const char *letter, const char *service, bool priority,
              struct ticket_order *order)
{
    struct civil now = desk_civil(desk);
    if (desk->catalogue == NULL || desk->office == NULL) {
        return false;
    }
    const char *first = priority ? priority_letter(desk->catalogue) : NULL;
    const struct queue_series *series =
        catalogue_queue(desk->catalogue, first != NULL ? first : letter);
    if (series == NULL || !office_gives_numbers(desk->office, &now)) {
        return false;
    }
    *order = (struct ticket_order){.letter = series->letter,
                                   .day = desk_day(desk),
                                   .now = clock_wall(),
                                   .service = service,
                                   .priority = priority,
                                   .quota = office_quota(desk->office, series->letter)};
    return true;
}

static void
answer(struct desk *desk, int64_t request, enum ticket_result result, int64_t ticket,
       const char *number, int ahead, int minutes)
{
    struct desk_ticket_answer message = {.request = request,
                                         .result = result,
                                         .ticket = ticket,
                                         .number = number,
                                         .ahead = ahead,
                                         .wait_minutes = minutes};
    face_send(desk, &desk_ticket_answer_type, &message);
}

/* Hands that press everything: ask once, then send them to a person. Who booked has a code of
 * his own, used once: ten may come at ten. */
static bool
throttled(struct desk *desk, const struct face_ticket_request *request, int64_t now)
{
    bool recent = desk->last_ticket_at != 0 &&
                  now - desk->last_ticket_at < (int64_t)desk->settings->tickets.recent * 1000;
    if (request->booking[0] != '\0') {
        return false;
    }
    if (!recent) {
        desk->in_a_row = 0;
        return false;
    }
    if (desk->in_a_row >= desk->settings->tickets.in_a_row) {
        answer(desk, request->request, TICKET_ASK_STAFF, 0, desk->last_number, 0, -1);
        return true;
    }
    if (!request->again) {
        answer(desk, request->request, TICKET_RECENT, 0, desk->last_number, 0, -1);
        return true;
    }
    return false;
}

static void
give(struct desk *desk, int64_t request, const struct ticket *ticket, bool copy)
{
    char number[sizeof desk->last_number];
    number_format(number, ticket->letter, ticket->number);
    if (ticket->booking[0] == '\0') { // that somebody else may be asked about
        memcpy(desk->last_number, number, sizeof number);
    }
    struct asked *asked = face_remember(desk, request);
    asked->ticket = ticket->id;
    int minutes, ahead = tickets_ahead(desk, ticket, &minutes);
    answer(desk, request, TICKET_ISSUED, ticket->id, number, ahead, minutes);
    paper_ticket(desk, asked, ticket, copy);
}

/* The wish was granted before the desk died: the same number. Its paper may have come
 * out, so this one is a copy. */
static bool
given_before(struct desk *desk, const struct face_ticket_request *request)
{
    struct ticket ticket;
    if (desk->store == NULL || ticket_find(desk->store, request->id, &ticket) != STORE_OK) {
        return false;
    }
    keeper_note(desk, ticket_copied(desk->store, ticket.id));
    give(desk, request->request, &ticket, true);
    return true;
}

/* The id as the catalogue has it; "" for what it does not know. */
static const char *
known_service(const struct desk *desk, const char *id)
{
    const struct service *service = desk_service(desk, id);
    return service != NULL ? service->id : "";
}

void
tickets_request(struct desk *desk, const struct face_ticket_request *request)
{
    struct ticket_order order;
    struct ticket ticket;
    int64_t now = clock_monotonic();
    if (given_before(desk, request) || throttled(desk, request, now)) {
        return;
    }
    if (desk->store == NULL || desk->intake != INTAKE_OPEN || !uuid_is_valid(request->id)) {
        answer(desk, request->request, TICKET_FAILED, 0, "", 0, -1);
        return;
    }
    if (!tickets_order(desk, request->queue, known_service(desk, request->service),
                       request->priority, &order)) {
        answer(desk, request->request, TICKET_CLOSED, 0, "", 0, -1);
        return;
    }
    order.uuid = request->id;
    if (request->booking[0] != '\0') {
        order.booking = request->booking;
        order.quota = 0; // it was promised
    }
    enum store_result result = ticket_issue(desk->store, &order, &ticket);
    if (!keeper_note(desk, result)) {
        answer(desk, request->request, result == STORE_NONE ? TICKET_CLOSED : TICKET_FAILED, 0, "",
               0, -1);
        return;
    }
    if (order.booking == NULL) {
        desk->last_ticket_at = now;
        desk->in_a_row++;
    }
    desk->mirror_due = true;
    give(desk, request->request, &ticket, false);
}
