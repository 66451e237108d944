/* What a page's form sent: application/x-www-form-urlencoded. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FIELDS_MOST = 128 };
struct fields {
    char *memory; /* holds all names and values */
    size_t count;
    struct {
        const char *name, *value;
    } list[FIELDS_MOST];
};

/* False: malformed, too many, not UTF-8 or a NUL in it. Free in either case. */
bool fields_read(struct fields *fields, const uint8_t *body, size_t len);
void fields_free(struct fields *fields);
const char *fields_get(const struct fields *fields, const char *name); /* "" absent */
