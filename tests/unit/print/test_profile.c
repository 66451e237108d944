#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../base/heard.h"
#include "base/config.h"
#include "print/profile.h"
#include "print/spool.h"

static struct printer_profile *
shipped(void **state, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s.ini", (const char *)*state, name);
    return profile_load(path);
}

static void
test_shipped_profiles(void **state)
{
    static const struct {
        const char *name;
        int dots;
        bool text;
        enum profile_cut cut;
        enum profile_confirm confirm;
        bool realtime, clear;
        int feed_units;
    } cases[] = {
        {"epson-80", 576, false, CUT_FEED_PARTIAL, CONFIRM_JOB, true, true, 2},
        {"epson-t88", 512, false, CUT_FEED_PARTIAL, CONFIRM_JOB, true, true, 2},
        {"xprinter-80", 576, false, CUT_PARTIAL, CONFIRM_ASB, true, false, 0},
        {"pos-58", 384, false, CUT_NONE, CONFIRM_USB, false, false, 0},
        {"bixolon", 576, false, CUT_FEED_PARTIAL, CONFIRM_ASB, true, false, 0},
        {"bixolon-180", 512, false, CUT_FEED_PARTIAL, CONFIRM_ASB, true, false, 0},
        {"safe", 384, true, CUT_NONE, CONFIRM_NONE, false, false, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct printer_profile *profile = shipped(state, cases[i].name);
        assert_non_null(profile);
        assert_int_equal(profile_dots(profile), cases[i].dots);
        // 72 mm of an 80 mm roll, 48 of a 58 mm one.
        double width = profile_dots(profile) / profile_dots_per_mm(profile);
        assert_true(cases[i].dots == 384 ? width == 48 : width > 71.9 && width < 72.5);
        assert_false(profile->buzzer);
        assert_int_equal(profile->text, cases[i].text);
        assert_int_equal(profile->cut, cases[i].cut);
        assert_int_equal(profile->confirm, cases[i].confirm);
        assert_int_equal(profile->realtime, cases[i].realtime);
        assert_int_equal(profile->clear, cases[i].clear);
        assert_int_equal(profile->feed_units, cases[i].feed_units);
        assert_true(profile->band_rows >= 8 && profile->band_rows <= 100);
        assert_int_equal(profile->confirm_ms, 15000);
        profile_destroy(profile);
    }
}

/* Every key in the files is one that somebody reads. */
static void
test_no_key_is_idle(void **state)
{
    static const char *const names[] = {"epson-80",    "epson-t88", "xprinter-80", "bixolon",
                                        "bixolon-180", "pos-58",    "safe"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        int pipes[2], saved = dup(STDERR_FILENO);
        assert_int_equal(pipe(pipes), 0);
        dup2(pipes[1], STDERR_FILENO);
        profile_destroy(shipped(state, names[i]));
        dup2(saved, STDERR_FILENO);
        close(saved);
        close(pipes[1]);
        char log[400];
        ssize_t len = read(pipes[0], log, sizeof log - 1);
        log[len > 0 ? len : 0] = '\0';
        close(pipes[0]);
        assert_string_equal(log, "");
    }
}

/* A guess at a printer would spoil every slip: refused, with file, line and reason. */
static void
test_wrong_values_are_refused(void **state)
{
    static const struct {
        const char *section, *line, *reason;
    } cases[] = {
        {"paper", "dots = 0", "'0' is not a whole number from 64 to 1024"},
        {"paper", "dots = 7", "'7' is not a whole number from 64 to 1024"},
        {"paper", "dots = 5000", "'5000' is not a whole number from 64 to 1024"},
        {"paper", "dots = -576", "'-576' is not a whole number"},
        {"paper", "dots = many", "'many' is not a whole number"},
        {"paper", "dots = 570", "'570' is not a multiple of 8"},
        {"paper", "dots = 64", "'64' is not right: with dots_per_mm that is paper of 8 mm"},
        {"paper", "dots = 1024", "'1024' is not right: with dots_per_mm that is paper of 128 mm"},
        {"paper", "dots_per_mm = 0", "'0' is not a number from 4 to 24"},
        {"paper", "mode = poem", "'poem' is not one of raster text"},
        {"paper", "columns = 200", "'200' is not a whole number from 16 to 80"},
        {"paper", "code_page = 256", "'256' is not a whole number from -1 to 255"},
        {"paper", "band_rows = 5000", "'5000' is not a whole number from 8 to 128"},
        {"paper", "native_qr = perhaps", "'perhaps' is not yes or no"},
        {"cut", "command = axe", "'axe' is not one of feed-partial partial esc-i none"},
        {"cut", "feed_mm = 400", "'400' is not a whole number from 0 to 40"},
        {"status", "confirm = perhaps", "'perhaps' is not one of job asb usb none"},
        {"status", "job_ms = 0", "'0' is not a whole number from 100 to 110000"},
        {"paper", "dots", "neither [section] nor key = value"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char path[] = "/tmp/anjungan-profile-XXXXXX", wanted[200], log[1000];
        int fd = mkstemp(path);
        dprintf(fd, "; a printer\n[%s]\n%s\n", cases[i].section, cases[i].line);
        close(fd);
        struct heard hearing = heard_begin();
        struct printer_profile *profile = profile_load(path);
        heard_end(&hearing, log, sizeof log);
        unlink(path);
        assert_null(profile);
        snprintf(wanted, sizeof wanted, "%s:3: ", path);
        if (!strstr(log, wanted) || !strstr(log, cases[i].reason) || strstr(log, "default")) {
            fail_msg("%s: %s", cases[i].line, log);
        }
    }
}

static void
test_no_file(void **state)
{
    assert_null(shipped(state, "no-such-printer"));
}

int
main(int argc, char **argv)
{
    void *folder = argc > 1 ? argv[1] : NULL;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(test_shipped_profiles, folder),
        cmocka_unit_test_prestate(test_no_key_is_idle, folder),
        cmocka_unit_test(test_wrong_values_are_refused),
        cmocka_unit_test_prestate(test_no_file, folder),
    };
    return cmocka_run_group_tests_name("print profile", tests, NULL, NULL);
}
