#include "flow/flow.h"

#include <string.h>

#include "base/secret.h"
#include "flow/turn.h"
#include "form/chosen.h"

void
flow_init(struct flow *flow, struct secret *memory, const struct catalogue *catalogue,
          const struct flow_times *times, const char *home_office, enum language first)
{
    *flow = (struct flow){.language = first,
                          .first_language = first,
                          .volume = FLOW_FIRST_VOLUME,
                          .memory = memory,
                          .catalogue = catalogue,
                          .times = *times,
                          .home_office = home_office,
                          .serves = ""};
    if (visit_prepare(flow)) {
        visit_wipe(flow);
    } else {
        flow->place = PLACE_OUT_OF_SERVICE; // where it stays: without memory nothing is typed
        flow->memory = NULL;
    }
}

bool
flow_asks_office(const struct flow *flow)
{
    return flow->service->asks_office || flow->serves[0] != '\0';
}

bool
flow_serves(const struct flow *flow, const char *code)
{
    return strcmp(code, flow->home_office) == 0 || chosen_has(flow->serves, code);
}

void
flow_adopt(struct flow *flow, const struct catalogue *catalogue)
{
    flow->catalogue = catalogue;
    flow->catalogue_waits = false;
    visit_wipe(flow);
}

void
turn_effect(struct turn *turn, enum effect_kind kind, int64_t request, int64_t arg)
{
    if (turn->out.count < FLOW_EFFECTS) {
        turn->out.list[turn->out.count++] = (struct flow_effect){kind, request, arg};
    }
}

void
turn_sound(struct turn *turn, enum flow_sound sound)
{
    turn_effect(turn, EFFECT_SOUND, 0, sound);
}

void
turn_go(struct turn *turn, enum place place)
{
    struct flow *flow = turn->flow;
    flow->place = place;
    flow->page = flow->cover_page = flow->removing = 0;
    flow->cover = COVER_NONE;
    flow->reveal = -1;
    flow->check = (struct check){0};
    flow->entered = flow->now;
    typing_caret_end(flow);
}

void
turn_wrong(struct turn *turn, struct check check)
{
    turn->flow->check = check;
    turn_sound(turn, SOUND_ERROR);
}

/* Presses, keys and scans: what a resident does, as far as this screen offers it. */
static void
resident(struct turn *turn)
{
    struct flow *flow = turn->flow;
    enum flow_event_kind kind = turn->event->kind;
    if (!place_offers(flow, turn->event)) {
        return;
    }
    if (!turn->event->held) { // what jams a key or lies on the glass is nobody
        flow->touched = flow->now;
    }
    if (flow->visit_began == 0) {
        flow->visit_began = flow->now;
    }
    if (kind <= FLOW_NEW_VISITOR && kind != FLOW_REVEAL) {
        turn_sound(turn, SOUND_PRESS);
    }
    if (cover_takes(kind) || flow->cover != COVER_NONE) {
        cover_event(turn);
    } else if (kind >= FLOW_TYPE && kind <= FLOW_LAYER) {
        typing_event(turn);
    } else if (kind == FLOW_SCAN) {
        typing_scan(turn);
    } else if (kind == FLOW_BACK) {
        place_back(turn);
    } else {
        place_event(turn);
    }
}

static void
touched(struct turn *turn)
{
    struct flow *flow = turn->flow;
    if (flow->cover == COVER_IDLE) {
        return; // only its own buttons say who stands there
    }
    flow->touched = flow->now;
    if (flow->place == PLACE_RESTING) {
        turn_go(turn, PLACE_HOME);
    }
}

static void
adopt_soon(struct turn *turn)
{
    struct flow *flow = turn->flow;
    flow->catalogue_waits = true;
    if (place_is_nobodys(flow->place) && flow->visit_began == 0) {
        turn_effect(turn, EFFECT_ADOPT, 0, 0);
    }
}

static void
world(struct turn *turn)
{
    switch (turn->event->kind) {
    case FLOW_TICK:
        timers_run(turn);
        break;
    case FLOW_TOUCH:
        touched(turn);
        break;
    case FLOW_DESK_UP:
    case FLOW_DESK_DOWN:
    case FLOW_DESK_STATUS:
        wait_desk(turn);
        break;
    case FLOW_TICKET_ANSWER:
        ticket_answered(turn);
        break;
    case FLOW_SUBMIT_ANSWER:
    case FLOW_SUBMIT_FAULT:
    case FLOW_DELIVERED:
        review_submitted(turn);
        break;
    case FLOW_PRINT_STATE:
        paper_event(turn);
        break;
    case FLOW_STATUS_ANSWER:
        status_answered(turn);
        break;
    case FLOW_BILL_ANSWER:
        bill_answered(turn);
        break;
    case FLOW_BOOKING_ANSWER:
        booking_answered(turn);
        break;
    case FLOW_PHOTOS_ANSWER:
        photos_answered(turn);
        break;
    case FLOW_HELP_ANSWER:
        cover_event(turn);
        break;
    case FLOW_CATALOGUE:
        adopt_soon(turn);
        break;
    default:
        break;
    }
}

struct flow_effects
flow_step(struct flow *flow, const struct flow_event *event)
{
    struct turn turn = {.flow = flow, .event = event};
    if (flow->memory == NULL) {
        return turn.out;
    }
    if (flow->now == 0) {
        flow->touched = flow->entered = flow->desk_lost = event->now;
    }
    flow->now = event->now;
    if (event->kind > FLOW_NOTHING && event->kind < FLOW_TICK) {
        resident(&turn);
    } else {
        world(&turn);
    }
    return turn.out;
}
