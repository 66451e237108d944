/* Reading and writing the submission document: shared by the files that do it. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "form/document.h"

struct json_value;
struct secret;

struct reading {
    struct secret *memory;
    const struct catalogue *catalogue;
    const struct json_value *root;
    const char *today;
    char *reason;
    bool faulty;
};

void reading_refuse(struct reading *reading, const char *what, const char *why);
/* NULL, and refused, when the memory is full. */
void *reading_allocate(struct reading *reading, size_t size);
/* A text of 1 to `most` bytes; "" when refused. */
const char *reading_text(struct reading *reading, const struct json_value *object, const char *key,
                         size_t most);
int reading_choice(struct reading *reading, const struct json_value *object, const char *key,
                   const char *const *list);

/* document_consents.c: what was read before it was accepted */
void notice_read(struct reading *reading, struct document *document);
/* The answers are there already, each good: a record for each, and no other. */
void consents_read(struct reading *reading, struct document *document, struct answers *answers);
void consents_write(struct text *out, const struct document *document);
