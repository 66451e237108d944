#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/config.h"
#include "heard.h"

static char words[8192]; // what the log said of the last file

/* A file of these bytes; the log is heard from here to done(). */
static struct heard hearing;

static struct config *
open_config(const char *bytes, size_t len)
{
    char path[32];
    int fd = memfd_create("config", 0);
    assert_int_equal(write(fd, bytes, len), len);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    hearing = heard_begin();
    struct config *config = config_load(path);
    close(fd);
    return config;
}

static int
done(struct config *config)
{
    int problems = config_finish(config);
    config_destroy(config);
    heard_end(&hearing, words, sizeof words);
    return problems;
}

static void
said(const char *what)
{
    if (strstr(words, what) == NULL) {
        fail_msg("not said: %s\nbut: %s", what, words);
    }
}

static void
values_are_read_by_kind(void **state)
{
    (void)state;
    static const char *const choices[] = {"id", "en", NULL};
    static const char file[] = "\xef\xbb\xbf[a]\r\n"
                               "  text = Kelurahan Sungai Keledang ; a note\r\n"
                               "int=-12\nnumber = 2.5\n; note\n# note\n\nyes = YES\n"
                               "off: off\nchoice = en\nempty =\n[b]\ntext = x";
    struct config *config = open_config(file, sizeof file - 1);
    assert_string_equal(config_text(config, "a", "text", "?"), "Kelurahan Sungai Keledang");
    assert_string_equal(config_text(config, "b", "text", "?"), "x");
    assert_string_equal(config_text(config, "c", "text", "?"), "?");
    assert_null(config_text(config, "a", "absent", NULL));
    assert_string_equal(config_text(config, "a", "empty", "default"), "default");
    assert_int_equal(config_int(config, "a", "int", 1, -12, 5), -12);
    assert_int_equal(config_int(config, "a", "absent", 7, 0, 5), 7);
    assert_true(config_number(config, "a", "number", 0, 0, 10) == 2.5);
    assert_true(config_bool(config, "a", "yes", false));
    assert_false(config_bool(config, "a", "off", true));
    assert_int_equal(config_choice(config, "a", "choice", choices, 0), 1);
    assert_int_equal(done(config), 0);
    assert_string_equal(words, "");
}

static void
a_wrong_value_is_named_by_file_and_line(void **state)
{
    (void)state;
    static const char *const choices[] = {"id", "en", NULL};
    static const char file[] = "[a]\n"
                               "int = 13\n"
                               "word = 12x\n"
                               "huge = 99999999999999999999\n"
                               "\n"
                               "number = nan\n"
                               "bool = perhaps\n"
                               "choice = ID\n"
                               "text = no good\n";
    struct config *config = open_config(file, sizeof file - 1);
    assert_int_equal(config_int(config, "a", "int", 1, 0, 12), 1);
    assert_int_equal(config_int(config, "a", "word", 2, 0, 12), 2);
    assert_int_equal(config_int(config, "a", "huge", 3, 0, 12), 3);
    assert_true(config_number(config, "a", "number", 4, 0, 10) == 4);
    assert_true(config_bool(config, "a", "bool", true));
    assert_int_equal(config_choice(config, "a", "choice", choices, 1), 1);
    config_refuse(config, "a", "text", "one word");
    config_refuse(config, "a", "absent", "here"); // nothing stands there to be wrong
    assert_int_equal(done(config), 7);
    said(":2: [a] int: '13' is not a whole number from 0 to 12");
    said(":3: [a] word: '12x' is not a whole number from 0 to 12");
    said(":4: [a] huge: '99999999999999999999' is not");
    said(":6: [a] number: 'nan' is not a number from 0 to 10");
    said(":7: [a] bool: 'perhaps' is not yes or no");
    said(":8: [a] choice: 'ID' is not one of id en");
    said(":9: [a] text: 'no good' is not one word");
}

static void
what_nobody_asked_for_is_named(void **state)
{
    (void)state;
    static const char file[] = "before = 1\n[a]\nasked = 1\nasket = 2\n[A]\nasked = 3\n= 4\n";
    struct config *config = open_config(file, sizeof file - 1);
    assert_int_equal(config_int(config, "a", "asked", 0, 0, 9), 1);
    assert_int_equal(done(config), 4);
    said(":1: [] before is not a key");
    said(":4: [a] asket is not a key");
    said(":6: [A] asked is not a key");
    said(":7: [A]  is not a key");
}

static void
every_malformed_line_is_named_and_does_not_count(void **state)
{
    (void)state;
    char file[2048] = "[a]\nno sense\n[open\nk = 1\n  continued\nlong = ";
    size_t len = strlen(file);
    memset(file + len, 'x', 500);
    len += 500;
    static const char rest[] = "\nnul = a\0b\nbent = \xc3(\nlast = 2\nx ; y = 3\nlast = 4\n";
    memcpy(file + len, rest, sizeof rest - 1);
    struct config *config = open_config(file, len + sizeof rest - 1);
    assert_int_equal(config_int(config, "a", "k", 0, 0, 9), 1);
    assert_int_equal(config_int(config, "a", "last", 0, 0, 9), 2);
    assert_string_equal(config_text(config, "a", "long", "default"), "default");
    assert_string_equal(config_text(config, "a", "nul", "default"), "default");
    assert_string_equal(config_text(config, "a", "bent", "default"), "default");
    assert_int_equal(done(config), 8);
    said(":2: neither [section] nor key = value");
    said(":3: neither [section] nor key = value");
    said(":5: neither [section] nor key = value");
    said(":6: too long, or not text");
    said(":7: too long, or not text");
    said(":8: not UTF-8");
    said(":10: neither [section] nor key = value");
    said(":11: [a] last stands on line 9 already");
}

static void
no_file_is_said_once(void **state)
{
    (void)state;
    hearing = heard_begin();
    struct config *absent = config_load("/proc/nonexistent/anjungan.ini");
    struct config *folder = config_load("/");
    heard_end(&hearing, words, sizeof words);
    assert_null(absent);
    assert_null(folder);
    said("/proc/nonexistent/anjungan.ini: No such file");
    said("/: ");
    config_destroy(NULL);
}

/* A slip of the finger on the command line must not hang a program or fill the memory. */
static void
what_is_no_configuration_is_refused(void **state)
{
    (void)state;
    char folder[] = "/tmp/anjungan-config-XXXXXX", fifo[64], large[64];
    assert_non_null(mkdtemp(folder));
    snprintf(fifo, sizeof fifo, "%s/fifo", folder);
    snprintf(large, sizeof large, "%s/large", folder);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    FILE *file = fopen(large, "w");
    for (int i = 0; i < 20000; i++) {
        fprintf(file, "; %d: as long as that\n", i);
    }
    fclose(file);
    const struct {
        const char *path, *why;
    } rows[] = {
        {"/dev/zero", "/dev/zero: not a regular file"},
        {"/proc/nonexistent/anjungan.ini", "/proc/nonexistent/anjungan.ini: No such file"},
        {"/tmp", "/tmp: not a regular file"},
        {fifo, "fifo: not a regular file"},
        {large, "large: File too large: more than 262144 bytes"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        hearing = heard_begin();
        struct config *config = config_load(rows[i].path);
        heard_end(&hearing, words, sizeof words);
        assert_null(config);
        said(rows[i].why);
        assert_ptr_equal(strchr(words, '\n'), strrchr(words, '\n')); // one line
    }
    unlink(fifo);
    unlink(large);
    rmdir(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_configuration_is_refused),
        cmocka_unit_test(values_are_read_by_kind),
        cmocka_unit_test(a_wrong_value_is_named_by_file_and_line),
        cmocka_unit_test(what_nobody_asked_for_is_named),
        cmocka_unit_test(every_malformed_line_is_named_and_does_not_count),
        cmocka_unit_test(no_file_is_said_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
