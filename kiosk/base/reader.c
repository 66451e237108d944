#include "base/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/guess.h"
#include "base/text.h"

enum { PATH_MAX_BYTES = 100, KEY_SHOWN = 40 };

/* --- faults ------------------------------------------------------------------ */

/* Where a value stands: "questions[3].label.en". False when it is not below `from`. */
static bool
write_path(struct text *path, const struct json_value *from, const struct json_value *wanted)
{
    if (from == wanted) {
        return true;
    }
    size_t len = path->len;
    for (size_t i = 0; i < json_count(from); i++) {
        const struct json_value *inside = json_at(from, i);
        if (json_kind(from) == JSON_ARRAY) {
            text_addf(path, "[%zu]", i);
        } else {
            text_addf(path, "%s%s", len > 0 ? "." : "", json_key(inside));
        }
        if (write_path(path, inside, wanted)) {
            return true;
        }
        path->len = len;
        path->data[len] = '\0';
        path->cut = false;
    }
    return false;
}

/* What stood in the file may hold a line end, or be cut inside a letter: the fault is
 * one line of text all the same. */
static void
add_shown(struct text *out, const char *text)
{
    for (size_t len; *text != '\0'; text += len) {
        uint32_t code = utf8_at(text, &len);
        text_add_code(out, utf8_is_control(code) ? '?' : code);
    }
}

void
reader_refuse(struct reader *reader, const struct json_value *value, const char *format, ...)
{
    if (reader->faulty) {
        return;
    }
    char buffer[PATH_MAX_BYTES], reason[320];
    struct text path = text_over(buffer, sizeof buffer);
    const struct json_value *root = reader->json != NULL ? json_root(reader->json) : NULL;
    if (root != NULL) {
        write_path(&path, root, value);
    }
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    struct text text = text_over(reader->fault->text, sizeof reader->fault->text);
    text_addf(&text, "%s:%d: ", reader->file, root != NULL ? json_line(reader->json, value) : 0);
    add_shown(&text, buffer);
    text_add(&text, path.len > 0 ? ": " : "");
    add_shown(&text, reason);
    reader->faulty = true;
}

/* --- objects and arrays --------------------------------------------------------- */

static bool
is_among(const char *key, const char *const *keys)
{
    for (; *keys != NULL; keys++) {
        if (strcmp(key, *keys) == 0) {
            return true;
        }
    }
    return false;
}

bool
reader_object(struct reader *reader, const struct json_value *value, const char *const *keys)
{
    if (json_kind(value) != JSON_OBJECT) {
        reader_refuse(reader, value, "a block in { } was expected");
        return false;
    }
    for (size_t i = 0; i < json_count(value); i++) {
        const struct json_value *inside = json_at(value, i);
        const char *key = json_key(inside);
        bool schema = value == json_root(reader->json) && strcmp(key, "$schema") == 0;
        if (!is_among(key, keys) && !schema && strcmp(key, "note") != 0) {
            char hint[GUESS_BYTES];
            reader_refuse(reader, inside, "unknown key '%.*s'%s", KEY_SHOWN, key,
                          guess_hint(key, keys, hint));
            return false;
        }
    }
    reader_text(reader, value, "note", false, 500);
    if (value == json_root(reader->json)) {
        reader_text(reader, value, "$schema", false, 200);
    }
    return !reader->faulty;
}

const struct json_value *
reader_array(struct reader *reader, const struct json_value *object, const char *key, size_t least,
             size_t most)
{
    const struct json_value *value = json_get(object, key);
    if (value == NULL) {
        if (least > 0) {
            reader_refuse(reader, object, "'%s' is missing", key);
        }
        return NULL;
    }
    if (json_kind(value) != JSON_ARRAY) {
        reader_refuse(reader, value, "a list in [ ] was expected");
        return NULL;
    }
    if (json_count(value) < least || json_count(value) > most) {
        reader_refuse(reader, value,
                      least == most ? "%zu items where %zu stand"
                                    : "%zu items where %zu to %zu may stand",
                      json_count(value), least, most);
        return NULL;
    }
    return value;
}

/* --- texts ------------------------------------------------------------------------ */

static bool
has_controls(const char *text)
{
    for (size_t len; *text != '\0'; text += len) {
        if (utf8_is_control(utf8_at(text, &len))) {
            return true;
        }
    }
    return false;
}

const char *
reader_item_text(struct reader *reader, const struct json_value *value, size_t most)
{
    const char *text = json_text(value, NULL);
    if (text == NULL) {
        reader_refuse(reader, value, "a text in quotes was expected");
        return "";
    }
    size_t len = strlen(text), count = utf8_count(text);
    if (count == 0 || count > most) {
        reader_refuse(reader, value, "%zu characters where 1 to %zu may stand", count, most);
        return "";
    }
    if (text[0] == ' ' || text[len - 1] == ' ') {
        reader_refuse(reader, value, "a space %s the text; take it away",
                      text[0] == ' ' ? "before" : "behind");
        return "";
    }
    if (has_controls(text)) {
        reader_refuse(reader, value, "a tab, a new line or another control character in the text");
        return "";
    }
    return arena_text(reader->arena, text);
}

const char *
reader_text(struct reader *reader, const struct json_value *object, const char *key, bool needed,
            size_t most)
{
    const struct json_value *value = json_get(object, key);
    if (value == NULL) {
        if (needed) {
            reader_refuse(reader, object, "'%s' is missing", key);
        }
        return "";
    }
    return reader_item_text(reader, value, most);
}

bool
reader_is_name(const char *text, const char *also, size_t most)
{
    size_t len = strlen(text);
    if (len == 0 || len > most || text[0] < 'a' || text[0] > 'z') {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || strchr(also, c) != NULL)) {
            return false;
        }
    }
    return true;
}

const char *
reader_name(struct reader *reader, const struct json_value *object, const char *key,
            const char *also, size_t most)
{
    const char *text = reader_text(reader, object, key, true, most);
    if (!reader->faulty && !reader_is_name(text, also, most)) {
        reader_refuse(reader, json_get(object, key),
                      "a name is a letter a-z, then a-z, 0-9 and '%s'; not '%.*s'", also, KEY_SHOWN,
                      text);
    }
    return reader->faulty ? "" : text;
}

/* --- numbers, truth, choices ---------------------------------------------------------- */

int64_t
reader_int(struct reader *reader, const struct json_value *object, const char *key,
           int64_t fallback, int64_t least, int64_t most)
{
    const struct json_value *value = json_get(object, key);
    int64_t number = fallback;
    if (value == NULL) {
        if (fallback < least) {
            reader_refuse(reader, object, "'%s' is missing", key);
        }
        return fallback;
    }
    if (!json_int(value, &number)) {
        reader_refuse(reader, value, "a whole number was expected, without quotes");
        return least;
    }
    if (number < least || number > most) {
        reader_refuse(reader, value, "must lie between %lld and %lld", (long long)least,
                      (long long)most);
        return least;
    }
    return number;
}

bool
reader_bool(struct reader *reader, const struct json_value *object, const char *key)
{
    const struct json_value *value = json_get(object, key);
    if (value != NULL && json_kind(value) != JSON_BOOL) {
        reader_refuse(reader, value, "true or false was expected, without quotes");
    }
    return json_bool(value, false);
}

int
reader_choice(struct reader *reader, const struct json_value *object, const char *key,
              const char *const *names)
{
    const char *text = reader_text(reader, object, key, true, 64);
    for (int i = 0; names[i] != NULL; i++) {
        if (strcmp(text, names[i]) == 0) {
            return i;
        }
    }
    char hint[GUESS_BYTES];
    reader_refuse(reader, json_get(object, key), "unknown %s '%.*s'%s", key, KEY_SHOWN, text,
                  guess_hint(text, names, hint));
    return 0;
}
