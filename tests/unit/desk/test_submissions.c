/* A form is saved, or it is said that it is not: the commit comes before the answer, and a
 * disk that is full, read-only or broken closes the intake until it is well again. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stand.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/id.h"
#include "clock.h"

enum { TRY_AGAIN = 5100 };

static struct stand stand;
static const char *source;

/* --- the disk under SQLite: these come before the C library's ----------------------- */

static atomic_int fail_writes, fail_syncs, hold_syncs, syncs, writes;
static atomic_bool careless;

ssize_t pwrite64(int fd, const void *bytes, size_t len, off64_t at);

ssize_t
pwrite64(int fd, const void *bytes, size_t len, off64_t at)
{
    atomic_fetch_add(&writes, 1);
    if (atomic_load(&fail_writes) != 0) {
        errno = atomic_load(&fail_writes);
        return -1;
    }
    return syscall(SYS_pwrite64, fd, bytes, len, at);
}

int
fdatasync(int fd)
{
    while (atomic_load(&hold_syncs) != 0) {
        usleep(1000);
    }
    atomic_fetch_add(&syncs, 1);
    int fault = atomic_exchange(&fail_syncs, 0);
    if (fault != 0) {
        errno = fault;
        return -1;
    }
    return (int)syscall(SYS_fdatasync, fd);
}

/* The control of the promise: the same store with synchronous = NORMAL. */
int
sqlite3_exec(sqlite3 *db, const char *sql, int (*row)(void *, int, char **, char **), void *context,
             char **message)
{
    static int (*exec)(sqlite3 *, const char *, int (*)(void *, int, char **, char **), void *,
                       char **);
    if (exec == NULL) {
        void *found = dlsym(RTLD_NEXT, "sqlite3_exec");
        memcpy(&exec, &found, sizeof exec);
    }
    int code = exec(db, sql, row, context, message);
    if (code == SQLITE_OK && atomic_load(&careless)) {
        code = exec(db, "PRAGMA synchronous = NORMAL", NULL, NULL, NULL);
    }
    return code;
}

/* --- help ------------------------------------------------------------------------- */

static int
set_up(void **state)
{
    (void)state;
    stand_make(&stand, source, &(struct stand_world){0});
    stand_open(&stand);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    atomic_store(&fail_writes, 0);
    atomic_store(&hold_syncs, 0);
    atomic_store(&careless, false);
    stand_close(&stand);
    return 0;
}

/* Time passes; a question wakes the loop, so that the test need not wait for it. */
static void
pass(int ms)
{
    struct face_help help = {.request = ++stand.request, .screen = "home"};
    atomic_fetch_add(&monotonic_shift_ms, ms);
    for (int i = 0; i < 2; i++) { // the first turn may have begun before
        stand_say(&stand, &face_help_type, &help);
        assert_non_null(stand_hear(&stand, &desk_help_answer_type, 5000));
    }
}

static int64_t
file_size(const char *name)
{
    char path[128];
    struct stat facts;
    snprintf(path, sizeof path, "%s/state/%s", stand.folder, name);
    return stat(path, &facts) == 0 ? (int64_t)facts.st_size : -1;
}

/* A number out of the store, which no desk holds now. */
static int64_t
ask_store(const char *sql)
{
    char path[128];
    sqlite3 *db;
    sqlite3_stmt *row;
    snprintf(path, sizeof path, "%s/state/store.db", stand.folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(row, 0);
    sqlite3_finalize(row);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_close(db);
    return value;
}

/* --- promises ----------------------------------------------------------------------- */

/* Is an answer given while the disk has not yet said that it has the bytes? */
static bool
promises_too_early(int n)
{
    atomic_store(&hold_syncs, 1);
    stand_send_submission(&stand, ++stand.request, n);
    bool early = stand_hear(&stand, &desk_submit_answer_type, 250) != NULL;
    int before = atomic_load(&syncs);
    atomic_store(&hold_syncs, 0);
    if (!early) {
        const struct desk_submit_answer *answer =
            stand_hear(&stand, &desk_submit_answer_type, 5000);
        assert_non_null(answer);
        assert_int_equal(answer->result, SUBMIT_SAVED);
        assert_true(atomic_load(&syncs) > before);
    }
    return early;
}

/* What goes with a form is looked at: a pass that is none cannot stand on a slip. */
static void
a_pass_is_one_or_none(void **state)
{
    (void)state;
    static const struct {
        const char *photos;
        int result;
    } rows[] = {{"", SUBMIT_SAVED},
                {"00112233445566778899aabbccddeeff", SUBMIT_SAVED},
                {"00112233445566778899aabbccddeef", SUBMIT_REFUSED},
                {"00112233445566778899AABBCCDDEEFF", SUBMIT_REFUSED},
                {"../00112233445566778899aabbccdde", SUBMIT_REFUSED}};
    uint8_t envelope[700] = {1};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char id[37], code[CODE_TEXT];
        snprintf(id, sizeof id, "01930000-0000-7000-8000-%012zu", i + 1);
        code_make(code);
        struct face_submit submit = {.request = ++stand.request,
                                     .id = id,
                                     .code = code,
                                     .photos = rows[i].photos,
                                     .service = "aduan",
                                     .language = "id",
                                     .envelope = {envelope, sizeof envelope}};
        stand_say(&stand, &face_submit_type, &submit);
        const struct desk_submit_answer *answer =
            stand_hear(&stand, &desk_submit_answer_type, 10000);
        assert_non_null(answer);
        assert_int_equal(answer->result, rows[i].result);
    }
}

static void
the_commit_comes_before_the_answer(void **state)
{
    (void)state;
    assert_int_equal(stand_submit(&stand, 1).seq, 1);
    assert_false(promises_too_early(2));
    // The same for a number, which is shown large when there is no paper.
    struct face_ticket_request ask = {.request = ++stand.request, .id = stand_wish(), .queue = "A"};
    atomic_store(&hold_syncs, 1);
    stand_say(&stand, &face_ticket_request_type, &ask);
    assert_null(stand_hear(&stand, &desk_ticket_answer_type, 250));
    atomic_store(&hold_syncs, 0);
    assert_non_null(stand_hear(&stand, &desk_ticket_answer_type, 5000));
}

static void
control_a_careless_store_is_caught(void **state)
{
    (void)state;
    atomic_store(&careless, true);
    stand_restart(&stand);
    stand_await_intake(&stand, INTAKE_OPEN, 5000);
    assert_int_equal(stand_submit(&stand, 1).seq, 1);
    assert_true(promises_too_early(2));
}

static void
the_same_form_again_is_the_same_row(void **state)
{
    (void)state;
    assert_int_equal(stand_submit(&stand, 1).seq, 1);
    assert_int_equal(stand_submit(&stand, 2).seq, 2);
    struct desk_submit_answer answer = stand_submit(&stand, 1);
    assert_int_equal(answer.result, SUBMIT_SAVED);
    assert_int_equal(answer.seq, 1);
    stand_restart(&stand);
    stand_await_intake(&stand, INTAKE_OPEN, 5000);
    answer = stand_submit(&stand, 2);
    assert_int_equal(answer.result, SUBMIT_SAVED);
    assert_int_equal(answer.seq, 2);
    assert_int_equal(stand_submit(&stand, 3).seq, 3);
    assert_int_equal(stand_status(&stand).outbox, 3);
}

static void
what_makes_no_sense_is_refused(void **state)
{
    (void)state;
    static const uint8_t sealed[100] = {1};
    static const struct face_submit rows[] = {
        {.id = "not-an-id", .code = "7K3F-9QXM", .service = "aduan"},
        {.id = "01930000-0000-7000-8000-000000000001", .code = "7K3F-9QXA", .service = "aduan"},
        {.id = "01930000-0000-7000-8000-000000000001", .code = "7K3F-9QXM", .service = "nothing"},
        {.id = "01930000-0000-7000-8000-000000000001", .code = "7K3F-9QXM", .service = "aduan"},
        {.id = "01930000-0000-7000-8000-000000000001",
         .code = "7K3F-9QXM",
         .replaces = "01930000-0000-7000-8000-000000000001", // itself
         .service = "aduan"},
        {.id = "01930000-0000-7000-8000-000000000001",
         .code = "7K3F-9QXM",
         .replaces = "the one before",
         .service = "aduan"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct face_submit submit = rows[i];
        submit.request = ++stand.request;
        submit.language = "id";
        submit.envelope = (struct wire_bytes){sealed, i == 3 ? 10 : sizeof sealed}; // 3: no seal
        stand_say(&stand, &face_submit_type, &submit);
        const struct desk_submit_answer *answer =
            stand_hear(&stand, &desk_submit_answer_type, 3000);
        assert_non_null(answer);
        assert_int_equal(answer->result, SUBMIT_REFUSED);
    }
    // Other bytes under an id that is held: never overwritten, never a second row.
    assert_int_equal(stand_submit(&stand, 1).seq, 1);
    struct face_submit other = {.request = ++stand.request,
                                .id = "01930000-0000-7000-8000-000000000001",
                                .code = "7K3F-9QXM",
                                .service = "aduan",
                                .language = "id",
                                .envelope = {sealed, sizeof sealed}};
    stand_say(&stand, &face_submit_type, &other);
    const struct desk_submit_answer *answer = stand_hear(&stand, &desk_submit_answer_type, 3000);
    assert_non_null(answer);
    assert_int_equal(answer->result, SUBMIT_REFUSED);
    assert_int_equal(stand_status(&stand).outbox, 1);
}

/* --- disks --------------------------------------------------------------------------- */

static void
wait_out(int error)
{
    char number[16];
    atomic_fetch_add(&monotonic_shift_ms, 61000);
    assert_int_equal(stand_submit(&stand, 1).seq, 1);
    atomic_store(&fail_writes, error);
    struct desk_submit_answer answer = stand_submit(&stand, 2);
    assert_int_equal(answer.result, SUBMIT_FULL);
    assert_int_equal(answer.seq, 0);
    stand_await_intake(&stand, INTAKE_FULL, 3000);
    assert_int_equal(stand_submit(&stand, 3).result, SUBMIT_FULL);
    assert_int_equal(stand_ticket(&stand, "A", false, number).result, TICKET_FAILED);
    pass(TRY_AGAIN); // it looks, and there is no room yet
    assert_int_equal(stand_status(&stand).intake, INTAKE_FULL);
    assert_int_equal(stand_submit(&stand, 3).result, SUBMIT_FULL);
    atomic_store(&fail_writes, 0);
    pass(TRY_AGAIN);
    stand_await_intake(&stand, INTAKE_OPEN, 3000);
    assert_int_equal(stand_submit(&stand, 2).seq, 2); // gapless
    assert_int_equal(stand_ticket(&stand, "A", false, number).result, TICKET_ISSUED);
    assert_string_equal(number, "A-001");
    assert_int_equal(stand_status(&stand).outbox, 2);
}

static void
a_full_disk_closes_the_intake_until_there_is_room(void **state)
{
    (void)state;
    wait_out(ENOSPC);
}

static void
a_read_only_disk_too(void **state)
{
    (void)state;
    wait_out(EROFS);
}

static void
a_used_up_quota_too(void **state)
{
    (void)state;
    wait_out(EDQUOT);
}

static void
eio_on_a_commit_is_never_tried_again(void **state)
{
    (void)state;
    assert_int_equal(stand_submit(&stand, 1).seq, 1);
    atomic_store(&fail_syncs, EIO);
    struct desk_submit_answer answer = stand_submit(&stand, 2);
    assert_int_equal(answer.result, SUBMIT_BROKEN);
    assert_int_equal(answer.seq, 0);
    int before = atomic_load(&writes);
    stand_await_intake(&stand, INTAKE_BROKEN, 3000);
    // The disk is well again, but nothing is written before the file was opened anew.
    assert_int_equal(stand_submit(&stand, 2).result, SUBMIT_BROKEN);
    assert_int_equal(stand_submit(&stand, 3).result, SUBMIT_BROKEN);
    assert_int_equal(atomic_load(&writes), before);
    pass(TRY_AGAIN);
    stand_await_intake(&stand, INTAKE_OPEN, 3000);
    // Whether the row was there or not, it is there once.
    answer = stand_submit(&stand, 2);
    assert_int_equal(answer.result, SUBMIT_SAVED);
    assert_int_equal(answer.seq, 2);
    assert_int_equal(stand_submit(&stand, 3).seq, 3);
    assert_int_equal(stand_status(&stand).outbox, 3);
}

/* A full disk and then a broken one: it still opens when both are over. */
static void
eio_while_waiting_for_room(void **state)
{
    (void)state;
    assert_int_equal(stand_submit(&stand, 1).seq, 1);
    atomic_store(&fail_writes, ENOSPC);
    assert_int_equal(stand_submit(&stand, 2).result, SUBMIT_FULL);
    stand_await_intake(&stand, INTAKE_FULL, 3000);
    atomic_store(&fail_writes, EIO);
    pass(TRY_AGAIN);
    stand_await_intake(&stand, INTAKE_BROKEN, 3000);
    atomic_store(&fail_writes, 0);
    pass(TRY_AGAIN);
    stand_await_intake(&stand, INTAKE_OPEN, 3000);
    assert_int_equal(stand_submit(&stand, 2).seq, 2);
}

/* The catalogue was away at the start, as during an update: nobody has to restart the desk. */
static void
what_was_missing_is_found_later(void **state)
{
    (void)state;
    char from[128], to[128];
    snprintf(from, sizeof from, "%s/data/catalogue", stand.folder);
    snprintf(to, sizeof to, "%s/data/away", stand.folder);
    assert_int_equal(rename(from, to), 0);
    stand_restart(&stand);
    stand_await_intake(&stand, INTAKE_OPEN, 3000); // the counter's numbers are given
    assert_int_equal(stand_submit(&stand, 1).result, SUBMIT_BROKEN);
    pass(60100);
    assert_int_equal(stand_submit(&stand, 1).result, SUBMIT_BROKEN);
    assert_int_equal(rename(to, from), 0);
    atomic_fetch_add(&monotonic_shift_ms, 60100);
    struct face_help help = {.request = ++stand.request, .screen = "home"};
    stand_say(&stand, &face_help_type, &help); // wakes the loop
    stand_greet(&stand);
    stand_await_intake(&stand, INTAKE_OPEN, 3000);
    assert_int_equal(stand_submit(&stand, 1).result, SUBMIT_SAVED);
}

/* An identity that cannot be used is looked at again and again, and no visit is cut off for it. */
static void
a_damaged_identity_disturbs_nobody(void **state)
{
    (void)state;
    char path[128];
    snprintf(path, sizeof path, "%s/state/identity.pem", stand.folder);
    assert_true(files_replace(path, "torn", 4, 0600));
    for (int i = 1; i <= 3; i++) {
        pass(60100);
        assert_int_equal(stand_submit(&stand, i).result, SUBMIT_SAVED);
    }
}

/* --- what stays behind ------------------------------------------------------------------ */

static void
the_log_is_emptied_soon(void **state)
{
    (void)state;
    assert_int_equal(stand_submit(&stand, 1).seq, 1);
    assert_true(file_size("store.db-wal") > 0);
    pass(100);
    pass(2100);
    assert_int_equal(file_size("store.db-wal"), 0);
}

static void
help_is_one_line_however_often_pressed(void **state)
{
    (void)state;
    for (int i = 0; i < 50; i++) {
        struct face_help help = {.request = ++stand.request, .screen = "question"};
        stand_say(&stand, &face_help_type, &help);
        const struct desk_help_answer *answer = stand_hear(&stand, &desk_help_answer_type, 3000);
        assert_non_null(answer);
        assert_false(answer->told);
    }
    pass(10100);
    stand_stop(&stand);
    assert_int_equal(ask_store("SELECT count(*) FROM journal WHERE what LIKE 'help%'"), 2);
    assert_true(stand_start(&stand));
}

static void
keep_row(void *context, const struct wire_type *type, const void *message)
{
    int32_t *states = context;
    const struct ctl_outbox_row *row = message;
    assert_ptr_equal(type, &ctl_outbox_row_type);
    assert_true(row->seq >= 1 && row->seq <= 3);
    states[row->seq] = row->state;
}

/* A body is damaged while the desk is away: the others are kept, the gap is seen. */
static void
a_damaged_store_is_carried_over(void **state)
{
    (void)state;
    char path[128];
    int32_t states[4] = {-1, -1, -1, -1};
    for (int i = 1; i <= 3; i++) {
        assert_int_equal(stand_submit(&stand, i).seq, i);
    }
    stand_stop(&stand);
    sqlite3 *db;
    snprintf(path, sizeof path, "%s/state/store.db", stand.folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "UPDATE payload SET envelope = zeroblob(700) WHERE seq = 2;",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    int on = 1;
    sqlite3_file_control(db, NULL, SQLITE_FCNTL_PERSIST_WAL, &on);
    sqlite3_close(db);
    stand_open(&stand);
    assert_int_equal(stand_submit(&stand, 3).seq, 3);
    assert_int_equal(stand_submit(&stand, 4).seq, 4); // 2 is never given again
    struct ctl_outbox_ask page = {.limit = 3};
    assert_true(stand_ctl(&stand, &ctl_outbox_ask_type, &page, keep_row, states).ok);
    assert_int_equal(states[1], CTL_WAITING);
    assert_int_equal(states[2], CTL_LOST);
    assert_int_equal(states[3], CTL_WAITING);
}

int
main(int argc, char **argv)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(a_pass_is_one_or_none),
        CASE(the_commit_comes_before_the_answer),
        CASE(control_a_careless_store_is_caught),
        CASE(the_same_form_again_is_the_same_row),
        CASE(what_makes_no_sense_is_refused),
        CASE(a_full_disk_closes_the_intake_until_there_is_room),
        CASE(a_read_only_disk_too),
        CASE(a_used_up_quota_too),
        CASE(eio_on_a_commit_is_never_tried_again),
        CASE(eio_while_waiting_for_room),
        CASE(what_was_missing_is_found_later),
        CASE(a_damaged_identity_disturbs_nobody),
        CASE(the_log_is_emptied_soon),
        CASE(help_is_one_line_however_often_pressed),
        CASE(a_damaged_store_is_carried_over),
    };
    source = argc > 1 ? argv[1] : ".";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
