#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "queue/calling.h"

enum { MINUTE = 60000 };

static const struct calling every_second = {.rule = CALLING_EVERY, .every = 2, .late = 15};
static const struct calling strict = {.rule = CALLING_STRICT, .guard = 30, .late = 15};

/* People of a row, told by letters: each waits since his place's minute. */
static int
next(const struct calling *calling, const char *people, int others, int64_t now)
{
    struct waiting list[16];
    size_t count = strlen(people);
    for (size_t i = 0; i < count; i++) {
        list[i] =
            (struct waiting){.since = (int64_t)(i + 1) * MINUTE, .priority = people[i] == 'p'};
    }
    return calling_next(calling, list, count, others, now);
}

static void
the_longest_wait_comes_first(void **state)
{
    (void)state;
    struct waiting list[] = {{.since = 9}, {.since = 4}, {.since = 7}};
    assert_int_equal(calling_next(&every_second, list, 3, 0, 100), 1);
    assert_int_equal(calling_next(&strict, list, 3, 0, 100), 1);
    assert_int_equal(calling_next(&strict, list, 0, 0, 100), -1);
}

static void
after_so_many_others_comes_one_who_goes_first(void **state)
{
    (void)state;
    assert_int_equal(next(&every_second, "oop", 0, 60 * MINUTE), 0);
    assert_int_equal(next(&every_second, "oop", 1, 60 * MINUTE), 0);
    assert_int_equal(next(&every_second, "oop", 2, 60 * MINUTE), 2);
    assert_int_equal(next(&every_second, "oop", CALLING_FRESH, 60 * MINUTE), 2);
    assert_int_equal(next(&every_second, "pp", 0, 60 * MINUTE), 0); // nobody else waits
    assert_int_equal(next(&every_second, "oo", 9, 60 * MINUTE), 0);
}

static void
strictly_first_but_for_who_waits_too_long(void **state)
{
    (void)state;
    assert_int_equal(next(&strict, "op", 0, 31 * MINUTE), 1);     // waits 30 minutes
    assert_int_equal(next(&strict, "op", 0, 31 * MINUTE + 1), 0); // and a little
    assert_int_equal(next(&strict, "op", 1, 31 * MINUTE + 1), 1); // every second call is theirs
    assert_int_equal(next(&strict, "op", CALLING_FRESH, 99 * MINUTE), 1);
}

/* Everybody is called once, whatever the policy, and who waits with the others too. */
static void
nobody_starves(void **state)
{
    (void)state;
    const struct calling *policies[] = {&every_second, &strict};
    for (int p = 0; p < 2; p++) {
        struct waiting list[64];
        size_t count = 0;
        int others = CALLING_FRESH, called_others = 0;
        int64_t now = 0;
        list[count++] = (struct waiting){.since = 0};
        for (int i = 0; i < 200; i++) { // one who goes first comes each time
            now += 5 * MINUTE;
            list[count++] = (struct waiting){.since = now, .priority = true};
            if (count < 40 && i % 3 == 0) {
                list[count++] = (struct waiting){.since = now};
            }
            int one = calling_next(policies[p], list, count, others, now);
            assert_true(one >= 0);
            bool first = calling_goes_first(policies[p], &list[one], now);
            others = first ? 0 : others + 1;
            called_others += !first;
            list[one] = list[--count];
            if (count > 60) {
                break;
            }
        }
        assert_true(called_others > 5);
    }
}

static void
a_booking_counts_from_its_time(void **state)
{
    (void)state;
    struct waiting one = {.since = 100 * MINUTE, .due = 120 * MINUTE};
    assert_false(calling_goes_first(&strict, &one, 119 * MINUTE));
    assert_true(calling_goes_first(&strict, &one, 120 * MINUTE));
    one.since = 135 * MINUTE; // the last minute in which it is in time
    assert_true(calling_goes_first(&strict, &one, 136 * MINUTE));
    one.since = 135 * MINUTE + 1;
    assert_false(calling_goes_first(&strict, &one, 136 * MINUTE));
    struct waiting list[] = {{.since = 100 * MINUTE, .due = 120 * MINUTE}, {.since = 110 * MINUTE}};
    assert_int_equal(calling_next(&strict, list, 2, 0, 115 * MINUTE), 1); // too early
    assert_int_equal(calling_next(&strict, list, 1, 0, 115 * MINUTE), 0); // nobody else is there
    assert_int_equal(calling_next(&strict, list, 2, 0, 120 * MINUTE), 0);
    // Among those who go first its place is its time, not when it came.
    struct waiting both[] = {{.since = 60 * MINUTE, .due = 120 * MINUTE},
                             {.since = 119 * MINUTE, .priority = true}};
    assert_int_equal(calling_next(&strict, both, 2, 0, 125 * MINUTE), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_wait_comes_first),
        cmocka_unit_test(after_so_many_others_comes_one_who_goes_first),
        cmocka_unit_test(strictly_first_but_for_who_waits_too_long),
        cmocka_unit_test(nobody_starves),
        cmocka_unit_test(a_booking_counts_from_its_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
