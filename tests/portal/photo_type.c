/* What a photo is, and the one file of a form. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "photos.h"

static bool
has(const uint8_t *bytes, size_t len, size_t at, const char *words)
{
    size_t size = strlen(words);
    return at + size <= len && memcmp(bytes + at, words, size) == 0;
}

/* ISO 14496-12: the length of the first box, "ftyp", then its brand. */
static bool
is_heic(const uint8_t *bytes, size_t len)
{
    static const char *const brands[] = {"heic", "heix", "hevc", "heim", "heis", "mif1"};
    for (size_t i = 0; has(bytes, len, 4, "ftyp") && i < sizeof brands / sizeof *brands; i++) {
        if (has(bytes, len, 8, brands[i])) {
            return true;
        }
    }
    return false;
}

const char *
photo_type(const uint8_t *bytes, size_t len)
{
    return has(bytes, len, 0, "\xff\xd8\xff")                         ? "image/jpeg"
           : has(bytes, len, 0, "\x89PNG\r\n\x1a\n")                  ? "image/png"
           : has(bytes, len, 0, "RIFF") && has(bytes, len, 8, "WEBP") ? "image/webp"
           : is_heic(bytes, len)                                      ? "image/heic"
                                                                      : NULL;
}

/* "--" and the boundary of a Content-Type, between line ends; malloc'd. */
static char *
boundary_of(const char *type)
{
    static const char name[] = "boundary=";
    const char *at = type ? strstr(type, name) : NULL;
    if (!at || strncmp(type, "multipart/form-data", 19) != 0) {
        return NULL;
    }
    at += sizeof name - 1;
    at += *at == '"';
    size_t len = strcspn(at, "\";, \t\r\n");
    char *boundary = len > 0 && len <= 70 ? malloc(len + 5) : NULL; // RFC 2046: at most 70
    if (boundary) {
        memcpy(boundary, "\r\n--", 4);
        memcpy(boundary + 4, at, len);
        boundary[len + 4] = '\0';
    }
    return boundary;
}

static bool
names(const uint8_t *head, size_t len, const char *field)
{
    char wanted[64];
    snprintf(wanted, sizeof wanted, "; name=\"%s\"", field);
    return memmem(head, len, wanted, strlen(wanted)) != NULL;
}

bool
multipart_file(const char *type, const uint8_t *body, size_t size, const char *field,
               const uint8_t **bytes, size_t *len)
{
    char *boundary = boundary_of(type);
    const uint8_t *end = body + size, *at = body;
    bool found = false;
    if (!boundary) {
        return false;
    }
    size_t mark = strlen(boundary);
    if (size > mark && memcmp(body, boundary + 2, mark - 2) == 0) {
        at = body + mark - 2;
        for (const uint8_t *next; !found && at; at = next) {
            const uint8_t *head = memmem(at, (size_t)(end - at), "\r\n\r\n", 4);
            next = head ? memmem(head + 4, (size_t)(end - head - 4), boundary, mark) : NULL;
            found = next && names(at, (size_t)(head - at), field);
            *bytes = found ? head + 4 : NULL;
            *len = found ? (size_t)(next - head - 4) : 0;
            next = next ? next + mark : NULL;
        }
    }
    free(boundary);
    return found;
}
