/* To the scenes of the land tax. */
#include <stdio.h>
#include <string.h>

#include "acts.h"

static const struct bill_answer owed = {.state = BILL_OPEN,
                                        .owner = "M*** A*** S*** B***",
                                        .place = "JL. C*** M*** GG. *** NO. *** RT ***",
                                        .due = "2026-09-30",
                                        .amount = 9876543,
                                        .fine = 123457};
static const struct bill_answer code = {
    .state = BILL_WAITING,
    .reference = "7K3F-9QX3",
    .qris =
        "00020101021251440014ID.CO.QRIS.WWW0215ID10200000000010303UBE520493115303360540810000000"
        "5802ID5917PBB SAMARINDA UJI6009SAMARINDA61057511162240113SMD20250001230703K0163044400",
    .amount = 10000000,
    .seconds = 299};

static void
answer(struct stage *stage, const struct bill_answer *with)
{
    int64_t request =
        stage->flow.waiting_for != 0 ? stage->flow.waiting_for : stage->flow.bill->poll_request;
    stage_step(stage, (struct flow_event){.kind = FLOW_BILL_ANSWER, .bill = {request, with}});
}

void
act_bill_nop(struct stage *stage, const struct scene *scene)
{
    stage_press(stage, FLOW_BILL, 0);
    stage_type(stage, scene->text);
    if (scene->b) {
        stage_press(stage, FLOW_NEXT, 0);
    }
    if (scene->a != PROBLEM_NONE) {
        stage->flow.check = (struct check){(enum problem)scene->a, 18, 17, false};
    }
}

/* a: the portal's word on it; b: more than may be paid here. */
void
act_bill(struct stage *stage, const struct scene *scene)
{
    const struct scene nop = {.text = "647202100100100010", .b = 1};
    struct bill_answer bill = owed;
    bill.state = (enum bill_state)scene->a;
    bill.amount += scene->b ? 1 : 0;
    bill.minutes = 10;
    act_bill_nop(stage, &nop);
    stage_press(stage, FLOW_BILL_YEAR, 0);
    answer(stage, &bill);
}

/* a: what came of the code; c: the receipt's print state. */
void
act_pay(struct stage *stage, const struct scene *scene)
{
    const struct scene bill = {.a = BILL_OPEN};
    struct bill_answer what = code;
    act_bill(stage, &bill);
    stage_press(stage, FLOW_PAY, 0);
    if (scene->a == BILL_REFUSED) {
        what.amount++;
    } else if (scene->a == BILL_UNAVAILABLE || scene->a == BILL_LIMITED) {
        what = (struct bill_answer){.state = (enum bill_state)scene->a, .minutes = 10};
    }
    answer(stage, &what);
    if (stage->flow.place != PLACE_PAY || scene->a == BILL_WAITING) {
        return;
    }
    stage_wait(stage, FLOW_PAY_POLL);
    if (scene->a == BILL_UNSURE && scene->b == 0) {
        stage_wait(stage, 320000);
        return;
    }
    if (scene->b == 1) { // the time is over, and nobody has said yet
        stage_wait(stage, 297000);
        return;
    }
    struct bill_answer came = {.state = (enum bill_state)scene->a,
                               .amount = 10000000,
                               .year = 2026,
                               .nop = "64.72.021.001.***-***1.0",
                               .moment = "23-11-2026 09.41"};
    answer(stage, &came);
    if (stage->flow.place == PLACE_PAID && (scene->c & 15) != PRINT_WORKING) {
        stage_step(stage, (struct flow_event){
                              .kind = FLOW_PRINT_STATE,
                              .print = {stage->flow.ticket.request, scene->c & 15, scene->c >> 4}});
    }
}

/* a: what is said of the number that was typed, -1: nothing yet; b: the problem with it. */
void
act_pay_check(struct stage *stage, const struct scene *scene)
{
    stage_press(stage, FLOW_BILL, 0);
    stage_press(stage, FLOW_PAY_CHECK, 0);
    stage_type(stage, scene->text);
    if (scene->a >= 0) {
        stage_press(stage, FLOW_NEXT, 0);
        struct bill_answer came = {.state = (enum bill_state)scene->a, .minutes = 10};
        answer(stage, &came);
    } else if (scene->b != PROBLEM_NONE) {
        stage->flow.check = (struct check){(enum problem)scene->b, 8, 7, false};
    }
}

void
act_pay_cancel(struct stage *stage, const struct scene *scene)
{
    const struct scene pay = {.a = BILL_WAITING};
    (void)scene;
    act_pay(stage, &pay);
    stage_press(stage, FLOW_CANCEL, 0);
}
