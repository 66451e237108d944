/* The submission document: the JSON that is sealed and that the portal checks
 * against the same catalogue. Written into the caller's (secret) buffer. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "form/catalogue.h"

struct answers;
struct text;

struct document {
    const char *id;       /* UUIDv7 */
    const char *code;     /* tracking code */
    const char *replaces; /* id of the request's first wording; NULL or empty: it is this one */
    /* The last four digits that prove whose request it is ("" where it has none), when this
     * mends the answers of a request of that code that was sent back; NULL: a request. */
    const char *mends;
    const char *kiosk;
    const char *office; /* kelurahan code that processes it */
    const struct service *service;
    int catalogue_version;
    enum language language;
    int64_t written_at; /* wall ms */
    const char *notice_version;
    const char *filled_by;         /* "self" | "companion" | "officer" */
    const struct answers *answers; /* only relevant ones are written */
    const char *today;
};

/* false when it did not fit. */
bool document_write(struct text *out, const struct document *document);

/* Its answers alone, as in the document: {"nik":"...","saksi":[{...}]}. */
bool document_answers(struct text *out, const struct document *document);

/* The portal's side: parse and check against the catalogue. On success the
 * strings and answers live in `memory`. On failure a reason without personal data. */
struct secret;
struct document *document_read(struct secret *memory, const struct catalogue *catalogue,
                               const char *bytes, size_t len, const char *today, char reason[160]);
