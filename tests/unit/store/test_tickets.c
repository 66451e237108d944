#include "help.h"

static struct store *store;
static struct place place;

static int
set_up(void **state)
{
    (void)state;
    place = place_make();
    store = place_open(&place);
    return store ? 0 : -1;
}

static int
tear_down(void **state)
{
    (void)state;
    store_close(store);
    place_remove(&place);
    return 0;
}

static int
issue(const char *letter, int32_t day, int quota)
{
    struct ticket_order order = {
        .letter = letter, .day = day, .now = NOW, .service = "", .quota = quota};
    struct ticket ticket;
    return ticket_issue(store, &order, &ticket) == STORE_OK ? ticket.number : 0;
}

static void
each_series_counts_by_itself_each_day(void **state)
{
    (void)state;
    static const struct {
        const char *letter;
        int32_t day;
        int quota, number;
    } rows[] = {
        {"A", 1, 0, 1}, {"A", 1, 0, 2},    {"B", 1, 0, 1}, {"A", 2, 0, 1},
        {"A", 1, 3, 3}, {"A", 1, 3, 0},    {"A", 1, 4, 4}, {"B", 1, 1, 0},
        {"P", 1, 1, 1}, {"ABCD", 1, 0, 0}, {"A", 2, 0, 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(issue(rows[i].letter, rows[i].day, rows[i].quota), rows[i].number);
    }
    store_close(store);
    store = place_open(&place);
    assert_int_equal(issue("A", 1, 0), 5);
}

static void
paper_and_its_absence_are_known(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        issue("A", 7, 0);
    }
    issue("B", 7, 0);
    assert_int_equal(ticket_set_print(store, 1, TICKET_PRINTED), STORE_OK);
    assert_int_equal(ticket_set_print(store, 3, TICKET_PROBABLY), STORE_OK);
    assert_int_equal(ticket_copied(store, 3), STORE_OK);
    struct ticket list[8];
    assert_int_equal(ticket_unprinted(store, 7, 0, list, 8), 3);
    assert_int_equal(list[0].number, 2);
    assert_int_equal(ticket_unprinted(store, 7, 2, list, 8), 2);
    assert_int_equal(ticket_unprinted(store, 7, 0, list, 1), 1);
    assert_int_equal(ticket_unprinted(store, 8, 0, list, 8), 0);
    struct ticket_counts counts;
    assert_int_equal(ticket_counts(store, 7, "A", &counts), STORE_OK);
    assert_int_equal(counts.waiting, 4);
    assert_int_equal(counts.unprinted, 2);
    assert_int_equal(ticket_counts(store, 7, NULL, &counts), STORE_OK);
    assert_int_equal(counts.issued, 5);
    struct ticket ticket;
    assert_int_equal(ticket_get(store, 3, &ticket), STORE_OK);
    assert_int_equal(ticket.copies, 1);
    assert_int_equal(ticket.print, TICKET_PROBABLY);
    assert_int_equal(ticket_get(store, 99, &ticket), STORE_NONE);
}

static void
a_change_in_flight_is_mirrored_again(void **state)
{
    (void)state;
    issue("A", 7, 0);
    issue("A", 7, 0);
    struct ticket list[8];
    assert_int_equal(ticket_unmirrored(store, list, 8), 2);
    assert_int_equal(ticket_set_print(store, 2, TICKET_PRINTED), STORE_OK); // meanwhile
    assert_int_equal(ticket_mirrored(store, list, 2), STORE_OK);
    assert_int_equal(ticket_unmirrored(store, list, 8), 1);
    assert_int_equal(list[0].id, 2);
    assert_int_equal(ticket_set_print(store, 2, TICKET_PRINTED), STORE_OK); // no change
    assert_int_equal(ticket_mirrored(store, list, 1), STORE_OK);
    assert_int_equal(ticket_unmirrored(store, list, 8), 0);
}

static void
old_days_go_once_the_portal_has_them(void **state)
{
    (void)state;
    issue("A", 7, 0);
    issue("A", 8, 0);
    issue("A", 9, 0);
    struct ticket list[8];
    assert_int_equal(ticket_unmirrored(store, list, 1), 1);
    assert_int_equal(ticket_mirrored(store, list, 1), STORE_OK);
    assert_int_equal(ticket_forget(store, 9), STORE_OK);
    assert_int_equal(ticket_get(store, 1, list), STORE_NONE);
    assert_int_equal(ticket_get(store, 2, list), STORE_OK);
    assert_int_equal(check_all(store), STORE_OK);
}

/* A day that a wrong clock gave goes first: what is left is no damage. */
static void
the_newest_number_may_be_of_an_old_day(void **state)
{
    (void)state;
    issue("A", 9, 0);
    issue("A", 2, 0);
    struct ticket list[8];
    assert_int_equal(ticket_unmirrored(store, list, 8), 2);
    assert_int_equal(ticket_mirrored(store, list, 2), STORE_OK);
    assert_int_equal(ticket_forget(store, 9), STORE_OK);
    store_close(store);
    store = place_open(&place);
    assert_non_null(store);
    assert_int_equal(ticket_get(store, 1, list), STORE_OK);
    assert_int_equal(issue("A", 9, 0), 2);
    assert_int_equal(ticket_get(store, 3, list), STORE_OK); // no number's id is given again
    assert_int_equal(ticket_forget(store, 9), STORE_OK);
    assert_int_equal(ticket_get(store, 2, list), STORE_NONE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_series_counts_by_itself_each_day, set_up, tear_down),
        cmocka_unit_test_setup_teardown(paper_and_its_absence_are_known, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_change_in_flight_is_mirrored_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(old_days_go_once_the_portal_has_them, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_newest_number_may_be_of_an_old_day, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
