#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "help.h"

/* Faults put under SQLite where it calls the system: these come before the C library's. */
static int fail_writes, fail_syncs;

ssize_t pwrite64(int fd, const void *bytes, size_t len, off64_t at);

ssize_t
pwrite64(int fd, const void *bytes, size_t len, off64_t at)
{
    if (fail_writes) {
        errno = fail_writes;
        return -1;
    }
    return syscall(SYS_pwrite64, fd, bytes, len, at);
}

int
fdatasync(int fd)
{
    if (fail_syncs) {
        errno = fail_syncs;
        fail_syncs = 0;
        return -1;
    }
    return (int)syscall(SYS_fdatasync, fd);
}

static void
a_full_disk_is_waited_out(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store = place_open(&place);
    struct ticket_order order = {.letter = "A", .day = 1, .now = NOW};
    struct ticket ticket;
    int64_t seq;
    assert_int_equal(put_number(store, 1, NULL, NULL, &seq), STORE_OK);
    fail_writes = ENOSPC;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(put_number(store, 2, &order, &ticket, &seq), STORE_FULL);
        assert_int_equal(seq, 0);
        assert_int_equal(ticket_issue(store, &order, &ticket), STORE_FULL);
        assert_int_equal(ticket.id, 0);
    }
    assert_false(store_is_broken(store));
    fail_writes = 0;
    assert_int_equal(put_number(store, 2, &order, &ticket, &seq), STORE_OK);
    assert_int_equal(seq, 2);
    assert_int_equal(ticket.number, 1);
    assert_int_equal(check_all(store), STORE_OK);
    store_close(store);
    place_remove(&place);
}

static void
a_failed_commit_is_never_tried_again(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store = place_open(&place);
    int64_t seq;
    assert_int_equal(put_number(store, 1, NULL, NULL, &seq), STORE_OK);
    fail_syncs = EIO;
    assert_int_equal(put_number(store, 2, NULL, NULL, &seq), STORE_BROKEN);
    assert_int_equal(seq, 0);
    assert_true(store_is_broken(store));
    // The disk is well again, but the store does not say so until it was opened anew.
    assert_int_equal(put_number(store, 2, NULL, NULL, &seq), STORE_BROKEN);
    assert_int_equal(put_number(store, 3, NULL, NULL, &seq), STORE_BROKEN);
    struct outbox_counts counts;
    outbox_counts(store, &counts);
    assert_int_equal(counts.waiting, 1);
    store_close(store);
    store = place_open(&place);
    assert_non_null(store);
    assert_int_equal(check_all(store), STORE_OK);
    outbox_counts(store, &counts);
    enum store_result again = put_number(store, 2, NULL, NULL, &seq);
    assert_true(again == (counts.last_seq == 2 ? STORE_TAKEN : STORE_OK));
    assert_int_equal(seq, 2);
    store_close(store);
    place_remove(&place);
}

static void
a_folder_that_cannot_be_written_is_no_damage(void **state)
{
    (void)state;
    enum store_result why = STORE_OK;
    assert_null(store_open("/proc/nonexistent/anjungan/store.db", toy_hash, &why));
    assert_int_equal(why, STORE_FULL);
}

static void
a_second_process_is_refused(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store = place_open(&place);
    enum store_result why;
    assert_null(store_open(place.path, toy_hash, &why));
    assert_int_equal(why, STORE_TAKEN);
    int64_t from, to;
    assert_int_equal(store_salvage(place.path, toy_hash, NOW, 1, &from, &to), -1);
    // Not even one that knows nothing of our lock file.
    sqlite3 *other;
    assert_int_equal(sqlite3_open(place.path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "SELECT * FROM outbox", NULL, NULL, NULL), SQLITE_BUSY);
    sqlite3_close(other);
    store_close(store);
    store = place_open(&place);
    assert_non_null(store);
    store_close(store);
    place_remove(&place);
}

/* Puts until it is killed; each acknowledged number goes into the pipe. */
static void
put_for_ever(const struct place *place, int pipe)
{
    struct store *store = place_open(place);
    struct outbox_counts counts;
    outbox_counts(store, &counts);
    for (int64_t n = counts.last_seq + 1;; n++) {
        int64_t seq;
        struct ticket_order order = {.letter = "A", .day = 1, .now = NOW};
        struct ticket ticket;
        if (put_number(store, (int)n, &order, &ticket, &seq) != STORE_OK || seq != n) {
            _exit(1);
        }
        if (write(pipe, &seq, sizeof seq) != sizeof seq) {
            _exit(2);
        }
        if (n % 5 == 0) {
            outbox_delivered(store, n - 2, NOW);
        }
        if (n % 11 == 0) {
            store_idle(store);
        }
    }
}

/* The child is killed at a random moment; returns the last number it acknowledged. */
static int64_t
killed(const struct place *place, useconds_t after)
{
    int pipes[2];
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    if (child == 0) {
        close(pipes[0]);
        put_for_ever(place, pipes[1]);
    }
    close(pipes[1]);
    usleep(after);
    kill(child, SIGKILL);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    int64_t seq, last = 0;
    while (read(pipes[0], &seq, sizeof seq) == sizeof seq) {
        last = seq;
    }
    close(pipes[0]);
    return last;
}

static void
what_was_acknowledged_survives_a_kill(void **state)
{
    (void)state;
    struct place place = place_make();
    unsigned seed = 7;
    int64_t last = 0;
    for (int round = 0; round < 25; round++) {
        int64_t said = killed(&place, 2000 + (useconds_t)(rand_r(&seed) % 40000));
        last = said > last ? said : last;
        struct store *store = place_open(&place);
        assert_non_null(store);
        assert_int_equal(check_all(store), STORE_OK);
        struct outbox_counts counts;
        outbox_counts(store, &counts);
        assert_true(counts.last_seq >= last);
        for (int64_t n = 1; n <= last; n++) {
            struct outbox_item item;
            assert_int_equal(outbox_get(store, n, &item), STORE_OK);
        }
        last = counts.last_seq;
        store_close(store);
    }
    printf("# seed 7: %lld acknowledged in 25 lives, none lost\n", (long long)last);
    assert_true(last > 25);
    place_remove(&place);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_disk_is_waited_out),
        cmocka_unit_test(a_failed_commit_is_never_tried_again),
        cmocka_unit_test(a_folder_that_cannot_be_written_is_no_damage),
        cmocka_unit_test(a_second_process_is_refused),
        cmocka_unit_test(what_was_acknowledged_survives_a_kill),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
