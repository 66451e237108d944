/* A signed bundle of a folder's catalogue, whole or with one piece of text replaced, and
 * what the program under test said meanwhile. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "catalogue_names.h"
#include "base/files.h"
#include "base/json.h"
#include "base/text.h"
#include "seal/bundle.h"
#include "seal/seal.h"

enum { BUNDLE_BYTES = 2 * 1024 * 1024 };

/* What a bundle says of the day by which a newer one comes. */
static const char *bundle_last_day __attribute__((unused)) = "2099-12-31";
/* Further files of it as its JSON has them, each with a comma before it. */
static const char *bundle_also __attribute__((unused)) = "";

static inline void
bundle_add(struct text *body, const char *folder, const char *name, const char *old,
           const char *new)
{
    char path[512], *changed = malloc(BUNDLE_BYTES);
    size_t len;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    char *bytes = files_read(path, BUNDLE_BYTES, &len);
    assert_non_null(bytes);
    struct text text = text_over(changed, BUNDLE_BYTES);
    char *at = old != NULL ? strstr(bytes, old) : NULL;
    text_add_bytes(&text, bytes, at != NULL ? (size_t)(at - bytes) : len);
    if (at != NULL) {
        text_add(&text, new);
        text_add(&text, at + strlen(old));
    }
    text_addf(body, "%s\"%s\":", body->data[body->len - 1] == '{' ? "" : ",", name);
    json_write_text(body, changed);
    free(changed);
    free(bytes);
}

/* `old` becomes `new` in each file that has it. */
static inline size_t
bundle_of(const char *folder, int version, const uint8_t secret_key[SIGN_SECRET], const char *old,
          const char *new, char out[BUNDLE_BYTES])
{
    static char names[CATALOGUE_NAMES][CATALOGUE_NAME];
    size_t count = catalogue_names(folder, names);
    char header[128], *bytes = malloc(BUNDLE_BYTES);
    struct text body = text_over(bytes, BUNDLE_BYTES), whole = text_over(out, BUNDLE_BYTES);
    text_addf(&body, "{\"name\":\"catalogue\",\"version\":%d,\"expires\":\"%s\",\"files\":{",
              version, bundle_last_day);
    for (size_t i = 0; i < count; i++) {
        bundle_add(&body, folder, names[i], old, new);
    }
    text_add(&body, bundle_also);
    text_add(&body, "}}");
    assert_false(body.cut);
    bundle_header(body.data, body.len, secret_key, header);
    text_add(&whole, header);
    text_add_bytes(&whole, body.data, body.len);
    assert_false(whole.cut);
    free(bytes);
    return whole.len;
}

/* A bundle whose body is no set of files. */
static inline size_t
bundle_odd(const char *files, const uint8_t secret_key[SIGN_SECRET], char out[BUNDLE_BYTES])
{
    char header[128], body[512];
    int len = snprintf(body, sizeof body,
                       "{\"name\":\"catalogue\",\"version\":9,\"expires\":\"%s\",\"files\":%s}",
                       bundle_last_day, files);
    bundle_header(body, (size_t)len, secret_key, header);
    return (size_t)snprintf(out, BUNDLE_BYTES, "%s%s", header, body);
}

/* What stands on standard error between the two. */
struct heard {
    int kept, file;
    char text[4096];
};

static inline void
heard_begin(struct heard *heard)
{
    fflush(stderr);
    heard->kept = dup(STDERR_FILENO);
    heard->file = memfd_create("heard", MFD_CLOEXEC);
    dup2(heard->file, STDERR_FILENO);
}

static inline void
heard_end(struct heard *heard)
{
    dup2(heard->kept, STDERR_FILENO);
    close(heard->kept);
    ssize_t len = pread(heard->file, heard->text, sizeof heard->text - 1, 0);
    heard->text[len > 0 ? len : 0] = '\0';
    close(heard->file);
}
