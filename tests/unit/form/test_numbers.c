/* NIK, KK, phones, RT and NOP: tables of what people write. All numbers are made up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "form/check.h"

struct row {
    const char *typed;
    enum problem problem;
    const char *value; // NULL: nothing may come out
};

typedef enum problem rule(const char *typed, char *out);

static void
run(rule *check, const struct row *rows, size_t count, size_t size)
{
    for (size_t i = 0; i < count; i++) {
        char out[64];
        memset(out, 'x', sizeof out);
        enum problem problem = check(rows[i].typed, out);
        if (problem != rows[i].problem) {
            fail_msg("'%s': problem %d, not %d", rows[i].typed, problem, rows[i].problem);
        }
        assert_string_equal(out, rows[i].value != NULL ? rows[i].value : "");
        for (size_t j = size; j < sizeof out; j++) {
            assert_int_equal(out[j], 'x'); // never beyond its room
        }
    }
}
#define RUN(check, rows, size) run(check, rows, sizeof rows / sizeof *rows, size)

static void
test_nik(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"6472031708900001", PROBLEM_NONE, "6472031708900001"}, // a man
        {"6472035708900002", PROBLEM_NONE, "6472035708900002"}, // a woman: day + 40
        {"6472032902000003", PROBLEM_NONE, "6472032902000003"}, // 29-02-2000
        {"3404014107850009", PROBLEM_NONE, "3404014107850009"}, // from another province
        {"6472 0317 0890 0001", PROBLEM_NONE, "6472031708900001"},
        {"6472.0317.0890.0001.", PROBLEM_NONE, "6472031708900001"},
        {"6472-0317-0890-0001", PROBLEM_NONE, "6472031708900001"},
        {"6472\u00a00317\u20130890\u00a00001", PROBLEM_NONE, "6472031708900001"},
        {"  6472031708900001\n", PROBLEM_NONE, "6472031708900001"},
        {"6472037112990001", PROBLEM_NONE, "6472037112990001"}, // a woman born on the 31st
        {"6472032902960001", PROBLEM_NONE, "6472032902960001"}, // 1996 was a leap year
        {"9171010101010001", PROBLEM_NONE, "9171010101010001"}, // Papua
        {"9710010101010001", PROBLEM_NONE, "9710010101010001"},
        {"1101010101010001", PROBLEM_NONE, "1101010101010001"}, // Aceh
        {"6472030101009999", PROBLEM_NONE, "6472030101009999"},
        {"", PROBLEM_REQUIRED, NULL},
        {" . - ", PROBLEM_REQUIRED, NULL},
        {"6472032902010004", PROBLEM_NIK_DATE, NULL}, // neither 1901 nor 2001 had it
        {"6472037208900001", PROBLEM_NIK_DATE, NULL}, // day 72
        {"6472033213900001", PROBLEM_NIK_DATE, NULL},
        {"6472034008900001", PROBLEM_NIK_DATE, NULL}, // day 40
        {"6472030008900001", PROBLEM_NIK_DATE, NULL}, // day 0
        {"6472031700900001", PROBLEM_NIK_DATE, NULL}, // month 0
        {"6472031713900001", PROBLEM_NIK_DATE, NULL},
        {"6472033104900001", PROBLEM_NIK_DATE, NULL}, // 31 April
        {"6472037104900001", PROBLEM_NIK_DATE, NULL},
        {"6472033002000001", PROBLEM_NIK_DATE, NULL}, // 30 February
        {"6472031708900000", PROBLEM_NIK_SERIAL, NULL},
        {"647203170890000", PROBLEM_TOO_SHORT, NULL},
        {"64720317089000012", PROBLEM_TOO_LONG, NULL},
        {"6", PROBLEM_TOO_SHORT, NULL},
        {"64720317089000016472031708900001", PROBLEM_TOO_LONG, NULL},
        {"6472041408O80001", PROBLEM_NOT_DIGITS, NULL}, // the letter O
        {"6472031708900O01x", PROBLEM_NOT_DIGITS, NULL},
        {"６472031708900001", PROBLEM_NOT_DIGITS, NULL}, // a full-width digit
        {"6472/0317/0890/0001", PROBLEM_NOT_DIGITS, NULL},
        {"1072031708900001", PROBLEM_NIK_PROVINCE, NULL},
        {"2072031708900001", PROBLEM_NIK_PROVINCE, NULL},
        {"2272031708900001", PROBLEM_NIK_PROVINCE, NULL},
        {"3772031708900001", PROBLEM_NIK_PROVINCE, NULL},
        {"5472031708900001", PROBLEM_NIK_PROVINCE, NULL},
        {"6672031708900001", PROBLEM_NIK_PROVINCE, NULL},
        {"7772031708900001", PROBLEM_NIK_PROVINCE, NULL},
        {"8372031708900001", PROBLEM_NIK_PROVINCE, NULL},
        {"9872031708900001", PROBLEM_NIK_PROVINCE, NULL},
        {"0072031708900001", PROBLEM_NIK_PROVINCE, NULL},
        {"6400031708900001", PROBLEM_NIK_DISTRICT, NULL},
        {"6480031708900001", PROBLEM_NIK_DISTRICT, NULL},
        {"6472001708900001", PROBLEM_NIK_DISTRICT, NULL},
        {"1111111111111111", PROBLEM_ALL_SAME, NULL},
        {"0000000000000000", PROBLEM_ALL_SAME, NULL},
        {"9999999999999999", PROBLEM_ALL_SAME, NULL},
    };
    RUN(check_nik, rows, 17);
}

static void
test_kk(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"6472031708120007", PROBLEM_NONE, "6472031708120007"},
        {"6472 0317 0812 0007", PROBLEM_NONE, "6472031708120007"},
        {"6472035708120007", PROBLEM_KK_DATE, NULL}, // no +40 in a KK
        {"6472033208120007", PROBLEM_KK_DATE, NULL},
        {"6472030013120007", PROBLEM_KK_DATE, NULL},
        {"6472031708120000", PROBLEM_NIK_SERIAL, NULL},
        {"6672031708120007", PROBLEM_NIK_PROVINCE, NULL},
        {"6472001708120007", PROBLEM_NIK_DISTRICT, NULL},
        {"2222222222222222", PROBLEM_ALL_SAME, NULL},
        {"647203170812000", PROBLEM_TOO_SHORT, NULL},
        {"64720317081200070", PROBLEM_TOO_LONG, NULL},
        {"KK6472031708120007", PROBLEM_NOT_DIGITS, NULL},
        {"", PROBLEM_REQUIRED, NULL},
    };
    RUN(check_kk, rows, 17);
}

static void
test_phone(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"081255048488", PROBLEM_NONE, "+6281255048488"},
        {"0812-5504-8488", PROBLEM_NONE, "+6281255048488"},
        {"+62 812 5504 8488", PROBLEM_NONE, "+6281255048488"},
        {"6281255048488", PROBLEM_NONE, "+6281255048488"},
        {" 0812 5504 8488 ", PROBLEM_NONE, "+6281255048488"},
        {"0812.5504.8488", PROBLEM_NONE, "+6281255048488"},
        {"0811234567", PROBLEM_NONE, "+62811234567"},       // nine national digits
        {"0899123456789", PROBLEM_NONE, "+62899123456789"}, // twelve
        {"(0541) 731234", PROBLEM_NONE, "+62541731234"},    // the city's landlines
        {"05417312345", PROBLEM_NONE, "+625417312345"},
        {"+62541731234", PROBLEM_NONE, "+62541731234"},
        {"", PROBLEM_REQUIRED, NULL},
        {"081123456", PROBLEM_PHONE, NULL},
        {"08991234567890", PROBLEM_PHONE, NULL},
        {"080255048488", PROBLEM_PHONE, NULL}, // 80 is no mobile network
        {"81255048488", PROBLEM_PHONE, NULL},
        {"021731234", PROBLEM_PHONE, NULL},
        {"054173123", PROBLEM_PHONE, NULL},
        {"054173123456", PROBLEM_PHONE, NULL},
        {"+081255048488", PROBLEM_PHONE, NULL},
        {"+1 202 555 0100", PROBLEM_PHONE, NULL},
        {"112", PROBLEM_PHONE, NULL},
        {"00000000000", PROBLEM_PHONE, NULL},
        {"62", PROBLEM_PHONE, NULL},
        {"0", PROBLEM_PHONE, NULL},
        {"++6281255048488", PROBLEM_NOT_DIGITS, NULL},
        {"0812 5504 848B", PROBLEM_NOT_DIGITS, NULL},
        {"08125504848812345678901234567890", PROBLEM_PHONE, NULL},
    };
    RUN(check_phone, rows, 20);
}

static void
test_rt(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"7", PROBLEM_NONE, "007"},
        {"14", PROBLEM_NONE, "014"},
        {"015", PROBLEM_NONE, "015"},
        {"150", PROBLEM_NONE, "150"},
        {" 7 ", PROBLEM_NONE, "007"},
        {"007", PROBLEM_NONE, "007"},
        {"000", PROBLEM_RT, NULL},
        {"0", PROBLEM_RT, NULL},
        {"0007", PROBLEM_RT, NULL},
        {"", PROBLEM_REQUIRED, NULL},
        {"RT 7", PROBLEM_NOT_DIGITS, NULL},
        {"7/2", PROBLEM_NOT_DIGITS, NULL},
        {"1234567890123456789012345", PROBLEM_RT, NULL},
    };
    RUN(check_rt, rows, 4);
}

static void
test_nop(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"64.72.061.005.012-0345.0", PROBLEM_NONE, "647206100501203450"},
        {"647206100501203457", PROBLEM_NONE, "647206100501203457"},
        {"64720610050120345", PROBLEM_TOO_SHORT, NULL},
        {"6472061005012034500", PROBLEM_TOO_LONG, NULL},
        {"647206100501203A50", PROBLEM_NOT_DIGITS, NULL},
        {"107206100501203450", PROBLEM_NIK_PROVINCE, NULL},
        {"640006100501203450", PROBLEM_NIK_DISTRICT, NULL},
        {"647200000501203450", PROBLEM_NIK_DISTRICT, NULL},
        {"647206100001203450", PROBLEM_NIK_DISTRICT, NULL},
        {"647206100501200000", PROBLEM_NIK_SERIAL, NULL},
        {"777777777777777777", PROBLEM_ALL_SAME, NULL},
        {"", PROBLEM_REQUIRED, NULL},
    };
    RUN(check_nop, rows, 19);
}

static void
test_show(void **state)
{
    (void)state;
    char out[64];
    show_nik("6472031708900003", "*", out, sizeof out);
    assert_string_equal(out, "6472 **** **** 0003");
    show_nik("6472031708900003", NULL, out, sizeof out);
    assert_string_equal(out, "6472 0317 0890 0003");
    show_nik("647203", "•", out, sizeof out); // while it is being typed
    assert_string_equal(out, "6472 ••");
    show_phone("+6281255048488", "*", out, sizeof out);
    assert_string_equal(out, "0812-****-8488");
    show_phone("+6281255048488", NULL, out, sizeof out);
    assert_string_equal(out, "0812-5504-8488");
    show_phone("+62899123456789", NULL, out, sizeof out);
    assert_string_equal(out, "0899-1234-56789");
    show_phone("+62541731234", NULL, out, sizeof out);
    assert_string_equal(out, "0541-7312-34");
    show_money("1250000", out, sizeof out);
    assert_string_equal(out, "Rp1.250.000");
    show_money("999", out, sizeof out);
    assert_string_equal(out, "Rp999");
    show_money("0", out, sizeof out);
    assert_string_equal(out, "Rp0");
    show_nik("6472031708900003", "•", out, 12); // cut, never overrun, never half a sign
    assert_string_equal(out, "6472 ••");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nik), cmocka_unit_test(test_kk),  cmocka_unit_test(test_phone),
        cmocka_unit_test(test_rt),  cmocka_unit_test(test_nop), cmocka_unit_test(test_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
