#include "base/json.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"

/* A value is a cJSON item: the two names never meet outside this file. */
struct json {
    cJSON *root;
    char *source; // for the lines
    size_t len;
};

enum { DEPTH = 32 };

/* --- memory that forgets ---------------------------------------------------- */

/* cJSON's own allocations may hold answers: their size stands before them. */
static void *
remembering_malloc(size_t size)
{
    size_t *block = malloc(size + 2 * sizeof *block);
    if (block == NULL) {
        return NULL;
    }
    block[0] = size;
    return block + 2;
}

static void
forgetting_free(void *memory)
{
    if (memory != NULL) {
        size_t *block = (size_t *)memory - 2;
        secret_zero(memory, block[0]);
        free(block);
    }
}

static void
set_hooks(void)
{
    cJSON_Hooks hooks = {.malloc_fn = remembering_malloc, .free_fn = forgetting_free};
    cJSON_InitHooks(&hooks);
}

/* --- a strict scanner: what cJSON lets through ------------------------------- */

/* Walks the text once. With a wanted value it stops there, so that a value's line
 * is found again by counting values in document order. */
struct scan {
    const char *at, *end, *start;
    const char *reason;
    long wanted; // ordinal of a value, -1: check everything
    long count;
    const char *found;
};

static bool
refuse(struct scan *scan, const char *reason)
{
    if (scan->reason == NULL) {
        scan->reason = reason;
    }
    return false;
}

static void
skip_space(struct scan *scan)
{
    while (scan->at < scan->end && strchr(" \t\r\n", *scan->at) != NULL && *scan->at != '\0') {
        scan->at++;
    }
}

static int
hex_value(const char *at)
{
    int value = 0;
    for (int i = 0; i < 4; i++) {
        const char *digit = memchr("0123456789abcdefABCDEF", at[i], 22);
        if (digit == NULL) {
            return -1;
        }
        int n = (int)(digit - "0123456789abcdefABCDEF");
        value = value * 16 + (n > 15 ? n - 6 : n);
    }
    return value;
}

static bool
scan_escape(struct scan *scan)
{
    if (scan->end - scan->at < 2) {
        return refuse(scan, "unfinished string");
    }
    char kind = scan->at[1];
    if (kind != 'u') {
        scan->at += 2;
        return strchr("\"\\/bfnrt", kind) != NULL && kind != '\0' ? true
                                                                  : refuse(scan, "unknown escape");
    }
    if (scan->end - scan->at < 6 || hex_value(scan->at + 2) < 0) {
        return refuse(scan, "malformed \\u escape");
    }
    if (hex_value(scan->at + 2) == 0) {
        return refuse(scan, "NUL in a string");
    }
    scan->at += 6;
    return true;
}

static bool
scan_string(struct scan *scan)
{
    const char *begin = ++scan->at;
    while (scan->at < scan->end && *scan->at != '"') {
        if ((unsigned char)*scan->at < ' ') {
            return refuse(scan, "control character in a string");
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
        return refuse(scan, "not UTF-8");
    }
    scan->at++;
    return true;
}

static bool
scan_value(struct scan *scan, int depth);

static bool
scan_items(struct scan *scan, int depth, char close)
{
    skip_space(scan);
    if (scan->at < scan->end && *scan->at == close) {
        scan->at++;
        return true;
    }
    for (;;) {
        skip_space(scan);
        if (close == '}') {
            if (scan->at == scan->end || *scan->at != '"') {
                return refuse(scan, "a key was expected");
            }
            if (!scan_string(scan)) {
                return false;
            }
            skip_space(scan);
            if (scan->at == scan->end || *scan->at++ != ':') {
                return refuse(scan, "':' was expected");
            }
        }
        if (!scan_value(scan, depth + 1)) {
            return false;
        }
        skip_space(scan);
        if (scan->at < scan->end && *scan->at == close) {
            scan->at++;
            return true;
        }
        if (scan->at == scan->end || *scan->at != ',') {
            return refuse(scan,
                          close == '}' ? "',' or '}' was expected" : "',' or ']' was expected");
        }
        scan->at++;
    }
}

/* RFC 8259: no leading zero, no plus, digits around the point. */
static bool
scan_number(struct scan *scan)
{
    const char *digits = "0123456789", *p = scan->at;
    size_t n;
    p += *p == '-';
    n = strspn(p, digits);
    if (n == 0 || (n > 1 && *p == '0')) {
        return refuse(scan, "not a value");
    }
    p += n;
    if (*p == '.') {
        n = strspn(++p, digits);
        if (n == 0) {
            return refuse(scan, "malformed number");
        }
        p += n;
    }
    if (*p == 'e' || *p == 'E') {
        p++;
        p += *p == '+' || *p == '-';
        n = strspn(p, digits);
        if (n == 0) {
            return refuse(scan, "malformed number");
        }
        p += n;
    }
    scan->at = p;
    return true;
}

static bool
scan_word(struct scan *scan, const char *word)
{
    size_t len = strlen(word);
    if ((size_t)(scan->end - scan->at) < len || memcmp(scan->at, word, len) != 0) {
        return refuse(scan, "not a value");
    }
    scan->at += len;
    return true;
}

static bool
scan_value(struct scan *scan, int depth)
{
    skip_space(scan);
    if (scan->at == scan->end) {
        return refuse(scan, "a value was expected");
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
        return scan_items(scan, depth, '}');
    case '[':
        scan->at++;
        return scan_items(scan, depth, ']');
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

/* cJSON keeps the first of two equal keys and says nothing: we do. */
static const cJSON *
second_key(const cJSON *item)
{
    for (const cJSON *child = item->child; child != NULL; child = child->next) {
        if (cJSON_IsObject(item)) {
            for (const cJSON *other = child->next; other != NULL; other = other->next) {
                if (strcmp(child->string, other->string) == 0) {
                    return other;
                }
            }
        }
        const cJSON *inside = second_key(child);
        if (inside != NULL) {
            return inside;
        }
    }
    return NULL;
}

/* --- documents -------------------------------------------------------------- */

static bool
scan_document(const char *bytes, size_t len, int *line, const char **reason)
{
    struct scan scan = {.at = bytes, .start = bytes, .end = bytes + len, .wanted = -1};
    bool good = scan_value(&scan, 0);
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

struct json *
json_parse(const char *bytes, size_t len, int *line, const char **reason)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, set_hooks);
    struct json *json = calloc(1, sizeof *json);
    char *source = malloc(len + 1);
    *line = 0;
    *reason = "out of memory";
    if (json == NULL || source == NULL) {
        free(json);
        free(source);
        return NULL;
    }
    memcpy(source, bytes, len);
    source[len] = '\0';
    *json = (struct json){.source = source, .len = len};
    if (!scan_document(source, len, line, reason)) {
        json_destroy(json);
        return NULL;
    }
    json->root = cJSON_ParseWithLength(source, len);
    if (json->root == NULL) {
        json_destroy(json);
        return NULL;
    }
    const cJSON *twice = second_key(json->root);
    if (twice != NULL) {
        *line = json_line(json, (const struct json_value *)twice);
        *reason = "a key stands twice";
        json_destroy(json);
        return NULL;
    }
    return json;
}

void
json_destroy(struct json *json)
{
    if (json != NULL) {
        cJSON_Delete(json->root);
        secret_zero(json->source, json->len);
        free(json->source);
        free(json);
    }
}

const struct json_value *
json_root(const struct json *json)
{
    return (const struct json_value *)json->root;
}

/* The ordinal of a value in document order, parents before children. */
static bool
ordinal_of(const cJSON *item, const cJSON *wanted, long *count)
{
    if (item == wanted) {
        return true;
    }
    ++*count;
    for (const cJSON *child = item->child; child != NULL; child = child->next) {
        if (ordinal_of(child, wanted, count)) {
            return true;
        }
    }
    return false;
}

int
json_line(const struct json *json, const struct json_value *value)
{
    long ordinal = 0;
    if (value == NULL || !ordinal_of(json->root, (const cJSON *)value, &ordinal)) {
        return 0;
    }
    struct scan scan = {.at = json->source,
                        .start = json->source,
                        .end = json->source + json->len,
                        .wanted = ordinal};
    scan_value(&scan, 0);
    return scan.found != NULL ? line_of(json->source, scan.found) : 0;
}

/* --- reading ---------------------------------------------------------------- */

static const cJSON *
item_of(const struct json_value *value)
{
    return (const cJSON *)value;
}

enum json_kind
json_kind(const struct json_value *value)
{
    const cJSON *item = item_of(value);
    return item == NULL || cJSON_IsNull(item) ? JSON_NULL
           : cJSON_IsBool(item)               ? JSON_BOOL
           : cJSON_IsNumber(item)             ? JSON_NUMBER
           : cJSON_IsString(item)             ? JSON_TEXT
           : cJSON_IsArray(item)              ? JSON_ARRAY
                                              : JSON_OBJECT;
}

const struct json_value *
json_get(const struct json_value *object, const char *key)
{
    if (json_kind(object) != JSON_OBJECT) {
        return NULL;
    }
    return (const struct json_value *)cJSON_GetObjectItemCaseSensitive(item_of(object), key);
}

size_t
json_count(const struct json_value *value)
{
    enum json_kind kind = json_kind(value);
    return kind == JSON_ARRAY || kind == JSON_OBJECT ? (size_t)cJSON_GetArraySize(item_of(value))
                                                     : 0;
}

const struct json_value *
json_at(const struct json_value *value, size_t index)
{
    if (index >= json_count(value)) {
        return NULL;
    }
    return (const struct json_value *)cJSON_GetArrayItem(item_of(value), (int)index);
}

const char *
json_key(const struct json_value *value)
{
    return value == NULL ? NULL : item_of(value)->string;
}

const char *
json_text(const struct json_value *value, const char *fallback)
{
    return json_kind(value) == JSON_TEXT ? item_of(value)->valuestring : fallback;
}

bool
json_int(const struct json_value *value, int64_t *out)
{
    if (json_kind(value) != JSON_NUMBER) {
        return false;
    }
    double number = item_of(value)->valuedouble;
    if (number != floor(number) || fabs(number) > 9007199254740992.0) {
        return false; // beyond 2^53 a double is no longer exact
    }
    *out = (int64_t)number;
    return true;
}

bool
json_bool(const struct json_value *value, bool fallback)
{
    return json_kind(value) == JSON_BOOL ? cJSON_IsTrue(item_of(value)) : fallback;
}

/* --- writing ---------------------------------------------------------------- */

void
json_write_text(struct text *out, const char *string)
{
    text_add(out, "\"");
    for (; *string != '\0'; string++) {
        unsigned char byte = (unsigned char)*string;
        if (byte == '"' || byte == '\\') {
            text_add_bytes(out, "\\", 1);
            text_add_bytes(out, string, 1);
        } else if (byte < ' ' || byte == 0x7F) {
            text_addf(out, "\\u%04x", byte);
        } else {
            size_t len;
            utf8_at(string, &len);
            text_add_bytes(out, string, len);
            string += len - 1;
        }
    }
    text_add(out, "\"");
}
