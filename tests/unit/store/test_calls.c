/* What counters do with numbers: each has one owner at a time, whatever two officers press. */
#include "help.h"
#include "store/calls.h"

enum { DAY = 7, MINUTE = 60000 };

static struct store *store;
static struct place place;
static struct ticket t;

static int
set_up(void **state)
{
    (void)state;
    place = place_make();
    store = place_open(&place);
    for (int i = 0; i < 6; i++) {
        struct ticket_order order = {.letter = i < 4 ? "A" : "B",
                                     .day = DAY,
                                     .now = NOW + i,
                                     .service = "",
                                     .priority = i == 3};
        assert_int_equal(ticket_issue(store, &order, &t), STORE_OK);
    }
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    assert_int_equal(check_all(store), STORE_OK);
    store_close(store);
    place_remove(&place);
    return 0;
}

static int
waiting(void)
{
    struct ticket list[10];
    return call_waiting(store, DAY, list, 10);
}

static void
a_number_has_one_counter(void **state)
{
    (void)state;
    assert_int_equal(call_ticket(store, 1, 1, false, NOW, &t), STORE_OK);
    assert_int_equal(t.life, TICKET_CALLED);
    assert_int_equal(t.counter, 1);
    assert_int_equal(call_ticket(store, 1, 2, false, NOW, &t), STORE_TAKEN);
    assert_int_equal(call_end(store, 1, 2, TICKET_SERVED, NOW, &t), STORE_TAKEN);
    assert_int_equal(call_transfer(store, 1, 2, 3, &t), STORE_TAKEN);
    assert_int_equal(call_again(store, 1, 2, 3, NOW, &t), STORE_TAKEN);
    assert_int_equal(ticket_get(store, 1, &t), STORE_OK);
    assert_int_equal(t.counter, 1);
    assert_int_equal(t.calls, 1);
    assert_int_equal(waiting(), 5);
    assert_int_equal(call_end(store, 1, 1, TICKET_SERVED, NOW + 1, &t), STORE_OK);
    assert_int_equal(call_end(store, 1, 1, TICKET_SERVED, NOW + 1, &t), STORE_TAKEN);
    assert_int_equal(call_ticket(store, 1, 1, false, NOW, &t), STORE_TAKEN); // is served
    assert_int_equal(call_ticket(store, 99, 1, false, NOW, &t), STORE_TAKEN);
}

static void
so_many_calls_and_no_more(void **state)
{
    (void)state;
    call_ticket(store, 2, 1, false, NOW, &t);
    assert_int_equal(call_again(store, 2, 1, 3, NOW + 1, &t), STORE_OK);
    assert_int_equal(call_again(store, 2, 1, 3, NOW + 2, &t), STORE_OK);
    assert_int_equal(t.calls, 3);
    assert_int_equal(call_again(store, 2, 1, 3, NOW + 3, &t), STORE_NONE);
    struct call log[8];
    assert_int_equal(call_log(store, DAY, 0, log, 8), 3);
    assert_false(log[0].again);
    assert_true(log[2].again);
    assert_int_equal(log[2].at, NOW + 2);
    assert_int_equal(call_log(store, DAY, log[1].seq, log, 8), 1);
    assert_int_equal(call_log(store, DAY + 1, 0, log, 8), 0);
}

static void
skipped_and_parked_come_back(void **state)
{
    (void)state;
    static const enum ticket_life lives[] = {TICKET_SKIPPED, TICKET_PARKED};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(call_ticket(store, 1, 1, false, NOW, &t), STORE_OK);
        assert_int_equal(call_end(store, 1, 1, lives[i], NOW + 5, &t), STORE_OK);
        assert_int_equal(waiting(), 5);
    }
    assert_int_equal(call_ticket(store, 1, 2, false, NOW + 9, &t), STORE_OK);
    assert_int_equal(t.calls, 1);
    assert_int_equal(t.ended_at, 0);
    assert_int_equal(call_end(store, 1, 2, TICKET_ABSENT, NOW + 9, &t), STORE_OK);
    assert_int_equal(call_ticket(store, 1, 2, false, NOW + 9, &t), STORE_TAKEN);
}

static void
a_transfer_keeps_number_and_place(void **state)
{
    (void)state;
    struct ticket list[10];
    call_ticket(store, 1, 1, false, NOW, &t);
    assert_int_equal(call_transfer(store, 1, 1, 2, &t), STORE_OK);
    assert_int_equal(t.aim, 2);
    assert_int_equal(t.life, TICKET_WAITING);
    assert_int_equal(call_waiting(store, DAY, list, 10), 6);
    assert_int_equal(list[0].id, 1);
    assert_int_equal(list[0].issued_at, NOW);
    assert_int_equal(call_ticket(store, 1, 2, false, NOW, &t), STORE_OK);
    assert_int_equal(t.aim, 0);
}

static void
void_numbers_are_never_called(void **state)
{
    (void)state;
    enum store_result why;
    call_ticket(store, 2, 1, false, NOW, &t);
    assert_int_equal(call_void(store, DAY, "A", 1, 3, &why), 2); // A-002 is at a counter
    assert_int_equal(call_void(store, DAY, "A", 1, 3, &why), 0);
    assert_int_equal(call_ticket(store, 1, 1, false, NOW, &t), STORE_TAKEN);
    assert_int_equal(waiting(), 3);
    struct ticket_counts counts;
    ticket_counts(store, DAY, NULL, &counts);
    assert_int_equal(counts.issued, 4);
    assert_int_equal(counts.unprinted, 4);
}

static void
others_are_counted_since_who_went_first(void **state)
{
    (void)state;
    assert_int_equal(call_others(store, DAY, 500), 500);
    call_ticket(store, 1, 1, false, NOW, &t);
    assert_int_equal(call_others(store, DAY, 500), 500);
    call_ticket(store, 4, 2, true, NOW, &t);
    assert_int_equal(call_others(store, DAY, 500), 0);
    call_ticket(store, 2, 1, false, NOW, &t);
    call_again(store, 2, 1, 3, NOW, &t); // is no other one
    assert_int_equal(call_others(store, DAY, 500), 1);
    assert_int_equal(call_others(store, DAY + 1, 500), 500);
}

static void
every_change_is_told_once_and_in_order(void **state)
{
    (void)state;
    struct ticket list[10];
    assert_int_equal(ticket_changed(store, DAY, 0, list, 10), 6);
    int64_t last = list[5].change;
    assert_int_equal(ticket_changed(store, DAY, last, list, 10), 0);
    call_ticket(store, 3, 1, false, NOW, &t);
    ticket_set_print(store, 1, TICKET_PRINTED);
    ticket_copied(store, 5);
    assert_int_equal(ticket_changed(store, DAY, last, list, 10), 3);
    assert_int_equal(list[0].id, 3);
    assert_int_equal(list[1].id, 1);
    assert_int_equal(list[2].id, 5);
    assert_int_equal(ticket_changed(store, DAY, last, list, 2), 2);
    assert_int_equal(ticket_changed(store, DAY, list[1].change, list, 9), 1);
    // The portal's confirmation is no change of a ticket.
    last = list[0].change;
    int count = ticket_unmirrored(store, list, 10);
    assert_int_equal(ticket_mirrored(store, list, count), STORE_OK);
    assert_int_equal(ticket_changed(store, DAY, last, list, 10), 0);
}

static void
minutes_of_the_last_services(void **state)
{
    (void)state;
    int minutes[4];
    for (int i = 1; i <= 5; i++) {
        call_ticket(store, i, 1, false, NOW + i * 100 * MINUTE, &t);
        call_end(store, i, 1, i == 2 ? TICKET_ABSENT : TICKET_SERVED,
                 NOW + i * 100 * MINUTE + (i == 1 ? 0 : i * MINUTE - 1), &t);
    }
    assert_int_equal(call_minutes(store, DAY, minutes, 4), 4);
    assert_int_equal(minutes[0], 1);
    assert_int_equal(minutes[1], 3);
    assert_int_equal(minutes[3], 5);
    assert_int_equal(call_minutes(store, DAY, minutes, 2), 2);
    assert_int_equal(minutes[0], 4);
}

static void
calls_are_forgotten_with_their_tickets(void **state)
{
    (void)state;
    struct ticket list[10];
    struct call log[4];
    call_ticket(store, 1, 1, false, NOW, &t);
    int count = ticket_unmirrored(store, list, 10);
    assert_int_equal(ticket_mirrored(store, list, count), STORE_OK);
    assert_int_equal(ticket_forget(store, DAY + 1), STORE_OK);
    assert_int_equal(call_log(store, DAY, 0, log, 4), 0);
}

/* A whole day by what became of its numbers: one served, one that did not come, one at a counter,
 * one with paper that waits, two of the other series that nobody is to call. */
static void
a_day_by_what_became_of_it(void **state)
{
    (void)state;
    static const struct {
        const char *letter;
        struct ticket_day day;
    } wanted[] = {
        {"A", {.issued = 4, .served = 1, .waiting = 2, .absent = 1, .unprinted = 1}},
        {"B", {.issued = 2, .voided = 2}},
        {"C", {0}},
        {"", {.issued = 6, .served = 1, .waiting = 2, .absent = 1, .voided = 2, .unprinted = 1}},
    };
    enum store_result why;
    struct ticket_day day;
    call_ticket(store, 1, 1, false, NOW, &t);
    call_end(store, 1, 1, TICKET_SERVED, NOW + 1, &t);
    call_ticket(store, 2, 1, false, NOW + 2, &t);
    call_end(store, 2, 1, TICKET_ABSENT, NOW + 3, &t);
    call_ticket(store, 3, 1, false, NOW + 4, &t);
    assert_int_equal(ticket_set_print(store, 4, TICKET_PRINTED), STORE_OK);
    assert_int_equal(call_void(store, DAY, "B", 1, 9, &why), 2);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        assert_int_equal(ticket_day(store, DAY, wanted[i].letter, &day), STORE_OK);
        assert_memory_equal(&day, &wanted[i].day, sizeof day);
    }
    assert_int_equal(ticket_day(store, DAY + 1, "", &day), STORE_OK);
    assert_int_equal(day.issued, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_number_has_one_counter, set_up, tear_down),
        cmocka_unit_test_setup_teardown(so_many_calls_and_no_more, set_up, tear_down),
        cmocka_unit_test_setup_teardown(skipped_and_parked_come_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_transfer_keeps_number_and_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(void_numbers_are_never_called, set_up, tear_down),
        cmocka_unit_test_setup_teardown(others_are_counted_since_who_went_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_change_is_told_once_and_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(minutes_of_the_last_services, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_day_by_what_became_of_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(calls_are_forgotten_with_their_tickets, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
