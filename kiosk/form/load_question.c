/* One question of a service's file, or of a set that a service uses. */
#include "form/load_parts.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/guess.h"
#include "base/reader.h"
#include "base/text.h"
#include "form/answers.h"
#include "form/words.h"

enum { LABEL = 120, HINT = 240, SHORT = 40, STATEMENT = 1000, LONGEST_TEXT = 1000 };
static const int64_t largest_number = 999999999999;

/* The words of XLSForm for what a question takes, and which limits go with it. */
static const struct {
    const char *name;
    enum question_type type;
    bool lengths, range, dates;
} kinds[] = {
    {"text", QUESTION_TEXT, true, false, false},
    {"name", QUESTION_NAME, false, false, false},
    {"nik", QUESTION_NIK, false, false, false},
    {"kk", QUESTION_KK, false, false, false},
    {"integer", QUESTION_NUMBER, false, true, false},
    {"money", QUESTION_MONEY, false, true, false},
    {"phone", QUESTION_PHONE, false, false, false},
    {"date", QUESTION_DATE, false, false, true},
    {"time", QUESTION_TIME, false, false, false},
    {"yes_no", QUESTION_YES_NO, false, false, false},
    {"rt", QUESTION_RT, false, false, false},
    {"kelurahan", QUESTION_KELURAHAN, false, false, false},
    {"address", QUESTION_ADDRESS, true, false, false},
    {"select_one", QUESTION_ONE, false, false, false},
    {"select_multiple", QUESTION_MANY, false, false, false},
    {"acknowledge", QUESTION_ACKNOWLEDGE, false, false, false},
    {"consent", QUESTION_CONSENT, false, false, false},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static void
refuse_type(struct reader *reader, const struct json_value *value, const char *text)
{
    const char *names[KINDS + 1] = {NULL};
    char hint[GUESS_BYTES];
    for (size_t i = 0; i < KINDS; i++) {
        names[i] = kinds[i].name;
    }
    reader_refuse(reader, value, "unknown type '%.30s'%s", text, guess_hint(text, names, hint));
}

static void
refuse_list(struct loading *loading, const struct json_value *value, const char *text, bool listed)
{
    const struct catalogue *catalogue = loading->catalogue;
    const char *list = strchr(text, ' ');
    if (!listed) {
        reader_refuse(loading->reader, value, "nothing stands behind '%.*s'", (int)(list - text),
                      text);
        return;
    }
    if (list == NULL) {
        reader_refuse(loading->reader, value, "a list of choices stands behind it: \"%s agama\"",
                      text);
        return;
    }
    const char **names =
        arena_alloc(loading->reader->arena, (catalogue->choices_count + 1) * sizeof *names);
    for (size_t i = 0; i < catalogue->choices_count; i++) {
        names[i] = catalogue->choices[i].name;
    }
    const char *meant = guess_name(list + 1, names);
    reader_refuse(loading->reader, value, "unknown list of choices '%.30s'; %s%s%s", list + 1,
                  meant != NULL ? "is '" : "is it named under \"choices\" in catalogue.json?",
                  meant != NULL ? meant : "", meant != NULL ? "' meant?" : "");
}

/* "nik", or "select_one usaha" with the name of a list. */
static size_t
load_type(struct loading *loading, const struct json_value *item, struct question *question)
{
    struct reader *reader = loading->reader;
    const char *text = reader_text(reader, item, "type", true, 48);
    size_t len = strcspn(text, " ");
    size_t kind = 0;
    while (kind < KINDS &&
           (strlen(kinds[kind].name) != len || strncmp(kinds[kind].name, text, len) != 0)) {
        kind++;
    }
    if (kind == KINDS) {
        refuse_type(reader, json_get(item, "type"), text);
        return 0;
    }
    question->type = kinds[kind].type;
    bool listed = question->type == QUESTION_ONE || question->type == QUESTION_MANY;
    if (listed) {
        question->choices = find_choices(loading->catalogue, text[len] ? text + len + 1 : "");
    }
    if (listed ? question->choices == NULL : text[len] != '\0') {
        refuse_list(loading, json_get(item, "type"), text, listed);
    }
    if (question->type == QUESTION_KELURAHAN) {
        question->choices = &loading->catalogue->office_choices;
    }
    return kind;
}

/* A set that is used twice in a form (for a father, for a mother) is told apart by a suffix. */
const char *
load_suffixed(const struct loading *loading, const char *name, char out[SUFFIXED])
{
    snprintf(out, SUFFIXED, "%s%s", name, loading->suffix);
    return out;
}

void
load_name(struct loading *loading, const struct json_value *item, struct question *question)
{
    struct reader *reader = loading->reader;
    const struct json_value *value = json_get(item, "name");
    const char *name = reader_name(reader, item, "name", "_", LOAD_NAME - 1);
    char full[SUFFIXED];
    if (strlen(name) + strlen(loading->suffix) >= LOAD_NAME) {
        reader_refuse(reader, value, "too long with the suffix '%s'", loading->suffix);
    }
    question->name = arena_text(reader->arena, load_suffixed(loading, name, full));
    for (size_t i = 0; i < loading->count; i++) {
        if (strcmp(loading->questions[i].name, question->name) == 0) {
            reader_refuse(reader, value, "the name stands twice: '%s'%s", question->name,
                          loading->set != NULL ? "; a \"suffix\" beside \"use\" tells them apart"
                                               : "");
        }
    }
    // the rule that a KK is no NIK finds the other number by its name
    if ((question->type == QUESTION_NIK && strncmp(question->name, "nik", 3) != 0) ||
        (question->type == QUESTION_KK && strncmp(question->name, "kk", 2) != 0)) {
        reader_refuse(reader, value, "the name of a nik begins with 'nik', of a kk with 'kk'");
    }
}

/* --- words ----------------------------------------------------------------------- */

static const char placeholder[] = "{whom}";

static const char *
name_whom(struct reader *reader, const char *text, const char *whom)
{
    char filled[4 * STATEMENT];
    struct text out = text_over(filled, sizeof filled);
    const char *at;
    while ((at = strstr(text, placeholder)) != NULL) {
        text_add_bytes(&out, text, (size_t)(at - text));
        text_add(&out, whom);
        text = at + strlen(placeholder);
    }
    text_add(&out, text);
    return arena_text(reader->arena, filled);
}

/* A language that says nothing of its own falls back as a whole, so that no sentence mixes two. */
struct words
load_words(struct loading *loading, const struct json_value *item, const char *key, bool needed,
           size_t most)
{
    struct reader *reader = loading->reader;
    struct words words = words_read_key(reader, item, key, needed, most);
    for (int i = 0; i < LANGUAGE_COUNT && !reader->faulty; i++) {
        if (words.in[i] == NULL || strstr(words.in[i], placeholder) == NULL) {
            continue;
        }
        if (loading->whom.in[LANGUAGE_ID] == NULL) {
            reader_refuse(reader, json_get(item, key),
                          "{whom}, and nobody is named by \"whom\" beside \"use\"");
        } else if (loading->whom.in[i] == NULL) {
            words.in[i] = NULL;
        } else {
            words.in[i] = name_whom(reader, words.in[i], loading->whom.in[i]);
            if (utf8_count(words.in[i]) > most) {
                reader_refuse(reader, json_get(item, key), "too long with '%s'",
                              loading->whom.in[i]);
            }
        }
    }
    return words;
}

/* --- limits -------------------------------------------------------------------- */

static void
refuse_keys(struct reader *reader, const struct json_value *item, const char *a, const char *b,
            const char *types)
{
    const struct json_value *value =
        json_get(item, a) != NULL ? json_get(item, a) : json_get(item, b);
    if (value != NULL) {
        reader_refuse(reader, value, "goes with another type of question: %s", types);
    }
}

static void
load_lengths(struct reader *reader, const struct json_value *item, struct question *question)
{
    bool address = question->type == QUESTION_ADDRESS;
    question->min_length =
        (int)reader_int(reader, item, "min_length", address ? 5 : 1, 1, LONGEST_TEXT);
    question->max_length =
        (int)reader_int(reader, item, "max_length", address ? 120 : 150, 1, LONGEST_TEXT);
    if (question->min_length > question->max_length) {
        reader_refuse(reader, item, "min_length is above max_length");
    }
}

static void
load_range(struct reader *reader, const struct json_value *item, struct question *question)
{
    question->min = reader_int(reader, item, "min", 0, 0, largest_number);
    question->max = reader_int(reader, item, "max", largest_number, 0, largest_number);
    if (question->min > question->max) {
        reader_refuse(reader, item, "min is above max");
    }
}

static void
load_limits(struct reader *reader, const struct json_value *item, size_t kind,
            struct question *question)
{
    if (kinds[kind].lengths) {
        load_lengths(reader, item, question);
    } else {
        refuse_keys(reader, item, "min_length", "max_length", "text, address");
    }
    if (kinds[kind].range) {
        load_range(reader, item, question);
    } else {
        refuse_keys(reader, item, "min", "max", "integer, money");
    }
    if (!kinds[kind].dates) {
        refuse_keys(reader, item, "past", "future", "date");
    }
    question->past = reader_bool(reader, item, "past");
    question->future = reader_bool(reader, item, "future");
    if (question->past && question->future) {
        reader_refuse(reader, item, "a date is past or future, not both");
    }
}

/* All names of a list chosen at once must fit one answer. */
static void
check_room(struct reader *reader, const struct json_value *item, const struct question *question)
{
    size_t bytes = 0;
    if (question->type == QUESTION_MANY && question->choices != NULL) {
        for (size_t i = 0; i < question->choices->count; i++) {
            bytes += strlen(question->choices->list[i].name) + 1;
        }
    }
    if (bytes > ANSWER_BYTES) {
        reader_refuse(reader, json_get(item, "type"), "the list is too long for many choices");
    }
}

/* --- the whole question ------------------------------------------------------------- */

/* What is accepted must be there to read, and in which version it was. It is always answered,
 * by whoever stands there and for this request: no box is ticked beforehand (UU 27/2022
 * art. 22), nothing is left open, and nothing comes along from an earlier form. */
static void
load_statement(struct loading *loading, const struct json_value *item, struct question *question)
{
    struct reader *reader = loading->reader;
    if (!question_is_statement(question)) {
        refuse_keys(reader, item, "text", "text_version", "acknowledge, consent");
        return;
    }
    question->text = load_words(loading, item, "text", true, STATEMENT);
    question->text_version = reader_text(reader, item, "text_version", true, 24);
    refuse_keys(reader, item, "default", "reuse", "a statement is read anew");
    if (json_get(item, "required") != NULL && !question->required) {
        reader_refuse(reader, json_get(item, "required"), "it is always answered");
    }
    question->required = true;
}

/* Asked once in a visit: of one person, so not in a row. A set that stands in a repeat may ask
 * for it all the same, since another service uses it outside of one. */
static bool
load_reuse(struct loading *loading, const struct json_value *item)
{
    bool reuse = reader_bool(loading->reader, item, "reuse");
    if (reuse && loading->open != NULL && loading->set == NULL) {
        reader_refuse(loading->reader, json_get(item, "reuse"), "asked anew in each row");
    }
    return reuse && loading->open == NULL;
}

void
load_question(struct loading *loading, const struct json_value *item, struct question *question)
{
    static const char *const keys[] = {"type",
                                       "name",
                                       "label",
                                       "hint",
                                       "example",
                                       "short_label",
                                       "required",
                                       "reuse",
                                       "relevant",
                                       "default",
                                       "constraint",
                                       "constraint_message",
                                       "soft_constraint",
                                       "soft_constraint_message",
                                       "min_length",
                                       "max_length",
                                       "min",
                                       "max",
                                       "past",
                                       "future",
                                       "appearance",
                                       "text",
                                       "text_version",
                                       NULL};
    static const char *const appearances[] = {"masked", "email", NULL};
    struct reader *reader = loading->reader;
    if (!reader_object(reader, item, keys)) {
        return;
    }
    loading->asked = question;
    size_t kind = load_type(loading, item, question);
    load_name(loading, item, question);
    question->section = loading->section;
    question->repeat = -1;
    question->label = load_words(loading, item, "label", true, LABEL);
    question->hint = load_words(loading, item, "hint", false, HINT);
    question->example = load_words(loading, item, "example", false, 80);
    question->short_label = load_words(loading, item, "short_label", false, SHORT);
    question->required = reader_bool(reader, item, "required");
    question->reuse = load_reuse(loading, item);
    load_limits(reader, item, kind, question);
    check_room(reader, item, question);
    load_rules(loading, item, question);
    load_statement(loading, item, question);
    if (json_get(item, "appearance") != NULL) {
        int appearance = reader_choice(reader, item, "appearance", appearances);
        question->masked = appearance == 0;
        question->email = appearance == 1;
        if (question->email && question->type != QUESTION_TEXT) {
            reader_refuse(reader, item, "appearance: email goes with a text");
        }
    }
}
