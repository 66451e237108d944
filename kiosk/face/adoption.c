#include "face/adoption.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "form/catalogue.h"
#include "seal/bundle.h"

enum { FILES_MAX = 256 };

static struct catalogue *
load_files(const struct json_value *files)
{
    size_t count = json_count(files);
    struct catalogue_file *list =
        count > 0 && count <= FILES_MAX ? calloc(count, sizeof *list) : NULL;
    if (list == NULL) {
        log_error("a bundle with %zu files is no catalogue", count);
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        const struct json_value *file = json_at(files, i);
        const char *bytes = json_text(file, "");
        list[i] = (struct catalogue_file){json_key(file), bytes, strlen(bytes)};
    }
    struct fault fault;
    struct catalogue *catalogue = catalogue_load(list, count, &fault);
    if (catalogue == NULL) {
        log_error("the bundle's catalogue is refused, the old one runs on: %s", fault.text);
    }
    free(list);
    return catalogue;
}

static struct catalogue *
read_body(const char *body, size_t len, int version_now)
{
    int line;
    const char *reason;
    struct json *json = json_parse(body, len, &line, &reason);
    if (json == NULL) {
        log_error("the bundle is no JSON: line %d: %s", line, reason);
        return NULL;
    }
    const struct json_value *root = json_root(json);
    int64_t version = 0;
    struct catalogue *catalogue = NULL;
    if (strcmp(json_text(json_get(root, "name"), ""), "catalogue") == 0 &&
        json_int(json_get(root, "version"), &version) && version > version_now) {
        catalogue = load_files(json_get(root, "files"));
    }
    json_destroy(json);
    return catalogue;
}

struct catalogue *
adoption_read(const uint8_t *bundle, size_t len, const uint8_t sign_key[SIGN_PUBLIC],
              int version_now)
{
    size_t body_len;
    const char *body = bundle_verify((const char *)bundle, len, sign_key, &body_len);
    if (body == NULL) {
        log_error("a bundle without the portal's signature is not adopted");
        return NULL;
    }
    return read_body(body, body_len, version_now);
}
