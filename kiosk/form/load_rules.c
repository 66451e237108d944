/* The rules of a question: its expressions, held against the questions asked before it. */
#include <string.h>

#include "base/arena.h"
#include "base/guess.h"
#include "base/reader.h"
#include "base/text.h"
#include "form/check.h"
#include "form/expression.h"
#include "form/load_parts.h"

enum { HINT = 240 };

static void
describe(const struct loading *loading, size_t index, struct expression_name *out)
{
    const struct question *question = &loading->questions[index], *repeat = NULL;
    *out = (struct expression_name){.question = question->name, .relevant = question->relevant};
    if (question->type == QUESTION_REPEAT) {
        repeat = question;
        out->counts = true;
    } else if (question->repeat >= 0) {
        repeat = &loading->questions[question->repeat];
    } else if (loading->open != NULL && index >= (size_t)loading->open->first) {
        repeat = loading->open;
        out->same_row = true;
    }
    if (repeat != NULL) {
        out->rows = repeat->name;
        out->least = (int)repeat->min;
        out->most = (int)repeat->max;
    }
}

/* In a set, first the question of the same use of it. */
static bool
find_earlier(void *context, const char *name, struct expression_name *out)
{
    const struct loading *loading = context;
    char own[SUFFIXED];
    const char *wanted[] = {load_suffixed(loading, name, own), name};
    for (size_t way = 0; way < 2; way++) {
        for (size_t i = 0; i < loading->count; i++) {
            if (strcmp(loading->questions[i].name, wanted[way]) == 0) {
                describe(loading, i, out);
                return true;
            }
        }
    }
    *out = (struct expression_name){.question = NULL};
    return loading->alone;
}

/* --- what to tell the author -------------------------------------------------------- */

/* Does a question of this name stand somewhere in the file? */
static bool
stands_in(const struct json_value *value, const char *name)
{
    const struct json_value *questions = json_get(value, "questions");
    for (size_t i = 0; i < json_count(questions); i++) {
        const struct json_value *item = json_at(questions, i);
        if (strcmp(json_text(json_get(item, "name"), ""), name) == 0 || stands_in(item, name)) {
            return true;
        }
    }
    return false;
}

static const char *
hint_of_question(const struct loading *loading, const char *at, char out[EXPRESSION_HINT])
{
    char name[LOAD_NAME];
    struct text word = text_over(name, sizeof name), text = text_over(out, EXPRESSION_HINT);
    text_add_bytes(&word, at + 2, strcspn(at + 2, "} "));
    struct expression_name found;
    if (word.cut || find_earlier((void *)loading, name, &found)) { // the fault is another one
        return out;
    }
    if (stands_in(json_root(loading->reader->json), name)) {
        text_addf(&text, "; '%s' is not asked before this", name);
        return out;
    }
    const char *names[QUESTIONS_MAX + 1] = {NULL};
    for (size_t i = 0; i < loading->count; i++) {
        names[i] = loading->questions[i].name;
    }
    const char *meant = guess_name(name, names);
    if (meant != NULL) {
        text_addf(&text, "; is '%s' meant?", meant);
    }
    return out;
}

static void
refuse_expression(struct loading *loading, const struct json_value *value, const char *reason,
                  size_t at)
{
    const char *source = json_text(value, "");
    char out[EXPRESSION_HINT];
    bool question = strncmp(source + at, "${", 2) == 0;
    const char *hint =
        question ? hint_of_question(loading, source + at, out) : expression_hint(source, at, out);
    if (source[at] == '\0') {
        reader_refuse(loading->reader, value, "%s, at the end%s", reason, hint);
    } else {
        reader_refuse(loading->reader, value, "%s, at '%.24s'%s", reason, source + at, hint);
    }
}

/* --- constants ---------------------------------------------------------------------- */

/* One that can never be an answer is a rule that never holds, and nobody would see why. */
struct constant {
    const struct loading *loading;
    const struct question *asked; /* that it is no answer to */
    char text[256];
};

static bool
is_closed(enum question_type type)
{
    return type == QUESTION_ONE || type == QUESTION_MANY || type == QUESTION_KELURAHAN ||
           type == QUESTION_YES_NO || type == QUESTION_CONSENT || type == QUESTION_ACKNOWLEDGE ||
           type == QUESTION_DATE || type == QUESTION_TIME;
}

static bool
keep_misfit(struct constant *constant, const struct question *asked, const char *text)
{
    constant->asked = asked;
    text_copy(constant->text, sizeof constant->text, text);
    return false;
}

static bool
compares_well(void *context, const char *question, const char *text)
{
    struct constant *constant = context;
    const struct question *asked = question == NULL ? constant->loading->asked : NULL;
    for (size_t i = 0; i < constant->loading->count && question != NULL; i++) {
        if (strcmp(constant->loading->questions[i].name, question) == 0) {
            asked = &constant->loading->questions[i];
        }
    }
    bool good = asked == NULL || !is_closed(asked->type) || check_stored(asked, text);
    return good || keep_misfit(constant, asked, text);
}

static bool
ends_well(void *context, const char *question, const char *text)
{
    (void)question;
    struct constant *constant = context;
    const struct question *asked = constant->loading->asked;
    return asked == NULL || check_stored(asked, text) || keep_misfit(constant, asked, text);
}

/* How the answers to such a question are written. */
static const char *
hint_of_answer(struct arena *arena, const struct question *asked, const char *text,
               char out[GUESS_BYTES])
{
    static const char *const answers[] = {"yes", "no", NULL}, *const accepted[] = {"yes", NULL};
    if (asked->type == QUESTION_DATE) {
        return "; a date is written '2027-01-31'";
    }
    if (asked->type == QUESTION_TIME) {
        return "; a time is written '08.30'";
    }
    if (asked->choices == NULL) {
        return !is_closed(asked->type)
                   ? "; it is beyond its limits, or of another kind"
                   : guess_hint(text, asked->type == QUESTION_ACKNOWLEDGE ? accepted : answers,
                                out);
    }
    const char **names = arena_alloc(arena, (asked->choices->count + 1) * sizeof *names);
    for (size_t i = 0; i < asked->choices->count; i++) {
        names[i] = asked->choices->list[i].name;
    }
    return guess_hint(text, names, out);
}

static void
check_constants(struct loading *loading, const struct json_value *item, const char *key,
                const struct expression *expression)
{
    struct constant constant = {.loading = loading};
    char hint[GUESS_BYTES];
    bool is_default = strcmp(key, "default") == 0;
    if (!expression_compares_well(expression, compares_well, &constant) ||
        (is_default && !expression_ends_well(expression, ends_well, &constant))) {
        reader_refuse(loading->reader, json_get(item, key), "'%.40s' is no answer to '%s'%s",
                      constant.text, constant.asked->name,
                      hint_of_answer(loading->reader->arena, constant.asked, constant.text, hint));
    }
}

/* --- the rules ---------------------------------------------------------------------- */

const struct expression *
load_expression(struct loading *loading, const struct json_value *item, const char *key)
{
    struct reader *reader = loading->reader;
    if (json_get(item, key) == NULL) {
        return NULL;
    }
    const char *source = reader_text(reader, item, key, true, 1000), *reason;
    size_t at;
    if (reader->faulty) {
        return NULL;
    }
    const struct expression *expression =
        expression_parse(reader->arena, source, find_earlier, loading, &reason, &at);
    if (expression == NULL && loading->alone && strstr(reason, "sum()") != NULL) {
        return NULL; // who uses it has the repeat
    }
    if (expression == NULL) {
        refuse_expression(loading, json_get(item, key), reason, at);
        return NULL;
    }
    if (expression_has_self(expression) && strstr(key, "constraint") == NULL) {
        reader_refuse(reader, json_get(item, key), "'.' is the answer: only a constraint says it");
    }
    check_constants(loading, item, key, expression);
    return expression;
}

static const struct expression *
load_rule(struct loading *loading, const struct json_value *item, const char *key,
          const char *message_key, struct words *message)
{
    struct reader *reader = loading->reader;
    bool has = json_get(item, key) != NULL;
    *message = load_words(loading, item, message_key, has, HINT);
    if (!has && json_get(item, message_key) != NULL) {
        reader_refuse(reader, json_get(item, message_key), "without its rule, \"%s\"", key);
    }
    return load_expression(loading, item, key);
}

void
load_rules(struct loading *loading, const struct json_value *item, struct question *question)
{
    question->relevant = expression_and(loading->reader->arena, loading->relevant,
                                        load_expression(loading, item, "relevant"));
    question->constraint =
        load_rule(loading, item, "constraint", "constraint_message", &question->constraint_message);
    question->soft_constraint =
        load_rule(loading, item, "soft_constraint", "soft_constraint_message",
                  &question->soft_constraint_message);
    question->preset = load_expression(loading, item, "default");
}
