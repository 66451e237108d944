#include "flow/turn.h"

#include <string.h>

static void
edit(struct turn *turn, struct spot spot)
{
    turn->flow->editing = true;
    question_open(turn, spot);
}

static void
submit(struct turn *turn)
{
    struct flow *flow = turn->flow;
    struct check why = {0};
    struct spot wrong = check_form(flow->service, flow->answers, turn->event->today, &why);
    if (wrong.question >= 0) {
        edit(turn, wrong);
        turn_wrong(turn, why);
    } else if (!flow->agreed) {
        turn_wrong(turn, (struct check){.problem = PROBLEM_REQUIRED});
        flow->page = FLOW_LAST_PAGE; // the statement ends the review
    } else {
        flow->submit_result = SUBMIT_SAVED;
        wait_for(turn, EFFECT_SUBMIT, 0);
        flow->submit_request = flow->waiting_for;
    }
}

void
review_event(struct turn *turn)
{
    struct flow *flow = turn->flow;
    switch (turn->event->kind) {
    case FLOW_EDIT:
        edit(turn, spot_of_number(turn->event->arg));
        break;
    case FLOW_REVEAL:
        flow->reveal = turn->event->arg;
        break;
    case FLOW_AGREE:
        flow->agreed = !flow->agreed;
        flow->check = (struct check){0};
        break;
    case FLOW_NEXT:
        submit(turn);
        break;
    default:
        break;
    }
}

void
review_failed(struct turn *turn, int result)
{
    turn->flow->submit_result = result;
    turn_go(turn, PLACE_REVIEW);
    turn_sound(turn, SOUND_ERROR);
}

/* Saved: what was typed has done its work and is zeroed now, not at the end. */
static void
saved(struct turn *turn)
{
    struct flow *flow = turn->flow;
    visit_wipe_form(flow);
    flow->submitted = true;
    ticket_give(flow, &turn->event->submit);
    turn_go(turn, PLACE_DONE);
    turn_sound(turn, SOUND_DONE);
}

static void
answered(struct turn *turn)
{
    struct flow *flow = turn->flow;
    const struct flow_event *event = turn->event;
    bool waited = wait_answered(turn, EFFECT_SUBMIT, event->submit.request);
    // A word that comes after the patience still tells the truth.
    bool late = !waited && flow->place == PLACE_REVIEW && flow->submit_request != 0 &&
                event->submit.request == flow->submit_request;
    if ((waited || late) && event->submit.result == SUBMIT_SAVED) {
        saved(turn);
    } else if (waited) {
        review_failed(turn, event->submit.result);
    }
}

void
review_submitted(struct turn *turn)
{
    struct flow *flow = turn->flow;
    switch (turn->event->kind) {
    case FLOW_SUBMIT_ANSWER:
        answered(turn);
        break;
    case FLOW_SUBMIT_FAULT:
        if (flow->waiting_for != 0 && flow->waiting.kind == EFFECT_SUBMIT) {
            flow->waiting_for = 0;
            review_failed(turn, FLOW_SUBMIT_SILENT);
        }
        break;
    default:
        flow->delivered = flow->delivered || flow->submitted;
        break;
    }
}
