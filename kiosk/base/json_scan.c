#include "base/json_scan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { DEPTH = 32, NUMBER = 40 };

/* Walks the text once. With a wanted value it stops there, so that a value's line
 * is found again by counting values in document order. */
struct scan {
    const char *at, *end;
    const char *reason;
    long wanted; // ordinal of a value, -1: check everything
    long count;
    const char *found;
};

static const char not_a_value[] =
    "not a value; a text stands in quotes, else a number, true, false, { } or [ ]";

static bool
refuse(struct scan *scan, const char *reason)
{
    if (scan->reason == NULL) {
        scan->reason = reason;
    }
    return false;
}

static bool
is_one_of(char letter, const char *letters)
{
    return letter != '\0' && strchr(letters, letter) != NULL;
}

static void
skip_space(struct scan *scan)
{
    while (scan->at < scan->end && is_one_of(*scan->at, " \t\r\n")) {
        scan->at++;
    }
}

/* The code unit of a "\\uXXXX" at the scan, which moves behind it; -1 if none. */
static int
take_unit(struct scan *scan)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    if (scan->end - scan->at < 6 || scan->at[0] != '\\' || scan->at[1] != 'u') {
        return -1;
    }
    int value = 0;
    for (int i = 2; i < 6; i++) {
        const char *digit = memchr(digits, scan->at[i], sizeof digits - 1);
        if (digit == NULL) {
            return -1;
        }
        int n = (int)(digit - digits);
        value = value * 16 + (n > 15 ? n - 6 : n);
    }
    scan->at += 6;
    return value;
}

static bool
scan_unicode(struct scan *scan)
{
    int unit = take_unit(scan);
    if (unit < 0) {
        return refuse(scan, "malformed \\u escape");
    }
    if (unit == 0) {
        return refuse(scan, "NUL in a string");
    }
    bool high = unit >= 0xd800 && unit <= 0xdbff;
    if (high) {
        unit = take_unit(scan);
        high = unit >= 0xdc00 && unit <= 0xdfff;
        return high || refuse(scan, "half a pair of \\u escapes");
    }
    return unit < 0xdc00 || unit > 0xdfff || refuse(scan, "half a pair of \\u escapes");
}

static bool
scan_escape(struct scan *scan)
{
    if (scan->end - scan->at < 2) {
        return refuse(scan, "unfinished string");
    }
    char kind = scan->at[1];
    if (kind == 'u') {
        return scan_unicode(scan);
    }
    if (!is_one_of(kind, "\"\\/bfnrt")) {
        return refuse(scan, "unknown escape");
    }
    scan->at += 2;
    return true;
}

static const char *
control_in_text(char control)
{
    return control == '\n' || control == '\r'
               ? "a text ends on its line; is a '\"' missing, or a new line too many?"
               : "a tab or another control character in a text; a space is meant?";
}

static bool
scan_string(struct scan *scan)
{
    const char *begin = ++scan->at;
    while (scan->at < scan->end && *scan->at != '"') {
        if ((unsigned char)*scan->at < ' ') {
            return refuse(scan, control_in_text(*scan->at));
        }
        if (*scan->at == '\\') {
            if (!scan_escape(scan)) {
                return false;
            }
        } else {
            scan->at++;
        }
    }
    if (scan->at == scan->end) {
        return refuse(scan, "unfinished string");
    }
    if (!utf8_valid(begin, (size_t)(scan->at - begin))) {
        return refuse(scan, "not UTF-8; save the file as UTF-8");
    }
    scan->at++;
    return true;
}

static bool
take_one_of(struct scan *scan, const char *letters)
{
    if (scan->at < scan->end && is_one_of(*scan->at, letters)) {
        scan->at++;
        return true;
    }
    return false;
}

/* What an author wrote where a value or a key should stand. */
static bool
refuse_word(struct scan *scan, const char *otherwise)
{
    char first = scan->at < scan->end ? *scan->at : '\0';
    if (is_one_of(first, "}]")) {
        return refuse(scan, "a ',' too many before it, or something is missing");
    }
    if (is_one_of(first, "/#")) {
        return refuse(scan, "no comments here; a \"note\" may stand in every block");
    }
    bool curved = (size_t)(scan->end - scan->at) >= 3 && memcmp(scan->at, "\xe2\x80", 2) == 0;
    if (curved || first == '\'' || first == '`') {
        return refuse(scan, "straight double quotes are needed: \"\"");
    }
    return refuse(scan, otherwise);
}

static bool scan_value(struct scan *scan, int depth);

static bool
scan_key(struct scan *scan)
{
    skip_space(scan);
    if (scan->at == scan->end || *scan->at != '"') {
        return refuse_word(scan, "a key in quotes was expected");
    }
    if (!scan_string(scan)) {
        return false;
    }
    skip_space(scan);
    return take_one_of(scan, ":") || refuse(scan, "':' was expected");
}

/* What stands between brackets, the opening one is behind. */
static bool
scan_items(struct scan *scan, int depth, const char *close)
{
    bool object = *close == '}';
    skip_space(scan);
    if (take_one_of(scan, close)) {
        return true;
    }
    do {
        if ((object && !scan_key(scan)) || !scan_value(scan, depth + 1)) {
            return false;
        }
        skip_space(scan);
        if (take_one_of(scan, close)) {
            return true;
        }
    } while (take_one_of(scan, ","));
    if (scan->at == scan->end) {
        return refuse(scan, object ? "the file ends, and a '}' is missing"
                                   : "the file ends, and a ']' is missing");
    }
    return refuse(scan, object ? "a ',' is missing before this, or a '}'"
                               : "a ',' is missing before this, or a ']'");
}

static bool
take_digits(struct scan *scan)
{
    const char *begin = scan->at;
    while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9') {
        scan->at++;
    }
    return scan->at > begin;
}

/* RFC 8259: no leading zero, no plus, digits around the point. Within what a
 * double holds, and short enough for cJSON, which reads 63 letters of one. */
static bool
scan_number(struct scan *scan)
{
    const char *begin = scan->at;
    take_one_of(scan, "-");
    const char *digits = scan->at;
    if (!take_digits(scan)) {
        return refuse_word(scan, not_a_value);
    }
    if (*digits == '0' && scan->at - digits > 1) {
        return refuse(scan, "a number begins with 0; a code stands in quotes");
    }
    if (take_one_of(scan, ".") && !take_digits(scan)) {
        return refuse(scan, "malformed number");
    }
    if (take_one_of(scan, "eE")) {
        take_one_of(scan, "+-");
        if (!take_digits(scan)) {
            return refuse(scan, "malformed number");
        }
    }
    char copy[NUMBER] = {0};
    if (scan->at - begin >= NUMBER) {
        return refuse(scan, "number too long");
    }
    memcpy(copy, begin, (size_t)(scan->at - begin));
    return isfinite(strtod(copy, NULL)) || refuse(scan, "number too large");
}

static bool
scan_word(struct scan *scan, const char *word)
{
    size_t len = strlen(word);
    if ((size_t)(scan->end - scan->at) < len || memcmp(scan->at, word, len) != 0) {
        return refuse(scan, not_a_value);
    }
    scan->at += len;
    return true;
}

static bool
scan_value(struct scan *scan, int depth)
{
    skip_space(scan);
    if (scan->at == scan->end) {
        return refuse(scan,
                      depth == 0 ? "the file is empty" : "the file ends, and a value is missing");
    }
    if (depth > DEPTH) {
        return refuse(scan, "nested too deeply");
    }
    if (scan->count++ == scan->wanted) {
        scan->found = scan->at;
        return false; // no need to go on
    }
    switch (*scan->at) {
    case '{':
        scan->at++;
        return scan_items(scan, depth, "}");
    case '[':
        scan->at++;
        return scan_items(scan, depth, "]");
    case '"':
        return scan_string(scan);
    case 't':
        return scan_word(scan, "true");
    case 'f':
        return scan_word(scan, "false");
    case 'n':
        return scan_word(scan, "null");
    default:
        return scan_number(scan);
    }
}

static int
line_of(const char *start, const char *at)
{
    int line = 1;
    for (; start < at; start++) {
        line += *start == '\n';
    }
    return line;
}

bool
json_scan_check(const char *bytes, size_t len, int *line, const char **reason)
{
    static const char mark[] = "\xef\xbb\xbf";
    struct scan scan = {.at = bytes, .end = bytes + len, .wanted = -1};
    bool marked = len >= 3 && memcmp(bytes, mark, 3) == 0;
    bool good = !marked ? scan_value(&scan, 0)
                        : refuse(&scan, "a byte order mark; save the file as UTF-8 without one");
    if (good) {
        skip_space(&scan);
        good = scan.at == scan.end || refuse(&scan, "something stands behind the value");
    }
    if (!good) {
        *line = line_of(bytes, scan.at);
        *reason = scan.reason;
    }
    return good;
}

int
json_scan_line(const char *bytes, size_t len, long ordinal)
{
    struct scan scan = {.at = bytes, .end = bytes + len, .wanted = ordinal};
    scan_value(&scan, 0);
    return scan.found != NULL ? line_of(bytes, scan.found) : 0;
}
