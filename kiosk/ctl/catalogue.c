#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/settings.h"
#include "ctl/commands.h"
#include "ctl/ctl.h"
#include "form/catalogue.h"
#include "queue/queue.h"

enum { PATH = 1024, OFFICE_BYTES = 256 * 1024 };

static int
say_fault(const char *folder, const char *fault)
{
    fprintf(stderr, "anjunganctl: %s%s%s\n", folder, folder[0] != '\0' ? "/" : "", fault);
    return FAILED;
}

static int
check_folder(const struct ctl *ctl, const char *path)
{
    struct fault fault = {""};
    struct catalogue *catalogue = catalogue_load_folder(path, &fault);
    if (catalogue == NULL) {
        return say_fault(path, fault.text);
    }
    const struct service *services;
    size_t many = catalogue_services(catalogue, &services);
    printf(ctl->json ? "{\"version\":%d,\"services\":%zu}\n" : "version %d, %zu services: good\n",
           catalogue_version(catalogue), many);
    catalogue_destroy(catalogue);
    return DONE;
}

/* --- one file ------------------------------------------------------------------------- */

struct place { /* of a file in its set */
    char folder[PATH];
    char name[PATH]; /* "services/sku.json" */
};

static bool
has(const char *folder, const char *file)
{
    char path[2 * PATH];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    return access(path, F_OK) == 0;
}

/* A file is judged with its set: it stands beside catalogue.json, or one folder below. */
static bool
find_place(const char *path, struct place *place)
{
    char copy[PATH], again[PATH];
    if (strlen(path) + 4 >= PATH) {
        return false;
    }
    snprintf(copy, sizeof copy, "%s", path);
    snprintf(again, sizeof again, "%s", path);
    const char *folder = dirname(copy), *file = basename(again);
    if (has(folder, "catalogue.json")) {
        snprintf(place->folder, sizeof place->folder, "%s", folder);
        snprintf(place->name, sizeof place->name, "%s", file);
        return true;
    }
    char real[PATH_MAX];
    if (realpath(folder, real) == NULL || strlen(real) >= PATH) {
        return false;
    }
    const char *slash = strrchr(folder, '/');
    snprintf(place->folder, sizeof place->folder, "%.*s", slash ? (int)(slash - folder) : 1,
             slash ? folder : ".");
    if (strcmp(slash != NULL ? slash + 1 : folder, basename(real)) != 0 ||
        !has(place->folder, "catalogue.json")) { // "..", or a link to somewhere else
        snprintf(place->folder, sizeof place->folder, "%s/..", folder);
    }
    return snprintf(place->name, sizeof place->name, "%s/%s", basename(real), file) < PATH &&
           has(place->folder, "catalogue.json");
}

/* Is it one of those that catalogue.json names? */
static bool
is_named(const struct catalogue *catalogue, const char *name)
{
    char wanted[PATH];
    const struct service *services;
    const struct info_page *pages;
    size_t count = catalogue_services(catalogue, &services);
    bool named = strncmp(name, "services/", 9) != 0 && strncmp(name, "pages/", 6) != 0;
    for (size_t i = 0; i < count && !named; i++) {
        snprintf(wanted, sizeof wanted, "services/%s.json", services[i].id);
        named = strcmp(wanted, name) == 0;
    }
    count = catalogue_pages(catalogue, &pages);
    for (size_t i = 0; i < count && !named; i++) {
        snprintf(wanted, sizeof wanted, "pages/%s.json", pages[i].id);
        named = strcmp(wanted, name) == 0;
    }
    return named;
}

static int
check_file(const struct ctl *ctl, const struct place *place)
{
    struct fault fault = {""};
    struct catalogue *catalogue = catalogue_load_folder(place->folder, &fault);
    if (catalogue == NULL) {
        return say_fault(place->folder, fault.text); // its own, or one that keeps it from use
    }
    bool named = is_named(catalogue, place->name);
    catalogue_destroy(catalogue);
    if (!named) {
        fprintf(stderr,
                "anjunganctl: %s/%s: not named in catalogue.json, so no kiosk would have it\n",
                place->folder, place->name);
        return FAILED;
    }
    printf(ctl->json ? "{\"file\":\"good\"}\n" : "good\n");
    return DONE;
}

/* An office's file over the city's, which stands beside it; kota.json by itself. */
static int
check_office(const struct ctl *ctl, const char *path)
{
    static const char nobody[] = "{\"code\":\"0000000000\",\"name\":\"-\"}";
    char copy[PATH], city_path[2 * PATH];
    struct fault fault = {""};
    struct office_file own = {.name = path}, city = {.name = city_path};
    snprintf(copy, sizeof copy, "%s", path);
    snprintf(city_path, sizeof city_path, "%s/kota.json", dirname(copy));
    own.bytes = files_read(path, OFFICE_BYTES, &own.len);
    city.bytes = files_read(city_path, OFFICE_BYTES, &city.len);
    const struct office_file least = {"-", nobody, sizeof nobody - 1};
    bool of_city = strcmp(path + strlen(path) - strlen("kota.json"), "kota.json") == 0;
    struct office *office =
        own.bytes == NULL
            ? NULL
            : office_load(of_city ? &least : &own, city.bytes != NULL ? &city : NULL, NULL, &fault);
    int done = office != NULL ? DONE : FAILED;
    if (office != NULL) {
        printf(ctl->json ? "{\"file\":\"good\"}\n" : "good\n");
    } else if (fault.text[0] != '\0') {
        say_fault("", fault.text);
    }
    office_destroy(office);
    free((char *)own.bytes);
    free((char *)city.bytes);
    return done;
}

int
command_check_catalogue(struct ctl *ctl, char **words)
{
    char installed[512];
    struct stat about;
    struct place place;
    const char *path = words[0];
    if (path == NULL && !ctl_settings(ctl)) {
        return FAILED;
    }
    if (path == NULL) {
        snprintf(installed, sizeof installed, "%s/catalogue", ctl->settings->kiosk.data_dir);
        path = installed;
    }
    if (stat(path, &about) != 0 || !S_ISREG(about.st_mode)) {
        return check_folder(ctl, path);
    }
    if (find_place(path, &place)) {
        return check_file(ctl, &place);
    }
    const char *name = strrchr(path, '/') != NULL ? strrchr(path, '/') + 1 : path;
    bool office = strcmp(name, "kota.json") == 0 || strspn(name, "0123456789") == 10;
    if (office && strlen(path) < PATH) {
        return check_office(ctl, path);
    }
    fprintf(stderr, "anjunganctl: %s: no catalogue.json beside it or above\n", path);
    return FAILED;
}
