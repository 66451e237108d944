#include "flow/turn.h"

#include "base/states.h"

/* What the store must promise waits for its check: a desk that has just come greets first. */
static bool
too_early(const struct flow *flow)
{
    enum effect_kind kind = flow->waiting.kind;
    return !flow->desk_up ||
           (flow->intake == INTAKE_CHECKING && (kind == EFFECT_TICKET || kind == EFFECT_SUBMIT));
}

static void
ask(struct turn *turn)
{
    struct flow *flow = turn->flow;
    flow->unasked = too_early(flow);
    if (!flow->unasked) {
        turn_effect(turn, flow->waiting.kind, flow->waiting.request, flow->waiting.arg);
    }
}

void
wait_for(struct turn *turn, enum effect_kind effect, int64_t arg)
{
    struct flow *flow = turn->flow;
    flow->waiting = (struct flow_effect){effect, ++flow->request, arg};
    flow->waiting_for = flow->request;
    flow->asked = flow->now;
    flow->asked_at = flow->place;
    flow->check = (struct check){0};
    ask(turn);
    if (!flow->desk_up) {
        wait_shown(turn); // it is asked when the desk is back
    }
}

void
wait_shown(struct turn *turn)
{
    turn_go(turn, PLACE_WORKING);
}

void
wait_failed(struct turn *turn)
{
    struct flow *flow = turn->flow;
    flow->waiting_for = 0;
    switch (flow->waiting.kind) {
    case EFFECT_SUBMIT:
        review_failed(turn, FLOW_SUBMIT_SILENT);
        break;
    case EFFECT_LOOKUP:
        if (flow->waiting.arg == ASK_BOOKING) {
            booking_failed(turn);
            break;
        }
        if (flow->waiting.arg != ASK_STATUS) {
            bill_failed(turn);
            break;
        }
        flow->found->status = flow->desk_up ? STATUS_FAILED : STATUS_OFFLINE;
        turn_go(turn, PLACE_STATUS);
        break;
    default:
        flow->ticket_result = TICKET_FAILED;
        turn_go(turn, PLACE_SORRY);
        turn_sound(turn, SOUND_ERROR);
        break;
    }
}

bool
wait_answered(struct turn *turn, enum effect_kind effect, int64_t request)
{
    struct flow *flow = turn->flow;
    bool waited =
        flow->waiting_for != 0 && request == flow->waiting_for && effect == flow->waiting.kind;
    if (waited) {
        flow->waiting_for = 0;
    }
    return waited;
}

static void
desk_up(struct turn *turn)
{
    struct flow *flow = turn->flow;
    flow->desk_up = true;
    flow->desk_lost = 0;
    flow->intake = INTAKE_CHECKING; // until it says more
    if (flow->place == PLACE_OUT_OF_SERVICE) {
        turn_go(turn, PLACE_HOME);
    }
    if (flow->waiting_for != 0) { // the old desk took the question with it
        ask(turn);
    }
}

static void
desk_down(struct turn *turn)
{
    struct flow *flow = turn->flow;
    if (flow->desk_up) {
        flow->desk_lost = flow->now;
    }
    flow->desk_up = flow->online = flow->tickets_open = false;
    if (flow->waiting_for != 0 && flow->place != PLACE_WORKING) {
        wait_shown(turn);
    }
    if (flow->help == HELP_ASKING) {
        flow->help = HELP_NOT_TOLD;
    }
}

void
wait_desk(struct turn *turn)
{
    struct flow *flow = turn->flow;
    const struct flow_event *event = turn->event;
    if (event->kind == FLOW_DESK_UP) {
        desk_up(turn);
    } else if (event->kind == FLOW_DESK_DOWN) {
        desk_down(turn);
    } else {
        flow->intake = event->desk.intake;
        flow->tickets_open = event->desk.tickets_open;
        flow->online = event->desk.online;
        if (flow->waiting_for != 0 && flow->unasked) {
            ask(turn);
        }
    }
}
