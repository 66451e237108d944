#include "portal/identity.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"

enum { FILE_MOST = 64 * 1024 };

static const char first_line[] = "anjungan-identity 1\n";

/* The value of a line "name value" before the first PEM block; false when absent or too long. */
static bool
line_value(const char *text, const char *name, char *out, size_t size)
{
    const char *pem = strstr(text, "-----BEGIN");
    size_t skip = strlen(name);
    for (const char *line = text; line && *line && line != pem; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, name, skip) == 0 && line[skip] == ' ') {
            size_t len = strcspn(line + skip + 1, "\n");
            if (len == 0 || len >= size) {
                return false;
            }
            memcpy(out, line + skip + 1, len);
            out[len] = '\0';
            return true;
        }
    }
    return false;
}

static bool
key_value(const char *text, const char *name, uint8_t *out, size_t len)
{
    char hex[2 * SIGN_SECRET + 1];
    bool good = line_value(text, name, hex, sizeof hex) && hex_parse(hex, out, len);
    secret_zero(hex, sizeof hex);
    return good;
}

static bool
read_number(const char *text, uint32_t *out)
{
    char value[16];
    if (!line_value(text, "number", value, sizeof value) || !text_is_digits(value)) {
        return false;
    }
    unsigned long long number = strtoull(value, NULL, 10);
    *out = (uint32_t)number;
    return number >= 1 && number <= 4000000000ULL;
}

static bool
read_all(const char *text, struct identity *identity)
{
    return strncmp(text, first_line, strlen(first_line)) == 0 &&
           line_value(text, "kiosk", identity->kiosk, sizeof identity->kiosk) &&
           read_number(text, &identity->number) &&
           key_value(text, "portal_seal", identity->portal_seal, SEAL_KEY) &&
           key_value(text, "portal_sign", identity->portal_sign, SIGN_PUBLIC) &&
           key_value(text, "sign_public", identity->sign_public, SIGN_PUBLIC) &&
           key_value(text, "sign_secret", identity->sign_secret, SIGN_SECRET) &&
           strstr(text, "-----BEGIN CERTIFICATE-----") != NULL;
}

bool
identity_load(const char *path, struct identity *identity)
{
    size_t len = 0;
    char *text = files_read(path, FILE_MOST, &len);
    if (!text) {
        return false;
    }
    bool good = read_all(text, identity);
    secret_zero(text, len);
    free(text);
    if (!good) {
        log_error("portal: %s is damaged: enrol again", path);
        secret_zero(identity, sizeof *identity);
    }
    return good;
}

static void
add_key(struct text *out, const char *name, const uint8_t *key, size_t len)
{
    char hex[2 * SIGN_SECRET + 1];
    hex_of(key, len, hex);
    text_addf(out, "%s %s\n", name, hex);
    secret_zero(hex, sizeof hex);
}

bool
identity_save(const char *path, const struct identity *identity, const char *key,
              const char *certificate)
{
    char *buffer = malloc(FILE_MOST);
    if (!buffer) {
        return false;
    }
    struct text out = text_over(buffer, FILE_MOST);
    text_addf(&out, "%skiosk %s\nnumber %" PRIu32 "\n", first_line, identity->kiosk,
              identity->number);
    add_key(&out, "portal_seal", identity->portal_seal, SEAL_KEY);
    add_key(&out, "portal_sign", identity->portal_sign, SIGN_PUBLIC);
    add_key(&out, "sign_public", identity->sign_public, SIGN_PUBLIC);
    add_key(&out, "sign_secret", identity->sign_secret, SIGN_SECRET);
    text_add(&out, key);
    text_add(&out, certificate);
    bool saved = !out.cut && files_replace(path, buffer, out.len, 0600);
    secret_zero(buffer, FILE_MOST);
    free(buffer);
    return saved;
}
