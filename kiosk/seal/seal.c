#include "seal/seal.h"

#include <sodium.h>
#include <string.h>

#include "base/log.h"

static const char magic[] = "ANJ1";
enum { MAGIC = 4, HEAD = MAGIC + KEY_ID };

_Static_assert(SEAL_KEY == crypto_box_PUBLICKEYBYTES, "size of a public sealing key");
_Static_assert(SEAL_KEY == crypto_box_SECRETKEYBYTES, "size of a secret sealing key");
_Static_assert(SIGN_PUBLIC == crypto_sign_PUBLICKEYBYTES, "size of a public signing key");
_Static_assert(SIGN_SECRET == crypto_sign_SECRETKEYBYTES, "size of a secret signing key");
_Static_assert(SIGNATURE == crypto_sign_BYTES, "size of a signature");
_Static_assert(HASH == crypto_hash_sha256_BYTES, "size of a hash");
_Static_assert(ENVELOPE_OVERHEAD == HEAD + crypto_box_SEALBYTES, "size of an envelope");

bool
seal_init(void)
{
    if (sodium_init() < 0) {
        log_error("libsodium finds no source of randomness");
        return false;
    }
    return true;
}

bool
seal_envelope(const uint8_t to[SEAL_KEY], const uint8_t *plain, size_t len, uint8_t *out)
{
    memcpy(out, magic, MAGIC);
    seal_key_id(to, out + MAGIC);
    return crypto_box_seal(out + HEAD, plain, len, to) == 0;
}

bool
open_envelope(const uint8_t public_key[SEAL_KEY], const uint8_t secret_key[SEAL_KEY],
              const uint8_t *envelope, size_t len, uint8_t *out)
{
    uint8_t id[KEY_ID];
    seal_key_id(public_key, id);
    if (len < ENVELOPE_OVERHEAD || memcmp(envelope, magic, MAGIC) != 0 ||
        memcmp(envelope + MAGIC, id, KEY_ID) != 0) {
        return false;
    }
    return crypto_box_seal_open(out, envelope + HEAD, len - HEAD, public_key, secret_key) == 0;
}

void
seal_keypair(uint8_t public_key[SEAL_KEY], uint8_t secret_key[SEAL_KEY])
{
    crypto_box_keypair(public_key, secret_key);
}

void
seal_key_id(const uint8_t public_key[SEAL_KEY], uint8_t id[KEY_ID])
{
    uint8_t hash[HASH];
    hash_of(public_key, SEAL_KEY, hash);
    memcpy(id, hash, KEY_ID);
}

void
sign_keypair(uint8_t public_key[SIGN_PUBLIC], uint8_t secret_key[SIGN_SECRET])
{
    crypto_sign_keypair(public_key, secret_key);
}

void
sign(const uint8_t secret_key[SIGN_SECRET], const void *data, size_t len,
     uint8_t signature[SIGNATURE])
{
    crypto_sign_detached(signature, NULL, data, len, secret_key);
}

bool
sign_verify(const uint8_t public_key[SIGN_PUBLIC], const void *data, size_t len,
            const uint8_t signature[SIGNATURE])
{
    return crypto_sign_verify_detached(signature, data, len, public_key) == 0;
}

bool
hash_equal(const uint8_t a[HASH], const uint8_t b[HASH])
{
    return sodium_memcmp(a, b, HASH) == 0;
}

void
hash_of(const void *data, size_t len, uint8_t out[HASH])
{
    crypto_hash_sha256(out, data, len);
}
