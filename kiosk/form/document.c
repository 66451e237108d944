#include "form/document.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/id.h"
#include "base/json.h"
#include "base/secret.h"
#include "base/text.h"
#include "form/answers.h"
#include "form/check.h"

static const char *const languages[LANGUAGE_COUNT] = {"id", "en", "bjn", "jv"};
static const char *const fillers[] = {"self", "companion", "officer"};

/* --- writing ---------------------------------------------------------------------- */

static void
member(struct text *out, const char *key, const char *value)
{
    text_addf(out, "\"%s\":", key);
    json_write_text(out, value);
    text_add(out, ",");
}

static void
write_answers(struct text *out, const struct document *document)
{
    bool first = true;
    text_add(out, "\"answers\":{");
    for (size_t i = 0; i < document->service->question_count; i++) {
        const struct question *question = &document->service->questions[i];
        const char *value = answers_get(document->answers, question->name);
        if (value == NULL || value[0] == '\0' ||
            !check_relevant(question, document->answers, document->today)) {
            continue;
        }
        text_add(out, first ? "" : ",");
        json_write_text(out, question->name);
        text_add(out, ":");
        json_write_text(out, value);
        first = false;
    }
    text_add(out, "}}");
}

bool
document_write(struct text *out, const struct document *document)
{
    text_add(out, "{\"v\":1,");
    member(out, "id", document->id);
    member(out, "code", document->code);
    member(out, "kiosk", document->kiosk);
    member(out, "office", document->office);
    member(out, "service", document->service->id);
    text_addf(out, "\"service_version\":%d,\"catalogue_version\":%d,\"written_at\":%" PRId64 ",",
              document->service->version, document->catalogue_version, document->written_at);
    member(out, "language", languages[document->language]);
    member(out, "notice", document->notice_version);
    member(out, "filled_by", document->filled_by);
    write_answers(out, document);
    return !out->cut;
}

/* --- reading ---------------------------------------------------------------------- */

struct reading {
    struct secret *memory;
    const struct json_value *root;
    char *reason;
};

static bool refuse(struct reading *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool
refuse(struct reading *r, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(r->reason, 160, format, arguments);
    va_end(arguments);
    return false;
}

/* A copy in the visit's memory of a text no longer than `max` bytes. */
static bool
read_text(struct reading *r, const char *key, size_t max, const char **out)
{
    const char *text = json_text(json_get(r->root, key), NULL);
    size_t size = text != NULL ? strlen(text) + 1 : 0;
    if (text == NULL || size > max + 1) {
        return refuse(r, "%s: missing or too long", key);
    }
    char *copy = secret_alloc(r->memory, size);
    if (copy == NULL) {
        return refuse(r, "out of memory");
    }
    memcpy(copy, text, size);
    *out = copy;
    return true;
}

static bool
read_word(struct reading *r, const char *key, const char *const *words, int count, int *out)
{
    const char *text = json_text(json_get(r->root, key), "");
    for (int i = 0; i < count; i++) {
        if (strcmp(words[i], text) == 0) {
            *out = i;
            return true;
        }
    }
    return refuse(r, "%s: unknown", key);
}

static bool
read_number(struct reading *r, const char *key, int64_t most, int64_t *out)
{
    return (json_int(json_get(r->root, key), out) && *out >= 0 && *out <= most) ||
           refuse(r, "%s: no such number", key);
}

static bool
is_kelurahan(const struct catalogue *catalogue, const char *code)
{
    const struct kelurahan *list;
    size_t count = catalogue_kelurahan(catalogue, &list);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

static bool
read_head(struct reading *r, const struct catalogue *catalogue, struct document *d)
{
    int64_t version, service_version, catalogue_number;
    int language = 0, filler = 0;
    const char *service;
    char code[CODE_TEXT];
    if (!read_number(r, "v", 1, &version) || version != 1) {
        return refuse(r, "v: not a version this portal knows");
    }
    if (!read_text(r, "id", 36, &d->id) || !read_text(r, "code", 9, &d->code) ||
        !read_text(r, "kiosk", 32, &d->kiosk) || !read_text(r, "office", 10, &d->office) ||
        !read_text(r, "notice", 32, &d->notice_version) || !read_text(r, "service", 31, &service) ||
        !read_number(r, "service_version", 1000000, &service_version) ||
        !read_number(r, "catalogue_version", INT32_MAX, &catalogue_number) ||
        !read_number(r, "written_at", INT64_C(1) << 52, &d->written_at) ||
        !read_word(r, "language", languages, LANGUAGE_COUNT, &language) ||
        !read_word(r, "filled_by", fillers, 3, &filler)) {
        return false;
    }
    d->service = catalogue_service(catalogue, service);
    d->catalogue_version = (int)catalogue_number;
    d->language = (enum language)language;
    d->filled_by = fillers[filler];
    if (!uuid_is_valid(d->id) || !code_parse(d->code, code) || strcmp(code, d->code) != 0) {
        return refuse(r, "id or code: malformed");
    }
    if (d->service == NULL || d->service->kind != SERVICE_FORM) {
        return refuse(r, "service: not in the catalogue");
    }
    return is_kelurahan(catalogue, d->office) || refuse(r, "office: no such kelurahan");
}

/* Every answer must be a question's, asked, and in the form that the kiosk stores. */
static bool
read_answers(struct reading *r, struct document *d, struct answers *answers)
{
    const struct json_value *list = json_get(r->root, "answers");
    if (json_kind(list) != JSON_OBJECT || json_count(list) > ANSWERS_MAX) {
        return refuse(r, "answers: missing or too many");
    }
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json_value *value = json_at(list, i);
        const char *text = json_text(value, NULL);
        if (service_question(d->service, json_key(value)) == NULL || text == NULL ||
            !answers_set(answers, json_key(value), text)) {
            return refuse(r, "answers: not a question of %s", d->service->id);
        }
    }
    return true;
}

static bool
check_answers(struct reading *r, const struct document *d, char *canonical)
{
    for (size_t i = 0; i < d->service->question_count; i++) {
        const struct question *question = &d->service->questions[i];
        const char *value = answers_get(d->answers, question->name);
        if (!check_relevant(question, d->answers, d->today)) {
            if (value != NULL) {
                return refuse(r, "%s: answered but not asked", question->name);
            }
            continue;
        }
        struct check check =
            check_answer(question, value != NULL ? value : "", d->answers, d->today, canonical);
        if (check.problem != PROBLEM_NONE && !check.warning) {
            return refuse(r, "%s: problem %d", question->name, (int)check.problem);
        }
        if (value != NULL && strcmp(canonical, value) != 0) {
            return refuse(r, "%s: not in canonical form", question->name);
        }
    }
    return true;
}

static bool
read_all(struct reading *r, const struct catalogue *catalogue, struct document *d)
{
    static const char *const keys[] = {"v",         "id",        "code",
                                       "kiosk",     "office",    "service",
                                       "language",  "notice",    "service_version",
                                       "answers",   "filled_by", "catalogue_version",
                                       "written_at"};
    if (json_kind(r->root) != JSON_OBJECT || json_count(r->root) != sizeof keys / sizeof *keys) {
        return refuse(r, "not a submission document");
    }
    struct answers *answers = answers_create(r->memory);
    char *canonical = secret_alloc(r->memory, ANSWER_BYTES);
    if (answers == NULL || canonical == NULL) {
        return refuse(r, "out of memory");
    }
    d->answers = answers;
    return read_head(r, catalogue, d) && read_answers(r, d, answers) &&
           check_answers(r, d, canonical);
}

struct document *
document_read(struct secret *memory, const struct catalogue *catalogue, const char *bytes,
              size_t len, const char *today, char reason[160])
{
    int line;
    const char *fault;
    struct json *json = json_parse(bytes, len, &line, &fault);
    if (json == NULL) {
        snprintf(reason, 160, "line %d: %s", line, fault);
        return NULL;
    }
    struct document *document = secret_alloc(memory, sizeof *document);
    struct reading reading = {.memory = memory, .root = json_root(json), .reason = reason};
    bool good = document != NULL;
    if (good) {
        *document = (struct document){.today = today};
        good = read_all(&reading, catalogue, document);
    } else {
        refuse(&reading, "out of memory");
    }
    json_destroy(json);
    return good ? document : NULL;
}
