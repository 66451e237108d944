#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
        {"xprinter-80", 576, false, CUT_PARTIAL, CONFIRM_ASB, true, false, 0},
        {"pos-58", 384, false, CUT_NONE, CONFIRM_USB, false, false, 0},
        {"bixolon", 576, false, CUT_FEED_PARTIAL, CONFIRM_ASB, true, false, 0},
        {"safe", 384, true, CUT_NONE, CONFIRM_NONE, false, false, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct printer_profile *profile = shipped(state, cases[i].name);
        assert_non_null(profile);
        assert_int_equal(profile_dots(profile), cases[i].dots);
        assert_true(profile_dots_per_mm(profile) > 7.9 && profile_dots_per_mm(profile) < 8.1);
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
    static const char *const names[] = {"epson-80", "xprinter-80", "pos-58", "bixolon", "safe"};
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

static void
test_wrong_values_fall_back(void **state)
{
    (void)state;
    static const char ini[] = "[paper]\ndots = many\nband_rows = 5000\nmode = poem\n"
                              "[cut]\ncommand = axe\n[status]\nconfirm = perhaps\n";
    char path[] = "/tmp/anjungan-profile-XXXXXX";
    int fd = mkstemp(path);
    assert_int_equal(write(fd, ini, sizeof ini - 1), sizeof ini - 1);
    close(fd);
    struct printer_profile *profile = profile_load(path);
    unlink(path);
    assert_non_null(profile);
    assert_int_equal(profile->dots, 576);
    assert_int_equal(profile->band_rows, 64);
    assert_false(profile->text);
    assert_int_equal(profile->cut, CUT_NONE);
    assert_int_equal(profile->confirm, CONFIRM_NONE); // claims nothing
    profile_destroy(profile);
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
        cmocka_unit_test_prestate(test_wrong_values_fall_back, folder),
        cmocka_unit_test_prestate(test_no_file, folder),
    };
    return cmocka_run_group_tests_name("print profile", tests, NULL, NULL);
}
