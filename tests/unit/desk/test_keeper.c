/* Damage that only a read meets is damage all the same: the intake closes, what is whole is
 * carried over, and the intake opens again. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/clock.h"
#include "base/settings.h"
#include "desk/parts.h"
#include "seal/seal.h"

enum { PAGE = 4096, ROWS = 40, LATER = 60000 };

static char folder[] = "/tmp/anjungan-keeper-XXXXXX";
static struct settings settings = {.kiosk = {.state_dir = folder}};
static struct desk desk = {.settings = &settings};

static void
open_intake(void)
{
    for (int i = 0; i < 1000 && desk.intake != INTAKE_OPEN; i++) {
        keeper_step(&desk, clock_monotonic() + LATER);
    }
    assert_int_equal(desk.intake, INTAKE_OPEN);
}

static void
fill(void)
{
    static const uint8_t body[2000] = {1};
    for (int n = 1; n <= ROWS; n++) {
        char id[37];
        int64_t seq;
        snprintf(id, sizeof id, "01930000-0000-7000-8000-%012d", n);
        struct submission submission = {id, "7K3F-9QXM", "sku", "id", body, sizeof body};
        assert_int_equal(outbox_put(desk.store, &submission, n, NULL, NULL, &seq), STORE_OK);
    }
    assert_int_equal(store_idle(desk.store), STORE_OK); // in the file, and nothing held in memory
}

/* The last half of the file: bodies. */
static void
scribble(void)
{
    char path[64], noise[PAGE];
    struct stat facts;
    snprintf(path, sizeof path, "%s/store.db", folder);
    memset(noise, 0xee, sizeof noise);
    int fd = open(path, O_WRONLY);
    assert_int_equal(fstat(fd, &facts), 0);
    for (off_t at = facts.st_size / PAGE / 2 * PAGE; at < facts.st_size; at += PAGE) {
        assert_int_equal(pwrite(fd, noise, PAGE, at), PAGE);
    }
    close(fd);
}

static void
a_read_that_meets_damage_closes_the_intake(void **state)
{
    (void)state;
    struct outbox_item item;
    enum store_result result = STORE_OK;
    assert_true(keeper_open(&desk));
    open_intake();
    fill();
    scribble();
    for (int64_t after = 0; result == STORE_OK; after = item.seq) {
        result = outbox_next(desk.store, after, &item);
    }
    assert_true(store_is_broken(desk.store));
    keeper_step(&desk, clock_monotonic());
    assert_int_not_equal(desk.intake, INTAKE_OPEN);
    open_intake();
    struct outbox_counts counts;
    outbox_counts(desk.store, &counts);
    assert_int_equal(counts.last_seq, ROWS);
    assert_true(counts.lost > 0);
    assert_int_equal(counts.waiting + counts.lost, ROWS);
    store_close(desk.store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_read_that_meets_damage_closes_the_intake),
    };
    assert_true(seal_init());
    assert_non_null(mkdtemp(folder));
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) == 0 ? failed : 1;
}
