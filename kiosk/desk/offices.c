/* Whose hours, breaks, quotas and notices count here. Of a set of files (one bundle, or what is
 * installed) an office's own, CODE.json, stands over the city's, kota.json; one without its own
 * has the city's, and its name from the list of kelurahan. The active bundle's set counts whole;
 * the installed one where the bundle has neither file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/files.h"
#include "base/json.h"
#include "base/log.h"
#include "desk/parts.h"

enum { OFFICE_BYTES = 256 * 1024, CODE = 10, NAME = 80 };
static const char folder[] = "offices/";
static const char city_file[] = "offices/kota.json";

/* An office by its code: its own file (NULL: none) over the city's. */
static struct office *
load(const char *code, const struct office_file *own, const struct office_file *city,
     const struct catalogue *catalogue, struct fault *fault)
{
    char name[NAME], address[2 * NAME];
    const struct kelurahan *at = catalogue != NULL ? catalogue_kelurahan_of(catalogue, code) : NULL;
    struct office_place place = {.code = code, .name = name, .address = address};
    if (at != NULL) {
        snprintf(name, sizeof name, "Kelurahan %s", at->name);
        snprintf(address, sizeof address, "Kec. %s, Kota Samarinda %s", at->kecamatan, at->postal);
    }
    struct office *office = office_load(own, city, at != NULL ? &place : NULL, fault);
    if (office != NULL && strcmp(office_code(office), code) != 0) {
        snprintf(fault->text, sizeof fault->text, "%s: this is office %s",
                 own != NULL ? own->name : code, office_code(office));
        office_destroy(office);
        return NULL;
    }
    return office;
}

/* --- in a bundle ---------------------------------------------------------------------- */

static const struct office_file *
bundled(const struct json_value *files, const char *name, struct office_file *out)
{
    const char *bytes = json_text(json_get(files, name), NULL);
    *out = (struct office_file){name, bytes, bytes != NULL ? strlen(bytes) : 0};
    return bytes != NULL ? out : NULL;
}

bool
offices_bundled(const struct desk *desk, const struct json_value *files,
                const struct catalogue *catalogue, struct office **office, struct fault *fault)
{
    struct office_file own, city;
    const struct office_file *of_city = bundled(files, city_file, &city);
    bool good = true;
    *office = NULL;
    // Each of them, so that all kiosks of the city take a bundle or none does.
    for (size_t i = 0; i < json_count(files) && good; i++) {
        const char *name = json_key(json_at(files, i));
        if (strncmp(name, folder, sizeof folder - 1) == 0 && strcmp(name, city_file) != 0) {
            char code[CODE + 1];
            snprintf(code, sizeof code, "%s", name + sizeof folder - 1);
            struct office *one = load(code, bundled(files, name, &own), of_city, catalogue, fault);
            good = one != NULL;
            office_destroy(one);
        }
    }
    char name[64];
    const char *code = desk->settings->kiosk.office;
    snprintf(name, sizeof name, "%s%s.json", folder, code);
    const struct office_file *mine = bundled(files, name, &own);
    bool listed = catalogue_kelurahan_of(catalogue, code) != NULL;
    if (good && (mine != NULL || (of_city != NULL && listed))) {
        *office = load(code, mine, of_city, catalogue, fault);
        good = *office != NULL;
    }
    return good;
}

/* --- as installed --------------------------------------------------------------------- */

static const struct office_file *
installed(const struct desk *desk, const char *name, char path[PATH_BYTES], struct office_file *out)
{
    snprintf(path, PATH_BYTES, "%s/offices/%s.json", desk->settings->kiosk.data_dir, name);
    *out = (struct office_file){.name = path};
    out->bytes = files_read(path, OFFICE_BYTES, &out->len);
    return out->bytes != NULL ? out : NULL;
}

struct office *
offices_installed(const struct desk *desk)
{
    char own_path[PATH_BYTES], city_path[PATH_BYTES];
    struct fault fault = {""};
    struct office_file own, city;
    const char *code = desk->settings->kiosk.office;
    const struct office_file *mine = installed(desk, code, own_path, &own);
    const struct office_file *of_city = installed(desk, "kota", city_path, &city);
    struct office *office = NULL;
    if (mine == NULL && (of_city == NULL || desk->catalogue == NULL ||
                         catalogue_kelurahan_of(desk->catalogue, code) == NULL)) {
        log_error("%s: no such office; counters stay closed", own_path);
    } else {
        office = load(code, mine, of_city, desk->catalogue, &fault);
        if (office == NULL) {
            log_error("%s; counters stay closed", fault.text);
        }
    }
    free((char *)own.bytes);
    free((char *)city.bytes);
    return office;
}
