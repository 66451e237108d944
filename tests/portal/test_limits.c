/* How often is too often, and what a flood of names cannot do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <cmocka.h>

#include "limits.h"

enum { MOST = 5, WINDOW = 900 };

static int
tries(struct limits *limits, const char *name, int times)
{
    int wait = 0;
    for (int i = 0; i < times; i++) {
        wait = limits_count(limits, name, MOST, WINDOW);
    }
    return wait;
}

static void
a_name_is_counted_until_its_window_ends(void **state)
{
    (void)state;
    struct limits *limits = limits_create();
    assert_int_equal(tries(limits, "siti", MOST), 0);
    assert_in_range(tries(limits, "siti", 1), WINDOW - 5, WINDOW + 1);
    assert_int_equal(tries(limits, "sita", 1), 0);
    limits_forget(limits, "siti");
    assert_int_equal(tries(limits, "siti", MOST), 0);
    assert_int_equal(limits_count(limits, "short", 0, 1), 2);
    nanosleep(&(struct timespec){.tv_sec = 1, .tv_nsec = 50000000}, NULL);
    assert_int_equal(limits_count(limits, "short", 1, 1), 0);
    limits_destroy(limits);
}

static void
a_flood_of_names_forgets_none(void **state)
{
    (void)state;
    char name[48];
    struct limits *limits = limits_create();
    assert_int_not_equal(tries(limits, "siti", MOST + 1), 0);
    for (int i = 0; i < 100000; i++) {
        snprintf(name, sizeof name, "nobody %d", i);
        limits_count(limits, name, MOST, WINDOW);
        if (i % 1000 == 0) {
            assert_int_not_equal(tries(limits, "siti", 1), 0);
        }
    }
    limits_destroy(limits);
}

/* As many as a city has: one that is over shuts out nobody else. */
static void
strangers_are_not_mixed_up(void **state)
{
    (void)state;
    char name[48];
    int wrongly = 0;
    struct limits *limits = limits_create();
    for (int i = 0; i < 3000; i++) {
        snprintf(name, sizeof name, "kiosk %d", i);
        tries(limits, name, MOST + 1);
    }
    for (int i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, "other %d", i);
        wrongly += tries(limits, name, 1) != 0;
    }
    assert_in_range(wrongly, 0, 3); // one in ten thousand
    limits_destroy(limits);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_counted_until_its_window_ends),
        cmocka_unit_test(a_flood_of_names_forgets_none),
        cmocka_unit_test(strangers_are_not_mixed_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
