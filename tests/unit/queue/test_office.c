#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "base/fault.h"
#include "base/files.h"
#include "queue/queue.h"

static struct office *
load(const char *text, struct fault *fault)
{
    return office_load(text, strlen(text), "x.json", fault);
}

static void
hours_by_the_minute(void **state)
{
    size_t len;
    struct fault fault = {""};
    char *bytes = files_read(*state, 1 << 20, &len);
    assert_non_null(bytes);
    struct office *office = office_load(bytes, len, *state, &fault);
    assert_string_equal(fault.text, "");
    static const struct {
        struct civil at;
        enum opening opening;
        const char *until;
        bool digital;
    } rows[] = {
        {{2026, 11, 23, 7, 59, 0, 1}, OFFICE_CLOSED, "08.00", false},
        {{2026, 11, 23, 8, 0, 0, 1}, OFFICE_OPEN, "12.00", false},
        {{2026, 11, 23, 11, 59, 59, 1}, OFFICE_OPEN, "12.00", false},
        {{2026, 11, 23, 12, 0, 0, 1}, OFFICE_BREAK, "13.00", false},
        {{2026, 11, 23, 13, 0, 0, 1}, OFFICE_OPEN, "16.00", false},
        {{2026, 11, 23, 16, 0, 0, 1}, OFFICE_CLOSED, "", false},
        {{2026, 11, 24, 9, 0, 0, 2}, OFFICE_OPEN, "12.00", true},
        {{2026, 11, 27, 13, 59, 0, 5}, OFFICE_OPEN, "14.00", false},
        {{2026, 11, 27, 14, 0, 0, 5}, OFFICE_CLOSED, "", false},
        {{2026, 11, 28, 9, 0, 0, 6}, OFFICE_CLOSED, "", false},
        {{2026, 12, 25, 9, 0, 0, 5}, OFFICE_CLOSED, "", false}, // a holiday
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char until[8];
        assert_int_equal(office_opening(office, &rows[i].at, until), rows[i].opening);
        assert_string_equal(until, rows[i].until);
        assert_int_equal(office_digital_day(office, &rows[i].at), rows[i].digital);
    }
    assert_int_equal(office_quota(office, "C"), 50);
    assert_int_equal(office_quota(office, "Z"), 0);
    office_destroy(office);
    free(bytes);
}

#define HEAD "{\"code\":\"1\",\"name\":\"n\",\"hours\":\"h\","

static void
faults_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *text, *fault;
    } rows[] = {
        {"{", "x.json:1: a key was expected"},
        {"[]", "x.json:0: an object is needed"},
        {"{}", "x.json:1: code: a text is needed"},
        {HEAD "\n\"weeks\":{}}", "x.json:2: 'weeks' is not a key of an office"},
        {HEAD "\"week\":{\n\"monday\":{}}}", "x.json:2: week: 'monday' is no day"},
        {HEAD "\"week\":{\"senin\":{\"open\":[\"16.00\",\"08.00\"]}}}",
         "x.json:1: open: two times like \"08.00\" are needed, the earlier first"},
        {HEAD "\"week\":{\"senin\":{\"open\":[\"8.00\",\"16.60\"]}}}",
         "x.json:1: open: two times like \"08.00\" are needed, the earlier first"},
        {HEAD "\"week\":{},\"holidays\":[{\"date\":\"2027-02-29\"}]}",
         "x.json:1: holidays: a date like \"2027-01-01\" is needed"},
        {HEAD "\"week\":{},\"quotas\":{\"AA\":1}}",
         "x.json:1: quotas: a letter with a number up to 9999 is needed"},
        {HEAD "\"week\":{},\"utc_offset\":9000}",
         "x.json:1: utc_offset: minutes from -720 to 840 are needed"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fault fault = {""};
        assert_null(load(rows[i].text, &fault));
        assert_string_equal(fault.text, rows[i].fault);
    }
}

static void
numbers_and_estimates(void **state)
{
    (void)state;
    char out[16];
    const int minutes[] = {4, 90, 6, 5, 6};
    number_format(out, "A", 17);
    assert_string_equal(out, "A-017");
    number_format(out, "P", 1000);
    assert_string_equal(out, "P-1000");
    assert_int_equal(queue_estimate(6, minutes, 5, 1), 36); // the median, not the mean
    assert_int_equal(queue_estimate(5, minutes, 5, 2), 15);
    assert_int_equal(queue_estimate(0, minutes, 5, 1), 0);
    assert_int_equal(queue_estimate(6, minutes, 2, 1), -1);
    assert_int_equal(queue_estimate(6, NULL, 0, 1), -1);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(hours_by_the_minute, argv[argc > 1]),
        cmocka_unit_test(faults_are_named),
        cmocka_unit_test(numbers_and_estimates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
