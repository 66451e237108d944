/* A catalogue and a visit's answers for the tests of this room. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "form/answers.h"
#include "form/catalogue.h"
#include "form/check.h"

#define TODAY "2026-11-24"

/* Stands for SHA-256, which this room does not know: 32 bytes that depend on every byte. */
static inline void
toy_hash(const void *bytes, size_t len, uint8_t out[32])
{
    uint64_t sum = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < len + 32; i++) {
        sum = (sum ^ (i < len ? ((const uint8_t *)bytes)[i] : 0)) * UINT64_C(1099511628211);
        out[i % 32] = (uint8_t)(sum >> 40);
    }
}

struct visit {
    struct catalogue *catalogue;
    struct secret *memory;
    struct answers *answers;
};

static inline struct visit
visit_begin(const char *folder)
{
    struct fault fault = {""};
    struct visit visit = {.catalogue = catalogue_load_folder(folder, &fault),
                          .memory = secret_create(1024 * 1024)};
    if (visit.catalogue == NULL) {
        fprintf(stderr, "%s\n", fault.text);
        abort();
    }
    visit.answers = answers_create(visit.memory);
    return visit;
}

static inline void
visit_end(struct visit *visit)
{
    catalogue_destroy(visit->catalogue);
    secret_destroy(visit->memory);
}

/* "nik=...;kk=..." into the answers, as they are. */
static inline void
visit_fill(struct visit *visit, const char *pairs)
{
    char copy[4096], *rest = copy;
    snprintf(copy, sizeof copy, "%s", pairs);
    for (char *pair; (pair = strsep(&rest, ";")) != NULL;) {
        char *equals = strchr(pair, '=');
        if (equals != NULL) {
            *equals = '\0';
            assert_true(answers_set(visit->answers, pair, equals + 1));
        }
    }
}

/* The first `old` becomes `new`. */
static inline void
replace(const char *from, const char *old, const char *new, char *out, size_t size)
{
    const char *at = strstr(from, old);
    if (at == NULL) {
        fail_msg("no %s", old);
        return;
    }
    snprintf(out, size, "%.*s%s%s", (int)(at - from), from, new, at + strlen(old));
}
