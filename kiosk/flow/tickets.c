#include "flow/turn.h"

#include "base/text.h"

static void
ask(struct turn *turn, const struct queue_series *queue, const struct service *service, bool again)
{
    struct flow *flow = turn->flow;
    if (queue == NULL) {
        turn_sound(turn, SOUND_ERROR);
        return;
    }
    flow->queue = queue;
    flow->ticket_service = service;
    flow->booked = flow->booked && again;
    wait_for(turn, EFFECT_TICKET, again);
    flow->ticket.request = flow->waiting_for;
}

static void
plain(struct turn *turn)
{
    const struct flow *flow = turn->flow;
    const struct booking_answer *booking = &flow->booking->answer;
    ask(turn, catalogue_queue(flow->catalogue, booking->letter),
        catalogue_service(flow->catalogue, booking->service), false);
}

bool
ticket_of_booking(struct turn *turn)
{
    struct flow *flow = turn->flow;
    enum place from = flow->asked_at;
    if (catalogue_queue(flow->catalogue, flow->booking->answer.letter) == NULL) {
        return false;
    }
    plain(turn);
    flow->asked_at = from; // the wait for the portal's word may be on screen: it goes on
    flow->booked = true;
    return true;
}

static void
reprint(struct turn *turn)
{
    struct flow *flow = turn->flow;
    if (!flow->desk_up || flow->ticket.print != PRINT_FAILED) {
        turn_sound(turn, SOUND_ERROR);
        return;
    }
    flow->print_request = ++flow->request;
    flow->ticket.print = PRINT_WORKING;
    flow->asked = flow->now;
    turn_effect(turn, EFFECT_REPRINT, flow->print_request, flow->ticket.request);
    if (flow->place == PLACE_TICKET_FAILED) {
        turn_go(turn, PLACE_TICKET);
    }
}

/* One list a service and visit, unless its paper did not come. */
static void
print_list(struct turn *turn)
{
    struct flow *flow = turn->flow;
    bool asked = flow->list.request != 0 && flow->list.print != PRINT_FAILED;
    if (asked || !flow->desk_up) {
        turn_sound(turn, SOUND_ERROR);
        return;
    }
    flow->list = (struct flow_ticket){.request = ++flow->request, .print = PRINT_WORKING};
    flow->asked = flow->now;
    flow->page = 0; // where it says what becomes of it
    turn_effect(turn, EFFECT_CHECKLIST, flow->list.request, 0);
}

void
ticket_event(struct turn *turn)
{
    struct flow *flow = turn->flow;
    const struct queue_series *list;
    switch (turn->event->kind) {
    case FLOW_QUEUES:
        if (flow->place != PLACE_SORRY) { // from there one goes back to where one came from
            bool over = flow->place == PLACE_STATUS || flow->place == PLACE_BOOKING;
            flow->before = over ? PLACE_HOME : flow->place;
        }
        turn_go(turn, PLACE_QUEUES);
        break;
    case FLOW_PRIORITY:
        flow->priority = !flow->priority;
        break;
    case FLOW_QUEUE:
        catalogue_queues(flow->catalogue, &list);
        ask(turn, &list[turn->event->arg], NULL, false);
        break;
    case FLOW_COLLECT:
        ask(turn, catalogue_collection(flow->catalogue), NULL, false);
        break;
    case FLOW_PLAIN:
        plain(turn);
        break;
    case FLOW_TICKET_AGAIN:
        ask(turn, flow->queue, flow->ticket_service, true);
        break;
    case FLOW_REPRINT:
        if (flow->place == PLACE_PAID) {
            payment_reprint(turn);
            break;
        }
        reprint(turn);
        break;
    case FLOW_CHECKLIST:
        print_list(turn);
        break;
    default: // "Lanjut" on a service that is only a number
        ask(turn, catalogue_queue(flow->catalogue, flow->service->queue), flow->service, false);
        break;
    }
}

static void
write_number(struct flow *flow, const char *number)
{
    text_copy(flow->ticket.number, sizeof flow->ticket.number, number != NULL ? number : "");
}

void
ticket_give(struct flow *flow, const struct flow_answer *answer)
{
    flow->ticket = (struct flow_ticket){.request = answer->request,
                                        .ahead = answer->ahead,
                                        .minutes = answer->minutes,
                                        .print = PRINT_WORKING};
    write_number(flow, answer->number);
    flow->ticket.have = flow->ticket.number[0] != '\0';
    flow->print_request = 0;
    flow->asked = flow->now;
}

/* The officer decides: told at once, and the page says so. */
static void
ask_staff(struct turn *turn)
{
    struct flow *flow = turn->flow;
    turn_go(turn, PLACE_QUEUES);
    flow->cover = COVER_HELP;
    cover_call_staff(turn);
    turn_sound(turn, SOUND_ATTENTION);
}

static void
give(struct turn *turn)
{
    ticket_give(turn->flow, &turn->event->ticket);
    turn_go(turn, PLACE_TICKET);
    turn_sound(turn, SOUND_DONE);
}

/* A number that came after the patience is a number all the same. */
static bool
is_late(const struct flow *flow, const struct flow_event *event)
{
    bool near = flow->place == PLACE_SORRY || flow->place == PLACE_QUEUES ||
                flow->place == PLACE_TICKET_AGAIN || flow->place == PLACE_SERVICE ||
                flow->place == PLACE_BOOKING_CODE || flow->place == PLACE_STATUS;
    return near && flow->waiting_for == 0 && flow->ticket.request != 0 &&
           event->ticket.request == flow->ticket.request && event->ticket.result == TICKET_ISSUED;
}

void
ticket_answered(struct turn *turn)
{
    struct flow *flow = turn->flow;
    const struct flow_event *event = turn->event;
    if (!is_late(flow, event) && !wait_answered(turn, EFFECT_TICKET, event->ticket.request)) {
        return;
    }
    flow->ticket_result = event->ticket.result;
    switch (event->ticket.result) {
    case TICKET_ISSUED:
        give(turn);
        break;
    case TICKET_RECENT:
        write_number(flow, event->ticket.number);
        turn_go(turn, PLACE_TICKET_AGAIN);
        break;
    case TICKET_ASK_STAFF:
        ask_staff(turn);
        break;
    default:
        turn_go(turn, PLACE_SORRY);
        turn_sound(turn, SOUND_ERROR);
        break;
    }
}

bool
paper_is_out(const struct flow *flow)
{
    return flow->ticket.print == PRINT_DONE || flow->ticket.print == PRINT_PROBABLY;
}

static void
paper_failed(struct turn *turn)
{
    struct flow *flow = turn->flow;
    flow->ticket.print = PRINT_FAILED;
    if (flow->place == PLACE_TICKET) {
        turn_go(turn, PLACE_TICKET_FAILED);
    }
    turn_sound(turn, SOUND_ERROR);
}

static void
list_paper(struct flow *flow, int state, int cause)
{
    flow->list.print = state;
    flow->list.print_cause = cause;
}

void
list_lost(struct turn *turn)
{
    list_paper(turn->flow, PRINT_FAILED, PRINTER_UNKNOWN);
    turn_sound(turn, SOUND_ERROR);
}

void
paper_event(struct turn *turn)
{
    struct flow *flow = turn->flow;
    const struct flow_event *event = turn->event;
    if (event->print.request != 0 && event->print.request == flow->list.request) {
        list_paper(flow, event->print.state, event->print.cause);
        return;
    }
    bool ours = event->print.request != 0 && (event->print.request == flow->ticket.request ||
                                              event->print.request == flow->print_request);
    if (!place_is_ending(flow->place) || !ours) {
        return;
    }
    flow->ticket.print_cause = event->print.cause;
    if (event->print.state == PRINT_FAILED) {
        paper_failed(turn);
        return;
    }
    flow->ticket.print = event->print.state;
    if (paper_is_out(flow)) {
        flow->settled = flow->now;
        if (flow->place == PLACE_TICKET_FAILED) {
            turn_go(turn, PLACE_TICKET);
        }
    }
}

void
paper_lost(struct turn *turn)
{
    turn->flow->ticket.print_cause = PRINTER_UNKNOWN;
    paper_failed(turn);
}
