#include "flow/bill.h"

#include <string.h>

#include "base/text.h"
#include "flow/turn.h"

bool
payment_begin(struct flow *flow, const struct bill_answer *answer)
{
    struct flow_bill *bill = flow->bill;
    int64_t amount = bill->bill.amount + bill->bill.fine;
    if (answer->amount != amount || amount > flow->terms.cap || answer->seconds <= 0 ||
        answer->reference[0] == '\0' ||
        qris_check(answer->qris, amount, flow->terms.nmid) != QRIS_GOOD) {
        return false;
    }
    bill->pay = *answer;
    bill->code[0] = '\0';
    int seconds = answer->seconds < PAY_LONGEST ? answer->seconds : PAY_LONGEST;
    bill->until = flow->now + 1000LL * seconds;
    bill->poll_at = flow->now + FLOW_PAY_POLL;
    bill->poll_request = 0;
    bill->broke = false;
    return true;
}

void
payment_trouble(struct turn *turn, enum bill_state why)
{
    turn->flow->bill->pay.state = why;
    turn_go(turn, PLACE_PAY_TROUBLE);
    turn_sound(turn, SOUND_ATTENTION);
}

static void
print_receipt(struct turn *turn, bool copy)
{
    struct flow *flow = turn->flow;
    flow->ticket =
        (struct flow_ticket){.request = ++flow->request, .minutes = -1, .print = PRINT_WORKING};
    flow->asked = flow->now;
    flow->bill->slips++;
    turn_effect(turn, EFFECT_PAY_SLIP, flow->ticket.request, copy);
}

/* Paper is not for playing; the first one may be in somebody's hand. */
void
payment_reprint(struct turn *turn)
{
    const struct flow *flow = turn->flow;
    if (!flow->desk_up || flow->ticket.print == PRINT_WORKING ||
        flow->bill->slips >= PAY_SLIPS_MOST) {
        turn_sound(turn, SOUND_ERROR);
    } else {
        print_receipt(turn, true);
    }
}

/* Of a payment that was looked for by its number a receipt was printed before. The word may answer
 * a question about a code that was left: what was asked since has nothing to wait for. */
void
payment_done(struct turn *turn)
{
    struct flow *flow = turn->flow;
    flow->waiting_for = 0;
    print_receipt(turn, flow->bill->code[0] != '\0');
    turn_go(turn, PLACE_PAID);
    turn_sound(turn, SOUND_DONE);
}

/* A number that is masked, in which every digit that shows is the right one. */
static bool
may_be_nop(const char *masked, const char *nop)
{
    size_t at = 0;
    for (; *masked != '\0'; masked++) {
        bool digit = *masked >= '0' && *masked <= '9';
        if (strchr(".- ", *masked) != NULL) {
            continue;
        }
        if (at == NOP_DIGITS || (digit && *masked != nop[at])) {
            return false;
        }
        at++;
    }
    return at == 0 || at == NOP_DIGITS;
}

/* "Paid" is believed of what was shown here: that parcel, that year, all of it. */
bool
payment_is_ours(const struct flow *flow, const struct bill_answer *answer)
{
    const struct flow_bill *bill = flow->bill;
    return bill->code[0] != '\0' || // it was looked for by its number, whatever it is
           (answer->amount == bill->pay.amount &&
            (answer->year == 0 || answer->year == bill->year) &&
            may_be_nop(answer->nop, bill->nop));
}

static void
keep_paid(struct bill_answer *pay, const struct bill_answer *answer)
{
    pay->state = BILL_PAID;
    pay->amount = answer->amount;
    pay->year = answer->year;
    text_copy(pay->nop, sizeof pay->nop, answer->nop);
    text_copy(pay->moment, sizeof pay->moment, answer->moment);
}

/* The place may have been left for "nobody knows" meanwhile: "paid" is still worth hearing. */
void
payment_polled(struct turn *turn, const struct bill_answer *answer)
{
    struct flow *flow = turn->flow;
    struct flow_bill *bill = flow->bill;
    bill->poll_request = 0;
    bill->poll_at = flow->now + FLOW_PAY_POLL;
    bill->broke = answer->state != BILL_WAITING;
    if (answer->state == BILL_PAID && payment_is_ours(flow, answer)) {
        keep_paid(&bill->pay, answer);
        payment_done(turn);
    } else if (answer->state == BILL_EXPIRED && flow->place == PLACE_PAY) {
        payment_trouble(turn, BILL_EXPIRED);
    }
}

int64_t
payment_due(const struct flow *flow)
{
    const struct flow_bill *bill = flow->bill;
    int64_t next =
        bill->poll_request == 0 ? bill->poll_at : bill->polled + flow->times.working_patience;
    int64_t end = bill->until + FLOW_PAY_GRACE;
    return next < end ? next : end;
}

void
payment_tick(struct turn *turn)
{
    struct flow *flow = turn->flow;
    struct flow_bill *bill = flow->bill;
    if (flow->now >= bill->until + FLOW_PAY_GRACE) {
        payment_trouble(turn, BILL_UNSURE);
        return;
    }
    bill->broke = bill->broke || bill->poll_request != 0 || !flow->desk_up;
    bill->poll_at = flow->now + FLOW_PAY_POLL;
    bill->poll_request = 0;
    if (flow->desk_up) {
        bill->poll_request = ++flow->request;
        bill->polled = flow->now;
        turn_effect(turn, EFFECT_LOOKUP, bill->poll_request, ASK_PAID);
    }
}
