#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/files.h"
#include "base/log.h"
#include "heard.h"

static char folder[64], path[80], words[8192];

static int
make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/anjungan-files-XXXXXX");
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/f", folder);
    return 0;
}

static int
drop_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder); // fails if anything else was left behind
}

static void
what_was_written_is_read(void **state)
{
    (void)state;
    static const char bytes[] = "a\0b\n";
    mode_t before = umask(077);
    assert_true(files_replace(path, "older and longer", 16, 0600));
    assert_true(files_replace(path, bytes, 4, 0644));
    umask(before);
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 07777, 0644);
    size_t len = 99;
    char *got = files_read(path, 4, &len);
    assert_int_equal(len, 4);
    assert_memory_equal(got, bytes, 5); // with the NUL behind
    free(got);
    assert_true(files_replace(path, "", 0, 0600));
    got = files_read(path, 0, &len);
    assert_int_equal(len, 0);
    assert_string_equal(got, "");
    free(got);
}

static void
a_draft_left_by_a_power_cut_is_no_obstacle(void **state)
{
    (void)state;
    char draft[96];
    snprintf(draft, sizeof draft, "%s.new", path);
    int fd = open(draft, O_CREAT | O_WRONLY, 0666);
    assert_int_equal(write(fd, "half", 4), 4);
    close(fd);
    assert_true(files_replace(path, "whole", 5, 0600));
    assert_int_equal(access(draft, F_OK), -1);
}

static void
what_cannot_be_read_is_said(void **state)
{
    (void)state;
    size_t len;
    assert_true(files_replace(path, "12345", 5, 0600));
    struct heard hearing = heard_begin();
    assert_null(files_read("/proc/nonexistent/file", 10, &len)); // absent: silent
    heard_end(&hearing, words, sizeof words);
    assert_string_equal(words, "");
    hearing = heard_begin();
    char *large = files_read(path, 4, &len), *directory = files_read(folder, 4, &len);
    heard_end(&hearing, words, sizeof words);
    assert_null(large);
    assert_null(directory);
    assert_non_null(strstr(words, "File too large"));
    unlink(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_null(files_read(path, 4, &len)); // and does not wait for a writer
}

static void
what_cannot_be_written_leaves_the_old(void **state)
{
    (void)state;
    assert_false(files_replace("/proc/nonexistent/file", "x", 1, 0600));
    assert_false(files_replace(folder, "x", 1, 0600)); // a folder in its place
    char draft[96];
    snprintf(draft, sizeof draft, "%s.new", path);
    assert_true(files_replace(path, "old", 3, 0600));
    assert_int_equal(mkdir(draft, 0700), 0);
    assert_false(files_replace(path, "new", 3, 0600));
    assert_int_equal(rmdir(draft), 0);
    size_t len;
    char *got = files_read(path, 10, &len);
    assert_string_equal(got, "old");
    free(got);
}

static void
a_line_is_one_line_whatever_it_carries(void **state)
{
    (void)state;
    char longer[3000];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    log_init("test");
    struct heard hearing = heard_begin();
    log_error("a\n<0>forged %d\x1b[2J", 7);
    log_warning("%s", longer);
    log_info("plain");
    log_to_people();
    log_error("said");
    heard_end(&hearing, words, sizeof words);
    const char *second = strchr(words, '\n') + 1, *third = strchr(second, '\n') + 1;
    assert_memory_equal(words, "<3>test: a <0>forged 7 [2J\n", second - words);
    assert_memory_equal(second, "<4>test: xxx", 12);
    assert_int_equal(third - second, 1024 - 1);
    assert_string_equal(third, "<6>test: plain\ntest: said\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_written_is_read, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(a_draft_left_by_a_power_cut_is_no_obstacle, make_folder,
                                        drop_folder),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_said, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(what_cannot_be_written_leaves_the_old, make_folder,
                                        drop_folder),
        cmocka_unit_test(a_line_is_one_line_whatever_it_carries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
