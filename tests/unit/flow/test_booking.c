/* A place taken at home: exchanged once, by whichever way it comes, and a way on when not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "office.h"

static void
ask(struct office *office, const char *typed)
{
    office_reach(office, PLACE_BOOKING_CODE);
    office_type(office, typed);
    office_press(office, FLOW_NEXT, 0);
}

static void
scan_booking(struct office *office, const char *code)
{
    office_step(office, (struct flow_event){.kind = FLOW_SCAN, .arg = SCAN_BOOKING, .text = code});
}

/* The number is asked for under the booking's own id. */
static void
expect_its_number(struct office *office)
{
    assert_int_equal(office->effects[EFFECT_TICKET], 1);
    assert_int_equal(office->arg[EFFECT_TICKET], 0);
    assert_true(office->flow.booked);
    assert_string_equal(office->flow.queue->letter, "B");
    assert_string_equal(office->flow.ticket_service->id, "ktp");
    assert_string_equal(office->flow.booking->answer.id, office_booked.id);
    office_ticket(office, TICKET_ISSUED, "B-001");
    assert_int_equal(office->flow.place, PLACE_TICKET);
    assert_string_equal(office->flow.ticket.number, "B-001");
}

static void
a_code_is_looked_at_before_it_is_asked_about(void **state)
{
    struct office *office = *state;
    static const struct {
        const char *typed;
        enum problem problem;
    } rows[] = {{"", PROBLEM_REQUIRED},
                {"7K3", PROBLEM_TOO_SHORT},
                {"7K3F9QXM", PROBLEM_CHOICE},
                {"7k3f-9qx3", PROBLEM_NONE}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        office_press(office, FLOW_HOME, 0);
        ask(office, rows[i].typed);
        assert_int_equal(office->flow.check.problem, rows[i].problem);
        assert_int_equal(office->effects[EFFECT_LOOKUP], rows[i].problem == PROBLEM_NONE);
    }
    assert_int_equal(office->arg[EFFECT_LOOKUP], ASK_BOOKING);
    assert_string_equal(office->flow.booking->code, "7K3F-9QX3");
}

static void
what_is_due_becomes_a_number(void **state)
{
    struct office *office = *state;
    ask(office, "7K3F9QX3");
    office_booking(office, BOOKING_DUE);
    expect_its_number(office);
    office_print(office, office->request[EFFECT_TICKET], PRINT_DONE);
    office_press(office, FLOW_DONE, 0);
    assert_int_equal(office->arg[EFFECT_VISIT_END], VISIT_DONE);
    assert_false(office->flow.booked);
    assert_true(office_is_clean(office));
}

static void
its_qr_does_the_same_from_home_and_from_the_counters(void **state)
{
    struct office *office = *state;
    static const enum place from[] = {PLACE_HOME, PLACE_QUEUES, PLACE_BOOKING_CODE};
    for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
        office_reach(office, from[i]);
        scan_booking(office, "no code");
        assert_int_equal(office->flow.place, from[i]);
        scan_booking(office, "7K3F-9QX3");
        office_wait(office, FLOW_WAIT_SHOWN); // the portal takes its time
        assert_int_equal(office->flow.place, PLACE_WORKING);
        office_booking(office, BOOKING_DUE);
        expect_its_number(office);
        office_close(office);
        office_open(office);
    }
    office_reach(office, PLACE_STATUS_CODE); // there only a request is asked about
    scan_booking(office, "7K3F-9QX3");
    assert_int_equal(office->flow.place, PLACE_STATUS_CODE);
    assert_int_equal(office->effects[EFFECT_LOOKUP], 0);
}

static void
what_is_not_due_has_a_way_on(void **state)
{
    struct office *office = *state;
    for (int word = BOOKING_EARLY; word <= BOOKING_FAILED; word++) {
        ask(office, "7K3F9QX3");
        office_booking(office, (enum booking_state)word);
        assert_int_equal(office->flow.place, PLACE_BOOKING);
        assert_int_equal(office->effects[EFFECT_TICKET], 0);
        office_press(office, FLOW_PLAIN, 0);
        assert_int_equal(office->effects[EFFECT_TICKET], word == BOOKING_LATE);
        if (word != BOOKING_LATE) {
            office_press(office, FLOW_QUEUES, 0);
            assert_int_equal(office->flow.place, PLACE_QUEUES);
            office_press(office, FLOW_QUEUE, 0);
        }
        assert_false(office->flow.booked); // an ordinary one
        assert_string_equal(office->flow.queue->letter, word == BOOKING_LATE ? "B" : "A");
        office_close(office);
        office_open(office);
    }
}

static void
without_a_line_nothing_is_typed_first(void **state)
{
    struct office *office = *state;
    office_step(office,
                (struct flow_event){.kind = FLOW_DESK_STATUS, .desk = {INTAKE_OPEN, true, false}});
    office_press(office, FLOW_QUEUES, 0);
    office_press(office, FLOW_BOOKING, 0);
    assert_int_equal(office->flow.place, PLACE_BOOKING);
    assert_int_equal(office->flow.booking->answer.state, BOOKING_OFFLINE);
    office_press(office, FLOW_BACK, 0);
    assert_int_equal(office->flow.place, PLACE_QUEUES);
}

/* The answer is lost: the same code is asked about again, and nothing was taken meanwhile. */
static void
what_had_no_answer_is_asked_again(void **state)
{
    struct office *office = *state;
    ask(office, "7K3F9QX3");
    office_wait(office, FLOW_WAIT_SHOWN + OFFICE_PATIENCE);
    assert_int_equal(office->flow.place, PLACE_BOOKING);
    assert_int_equal(office->flow.booking->answer.state, BOOKING_FAILED);
    office_booking(office, BOOKING_DUE); // too late: the page is not changed under the reader
    assert_int_equal(office->effects[EFFECT_TICKET], 0);
    office_press(office, FLOW_BOOKING, 0);
    assert_int_equal(office->effects[EFFECT_LOOKUP], 2);
    assert_string_equal(office->flow.booking->code, "7K3F-9QX3");
    office_booking(office, BOOKING_DUE);
    expect_its_number(office);
}

/* The desk goes while the number is asked for: asked again, under the same id. */
static void
a_desk_that_comes_back_is_asked_for_the_same(void **state)
{
    struct office *office = *state;
    ask(office, "7K3F9QX3");
    office_booking(office, BOOKING_DUE);
    office_desk(office, FLOW_DESK_DOWN);
    assert_int_equal(office->flow.place, PLACE_WORKING);
    office_desk(office, FLOW_DESK_UP);
    office_status(office, INTAKE_OPEN);
    assert_int_equal(office->effects[EFFECT_TICKET], 2);
    assert_true(office->flow.booked);
    assert_string_equal(office->flow.booking->answer.id, office_booked.id);
    office_ticket(office, TICKET_CLOSED, "");
    assert_int_equal(office->flow.place, PLACE_SORRY);
    office_press(office, FLOW_BACK, 0);
    assert_int_equal(office->flow.place, PLACE_BOOKING_CODE);
}

static void
a_counter_that_is_not_known_is_a_failure(void **state)
{
    struct office *office = *state;
    struct booking_answer answer = office_booked;
    strcpy(answer.letter, "Z");
    ask(office, "7K3F9QX3");
    office_step(office, (struct flow_event){.kind = FLOW_BOOKING_ANSWER,
                                            .booking = {office->flow.waiting_for, &answer}});
    assert_int_equal(office->flow.booking->answer.state, BOOKING_FAILED);
    assert_int_equal(office->flow.place, PLACE_BOOKING);
    assert_int_equal(office->effects[EFFECT_TICKET], 0);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, office_set_up, office_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_code_is_looked_at_before_it_is_asked_about),
        TEST(what_is_due_becomes_a_number),
        TEST(its_qr_does_the_same_from_home_and_from_the_counters),
        TEST(what_is_not_due_has_a_way_on),
        TEST(without_a_line_nothing_is_typed_first),
        TEST(what_had_no_answer_is_asked_again),
        TEST(a_desk_that_comes_back_is_asked_for_the_same),
        TEST(a_counter_that_is_not_known_is_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
