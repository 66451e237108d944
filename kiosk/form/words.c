#include "form/words.h"

#include "base/reader.h"

struct words
words_read(struct reader *reader, const struct json_value *value, size_t most)
{
    static const char *const languages[] = {"id", "en", "bjn", "jv", NULL};
    struct words words = {{NULL}};
    if (json_kind(value) != JSON_OBJECT) {
        reader_refuse(reader, value,
                      "a text in each language was expected: {\"id\": \"...\", \"en\": \"...\"}");
        return words;
    }
    if (json_get(value, "note") != NULL) {
        reader_refuse(reader, value, "unknown key 'note'");
    }
    if (!reader_object(reader, value, languages)) {
        return words;
    }
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        if (i <= LANGUAGE_EN || json_get(value, languages[i]) != NULL) {
            words.in[i] = reader_text(reader, value, languages[i], true, most);
        }
    }
    return words;
}

struct words
words_read_key(struct reader *reader, const struct json_value *object, const char *key, bool needed,
               size_t most)
{
    const struct json_value *value = json_get(object, key);
    if (value == NULL) {
        if (needed) {
            reader_refuse(reader, object, "'%s' is missing", key);
        }
        return (struct words){{NULL}};
    }
    return words_read(reader, value, most);
}
