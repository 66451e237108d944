#include "flow/turn.h"

bool
cover_takes(enum flow_event_kind kind)
{
    switch (kind) {
    case FLOW_COVER:
    case FLOW_LANGUAGE:
    case FLOW_SIZE:
    case FLOW_CONTRAST:
    case FLOW_VOLUME:
    case FLOW_FILLED:
    case FLOW_CALL_STAFF:
    case FLOW_CANCEL_YES:
    case FLOW_STILL_HERE:
    case FLOW_NEW_VISITOR:
        return true;
    default:
        return false;
    }
}

static void
open_cover(struct flow *flow, enum cover cover)
{
    flow->cover = cover;
    flow->cover_page = 0;
    flow->reveal = -1;
    if (cover == COVER_HELP && flow->help != HELP_ASKING) {
        flow->help = HELP_NOT_ASKED; // asking twice in one visit is fine
    }
}

static void
settings(struct turn *turn)
{
    struct flow *flow = turn->flow;
    int64_t arg = turn->event->arg;
    switch (turn->event->kind) {
    case FLOW_LANGUAGE:
        flow->language = (enum language)arg;
        flow->cover = COVER_NONE;
        flow->page = 0;
        turn_effect(turn, EFFECT_LANGUAGE, 0, arg);
        break;
    case FLOW_SIZE:
        flow->size = (int)arg;
        flow->page = flow->cover_page = 0; // what fits on a page changes with the letters
        turn_effect(turn, EFFECT_LOOK, 0, 0);
        break;
    case FLOW_CONTRAST:
        flow->contrast = arg != 0;
        turn_effect(turn, EFFECT_LOOK, 0, 0);
        break;
    case FLOW_VOLUME:
        flow->volume = (int)arg;
        turn_effect(turn, EFFECT_VOLUME, 0, arg);
        break;
    default:
        break;
    }
}

void
cover_call_staff(struct turn *turn)
{
    struct flow *flow = turn->flow;
    if (!flow->desk_up) {
        flow->help = HELP_NOT_TOLD;
    } else if (flow->help != HELP_ASKING) {
        flow->help = HELP_ASKING;
        flow->help_asked = flow->now;
        flow->help_request = ++flow->request;
        turn_effect(turn, EFFECT_HELP, flow->help_request, 0);
    }
}

static void
help_answered(struct turn *turn)
{
    struct flow *flow = turn->flow;
    if (flow->help_request != 0 && turn->event->help.request == flow->help_request) {
        flow->help = turn->event->help.told ? HELP_TOLD : HELP_NOT_TOLD;
        flow->help_request = 0;
    }
}

/* Part of what is sealed. */
static void
filled(struct flow *flow, enum filled_by who)
{
    if (flow->filled_by != who) {
        question_unseal(flow);
    }
    flow->filled_by = who;
    flow->cover = COVER_NONE;
}

void
cover_event(struct turn *turn)
{
    struct flow *flow = turn->flow;
    switch (turn->event->kind) {
    case FLOW_COVER:
        open_cover(flow, (enum cover)turn->event->arg);
        break;
    case FLOW_BACK:
        flow->cover = COVER_NONE;
        break;
    case FLOW_PAGE:
        flow->cover_page = (int)turn->event->arg;
        break;
    case FLOW_FILLED:
        filled(flow, (enum filled_by)turn->event->arg);
        break;
    case FLOW_CALL_STAFF:
        cover_call_staff(turn);
        break;
    case FLOW_HELP_ANSWER:
        help_answered(turn);
        break;
    case FLOW_CANCEL_YES:
        visit_end(turn, VISIT_CANCELLED);
        break;
    case FLOW_STILL_HERE:
        flow->cover = flow->under;
        break;
    case FLOW_NEW_VISITOR:
        visit_end(turn, VISIT_IDLE);
        break;
    default:
        settings(turn);
        break;
    }
}
