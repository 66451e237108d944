#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "fuzz.h"

/* A text survives being written and read again. */
static void
check_text(const char *string)
{
    size_t size = 6 * strlen(string) + 3;
    char *buffer = malloc(size);
    struct text text = text_over(buffer, size);
    json_write_text(&text, string);
    MUST(!text.cut);
    int line;
    const char *reason;
    struct json *again = json_parse(text.data, text.len, &line, &reason);
    MUST(again != NULL);
    MUST(strcmp(json_text(json_root(again), "?"), string) == 0);
    json_destroy(again);
    free(buffer);
}

static void
walk(const struct json *json, const struct json_value *value, int *budget)
{
    if (--*budget < 0) {
        return;
    }
    int64_t number;
    MUST(json_line(json, value) > 0);
    json_int(value, &number);
    if (json_kind(value) == JSON_TEXT) {
        check_text(json_text(value, NULL));
    }
    for (size_t i = 0; i < json_count(value); i++) {
        const struct json_value *child = json_at(value, i);
        if (json_kind(value) == JSON_OBJECT) {
            MUST(json_get(value, json_key(child)) == child);
        }
        walk(json, child, budget);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int line = 0, budget = 200;
    const char *reason = NULL;
    struct json *json = json_parse((const char *)data, size, &line, &reason);
    if (json == NULL) {
        MUST(line > 0 && reason != NULL);
        return 0;
    }
    MUST(utf8_valid((const char *)data, size));
    walk(json, json_root(json), &budget);
    json_destroy(json);
    return 0;
}
