#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/settings.h"

/* Settings read from this text, and what was written to the log meanwhile. */
static struct settings *
load(const char *ini, char *log, size_t size)
{
    char path[] = "/tmp/anjungan-settings-XXXXXX";
    int fd = mkstemp(path), pipes[2], saved = dup(STDERR_FILENO);
    assert_true(fd >= 0 && write(fd, ini, strlen(ini)) == (ssize_t)strlen(ini));
    close(fd);
    assert_int_equal(pipe(pipes), 0);
    dup2(pipes[1], STDERR_FILENO);
    struct settings *settings = settings_load(path);
    dup2(saved, STDERR_FILENO);
    close(saved);
    close(pipes[1]);
    ssize_t got = read(pipes[0], log, size - 1);
    log[got > 0 ? got : 0] = '\0';
    close(pipes[0]);
    unlink(path);
    return settings;
}

static void
the_documented_file_is_right(void **state)
{
    struct settings *settings = settings_load(*state);
    assert_non_null(settings);
    assert_int_equal(settings->problems, 0);
    assert_string_equal(settings->kiosk.id, "6472021001-1");
    assert_int_equal(settings->city.primary, 0x005B50);
    settings_destroy(settings);
}

static void
a_wrong_value_is_named_and_harmless(void **state)
{
    (void)state;
    char log[4096];
    struct settings *settings = load("[times]\nidle = soon\ndone = 7\n[panel]\n\nrotate = 45\n"
                                     "colour = red\n[times]\ndone = 9\n",
                                     log, sizeof log);
    assert_non_null(settings);
    assert_int_equal(settings->times.idle, 90);
    assert_int_equal(settings->times.done, 7);
    assert_int_equal(settings->panel.rotate, 0);
    assert_non_null(strstr(log, ":2: [times] idle: 'soon' is not a whole number from 5 to 3600"));
    assert_non_null(strstr(log, ":6: [panel] rotate: '45' is not one of 0 90 180 270"));
    assert_non_null(strstr(log, ":7: [panel] colour is not a key"));
    assert_non_null(strstr(log, ":9: [times] done stands on line 3 already"));
    assert_int_equal(settings->problems, 4);
    settings_destroy(settings);
}

static void
no_file_no_settings(void **state)
{
    (void)state;
    assert_null(settings_load("/nonexistent/anjungan.ini"));
    settings_destroy(NULL);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(the_documented_file_is_right, argv[argc > 1]),
        cmocka_unit_test(a_wrong_value_is_named_and_harmless),
        cmocka_unit_test(no_file_no_settings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
