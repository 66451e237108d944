/* Promise D1: the line breaks at every byte, both ways; the portal has each
 * submission once, with the same bytes. CUT_STEP=29 is for who cannot wait: every 29th byte,
 * from a start that CUT_SEED or the day chooses.
 * Usage: test_cuts SCRIPTS PROGRAM CATALOGUE [DATABASE]. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "cutter.h"
#include "office.h"

static struct office office;
static struct cutter *cutter;
static struct courier *whole; /* whose road is never cut */
static char **arguments;
static int64_t next_seq = 1;

static int
number_of(const char *name, int fallback)
{
    const char *value = getenv(name);
    return value && atoi(value) > 0 ? atoi(value) : fallback;
}

/* One submission over a road cut there, then over a whole one. True: the first try had
 * reached the portal already, and only its receipt was lost. `renew`: the retry lies about who
 * it is, as a kiosk would that makes a new id; that is the control. */
static bool
send_cut(int64_t up, int64_t down, bool renew)
{
    char id[37], code[10];
    size_t len = 0;
    uint8_t *envelope = office_submission(&office, id, code, &len);
    struct courier_job job = {
        .kind = COURIER_SUBMISSION, .tag = next_seq, .seq = next_seq, .body = envelope, .len = len};
    next_seq++;
    memcpy(job.id, id, sizeof job.id);
    cutter_set(cutter, up, down);
    struct courier_result result = road_try(&office.road, &job, 15);
    assert_int_not_equal(result.outcome, COURIER_REFUSED);
    bool reached = office_holds(&office, id);
    if (result.outcome == COURIER_DELIVERED) {
        assert_true(reached);
    }
    if (renew) {
        free(envelope);
        envelope = office_submission(&office, job.id, code, &job.len);
        job.body = envelope;
    }
    assert_int_equal(road_send(whole, &job, 15).outcome, COURIER_DELIVERED);
    free(envelope);
    return reached && result.outcome != COURIER_DELIVERED;
}

static void
measure(int64_t *up, int64_t *down)
{
    send_cut(-1, -1, false);
    cutter_carried(cutter, up, down);
    assert_true(*up > 1000 && *down > 1000);
}

static void
cut_everywhere(void **state)
{
    (void)state;
    int64_t up = 0, down = 0;
    int step = number_of("CUT_STEP", 1), lost = 0, sent = 1;
    int seed = number_of("CUT_SEED", (int)(clock_wall() / 86400000));
    measure(&up, &down);
    print_message("# %lld bytes up, %lld down, every %d, CUT_SEED=%d\n", (long long)up,
                  (long long)down, step, seed);
    for (int64_t at = seed % step; at < up; at += step, sent++) {
        send_cut(at, -1, false);
    }
    for (int64_t at = seed % step; at < down; at += step, sent++) {
        lost += send_cut(-1, at, false);
    }
    print_message("# %d submissions, %d receipts lost on the way\n", sent, lost);
    assert_true(lost > 0); // else no cut fell where it hurts
    assert_int_equal(office_rows(&office), sent);
}

/* The rig sees what it is there for: a retry under a new id makes two rows. */
static void
control_with_new_ids(void **state)
{
    (void)state;
    int64_t up = 0, down = 0;
    int before = 0, sent = 0, lost = 0;
    measure(&up, &down);
    before = office_rows(&office);
    for (int64_t at = down - 1; at > down - 200; at -= 40, sent++) {
        lost += send_cut(-1, at, true);
    }
    assert_true(lost > 0);
    // At least: the portal may commit a moment after the courier gave up and we looked.
    assert_true(office_rows(&office) >= before + sent + lost);
}

static int
open_all(void **state)
{
    (void)state;
    office_open(&office, arguments);
    office_enrol(&office, "6472021001-1", 1);
    whole = courier_start(&office.road.options);
    assert_non_null(whole);
    cutter = cutter_start(office.port);
    assert_non_null(cutter);
    road_point_at(&office.road, cutter_port(cutter));
    return 0;
}

static int
close_all(void **state)
{
    (void)state;
    courier_stop(whole);
    cutter_stop(cutter);
    office_close(&office);
    return 0;
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cut_everywhere),
        cmocka_unit_test(control_with_new_ids),
    };
    if (argc < 4) {
        fputs("test_cuts SCRIPTS PROGRAM CATALOGUE [DATABASE]\n", stderr);
        return 2;
    }
    arguments = argv + 1;
    return cmocka_run_group_tests(tests, open_all, close_all);
}
