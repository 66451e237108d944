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
#include "portal/csr.h"
#include "portal/enrol.h"
#include "portal/identity.h"

static char folder[64], path[96];

static const char certificate[] = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

static struct identity
sample(void)
{
    struct identity identity = {.kiosk = "6472021001-1", .number = 4000000000u};
    uint8_t secret[SEAL_KEY];
    seal_keypair(identity.portal_seal, secret);
    sign_keypair(identity.sign_public, identity.sign_secret);
    memcpy(identity.portal_sign, identity.sign_public, SIGN_PUBLIC);
    return identity;
}

static void
there_and_back(void **state)
{
    (void)state;
    struct identity saved = sample(), loaded = {0};
    struct stat facts;
    char *key = csr_new_key();
    assert_non_null(key);
    assert_true(identity_save(path, &saved, key, certificate));
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    assert_true(identity_load(path, &loaded));
    assert_memory_equal(&saved, &loaded, sizeof saved);
    free(key);
}

static void
absent(void **state)
{
    (void)state;
    struct identity identity;
    unlink(path);
    assert_false(identity_load(path, &identity));
}

static void
cut_or_damaged(void **state)
{
    (void)state;
    struct identity identity = sample();
    size_t len = 0;
    assert_true(identity_save(path, &identity, "-----BEGIN PRIVATE KEY-----\n", certificate));
    char *whole = files_read(path, 65536, &len);
    assert_non_null(whole);
    size_t end = (size_t)(strstr(whole, "CERTIFICATE-----") - whole) + 16;
    for (size_t cut = 0; cut < end; cut += 7) {
        assert_true(files_replace(path, whole, cut, 0600));
        assert_false(identity_load(path, &identity));
    }
    const char *const lines[] = {
        "kiosk ",       "number ",      "portal_seal ",      "portal_sign ",
        "sign_public ", "sign_secret ", "anjungan-identity "};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char *copy = strdup(whole);
        char *at = strstr(copy, lines[i]) + strlen(lines[i]);
        *at = '!';
        assert_true(files_replace(path, copy, len, 0600));
        // A kiosk's name may be anything; the portal compares it with the certificate.
        assert_int_equal(identity_load(path, &identity), i == 0);
        free(copy);
    }
    free(whole);
}

static void
request_and_key(void **state)
{
    (void)state;
    char *key = csr_new_key(), *request = csr_make(key);
    assert_non_null(strstr(key, "BEGIN PRIVATE KEY"));
    assert_non_null(strstr(request, "BEGIN CERTIFICATE REQUEST"));
    assert_null(csr_make("nonsense"));
    assert_false(csr_matches(key, "nonsense", "k"));
    assert_false(csr_matches(key, certificate, "k"));
    free(key);
    free(request);
}

/* Nobody answers: the old identity stays, and the next try carries the same keys. */
static void
failed_try(void **state)
{
    (void)state;
    struct identity identity = sample();
    char error[48], pending[128];
    size_t len = 0;
    snprintf(pending, sizeof pending, "%s/identity.new", folder);
    assert_true(identity_save(path, &identity, "-----BEGIN PRIVATE KEY-----\n", certificate));
    char *before = files_read(path, 65536, &len);
    struct enrol_options options = {.url = "https://127.0.0.1:9",
                                    .ca = "/proc/nonexistent",
                                    .code = "1234",
                                    .state_dir = folder,
                                    .connect_seconds = 1,
                                    .whole_seconds = 2};
    assert_int_equal(enrol(&options, &identity, error), ENROL_OFFLINE);
    char *first = files_read(pending, 65536, &len), *after = files_read(path, 65536, &len);
    assert_string_equal(before, after);
    assert_int_equal(enrol(&options, &identity, error), ENROL_OFFLINE);
    char *second = files_read(pending, 65536, &len);
    assert_string_equal(first, second);
    options.state_dir = "/proc/nonexistent";
    assert_int_equal(enrol(&options, &identity, error), ENROL_DISK);
    free(before);
    free(first);
    free(after);
    free(second);
    unlink(pending);
}

static int
make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/anjungan-identity-XXXXXX");
    assert_true(seal_init());
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/identity.pem", folder);
    return 0;
}

static int
remove_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_and_back), cmocka_unit_test(absent),
        cmocka_unit_test(cut_or_damaged), cmocka_unit_test(request_and_key),
        cmocka_unit_test(failed_try),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
