#include "form/check_text.h"

#include <string.h>

#include "base/text.h"

enum { NAME_LONGEST = 60, NO_CHARACTER = 0xFFFD /* what utf8_at() makes of a stray byte */ };

static bool
is_space(uint32_t code)
{
    return code == ' ' || code == '\t' || code == '\n' || code == '\r' || code == 0xA0;
}

/* The many signs that keyboards and scanners write for an apostrophe. */
static uint32_t
plain(uint32_t code)
{
    switch (code) {
    case 0x60:
    case 0xB4:
    case 0x2BC:
    case 0x2018:
    case 0x2019:
        return '\'';
    case 0x2010:
    case 0x2011:
        return '-';
    default:
        return code;
    }
}

static bool
is_letter(uint32_t code)
{
    return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z') ||
           (code >= 0xC0 && code <= 0xFF && code != 0xD7 && code != 0xF7);
}

static bool
is_in_name(uint32_t code, bool first)
{
    return is_letter(code) || (!first && code < 0x80 && strchr(" '.,/-", (int)code) != NULL);
}

static struct check
measure(const struct text *text, int least, int most)
{
    int64_t count = (int64_t)utf8_count(text->data);
    if (text->cut || count > most) {
        return (struct check){.problem = PROBLEM_TOO_LONG, .wanted = most, .have = count};
    }
    if (count < least) {
        return (struct check){.problem = PROBLEM_TOO_SHORT, .wanted = least, .have = count};
    }
    return (struct check){0};
}

struct check
check_name(const char *typed, char *out)
{
    struct text text = text_over(out, ANSWER_BYTES);
    bool gap = false;
    for (size_t len; *typed != '\0'; typed += len) {
        uint32_t code = plain(utf8_at(typed, &len));
        if (is_space(code)) {
            gap = text.len > 0;
            continue;
        }
        if (!is_in_name(code, text.len == 0)) {
            return (struct check){.problem = PROBLEM_NAME, .have = code};
        }
        text_add(&text, gap ? " " : "");
        text_add_code(&text, code);
        gap = false;
    }
    return measure(&text, 1, NAME_LONGEST);
}

struct check
check_text(const char *typed, int least, int most, char *out)
{
    struct text text = text_over(out, ANSWER_BYTES);
    size_t end = 0; // behind the last character that is no space
    for (size_t len; *typed != '\0'; typed += len) {
        uint32_t code = utf8_at(typed, &len);
        if (is_space(code)) {
            text_add(&text, text.len > 0 ? " " : "");
            continue;
        }
        if (code == NO_CHARACTER || utf8_is_hidden(code)) {
            return (struct check){.problem = PROBLEM_NAME, .have = code};
        }
        text_add_code(&text, code);
        end = text.len;
    }
    text.cut &= end == text.len; // what did not fit may have been spaces
    text.len = end;
    out[end] = '\0';
    return measure(&text, least, most);
}
