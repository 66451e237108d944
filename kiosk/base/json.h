/* Reading JSON (cJSON behind it) and writing it into a text. A value knows the
 * line it stood on, so that a fault can be named as file, line and reason. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json;       /* a document, owns all its values */
struct json_value; /* a value inside it */
struct text;

/* Parse; NULL when malformed, `line` and `reason` then say where and why.
 * Depth, duplicate keys, invalid UTF-8, NUL and trailing bytes are faults. */
struct json *json_parse(const char *bytes, size_t len, int *line, const char **reason);
void json_destroy(struct json *json);
const struct json_value *json_root(const struct json *json);

enum json_kind { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_TEXT, JSON_ARRAY, JSON_OBJECT };

/* All accept NULL and answer as for null, so that look-ups chain. */
enum json_kind json_kind(const struct json_value *value);
const struct json_value *json_get(const struct json_value *object, const char *key);
size_t json_count(const struct json_value *array_or_object);
const struct json_value *json_at(const struct json_value *array_or_object, size_t index);
const char *json_key(const struct json_value *value); /* its name in the object around it */
const char *json_text(const struct json_value *value, const char *fallback);
bool json_int(const struct json_value *value, int64_t *out); /* false unless a whole number */
bool json_bool(const struct json_value *value, bool fallback);
int json_line(const struct json *json, const struct json_value *value); /* 1-based; 0 unknown */

/* Writing: a string with its quotes and escapes. */
void json_write_text(struct text *out, const char *string);
