#include "offer.h"

#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fault.h"
#include "base/files.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "consents.h"
#include "form/catalogue.h"
#include "portal.h"
#include "queue/queue.h"
#include "seal/bundle.h"

enum { PATH = 512, FILE_MOST = 4 * 1024 * 1024, HEADER = 128 };
#define DAY INT64_C(86400000)
#define RENEWED (30 * DAY) /* the same for so long: a new one all the same */
#define GOOD (90 * DAY)

struct offer {
    char *files; // owned; `"services/sku.json":"...","...":"..."`
    int least;   // above the version that catalogue.json names: so much may be installed
    char *bytes; // owned; signed last, NULL before the first
    char etag[ETAG_TEXT], content[2 * HASH + 1];
    int64_t issued;
};
// Of the bundle signed last; the rest is under the portal's lock.
static pthread_mutex_t signing = PTHREAD_MUTEX_INITIALIZER;

/* --- reading the folders ---------------------------------------------------------------- */

static void
add_text(FILE *out, const char *name, const char *text)
{
    size_t room = strlen(text) * 6 + 3;
    char *quoted = malloc(room);
    if (quoted) {
        struct text over = text_over(quoted, room);
        json_write_text(&over, text);
        fprintf(out, "%s\"%s\":%s", ftell(out) > 0 ? "," : "", name, quoted);
    }
    free(quoted);
}

/* What an author's editor reads is not for kiosks. */
static int
is_plain(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && strcmp(entry->d_name, "schema") != 0;
}

/* All JSON files below, by name, as members of one object. */
static void
add_folder(FILE *out, const char *folder, const char *prefix)
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
            add_folder(out, path, name);
        } else if (fits && end && strcmp(end, ".json") == 0) {
            size_t len = 0;
            char *bytes = files_read(path, FILE_MOST, &len);
            add_text(out, name, bytes ? bytes : "");
            free(bytes);
        }
        free(list[i]);
    }
    free(list);
}

static char *
read_folders(const char *catalogue, const char *offices)
{
    char *files = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&files, &len);
    if (!out) {
        return NULL;
    }
    add_folder(out, catalogue, "");
    if (offices) {
        add_folder(out, offices, "offices/");
    }
    fclose(out);
    return files;
}

static char *
write_body(const struct offer *offer, const char *keys, int64_t version, int64_t issued,
           int utc_offset)
{
    char *body = NULL, from[DAY_TEXT], until[DAY_TEXT];
    size_t len = 0;
    FILE *out = open_memstream(&body, &len), *key_file = NULL;
    char *quoted = NULL;
    if (!out) {
        return NULL;
    }
    key_file = open_memstream(&quoted, &len);
    if (key_file) {
        add_text(key_file, "keys.json", keys);
        fclose(key_file);
    }
    portal_day(issued, utc_offset, from);
    portal_day(issued + GOOD, utc_offset, until);
    fprintf(out,
            "{\"name\":\"catalogue\",\"version\":%lld,\"issued\":\"%s\",\"expires\":\"%s\","
            "\"files\":{%s,%s}}",
            (long long)version, from, until, offer->files, quoted ? quoted : "");
    fclose(out);
    free(quoted);
    return body;
}

/* --- checking it, as a kiosk does -------------------------------------------------------- */

static bool
check_offices(const struct json_value *files, struct fault *fault)
{
    const char *of_city = json_text(json_get(files, "offices/kota.json"), NULL);
    struct office_file city = {"offices/kota.json", of_city, of_city ? strlen(of_city) : 0};
    bool good = true;
    for (size_t i = 0; i < json_count(files) && good; i++) {
        const char *name = json_key(json_at(files, i));
        const char *text = json_text(json_at(files, i), "");
        if (strncmp(name, "offices/", 8) == 0 && strcmp(name, city.name) != 0) {
            struct office_file own = {name, text, strlen(text)};
            struct office *office = office_load(&own, of_city ? &city : NULL, NULL, fault);
            good = office != NULL;
            if (good && strncmp(office_code(office), name + 8, strlen(office_code(office))) != 0) {
                snprintf(fault->text, sizeof fault->text, "%s: this is office %s", name,
                         office_code(office));
                good = false;
            }
            office_destroy(office);
        }
    }
    return good;
}

static struct catalogue *
check_body(const char *body, struct fault *fault)
{
    int line = 0;
    const char *reason = "no memory";
    struct json *json = body ? json_parse(body, strlen(body), &line, &reason) : NULL;
    if (!json) {
        snprintf(fault->text, sizeof fault->text, "line %d: %s", line, reason);
        return NULL;
    }
    const struct json_value *root = json_root(json);
    struct catalogue *catalogue = catalogue_load_bundle(root, fault);
    if (catalogue && !check_offices(json_get(root, "files"), fault)) {
        catalogue_destroy(catalogue);
        catalogue = NULL;
    }
    json_destroy(json);
    return catalogue;
}

bool
offer_publish(struct portal *portal, const char *catalogue_folder, const char *offices,
              struct fault *fault)
{
    struct offer *offer = calloc(1, sizeof *offer);
    // The plain load names a fault by its line in the author's file, before all are in one.
    struct catalogue *catalogue = catalogue_load_folder(catalogue_folder, fault);
    if (offer && catalogue && (offer->files = read_folders(catalogue_folder, offices))) {
        offer->least = catalogue_version(catalogue) + 1;
        char *body =
            write_body(offer, "{\"kiosks\":[]}", offer->least, clock_wall(), portal->utc_offset);
        catalogue_destroy(catalogue);
        catalogue = check_body(body, fault);
        free(body);
        if (catalogue && !consents_learn(portal->db, catalogue)) { // before anybody can read it
            snprintf(fault->text, sizeof fault->text, "its texts cannot be kept");
            catalogue_destroy(catalogue);
            catalogue = NULL;
        }
        if (catalogue) {
            pthread_rwlock_wrlock(&portal->lock);
            catalogue_destroy(portal->catalogue);
            offer_destroy(portal->offer);
            portal->catalogue = catalogue;
            portal->offer = offer;
            pthread_rwlock_unlock(&portal->lock);
            return true;
        }
    }
    catalogue_destroy(catalogue);
    offer_destroy(offer);
    return false;
}

void
offer_destroy(struct offer *offer)
{
    if (offer) {
        free(offer->files);
        free(offer->bytes);
        free(offer);
    }
}

/* --- the bundle of now -------------------------------------------------------------------- */

static bool
sign_bundle(const struct portal *portal, struct offer *offer, const char *body)
{
    char header[HEADER], hex[2 * HASH + 1];
    uint8_t hash[HASH];
    bundle_header(body, strlen(body), portal->keys.sign_secret, header);
    char *bytes = NULL;
    if (asprintf(&bytes, "%s%s", header, body) < 0) {
        return false;
    }
    hash_of(bytes, strlen(bytes), hash);
    hex_of(hash, HASH, hex);
    free(offer->bytes);
    offer->bytes = bytes;
    snprintf(offer->etag, sizeof offer->etag, "\"%.64s\"", hex);
    return true;
}

static bool
content_of(const struct offer *offer, const char *keys, char out[2 * HASH + 1])
{
    char *all = NULL;
    uint8_t hash[HASH];
    int len = asprintf(&all, "%s,%s", offer->files, keys);
    if (len >= 0) {
        hash_of(all, (size_t)len, hash);
        hex_of(hash, HASH, out);
        free(all);
    }
    return len >= 0;
}

/* Signs anew where anything is another than in the one signed last. */
static enum ledger_result
refresh(const struct portal *portal, struct offer *offer, const char *keys)
{
    char content[2 * HASH + 1];
    int64_t now = clock_wall(), version = 0, issued = 0;
    if (!content_of(offer, keys, content)) {
        return LEDGER_FAILED;
    }
    if (offer->bytes && strcmp(offer->content, content) == 0 && now - offer->issued < RENEWED) {
        return LEDGER_DONE;
    }
    enum ledger_result known = ledger_bundle_number(portal->db, content, offer->least, now,
                                                    now - RENEWED, &version, &issued);
    if (known != LEDGER_DONE) {
        return known;
    }
    char *body = write_body(offer, keys, version, issued, portal->utc_offset);
    bool good = body && sign_bundle(portal, offer, body);
    free(body);
    if (!good) {
        return LEDGER_FAILED;
    }
    memcpy(offer->content, content, sizeof content);
    offer->issued = issued;
    log_info("portal: catalogue %lld is on offer", (long long)version);
    return LEDGER_DONE;
}

enum ledger_result
offer_bundle(struct portal *portal, char **bytes, char etag[ETAG_TEXT])
{
    struct offer *offer = portal->offer;
    char *keys = offer ? ledger_kiosk_keys(portal->db) : NULL;
    *bytes = NULL;
    if (!keys) {
        return offer ? LEDGER_FAILED : LEDGER_NONE;
    }
    pthread_mutex_lock(&signing);
    enum ledger_result result = refresh(portal, offer, keys);
    if (result == LEDGER_DONE) {
        *bytes = strdup(offer->bytes);
        memcpy(etag, offer->etag, ETAG_TEXT);
    }
    pthread_mutex_unlock(&signing);
    free(keys);
    return result;
}
