#include "seal/password.h"

#include <sodium.h>
#include <string.h>

#include "base/log.h"

_Static_assert((int)PASSWORD_HASH == (int)crypto_pwhash_STRBYTES, "size of a hash");
_Static_assert((int)PASSWORD_SALT == (int)crypto_pwhash_SALTBYTES, "size of a salt");

bool
password_hash(const char *password, char out[PASSWORD_HASH])
{
    bool done = crypto_pwhash_str_alg(
                    out, password, strlen(password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                    crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) == 0;
    if (!done) {
        log_error("password: no memory for a hash");
    }
    return done;
}

bool
password_matches(const char *hash, const char *password)
{
    return strlen(hash) < PASSWORD_HASH &&
           crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
}

bool
password_key(const char *password, const uint8_t salt[PASSWORD_SALT], uint8_t key[PASSWORD_KEY])
{
    bool done =
        crypto_pwhash(key, PASSWORD_KEY, password, strlen(password), salt,
                      crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                      crypto_pwhash_ALG_ARGON2ID13) == 0;
    if (!done) {
        log_error("password: no memory for a key");
    }
    return done;
}

void
password_salt(uint8_t salt[PASSWORD_SALT])
{
    randombytes_buf(salt, PASSWORD_SALT);
}
