#include "flow/bill.h"

#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "flow/turn.h"

static int64_t
total(const struct bill_answer *bill)
{
    return bill->amount + bill->fine;
}

bool
bill_is_payable(const struct flow *flow)
{
    return flow->bill->bill.state == BILL_OPEN && flow->terms.nmid != NULL &&
           flow->terms.nmid[0] != '\0' && total(&flow->bill->bill) <= flow->terms.cap;
}

/* Without a line nobody types eighteen digits first to hear of it; "try again" does not ask. */
static void
open_bills(struct turn *turn)
{
    struct flow *flow = turn->flow;
    bool first = flow->place == PLACE_HOME;
    secret_zero(flow->bill, sizeof *flow->bill);
    if (first && (!flow->online || !flow->desk_up)) {
        flow->bill->bill.state = BILL_OFFLINE;
        turn_go(turn, PLACE_BILL);
    } else {
        turn_go(turn, PLACE_BILL_NOP);
    }
}

static void
nop_typed(struct turn *turn)
{
    struct flow *flow = turn->flow;
    char good[NOP_TEXT];
    size_t have = strlen(flow->bill->nop);
    enum problem problem = have == 0 ? PROBLEM_REQUIRED : check_nop(flow->bill->nop, good);
    secret_zero(good, sizeof good);
    if (problem == PROBLEM_NONE) {
        turn_go(turn, PLACE_BILL_YEAR);
    } else {
        turn_wrong(turn,
                   (struct check){.problem = problem, .wanted = NOP_DIGITS, .have = (int64_t)have});
    }
}

static void
year_chosen(struct turn *turn)
{
    struct day today;
    if (day_parse(turn->event->today, &today)) {
        turn->flow->bill->year = today.year - (int)turn->event->arg;
        wait_for(turn, EFFECT_LOOKUP, ASK_BILL);
    }
}

static void
reference_typed(struct turn *turn)
{
    struct flow *flow = turn->flow;
    char code[CODE_TEXT];
    struct check check = code_typed(flow->bill->code, code);
    if (check.problem == PROBLEM_NONE) {
        text_copy(flow->bill->pay.reference, CODE_TEXT, code);
        wait_for(turn, EFFECT_LOOKUP, ASK_PAID);
    } else {
        turn_wrong(turn, check);
    }
}

static void
check_again(struct turn *turn)
{
    struct flow *flow = turn->flow;
    if (flow->place == PLACE_PAY_TROUBLE && flow->bill->pay.reference[0] != '\0') {
        wait_for(turn, EFFECT_LOOKUP, ASK_PAID);
    } else {
        turn_go(turn, PLACE_PAY_CHECK);
    }
}

void
bill_event(struct turn *turn)
{
    struct flow *flow = turn->flow;
    switch (turn->event->kind) {
    case FLOW_BILL:
        open_bills(turn);
        break;
    case FLOW_BILL_YEAR:
        year_chosen(turn);
        break;
    case FLOW_PAY:
        wait_for(turn, EFFECT_LOOKUP, ASK_PAY);
        break;
    case FLOW_PAY_CHECK:
        check_again(turn);
        break;
    case FLOW_NEXT:
        if (flow->place == PLACE_BILL_NOP) {
            nop_typed(turn);
        } else {
            reference_typed(turn);
        }
        break;
    default:
        break;
    }
}

void
bill_back(struct turn *turn)
{
    struct flow *flow = turn->flow;
    switch (flow->place) {
    case PLACE_BILL_YEAR:
    case PLACE_PAY_CHECK:
        turn_go(turn, PLACE_BILL_NOP);
        break;
    case PLACE_BILL:
        if (flow->bill->nop[0] != '\0') {
            turn_go(turn, PLACE_BILL_YEAR);
        } else {
            visit_go_home(turn);
        }
        break;
    default: // of a payment that was looked for: to its reference; else to the bill
        turn_go(turn, flow->bill->code[0] != '\0' ? PLACE_PAY_CHECK : PLACE_BILL);
        break;
    }
}

/* The bill is paid, or was never there: that is news about the bill. */
static void
code_came(struct turn *turn, const struct bill_answer *answer)
{
    struct flow *flow = turn->flow;
    if (answer->state == BILL_PAID || answer->state == BILL_NOT_FOUND) {
        flow->bill->bill.state = answer->state;
        turn_go(turn, PLACE_BILL);
    } else if (answer->state != BILL_WAITING) {
        payment_trouble(turn, answer->state);
    } else if (payment_begin(flow, answer)) {
        turn_go(turn, PLACE_PAY);
    } else {
        payment_trouble(turn, BILL_REFUSED);
    }
}

/* What is known of a payment is added to what was: its reference stays. */
static void
payment_came(struct turn *turn, const struct bill_answer *answer)
{
    bool paid = answer->state == BILL_PAID;
    if (paid && payment_is_ours(turn->flow, answer)) {
        payment_polled(turn, answer);
    } else {
        turn->flow->bill->pay.minutes = answer->minutes;
        payment_trouble(turn, paid ? BILL_FAILED : answer->state);
    }
}

static void
answered(struct turn *turn, const struct bill_answer *answer)
{
    struct flow *flow = turn->flow;
    switch ((enum ask)flow->waiting.arg) {
    case ASK_BILL:
        flow->bill->bill = *answer;
        turn_go(turn, PLACE_BILL);
        break;
    case ASK_PAY:
        code_came(turn, answer);
        break;
    case ASK_PAID:
        payment_came(turn, answer);
        break;
    case ASK_STATUS:
    case ASK_BOOKING:
    case ASK_PHOTOS:
        break;
    }
}

void
bill_answered(struct turn *turn)
{
    struct flow *flow = turn->flow;
    const struct flow_event *event = turn->event;
    if (event->bill.request != 0 && event->bill.request == flow->bill->poll_request) {
        payment_polled(turn, event->bill.answer);
    } else if (wait_answered(turn, EFFECT_LOOKUP, event->bill.request)) {
        answered(turn, event->bill.answer);
    }
}

void
bill_failed(struct turn *turn)
{
    struct bill_answer answer = {.state = turn->flow->desk_up ? BILL_FAILED : BILL_OFFLINE};
    answered(turn, &answer);
}
