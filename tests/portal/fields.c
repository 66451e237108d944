#include "fields.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static int
digit_of(char letter)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    const char *at = letter ? strchr(digits, letter) : NULL;
    int value = at ? (int)(at - digits) : -1;
    return value < 16 ? value : value - 6;
}

/* In place; false where no two hexadecimal digits follow a '%', or they are a NUL. */
static bool
decode(char *text)
{
    char *out = text;
    for (; *text; text++) {
        if (*text == '+') {
            *out++ = ' ';
        } else if (*text == '%') {
            int high = digit_of(text[1]), low = high < 0 ? -1 : digit_of(text[2]);
            if (low < 0 || high + low == 0) {
                return false;
            }
            *out++ = (char)(high * 16 + low);
            text += 2;
        } else {
            *out++ = *text;
        }
    }
    *out = '\0';
    return true;
}

/* Spaces at both ends are nobody's meaning. */
static char *
trim(char *text)
{
    text += strspn(text, " \t\r\n");
    size_t len = strlen(text);
    while (len > 0 && strchr(" \t\r\n", text[len - 1])) {
        text[--len] = '\0';
    }
    return text;
}

static bool
add(struct fields *fields, char *pair)
{
    char *value = strchr(pair, '=');
    if (!value || fields->count == FIELDS_MOST) {
        return false;
    }
    *value++ = '\0';
    if (!decode(pair) || !decode(value) || !utf8_valid(pair, strlen(pair)) ||
        !utf8_valid(value, strlen(value))) {
        return false;
    }
    fields->list[fields->count].name = pair;
    fields->list[fields->count++].value = trim(value);
    return true;
}

bool
fields_read(struct fields *fields, const uint8_t *body, size_t len)
{
    *fields = (struct fields){.memory = malloc(len + 1)};
    if (!fields->memory || memchr(body, '\0', len)) {
        return false;
    }
    memcpy(fields->memory, body, len);
    fields->memory[len] = '\0';
    bool good = true;
    char *rest = fields->memory;
    while (good && rest && *rest) {
        good = add(fields, strsep(&rest, "&"));
    }
    return good;
}

void
fields_free(struct fields *fields)
{
    free(fields->memory);
    *fields = (struct fields){.memory = NULL};
}

const char *
fields_get(const struct fields *fields, const char *name)
{
    for (size_t i = 0; i < fields->count; i++) {
        if (strcmp(fields->list[i].name, name) == 0) {
            return fields->list[i].value;
        }
    }
    return "";
}
