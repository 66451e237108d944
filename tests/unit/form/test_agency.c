/* Is it open now, and when next? By weekday, by the city's days off, to the minute. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "form/agency.h"

enum { H = 60 };

/* Weekdays but Tuesday; half a Friday; never on a Sunday. */
static const struct agency office = {.week = {[1] = {8 * H, 15 * H},
                                              [3] = {8 * H, 15 * H},
                                              [4] = {8 * H, 15 * H},
                                              [5] = {8 * H, 11 * H + 30},
                                              [6] = {0, 24 * H}}};

static void
it_is_open_or_opens_next(void **state)
{
    (void)state;
    static const struct {
        const char *days_off, *today;
        int minute;
        bool open;
        int then, ahead, weekday;
        const char *day;
    } rows[] = {
        {"", "2026-11-23", 8 * H, true, 15 * H, 0, 1, "2026-11-23"}, // a Monday
        {"", "2026-11-23", 15 * H - 1, true, 15 * H, 0, 1, "2026-11-23"},
        {"", "2026-11-23", 8 * H - 1, false, 8 * H, 0, 1, "2026-11-23"},
        {"", "2026-11-23", 15 * H, false, 8 * H, 2, 3, "2026-11-25"}, // Tuesday is closed
        {"", "2026-11-24", 9 * H, false, 8 * H, 1, 3, "2026-11-25"},
        {"", "2026-11-27", 11 * H + 30, false, 0, 1, 6, "2026-11-28"},
        {"", "2026-11-28", 23 * H + 59, true, 24 * H, 0, 6, "2026-11-28"},
        {"", "2026-11-29", 9 * H, false, 8 * H, 1, 1, "2026-11-30"}, // Sunday
        {"2026-11-23", "2026-11-23", 9 * H, false, 8 * H, 2, 3, "2026-11-25"},
        {"2026-12-24 2026-12-25 2027-01-01", "2026-12-23", 16 * H, false, 0, 3, 6, "2026-12-26"},
        {"2026-11-25 2026-11-26 2026-11-27 2026-11-28 2026-11-30", "2026-11-23", 20 * H, false,
         8 * H, 9, 3, "2026-12-02"},
        {"2027-02-28", "2028-02-28", 9 * H, true, 15 * H, 0, 1, "2028-02-28"},
        {"", "2028-02-29", 9 * H, false, 8 * H, 1, 3, "2028-03-01"}, // a leap year
        {"", "1969-12-24", 9 * H, true, 15 * H, 0, 3, "1969-12-24"}, // a clock far from any truth
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct agency_next next;
        assert_true(agency_at(&office, rows[i].days_off, rows[i].today, rows[i].minute, &next));
        if (next.open != rows[i].open || next.minute != rows[i].then) {
            print_error("row %zu: open %d, %d\n", i, next.open, next.minute);
        }
        assert_int_equal(next.open, rows[i].open);
        assert_int_equal(next.minute, rows[i].then);
        assert_int_equal(next.ahead, rows[i].ahead);
        assert_int_equal(next.weekday, rows[i].weekday);
        assert_string_equal(next.day, rows[i].day);
    }
}

static void
what_never_opens_says_nothing(void **state)
{
    (void)state;
    struct agency_next next;
    const struct agency never = {.week = {{0}}};
    assert_false(agency_at(&never, "", "2026-11-23", 9 * H, &next));
    assert_false(agency_at(&office, "", "", 9 * H, &next));
    assert_false(agency_at(&office, "", "2026-02-30", 9 * H, &next));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_open_or_opens_next),
        cmocka_unit_test(what_never_opens_says_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
