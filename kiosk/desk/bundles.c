/* The catalogue on offer: the installed one, or a newer one that the portal signed.
 * A bundle is verified and loaded whole before it replaces what runs, and all that is needed
 * for that is had before the file on the disk is: from there on nothing can fail, so that no
 * catalogue lies on the disk and in the portal's eyes is here, and yet is not on offer. What
 * there was no memory for is tried again: from the portal, or from the disk by the desk's
 * mending once a minute. */
#include <errno.h>
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

/* Takes the catalogue and its bytes over. */
static void
activate(struct desk *desk, struct catalogue *catalogue, int version, char *bytes, size_t len)
{
    catalogue_destroy(desk->catalogue);
    free(desk->bundle);
    desk->catalogue = catalogue;
    desk->bundle = bytes;
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
    errno = 0;
    char *bytes = files_read(path, DESK_BUNDLE_MAX, &len);
    desk->bundle_missed = bytes == NULL && errno != ENOENT;
    if (bytes == NULL) {
        return;
    }
    errno = 0;
    struct catalogue *catalogue = open_bundle(desk, bytes, len, &version, &fault);
    if (catalogue != NULL) {
        activate(desk, catalogue, version, bytes, len);
        return;
    }
    desk->bundle_missed = errno == ENOMEM; // else it is bent, and stays so
    log_error("%s: %s; the installed catalogue stands", path, fault.text);
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

/* Newer than what runs: keep it, then offer it. False (logged): the bytes stay the caller's. */
static bool
take_over(struct desk *desk, struct catalogue *catalogue, int version, char *bytes, size_t len)
{
    char path[PATH_BYTES];
    bundle_path(desk, path);
    if (!files_replace(path, bytes, len, 0600)) {
        log_error("catalogue %d cannot be kept; the old one runs on", version);
        return false;
    }
    activate(desk, catalogue, version, bytes, len);
    struct desk_bundle message = {{(const uint8_t *)desk->bundle, (uint32_t)desk->bundle_len}};
    face_send(desk, &desk_bundle_type, &message);
    return true;
}

/* Verified, newer, loadable, on disk: only then it counts. Never a step back. Its ETag is
 * noted when it is done with: else the portal is asked for it again. */
void
bundles_received(struct desk *desk, char *bytes, size_t len, const char *etag)
{
    int version = 0;
    struct fault fault = {""};
    if (bytes == NULL || len > DESK_BUNDLE_MAX) {
        log_error("catalogue from the portal: %zu bytes are too many; the old one runs on", len);
        free(bytes);
        return;
    }
    struct catalogue *catalogue = open_bundle(desk, bytes, len, &version, &fault);
    if (catalogue == NULL) {
        log_error("catalogue from the portal: %s; the old one runs on", fault.text);
        free(bytes);
        return;
    }
    int have = desk->bundle_version;
    if (have == 0 && desk->catalogue != NULL) {
        have = catalogue_version(desk->catalogue);
    }
    bool newer = version > have, taken = newer && take_over(desk, catalogue, version, bytes, len);
    if (!taken) {
        catalogue_destroy(catalogue);
        free(bytes);
    }
    if (taken || !newer) {
        snprintf(desk->bundle_etag, sizeof desk->bundle_etag, "%s", etag);
    }
}
