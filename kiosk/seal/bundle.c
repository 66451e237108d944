#include "seal/bundle.h"

#include <string.h>

static const char title[] = "anjungan-bundle 1 ";
enum { TITLE = sizeof title - 1, LETTERS = 86, HEADER = TITLE + LETTERS + 1 };

const char *
bundle_verify(const char *bytes, size_t len, const uint8_t public_key[SIGN_PUBLIC],
              size_t *body_len)
{
    // A body is an object, so no other text that the key signs can pass for one.
    if (len <= HEADER || memcmp(bytes, title, TITLE) != 0 || bytes[HEADER - 1] != '\n' ||
        bytes[HEADER] != '{') {
        return NULL;
    }
    char letters[LETTERS + 1] = {0};
    uint8_t signature[SIGNATURE];
    size_t got;
    memcpy(letters, bytes + TITLE, LETTERS);
    if (!base64_parse(letters, signature, sizeof signature, &got) || got != sizeof signature ||
        !sign_verify(public_key, bytes + HEADER, len - HEADER, signature)) {
        return NULL;
    }
    *body_len = len - HEADER;
    return bytes + HEADER;
}

void
bundle_header(const char *body, size_t len, const uint8_t secret_key[SIGN_SECRET], char *out)
{
    uint8_t signature[SIGNATURE];
    sign(secret_key, body, len, signature);
    memcpy(out, title, TITLE);
    base64_of(signature, sizeof signature, out + TITLE);
    out[HEADER - 1] = '\n';
    out[HEADER] = '\0';
}
