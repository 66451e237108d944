/* An office's counters and how they call. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "queue/office_parts.h"
#include "base/reader.h"

enum { COUNTER_NAME = 40 };

/* "ACEP": capitals, in their order, so each once. */
static bool
is_letters(const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (*at < 'A' || *at > 'Z' || (at > text && *at <= at[-1])) {
            return false;
        }
    }
    return text[0] != '\0';
}

static struct counter
read_counter(struct reader *reader, const struct json_value *value)
{
    static const char *const keys[] = {"number", "name", "series", NULL};
    reader_object(reader, value, keys);
    struct counter counter = {.number =
                                  (int)reader_int(reader, value, "number", 0, 1, COUNTER_MOST),
                              .name = reader_text(reader, value, "name", true, COUNTER_NAME),
                              .series = reader_text(reader, value, "series", true, LETTERS)};
    if (!is_letters(counter.series)) {
        reader_refuse(reader, json_get(value, "series"),
                      "its letters are needed, in their order: \"ACEP\"");
    }
    return counter;
}

void
office_read_counters(struct reader *reader, const struct json_value *root, struct office *office)
{
    const struct json_value *list = reader_array(reader, root, "counters", 0, COUNTER_MOST);
    office->counters =
        arena_alloc(office->arena, (json_count(list) + 1) * sizeof *office->counters);
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        struct counter counter = read_counter(reader, json_at(list, i));
        for (size_t j = 0; j < i; j++) {
            if (office->counters[j].number == counter.number) {
                reader_refuse(reader, json_get(json_at(list, i), "number"),
                              "the number stands twice");
            }
        }
        office->counters[office->counter_count++] = counter;
    }
}

void
office_read_calling(struct reader *reader, const struct json_value *root, struct office *office)
{
    static const char *const keys[] = {"rule",    "every",      "guard", "late",
                                       "recalls", "no_numbers", NULL};
    static const char *const rules[] = {"every", "strict", NULL};
    const struct json_value *value = json_get(root, "calling");
    office->calling = (struct calling){.every = 2, .guard = 30, .late = 15, .recalls = 3};
    if (value == NULL || !reader_object(reader, value, keys)) {
        return;
    }
    struct calling *calling = &office->calling;
    calling->rule = (enum calling_rule)reader_choice(reader, value, "rule", rules);
    calling->every = (int)reader_int(reader, value, "every", calling->every, 1, 20);
    calling->guard = (int)reader_int(reader, value, "guard", calling->guard, 1, 240);
    calling->late = (int)reader_int(reader, value, "late", calling->late, 0, 240);
    calling->recalls = (int)reader_int(reader, value, "recalls", calling->recalls, 1, 9);
    calling->last = (int)reader_int(reader, value, "no_numbers", 0, 0, 240);
}

size_t
office_counters(const struct office *office, const struct counter **list)
{
    *list = office->counters;
    return office->counter_count;
}

const struct counter *
office_counter(const struct office *office, int number)
{
    for (size_t i = 0; i < office->counter_count; i++) {
        if (office->counters[i].number == number) {
            return &office->counters[i];
        }
    }
    return NULL;
}

const struct calling *
office_calling(const struct office *office)
{
    return &office->calling;
}

bool
counter_calls(const struct counter *counter, const char *letter)
{
    return letter[0] != '\0' && letter[1] == '\0' && strchr(counter->series, letter[0]) != NULL;
}
