/* What stands in a bundle that the portal signed: its version, its last day, its files. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/json.h"
#include "form/catalogue_parts.h"

static struct catalogue *
refuse(struct fault *fault, const char *reason)
{
    snprintf(fault->text, sizeof fault->text, "bundle: %s", reason);
    return NULL;
}

/* The files as they stand in the bundle; 0 and a fault when there is none to be had. */
static size_t
list_files(const struct json_value *files, struct catalogue_file *list, struct fault *fault)
{
    size_t count = json_count(files);
    if (json_kind(files) != JSON_OBJECT || count == 0 || count > CATALOGUE_FILES) {
        refuse(fault, "\"files\" is no set of files");
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        const struct json_value *file = json_at(files, i);
        const char *bytes = json_text(file, NULL);
        if (bytes == NULL) {
            snprintf(fault->text, sizeof fault->text, "%.60s: a text in quotes was expected",
                     json_key(file));
            return 0;
        }
        list[i] = (struct catalogue_file){json_key(file), bytes, strlen(bytes)};
    }
    return count;
}

struct catalogue *
catalogue_load_bundle(const struct json_value *body, struct fault *fault)
{
    struct catalogue_file list[CATALOGUE_FILES];
    const char *expires = json_text(json_get(body, "expires"), "");
    struct civil day;
    int64_t version = 0;
    if (strcmp(json_text(json_get(body, "name"), ""), "catalogue") != 0 ||
        !json_int(json_get(body, "version"), &version) || version < 1 || version > INT32_MAX) {
        return refuse(fault, "not a catalogue with a version");
    }
    if (!civil_read_date(expires, &day)) {
        return refuse(fault, "\"expires\" is no date");
    }
    size_t count = list_files(json_get(body, "files"), list, fault);
    struct catalogue *catalogue = count > 0 ? catalogue_load(list, count, fault) : NULL;
    if (catalogue == NULL) {
        return NULL;
    }
    if (version < catalogue->version) {
        catalogue_destroy(catalogue);
        return refuse(fault, "its version is below that of its catalogue.json");
    }
    catalogue->version = (int)version;
    catalogue->expires = arena_text(catalogue->arena, expires);
    return catalogue;
}
