/* What the keeper does without being asked. Damage that only a read meets is damage all the same:
 * the intake closes, what is whole is carried over, and the intake opens again. What was delivered
 * is forgotten within 30 days (P6). */
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
#include "store/tallies.h"

enum { PAGE = 4096, ROWS = 40, LATER = 60000 };

static char folder[] = "/tmp/anjungan-keeper-XXXXXX";
static struct settings settings = {.kiosk = {.state_dir = folder}};
static struct desk desk;

static int
begin(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/anjungan-keeper-XXXXXX");
    desk = (struct desk){.settings = &settings};
    return mkdtemp(folder) == NULL;
}

static int
end(void **state)
{
    (void)state;
    char command[64];
    store_close(desk.store);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

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
}

/* --- P6 ------------------------------------------------------------------------------------- */

static const int64_t day_ms = 86400000, hour = 3600000;

/* One delivered so many days ago and an hour, with its number and what was counted then; the
 * portal has them all. */
static void
deliver(int days)
{
    static const uint8_t body[] = "sealed";
    int64_t then = clock_wall() - days * day_ms - hour, seq, changes;
    int32_t day = desk_day(&desk) - days, asked = 0;
    char id[37];
    snprintf(id, sizeof id, "01930000-0000-7000-8000-%012d", 100 + days);
    struct submission submission = {id, "7K3F-9QXM", "sku", "id", body, sizeof body, NULL};
    struct ticket_order order = {.letter = "A", .day = day, .now = then, .service = "sku"};
    struct ticket ticket;
    assert_int_equal(outbox_put(desk.store, &submission, then, &order, &ticket, &seq), STORE_OK);
    assert_int_equal(outbox_delivered(desk.store, seq, then), STORE_OK);
    assert_int_equal(ticket_get(desk.store, ticket.id, &ticket), STORE_OK);
    assert_int_equal(ticket_mirrored(desk.store, &ticket, 1), STORE_OK);
    assert_int_equal(tally_add(desk.store, day, "visit/done"), STORE_OK);
    assert_int_equal(tally_untold(desk.store, &asked, &changes), STORE_OK);
    assert_int_equal(tally_told(desk.store, day, changes), STORE_OK);
}

static void
count_row(void *context, const char *name, int64_t count)
{
    (void)name;
    *(int64_t *)context += count;
}

/* How many of those that were delivered are still known: by request, number and count. */
static void
expect_known(int known)
{
    struct outbox_item item;
    struct ticket ticket;
    int64_t counted = 0;
    int items = 0, tickets = 0;
    for (int64_t seq = 0; outbox_list(desk.store, seq, &item) == STORE_OK; seq = item.seq) {
        items += item.state == OUTBOX_DELIVERED;
    }
    for (int64_t id = 1; id < 10; id++) {
        tickets += ticket_get(desk.store, id, &ticket) == STORE_OK;
    }
    for (int32_t day = desk_day(&desk) - 40; day <= desk_day(&desk); day++) {
        assert_int_equal(tally_each(desk.store, day, count_row, &counted), STORE_OK);
    }
    assert_int_equal(items, known);
    assert_int_equal(tickets, known);
    assert_int_equal(counted, known);
}

static void
hear_the_portal(int64_t off)
{
    desk.portal_clock = clock_wall() + off;
    desk.portal_heard = clock_monotonic();
    desk.forgot_day = 0;
    keeper_step(&desk, clock_monotonic());
}

static void
what_was_delivered_is_forgotten_within_30_days(void **state)
{
    (void)state;
    assert_true(keeper_open(&desk));
    open_intake();
    static const int ages[] = {35, 30, 28, 0};
    for (size_t i = 0; i < sizeof ages / sizeof *ages; i++) {
        deliver(ages[i]);
    }
    expect_known(4);
    keeper_step(&desk, clock_monotonic()); // whether the clock is right, nobody has said
    expect_known(4);
    hear_the_portal(400 * day_ms); // it is not
    expect_known(4);
    desk.online = false; // it is, and the line has gone since
    hear_the_portal(0);
    expect_known(2);
    keeper_step(&desk, clock_monotonic());
    expect_known(2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_delivered_is_forgotten_within_30_days, begin, end),
        cmocka_unit_test_setup_teardown(a_read_that_meets_damage_closes_the_intake, begin, end),
    };
    assert_true(seal_init());
    return cmocka_run_group_tests(tests, NULL, NULL);
}
