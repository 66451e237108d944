/* The catalogue on offer: the installed one, or a newer one that the portal signed.
 * A bundle is verified and loaded whole before it replaces what runs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/json.h"
#include "base/log.h"
#include "desk/parts.h"
#include "seal/bundle.h"

static void
bundle_path(const struct desk *desk, char *path)
{
    snprintf(path, PATH_BYTES, "%s/catalogue.bundle", desk->settings->kiosk.state_dir);
}

/* The catalogue in a signed bundle, or NULL and why. `version` is the bundle's. */
static struct catalogue *
open_bundle(const struct desk *desk, const char *bytes, size_t len, int *version,
            struct fault *fault)
{
    size_t body_len;
    int line;
    const char *reason;
    int64_t number = 0;
    const char *body =
        desk->knows_portal ? bundle_verify(bytes, len, desk->portal_sign, &body_len) : NULL;
    if (body == NULL) {
        snprintf(fault->text, sizeof fault->text, "the signature is not the portal's");
        return NULL;
    }
    struct json *json = json_parse(body, body_len, &line, &reason);
    if (json == NULL) {
        snprintf(fault->text, sizeof fault->text, "line %d: %s", line, reason);
        return NULL;
    }
    struct catalogue *catalogue = NULL;
    const struct json_value *root = json_root(json);
    if (strcmp(json_text(json_get(root, "name"), ""), "catalogue") != 0 ||
        !json_int(json_get(root, "version"), &number) || number < 1 || number > INT32_MAX) {
        snprintf(fault->text, sizeof fault->text, "not a catalogue with a version");
    } else {
        *version = (int)number;
        catalogue = catalogue_load_bundle(json_get(root, "files"), fault);
    }
    json_destroy(json);
    return catalogue;
}

static void
activate(struct desk *desk, struct catalogue *catalogue, int version, const char *bytes, size_t len)
{
    char *copy = malloc(len + 1);
    if (copy == NULL) {
        log_error("out of memory for a bundle");
        catalogue_destroy(catalogue);
        return;
    }
    memcpy(copy, bytes, len);
    catalogue_destroy(desk->catalogue);
    free(desk->bundle);
    desk->catalogue = catalogue;
    desk->bundle = copy;
    desk->bundle_len = len;
    desk->bundle_version = version;
    log_info("catalogue %d is active", version);
}

static void
load_active(struct desk *desk)
{
    char path[PATH_BYTES];
    size_t len;
    int version = 0;
    struct fault fault = {""};
    bundle_path(desk, path);
    char *bytes = files_read(path, DESK_BUNDLE_MAX, &len);
    if (bytes == NULL) {
        return;
    }
    struct catalogue *catalogue = open_bundle(desk, bytes, len, &version, &fault);
    if (catalogue != NULL) {
        activate(desk, catalogue, version, bytes, len);
    } else {
        log_error("%s: %s; the installed catalogue stands", path, fault.text);
    }
    free(bytes);
}

/* An update of the programs may bring a catalogue newer than the bundle: the newest counts,
 * as for the face. */
bool
bundles_load(struct desk *desk)
{
    char path[PATH_BYTES];
    struct fault fault = {""};
    load_active(desk);
    snprintf(path, sizeof path, "%s/catalogue", desk->settings->kiosk.data_dir);
    struct catalogue *installed = catalogue_load_folder(path, &fault);
    if (installed == NULL) {
        log_error("%s", fault.text);
        if (desk->catalogue == NULL) {
            log_warning("only the counter's numbers are given until the portal's catalogue comes");
            desk->catalogue = catalogue_spare(); // the face offers the same
        }
        return desk->catalogue != NULL;
    }
    if (desk->catalogue != NULL && catalogue_version(installed) <= desk->bundle_version) {
        catalogue_destroy(installed);
        return true;
    }
    catalogue_destroy(desk->catalogue);
    free(desk->bundle);
    desk->catalogue = installed;
    desk->bundle = NULL;
    desk->bundle_len = 0;
    desk->bundle_version = 0;
    return true;
}

/* Verified, newer, loadable, on disk: only then it counts. Never a step back. */
void
bundles_received(struct desk *desk, const char *bytes, size_t len, const char *etag)
{
    char path[PATH_BYTES];
    int version = 0;
    struct fault fault = {""};
    if (bytes == NULL || len > DESK_BUNDLE_MAX) {
        log_error("catalogue from the portal: %zu bytes are too many; the old one runs on", len);
        return;
    }
    struct catalogue *catalogue = open_bundle(desk, bytes, len, &version, &fault);
    if (catalogue == NULL) {
        log_error("catalogue from the portal: %s; the old one runs on", fault.text);
        return;
    }
    int have = desk->bundle_version;
    if (have == 0 && desk->catalogue != NULL) {
        have = catalogue_version(desk->catalogue);
    }
    bundle_path(desk, path);
    if (version <= have) {
        catalogue_destroy(catalogue); // what we have, or older
        snprintf(desk->bundle_etag, sizeof desk->bundle_etag, "%s", etag);
        return;
    }
    if (!files_replace(path, bytes, len, 0600)) {
        log_error("catalogue %d cannot be kept; the old one runs on", version);
        catalogue_destroy(catalogue);
        return; // without its ETag: it is asked for again
    }
    snprintf(desk->bundle_etag, sizeof desk->bundle_etag, "%s", etag);
    activate(desk, catalogue, version, bytes, len);
    if (desk->bundle != NULL) {
        struct desk_bundle message = {{(const uint8_t *)desk->bundle, (uint32_t)desk->bundle_len}};
        face_send(desk, &desk_bundle_type, &message);
    }
}
