#include "routes.h"

#include <string.h>

#include "photos.h"

enum { KIB = 1024 };
// A form around a photo; a part of one, of which the page's script makes 256 KiB.
enum { PHOTO_FORM = PHOTO_BYTES + 64 * KIB, PHOTO_PART = 512 * KIB };

static const struct route routes[] = {
    {"POST", "/api/v1/enrolments", true, 16 * KIB, enrolments_post},
    {"PUT", "/api/v1/submissions/*", false, 256 * KIB, submissions_put},
    {"POST", "/api/v1/tickets", false, 256 * KIB, tickets_post},
    {"POST", "/api/v1/tallies", false, 256 * KIB, tallies_post},
    {"POST", "/api/v1/lookups", false, 4 * KIB, lookups_post},
    {"GET", "/api/v1/bundles/*", false, 0, bundles_get},
    {"POST", "/api/v1/heartbeat", false, 16 * KIB, heartbeat_post},
    {"GET", "/api/v1/tokens/*", true, 0, tokens_get},
    {"GET", "/t/", true, 0, page_get},
    {"GET", "/healthz", true, 0, health_get},
    {"GET", "/antrean", true, 0, booking_get},
    {"POST", "/antrean", true, 4 * KIB, booking_post},
    {"GET", "/antrean/*", true, 0, booked_get},
    {"POST", "/antrean/*", true, 4 * KIB, booked_post},
    // Photos from a phone: the pass in the address says of which request.
    {"GET", "/unggah/gaya.css", true, 0, people_style},
    {"GET", "/unggah/kirim.js", true, 0, photos_script},
    {"GET", "/unggah/*", true, 0, photos_get},
    {"POST", "/unggah/*", true, PHOTO_FORM, photos_post, true},
    {"PATCH", "/unggah/*", true, PHOTO_PART, photos_patch},
    // The officers' pages: who they are says a cookie, not a certificate.
    {"GET", "/petugas", true, 0, people_home},
    {"GET", "/petugas/gaya.css", true, 0, people_style},
    {"GET", "/petugas/masuk", true, 0, sign_in_get},
    {"POST", "/petugas/masuk", true, 4 * KIB, sign_in_post},
    {"POST", "/petugas/keluar", true, 4 * KIB, sign_out_post},
    {"POST", "/petugas/cari", true, 4 * KIB, people_search},
    {"GET", "/petugas/berkas/*", true, 0, filed_get},
    {"POST", "/petugas/berkas/*", true, 64 * KIB, filed_post},
    {"GET", "/petugas/foto/*", true, 0, photo_get},
    {"GET", "/petugas/angka", true, 0, figures_get},
    {"GET", "/petugas/angka/*", true, 0, figures_get},
    {"GET", "/petugas/akun", true, 0, accounts_get},
    {"POST", "/petugas/akun", true, 4 * KIB, accounts_post},
};

/* Of the route's path, up to its '*'. */
static size_t
own_part(const struct route *route)
{
    return strcspn(route->path, "*");
}

static bool
matches(const struct route *route, const char *path)
{
    size_t len = own_part(route);
    if (!route->path[len]) {
        return strcmp(path, route->path) == 0;
    }
    return strncmp(path, route->path, len) == 0 && path[len] && !strchr(path + len, '/');
}

const char *
routes_rest(const struct route *route, const char *path)
{
    return path + own_part(route);
}

const struct route *
routes_find(const char *method, const char *path, int *status)
{
    *status = 404;
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (matches(&routes[i], path)) {
            if (strcmp(routes[i].method, method) == 0) {
                return &routes[i];
            }
            *status = 405;
        }
    }
    return NULL;
}
