/* The only room that knows libsodium. Public-key sealing, signatures, tokens.
 * All functions are thread-safe after seal_init(). */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SEAL_KEY = 32, /* X25519 public or secret key */
    SIGN_PUBLIC = 32,
    SIGN_SECRET = 64,
    SIGNATURE = 64, /* Ed25519 */
    HASH = 32,      /* SHA-256 */
    KEY_ID = 8,     /* first bytes of the hash of a public key */
    ENVELOPE_OVERHEAD = 4 + KEY_ID + 48
};

bool seal_init(void); /* once, before the program locks itself */

/* Envelope: "ANJ1", key id, then crypto_box_seal. `out` holds len + ENVELOPE_OVERHEAD. */
bool seal_envelope(const uint8_t to[SEAL_KEY], const uint8_t *plain, size_t len, uint8_t *out);
/* false: not an envelope, another key, or tampered with. `out` holds len - ENVELOPE_OVERHEAD. */
bool open_envelope(const uint8_t public_key[SEAL_KEY], const uint8_t secret_key[SEAL_KEY],
                   const uint8_t *envelope, size_t len, uint8_t *out);
void seal_keypair(uint8_t public_key[SEAL_KEY], uint8_t secret_key[SEAL_KEY]);
void seal_key_id(const uint8_t public_key[SEAL_KEY], uint8_t id[KEY_ID]);

void sign_keypair(uint8_t public_key[SIGN_PUBLIC], uint8_t secret_key[SIGN_SECRET]);
void sign(const uint8_t secret_key[SIGN_SECRET], const void *data, size_t len,
          uint8_t signature[SIGNATURE]);
bool sign_verify(const uint8_t public_key[SIGN_PUBLIC], const void *data, size_t len,
                 const uint8_t signature[SIGNATURE]);
void hash_of(const void *data, size_t len, uint8_t out[HASH]);
bool hash_equal(const uint8_t a[HASH], const uint8_t b[HASH]); /* in the same time always */

/* Text forms. hex: 2n+1 bytes; base64 is URL-safe without padding. */
void hex_of(const uint8_t *data, size_t len, char *out);
bool hex_parse(const char *text, uint8_t *out, size_t len); /* exactly len bytes */
size_t base64_size(size_t len);                             /* with the NUL */
void base64_of(const uint8_t *data, size_t len, char *out);
bool base64_parse(const char *text, uint8_t *out, size_t size, size_t *len);
