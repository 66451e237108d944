#include <regex.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "form/pattern.h"
#include "fuzz.h"

enum { LONGEST = 1000, SHORT = 24 };

/* The C library as a second opinion, where both say the same things in the same signs:
 * short, without escapes, classes and repeats that it would expand for minutes. */
static void
compare(const char *source, const char *text, bool matches)
{
    static const char common[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0189 ()|*+?.";
    char whole[SHORT + 8];
    regex_t regex;
    if (strlen(source) > SHORT || source[strspn(source, common)] != '\0' || strlen(text) > SHORT) {
        return;
    }
    for (const char *at = text; *at != '\0'; at++) {
        if ((unsigned char)*at >= 0x80) {
            return; // the library counts bytes here
        }
    }
    snprintf(whole, sizeof whole, "^(%s)$", source);
    if (regcomp(&regex, whole, REG_EXTENDED | REG_NOSUB) == 0) {
        MUST((regexec(&regex, text, 0, NULL, 0) == 0) == matches);
        regfree(&regex);
    }
}

/* The pattern, then, behind a line end, the text. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char source[LONGEST + 1];
    if (size > LONGEST || !utf8_valid((const char *)data, size) || memchr(data, 0, size) != NULL) {
        return 0;
    }
    source[size] = '\0';
    if (size > 0) {
        memcpy(source, data, size);
    }
    char *text = strchr(source, '\n');
    if (text != NULL) {
        *text++ = '\0';
    }
    size_t at;
    const char *reason;
    struct arena *arena = arena_create();
    const struct pattern *pattern = pattern_parse(arena, source, &reason, &at);
    MUST((pattern == NULL) == (reason != NULL) && at <= strlen(source));
    if (pattern != NULL) {
        text = text != NULL ? text : source;
        compare(source, text, pattern_matches(pattern, text));
    }
    arena_destroy(arena);
    return 0;
}
