#include <sodium.h>
#include <string.h>

#include "seal/seal.h"

void
hex_of(const uint8_t *data, size_t len, char *out)
{
    sodium_bin2hex(out, len * 2 + 1, data, len);
}

bool
hex_parse(const char *text, uint8_t *out, size_t len)
{
    size_t letters = strlen(text), got = 0;
    return letters == len * 2 && sodium_hex2bin(out, len, text, letters, NULL, &got, NULL) == 0 &&
           got == len;
}

size_t
base64_size(size_t len)
{
    return sodium_base64_encoded_len(len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void
base64_of(const uint8_t *data, size_t len, char *out)
{
    sodium_bin2base64(out, base64_size(len), data, len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

bool
base64_parse(const char *text, uint8_t *out, size_t size, size_t *len)
{
    // libsodium 1.0.18 takes some bytes above 0x7f for the letter below them.
    if (text[strspn(text, alphabet)] != '\0') {
        return false;
    }
    // Strict: no space, no padding, and the bits that no byte needs are zero.
    return sodium_base642bin(out, size, text, strlen(text), NULL, len, NULL,
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0;
}
