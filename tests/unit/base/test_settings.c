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

/* The texts of the settings, beside the numbers. */
#define TEXT(name) offsetof(struct settings, name)
static const size_t texts[] = {
    TEXT(kiosk.id),          TEXT(kiosk.office),     TEXT(kiosk.socket_dir), TEXT(kiosk.state_dir),
    TEXT(kiosk.data_dir),    TEXT(city.name),        TEXT(city.logo),        TEXT(portal.name),
    TEXT(portal.url),        TEXT(portal.ca),        TEXT(portal.seal_key),  TEXT(portal.sign_key),
    TEXT(portal.public_url), TEXT(printer.address),  TEXT(printer.profile),  TEXT(voice.pack),
    TEXT(voice.program),     TEXT(hall.certificate), TEXT(hall.key),
};

/* What the file documents as a default is what an empty file gives. A text that is
 * missing above shows: its pointers differ. */
static void
the_documented_file_is_right(void **state)
{
    char log[4096];
    struct settings *settings = settings_load(*state), *empty = load("", log, sizeof log);
    assert_true(settings != NULL && empty != NULL);
    assert_int_equal(settings->problems, 0);
    assert_int_equal(empty->problems, 0);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const char **a = (const char **)((char *)settings + texts[i]);
        const char **b = (const char **)((char *)empty + texts[i]);
        assert_string_equal(*a, *b);
        *a = *b;
    }
    assert_memory_equal(settings, empty, sizeof *settings);
    settings_destroy(settings);
    settings_destroy(empty);
}

/* Every key of the documented file is given a value that none of them takes. */
static void
every_wrong_value_is_named(void **state)
{
    static const char wrong[] = "~ a value that no key of this file could ever mean ~";
    char line[256], section[64] = "", ini[256], said[128], log[4096];
    int keys = 0;
    FILE *file = fopen(*state, "re");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        size_t name = strcspn(line, " =");
        if (sscanf(line, "[%63[a-z]]", section) == 1 || strchr(";\n", line[0]) != NULL) {
            continue;
        }
        snprintf(ini, sizeof ini, "[%s]\n%.*s = %s\n", section, (int)name, line, wrong);
        snprintf(said, sizeof said, ":2: [%s] %.*s: '~ a value", section, (int)name, line);
        struct settings *settings = load(ini, log, sizeof log);
        if (settings->problems != 1 || strstr(log, said) == NULL) {
            fail_msg("%s: %d problems, not said: %s\nbut: %s", ini, settings->problems, said, log);
        }
        settings_destroy(settings);
        keys++;
    }
    fclose(file);
    assert_in_range(keys, 25, 200);
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
quiet_hours_are_minutes(void **state)
{
    (void)state;
    char log[4096];
    struct settings *settings = load("[voice]\nquiet = 20.30-07.00\n", log, sizeof log);
    assert_int_equal(settings->problems, 0);
    assert_int_equal(settings->voice.quiet_begin, 20 * 60 + 30);
    assert_int_equal(settings->voice.quiet_end, 7 * 60);
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
        {"[kiosk]\ndata_dir = /nowhere\n",
         ":2: [kiosk] data_dir: '/nowhere' is not a folder that is there"},
        {"[kiosk]\ndata_dir = /etc/passwd\n", "is not a folder that is there"},
        {"[portal]\nseal_key = 00ff\n", ":2: [portal] seal_key: '00ff' is not 64 hexadecimal"},
        {"[portal]\nsign_key = "
         "zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n",
         "is not 64 hexadecimal"},
        {"[portal]\npublic_url = https://a-portal-with-a-name-longer-than-a-slip.example/x\n",
         "is not at most 48 letters"},
        {"[portal]\npublic_url = http://plain.example\n", "is not an address with https://"},
        {"[portal]\nurl = http://plain.example\n", "is not an address with https://"},
        {"[portal]\nca = portal-ca.pem\n", "is not a path from the root"},
        {"[kiosk]\nsocket_dir = run\n", "is not a path from the root"},
        {"[city]\nname = Pemerintah Kota yang Namanya Terlalu Panjang Untuk Ini\n",
         "is not at most 48 letters"},
        {"[city]\nlogo = KTP\n", "is not one or two letters"},
        {"[voice]\npack = suara\n", "is not a path from the root"},
        {"[voice]\nquiet = 20.00\n",
         ":2: [voice] quiet: '20.00' is not two times like 20.00-07.00"},
        {"[voice]\nquiet = 20.00-7\n", "is not two times"},
        {"[voice]\nquiet = 25.00-07.00\n", "is not two times"},
        {"[voice]\nquiet = 20.00-07.00-\n", "is not two times"},
        {"[voice]\nquiet = -07.00\n", "is not two times"},
        {"[printer]\naddress = lpt1\n", "is not tcp:HOST:PORT, usb:/dev/..."},
        {"[printer]\naddress = usb:lp0\n", "is not tcp:HOST:PORT, usb:/dev/..."},
        {"[printer]\nprofile = ../epson\n", "is not the name of a profile"},
        {"[panel]\nwidth_px = 1\n", ":2: [panel] width_px: '1' is not 0, or from 320"},
        {"[panel]\nheight_px = 319\n", ":2: [panel] height_px: '319' is not 0, or from"},
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
        assert_string_equal(settings->portal.url, "");
        assert_string_equal(settings->portal.public_url, "");
        assert_string_equal(settings->portal.ca, "/etc/anjungan/portal-ca.pem");
        assert_string_equal(settings->kiosk.socket_dir, "/run/anjungan");
        assert_string_equal(settings->city.name, "Pemerintah Kota Samarinda");
        assert_string_equal(settings->city.logo, "S");
        assert_string_equal(settings->printer.address, "usb:/dev/anjungan/printer");
        assert_string_equal(settings->printer.profile, "epson-80");
        assert_true(settings->panel.touch[0] == 0);
        assert_string_equal(settings->voice.pack, "");
        assert_int_equal(settings->voice.quiet_begin, settings->voice.quiet_end);
        settings_destroy(settings);
    }
}

/* What counts is what a slip and a header show. */
static void
letters_are_not_bytes(void **state)
{
    (void)state;
#define TWELVE "éééééééééééé"
    char log[4096];
    struct settings *settings =
        load("[city]\nname = " TWELVE TWELVE TWELVE TWELVE "\nlogo = éè\n", log, sizeof log);
    assert_int_equal(settings->problems, 0);
    assert_string_equal(settings->city.name, TWELVE TWELVE TWELVE TWELVE);
    assert_string_equal(settings->city.logo, "éè");
    settings_destroy(settings);
    settings = load("[city]\nname = " TWELVE TWELVE TWELVE TWELVE "e\n", log, sizeof log);
    assert_int_equal(settings->problems, 1);
    settings_destroy(settings);
}

static void
no_file_no_settings(void **state)
{
    (void)state;
    assert_null(settings_load("/proc/nonexistent/anjungan.ini"));
    settings_destroy(NULL);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(the_documented_file_is_right, argv[argc > 1]),
        cmocka_unit_test_prestate(every_wrong_value_is_named, argv[argc > 1]),
        cmocka_unit_test(a_wrong_value_is_named_and_harmless),
        cmocka_unit_test(quiet_hours_are_minutes),
        cmocka_unit_test(a_misshapen_value_is_named_and_harmless),
        cmocka_unit_test(letters_are_not_bytes),
        cmocka_unit_test(no_file_no_settings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
