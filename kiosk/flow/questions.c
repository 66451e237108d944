#include "flow/turn.h"

#include <stdio.h>
#include <string.h>

#include "base/id.h"
#include "base/secret.h"
#include "base/text.h"

const struct question *
question_now(const struct flow *flow)
{
    bool there = flow->place == PLACE_QUESTION && flow->service != NULL && flow->spot.question >= 0;
    return there ? &flow->service->questions[flow->spot.question] : NULL;
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
    } else if (question->type == QUESTION_TIME && strlen(value) == 5) {
        snprintf(out, FLOW_DRAFT, "%.2s%s", value, value + 3);
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

/* What stands in a field that nobody has typed in yet: the answer, what was said in an earlier
 * form, or what this form supposes. */
static void
beginning(struct flow *flow, struct spot spot, const char *today, char *out)
{
    const struct question *question = &flow->service->questions[spot.question];
    const char *answer = spot_answer(flow->service, spot, flow->answers);
    char supposed[ANSWER_BYTES] = "";
    if (question->type == QUESTION_REPEAT) {
        snprintf(out, FLOW_DRAFT, "%d", spot_rows(question, flow->answers));
        return;
    }
    if (answer == NULL && question->reuse) {
        answer = answers_get(flow->kept, question->name);
    }
    if (answer == NULL) {
        check_preset(question, spot.row, flow->answers, today, supposed);
    }
    editable(question, answer != NULL ? answer : supposed, out);
    secret_zero(supposed, sizeof supposed);
}

static const char *
key_of(const struct flow *flow, struct spot spot, char key[SPOT_KEY])
{
    return spot_key(flow->service->questions[spot.question].name, spot.row, key);
}

void
question_open(struct turn *turn, struct spot spot)
{
    struct flow *flow = turn->flow;
    char key[SPOT_KEY];
    const char *unfinished = answers_get(flow->drafts, key_of(flow, spot, key));
    flow->spot = spot;
    flow->layer &= FLOW_LAYER_KEPT; // the order of the letters stays, capitals and signs go
    flow->in_row = flow->in_row && spot.row > 0;
    secret_zero(flow->draft, FLOW_DRAFT);
    secret_zero(flow->search, FLOW_DRAFT);
    if (unfinished != NULL) {
        text_copy(flow->draft, FLOW_DRAFT, unfinished);
    } else {
        beginning(flow, spot, turn->event->today, flow->draft);
    }
    turn_go(turn, PLACE_QUESTION);
}

void
question_keep(struct flow *flow, const char *today)
{
    if (question_now(flow) != NULL) {
        char key[SPOT_KEY];
        flow->scratch[0] = '\0';
        beginning(flow, flow->spot, today, flow->scratch);
        bool unfinished = strcmp(flow->scratch, flow->draft) != 0;
        answers_set(flow->drafts, key_of(flow, flow->spot, key), unfinished ? flow->draft : NULL);
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

/* Beside the answer to a statement, in which language it was read: part of what is sealed. */
static bool
mark_language(struct flow *flow, struct spot spot)
{
    const struct question *question = &flow->service->questions[spot.question];
    char mark[SPOT_KEY], key[SPOT_KEY], digit[2] = {(char)('0' + (int)flow->language), '\0'};
    if (!question_is_statement(question)) {
        return true;
    }
    spot_key(spot_mark(question->name, mark), spot.row, key);
    const char *old = answers_get(flow->answers, key);
    if (old != NULL && strcmp(old, digit) != 0) {
        question_unseal(flow);
    }
    return answers_set(flow->answers, key, digit);
}

static bool
store(struct flow *flow, struct spot spot, const char *value)
{
    char key[SPOT_KEY];
    const char *old = spot_answer(flow->service, spot, flow->answers);
    if (old == NULL || strcmp(old, value) != 0) {
        question_unseal(flow);
    }
    answers_set(flow->drafts, key_of(flow, spot, key), NULL);
    return answers_set(flow->answers, key, value) && mark_language(flow, spot);
}

/* Said in an earlier form of this visit, and good here too: it need not be asked again. What
 * may be left out is asked all the same, with the answer in its field: nobody's phone number
 * goes into a complaint that was meant to name nobody. */
static bool
known(struct flow *flow, struct spot spot, const char *today)
{
    const struct question *question = &flow->service->questions[spot.question];
    bool again = question->reuse && question->required;
    const char *kept = again ? answers_get(flow->kept, question->name) : NULL;
    if (kept == NULL || spot_answer(flow->service, spot, flow->answers) != NULL) {
        return false;
    }
    struct check check =
        check_answer(question, spot.row, kept, flow->answers, today, flow->scratch);
    bool good = check.problem == PROBLEM_NONE && store(flow, spot, flow->scratch);
    secret_zero(flow->scratch, FLOW_DRAFT);
    return good;
}

static struct spot
next_unknown(struct flow *flow, struct spot spot, const char *today)
{
    do {
        spot = spot_after(flow->service, spot, flow->answers, today);
    } while (spot.question >= 0 && known(flow, spot, today));
    return spot;
}

/* After an edit: the first question that its answer brought up, an optional one too, or
 * that it made wrong, and then `why`. */
static struct spot
open_yet(const struct flow *flow, const char *today, struct check *why)
{
    const struct service *service = flow->service;
    struct spot wrong = check_form(service, flow->answers, today, why);
    struct spot next = spot_after(service, SPOT_NONE, flow->answers, today);
    while (next.question >= 0 && !spot_equal(next, wrong) &&
           spot_answer(service, next, flow->answers) != NULL) {
        next = spot_after(service, next, flow->answers, today);
    }
    if (!spot_equal(next, wrong)) {
        *why = (struct check){0};
    }
    return next;
}

/* Through the questions of one row, and back to the list of rows. */
static struct spot
next_in_row(const struct flow *flow, const char *today)
{
    struct spot next = spot_after(flow->service, flow->spot, flow->answers, today);
    int repeat = flow->service->questions[flow->spot.question].repeat;
    bool inside = next.row == flow->spot.row && next.question < repeat;
    return inside ? next : (struct spot){repeat, 0};
}

/* On to the next question that counts, or to the review. */
static void
advance(struct turn *turn)
{
    struct flow *flow = turn->flow;
    const char *today = turn->event->today;
    struct check why = {0};
    struct spot next = flow->in_row    ? next_in_row(flow, today)
                       : flow->editing ? open_yet(flow, today, &why)
                                       : next_unknown(flow, flow->spot, today);
    secret_zero(flow->draft, FLOW_DRAFT);
    if (next.question >= 0) {
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

/* The first row that is not complete is opened where it is not, before anything is said about
 * the rows together. */
static bool
open_incomplete(struct turn *turn)
{
    struct flow *flow = turn->flow;
    struct check why;
    struct spot wrong = check_form(flow->service, flow->answers, turn->event->today, &why);
    bool here = wrong.question >= 0 && wrong.row > 0 &&
                flow->service->questions[wrong.question].repeat == flow->spot.question;
    if (here) {
        flow->in_row = true;
        question_open(turn, wrong);
        bool begun = why.problem == PROBLEM_REQUIRED && flow->draft[0] != '\0';
        turn_wrong(turn, begun ? (struct check){0} : why);
    }
    return here;
}

static void
take_answer(struct turn *turn)
{
    struct flow *flow = turn->flow;
    const struct question *question = question_now(flow);
    char *typed = flow->scratch + FLOW_DRAFT;
    checkable(question, flow->draft, typed);
    struct check check = check_answer(question, flow->spot.row, typed, flow->answers,
                                      turn->event->today, flow->scratch);
    secret_zero(typed, FLOW_DRAFT);
    bool open = question->type == QUESTION_REPEAT && open_incomplete(turn);
    if (!open && stops(flow, &check)) {
        turn_wrong(turn, check);
        // the box to accept is below its text; what is said of a list may stand above it
        flow->page = question_is_statement(question) ? FLOW_LAST_PAGE : 0;
    } else if (!open && store(flow, flow->spot, flow->scratch)) {
        advance(turn);
    } else if (!open) {
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
    } else if (store(flow, flow->spot, "")) {
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
    question_keep(flow, turn->event->today);
    flow->before = PLACE_QUESTION;
    turn_go(turn, PLACE_QUEUES);
}

void
question_first(struct turn *turn)
{
    struct flow *flow = turn->flow;
    flow->editing = false;
    struct spot first = next_unknown(flow, SPOT_NONE, turn->event->today);
    if (first.question >= 0) {
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
    } else if (flow_asks_office(flow)) {
        typing_search_end(flow); // it was a service that was searched
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
    struct spot spot = SPOT_NONE;
    *position = *total = 0;
    while (flow->service != NULL &&
           (spot = spot_after(flow->service, spot, flow->answers, today)).question >= 0) {
        ++*total;
        if (spot_equal(spot, flow->spot)) {
            *position = *total;
        }
    }
}
