#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { REPLACEMENT = 0xFFFD };

struct text
text_over(char *buffer, size_t size)
{
    if (size > 0) {
        buffer[0] = '\0';
    }
    return (struct text){.data = buffer, .size = size};
}

void
text_clear(struct text *text)
{
    text->len = 0;
    text->cut = false;
    if (text->size > 0) {
        text->data[0] = '\0';
    }
}

/* The longest part of `bytes` within `room` that ends on a code point. */
static size_t
fitting(const char *bytes, size_t len, size_t room)
{
    if (len <= room) {
        return len;
    }
    while (room > 0 && ((unsigned char)bytes[room] & 0xC0) == 0x80) {
        room--;
    }
    return room;
}

void
text_add_bytes(struct text *text, const char *bytes, size_t len)
{
    if (text->cut || text->size == 0) {
        text->cut |= len > 0;
        return;
    }
    size_t fits = fitting(bytes, len, text->size - 1 - text->len);
    memcpy(text->data + text->len, bytes, fits);
    text->len += fits;
    text->data[text->len] = '\0';
    text->cut = fits < len;
}

void
text_add(struct text *text, const char *string)
{
    text_add_bytes(text, string, strlen(string));
}

void
text_add_code(struct text *text, uint32_t code_point)
{
    char bytes[4];
    text_add_bytes(text, bytes, utf8_encode(code_point, bytes));
}

/* vsnprintf may have split the last code point: where the whole ones end. */
static size_t
whole_until(const char *data, size_t at, size_t end)
{
    while (at < end) {
        size_t len;
        uint32_t code = utf8_at(data + at, &len);
        if (code == REPLACEMENT && len == 1 && end - at < 4) {
            return at;
        }
        at += len;
    }
    return end;
}

void
text_addf(struct text *text, const char *format, ...)
{
    if (text->cut || text->size == 0) {
        text->cut = true;
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    size_t room = text->size - text->len;
    int wanted = vsnprintf(text->data + text->len, room, format, arguments);
    va_end(arguments);
    if (wanted < 0) {
        text->data[text->len] = '\0';
        text->cut = true;
    } else if ((size_t)wanted >= room) {
        size_t end = whole_until(text->data, text->len, text->size - 1);
        text->len = end;
        text->data[end] = '\0';
        text->cut = true;
    } else {
        text->len += (size_t)wanted;
    }
}

bool
text_copy(char *buffer, size_t size, const char *string)
{
    struct text text = text_over(buffer, size);
    text_add(&text, string);
    return !text.cut;
}

uint32_t
utf8_at(const char *at, size_t *len)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *p = (const unsigned char *)at;
    size_t wanted = p[0] < 0x80 ? 1 : p[0] < 0xC0 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    *len = p[0] == 0 ? 0 : 1;
    if (wanted == 1) {
        return p[0];
    }
    if (wanted == 0 || p[0] > 0xF4) {
        return REPLACEMENT;
    }
    uint32_t code = p[0] & (0x7Fu >> wanted);
    for (size_t i = 1; i < wanted; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            return REPLACEMENT; // the NUL ends here too
        }
        code = code << 6 | (p[i] & 0x3Fu);
    }
    if (code < least[wanted] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        return REPLACEMENT;
    }
    *len = wanted;
    return code;
}

bool
utf8_valid(const char *bytes, size_t len)
{
    for (size_t at = 0; at < len;) {
        char piece[5] = {0};
        size_t rest = len - at, step;
        memcpy(piece, bytes + at, rest < 4 ? rest : 4);
        uint32_t code = utf8_at(piece, &step);
        if (step == 0) {
            step = 1; // a NUL byte is a code point
        } else if (code == REPLACEMENT && step == 1) {
            return false;
        }
        at += step;
    }
    return true;
}

size_t
utf8_count(const char *string)
{
    size_t count = 0, len;
    for (; *string != '\0'; string += len, count++) {
        utf8_at(string, &len);
    }
    return count;
}

size_t
utf8_encode(uint32_t code, char out[4])
{
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        return 0;
    }
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t len = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = len; i-- > 1; code >>= 6) {
        out[i] = (char)(0x80 | (code & 0x3F));
    }
    out[0] = (char)(code | (0xF00u >> len & 0xFFu));
    return len;
}

size_t
utf8_before(const char *string, size_t at)
{
    // Where utf8_at() would arrive at `at`: a stray byte is a letter of its own.
    for (size_t back = at < 4 ? at : 4; back > 1; back--) {
        size_t len;
        utf8_at(string + at - back, &len);
        if (len == back) {
            return at - back;
        }
    }
    return at > 0 ? at - 1 : 0;
}

bool
utf8_is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029;
}

/* From, to. */
static const uint32_t invisible[][2] = {
    {0x00AD, 0x00AD}, {0x061C, 0x061C}, {0x115F, 0x1160}, {0x180E, 0x180E},    {0x200B, 0x200F},
    {0x202A, 0x202E}, {0x2060, 0x206F}, {0x3164, 0x3164}, {0xE000, 0xF8FF},    {0xFDD0, 0xFDEF},
    {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0xE0000, 0x10FFFF},
};

bool
utf8_is_hidden(uint32_t code)
{
    for (size_t i = 0; i < sizeof invisible / sizeof *invisible; i++) {
        if (code >= invisible[i][0] && code <= invisible[i][1]) {
            return true;
        }
    }
    return utf8_is_control(code) || (code & 0xFFFE) == 0xFFFE;
}

bool
text_is_digits(const char *string)
{
    return *string != '\0' && string[strspn(string, "0123456789")] == '\0';
}

int64_t
text_take_number(const char **at, int most)
{
    int64_t number = 0;
    int count = 0;
    for (; count < most && **at >= '0' && **at <= '9'; ++*at, count++) {
        if (number < 0 || __builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, **at - '0', &number)) {
            number = -1;
        }
    }
    return count > 0 ? number : -1;
}

/* Lower case for A-Z and À-Þ (but not the multiplication sign). */
static uint32_t
folded(uint32_t code)
{
    bool ascii = code >= 'A' && code <= 'Z';
    bool latin = code >= 0xC0 && code <= 0xDE && code != 0xD7;
    return ascii || latin ? code + 0x20 : code;
}

static bool
begins_folded(const char *text, const char *with)
{
    while (*with != '\0') {
        size_t a, b;
        if (folded(utf8_at(text, &a)) != folded(utf8_at(with, &b))) {
            return false;
        }
        text += a;
        with += b;
    }
    return true;
}

bool
text_contains_folded(const char *haystack, const char *needle)
{
    if (*needle == '\0') {
        return true;
    }
    for (size_t len; *haystack != '\0'; haystack += len) {
        if (begins_folded(haystack, needle)) {
            return true;
        }
        utf8_at(haystack, &len);
    }
    return false;
}
