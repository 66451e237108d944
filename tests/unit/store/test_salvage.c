/* Salvages that are stopped half-way, and numbers that lie: no ticket number is given twice, no
 * submission is dropped unsaid. */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "help.h"
#include "store/tallies.h"

enum { ROWS = 60, TODAY = 20000, PAGE = 4096, BIG = 65 * 1024 * 1024 };

/* A stop at a rename: this one and all after it fail, as if the power had gone. */
static int renames_left = -1;

int
rename(const char *from, const char *to)
{
    if (renames_left == 0) {
        errno = EIO;
        return -1;
    }
    renames_left -= renames_left > 0;
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

static int
give_number(struct store *store)
{
    struct ticket_order order = {.letter = "A", .day = TODAY, .now = NOW};
    struct ticket ticket;
    assert_int_equal(ticket_issue(store, &order, &ticket), STORE_OK);
    return ticket.number;
}

static char *
name_of(const struct place *place, const char *suffix)
{
    static char name[96];
    snprintf(name, sizeof name, "%s%s", place->path, suffix);
    return name;
}

static int64_t
salvage(const struct place *place)
{
    int64_t from, to;
    return store_salvage(place->path, toy_hash, NOW, TODAY, &from, &to);
}

/* As the desk does: damaged is salvaged, what cannot be opened otherwise is tried again. */
static struct store *
opened(const struct place *place)
{
    enum store_result why;
    struct store *store = store_open(place->path, toy_hash, &why);
    if (store == NULL && why == STORE_BROKEN && salvage(place) >= 0) {
        store = store_open(place->path, toy_hash, &why);
    }
    return store;
}

/* What was lost is known by the witness alone: it is kept until the fresh files are in place. */
static void
a_salvage_that_stops_forgets_no_number(void **state)
{
    (void)state;
    for (int stop = 0; stop < 8; stop++) {
        struct place place = place_make();
        struct store *store = place_open(&place);
        for (int n = 1; n <= ROWS; n++) {
            assert_int_equal(give_number(store), n);
        }
        store_close(store);
        assert_int_equal(truncate(place.path, 0), 0);
        renames_left = stop;
        salvage(&place);
        renames_left = -1;
        store = opened(&place);
        assert_non_null(store);
        assert_true(give_number(store) > ROWS);
        store_close(store);
        place_remove(&place);
    }
}

static void
change(const struct place *place, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(place->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

/* A bit of a number turned over: whole rows are neither dropped for it nor counted for ever. */
static void
a_damaged_number_leads_nobody_astray(void **state)
{
    (void)state;
    static const char *const damages[] = {
        "UPDATE chain SET last = 70368744177664 WHERE name = 'outbox'",
        "UPDATE chain SET last = 3 WHERE name = 'outbox'",
        "UPDATE chain SET first = 40 WHERE name = 'outbox'",
        "UPDATE chain SET first = 70368744177664 WHERE name = 'outbox'",
        "UPDATE chain SET first = -5 WHERE name = 'outbox'",
        "PRAGMA foreign_keys = OFF; UPDATE outbox SET seq = 70368744177664 WHERE seq = 60",
        "UPDATE ticket SET id = 70368744177664 WHERE id = 60",
    };
    static const char witness[] = "anjungan-store seq 0000070368744177664"
                                  " ticket 0000070368744177664\n";
    int cases = sizeof damages / sizeof *damages;
    for (int i = 0; i <= cases; i++) {
        struct place place = place_make();
        struct store *store = place_open(&place);
        int64_t seq;
        for (int n = 1; n <= ROWS; n++) {
            assert_int_equal(put_number(store, n, NULL, NULL, &seq), STORE_OK);
            assert_int_equal(give_number(store), n);
        }
        store_idle(store);
        store_close(store);
        if (i < cases) {
            change(&place, damages[i]);
        } else {
            int fd = open(name_of(&place, ".lock"), O_WRONLY);
            assert_int_equal(write(fd, witness, sizeof witness - 1), sizeof witness - 1);
            close(fd);
        }
        int64_t saved = salvage(&place);
        store = place_open(&place);
        assert_non_null(store);
        assert_int_equal(check_all(store), STORE_OK);
        bool row = i < cases && strstr(damages[i], "UPDATE outbox") != NULL; // one is truly gone
        struct outbox_counts counts;
        outbox_counts(store, &counts);
        if (saved != ROWS - row || counts.last_seq != ROWS) {
            fail_msg("case %d: %lld kept, the last is %lld", i, (long long)saved,
                     (long long)counts.last_seq);
        }
        assert_true(give_number(store) > ROWS);
        store_close(store);
        place_remove(&place);
    }
}

static off_t
root_page(const struct place *place, const char *table)
{
    sqlite3 *db;
    sqlite3_stmt *row;
    int on = 1;
    assert_int_equal(sqlite3_open(place->path, &db), SQLITE_OK);
    sqlite3_file_control(db, NULL, SQLITE_FCNTL_PERSIST_WAL, &on);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT rootpage FROM sqlite_schema WHERE name = ?", -1, &row, NULL),
        SQLITE_OK);
    sqlite3_bind_text(row, 1, table, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    off_t page = sqlite3_column_int(row, 0);
    sqlite3_finalize(row);
    sqlite3_close(db);
    return page;
}

static void
scribble_page(const struct place *place, off_t page)
{
    static char noise[PAGE];
    memset(noise, 0xee, sizeof noise);
    int fd = open(place->path, O_WRONLY);
    assert_int_equal(pwrite(fd, noise, PAGE, (page - 1) * PAGE), PAGE);
    close(fd);
}

static char counted[200];

static void
note_count(void *context, const char *name, int64_t count)
{
    (void)context;
    size_t len = strlen(counted);
    snprintf(counted + len, sizeof counted - len, "%s=%lld ", name, (long long)count);
}

/* The portal replaces a day's numbers by what it is told last. */
static void
the_numbers_of_the_day_go_on(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store = place_open(&place);
    int32_t day = 0;
    int64_t changes;
    assert_int_equal(tally_add(store, TODAY, "visit/done=7 skm/sku/u2/4=3"), STORE_OK);
    assert_int_equal(tally_told(store, TODAY, 1), STORE_OK);
    store_close(store);
    assert_int_equal(salvage(&place), 0);
    store = place_open(&place);
    assert_int_equal(tally_add(store, TODAY, "visit/done"), STORE_OK);
    assert_int_equal(tally_untold(store, &day, &changes), STORE_OK);
    counted[0] = '\0';
    assert_int_equal(tally_each(store, day, note_count, NULL), STORE_OK);
    assert_string_equal(counted, "skm/sku/u2/4=3 visit/done=8 ");
    assert_int_equal(check_all(store), STORE_OK);
    store_close(store);
    place_remove(&place);
}

/* Of a store too big to be read in one go each table is looked at, but for the bodies, which
 * are read row by row. */
static void
no_table_of_a_big_store_is_passed_over(void **state)
{
    (void)state;
    static const char *const tables[] = {"chain",   "outbox", "payload",   "ticket",
                                         "journal", "tally",  "tally_day", "settings"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct place place = place_make();
        struct store *store = place_open(&place);
        int64_t seq;
        assert_int_equal(put_number(store, 1, NULL, NULL, &seq), STORE_OK);
        assert_int_equal(tally_add(store, TODAY, "visit/done"), STORE_OK);
        store_idle(store);
        store_close(store);
        off_t page = root_page(&place, tables[i]);
        store = place_open(&place);
        assert_non_null(store);
        scribble_page(&place, page);
        // The log counts too; what lies behind its last frame is nothing.
        assert_int_equal(truncate(name_of(&place, "-wal"), BIG), 0);
        store_idle(store);
        assert_int_equal(truncate(name_of(&place, "-wal"), BIG), 0);
        if (check_all(store) != STORE_BROKEN) {
            fail_msg("damage of %s was not found", tables[i]);
        }
        store_close(store);
        place_remove(&place);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_salvage_that_stops_forgets_no_number),
        cmocka_unit_test(a_damaged_number_leads_nobody_astray),
        cmocka_unit_test(the_numbers_of_the_day_go_on),
        cmocka_unit_test(no_table_of_a_big_store_is_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
