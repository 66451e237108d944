/* Reading one JSON data file with its kinds, limits and texts checked.
 * Only the first fault is kept; after it every function still answers something
 * harmless, so that a caller may read on and look at `faulty` at the end.
 * What is read here an author's editor knows too: assets/catalogue/schema says the
 * same, and a test holds both together. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/json.h"
#include "base/fault.h"

struct arena;

struct reader {
    struct arena *arena; /* owns what is read */
    struct fault *fault;
    bool faulty;
    const char *file; /* name in the set */
    const struct json *json;
};

/* "file:line: path: reason"; the path is found from the value. */
void reader_refuse(struct reader *reader, const struct json_value *value, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* An object with no other keys than these (NULL-terminated), "note" and, at the root,
 * "$schema", by which an editor finds the schema. */
bool reader_object(struct reader *reader, const struct json_value *value, const char *const *keys);
/* The array under a key with `least` to `most` items; NULL when absent and least is 0. */
const struct json_value *reader_array(struct reader *reader, const struct json_value *object,
                                      const char *key, size_t least, size_t most);
/* A text of 1 to `most` code points; "" when absent and not needed. */
const char *reader_text(struct reader *reader, const struct json_value *object, const char *key,
                        bool needed, size_t most);
/* The same for a value itself: an item of an array. */
const char *reader_item_text(struct reader *reader, const struct json_value *value, size_t most);
/* a-z first, then also 0-9 and the characters of `also`; at most `most` bytes. */
bool reader_is_name(const char *text, const char *also, size_t most);
const char *reader_name(struct reader *reader, const struct json_value *object, const char *key,
                        const char *also, size_t most);
int64_t reader_int(struct reader *reader, const struct json_value *object, const char *key,
                   int64_t fallback, int64_t least, int64_t most);
bool reader_bool(struct reader *reader, const struct json_value *object, const char *key);
/* Index in a NULL-terminated list. */
int reader_choice(struct reader *reader, const struct json_value *object, const char *key,
                  const char *const *names);
