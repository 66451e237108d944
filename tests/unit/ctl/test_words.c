#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ctl/ctl.h"

static void
a_moment_is_told_in_the_office_s_zone(void **state)
{
    (void)state;
    static const struct {
        int64_t wall;
        int32_t utc_offset;
        const char *told;
    } rows[] = {{1795482060000, 480, "2026-11-24 09:01"},
                {1795482060000, 420, "2026-11-24 08:01"},
                {1795482060000, 540, "2026-11-24 10:01"},
                {1795482060000, -120, "2026-11-23 23:01"},
                {0, 480, "never"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char moment[24];
        assert_string_equal(ctl_moment(rows[i].wall, rows[i].utc_offset, moment), rows[i].told);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_moment_is_told_in_the_office_s_zone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
