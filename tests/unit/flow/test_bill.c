/* The land tax, from a parcel's number to "lunas": what is shown, what is refused, and what is
 * said where nobody knows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "office.h"

static void
a_number_is_looked_at_before_it_is_asked_about(void **state)
{
    struct office *office = *state;
    static const struct {
        const char *typed;
        enum problem problem;
    } rows[] = {{"", PROBLEM_REQUIRED},
                {"64720210010010001", PROBLEM_TOO_SHORT},
                {"007202100100100010", PROBLEM_NIK_PROVINCE},
                {"647200000100100010", PROBLEM_NIK_DISTRICT},
                {"647202100100100000", PROBLEM_NIK_SERIAL},
                {"666666666666666666", PROBLEM_ALL_SAME},
                {"647202100100100010", PROBLEM_NONE}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        office_press(office, FLOW_HOME, 0);
        office_press(office, FLOW_BILL, 0);
        office_type(office, rows[i].typed);
        office_press(office, FLOW_NEXT, 0);
        assert_int_equal(office->flow.check.problem, rows[i].problem);
        assert_int_equal(office->flow.place,
                         rows[i].problem == PROBLEM_NONE ? PLACE_BILL_YEAR : PLACE_BILL_NOP);
    }
    for (int i = 0; i < 6; i++) {
        office_press(office, FLOW_BILL_YEAR, i);
        assert_int_equal(office->flow.bill->year, 2026 - i);
        assert_int_equal(office->arg[EFFECT_LOOKUP], ASK_BILL);
        office_bill(office, &(struct bill_answer){.state = BILL_NOT_FOUND});
        assert_int_equal(office->flow.place, PLACE_BILL);
        office_press(office, FLOW_PAY, 0); // of what is not owed
        assert_int_equal(office->effects[EFFECT_LOOKUP], i + 1);
        office_press(office, FLOW_BACK, 0);
    }
}

static void
what_may_be_paid_here(void **state)
{
    struct office *office = *state;
    static const struct {
        enum bill_state state;
        int64_t amount, fine;
        const char *nmid;
        bool payable;
    } rows[] = {{BILL_OPEN, 120000, 5000, "ID1020000000001", true},
                {BILL_OPEN, 10000000, 0, "ID1020000000001", true},
                {BILL_OPEN, 10000000, 1, "ID1020000000001", false}, // the fine counts too
                {BILL_OPEN, 120000, 0, "", false},
                {BILL_PAID, 120000, 0, "ID1020000000001", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bill_answer bill = {
            .state = rows[i].state, .amount = rows[i].amount, .fine = rows[i].fine};
        office_reach(office, PLACE_BILL_YEAR);
        office->flow.terms.nmid = rows[i].nmid;
        office_press(office, FLOW_BILL_YEAR, 0);
        office_bill(office, &bill);
        assert_int_equal(bill_is_payable(&office->flow), rows[i].payable);
        int before = office->effects[EFFECT_LOOKUP];
        office_press(office, FLOW_PAY, 0);
        assert_int_equal(office->effects[EFFECT_LOOKUP] - before, rows[i].payable);
        office_close(office);
        office_open(office);
    }
}

static void
a_code_is_shown_as_it_came_or_not_at_all(void **state)
{
    struct office *office = *state;
    static const struct {
        const char *name, *from, *to; // in the code's text
        int64_t amount;
        int seconds;
        const char *reference;
    } lies[] = {{"as it came", "", "", 125000, 60, "7K3F-9QX3"},
                {"amount beside it", "", "", 125001, 60, "7K3F-9QX3"},
                {"amount in it", "6125000", "6125001", 125000, 60, "7K3F-9QX3"},
                {"merchant", "0000001", "0000002", 125000, 60, "7K3F-9QX3"},
                {"static", "010212", "010211", 125000, 60, "7K3F-9QX3"},
                {"crc", "63046677", "63046678", 125000, 60, "7K3F-9QX3"},
                {"expired", "", "", 125000, 0, "7K3F-9QX3"},
                {"no reference", "", "", 125000, 60, ""}};
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        struct bill_answer code = office_code;
        char *at = strstr(code.qris, lies[i].from);
        assert_non_null(at);
        memcpy(at, lies[i].to, strlen(lies[i].to));
        code.amount = lies[i].amount;
        code.seconds = lies[i].seconds;
        snprintf(code.reference, sizeof code.reference, "%s", lies[i].reference);
        office_reach(office, PLACE_BILL);
        office_press(office, FLOW_PAY, 0);
        assert_int_equal(office->arg[EFFECT_LOOKUP], ASK_PAY);
        office_bill(office, &code);
        if (office->flow.place != (i == 0 ? PLACE_PAY : PLACE_PAY_TROUBLE)) {
            fail_msg("%s: place %d", lies[i].name, office->flow.place);
        }
        if (i == 0) {
            assert_string_equal(office->flow.bill->pay.qris, office_code.qris);
            assert_int_equal(flow_countdown(&office->flow), 60);
        } else {
            assert_int_equal(office->flow.bill->pay.state, BILL_REFUSED);
            assert_string_equal(office->flow.bill->pay.qris, ""); // nothing of it is kept
        }
        office_close(office);
        office_open(office);
    }
}

static void
paid_is_the_portal_s_word(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_PAY);
    int asked = office->effects[EFFECT_LOOKUP];
    for (int i = 0; i < 5; i++) {
        office_wait(office, FLOW_PAY_POLL);
        assert_int_equal(office->effects[EFFECT_LOOKUP], ++asked);
        assert_int_equal(office->arg[EFFECT_LOOKUP], ASK_PAID);
        office_poll(office, BILL_WAITING);
        assert_int_equal(office->flow.place, PLACE_PAY);
        assert_int_equal(office->flow.cover, COVER_NONE);
    }
    assert_int_equal(flow_countdown(&office->flow), 40);
    office_wait(office, FLOW_PAY_POLL);
    office_press(office, FLOW_COVER, COVER_HELP); // it is seen whatever lies over it
    office_poll(office, BILL_PAID);
    assert_int_equal(office->flow.place, PLACE_PAID);
    assert_int_equal(office->flow.cover, COVER_NONE);
    assert_int_equal(office->effects[EFFECT_PAY_SLIP], 1);
    assert_string_equal(office->flow.bill->pay.reference, "7K3F-9QX3");
    assert_int_equal(office->flow.bill->pay.amount, 125000);
    office_print(office, office->request[EFFECT_PAY_SLIP], PRINT_FAILED);
    assert_int_equal(office->flow.place, PLACE_PAID); // it stays, large
    assert_int_equal(office->flow.ticket.print, PRINT_FAILED);
    office_press(office, FLOW_DONE, 0);
    assert_int_equal(office->arg[EFFECT_VISIT_END], VISIT_DONE);
    assert_true(office_is_clean(office));
}

/* The time of a code is nobody's idle time, and its end is asked about, not guessed. */
static void
a_code_has_all_its_time(void **state)
{
    struct office *office = *state;
    struct bill_answer longer = office_code;
    longer.seconds = 300;
    office_reach(office, PLACE_BILL);
    office_press(office, FLOW_PAY, 0);
    office_bill(office, &longer);
    for (int64_t gone = 0; gone < 300000; gone += FLOW_PAY_POLL) {
        office_wait(office, FLOW_PAY_POLL);
        assert_int_equal(office->flow.place, PLACE_PAY);
        assert_int_equal(office->flow.cover, COVER_NONE);
        office_poll(office, BILL_WAITING);
    }
    assert_int_equal(flow_countdown(&office->flow), 0);
    office_wait(office, FLOW_PAY_POLL);
    office_poll(office, BILL_EXPIRED);
    assert_int_equal(office->flow.place, PLACE_PAY_TROUBLE);
    assert_int_equal(office->flow.bill->pay.state, BILL_EXPIRED);
    office_wait(office, OFFICE_IDLE - 1); // time to read it
    assert_int_equal(office->flow.cover, COVER_NONE);
    office_wait(office, 1);
    assert_int_equal(office->flow.cover, COVER_IDLE);
}

static void
a_portal_cannot_hold_the_kiosk(void **state)
{
    struct office *office = *state;
    struct bill_answer longest = office_code;
    longest.seconds = 1000000;
    office_reach(office, PLACE_BILL);
    office_press(office, FLOW_PAY, 0);
    office_bill(office, &longest);
    assert_int_equal(flow_countdown(&office->flow), PAY_LONGEST);
}

static void
where_the_line_breaks_nobody_knows(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_PAY);
    office_wait(office, FLOW_PAY_POLL);
    office_poll(office, BILL_OFFLINE);
    assert_true(office->flow.bill->broke);
    office_wait(office, FLOW_PAY_POLL);
    office_poll(office, BILL_WAITING);
    assert_false(office->flow.bill->broke);
    office_desk(office, FLOW_DESK_DOWN);
    office_wait(office, 1000LL * office_code.seconds + FLOW_PAY_GRACE - 2 * FLOW_PAY_POLL);
    assert_int_equal(office->flow.place, PLACE_PAY_TROUBLE);
    assert_int_equal(office->flow.bill->pay.state, BILL_UNSURE);
    assert_string_equal(office->flow.bill->pay.reference, "7K3F-9QX3");
    office_desk(office, FLOW_DESK_UP);
    office_press(office, FLOW_PAY_CHECK, 0); // the reference is known: nothing to type
    assert_int_equal(office->arg[EFFECT_LOOKUP], ASK_PAID);
    struct bill_answer paid = {
        .state = BILL_PAID, .amount = 125000, .year = 2026, .moment = "23-11-2026 09.41"};
    office_bill(office, &paid);
    assert_int_equal(office->flow.place, PLACE_PAID);
    assert_int_equal(office->effects[EFFECT_PAY_SLIP], 1);
}

static void
an_earlier_payment_is_found_by_its_number(void **state)
{
    struct office *office = *state;
    static const struct {
        const char *typed;
        enum problem problem;
    } rows[] = {
        {"7K3F", PROBLEM_TOO_SHORT}, {"7K3F9QXM", PROBLEM_CHOICE}, {"7k3f9qx3", PROBLEM_NONE}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        office_press(office, FLOW_HOME, 0);
        office_reach(office, PLACE_PAY_CHECK);
        office_type(office, rows[i].typed);
        office_press(office, FLOW_NEXT, 0);
        assert_int_equal(office->flow.check.problem, rows[i].problem);
    }
    assert_string_equal(office->flow.bill->pay.reference, "7K3F-9QX3");
    office_bill(office, &(struct bill_answer){.state = BILL_WAITING});
    assert_int_equal(office->flow.place, PLACE_PAY_TROUBLE); // not paid is not paid
    assert_int_equal(office->effects[EFFECT_PAY_SLIP], 0);
    office_press(office, FLOW_BACK, 0);
    assert_int_equal(office->flow.place, PLACE_PAY_CHECK);
}

static void
without_a_line_it_says_so_at_once(void **state)
{
    struct office *office = *state;
    office_step(office,
                (struct flow_event){.kind = FLOW_DESK_STATUS, .desk = {INTAKE_OPEN, true, false}});
    office_press(office, FLOW_BILL, 0);
    assert_int_equal(office->flow.place, PLACE_BILL);
    assert_int_equal(office->flow.bill->bill.state, BILL_OFFLINE);
    office_press(office, FLOW_BILL, 0); // try all the same
    assert_int_equal(office->flow.place, PLACE_BILL_NOP);
    office_type(office, "647202100100100010");
    office_press(office, FLOW_NEXT, 0);
    office_press(office, FLOW_BILL_YEAR, 0);
    office_wait(office, OFFICE_PATIENCE);
    assert_int_equal(office->flow.place, PLACE_BILL);
    assert_int_equal(office->flow.bill->bill.state, BILL_FAILED);
}

/* What is paid is another parcel's, another year's or another sum: not what stands here. */
static void
a_payment_of_another_bill_is_none(void **state)
{
    struct office *office = *state;
    static const struct bill_answer others[] = {
        {.amount = 125001, .year = 2026, .nop = "64.72.021.001.***-***1.0"},
        {.amount = 1, .year = 2026, .nop = "64.72.021.001.***-***1.0"},
        {.amount = 125000, .year = 2025, .nop = "64.72.021.001.***-***1.0"},
        {.amount = 125000, .year = 2026, .nop = "64.72.021.002.***-***1.0"},
        {.amount = 125000, .year = 2026, .nop = "64.72.021.001.***-***1.1"},
        {.amount = 125000, .year = 2026, .nop = "***"},
        {.amount = 125000, .year = 2026, .nop = "64.72.021.001.***-***1.0*"},
        {.amount = 125000, .nop = "<b>LUNAS</b>"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct bill_answer answer = others[i];
        answer.state = BILL_PAID;
        strcpy(answer.moment, "23-11-2026 09.41");
        office_reach(office, PLACE_PAY);
        office_wait(office, FLOW_PAY_POLL);
        office_step(office,
                    (struct flow_event){.kind = FLOW_BILL_ANSWER,
                                        .bill = {office->flow.bill->poll_request, &answer}});
        assert_int_equal(office->flow.place, PLACE_PAY);
        assert_true(office->flow.bill->broke);
        assert_int_equal(office->effects[EFFECT_PAY_SLIP], 0);
        office_desk(office, FLOW_DESK_DOWN);
        office_wait(office, 1000LL * office_code.seconds + FLOW_PAY_GRACE - FLOW_PAY_POLL);
        office_desk(office, FLOW_DESK_UP);
        assert_int_equal(office->flow.place, PLACE_PAY_TROUBLE);
        office_press(office, FLOW_PAY_CHECK, 0); // asked by hand it is no other
        office_bill(office, &answer);
        assert_int_equal(office->flow.place, PLACE_PAY_TROUBLE);
        assert_int_equal(office->flow.bill->pay.state, BILL_FAILED);
        assert_int_equal(office->effects[EFFECT_PAY_SLIP], 0);
        office_close(office);
        office_open(office);
    }
}

/* An answer to a question of an earlier visit, or to none, changes nothing. */
static void
a_stranger_s_answer_is_nobody_s(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_PAY);
    struct bill_answer paid = {.state = BILL_PAID, .amount = 125000};
    for (int64_t request = 0; request < 5; request++) {
        office_step(office,
                    (struct flow_event){.kind = FLOW_BILL_ANSWER, .bill = {request, &paid}});
        assert_int_equal(office->flow.place, PLACE_PAY);
    }
}

/* A receipt on paper is one; the others of a visit, and what is looked for later, are copies. */
static void
a_receipt_is_printed_again_as_a_copy(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_PAID);
    assert_int_equal(office->effects[EFFECT_PAY_SLIP], 1);
    assert_int_equal(office->arg[EFFECT_PAY_SLIP], 0);
    office_press(office, FLOW_REPRINT, 0); // the first is still at the printer
    assert_int_equal(office->effects[EFFECT_PAY_SLIP], 1);
    for (int i = 2; i < 6; i++) { // paper is not for playing
        office_print(office, office->request[EFFECT_PAY_SLIP], PRINT_DONE);
        office_press(office, FLOW_REPRINT, 0);
        assert_int_equal(office->effects[EFFECT_PAY_SLIP],
                         i <= PAY_SLIPS_MOST ? i : PAY_SLIPS_MOST);
        assert_int_equal(office->arg[EFFECT_PAY_SLIP], 1);
        assert_int_equal(office->flow.place, PLACE_PAID);
    }
    office_press(office, FLOW_DONE, 0);
    office_reach(office, PLACE_PAY_CHECK);
    office_type(office, "7K3F9QX3");
    office_press(office, FLOW_NEXT, 0);
    struct bill_answer paid = {.state = BILL_PAID,
                               .amount = 125000,
                               .year = 2026,
                               .nop = "64.72.021.001.***-***1.0",
                               .moment = "23-11-2026 09.41"};
    office_bill(office, &paid);
    assert_int_equal(office->flow.place, PLACE_PAID);
    assert_int_equal(office->effects[EFFECT_PAY_SLIP], PAY_SLIPS_MOST + 1);
    assert_int_equal(office->arg[EFFECT_PAY_SLIP], 1);
}

/* Whoever paid on the phone did not touch the screen for minutes: "lunas" is read, and waits for
 * its paper, before anybody is asked whether somebody is there. */
static void
paid_after_minutes_is_read_first(void **state)
{
    struct office *office = *state;
    struct bill_answer longer = office_code;
    longer.seconds = 300;
    office_reach(office, PLACE_BILL);
    office_press(office, FLOW_PAY, 0);
    office_bill(office, &longer);
    for (int64_t gone = 0; gone < 2 * OFFICE_IDLE; gone += FLOW_PAY_POLL) {
        office_wait(office, FLOW_PAY_POLL);
        office_poll(office, BILL_WAITING);
    }
    office_wait(office, FLOW_PAY_POLL);
    office_poll(office, BILL_PAID);
    assert_int_equal(office->flow.place, PLACE_PAID);
    office_wait(office, 5000); // the printer takes its time
    assert_int_equal(office->flow.cover, COVER_NONE);
    office_print(office, office->request[EFFECT_PAY_SLIP], PRINT_FAILED);
    office_wait(office, OFFICE_IDLE - 5001);
    assert_int_equal(office->flow.cover, COVER_NONE);
    office_wait(office, 1);
    assert_int_equal(office->flow.cover, COVER_IDLE);
}

/* The last question about a code is still on its way when another is asked for: "paid" ends that
 * wait, which has nothing left to wait for. */
static void
paid_ends_what_was_asked_meanwhile(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_PAY);
    office_wait(office, 1000LL * office_code.seconds + FLOW_PAY_GRACE - 1000);
    office_wait(office, 1000);
    assert_int_equal(office->flow.place, PLACE_PAY_TROUBLE);
    int64_t poll = office->flow.bill->poll_request;
    assert_int_not_equal(poll, 0);
    office_press(office, FLOW_BACK, 0);
    office_press(office, FLOW_PAY, 0);
    assert_int_equal(office->arg[EFFECT_LOOKUP], ASK_PAY);
    struct bill_answer paid = {.state = BILL_PAID, .amount = 125000, .year = 2026};
    office_step(office, (struct flow_event){.kind = FLOW_BILL_ANSWER, .bill = {poll, &paid}});
    assert_int_equal(office->flow.place, PLACE_PAID);
    office_wait(office, FLOW_WAIT_SHOWN);
    assert_int_equal(office->flow.place, PLACE_PAID);
    office_press(office, FLOW_DONE, 0);
    assert_int_equal(office->arg[EFFECT_VISIT_END], VISIT_DONE);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, office_set_up, office_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_number_is_looked_at_before_it_is_asked_about),
        TEST(what_may_be_paid_here),
        TEST(a_code_is_shown_as_it_came_or_not_at_all),
        TEST(paid_is_the_portal_s_word),
        TEST(a_code_has_all_its_time),
        TEST(a_portal_cannot_hold_the_kiosk),
        TEST(where_the_line_breaks_nobody_knows),
        TEST(an_earlier_payment_is_found_by_its_number),
        TEST(without_a_line_it_says_so_at_once),
        TEST(a_payment_of_another_bill_is_none),
        TEST(a_stranger_s_answer_is_nobody_s),
        TEST(a_receipt_is_printed_again_as_a_copy),
        TEST(paid_after_minutes_is_read_first),
        TEST(paid_ends_what_was_asked_meanwhile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
