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

/* Values whose shape counts; the default of each is told by what is left. */
static void
a_misshapen_value_is_named_and_harmless(void **state)
{
    (void)state;
    static const struct {
        const char *ini, *said;
    } rows[] = {
        {"[city]\nprimary = red\n", ":2: [city] primary: 'red' is not a colour"},
        {"[city]\nprimary = #00 05B\n", "is not a colour"},
        {"[city]\nprimary = #005B501\n", "is not a colour"},
        {"[kiosk]\nid = a/b\n", ":2: [kiosk] id: 'a/b' is not at most 32 letters"},
        {"[kiosk]\nid = 123456789012345678901234567890123\n", "is not at most 32 letters"},
        {"[kiosk]\nnumber = 1.5\n", "is not a whole number"},
        {"[kiosk]\nnumber = 0\n", "is not a number from 1 to 4000000000"},
        {"[kiosk]\noffice = ../etc\n", "is not a kelurahan's code"},
        {"[portal]\nseal_key = 00ff\n", ":2: [portal] seal_key: '00ff' is not 64 hexadecimal"},
        {"[portal]\nsign_key = "
         "zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n",
         "is not 64 hexadecimal"},
        {"[portal]\npublic_url = https://a-portal-with-a-name-longer-than-a-slip.example/x\n",
         "is not at most 48 letters"},
        {"[panel]\ntouch = 1 0 0 0 1\n", "is not six numbers"},
        {"[panel]\ntouch = 1 0 0 0 1 0 0\n", "is not six numbers"},
        {"[panel]\ntouch = 1 0 nan 0 1 0\n", "is not six numbers"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char log[4096];
        struct settings *settings = load(rows[i].ini, log, sizeof log);
        if (strstr(log, rows[i].said) == NULL) {
            fail_msg("not said: %s\nbut: %s", rows[i].said, log);
        }
        assert_int_equal(settings->problems, 1);
        assert_int_equal(settings->city.primary, 0x005B50);
        assert_string_equal(settings->kiosk.id, "0000000000-1");
        assert_int_equal(settings->kiosk.number, 1);
        assert_string_equal(settings->kiosk.office, "6472021001");
        assert_string_equal(settings->portal.seal_key, "");
        assert_string_equal(settings->portal.sign_key, "");
        assert_string_equal(settings->portal.public_url, "");
        assert_true(settings->panel.touch[0] == 0);
        settings_destroy(settings);
    }
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
        cmocka_unit_test(a_misshapen_value_is_named_and_harmless),
        cmocka_unit_test(no_file_no_settings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
