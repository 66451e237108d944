#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "form/answers.h"
#include "form/document.h"
#include "fuzz.h"
#include "small_catalogue.h"

enum { MEMORY = 1024 * 1024, WRITTEN = 64 * 1024 };
static const char today[] = "2026-11-24";

static void
no_hash(const void *bytes, size_t len, uint8_t out[32])
{
    MUST(bytes != NULL || len == 0);
    memset(out, (int)len, 32);
}

/* What is accepted, written as the kiosk writes it, is accepted again as the same. */
static void
check_again(struct secret *memory, const struct catalogue *catalogue, struct document *document)
{
    static char first[WRITTEN], second[WRITTEN];
    char reason[160];
    struct text text = text_over(first, sizeof first), same = text_over(second, sizeof second);
    document->hash = no_hash;
    MUST(document_write(&text, document));
    struct document *again = document_read(memory, catalogue, text.data, text.len, today, reason);
    MUST(again != NULL && reason[0] == '\0');
    again->hash = no_hash;
    MUST(document_write(&same, again) && strcmp(first, second) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct catalogue *catalogue;
    static struct secret *memory;
    struct fault fault;
    char reason[160];
    if (catalogue == NULL) {
        catalogue = catalogue_load(small_catalogue, SMALL_FILES, &fault);
        memory = secret_create(MEMORY);
        MUST(catalogue != NULL && memory != NULL);
    }
    memset(reason, '#', sizeof reason);
    struct document *document =
        document_read(memory, catalogue, (const char *)data, size, today, reason);
    MUST(memchr(reason, 0, sizeof reason) != NULL && (document == NULL) == (reason[0] != '\0'));
    if (document != NULL) {
        check_again(memory, catalogue, document);
    }
    secret_wipe(memory);
    return 0;
}
