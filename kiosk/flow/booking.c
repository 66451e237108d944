#include "flow/booking.h"

#include "base/secret.h"
#include "base/text.h"
#include "flow/turn.h"

static void
tell(struct turn *turn, enum booking_state state)
{
    turn->flow->booking->answer.state = state;
    turn_go(turn, PLACE_BOOKING);
    turn_sound(turn, SOUND_ATTENTION);
}

/* Without a line nobody types a code first to hear of it. */
static void
open_bookings(struct turn *turn)
{
    struct flow *flow = turn->flow;
    secret_zero(flow->booking, sizeof *flow->booking);
    if (!flow->online || !flow->desk_up) {
        tell(turn, BOOKING_OFFLINE);
    } else {
        turn_go(turn, PLACE_BOOKING_CODE);
    }
}

static void
ask(struct turn *turn)
{
    wait_for(turn, EFFECT_LOOKUP, ASK_BOOKING);
}

/* What was asked in vain is asked again; else another code. */
static void
again(struct turn *turn)
{
    struct flow *flow = turn->flow;
    turn_go(turn, PLACE_BOOKING_CODE);
    if (flow->booking->code[0] != '\0' && flow->booking->answer.state >= BOOKING_OFFLINE) {
        ask(turn);
    }
}

static void
typed(struct turn *turn)
{
    struct flow *flow = turn->flow;
    char code[CODE_TEXT];
    struct check check = code_typed(flow->booking->code, code);
    if (check.problem != PROBLEM_NONE) {
        turn_wrong(turn, check);
        return;
    }
    text_copy(flow->booking->code, CODE_TEXT, code);
    typing_caret_end(flow);
    ask(turn);
}

void
booking_scanned(struct turn *turn)
{
    struct flow *flow = turn->flow;
    char code[CODE_TEXT];
    if (!code_parse(turn->event->text, code)) {
        turn_sound(turn, SOUND_ERROR);
        return;
    }
    secret_zero(flow->booking, sizeof *flow->booking);
    text_copy(flow->booking->code, CODE_TEXT, code);
    turn_go(turn, PLACE_BOOKING_CODE);
    ask(turn);
}

void
booking_event(struct turn *turn)
{
    struct flow *flow = turn->flow;
    if (turn->event->kind == FLOW_NEXT) {
        typed(turn);
    } else if (flow->place == PLACE_BOOKING) {
        again(turn);
    } else {
        open_bookings(turn);
    }
}

void
booking_back(struct turn *turn)
{
    struct flow *flow = turn->flow;
    // Without a line there is nothing to type there.
    bool closed = flow->booking->answer.state == BOOKING_OFFLINE && flow->booking->code[0] == '\0';
    turn_go(turn, flow->place == PLACE_BOOKING && !closed ? PLACE_BOOKING_CODE : PLACE_QUEUES);
}

void
booking_answered(struct turn *turn)
{
    struct flow *flow = turn->flow;
    const struct flow_event *event = turn->event;
    if (!wait_answered(turn, EFFECT_LOOKUP, event->booking.request)) {
        return;
    }
    flow->booking->answer = *event->booking.answer;
    if (flow->booking->answer.state != BOOKING_DUE) {
        tell(turn, flow->booking->answer.state);
    } else if (!ticket_of_booking(turn)) {
        tell(turn, BOOKING_FAILED); // of a counter that is not known here
    }
}

void
booking_failed(struct turn *turn)
{
    tell(turn, turn->flow->desk_up ? BOOKING_FAILED : BOOKING_OFFLINE);
}
