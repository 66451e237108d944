#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "seal/seal.h"

enum { PLAIN = 40 };

struct envelope {
    uint8_t public_key[SEAL_KEY], secret_key[SEAL_KEY];
    uint8_t plain[PLAIN];
    uint8_t bytes[PLAIN + ENVELOPE_OVERHEAD];
};

static struct envelope
make(void)
{
    struct envelope env;
    seal_keypair(env.public_key, env.secret_key);
    memset(env.plain, 'p', PLAIN);
    assert_true(seal_envelope(env.public_key, env.plain, PLAIN, env.bytes));
    return env;
}

/* Opened from a copy of exactly that length, into room of exactly the plain's. */
static bool
opens(const struct envelope *env, const uint8_t *bytes, size_t len)
{
    uint8_t *copy = malloc(len + 1), *out = malloc(PLAIN + 1);
    memcpy(copy + 1, bytes, len);
    bool good = open_envelope(env->public_key, env->secret_key, copy + 1, len, out);
    if (good && len == sizeof env->bytes) {
        assert_memory_equal(out, env->plain, PLAIN);
    }
    free(copy);
    free(out);
    return good;
}

static void
an_envelope_opens_for_its_key_alone(void **state)
{
    (void)state;
    struct envelope env = make(), other = make();
    assert_true(opens(&env, env.bytes, sizeof env.bytes));
    assert_false(opens(&other, env.bytes, sizeof env.bytes));
    memcpy(other.public_key, env.public_key, SEAL_KEY); // the right id, the wrong secret
    assert_false(opens(&other, env.bytes, sizeof env.bytes));
}

static void
an_envelope_hides_its_text_and_is_never_the_same(void **state)
{
    (void)state;
    struct envelope env = make();
    uint8_t again[sizeof env.bytes];
    assert_true(seal_envelope(env.public_key, env.plain, PLAIN, again));
    assert_memory_not_equal(again, env.bytes, sizeof again);
    assert_memory_equal(again, env.bytes, 4 + KEY_ID);
    for (size_t i = 0; i + 4 <= sizeof env.bytes; i++) {
        assert_memory_not_equal(env.bytes + i, "pppp", 4);
    }
}

static void
every_flipped_bit_of_an_envelope_fails(void **state)
{
    (void)state;
    struct envelope env = make();
    for (size_t bit = 0; bit < 8 * sizeof env.bytes; bit++) {
        uint8_t bent[sizeof env.bytes];
        memcpy(bent, env.bytes, sizeof bent);
        bent[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_false(opens(&env, bent, sizeof bent));
    }
}

static void
every_truncation_of_an_envelope_fails(void **state)
{
    (void)state;
    struct envelope env = make();
    for (size_t len = 0; len < sizeof env.bytes; len++) {
        assert_false(opens(&env, env.bytes, len));
    }
}

static void
an_empty_text_can_be_sealed(void **state)
{
    (void)state;
    struct envelope env = make();
    uint8_t bytes[ENVELOPE_OVERHEAD];
    assert_true(seal_envelope(env.public_key, env.plain, 0, bytes));
    assert_true(opens(&env, bytes, sizeof bytes));
}

static void
hashes_are_sha256(void **state)
{
    (void)state;
    uint8_t hash[HASH], wanted[HASH];
    hash_of("abc", 3, hash); // FIPS 180-4, first example
    assert_true(hex_parse("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                          wanted, HASH));
    assert_memory_equal(hash, wanted, HASH);
}

static void
signatures_are_ed25519(void **state)
{
    (void)state;
    // RFC 8032, 7.1, test 2: seed and public key are the secret key's halves.
    uint8_t secret_key[SIGN_SECRET], wanted[SIGNATURE], signature[SIGNATURE];
    assert_true(hex_parse("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
                          "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                          secret_key, SIGN_SECRET));
    assert_true(hex_parse("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                          "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
                          wanted, SIGNATURE));
    sign(secret_key, "\x72", 1, signature);
    assert_memory_equal(signature, wanted, SIGNATURE);
    assert_true(sign_verify(secret_key + 32, "\x72", 1, signature));
    assert_false(sign_verify(secret_key + 32, "\x73", 1, signature));
    assert_false(sign_verify(secret_key + 32, "\x72", 0, signature));
}

static void
hex_reads_exactly_what_it_wrote(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool good;
    } rows[] = {
        {"00ff7a", true},  {"00FF7A", true},   {"", false},         {"00ff", false},
        {"00ff7", false},  {"00ff7a0", false}, {"00ff7a00", false}, {"00ff7g", false},
        {" 0ff7a", false}, {"00 f7a", false},  {"0x0ff7", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint8_t out[3];
        assert_int_equal(hex_parse(rows[i].text, out, 3), rows[i].good);
        if (rows[i].good) {
            char back[7];
            hex_of(out, 3, back);
            assert_string_equal(back, "00ff7a");
        }
    }
}

static void
base64_is_strict(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int len; // -1: refused
        const char *bytes;
    } rows[] = {
        {"", 0, ""},
        {"AA", 1, "\0"},
        {"_-8", 2, "\xff\xef"},
        {"YWJj", 3, "abc"},
        {"YWJjZA", 4, "abcd"},
        {"YWJjZA==", -1, NULL},
        {"YWJjZB", -1, NULL}, // bits that no byte needs
        {"YWJj ZA", -1, NULL},
        {"YWJjZ", -1, NULL},
        {"Y", -1, NULL},
        {"YWJ\xea", -1, NULL},     // "j" with its eighth bit set
        {"+/8", -1, NULL},         // the other alphabet
        {"YWJjZGVmZ2g", -1, NULL}, // more than the room
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint8_t out[6];
        size_t len = 99;
        bool good = base64_parse(rows[i].text, out, sizeof out, &len);
        assert_int_equal(good, rows[i].len >= 0);
        if (good) {
            char back[16];
            assert_int_equal(len, rows[i].len);
            assert_int_equal(base64_size(len), strlen(rows[i].text) + 1);
            base64_of(out, len, back);
            assert_string_equal(back, rows[i].text);
            assert_memory_equal(out, rows[i].bytes, len);
        }
    }
}

static int
init(void **state)
{
    (void)state;
    return seal_init() ? 0 : -1;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_envelope_opens_for_its_key_alone),
        cmocka_unit_test(an_envelope_hides_its_text_and_is_never_the_same),
        cmocka_unit_test(every_flipped_bit_of_an_envelope_fails),
        cmocka_unit_test(every_truncation_of_an_envelope_fails),
        cmocka_unit_test(an_empty_text_can_be_sealed),
        cmocka_unit_test(hashes_are_sha256),
        cmocka_unit_test(signatures_are_ed25519),
        cmocka_unit_test(hex_reads_exactly_what_it_wrote),
        cmocka_unit_test(base64_is_strict),
    };
    return cmocka_run_group_tests(tests, init, NULL);
}
