#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "base/clock.h"

enum { WITA = 480 };

static void
known_moments(void **state)
{
    (void)state;
    static const struct {
        int64_t ms;
        int offset;
        struct civil civil;
    } rows[] = {
        {0, 0, {1970, 1, 1, 0, 0, 0, 4}},
        {-1, 0, {1969, 12, 31, 23, 59, 59, 3}},
        {-1, WITA, {1970, 1, 1, 7, 59, 59, 4}},
        {1795478399999, WITA, {2026, 11, 24, 7, 59, 59, 2}},
        {1795535999000, WITA, {2026, 11, 24, 23, 59, 59, 2}},
        {1795536000000, WITA, {2026, 11, 25, 0, 0, 0, 3}}, // the office's day, not UTC's
        {951782400000, 0, {2000, 2, 29, 0, 0, 0, 2}},
        {4107542400000, 0, {2100, 3, 1, 0, 0, 0, 1}}, // 2100 has no leap day
        {-2208988800000, 0, {1900, 1, 1, 0, 0, 0, 1}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct civil got = civil_at(rows[i].ms, rows[i].offset);
        assert_memory_equal(&got, &rows[i].civil, sizeof got);
        int64_t back = civil_to_wall(&got, rows[i].offset);
        assert_int_equal(back, rows[i].ms - ((rows[i].ms % 1000) + 1000) % 1000);
    }
}

static void
every_day_of_eight_centuries_agrees_with_the_system(void **state)
{
    (void)state;
    for (int32_t day = -135140; day < 146097; day++) { // 1600 to 2370
        time_t seconds = (time_t)day * 86400 + 43200;
        struct tm tm;
        gmtime_r(&seconds, &tm);
        struct civil civil = civil_at((int64_t)seconds * 1000, 0);
        assert_int_equal(civil.year, tm.tm_year + 1900);
        assert_int_equal(civil.month, tm.tm_mon + 1);
        assert_int_equal(civil.day, tm.tm_mday);
        assert_int_equal(civil.weekday, tm.tm_wday);
        assert_int_equal(civil_day_number(civil.year, civil.month, civil.day), day);
        assert_true(civil.day <= civil_days_in_month(civil.year, civil.month));
    }
}

static void
months_have_their_days(void **state)
{
    (void)state;
    static const struct {
        int year, month, days;
    } rows[] = {
        {2026, 1, 31}, {2026, 2, 28},  {2024, 2, 29}, {1900, 2, 28}, {2000, 2, 29},
        {2026, 4, 30}, {2026, 12, 31}, {2026, 0, 0},  {2026, 13, 0}, {2026, -1, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(civil_days_in_month(rows[i].year, rows[i].month), rows[i].days);
    }
}

static void
dates_are_written_and_read(void **state)
{
    (void)state;
    static const char *const good[] = {"2026-11-24", "2024-02-29", "0001-01-01", "9999-12-31"};
    static const char *const bad[] = {"",           "2026-11-2",  "2026-11-241", "2026/11/24",
                                      "2025-02-29", "2026-13-01", "2026-00-10",  "2026-11-00",
                                      "26-11-2024", "2026-1a-24", " 2026-11-24", "2026-11-24 "};
    struct civil civil;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        char text[DATE_TEXT];
        assert_true(civil_read_date(good[i], &civil));
        civil_date(&civil, text);
        assert_string_equal(text, good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(civil_read_date(bad[i], &civil));
    }
    civil_read_date("2026-11-24", &civil);
    assert_int_equal(civil.year, 2026);
    assert_int_equal(civil.month, 11);
    assert_int_equal(civil.day, 24);
}

static void
times_of_the_day_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int minute;
    } rows[] = {{"00.00", 0},   {"08.05", 485}, {"23.59", 1439}, {"24.00", 1440}, {"24.01", -1},
                {"8.05", -1},   {"08:05", -1},  {"08.5", -1},    {"08.60", -1},   {"", -1},
                {"08.005", -1}, {"-8.00", -1},  {" 8.00", -1},   {"08.0x", -1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(civil_read_time(rows[i].text), rows[i].minute);
    }
}

static void
clocks_run(void **state)
{
    (void)state;
    int64_t before = clock_monotonic();
    assert_true(clock_wall() > 1700000000000);
    struct timespec wait = {0, 3 * 1000 * 1000};
    nanosleep(&wait, NULL);
    assert_true(clock_monotonic() >= before + 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_moments),
        cmocka_unit_test(every_day_of_eight_centuries_agrees_with_the_system),
        cmocka_unit_test(months_have_their_days),
        cmocka_unit_test(dates_are_written_and_read),
        cmocka_unit_test(times_of_the_day_are_read),
        cmocka_unit_test(clocks_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
