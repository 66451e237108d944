#include <dirent.h>
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
#include "ctl/cross.h"
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
say_stranger(const char *folder, const char *name)
{
    char fault[2 * PATH + 60];
    snprintf(fault, sizeof fault, "%s: not named in catalogue.json, so no kiosk would have it",
             name);
    return say_fault(folder, fault);
}

static int
say_good(const struct ctl *ctl)
{
    puts(ctl->json ? "{\"file\":\"good\"}" : "good");
    return DONE;
}

static int
is_json(const struct dirent *entry)
{
    size_t len = strlen(entry->d_name);
    return entry->d_name[0] != '.' && len > 5 && strcmp(entry->d_name + len - 5, ".json") == 0;
}

/* --- a folder -------------------------------------------------------------------------- */

static bool
has(const char *folder, const char *file)
{
    char path[2 * PATH];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    return access(path, F_OK) == 0;
}

/* A catalogue that is whole, with its icons; NULL when the fault has been said. */
static struct catalogue *
load(const char *folder)
{
    struct fault fault = {""};
    if (!has(folder, "catalogue.json") && has(folder, "catalogue/catalogue.json")) {
        fprintf(stderr, "anjunganctl: %s: no catalogue.json; is %s/catalogue meant?\n", folder,
                folder);
        return NULL;
    }
    struct catalogue *catalogue = catalogue_load_folder(folder, &fault);
    if (catalogue == NULL || !cross_icons(catalogue, folder, &fault)) {
        say_fault(folder, fault.text);
        catalogue_destroy(catalogue);
        return NULL;
    }
    return catalogue;
}

/* Which belong to no set: a kiosk would not have them, and the portal would refuse a bundle of
 * them. */
static int
say_strangers(const struct catalogue *catalogue, const char *root, const char *below)
{
    char path[2 * PATH], name[2 * PATH];
    struct dirent **list;
    int strangers = 0;
    snprintf(path, sizeof path, "%s/%s", root, below);
    int count = scandir(path, &list, is_json, alphasort);
    for (int i = 0; i < count; i++) {
        snprintf(name, sizeof name, "%s%s", below, list[i]->d_name);
        if (!catalogue_knows_file(catalogue, name)) {
            say_stranger(root, name);
            strangers++;
        }
        free(list[i]);
    }
    if (count >= 0) {
        free(list);
    }
    return strangers;
}

static int
check_folder(const struct ctl *ctl, const char *path)
{
    static const char *const folders[] = {"", "choices/", "questions/", "pages/", "services/"};
    struct catalogue *catalogue = load(path);
    if (catalogue == NULL) {
        return FAILED;
    }
    const struct service *services;
    size_t many = catalogue_services(catalogue, &services);
    int version = catalogue_version(catalogue), strangers = 0;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        strangers += say_strangers(catalogue, path, folders[i]);
    }
    catalogue_destroy(catalogue);
    if (strangers > 0) {
        return FAILED;
    }
    printf(ctl->json ? "{\"version\":%d,\"services\":%zu}\n" : "version %d, %zu services: good\n",
           version, many);
    return DONE;
}

/* --- one file ------------------------------------------------------------------------- */

struct place { /* of a file in its set */
    char folder[PATH];
    char name[PATH]; /* "services/sku.json" */
};

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

static int
check_file(const struct ctl *ctl, const struct place *place)
{
    struct catalogue *catalogue = load(place->folder);
    if (catalogue == NULL) {
        return FAILED; // its own fault, or one that keeps it from use
    }
    bool known = catalogue_knows_file(catalogue, place->name);
    catalogue_destroy(catalogue);
    return known ? say_good(ctl) : say_stranger(place->folder, place->name);
}

/* --- offices ---------------------------------------------------------------------------- */

static const char calendar[] = "kota.json";

static const char *
file_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static bool
is_office(const char *file)
{
    return strcmp(file, calendar) == 0 || strspn(file, "0123456789") == 10;
}

/* What was read stands under the code that its name says: a kiosk looks for it there. */
static bool
is_its_own(const struct office *office, const char *path, struct fault *fault)
{
    const char *code = office_code(office), *file = file_of(path);
    bool own = strcmp(file, calendar) == 0 || strncmp(file, code, strlen(code)) == 0;
    if (!own) {
        snprintf(fault->text, sizeof fault->text, "%.200s: this is office %s", path, code);
    }
    return own;
}

/* An office's file over the city's, which stands beside it; kota.json by itself. */
static int
judge_office(const char *path)
{
    static const char nobody[] = "{\"code\":\"0000000000\",\"name\":\"-\"}";
    char city_path[2 * PATH];
    struct fault fault = {""};
    struct office_file own = {.name = path}, city = {.name = city_path};
    snprintf(city_path, sizeof city_path, "%.*s%s", (int)(file_of(path) - path), path, calendar);
    own.bytes = files_read(path, OFFICE_BYTES, &own.len);
    city.bytes = files_read(city_path, OFFICE_BYTES, &city.len);
    const struct office_file least = {"-", nobody, sizeof nobody - 1};
    const struct office_file *first = strcmp(file_of(path), calendar) == 0 ? &least : &own;
    struct office *office =
        own.bytes == NULL ? NULL
                          : office_load(first, city.bytes != NULL ? &city : NULL, NULL, &fault);
    bool good = office != NULL && is_its_own(office, path, &fault) &&
                cross_office(office, path, first == &least, &fault);
    if (!good && fault.text[0] != '\0') {
        say_fault("", fault.text);
    }
    office_destroy(office);
    free((char *)own.bytes);
    free((char *)city.bytes);
    return good ? DONE : FAILED;
}

static int
is_office_file(const struct dirent *entry)
{
    return is_json(entry) && is_office(entry->d_name);
}

/* -1: the folder holds none. */
static int
check_offices(const struct ctl *ctl, const char *folder)
{
    struct dirent **list;
    char path[2 * PATH];
    int count = scandir(folder, &list, is_office_file, alphasort), done = DONE;
    for (int i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, list[i]->d_name);
        done = judge_office(path) == DONE ? done : FAILED;
        free(list[i]);
    }
    if (count >= 0) {
        free(list);
    }
    if (count > 0 && done == DONE) {
        printf(ctl->json ? "{\"offices\":%d}\n" : "%d files of offices: good\n", count);
    }
    return count > 0 ? done : -1;
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
    if (strlen(path) >= PATH) {
        return say_fault(path, ": too long a name");
    }
    if (stat(path, &about) != 0 || !S_ISREG(about.st_mode)) {
        int done = has(path, "catalogue.json") ? -1 : check_offices(ctl, path);
        return done >= 0 ? done : check_folder(ctl, path);
    }
    if (find_place(path, &place)) {
        return check_file(ctl, &place);
    }
    if (is_office(file_of(path))) {
        return judge_office(path) == DONE ? say_good(ctl) : FAILED;
    }
    fprintf(stderr, "anjunganctl: %s: no catalogue.json beside it or above\n", path);
    return FAILED;
}
