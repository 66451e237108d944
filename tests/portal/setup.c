/* What the portal needs before its first request: its keys. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/files.h"
#include "base/log.h"
#include "base/text.h"
#include "portal.h"

enum { PATH = 512 };

void
portal_day(int64_t wall_ms, int utc_offset, char out[DAY_TEXT])
{
    struct civil day = civil_at(wall_ms, utc_offset);
    civil_date(&day, out);
}

/* --- keys ----------------------------------------------------------------------------- */

static bool
read_keys(const char *text, struct portal_keys *keys)
{
    char words[4][2 * SIGN_SECRET + 1];
    return sscanf(text, "%128s %128s %128s %128s", words[0], words[1], words[2], words[3]) == 4 &&
           hex_parse(words[0], keys->seal_public, SEAL_KEY) &&
           hex_parse(words[1], keys->seal_secret, SEAL_KEY) &&
           hex_parse(words[2], keys->sign_public, SIGN_PUBLIC) &&
           hex_parse(words[3], keys->sign_secret, SIGN_SECRET);
}

static bool
make_keys(const char *path, struct portal_keys *keys)
{
    char text[4 * (2 * SIGN_SECRET + 2)], hex[2 * SIGN_SECRET + 1];
    struct text out = text_over(text, sizeof text);
    seal_keypair(keys->seal_public, keys->seal_secret);
    sign_keypair(keys->sign_public, keys->sign_secret);
    const struct {
        const uint8_t *key;
        size_t len;
    } list[] = {{keys->seal_public, SEAL_KEY},
                {keys->seal_secret, SEAL_KEY},
                {keys->sign_public, SIGN_PUBLIC},
                {keys->sign_secret, SIGN_SECRET}};
    for (size_t i = 0; i < 4; i++) {
        hex_of(list[i].key, list[i].len, hex);
        text_addf(&out, "%s\n", hex);
    }
    return files_replace(path, text, out.len, 0600);
}

bool
portal_keys_load(const char *folder, struct portal_keys *keys)
{
    char path[PATH];
    size_t len = 0;
    snprintf(path, sizeof path, "%s/keys", folder);
    char *text = files_read(path, 4096, &len);
    bool good = text ? read_keys(text, keys) : make_keys(path, keys);
    free(text);
    if (!good) {
        log_error("portal: no keys in %s", path);
    }
    return good;
}
