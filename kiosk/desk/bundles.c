/* The catalogue on offer: the installed one, or a newer one that the portal signed, with it the
 * office's hours and the keys of the city's kiosks: one bundle under one signature, so that no
 * part of it is older than the others. It is verified and loaded whole before it replaces what
 * runs, and all that is needed for that is had before the file on the disk is: from there on
 * nothing can fail, so that no catalogue lies on the disk and in the portal's eyes is here, and
 * yet is not on offer. What there was no memory for is tried again: from the portal, or from the
 * disk by the desk's mending once a minute.
 * The one before it stays on the disk and serves where the newest is found bent at a start. A
 * version only ever rises. One whose last day is over is not taken; one that grows old here runs
 * on, as residents have nothing better, and the desk says so. The office's hours count at once,
 * being the desk's own; the face changes its catalogue between visits. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/files.h"
#include "base/json.h"
#include "base/log.h"
#include "desk/parts.h"
#include "seal/bundle.h"

static const char newest[] = "catalogue.bundle", before[] = "catalogue.bundle.before";

struct opened {
    struct catalogue *catalogue;
    struct office *office; /* NULL: as installed */
};

static void
close_bundle(struct opened *opened)
{
    catalogue_destroy(opened->catalogue);
    office_destroy(opened->office);
}

static const char *
bundle_path(const struct desk *desk, const char *name, char path[PATH_BYTES])
{
    snprintf(path, PATH_BYTES, "%s/%s", desk->settings->kiosk.state_dir, name);
    return path;
}

/* What is in a signed bundle; false and why. */
static bool
open_bundle(const struct desk *desk, const char *bytes, size_t len, struct opened *out,
            struct fault *fault)
{
    size_t body_len;
    int line;
    const char *reason;
    const char *body =
        desk->knows_portal ? bundle_verify(bytes, len, desk->portal_sign, &body_len) : NULL;
    *out = (struct opened){NULL, NULL};
    if (body == NULL) {
        snprintf(fault->text, sizeof fault->text, "the signature is not the portal's");
        return false;
    }
    struct json *json = json_parse(body, body_len, &line, &reason);
    if (json == NULL) {
        snprintf(fault->text, sizeof fault->text, "line %d: %s", line, reason);
        return false;
    }
    const struct json_value *root = json_root(json);
    out->catalogue = catalogue_load_bundle(root, fault);
    bool good = out->catalogue != NULL &&
                offices_bundled(desk, json_get(root, "files"), out->catalogue, &out->office, fault);
    json_destroy(json);
    if (!good) {
        close_bundle(out);
    }
    return good;
}

static bool
is_over(const struct desk *desk, const struct catalogue *catalogue)
{
    struct civil last;
    return civil_read_date(catalogue_expires(catalogue), &last) && !desk_clock_uncertain(desk) &&
           desk_day(desk) > civil_day_number(last.year, last.month, last.day);
}

bool
bundles_expired(const struct desk *desk)
{
    return desk->catalogue != NULL && is_over(desk, desk->catalogue);
}

void
bundles_watch(struct desk *desk)
{
    bool old = bundles_expired(desk);
    if (old && !desk->bundle_old) {
        log_warning("catalogue %d was to be replaced by %s and the portal sends no newer one: it "
                    "runs on; is something between us and the portal?",
                    desk->bundle_version, catalogue_expires(desk->catalogue));
    }
    desk->bundle_old = old;
}

/* Takes what was opened and its bytes over; no bytes: it is the installed one. */
static void
activate(struct desk *desk, struct opened *opened, char *bytes, size_t len)
{
    catalogue_destroy(desk->catalogue);
    free(desk->bundle);
    desk->catalogue = opened->catalogue;
    desk->bundle = bytes;
    desk->bundle_len = len;
    desk->bundle_version = bytes != NULL ? catalogue_version(opened->catalogue) : 0;
    struct office *office = opened->office != NULL ? opened->office : offices_installed(desk);
    office_destroy(desk->office);
    desk->office = office;
    desk->told_once = false; // its notice may be another at the same place
    if (bytes != NULL) {
        log_info("catalogue %d is active", desk->bundle_version);
    }
}

enum kept { KEPT_NONE, KEPT_BENT, KEPT_MISSED /* no memory, or not readable now */, KEPT_GOOD };

static enum kept
load_kept(struct desk *desk, const char *name)
{
    char path[PATH_BYTES];
    size_t len;
    struct opened opened;
    struct fault fault = {""};
    errno = 0;
    char *bytes = files_read(bundle_path(desk, name, path), DESK_BUNDLE_MAX, &len);
    if (bytes == NULL) {
        return errno == ENOENT ? KEPT_NONE : KEPT_MISSED;
    }
    errno = 0;
    if (open_bundle(desk, bytes, len, &opened, &fault)) {
        activate(desk, &opened, bytes, len);
        return KEPT_GOOD;
    }
    bool missed = errno == ENOMEM; // else it is bent, and stays so
    log_error("%s: %s", path, fault.text);
    free(bytes);
    return missed ? KEPT_MISSED : KEPT_BENT;
}

static void
load_active(struct desk *desk)
{
    enum kept kept = load_kept(desk, newest);
    desk->bundle_missed = kept == KEPT_MISSED;
    if (kept == KEPT_BENT && load_kept(desk, before) == KEPT_GOOD) {
        log_warning("the bundle before it serves");
    } else if (kept == KEPT_BENT || kept == KEPT_MISSED) {
        log_error("the installed catalogue stands");
    }
}

/* An update of the programs may bring a catalogue newer than the bundle: the newest counts,
 * as for the face. */
bool
bundles_load(struct desk *desk)
{
    char path[PATH_BYTES];
    struct fault fault = {""};
    struct opened installed = {NULL, NULL};
    load_active(desk);
    snprintf(path, sizeof path, "%s/catalogue", desk->settings->kiosk.data_dir);
    installed.catalogue = catalogue_load_folder(path, &fault);
    if (installed.catalogue == NULL) {
        log_error("%s", fault.text);
        if (desk->catalogue == NULL) {
            log_warning("only the counter's numbers are given until the portal's catalogue comes");
            desk->catalogue = catalogue_spare(); // the face offers the same
        }
        return desk->catalogue != NULL;
    }
    if (desk->catalogue != NULL &&
        catalogue_version(installed.catalogue) <= catalogue_version(desk->catalogue)) {
        close_bundle(&installed);
        return true;
    }
    activate(desk, &installed, NULL, 0);
    return true;
}

/* Newer than what runs: keep it, then offer it. False (logged): all stays the caller's. What
 * runs is written anew as the one before, from memory, where it is known to be good. */
static bool
take_over(struct desk *desk, struct opened *opened, char *bytes, size_t len)
{
    char path[PATH_BYTES];
    bool kept = desk->bundle == NULL || files_replace(bundle_path(desk, before, path), desk->bundle,
                                                      desk->bundle_len, 0600);
    if (!kept || !files_replace(bundle_path(desk, newest, path), bytes, len, 0600)) {
        log_error("catalogue %d cannot be kept; the old one runs on",
                  catalogue_version(opened->catalogue));
        return false;
    }
    activate(desk, opened, bytes, len);
    face_hello(desk);
    return true;
}

/* True: there is nothing to ask the portal again for. */
static bool
consider(struct desk *desk, struct opened *opened, char *bytes, size_t len, bool *taken)
{
    int have = desk->catalogue != NULL ? catalogue_version(desk->catalogue) : 0;
    if (catalogue_version(opened->catalogue) <= have) {
        if (catalogue_version(opened->catalogue) < have) {
            log_warning("the portal sent catalogue %d, below %d: not taken",
                        catalogue_version(opened->catalogue), have);
        }
        return true;
    }
    if (is_over(desk, opened->catalogue)) {
        log_error("catalogue from the portal: its last day was %s; the old one runs on",
                  catalogue_expires(opened->catalogue));
        return false;
    }
    *taken = take_over(desk, opened, bytes, len);
    return *taken;
}

/* Verified, newer, loadable, on disk: only then it counts. Never a step back. Its ETag is
 * noted when it is done with: else the portal is asked for it again. */
void
bundles_received(struct desk *desk, char *bytes, size_t len, const char *etag)
{
    struct opened opened;
    struct fault fault = {""};
    bool taken = false;
    if (bytes == NULL || len > DESK_BUNDLE_MAX) {
        log_error("catalogue from the portal: %zu bytes are too many; the old one runs on", len);
        free(bytes);
        return;
    }
    if (!open_bundle(desk, bytes, len, &opened, &fault)) {
        log_error("catalogue from the portal: %s; the old one runs on", fault.text);
        free(bytes);
        return;
    }
    if (consider(desk, &opened, bytes, len, &taken)) {
        snprintf(desk->bundle_etag, sizeof desk->bundle_etag, "%s", etag);
    }
    if (!taken) {
        close_bundle(&opened);
        free(bytes);
    }
}
