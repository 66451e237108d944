#include "form/catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/files.h"
#include "base/json.h"
#include "base/reader.h"
#include "base/text.h"
#include "form/catalogue_parts.h"

enum { FILE_NAME = 64, FILE_BYTES = 1 << 20, PATH_BYTES = 512 };

/* --- loading a set of files ------------------------------------------------------- */

struct set {
    const struct catalogue_file *files;
    size_t count;
    struct catalogue *catalogue;
    struct fault *fault;
};

static bool
refuse(struct fault *fault, const char *file, int line, const char *reason)
{
    struct text text = text_over(fault->text, sizeof fault->text);
    text_add(&text, file);
    if (line > 0) {
        text_addf(&text, ":%d", line);
    }
    text_addf(&text, ": %s", reason);
    return false;
}

static const struct catalogue_file *
find_file(const struct set *set, const char *name)
{
    for (size_t i = 0; i < set->count; i++) {
        if (strcmp(set->files[i].name, name) == 0) {
            return &set->files[i];
        }
    }
    return NULL;
}

/* What a file of the set is read into; one of them. */
struct target {
    struct choices *choices;
    struct question_set *set;
    struct info_page *page;
    struct service *service;
};

static void
load_root(struct reader *reader, struct catalogue *catalogue, const struct target *target)
{
    const struct json_value *root = json_root(reader->json);
    if (target->choices != NULL) {
        load_choices(reader, root, target->choices);
    } else if (target->set != NULL) {
        load_set(reader, root, catalogue);
    } else if (target->page != NULL) {
        load_page(reader, root, target->page);
    } else if (target->service != NULL) {
        load_service(reader, root, catalogue, target->service);
    } else if (strcmp(reader->file, "keys.json") == 0) {
        load_keys(reader, root, catalogue);
    } else if (strcmp(reader->file, "survey.json") == 0) {
        load_survey(reader, root, catalogue);
    } else if (strcmp(reader->file, "polls.json") == 0) {
        load_polls(reader, root, catalogue);
    } else if (strcmp(reader->file, "kelurahan.json") == 0) {
        load_kelurahan(reader, root, catalogue);
    } else {
        load_head(reader, root, catalogue);
    }
}

static bool
load_file(const struct set *set, const char *name, struct target target)
{
    const struct catalogue_file *file = find_file(set, name);
    if (file == NULL) {
        bool named = strchr(name, '/') != NULL;
        return refuse(set->fault, name, 0,
                      named ? "the file is missing, and catalogue.json names it"
                            : "the file is missing");
    }
    int line;
    const char *reason;
    struct json *json = json_parse(file->bytes, file->len, &line, &reason);
    if (json == NULL) {
        return refuse(set->fault, name, line, reason);
    }
    struct reader reader = {
        .arena = set->catalogue->arena, .fault = set->fault, .file = name, .json = json};
    load_root(&reader, set->catalogue, &target);
    if (target.set != NULL) { // read again by each service that uses it
        target.set->json = json;
    } else {
        json_destroy(json);
    }
    return !reader.faulty;
}

/* Files that a catalogue may do without: a kiosk's keys come from the portal alone. */
static const char *const optional[] = {"keys.json", "survey.json", "polls.json"};
enum { OPTIONAL = sizeof optional / sizeof *optional };

static bool
load_optional(const struct set *set)
{
    bool good = true;
    for (size_t i = 0; i < OPTIONAL && good; i++) {
        good =
            find_file(set, optional[i]) == NULL || load_file(set, optional[i], (struct target){0});
    }
    return good;
}

static const char *
file_name(const char *folder, const char *name, char out[FILE_NAME])
{
    snprintf(out, FILE_NAME, "%s/%s.json", folder, name);
    return out;
}

static bool
load_all(const struct set *set)
{
    struct catalogue *catalogue = set->catalogue;
    char name[FILE_NAME];
    bool good = true;
    for (size_t i = 0; i < catalogue->choices_count && good; i++) {
        struct choices *choices = &catalogue->choices[i];
        good = load_file(set, file_name("choices", choices->name, name),
                         (struct target){.choices = choices});
    }
    for (size_t i = 0; i < catalogue->set_count && good; i++) {
        struct question_set *shared = &catalogue->sets[i];
        shared->file = arena_text(catalogue->arena, file_name("questions", shared->name, name));
        good = load_file(set, shared->file, (struct target){.set = shared});
    }
    for (size_t i = 0; i < catalogue->page_count && good; i++) {
        struct info_page *page = &catalogue->pages[i];
        good = load_file(set, file_name("pages", page->id, name), (struct target){.page = page});
    }
    for (size_t i = 0; i < catalogue->service_count && good; i++) {
        struct service *service = &catalogue->services[i];
        good = load_file(set, file_name("services", service->id, name),
                         (struct target){.service = service});
    }
    return good;
}

static void
forget_sets(struct catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->set_count; i++) {
        json_destroy(catalogue->sets[i].json);
        catalogue->sets[i].json = NULL;
    }
}

/* A set is checked where it is used: one that nobody uses may hold anything. */
static bool
sets_are_used(const struct set *set)
{
    const struct catalogue *catalogue = set->catalogue;
    for (size_t i = 0; i < catalogue->set_count; i++) {
        if (!catalogue->sets[i].used) {
            return refuse(set->fault, catalogue->sets[i].file, 0, "no service uses it");
        }
    }
    return true;
}

/* A tile that leads nowhere is a fault of the data. */
static bool
groups_are_used(const struct set *set)
{
    const struct catalogue *catalogue = set->catalogue;
    for (size_t i = 0; i < catalogue->group_count; i++) {
        size_t used = 0;
        for (size_t j = 0; j < catalogue->service_count; j++) {
            used += strcmp(catalogue->services[j].group, catalogue->groups[i].id) == 0;
        }
        if (used == 0) {
            char reason[120];
            snprintf(reason, sizeof reason,
                     "groups[%zu]: no service in '%s', so its tile would lead nowhere", i,
                     catalogue->groups[i].id);
            return refuse(set->fault, "catalogue.json", catalogue->group_lines[i], reason);
        }
    }
    return true;
}

/* "offices/6472021001.json", or "offices/kota.json", the hours of all that have none. */
static bool
is_office(const char *file)
{
    static const char before[] = "offices/", after[] = ".json", city[] = "kota";
    enum { CODE = 10 };
    if (strncmp(file, before, sizeof before - 1) != 0) {
        return false;
    }
    const char *name = file + sizeof before - 1;
    size_t len = strspn(name, "0123456789");
    len = len == CODE ? len : strncmp(name, city, sizeof city - 1) == 0 ? sizeof city - 1 : 0;
    return len != 0 && strcmp(name + len, after) == 0;
}

/* One of the fixed names, or named in catalogue.json: anything else in the set (a path that
 * leaves it, a service that nobody would look for) is not what its author meant. */
bool
catalogue_knows_file(const struct catalogue *catalogue, const char *file)
{
    char wanted[FILE_NAME];
    bool known = strcmp(file, "catalogue.json") == 0 || strcmp(file, "kelurahan.json") == 0 ||
                 is_office(file);
    for (size_t i = 0; i < OPTIONAL && !known; i++) {
        known = strcmp(file, optional[i]) == 0;
    }
    for (size_t i = 0; i < catalogue->choices_count && !known; i++) {
        known = strcmp(file, file_name("choices", catalogue->choices[i].name, wanted)) == 0;
    }
    for (size_t i = 0; i < catalogue->set_count && !known; i++) {
        known = strcmp(file, file_name("questions", catalogue->sets[i].name, wanted)) == 0;
    }
    for (size_t i = 0; i < catalogue->page_count && !known; i++) {
        known = strcmp(file, file_name("pages", catalogue->pages[i].id, wanted)) == 0;
    }
    for (size_t i = 0; i < catalogue->service_count && !known; i++) {
        known = strcmp(file, file_name("services", catalogue->services[i].id, wanted)) == 0;
    }
    return known;
}

static bool
files_are_known(const struct set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        if (!catalogue_knows_file(set->catalogue, set->files[i].name)) {
            return refuse(set->fault, set->files[i].name, 0, "not named in catalogue.json");
        }
    }
    return true;
}

struct catalogue *
catalogue_load(const struct catalogue_file *files, size_t count, struct fault *fault)
{
    struct arena *arena = arena_create();
    struct catalogue *catalogue = arena_alloc(arena, sizeof *catalogue);
    catalogue->arena = arena;
    struct set set = {files, count, catalogue, fault};
    fault->text[0] = '\0';
    bool good = load_file(&set, "catalogue.json", (struct target){0}) && files_are_known(&set) &&
                load_file(&set, "kelurahan.json", (struct target){0}) && load_optional(&set) &&
                load_all(&set) && sets_are_used(&set) && groups_are_used(&set);
    forget_sets(catalogue);
    if (good) {
        return catalogue;
    }
    arena_destroy(arena);
    return NULL;
}

/* --- from a folder ------------------------------------------------------------------ */

struct folder {
    const char *path;
    struct catalogue_file *files;
    size_t count, room;
};

static bool
read_file(struct folder *folder, const char *name)
{
    char path[PATH_BYTES];
    struct catalogue_file *file = &folder->files[folder->count];
    size_t len;
    if (snprintf(path, sizeof path, "%s/%s", folder->path, name) >= (int)sizeof path) {
        return false;
    }
    char *bytes = files_read(path, FILE_BYTES, &len);
    char *copy = strdup(name);
    if (bytes == NULL || copy == NULL) {
        free(bytes);
        free(copy);
        return false; // what is missing is named by the loading
    }
    *file = (struct catalogue_file){.name = copy, .bytes = bytes, .len = len};
    folder->count++;
    return true;
}

static bool
is_plain(const char *name)
{
    return reader_is_name(name, "-", 24);
}

static void
read_named(struct folder *folder, const struct json_value *names, const char *under)
{
    for (size_t i = 0; i < json_count(names) && folder->count < folder->room; i++) {
        const char *name = json_text(json_at(names, i), "");
        char file[FILE_NAME];
        if (is_plain(name)) {
            snprintf(file, sizeof file, "%s/%s.json", under, name);
            read_file(folder, file);
        }
    }
}

/* catalogue.json says which files there are; its faults are found by the loading. */
static void
read_contents(struct folder *folder)
{
    int line;
    const char *reason;
    struct json *json = json_parse(folder->files[0].bytes, folder->files[0].len, &line, &reason);
    if (json != NULL) {
        read_named(folder, json_get(json_root(json), "choices"), "choices");
        read_named(folder, json_get(json_root(json), "questions"), "questions");
        read_named(folder, json_get(json_root(json), "pages"), "pages");
        read_named(folder, json_get(json_root(json), "services"), "services");
        json_destroy(json);
    }
}

struct catalogue *
catalogue_load_folder(const char *path, struct fault *fault)
{
    struct catalogue_file files[CATALOGUE_FILES];
    struct folder folder = {.path = path, .files = files, .room = sizeof files / sizeof *files};
    if (read_file(&folder, "catalogue.json")) {
        read_contents(&folder);
        static const char *const others[] = {"kelurahan.json", "survey.json", "polls.json"};
        for (size_t i = 0; i < sizeof others / sizeof *others && folder.count < folder.room; i++) {
            read_file(&folder, others[i]);
        }
    }
    struct catalogue *catalogue = catalogue_load(folder.files, folder.count, fault);
    for (size_t i = 0; i < folder.count; i++) {
        free((char *)folder.files[i].name);
        free((char *)folder.files[i].bytes);
    }
    return catalogue;
}

void
catalogue_destroy(struct catalogue *catalogue)
{
    if (catalogue != NULL) {
        arena_destroy(catalogue->arena);
    }
}
