/* What officers do with the day's numbers: the desk decides who is next, and each deed is
 * committed before anybody hears of it. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "desk/parts.h"
#include "store/calls.h"
#include "store/journal.h"
#include "wire/hall_messages.h"

enum { WAITING_MOST = 1000, MINUTE = 60000, DAY = 86400000, SERVICES = 15 };

/* "10.00" of that day as wall ms; 0 none. */
static int64_t
due_at(const struct desk *desk, const struct ticket *ticket)
{
    int minutes = ticket->booking[0] != '\0' ? civil_read_time(ticket->booking) : -1;
    int offset = desk->office != NULL ? office_utc_offset(desk->office) : 480;
    return minutes < 0 ? 0 : (int64_t)ticket->day * DAY + (int64_t)(minutes - offset) * MINUTE;
}

static struct waiting
waits(const struct desk *desk, const struct ticket *ticket)
{
    return (struct waiting){
        .since = ticket->issued_at, .due = due_at(desk, ticket), .priority = ticket->priority};
}

static bool
may_call(const struct counter *counter, const struct ticket *ticket)
{
    return ticket->aim != 0 ? ticket->aim == counter->number
                            : counter_calls(counter, ticket->letter);
}

/* The waiting numbers of a counter are put to the front of `list`; how many, -1. */
static int
waiting_for(struct desk *desk, const struct counter *counter, struct ticket *list)
{
    int count = call_waiting(desk->store, desk_day(desk), list, WAITING_MOST), kept = 0;
    for (int i = 0; i < count; i++) {
        if (may_call(counter, &list[i])) {
            list[kept++] = list[i];
        }
    }
    return count < 0 ? -1 : kept;
}

static enum hall_result
word_for(struct desk *desk, enum store_result result)
{
    if (result == STORE_TAKEN || result == STORE_NONE) {
        return HALL_TAKEN;
    }
    return keeper_note(desk, result) ? HALL_DONE : HALL_CLOSED;
}

static enum hall_result
call(struct desk *desk, const struct counter *counter, const struct ticket *ticket,
     struct ticket *called)
{
    int64_t now = clock_wall();
    struct waiting one = waits(desk, ticket);
    bool first = calling_goes_first(office_calling(desk->office), &one, now);
    return word_for(desk,
                    call_ticket(desk->store, ticket->id, counter->number, first, now, called));
}

static const struct counter *
counter_of(const struct desk *desk, int number)
{
    return desk->office != NULL ? office_counter(desk->office, number) : NULL;
}

/* The number that is at a counter now; false: none. */
static bool
at_counter(struct desk *desk, int counter, struct ticket *ticket)
{
    return call_current(desk->store, desk_day(desk), counter, ticket) == STORE_OK;
}

enum hall_result
counters_next(struct desk *desk, int number, struct ticket *called)
{
    static struct ticket list[WAITING_MOST]; // too large for a stack; one thread
    struct waiting people[WAITING_MOST];
    const struct counter *counter = counter_of(desk, number);
    *called = (struct ticket){0};
    if (desk->store == NULL || counter == NULL) {
        return HALL_CLOSED;
    }
    if (at_counter(desk, number, called)) {
        return HALL_TAKEN; // what becomes of it is said first
    }
    int count = waiting_for(desk, counter, list);
    for (int i = 0; i < count; i++) {
        people[i] = waits(desk, &list[i]);
    }
    if (count < 0) {
        return HALL_CLOSED;
    }
    int one = calling_next(office_calling(desk->office), people, (size_t)count,
                           call_others(desk->store, desk_day(desk), CALLING_FRESH), clock_wall());
    return one < 0 ? HALL_NOBODY : call(desk, counter, &list[one], called);
}

static enum hall_result
call_this(struct desk *desk, const struct counter *counter, int64_t id, struct ticket *ticket)
{
    struct ticket other;
    if (at_counter(desk, counter->number, &other) ||
        ticket_get(desk->store, id, ticket) != STORE_OK || ticket->day != desk_day(desk)) {
        return HALL_TAKEN;
    }
    struct ticket wanted = *ticket;
    return call(desk, counter, &wanted, ticket);
}

static enum hall_result
reprint(struct desk *desk, int64_t id)
{
    struct ticket ticket;
    if (ticket_get(desk->store, id, &ticket) != STORE_OK) {
        return HALL_TAKEN;
    }
    return paper_again(desk, &ticket) ? HALL_DONE : HALL_PAPER;
}

enum hall_result
counters_do(struct desk *desk, const struct hall_do *order, struct ticket *ticket)
{
    static const enum ticket_life ends[] = {[DEED_SERVED] = TICKET_SERVED,
                                            [DEED_ABSENT] = TICKET_ABSENT,
                                            [DEED_SKIP] = TICKET_SKIPPED,
                                            [DEED_PARK] = TICKET_PARKED};
    const struct counter *counter = counter_of(desk, order->counter);
    int64_t now = clock_wall();
    *ticket = (struct ticket){0};
    if (desk->store == NULL || counter == NULL) {
        return HALL_CLOSED;
    }
    switch ((enum hall_deed)order->deed) {
    case DEED_CALL:
        return call_this(desk, counter, order->ticket, ticket);
    case DEED_AGAIN: {
        enum store_result result = call_again(desk->store, order->ticket, counter->number,
                                              office_calling(desk->office)->recalls, now, ticket);
        return result == STORE_NONE ? HALL_OFTEN : word_for(desk, result);
    }
    case DEED_TRANSFER:
        if (counter_of(desk, order->aim) == NULL || order->aim == order->counter) {
            return HALL_TAKEN;
        }
        return word_for(
            desk, call_transfer(desk->store, order->ticket, counter->number, order->aim, ticket));
    case DEED_REPRINT:
        return reprint(desk, order->ticket);
    case DEED_SERVED:
    case DEED_ABSENT:
    case DEED_SKIP:
    case DEED_PARK:
        return word_for(desk, call_end(desk->store, order->ticket, counter->number,
                                       ends[order->deed], now, ticket));
    }
    return HALL_TAKEN;
}

enum hall_result
counters_void(struct desk *desk, const struct hall_void *order, int *count)
{
    char what[120];
    enum store_result why;
    *count = 0;
    if (desk->store == NULL) {
        return HALL_CLOSED;
    }
    *count = call_void(desk->store, desk_day(desk), order->letter, order->from, order->to, &why);
    if (*count < 0) {
        *count = 0;
        return word_for(desk, why);
    }
    desk->mirror_due = true;
    snprintf(what, sizeof what, "%s-%03d to %s-%03d: %d numbers made void", order->letter,
             order->from, order->letter, order->to, *count);
    keeper_note(desk, journal_add(desk->store, clock_wall(), order->officer, what));
    return HALL_DONE;
}

const char *
counters_serving(struct desk *desk)
{
    int64_t writes = desk->store != NULL ? store_ticket_writes(desk->store) : -1;
    if (writes == desk->serving_writes && desk->serving_day == desk_day(desk)) {
        return desk->serving;
    }
    struct text text = text_over(desk->serving, sizeof desk->serving);
    const struct counter *list;
    size_t count = desk->office != NULL ? office_counters(desk->office, &list) : 0;
    desk->serving_writes = writes;
    desk->serving_day = desk_day(desk);
    for (size_t i = 0; i < count && desk->store != NULL; i++) {
        struct ticket ticket;
        char number[16];
        if (at_counter(desk, list[i].number, &ticket)) {
            number_format(number, ticket.letter, ticket.number);
            text_addf(&text, "%s%s", text.len > 0 ? " " : "", number);
        }
    }
    return desk->serving;
}

/* --- what residents are told ---------------------------------------------------------------- */

/* Could a counter that calls the one letter call the other before it? */
static bool
share_a_counter(const struct desk *desk, const struct ticket *one, const struct ticket *other)
{
    const struct counter *list;
    size_t count = office_counters(desk->office, &list);
    for (size_t i = 0; i < count; i++) {
        if (may_call(&list[i], one) && may_call(&list[i], other)) {
            return true;
        }
    }
    return count == 0;
}

static int
seats_for(const struct desk *desk, const struct ticket *ticket)
{
    const struct counter *list;
    int seats = 0;
    size_t count = office_counters(desk->office, &list);
    for (size_t i = 0; i < count; i++) {
        seats += desk->seats[list[i].number][0] != '\0' && may_call(&list[i], ticket);
    }
    return seats;
}

int
tickets_ahead(struct desk *desk, const struct ticket *ticket, int *minutes)
{
    static struct ticket list[WAITING_MOST];
    int services[SERVICES], ahead = 0;
    *minutes = -1;
    if (desk->store == NULL || desk->office == NULL) { // it closed between the commit and here
        return 0;
    }
    int count = call_waiting(desk->store, ticket->day, list, WAITING_MOST);
    for (int i = 0; i < count; i++) {
        ahead += list[i].id < ticket->id && share_a_counter(desk, &list[i], ticket);
    }
    int samples = call_minutes(desk->store, ticket->day, services, SERVICES);
    int seats = seats_for(desk, ticket);
    if (samples > 0 && seats > 0) {
        *minutes = queue_estimate(ahead, services, (size_t)samples, seats);
    }
    return ahead;
}
