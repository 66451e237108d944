#include "seal/password.h"

#include <sodium.h>
#include <stdint.h>
#include <string.h>

#include "base/log.h"

_Static_assert((int)PASSWORD_HASH == (int)crypto_pwhash_STRBYTES, "size of a hash");

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
