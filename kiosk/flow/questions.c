#include "flow/turn.h"

#include <stdio.h>
#include <string.h>

#include "base/id.h"
#include "base/secret.h"
#include "base/text.h"

const struct question *
question_now(const struct flow *flow)
{
    bool there = flow->place == PLACE_QUESTION && flow->service != NULL && flow->question >= 0;
    return there ? &flow->service->questions[flow->question] : NULL;
}

int
question_before(const struct flow *flow, int index, const char *today)
{
    for (index--; index >= 0; index--) {
        if (check_relevant(&flow->service->questions[index], flow->answers, today)) {
            return index;
        }
    }
    return -1;
}

static int
question_after(const struct flow *flow, int index, const char *today)
{
    for (index++; index < (int)flow->service->question_count; index++) {
        if (check_relevant(&flow->service->questions[index], flow->answers, today)) {
            return index;
        }
    }
    return -1;
}

static bool
is_iso_date(const char *value)
{
    return strlen(value) == 10 && value[4] == '-' && value[7] == '-';
}

/* A stored answer as one types it. */
static void
editable(const struct question *question, const char *value, char *out)
{
    if (question->type == QUESTION_DATE && is_iso_date(value)) {
        snprintf(out, FLOW_DRAFT, "%.2s%.2s%.4s", value + 8, value + 5, value);
    } else if (question->type == QUESTION_PHONE && strncmp(value, "+62", 3) == 0) {
        snprintf(out, FLOW_DRAFT, "0%s", value + 3);
    } else {
        text_copy(out, FLOW_DRAFT, value);
    }
}

/* The field as the check wants it: a date's eight digits in ISO order. */
static void
checkable(const struct question *question, const char *draft, char *out)
{
    if (question->type == QUESTION_DATE && strlen(draft) == 8 && text_is_digits(draft)) {
        snprintf(out, FLOW_DRAFT, "%s-%.2s-%.2s", draft + 4, draft + 2, draft);
    } else {
        text_copy(out, FLOW_DRAFT, draft);
    }
}

void
question_open(struct turn *turn, int index)
{
    struct flow *flow = turn->flow;
    const struct question *question = &flow->service->questions[index];
    const char *answer = answers_get(flow->answers, question->name);
    const char *unfinished = answers_get(flow->drafts, question->name);
    flow->question = index;
    flow->layer &= FLOW_LAYER_KEPT; // the order of the letters stays, capitals and signs go
    secret_zero(flow->draft, FLOW_DRAFT);
    secret_zero(flow->search, FLOW_DRAFT);
    if (unfinished != NULL) {
        text_copy(flow->draft, FLOW_DRAFT, unfinished);
    } else if (answer != NULL) {
        editable(question, answer, flow->draft);
    }
    turn_go(turn, PLACE_QUESTION);
}

void
question_keep(struct flow *flow)
{
    const struct question *question = question_now(flow);
    if (question != NULL) {
        const char *answer = answers_get(flow->answers, question->name);
        flow->scratch[0] = '\0';
        if (answer != NULL) {
            editable(question, answer, flow->scratch);
        }
        bool unfinished = strcmp(flow->scratch, flow->draft) != 0;
        answers_set(flow->drafts, question->name, unfinished ? flow->draft : NULL);
        secret_zero(flow->scratch, FLOW_DRAFT);
        secret_zero(flow->draft, FLOW_DRAFT);
    }
}

void
question_unseal(struct flow *flow)
{
    if (flow->replaces[0] == '\0') {
        text_copy(flow->replaces, UUID_TEXT, flow->id);
    }
    flow->id[0] = '\0';
    flow->submit_request = 0;
}

static bool
store(struct flow *flow, const struct question *question, const char *value)
{
    const char *old = answers_get(flow->answers, question->name);
    if (old == NULL || strcmp(old, value) != 0) {
        question_unseal(flow);
    }
    answers_set(flow->drafts, question->name, NULL);
    return answers_set(flow->answers, question->name, value);
}

/* After an edit: the first question that its answer brought up, an optional one too, or
 * that it made wrong, and then `why`. */
static int
question_open_yet(const struct flow *flow, const char *today, struct check *why)
{
    int wrong = check_form(flow->service, flow->answers, today, why);
    int next = question_after(flow, -1, today);
    while (next >= 0 && next != wrong &&
           answers_get(flow->answers, flow->service->questions[next].name) != NULL) {
        next = question_after(flow, next, today);
    }
    if (next != wrong) {
        *why = (struct check){0};
    }
    return next;
}

/* On to the next question that counts, or to the review. */
static void
advance(struct turn *turn)
{
    struct flow *flow = turn->flow;
    int next = question_after(flow, flow->question, turn->event->today);
    struct check why = {0};
    if (flow->editing) {
        next = question_open_yet(flow, turn->event->today, &why);
    }
    secret_zero(flow->draft, FLOW_DRAFT);
    if (next >= 0) {
        question_open(turn, next);
        // When editing: an answer made it relevant, which its question says, or wrong, which
        // nobody would see who looks at what was good before.
        if (why.problem != PROBLEM_NONE && why.problem != PROBLEM_REQUIRED) {
            turn_wrong(turn, why);
        }
        return;
    }
    flow->editing = false;
    turn_go(turn, PLACE_REVIEW);
}

/* A warning is said once; who insists goes on. */
static bool
stops(const struct flow *flow, const struct check *check)
{
    bool known = flow->check.problem == check->problem && flow->check.warning;
    return check->problem != PROBLEM_NONE && !(check->warning && known);
}

static void
take_answer(struct turn *turn)
{
    struct flow *flow = turn->flow;
    const struct question *question = question_now(flow);
    char *typed = flow->scratch + FLOW_DRAFT;
    checkable(question, flow->draft, typed);
    struct check check =
        check_answer(question, typed, flow->answers, turn->event->today, flow->scratch);
    secret_zero(typed, FLOW_DRAFT);
    if (stops(flow, &check)) {
        turn_wrong(turn, check);
    } else if (store(flow, question, flow->scratch)) {
        advance(turn);
    } else {
        turn_wrong(turn, (struct check){.problem = PROBLEM_TOO_LONG, .wanted = ANSWER_BYTES});
    }
    secret_zero(flow->scratch, FLOW_DRAFT);
}

static void
skip(struct turn *turn)
{
    struct flow *flow = turn->flow;
    const struct question *question = question_now(flow);
    if (question->required) {
        turn_wrong(turn, (struct check){.problem = PROBLEM_REQUIRED});
    } else if (store(flow, question, "")) {
        advance(turn);
    }
}

/* Whoever has no NIK at hand is served at the counter, where it can be looked up. */
static void
unknown(struct turn *turn)
{
    struct flow *flow = turn->flow;
    if (!question_now(flow)->required) {
        skip(turn);
        return;
    }
    question_keep(flow);
    flow->before = PLACE_QUESTION;
    turn_go(turn, PLACE_QUEUES);
}

void
question_first(struct turn *turn)
{
    struct flow *flow = turn->flow;
    flow->editing = false;
    int first = question_after(flow, -1, turn->event->today);
    if (first >= 0) {
        question_open(turn, first);
    } else {
        turn_go(turn, PLACE_REVIEW);
    }
}

/* "Mulai" on the service page. */
static void
begin(struct turn *turn)
{
    struct flow *flow = turn->flow;
    bool closed = flow->desk_up && flow->intake != INTAKE_OPEN && flow->intake != INTAKE_CHECKING;
    if (flow->service->kind == SERVICE_QUEUE_ONLY) {
        ticket_event(turn);
    } else if (closed) {
        turn_sound(turn, SOUND_ERROR); // the page says why
    } else if (flow->service->asks_office) {
        turn_go(turn, PLACE_OFFICE);
    } else {
        question_first(turn);
    }
}

static void
go_on(struct turn *turn)
{
    struct flow *flow = turn->flow;
    if (flow->place == PLACE_SERVICE) {
        begin(turn);
    } else if (flow->place == PLACE_QUESTION) {
        take_answer(turn);
    } else if (flow->office != NULL) {
        secret_zero(flow->search, FLOW_DRAFT);
        question_first(turn);
    } else {
        turn_wrong(turn, (struct check){.problem = PROBLEM_REQUIRED});
    }
}

void
question_event(struct turn *turn)
{
    switch (turn->event->kind) {
    case FLOW_NEXT:
        go_on(turn);
        break;
    case FLOW_SKIP:
        skip(turn);
        break;
    case FLOW_UNKNOWN:
        unknown(turn);
        break;
    default:
        break;
    }
}

void
flow_progress(const struct flow *flow, const char *today, int *position, int *total)
{
    *position = *total = 0;
    for (int i = 0; flow->service != NULL && i < (int)flow->service->question_count; i++) {
        if (check_relevant(&flow->service->questions[i], flow->answers, today)) {
            ++*total;
            *position += i <= flow->question;
        }
    }
}
