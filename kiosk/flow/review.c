#include "flow/turn.h"

#include <string.h>

#include "base/id.h"
#include "base/text.h"

static void
edit(struct turn *turn, int index)
{
    turn->flow->editing = true;
    question_open(turn, index);
}

static void
submit(struct turn *turn)
{
    struct flow *flow = turn->flow;
    struct check why = {0};
    int wrong = check_form(flow->service, flow->answers, turn->event->today, &why);
    if (wrong >= 0) {
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
        edit(turn, (int)turn->event->arg);
        break;
    case FLOW_REVEAL:
        flow->reveal = (int)turn->event->arg;
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
    const struct service *service = flow->service;
    const struct kelurahan *office = flow->office;
    char id[UUID_TEXT], code[CODE_TEXT];
    text_copy(id, sizeof id, flow->id);
    text_copy(code, sizeof code, flow->code);
    visit_wipe(flow);
    flow->service = service;
    flow->office = office;
    text_copy(flow->id, UUID_TEXT, id);
    text_copy(flow->code, CODE_TEXT, code);
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
