/* The submission document: the JSON that is sealed and that the portal checks
 * against the same catalogue. Written into the caller's (secret) buffer. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "form/catalogue.h"

struct answers;
struct text;

/* SHA-256; the caller's, since this room knows no cryptography. */
typedef void document_hash(const void *bytes, size_t len, uint8_t out[32]);
enum { DOCUMENT_HASH_TEXT = 65 }; /* lower-case hex */

/* What was read when a statement was accepted, and a consent given or refused: the office must
 * be able to show it (UU 27/2022 art. 24). The language is that of the screen then; a text that
 * it lacks was read in Indonesian, and the hash is of what was read. */
struct consent {
    const char *question, *version, *given; /* "yes" or "no" */
    int row;                                /* of a repeat; 0 outside */
    enum language language;
    char sha256[DOCUMENT_HASH_TEXT];
};
/* What that hash is of: the question, a line feed, and its text. */
void consent_text(struct text *out, const struct question *question, enum language language);

struct document {
    const char *id;       /* UUIDv7 */
    const char *code;     /* tracking code */
    const char *replaces; /* id of the request's first wording; NULL or empty: it is this one */
    /* The last four digits that prove whose request it is ("" where it has none), when this
     * mends the answers of a request of that code that was sent back; NULL: a request. */
    const char *mends;
    /* With it photos may follow from a phone: base/id.h's pass, where the service takes photos and
     * this mends nothing. NULL or empty: none. */
    const char *photos;
    const char *kiosk;
    const char *office; /* kelurahan code that processes it */
    const struct service *service;
    int catalogue_version;
    enum language language;
    int64_t written_at;         /* wall ms */
    const char *notice_version; /* of the privacy notice, see document_notice() */
    enum language notice_language;
    char notice_sha256[DOCUMENT_HASH_TEXT];
    const char *filled_by;         /* "self" | "companion" | "officer" */
    const struct answers *answers; /* only relevant ones are written */
    const char *today;
    document_hash *hash;            /* of the one that writes it */
    const struct consent *consents; /* for the one that reads it: as they stand there */
    size_t consent_count;
};

/* The notice that was there to read, in that language. `hash` is set already. */
void document_notice(struct document *document, const struct catalogue *catalogue,
                     enum language language);
/* false when it did not fit. */
bool document_write(struct text *out, const struct document *document);

/* Its answers alone, as in the document: {"nik":"...","saksi":[{...}]}. */
bool document_answers(struct text *out, const struct document *document);

/* The portal's side: parse and check against the catalogue. On success the
 * strings and answers live in `memory`. On failure a reason without personal data. */
struct secret;
struct document *document_read(struct secret *memory, const struct catalogue *catalogue,
                               const char *bytes, size_t len, const char *today, char reason[160]);
