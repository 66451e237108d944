#include <string.h>

#include "base/text.h"
#include "fields.h"
#include "fuzz.h"
#include "html.h"

/* What a form sent is clean text, and on a page it is text only. */
static void
show(const char *text)
{
    struct html html = {.len = 0};
    html_add(&html, "<i title=\"%s\">", text);
    char *page = html_take(&html);
    MUST(page && utf8_valid(page, strlen(page)));
    const char *end = page + strlen(page) - 2;
    MUST(strcmp(end, "\">") == 0);
    for (const char *at = page + strlen("<i title=\""); at < end; at++) {
        size_t len;
        MUST(!strchr("<>\"'", *at) && !utf8_is_hidden(utf8_at(at, &len)));
        at += len - 1;
    }
    free(page);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fields fields;
    if (fields_read(&fields, data, size)) {
        MUST(fields.count <= FIELDS_MOST);
        for (size_t i = 0; i < fields.count; i++) {
            const char *name = fields.list[i].name, *value = fields.list[i].value;
            MUST(utf8_valid(name, strlen(name)) && utf8_valid(value, strlen(value)));
            MUST(strspn(value, " ") == 0 && (!*value || value[strlen(value) - 1] != ' '));
            show(name);
            show(value);
        }
    }
    fields_free(&fields);
    return 0;
}
