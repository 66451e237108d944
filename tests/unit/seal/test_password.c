/* Hashes of passwords: argon2id by name, salted, and right for one password alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "seal/password.h"
#include "seal/seal.h"

static void
test_matches(void **state)
{
    (void)state;
    char one[PASSWORD_HASH], other[PASSWORD_HASH];
    assert_true(password_hash("rahasia sekali", one));
    assert_true(password_hash("rahasia sekali", other));
    assert_string_not_equal(one, other); // a salt each
    assert_int_equal(strncmp(one, "$argon2id$v=19$m=65536,t=2,p=1$", 31), 0);
    assert_null(strchr(one, ' '));
    assert_true(password_matches(one, "rahasia sekali"));
    assert_true(password_matches(other, "rahasia sekali"));
    assert_false(password_matches(one, "rahasia sekal"));
    assert_false(password_matches(one, "rahasia sekali "));
    assert_false(password_matches(one, ""));
}

static void
test_no_hash(void **state)
{
    (void)state;
    char spoilt[PASSWORD_HASH], huge[4 * PASSWORD_HASH];
    assert_true(password_hash("rahasia sekali", spoilt));
    spoilt[40] = spoilt[40] == 'A' ? 'B' : 'A';
    memset(huge, '$', sizeof huge - 1);
    huge[sizeof huge - 1] = '\0';
    const char *const hashes[] = {"", "$argon2id$", "rahasia sekali", spoilt, huge};
    for (size_t i = 0; i < sizeof hashes / sizeof *hashes; i++) {
        assert_false(password_matches(hashes[i], "rahasia sekali"));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_matches),
                                       cmocka_unit_test(test_no_hash)};
    return seal_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
