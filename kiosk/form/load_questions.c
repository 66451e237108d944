/* The questions of a service, in the order in which they are asked. In the file they may
 * stand in groups (one heading, one condition), in repeats (asked once a row) and in sets
 * that services share; all of that is one flat list when it is read. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/guess.h"
#include "base/reader.h"
#include "base/text.h"
#include "form/expression.h"
#include "form/load_parts.h"
#include "form/spot.h"
#include "form/words.h"

/* ANSWERS_ASKED: with all rows of all repeats; the review shows each of them. */
enum { ANSWERS_ASKED = 256, LABEL = 120, WHOM = 40 };

static void load_list(struct loading *loading, const struct json_value *parent);

static bool
is_full(struct loading *loading, const struct json_value *item)
{
    if (loading->count == QUESTIONS_MAX) {
        reader_refuse(loading->reader, item, "more than %d questions", QUESTIONS_MAX);
    }
    return loading->reader->faulty;
}

/* {"type": "group", "name", "label", "relevant", "questions"} */
static void
load_group(struct loading *loading, const struct json_value *item)
{
    static const char *const keys[] = {"type", "name", "label", "relevant", "questions", NULL};
    struct reader *reader = loading->reader;
    struct loading outside = *loading;
    if (loading->section != NULL || loading->open != NULL) {
        reader_refuse(reader, item, "a group inside another or inside a repeat");
    }
    if (!reader_object(reader, item, keys)) {
        return;
    }
    struct section *section = arena_alloc(reader->arena, sizeof *section);
    section->name = reader_name(reader, item, "name", "_", LOAD_NAME - 1);
    section->label = words_read_key(reader, item, "label", true, LABEL);
    for (size_t i = 0; i < loading->count; i++) {
        const struct section *other = loading->questions[i].section;
        if (other != NULL && strcmp(other->name, section->name) == 0) {
            reader_refuse(reader, json_get(item, "name"), "the name stands twice: '%s'",
                          section->name);
        }
    }
    loading->section = section;
    loading->relevant = load_expression(loading, item, "relevant");
    load_list(loading, item);
    loading->section = outside.section;
    loading->relevant = outside.relevant;
}

/* What its list of rows says, and how many there may be. */
static void
load_rows(struct loading *loading, const struct json_value *item, struct question *repeat)
{
    struct reader *reader = loading->reader;
    repeat->section = loading->section;
    repeat->label = words_read_key(reader, item, "label", true, LABEL);
    repeat->hint = words_read_key(reader, item, "hint", false, 2 * LABEL);
    repeat->short_label = words_read_key(reader, item, "short_label", true, 40);
    repeat->min = reader_int(reader, item, "min", 1, 0, ROWS_MAX);
    repeat->max = reader_int(reader, item, "max", ROWS_MAX, 1, ROWS_MAX);
    bool fixed = repeat->min == repeat->max; // nobody adds to it, nobody sees its list
    repeat->add_label = words_read_key(reader, item, "add_label", !fixed, 40);
    if (repeat->min > repeat->max) {
        reader_refuse(reader, item, "min is above max");
    }
    if (fixed && json_get(item, "constraint") != NULL) {
        reader_refuse(reader, json_get(item, "constraint"), "nobody would see it: min equals max");
    }
}

/* The questions of a row; the place behind them is the repeat's own. */
static void
load_row_questions(struct loading *loading, const struct json_value *item, struct question *repeat)
{
    struct reader *reader = loading->reader;
    const struct expression *outside = loading->relevant;
    repeat->first = (int)loading->count;
    loading->relevant =
        expression_and(reader->arena, outside, load_expression(loading, item, "relevant"));
    loading->open = repeat;
    load_list(loading, item);
    loading->open = NULL;
    if (loading->count > (size_t)repeat->first &&
        loading->questions[repeat->first].relevant != loading->relevant) {
        reader_refuse(reader, item, "the first question of a repeat is always asked");
    }
    for (size_t i = (size_t)repeat->first; i < loading->count; i++) {
        loading->questions[i].repeat = (int)loading->count;
    }
    loading->relevant = outside;
}

/* {"type": "repeat", "name", "label", "short_label", "add_label", "min", "max", ...,
 * "questions"}: its questions, then the one that counts their rows. */
static void
load_repeat(struct loading *loading, const struct json_value *item)
{
    static const char *const keys[] = {
        "type", "name", "label",    "hint",       "short_label",        "add_label",
        "min",  "max",  "relevant", "constraint", "constraint_message", "questions",
        NULL};
    struct reader *reader = loading->reader;
    struct question repeat = {.type = QUESTION_REPEAT, .repeat = -1, .required = true};
    if (loading->open != NULL) {
        reader_refuse(reader, item, "a repeat inside another");
    }
    if (!reader_object(reader, item, keys)) {
        return;
    }
    loading->asked = NULL; // its '.' is how many rows there are
    load_name(loading, item, &repeat);
    load_rows(loading, item, &repeat);
    load_row_questions(loading, item, &repeat);
    if (is_full(loading, item)) {
        return;
    }
    // its rows are whole now: its own rule may sum over them
    loading->questions[loading->count] = repeat;
    load_rules(loading, item, &loading->questions[loading->count]);
    loading->count++;
}

static struct question_set *
find_set(const struct catalogue *catalogue, const char *name)
{
    for (size_t i = 0; i < catalogue->set_count; i++) {
        if (strcmp(catalogue->sets[i].name, name) == 0) {
            return &catalogue->sets[i];
        }
    }
    return NULL;
}

static const struct json_value *
find_in_set(const struct json_value *questions, const char *name)
{
    for (size_t i = 0; i < json_count(questions); i++) {
        const struct json_value *item = json_at(questions, i);
        if (strcmp(json_text(json_get(item, "name"), ""), name) == 0) {
            return item;
        }
    }
    return NULL;
}

static void
load_one(struct loading *loading, const struct json_value *item)
{
    if (!is_full(loading, item)) {
        load_question(loading, item, &loading->questions[loading->count]);
        loading->count++;
    }
}

static void
refuse_only(struct reader *reader, const struct json_value *value, const char *name,
            const struct json_value *questions)
{
    const char *names[QUESTIONS_MAX + 1] = {NULL};
    char hint[GUESS_BYTES];
    for (size_t i = 0; i < json_count(questions) && i < QUESTIONS_MAX; i++) {
        names[i] = json_text(json_get(json_at(questions, i), "name"), "");
    }
    reader_refuse(reader, value, "no such question in the set: '%s'%s", name,
                  guess_hint(name, names, hint));
}

/* Some questions of a set, in the order in which the service names them. */
static void
load_only(struct loading *loading, struct reader *from, const struct json_value *only,
          const struct json_value *questions)
{
    struct reader *to = loading->reader;
    for (size_t i = 0; i < json_count(only) && !to->faulty && !from->faulty; i++) {
        const char *name = reader_item_text(to, json_at(only, i), LOAD_NAME - 1);
        const struct json_value *item = find_in_set(questions, name);
        if (item == NULL) {
            refuse_only(to, json_at(only, i), name, questions);
            return;
        }
        loading->reader = from;
        load_one(loading, item);
        loading->reader = to;
    }
}

static void
load_all_of(struct loading *loading, struct reader *from, const struct json_value *questions)
{
    struct reader *to = loading->reader;
    loading->reader = from;
    for (size_t i = 0; i < json_count(questions) && !from->faulty; i++) {
        load_one(loading, json_at(questions, i));
    }
    loading->reader = to;
}

/* "_ayah": what may stand in a name. */
static const char *
load_suffix(struct reader *reader, const struct json_value *item)
{
    const char *suffix = reader_text(reader, item, "suffix", false, 16);
    if (suffix[0] != '\0' && (suffix[0] != '_' || !reader_is_name(suffix + 1, "_", 15))) {
        reader_refuse(reader, json_get(item, "suffix"), "a suffix is '_', then a name");
    }
    return suffix;
}

/* A fault inside a set, which says in which use of it. */
static void
name_user(struct reader *reader, const struct json_value *item, const struct reader *inside)
{
    if (inside->faulty && !reader->faulty) {
        struct fault *fault = reader->fault;
        struct text text = {fault->text, sizeof fault->text, strlen(fault->text), false};
        text_addf(&text, ", used in %s:%d", reader->file, json_line(reader->json, item));
        reader->faulty = true;
    }
}

static void
refuse_set(struct loading *loading, const struct json_value *use)
{
    const struct catalogue *catalogue = loading->catalogue;
    const char **names =
        arena_alloc(loading->reader->arena, (catalogue->set_count + 1) * sizeof *names);
    char hint[GUESS_BYTES];
    for (size_t i = 0; i < catalogue->set_count; i++) {
        names[i] = catalogue->sets[i].name;
    }
    const char *name = json_text(use, "");
    reader_refuse(loading->reader, use, "no such set of questions: '%.24s'%s", name,
                  guess_hint(name, names, hint));
}

/* {"use": "orang", "only": ["nik", "nama"], "suffix": "_ayah", "whom": {"id": "ayah", ...}}: in
 * the set "Nama {whom}" */
static void
load_use(struct loading *loading, const struct json_value *item)
{
    static const char *const keys[] = {"use", "only", "suffix", "whom", NULL};
    struct reader *reader = loading->reader;
    if (!reader_object(reader, item, keys)) {
        return;
    }
    struct question_set *set =
        find_set(loading->catalogue, reader_name(reader, item, "use", "-", 24));
    if (set == NULL) {
        refuse_set(loading, json_get(item, "use"));
        return;
    }
    struct reader inside = {
        .arena = reader->arena, .fault = reader->fault, .file = set->file, .json = set->json};
    const struct json_value *questions = json_get(json_root(set->json), "questions");
    bool some = json_get(item, "only") != NULL;
    const struct json_value *only = reader_array(reader, item, "only", some, QUESTIONS_MAX);
    set->used = true;
    loading->set = set;
    loading->suffix = load_suffix(reader, item);
    loading->whom = words_read_key(reader, item, "whom", false, WHOM);
    if (some) {
        load_only(loading, &inside, only, questions);
    } else if (!reader->faulty) {
        load_all_of(loading, &inside, questions);
    }
    loading->set = NULL;
    loading->suffix = "";
    loading->whom = (struct words){{NULL}};
    name_user(reader, item, &inside);
}

static void
load_list(struct loading *loading, const struct json_value *parent)
{
    struct reader *reader = loading->reader;
    const struct json_value *list = reader_array(reader, parent, "questions", 1, QUESTIONS_MAX);
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        const struct json_value *item = json_at(list, i);
        const char *type = json_text(json_get(item, "type"), "");
        if (json_get(item, "use") != NULL) {
            load_use(loading, item);
        } else if (strcmp(type, "group") == 0) {
            load_group(loading, item);
        } else if (strcmp(type, "repeat") == 0) {
            load_repeat(loading, item);
        } else {
            load_one(loading, item);
        }
    }
}

/* By itself, its first fault: what no service takes of it would else be looked at by nobody. */
static void
read_alone(struct reader *reader, const struct json_value *list, const struct catalogue *catalogue)
{
    struct question *read = calloc(QUESTIONS_MAX, sizeof *read);
    if (read == NULL) {
        reader_refuse(reader, list, "out of memory");
        return;
    }
    struct question_set alone = {0};
    struct loading loading = {.reader = reader,
                              .catalogue = catalogue,
                              .questions = read,
                              .set = &alone,
                              .suffix = "",
                              .whom = {{"-", "-", "-", "-"}},
                              .alone = true};
    load_all_of(&loading, reader, list);
    free(read);
}

/* A set is read where it is used; here it must be a list of questions, good by themselves. */
void
load_set(struct reader *reader, const struct json_value *root, const struct catalogue *catalogue)
{
    static const char *const keys[] = {"questions", NULL};
    if (!reader_object(reader, root, keys)) {
        return;
    }
    const struct json_value *list = reader_array(reader, root, "questions", 1, QUESTIONS_MAX);
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        const struct json_value *item = json_at(list, i);
        if (json_kind(item) != JSON_OBJECT) {
            reader_refuse(reader, item, "a block in { } was expected");
            return;
        }
        const char *name = reader_name(reader, item, "name", "_", LOAD_NAME - 1);
        if (!reader->faulty && find_in_set(list, name) != item) {
            reader_refuse(reader, json_get(item, "name"), "the name stands twice: '%s'", name);
        }
    }
    if (!reader->faulty) {
        read_alone(reader, list, catalogue);
    }
}

static void
check_length(struct loading *loading, const struct json_value *root)
{
    int64_t answers = 0;
    for (size_t i = 0; i < loading->count && !loading->reader->faulty; i++) {
        int repeat = loading->questions[i].repeat;
        answers += repeat >= 0 ? loading->questions[repeat].max : 1;
    }
    if (answers > ANSWERS_ASKED) {
        reader_refuse(loading->reader, json_get(root, "questions"),
                      "%d answers with all rows, more than %d", (int)answers, ANSWERS_ASKED);
    }
}

void
load_questions(struct reader *reader, const struct json_value *root,
               const struct catalogue *catalogue, struct service *service)
{
    struct question *read = calloc(QUESTIONS_MAX, sizeof *read);
    if (read == NULL) {
        reader_refuse(reader, root, "out of memory");
        return;
    }
    struct loading loading = {
        .reader = reader, .catalogue = catalogue, .questions = read, .suffix = ""};
    load_list(&loading, root);
    check_length(&loading, root);
    struct question *questions =
        arena_alloc(reader->arena, (loading.count + 1) * sizeof *questions);
    memcpy(questions, read, loading.count * sizeof *questions);
    service->questions = questions;
    service->question_count = loading.count;
    free(read);
}
