#include "base/json.h"

#include <cjson/cJSON.h>
#include <malloc.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_scan.h"
#include "base/secret.h"
#include "base/text.h"

enum { LARGE = 128 * 1024 };

/* A value is a cJSON item: the two names never meet outside this file. */
struct json {
    cJSON *root;
    char *source; // for the lines
    size_t len;
};

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

/* --- equal keys: cJSON keeps the first and says nothing ----------------------- */

static int
by_key(const void *left, const void *right)
{
    const cJSON *a = *(const cJSON *const *)left, *b = *(const cJSON *const *)right;
    return strcmp(a->string, b->string);
}

/* The second member of that name in the order they were written. */
static const cJSON *
second_named(const cJSON *object, const char *key)
{
    const cJSON *first = NULL;
    for (const cJSON *child = object->child; child != NULL; child = child->next) {
        if (strcmp(child->string, key) == 0) {
            if (first != NULL) {
                return child;
            }
            first = child;
        }
    }
    return first;
}

/* Sorted, so that a hostile object of many members costs no square of them. */
static const cJSON *
second_in(const cJSON *object)
{
    size_t count = (size_t)cJSON_GetArraySize(object), i = 0;
    const cJSON **members = malloc((count + 1) * sizeof(cJSON *));
    if (members == NULL) {
        return object; // refused: it could not be checked
    }
    for (const cJSON *child = object->child; child != NULL; child = child->next) {
        members[i++] = child;
    }
    qsort(members, count, sizeof(cJSON *), by_key);
    const cJSON *second = NULL;
    for (i = 1; i < count && second == NULL; i++) {
        if (by_key(&members[i - 1], &members[i]) == 0) {
            second = second_named(object, members[i]->string);
        }
    }
    free(members);
    return second;
}

static const cJSON *
second_key(const cJSON *item)
{
    const cJSON *second = cJSON_IsObject(item) ? second_in(item) : NULL;
    for (const cJSON *child = item->child; child != NULL && second == NULL; child = child->next) {
        second = second_key(child);
    }
    return second;
}

/* --- documents -------------------------------------------------------------- */

struct json *
json_parse(const char *bytes, size_t len, int *line, const char **reason)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, set_hooks);
    struct json *json = calloc(1, sizeof *json);
    char *source = malloc(len + 1);
    *line = 1;
    *reason = "out of memory";
    if (json == NULL || source == NULL) {
        free(json);
        free(source);
        return NULL;
    }
    if (len > 0) {
        memcpy(source, bytes, len);
    }
    source[len] = '\0';
    *json = (struct json){.source = source, .len = len};
    if (!json_scan_check(source, len, line, reason)) {
        json_destroy(json);
        return NULL;
    }
    json->root = cJSON_ParseWithLength(source, len);
    if (json->root == NULL) {
        *line = 1; // only for want of memory: the scanner is the stricter one
        *reason = "out of memory";
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
        size_t len = json->len;
        cJSON_Delete(json->root);
        secret_zero(json->source, len);
        free(json->source);
        free(json);
        if (len > LARGE) { // a bundle's tree is megabytes of small pieces: they go back
            malloc_trim(0);
        }
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
    return json_scan_line(json->source, json->len, ordinal);
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
            text_add_code(out, utf8_at(string, &len)); // what is malformed is shown as such
            string += len - 1;
        }
    }
    text_add(out, "\"");
}
