#include <sqlite3.h>

#include "help.h"
#include "store/calls.h"
#include "store/sql.h"

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

static int
waiting_now(int32_t day)
{
    struct ticket_counts counts;
    assert_int_equal(ticket_counts(store, day, NULL, &counts), STORE_OK);
    return counts.waiting;
}

/* A row goes away without the store's knowledge: only who reads the table sees it. */
static void
take_away(int64_t id)
{
    char sql[64];
    snprintf(sql, sizeof sql, "DELETE FROM ticket WHERE id = %d", (int)id);
    assert_int_equal(sqlite3_exec(store->db, sql, NULL, NULL, NULL), SQLITE_OK);
}

/* Asked at every turn of the desk's loop: the rows are read only when they may differ. */
static void
tickets_are_counted_once(void **state)
{
    (void)state;
    struct ticket_order order = {.letter = "B", .day = 0, .now = NOW, .service = "ktp"};
    struct submission form = {.id = "01930000-0000-7000-8000-000000000001",
                              .code = "7K3F-9QXM",
                              .service = "ktp",
                              .language = "id",
                              .envelope = (const uint8_t *)"sealed",
                              .len = 6};
    struct ticket ticket;
    int64_t seq;
    for (int i = 0; i < 9; i++) {
        issue("A", 0, 0); // the day that a dead clock begins with
    }
    assert_int_equal(waiting_now(0), 9);
    assert_int_equal(waiting_now(1), 0);
    assert_int_equal(waiting_now(0), 9);
    take_away(1);
    take_away(2);
    assert_int_equal(waiting_now(0), 9); // not read
    issue("A", 0, 0);
    assert_int_equal(waiting_now(0), 8); // read: two went, one came
    take_away(3);
    take_away(4);
    assert_int_equal(outbox_put(store, &form, NOW, &order, &ticket, &seq), STORE_OK);
    assert_int_equal(waiting_now(0), 7);
    take_away(5);
    assert_int_equal(ticket_set_print(store, 6, TICKET_PRINTED), STORE_OK);
    assert_int_equal(waiting_now(0), 6);
    take_away(7);
    assert_int_equal(ticket_forget(store, 0), STORE_OK);
    assert_int_equal(waiting_now(0), 5);
    store_close(store);
    store = place_open(&place);
    assert_int_equal(waiting_now(0), 5);
}

/* The tables of before there were bookings and calls. */
static const char of_version_2[] =
    "DROP TABLE call;"
    "ALTER TABLE ticket RENAME TO newer;"
    "CREATE TABLE ticket("
    "  id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, day INTEGER NOT NULL,"
    "  letter TEXT NOT NULL CHECK(length(letter) BETWEEN 1 AND 3),"
    "  number INTEGER NOT NULL CHECK(number > 0), issued_at INTEGER NOT NULL,"
    "  service TEXT NOT NULL, print INTEGER NOT NULL DEFAULT 0 CHECK(print BETWEEN 0 AND 2),"
    "  life INTEGER NOT NULL DEFAULT 0 CHECK(life BETWEEN 0 AND 3),"
    "  priority INTEGER NOT NULL CHECK(priority IN (0, 1)),"
    "  submission INTEGER REFERENCES outbox(seq) ON DELETE SET NULL,"
    "  copies INTEGER NOT NULL DEFAULT 0, revision INTEGER NOT NULL DEFAULT 1,"
    "  mirrored INTEGER NOT NULL DEFAULT 0, UNIQUE(day, letter, number)) STRICT;"
    "INSERT INTO ticket SELECT id, uuid, day, letter, number, issued_at, service, print, life,"
    "  priority, submission, copies, revision, mirrored FROM newer;"
    "DROP TABLE newer;"
    "CREATE UNIQUE INDEX ticket_submission ON ticket(submission) WHERE submission NOTNULL;"
    "CREATE INDEX ticket_unmirrored ON ticket(id) WHERE mirrored < revision;"
    "PRAGMA user_version = 2";

static void
an_older_store_learns_of_bookings_and_calls(void **state)
{
    (void)state;
    struct ticket ticket;
    struct sqlite3 *db;
    assert_int_equal(issue("A", 7, 0), 1);
    store_close(store);
    assert_int_equal(sqlite3_open(place.path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, of_version_2, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL); // its log stays, as on a disk
    sqlite3_close(db);
    store = place_open(&place);
    assert_non_null(store);
    assert_int_equal(ticket_get(store, 1, &ticket), STORE_OK);
    assert_int_equal(ticket.number, 1);
    assert_string_equal(ticket.booking, "");
    struct ticket_order order = {
        .letter = "A", .day = 7, .now = NOW, .service = "", .booking = "10.00"};
    assert_int_equal(ticket_issue(store, &order, &ticket), STORE_OK);
    assert_int_equal(ticket_get(store, 2, &ticket), STORE_OK);
    assert_string_equal(ticket.booking, "10.00");
    assert_int_equal(call_ticket(store, 1, 2, false, NOW, &ticket), STORE_OK);
    assert_int_equal(check_all(store), STORE_OK);
    order.booking = "ten o'clock";
    assert_int_equal(ticket_issue(store, &order, &ticket), STORE_TAKEN);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_series_counts_by_itself_each_day, set_up, tear_down),
        cmocka_unit_test_setup_teardown(paper_and_its_absence_are_known, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_change_in_flight_is_mirrored_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(old_days_go_once_the_portal_has_them, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tickets_are_counted_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_older_store_learns_of_bookings_and_calls, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_newest_number_may_be_of_an_old_day, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
