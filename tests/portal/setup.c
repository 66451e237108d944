/* What the portal needs before its first request: keys and the signed catalogue. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fault.h"
#include "base/files.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "form/catalogue.h"
#include "portal.h"
#include "seal/bundle.h"

enum { PATH = 512, FILE_MOST = 4 * 1024 * 1024, HEADER = 128 };

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

/* --- the catalogue's bundle --------------------------------------------------------------- */

static void
add_file(FILE *out, const char *path, const char *name, bool first)
{
    size_t len = 0;
    char *bytes = files_read(path, FILE_MOST, &len);
    char *quoted = bytes ? malloc(len * 6 + 3) : NULL;
    if (quoted) {
        struct text text = text_over(quoted, len * 6 + 3);
        json_write_text(&text, bytes);
        fprintf(out, "%s\"%s\":%s", first ? "" : ",", name, quoted);
    }
    free(quoted);
    free(bytes);
}

static int
is_plain(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* All JSON files below, by name, as members of one object. */
static int
add_folder(FILE *out, const char *folder, const char *prefix, int written)
{
    struct dirent **list = NULL;
    int count = scandir(folder, &list, is_plain, alphasort);
    for (int i = 0; i < count; i++) {
        char path[PATH], name[PATH];
        const char *end = strrchr(list[i]->d_name, '.');
        bool fits = snprintf(path, sizeof path, "%s/%s", folder, list[i]->d_name) < PATH &&
                    snprintf(name, sizeof name, "%s%s", prefix, list[i]->d_name) < PATH - 1;
        if (fits && list[i]->d_type == DT_DIR) {
            strcat(name, "/");
            written = add_folder(out, path, name, written);
        } else if (fits && end && strcmp(end, ".json") == 0) {
            add_file(out, path, name, written == 0);
            written++;
        }
        free(list[i]);
    }
    free(list);
    return written;
}

static char *
write_body(const char *folder, int version, int utc_offset, size_t *len)
{
    char *body = NULL, issued[DAY_TEXT], expires[DAY_TEXT];
    int64_t now = clock_wall();
    FILE *out = open_memstream(&body, len);
    if (!out) {
        return NULL;
    }
    portal_day(now, utc_offset, issued);
    portal_day(now + (int64_t)365 * 24 * 3600 * 1000, utc_offset, expires);
    fprintf(out,
            "{\"name\":\"catalogue\",\"version\":%d,\"issued\":\"%s\",\"expires\":\"%s\","
            "\"files\":{",
            version, issued, expires);
    add_folder(out, folder, "", 0);
    fputs("}}", out);
    fclose(out);
    return body;
}

static bool
sign_body(struct portal *portal, const char *body, size_t len)
{
    char header[HEADER], hex[2 * HASH + 1];
    uint8_t hash[HASH];
    bundle_header(body, len, portal->keys.sign_secret, header);
    size_t head = strlen(header);
    char *bundle = malloc(head + len + 1);
    if (!bundle) {
        return false;
    }
    memcpy(bundle, header, head);
    memcpy(bundle + head, body, len + 1);
    free(portal->bundle);
    portal->bundle = bundle;
    portal->bundle_len = head + len;
    hash_of(bundle, portal->bundle_len, hash);
    hex_of(hash, HASH, hex);
    snprintf(portal->bundle_etag, sizeof portal->bundle_etag, "\"%.64s\"", hex);
    return true;
}

bool
portal_bundle_load(struct portal *portal, const char *folder)
{
    struct fault fault;
    size_t len = 0;
    struct catalogue *catalogue = catalogue_load_folder(folder, &fault);
    if (!catalogue) {
        log_error("portal: %s", fault.text);
        return false;
    }
    char *body = write_body(folder, catalogue_version(catalogue), portal->utc_offset, &len);
    bool good = body && sign_body(portal, body, len);
    free(body);
    catalogue_destroy(portal->catalogue);
    portal->catalogue = catalogue;
    return good;
}
