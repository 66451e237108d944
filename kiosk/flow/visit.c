#include "flow/turn.h"

#include <string.h>

#include "base/id.h"
#include "base/secret.h"
#include "form/answers.h"

static char *
bytes(struct flow *flow, size_t size)
{
    return secret_alloc(flow->memory, size);
}

bool
visit_prepare(struct flow *flow)
{
    flow->answers = answers_create(flow->memory);
    flow->drafts = answers_create(flow->memory);
    flow->kept = answers_create(flow->memory);
    flow->draft = bytes(flow, FLOW_DRAFT);
    flow->search = bytes(flow, FLOW_DRAFT);
    flow->scratch = bytes(flow, 2 * FLOW_DRAFT);
    flow->status_code = bytes(flow, CODE_TEXT);
    flow->status_fact = bytes(flow, STATUS_DIGITS + 1);
    flow->id = bytes(flow, UUID_TEXT);
    flow->code = bytes(flow, CODE_TEXT);
    flow->replaces = bytes(flow, UUID_TEXT);
    flow->pass = bytes(flow, PASS_TEXT);
    flow->bill = secret_alloc(flow->memory, sizeof *flow->bill);
    flow->booking = secret_alloc(flow->memory, sizeof *flow->booking);
    flow->found = secret_alloc(flow->memory, sizeof *flow->found);
    flow->verified = secret_alloc(flow->memory, sizeof *flow->verified);
    flow->caret = 0;
    return flow->answers && flow->drafts && flow->kept && flow->draft && flow->search &&
           flow->scratch && flow->status_code && flow->status_fact && flow->id && flow->code &&
           flow->replaces && flow->pass && flow->bill && flow->booking && flow->found &&
           flow->verified;
}

/* All of the visit but its memory and its settings. */
static void
reset(struct flow *flow)
{
    flow->group = NULL;
    flow->service = NULL;
    flow->queue = NULL;
    flow->priority = flow->editing = flow->in_row = flow->agreed = false;
    flow->filled_by = FILLED_SELF;
    flow->spot = SPOT_NONE;
    flow->reveal = -1;
    flow->office = catalogue_kelurahan_of(flow->catalogue, flow->home_office);
    flow->layer = 0;
    flow->check = (struct check){0};
    secret_zero(&flow->ticket, sizeof flow->ticket);
    flow->photos = (struct flow_photos){0};
    flow->list = (struct flow_ticket){0};
    flow->ticket_service = NULL;
    flow->booked = false;
    secret_zero(flow->booking, sizeof *flow->booking);
    secret_zero(flow->found, sizeof *flow->found);
    secret_zero(flow->verified, sizeof *flow->verified);
    secret_zero(&flow->mending, sizeof flow->mending);
    flow->mends = false;
    flow->info = NULL;
    flow->poll = NULL;
    flow->survey_step = 0;
    flow->ticket_result = TICKET_ISSUED;
    flow->submitted = flow->delivered = flow->keep = false;
    flow->submit_result = SUBMIT_SAVED;
    flow->help = HELP_NOT_ASKED;
    flow->waiting_for = flow->submit_request = flow->print_request = flow->help_request = 0;
    flow->waiting = (struct flow_effect){0};
    flow->before = PLACE_HOME;
}

void
visit_wipe(struct flow *flow)
{
    secret_wipe(flow->memory);
    visit_prepare(flow); // cannot fail: it fitted when the flow began
    reset(flow);
}

static void
keep_for_next(struct flow *flow)
{
    for (size_t i = 0; i < flow->service->question_count; i++) {
        const struct question *question = &flow->service->questions[i];
        const char *answer = answers_get(flow->answers, question->name);
        if (question->reuse && answer != NULL && answer[0] != '\0') {
            answers_set(flow->kept, question->name, answer);
        }
    }
}

void
visit_wipe_form(struct flow *flow)
{
    bool mends = flow->mends;
    const struct service *service =
        mends ? catalogue_service(flow->catalogue, flow->service->id) : flow->service;
    const struct kelurahan *office = flow->office;
    enum filled_by filled_by = flow->filled_by;
    keep_for_next(flow);
    answers_clear(flow->answers);
    answers_clear(flow->drafts);
    secret_zero(flow->draft, FLOW_DRAFT);
    secret_zero(flow->search, FLOW_DRAFT);
    secret_zero(flow->scratch, 2 * FLOW_DRAFT);
    secret_zero(flow->status_fact, STATUS_DIGITS + 1);
    secret_zero(flow->replaces, UUID_TEXT); // the next request replaces nothing
    reset(flow);
    flow->service = service;
    flow->office = office;
    flow->filled_by = filled_by;
    flow->mends = mends;
}

bool
visit_dirty(const struct flow *flow)
{
    return flow->draft[0] != '\0' || !answers_empty(flow->answers) || !answers_empty(flow->drafts);
}

bool
visit_is_default(const struct flow *flow)
{
    return flow->cover == COVER_NONE && flow->language == flow->first_language && flow->size == 0 &&
           !flow->contrast && flow->volume == FLOW_FIRST_VOLUME;
}

static void
settings_default(struct turn *turn)
{
    struct flow *flow = turn->flow;
    if (flow->language != flow->first_language) {
        flow->language = flow->first_language;
        turn_effect(turn, EFFECT_LANGUAGE, 0, flow->language);
    }
    if (flow->size != 0 || flow->contrast) {
        flow->size = 0;
        flow->contrast = false;
        turn_effect(turn, EFFECT_LOOK, 0, 0);
    }
    if (flow->volume != FLOW_FIRST_VOLUME) {
        flow->volume = FLOW_FIRST_VOLUME;
        turn_effect(turn, EFFECT_VOLUME, 0, flow->volume);
    }
}

/* Home, or what stands for it while nothing can be done there. */
static enum place
home(const struct flow *flow)
{
    bool useless = !flow->desk_up && flow->now >= flow->desk_lost + FLOW_DESK_GRACE;
    return useless ? PLACE_OUT_OF_SERVICE : PLACE_HOME;
}

void
visit_end(struct turn *turn, enum visit_outcome outcome)
{
    struct flow *flow = turn->flow;
    visit_wipe(flow);
    flow->voted = false;
    turn_go(turn, home(flow));
    flow->visit_began = 0;
    flow->touched = flow->now;
    turn_effect(turn, EFFECT_VISIT_END, 0, outcome);
    settings_default(turn);
    if (flow->catalogue_waits) {
        turn_effect(turn, EFFECT_ADOPT, 0, 0);
    }
}

/* The same person, another service: its code stays on paper, what is asked once is known. */
static void
another(struct turn *turn)
{
    struct flow *flow = turn->flow;
    enum filled_by filled_by = flow->filled_by;
    reset(flow);
    flow->filled_by = filled_by;
    secret_zero(flow->id, UUID_TEXT);
    secret_zero(flow->code, CODE_TEXT);
    secret_zero(flow->pass, PASS_TEXT);
    turn_go(turn, PLACE_GROUP);
}

/* What the visit came to, seen from where it ends. */
static enum visit_outcome
outcome(const struct flow *flow)
{
    bool answered = flow->place == PLACE_POLL && flow->voted;
    return place_is_ending(flow->place) || answered ? VISIT_DONE : VISIT_LOOKED;
}

void
visit_go_home(struct turn *turn)
{
    struct flow *flow = turn->flow;
    if (place_is_ending(flow->place)) {
        visit_end(turn, VISIT_DONE);
    } else if (visit_dirty(flow) || flow->place == PLACE_PAY) {
        flow->cover = COVER_CANCEL;
        flow->cover_page = 0;
        flow->reveal = -1; // the finger that held it may never be seen to leave
    } else {
        visit_wipe(flow); // the language chosen stays: the same person stands there
        turn_go(turn, home(flow));
    }
}

void
visit_event(struct turn *turn)
{
    struct flow *flow = turn->flow;
    switch (turn->event->kind) {
    case FLOW_CANCEL:
    case FLOW_HOME:
        visit_go_home(turn);
        break;
    case FLOW_DONE:
        if (flow->place == PLACE_SURVEY) {
            survey_event(turn);
        } else if (!survey_begins(turn)) {
            visit_end(turn, outcome(flow));
        }
        break;
    case FLOW_ANOTHER:
        another(turn);
        break;
    case FLOW_KEEP:
        flow->keep = true;
        break;
    default:
        break;
    }
}
