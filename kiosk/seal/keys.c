#include "seal/keys.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"

enum { SEED = 32, LINE = 96 };

_Static_assert(SEED == crypto_sign_SEEDBYTES, "size of a seed");
_Static_assert(SEED == crypto_box_SECRETKEYBYTES, "both kinds are kept as 32 bytes");

/* "KIND HEX\n", nothing more or less. */
static bool
parse_line(const char *line, size_t len, const char *kind, uint8_t seed[SEED])
{
    size_t name = strlen(kind), letters = 2 * SEED;
    if (len != name + 1 + letters + 1 || memcmp(line, kind, name) != 0 || line[name] != ' ' ||
        line[len - 1] != '\n') {
        return false;
    }
    char hex[2 * SEED + 1] = {0};
    memcpy(hex, line + name + 1, letters);
    bool good = hex_parse(hex, seed, SEED);
    secret_zero(hex, sizeof hex);
    return good;
}

static bool
load(const char *path, const char *kind, uint8_t seed[SEED])
{
    size_t len;
    char *line = files_read(path, LINE, &len);
    if (line == NULL) {
        return false; // logged there
    }
    bool good = parse_line(line, len, kind, seed);
    secret_zero(line, len);
    free(line);
    if (!good) {
        log_error("%s: not an %s key", path, kind);
    }
    return good;
}

static bool
make(const char *path, const char *kind, uint8_t seed[SEED])
{
    char hex[2 * SEED + 1], line[LINE];
    randombytes_buf(seed, SEED);
    hex_of(seed, SEED, hex);
    struct text text = text_over(line, sizeof line);
    text_addf(&text, "%s %s\n", kind, hex);
    bool good = files_replace(path, line, text.len, 0600);
    secret_zero(hex, sizeof hex);
    secret_zero(line, sizeof line);
    if (good) {
        log_info("%s: made", path);
    }
    return good;
}

static bool
load_or_make(const char *path, const char *kind, uint8_t seed[SEED])
{
    struct stat about;
    if (lstat(path, &about) != 0) {
        if (errno != ENOENT) {
            log_error("%s: %s", path, strerror(errno));
            return false;
        }
        return make(path, kind, seed);
    }
    if ((about.st_mode & 077) != 0) {
        log_warning("%s: others may read this key (mode %o)", path, about.st_mode & 07777);
    }
    return load(path, kind, seed);
}

bool
keys_sign_pair(const char *path, uint8_t public_key[SIGN_PUBLIC], uint8_t secret_key[SIGN_SECRET])
{
    uint8_t seed[SEED];
    bool good = load_or_make(path, "ed25519", seed) &&
                crypto_sign_seed_keypair(public_key, secret_key, seed) == 0;
    secret_zero(seed, sizeof seed);
    return good;
}

bool
keys_seal_pair(const char *path, uint8_t public_key[SEAL_KEY], uint8_t secret_key[SEAL_KEY])
{
    return load_or_make(path, "x25519", secret_key) &&
           crypto_scalarmult_base(public_key, secret_key) == 0;
}
