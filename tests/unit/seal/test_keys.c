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
#include "seal/keys.h"

static char folder[64], path[80];

static int
make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/anjungan-keys-XXXXXX");
    if (!seal_init() || mkdtemp(folder) == NULL) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/k.key", folder);
    return 0;
}

static int
drop_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static void
a_pair_is_made_once_and_kept(void **state)
{
    (void)state;
    uint8_t first[SIGN_PUBLIC], second[SIGN_PUBLIC], secret_key[SIGN_SECRET], signature[SIGNATURE];
    assert_true(keys_sign_pair(path, first, secret_key));
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 07777, 0600);
    assert_true(keys_sign_pair(path, second, secret_key));
    assert_memory_equal(first, second, SIGN_PUBLIC);
    sign(secret_key, "x", 1, signature);
    assert_true(sign_verify(first, "x", 1, signature));
}

static void
a_sealing_pair_opens_what_it_sealed(void **state)
{
    (void)state;
    uint8_t first[SEAL_KEY], second[SEAL_KEY], secret_key[SEAL_KEY], out[3];
    uint8_t envelope[3 + ENVELOPE_OVERHEAD];
    assert_true(keys_seal_pair(path, first, secret_key));
    assert_true(seal_envelope(first, (const uint8_t *)"abc", 3, envelope));
    assert_true(keys_seal_pair(path, second, secret_key));
    assert_memory_equal(first, second, SEAL_KEY);
    assert_true(open_envelope(second, secret_key, envelope, sizeof envelope, out));
}

static void
a_wrong_file_is_refused_and_left_as_it_is(void **state)
{
    (void)state;
#define HEX "00112233445566778899aabbccddeeff00112233445566778899aabbccddee"
    static const struct {
        const char *line;
        bool good;
    } rows[] = {
        {"ed25519 " HEX "ff\n", true},    {"ed25519 " HEX "ff", false},
        {"ed25519 " HEX "ff\n\n", false}, {"ed25519 " HEX "ff\r\n", false},
        {"ed25519 " HEX "ff00\n", false}, {"ed25519 " HEX "\n", false},
        {"ed25519 " HEX "fg\n", false},   {"ed25519  " HEX "ff\n", false},
        {"x25519 " HEX "ff\n", false},    {"", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint8_t public_key[SIGN_PUBLIC], secret_key[SIGN_SECRET];
        const char *line = rows[i].line;
        assert_true(files_replace(path, line, strlen(line), 0600));
        assert_int_equal(keys_sign_pair(path, public_key, secret_key), rows[i].good);
        size_t len;
        char *after = files_read(path, 128, &len);
        assert_string_equal(after, line);
        free(after);
    }
}

static void
where_nothing_can_be_kept_there_is_no_key(void **state)
{
    (void)state;
    uint8_t public_key[SEAL_KEY], secret_key[SEAL_KEY];
    assert_false(keys_seal_pair("/proc/nonexistent/k.key", public_key, secret_key));
    assert_int_equal(mkdir(path, 0700), 0);
    assert_false(keys_seal_pair(path, public_key, secret_key));
    assert_int_equal(rmdir(path), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_pair_is_made_once_and_kept, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(a_sealing_pair_opens_what_it_sealed, make_folder,
                                        drop_folder),
        cmocka_unit_test_setup_teardown(a_wrong_file_is_refused_and_left_as_it_is, make_folder,
                                        drop_folder),
        cmocka_unit_test_setup_teardown(where_nothing_can_be_kept_there_is_no_key, make_folder,
                                        drop_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
