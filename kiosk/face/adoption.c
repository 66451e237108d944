#include "face/adoption.h"

#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "form/catalogue.h"
#include "seal/bundle.h"

/* The desk sends its bundle at each hello: one that is not newer is no news, and not read. */
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
    if (!json_int(json_get(root, "version"), &version) || version > version_now) {
        struct fault fault;
        catalogue = catalogue_load_bundle(root, &fault);
        if (catalogue == NULL) {
            log_error("the bundle's catalogue is refused, the old one runs on: %s", fault.text);
        }
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
