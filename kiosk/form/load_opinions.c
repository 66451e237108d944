/* survey.json and polls.json. */
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/reader.h"
#include "form/catalogue_parts.h"
#include "form/words.h"

enum { QUESTION = 120, ANSWER = 40, POLLS_MAX = 60 };

static const char *const element_ids[] = {"u1", "u2", "u3", "u4", "u5",
                                          "u6", "u7", "u8", "u9", NULL};

static struct survey_element
load_element(struct reader *reader, const struct json_value *item)
{
    static const char *const keys[] = {"id", "question", "answers", NULL};
    reader_object(reader, item, keys);
    struct survey_element element = {
        .id = element_ids[reader_choice(reader, item, "id", element_ids)],
        .question = words_read_key(reader, item, "question", true, QUESTION),
    };
    const struct json_value *answers =
        reader_array(reader, item, "answers", SURVEY_SCORES, SURVEY_SCORES);
    for (size_t i = 0; i < json_count(answers) && !reader->faulty; i++) {
        element.answers[i] = words_read(reader, json_at(answers, i), ANSWER);
    }
    return element;
}

/* {"version", "first": "u2", "elements": [{"id", "question", "answers": [four]}, nine]} */
void
load_survey(struct reader *reader, const struct json_value *root, struct catalogue *catalogue)
{
    static const char *const keys[] = {"version", "first", "elements", NULL};
    if (!reader_object(reader, root, keys)) {
        return;
    }
    struct survey *survey = arena_alloc(reader->arena, sizeof *survey);
    survey->version = (int)reader_int(reader, root, "version", -1, 1, 1000000000);
    const char *first = element_ids[reader_choice(reader, root, "first", element_ids)];
    const struct json_value *list =
        reader_array(reader, root, "elements", SURVEY_ELEMENTS, SURVEY_ELEMENTS);
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        survey->elements[i] = load_element(reader, json_at(list, i));
        for (size_t j = 0; j < i; j++) {
            if (survey->elements[j].id == survey->elements[i].id) {
                reader_refuse(reader, json_get(json_at(list, i), "id"), "the id stands twice");
            }
        }
        survey->first = survey->elements[i].id == first ? i : survey->first;
    }
    catalogue->survey = survey;
}

static const char *
load_day(struct reader *reader, const struct json_value *item, const char *key)
{
    struct civil date;
    const char *text = reader_text(reader, item, key, true, 10);
    if (!reader->faulty && (!civil_read_date(text, &date) || date.year < 2000)) {
        reader_refuse(reader, json_get(item, key), "a date like 2027-02-08 was expected");
    }
    return text;
}

static void
load_poll_choices(struct reader *reader, const struct json_value *item, struct poll *poll)
{
    static const char *const keys[] = {"name", "label", NULL};
    const struct json_value *list = reader_array(reader, item, "choices", 2, POLL_CHOICES);
    struct choice *choices = arena_alloc(reader->arena, (json_count(list) + 1) * sizeof *choices);
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        const struct json_value *one = json_at(list, i);
        reader_object(reader, one, keys);
        choices[i].name = reader_name(reader, one, "name", "_-", 32);
        choices[i].label = words_read_key(reader, one, "label", true, ANSWER);
        for (size_t j = 0; j < i; j++) {
            if (strcmp(choices[j].name, choices[i].name) == 0) {
                reader_refuse(reader, json_get(one, "name"), "the name stands twice");
            }
        }
    }
    poll->choices = choices;
    poll->count = json_count(list);
}

/* Of two days that are written alike the earlier one sorts first. */
static void
hold_against(struct reader *reader, const struct json_value *item, const struct poll *poll,
             const struct poll *other)
{
    if (strcmp(poll->id, other->id) == 0) {
        reader_refuse(reader, json_get(item, "id"), "the id stands twice");
    }
    if (strcmp(poll->from, other->to) <= 0 && strcmp(other->from, poll->to) <= 0) {
        reader_refuse(reader, item, "overlaps another period");
    }
}

/* {"polls": [{"id", "question", "choices": [{"name", "label"}], "from", "to"}]} */
void
load_polls(struct reader *reader, const struct json_value *root, struct catalogue *catalogue)
{
    static const char *const keys[] = {"polls", NULL};
    static const char *const poll_keys[] = {"id", "question", "choices", "from", "to", NULL};
    if (!reader_object(reader, root, keys)) {
        return;
    }
    const struct json_value *list = reader_array(reader, root, "polls", 0, POLLS_MAX);
    catalogue->polls = arena_alloc(reader->arena, (json_count(list) + 1) * sizeof(struct poll));
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        const struct json_value *item = json_at(list, i);
        reader_object(reader, item, poll_keys);
        struct poll poll = {
            .id = reader_name(reader, item, "id", "-", 24),
            .question = words_read_key(reader, item, "question", true, QUESTION),
            .from = load_day(reader, item, "from"),
            .to = load_day(reader, item, "to"),
        };
        load_poll_choices(reader, item, &poll);
        if (!reader->faulty && strcmp(poll.to, poll.from) < 0) {
            reader_refuse(reader, json_get(item, "to"), "ends before it begins");
        }
        for (size_t j = 0; j < i; j++) {
            hold_against(reader, item, &poll, &catalogue->polls[j]);
        }
        catalogue->polls[catalogue->poll_count++] = poll;
    }
}

/* --- looked up ---------------------------------------------------------------------- */

const struct survey *
catalogue_survey(const struct catalogue *catalogue)
{
    return catalogue->survey;
}

const struct survey_element *
survey_at(const struct survey *survey, size_t step)
{
    if (step >= SURVEY_ELEMENTS) {
        return NULL;
    }
    size_t index = step == 0 ? survey->first : step - (step <= survey->first);
    return &survey->elements[index];
}

size_t
catalogue_polls(const struct catalogue *catalogue, const struct poll **list)
{
    *list = catalogue->polls;
    return catalogue->poll_count;
}

const struct poll *
catalogue_poll_on(const struct catalogue *catalogue, const char *today)
{
    for (size_t i = 0; i < catalogue->poll_count; i++) {
        const struct poll *poll = &catalogue->polls[i];
        if (strcmp(poll->from, today) <= 0 && strcmp(today, poll->to) <= 0) {
            return poll;
        }
    }
    return NULL;
}
