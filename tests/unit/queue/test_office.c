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
    return office_load(&(struct office_file){"x.json", text, strlen(text)}, NULL, NULL, fault);
}

static struct office_file
read_file(const char *folder, const char *name)
{
    char path[512];
    struct office_file file = {.name = name};
    snprintf(path, sizeof path, "%s/%s.json", folder, name);
    file.bytes = files_read(path, 1 << 20, &file.len);
    assert_non_null(file.bytes);
    return file;
}

/* The shipped files: an office as it is installed. */
static void
hours_by_the_minute(void **state)
{
    struct fault fault = {""};
    struct office_file own = read_file(*state, "6472021001"), city = read_file(*state, "kota");
    struct office *office = office_load(&own, &city, NULL, &fault);
    assert_string_equal(fault.text, "");
    assert_string_equal(office_name(office), "Kelurahan Sungai Keledang");
    char days[200];
    office_days_off(office, civil_day_number(2026, 12, 25), days, 32);
    assert_string_equal(days, "2026-12-25 2027-01-01"); // as far as they fit
    office_days_off(office, civil_day_number(2027, 12, 25), days, sizeof days);
    assert_string_equal(days, "2027-12-25");
    office_days_off(office, civil_day_number(2027, 12, 26), days, sizeof days);
    assert_string_equal(days, "");
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
    free((char *)own.bytes);
    free((char *)city.bytes);
}

/* Key by key its own over the city's; no file of its own: a name and all that is the city's. */
static void
an_office_over_the_city(void **state)
{
    static const char city_text[] =
        "{\"hours\":\"city\",\"notice\":\"all\",\"week\":{\"senin\":{\"open\":[\"08.00\",\"16.00\"]"
        ","
        "\"digital\":true}},\"quotas\":{\"A\":200},\"holidays\":[{\"date\":\"2027-03-08\",\"name\":"
        "\"n\"},{\"date\":\"2027-03-15\",\"name\":\"n\"}]}";
    static const char own_text[] =
        "{\"code\":\"6472020000\",\"name\":\"Kecamatan\",\"hours\":\"own\",\"digital_days\":false,"
        "\"serves\":[\"6472021002\",\"6472021001\"],"
        "\"holidays\":[{\"date\":\"2027-03-22\",\"name\":\"n\"}],"
        "\"working_days\":[{\"date\":\"2027-03-15\",\"name\":\"n\"}]}";
    static const struct {
        int day; // of March 2027, Mondays
        bool city, own;
    } rows[] = {{1, true, true}, {8, false, false}, {15, false, true}, {22, true, false}};
    (void)state;
    struct fault fault = {""};
    const struct office_place place = {"6472021002", "Kelurahan Baqa", "Kec. S"};
    const struct office_file city = {"kota", city_text, sizeof city_text - 1};
    const struct office_file own = {"own", own_text, sizeof own_text - 1};
    struct office *plain = office_load(NULL, &city, &place, &fault);
    struct office *office = office_load(&own, &city, &place, &fault);
    assert_string_equal(fault.text, "");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct civil at = {2027, 3, rows[i].day, 9, 0, 0, 1};
        char until[8];
        assert_int_equal(office_opening(plain, &at, until) == OFFICE_OPEN, rows[i].city);
        assert_int_equal(office_digital_day(plain, &at), rows[i].city);
        assert_int_equal(office_opening(office, &at, until) == OFFICE_OPEN, rows[i].own);
        assert_false(office_digital_day(office, &at));
        assert_string_equal(office_hours_line(plain, &at), "city");
        assert_string_equal(office_hours_line(office, &at), "own");
        assert_string_equal(office_notice(office, &at), "all");
    }
    assert_string_equal(office_code(plain), "6472021002");
    assert_string_equal(office_name(plain), "Kelurahan Baqa");
    assert_null(office_serves(plain)[0]);
    assert_string_equal(office_code(office), "6472020000");
    assert_string_equal(office_serves(office)[1], "6472021001");
    assert_null(office_serves(office)[2]);
    assert_int_equal(office_quota(office, "A"), 200);
    office_destroy(plain);
    office_destroy(office);
    assert_null(office_load(NULL, &city, NULL, &fault));
    assert_null(office_load(NULL, NULL, &place, &fault));
    assert_null(office_load(&city, &own, NULL, &fault)); // each in the other's place
    assert_non_null(strstr(fault.text, "own:1: code: unknown key 'code'; there are notice, "));
}

/* Ramadan, and an office that is closed for some days. */
static void
periods_have_their_own_hours(void **state)
{
    static const char text[] =
        "{\"code\":\"6472021001\",\"name\":\"n\",\"hours\":\"usual\",\"notice\":\"always\","
        "\"week\":{\"senin\":{\"open\":[\"08.00\",\"16.00\"],\"digital\":true}},\"periods\":["
        "{\"name\":\"Ramadan\",\"from\":\"2027-02-08\",\"to\":\"2027-03-08\","
        "\"hours\":\"short\",\"notice\":\"fasting\","
        "\"week\":{\"senin\":{\"open\":[\"08.00\",\"15.00\"]}}},"
        "{\"name\":\"moving\",\"from\":\"2027-03-15\",\"to\":\"2027-03-15\","
        "\"hours\":\"closed\",\"week\":{}}]}";
    static const struct {
        struct civil at;
        enum opening opening;
        const char *hours, *notice;
        bool digital;
    } rows[] = {
        {{2027, 2, 1, 15, 30, 0, 1}, OFFICE_OPEN, "usual", "always", true},
        {{2027, 2, 8, 14, 59, 0, 1}, OFFICE_OPEN, "short", "fasting", false}, // its first day
        {{2027, 2, 8, 15, 0, 0, 1}, OFFICE_CLOSED, "short", "fasting", false},
        {{2027, 3, 8, 15, 30, 0, 1}, OFFICE_CLOSED, "short", "fasting", false}, // and its last
        {{2027, 3, 9, 9, 0, 0, 2}, OFFICE_CLOSED, "usual", "always", false},    // a Tuesday
        {{2027, 3, 15, 9, 0, 0, 1}, OFFICE_CLOSED, "closed", "always", false},
        {{2027, 3, 22, 9, 0, 0, 1}, OFFICE_OPEN, "usual", "always", true},
    };
    (void)state;
    struct fault fault = {""};
    struct office *office = load(text, &fault);
    assert_string_equal(fault.text, "");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char until[8];
        assert_int_equal(office_opening(office, &rows[i].at, until), rows[i].opening);
        assert_string_equal(office_hours_line(office, &rows[i].at), rows[i].hours);
        assert_string_equal(office_notice(office, &rows[i].at), rows[i].notice);
        assert_int_equal(office_digital_day(office, &rows[i].at), rows[i].digital);
    }
    office_destroy(office);
}

#define HEAD "{\"code\":\"6472021001\",\"name\":\"n\",\"hours\":\"h\","
#define WEEK HEAD "\"week\":{},"
#define DAY(day) HEAD "\"week\":{\"senin\":" day "}}"
#define PERIOD(from, to) \
    "{\"name\":\"n\",\"from\":\"" from "\",\"to\":\"" to "\",\"hours\":\"h\",\"week\":{}}"
#define TIMES ": two times like \"08.00\" are needed, the earlier first"

static void
faults_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *text, *fault;
    } rows[] = {
        {"{", "1: a key in quotes was expected"},
        {"[]", "1: a block in { } was expected"},
        {"{}", "1: 'code' is missing"},
        {"{\"code\":\"647202100\"}", "1: code: ten digits were expected"},
        {"{\"code\":\"6472021001\",\n\"name\":\"\"}",
         "2: name: 0 characters where 1 to 60 may stand"},
        {"{\"code\":\"6472021001\",\"name\":\"n\"}", "1: 'hours' is missing"},
        {HEAD "\"notice\":7}", "1: notice: a text in quotes was expected"},
        {HEAD "\n\"weeks\":{}}", "2: weeks: unknown key 'weeks'"},
        {HEAD "\"notice\":\"\"}", "1: 'week' is missing"},
        {HEAD "\"week\":[]}", "1: week: a block in { } was expected"},
        {HEAD "\"week\":{\n\"monday\":{}}}", "2: week.monday: unknown key 'monday'"},
        {DAY("7"), "1: week.senin: a block in { } was expected"},
        {DAY("{\"opens\":[]}"), "1: week.senin.opens: unknown key 'opens'"},
        {DAY("{\"open\":[\"16.00\",\"08.00\"]}"), "1: week.senin.open" TIMES},
        {DAY("{\"open\":[\"08.00\"]}"), "1: week.senin.open" TIMES},
        {DAY("{\"open\":[\"8.00\",\"16.00\"]}"), "1: week.senin.open" TIMES},
        {DAY("{\"open\":[\"08.00\",\"16.60\"]}"), "1: week.senin.open" TIMES},
        {DAY("{\"open\":[\"08.00\",\"24.01\"]}"), "1: week.senin.open" TIMES},
        {DAY("{\"open\":[\"+8.00\",\"16.00\"]}"), "1: week.senin.open" TIMES},
        {DAY("{\"open\":[\"08:00\",\"16:00\"]}"), "1: week.senin.open" TIMES},
        {DAY("{\"open\":[8,16]}"), "1: week.senin.open" TIMES},
        {DAY("{\"open\":\"08.00\"}"), "1: week.senin.open: a list in [ ] was expected"},
        {DAY("{\"open\":[\"08.00\",\"16.00\"],\"break\":[\"15.00\",\"17.00\"]}"),
         "1: week.senin.break: a break lies between the opening hours"},
        {DAY("{\"break\":[\"12.00\",\"13.00\"]}"),
         "1: week.senin.break: a break lies between the opening hours"},
        {DAY("{\"digital\":\"yes\"}"), "1: week.senin.digital: true or false was expected"},
        {WEEK "\"holidays\":{}}", "1: holidays: a list in [ ] was expected"},
        {WEEK "\"holidays\":[{\"name\":\"n\",\"date\":\"2027-02-29\"}]}",
         "1: holidays[0].date: a date like \"2027-01-01\" is needed"},
        {WEEK "\"holidays\":[{\"name\":\"n\",\"date\":\"2027-1-01\"}]}",
         "1: holidays[0].date: a date like \"2027-01-01\" is needed"},
        {WEEK "\"holidays\":[{\"name\":\"n\",\"date\":\" 027-01-01\"}]}",
         "1: holidays[0].date: a space before the text; take it away"},
        {WEEK "\"holidays\":[{\"name\":\"n\"}]}", "1: holidays[0]: 'date' is missing"},
        {WEEK "\"holidays\":[{\"date\":\"2027-01-01\"}]}", "1: holidays[0]: 'name' is missing"},
        {WEEK "\"holidays\":[{\"name\":\"n\",\"date\":\"2027-01-01\"},\n"
              "{\"name\":\"n\",\"date\":\"2027-01-01\"}]}",
         "2: holidays[1].date: the date stands twice"},
        {WEEK "\"periods\":[" PERIOD("2027-02-08", "2027-02-07") "]}",
         "1: periods[0].to: ends before it begins"},
        {WEEK "\"periods\":[" PERIOD("2027-02-08", "2027-03-09") ",\n" PERIOD("2027-03-09",
                                                                              "2027-03-10") "]}",
         "2: periods[1]: overlaps another period"},
        {WEEK "\"quotas\":{\"AA\":1}}", "1: quotas.AA: unknown key 'AA'"},
        {WEEK "\"quotas\":{\"A\":10000}}", "1: quotas.A: must lie between 0 and 9999"},
        {WEEK "\"quotas\":{\"A\":1.5}}", "1: quotas.A: a whole number was expected"},
        {WEEK "\"counters\":[{\"number\":0,\"name\":\"n\",\"series\":\"A\"}]}",
         "1: counters[0].number: must lie between 1 and 20"},
        {WEEK "\"counters\":[{\"number\":1,\"name\":\"n\",\"series\":\"ABA\"}]}",
         "1: counters[0].series: its letters are needed, in their order: \"ACEP\""},
        {WEEK "\"counters\":[{\"number\":1,\"name\":\"n\",\"series\":\"A\"},\n"
              "{\"number\":1,\"name\":\"m\",\"series\":\"B\"}]}",
         "2: counters[1].number: the number stands twice"},
        {WEEK "\"calling\":{}}", "1: calling: 'rule' is missing"},
        {WEEK "\"calling\":{\"rule\":\"all\"}}", "1: calling.rule: unknown rule 'all'"},
        {WEEK "\"calling\":{\"rule\":\"every\",\"every\":0}}",
         "1: calling.every: must lie between 1 and 20"},
        {WEEK "\"utc_offset\":8}", "1: utc_offset: minutes are meant: 480 for WITA"},
        {WEEK "\"serves\":\"6472021001\"}", "1: serves: a list in [ ] was expected"},
        {WEEK "\"serves\":[6472021001]}", "1: serves[0]: a text in quotes was expected"},
        {WEEK "\"serves\":[\"6472021001\",\n\"647202100\"]}",
         "2: serves[1]: ten digits were expected"},
        {WEEK "\"serves\":[\"647202100x\"]}", "1: serves[0]: ten digits were expected"},
        {WEEK "\"serves\":[\"6472021001\",\n\"6472021001\"]}",
         "2: serves[1]: the code stands twice"},
        {WEEK "\"utc_offset\":9000}", "1: utc_offset: must lie between -720 and 840"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fault fault = {""};
        assert_null(load(rows[i].text, &fault));
        assert_memory_equal(fault.text, "x.json:", 7);
        assert_memory_equal(fault.text + 7, rows[i].fault, strlen(rows[i].fault));
    }
}

/* Who serves which letters, and until when numbers are given. */
static void
counters_and_calling(void **state)
{
    (void)state;
    struct fault fault = {""};
    struct office *office =
        load(HEAD "\"week\":{\"senin\":{\"open\":[\"08.00\",\"16.00\"]}},"
                  "\"counters\":[{\"number\":2,\"name\":\"Loket 2\",\"series\":\"BEP\"},"
                  "{\"number\":1,\"name\":\"Loket 1\",\"series\":\"A\"}],"
                  "\"calling\":{\"rule\":\"strict\",\"guard\":45,\"no_numbers\":15}}",
             &fault);
    assert_string_equal(fault.text, "");
    const struct counter *list;
    assert_int_equal(office_counters(office, &list), 2);
    assert_string_equal(office_counter(office, 2)->name, "Loket 2");
    assert_null(office_counter(office, 3));
    assert_true(counter_calls(office_counter(office, 2), "P"));
    assert_false(counter_calls(office_counter(office, 1), "P"));
    assert_false(counter_calls(office_counter(office, 2), "BE"));
    assert_false(counter_calls(office_counter(office, 2), ""));
    const struct calling *calling = office_calling(office);
    assert_int_equal(calling->rule, CALLING_STRICT);
    assert_int_equal(calling->guard, 45);
    assert_int_equal(calling->recalls, 3);
    static const struct {
        int hour, minute;
        bool given;
    } rows[] = {{7, 59, false}, {8, 0, true}, {15, 44, true}, {15, 45, false}, {16, 0, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct civil at = {2026, 11, 23, rows[i].hour, rows[i].minute, 0, 1};
        assert_int_equal(office_gives_numbers(office, &at), rows[i].given);
    }
    office_destroy(office);
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
        cmocka_unit_test(an_office_over_the_city),
        cmocka_unit_test(periods_have_their_own_hours),
        cmocka_unit_test(faults_are_named),
        cmocka_unit_test(counters_and_calling),
        cmocka_unit_test(numbers_and_estimates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
