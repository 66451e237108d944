#include "form/document.h"

#include <stdio.h>
#include <string.h>

#include "base/id.h"
#include "base/json.h"
#include "base/secret.h"
#include "base/text.h"
#include "form/answers.h"
#include "form/check.h"
#include "form/document_format.h"
#include "form/document_parts.h"
#include "form/mending.h"
#include "form/spot.h"

enum { KIOSK_BYTES = 48, MENDS_BYTES = 5, REASON = 160 };

static const char *const languages[] = DOCUMENT_LANGUAGES;
static const char *const filled_by[] = DOCUMENT_FILLED_BY;

/* Only names from the catalogue and this file are ever part of a reason. */
void
reading_refuse(struct reading *reading, const char *what, const char *why)
{
    if (!reading->faulty) {
        snprintf(reading->reason, REASON, "%s: %s", what, why);
        reading->faulty = true;
    }
}

void *
reading_allocate(struct reading *reading, size_t size)
{
    void *memory = secret_alloc(reading->memory, size);
    if (memory == NULL) {
        reading_refuse(reading, "document", "out of secret memory");
    }
    return memory;
}

const char *
reading_text(struct reading *reading, const struct json_value *object, const char *key, size_t most)
{
    const char *text = json_text(json_get(object, key), NULL);
    size_t len = text != NULL ? strlen(text) : 0;
    if (len == 0 || len > most) {
        reading_refuse(reading, key, "missing, empty or too long");
        return "";
    }
    char *copy = reading_allocate(reading, len + 1);
    return copy != NULL ? memcpy(copy, text, len + 1) : "";
}

int
reading_choice(struct reading *reading, const struct json_value *object, const char *key,
               const char *const *list)
{
    const char *text = json_text(json_get(object, key), "");
    for (int i = 0; list[i] != NULL; i++) {
        if (strcmp(list[i], text) == 0) {
            return i;
        }
    }
    reading_refuse(reading, key, "unknown");
    return 0;
}

static int64_t
take_number(struct reading *reading, const char *key, int64_t least, int64_t most)
{
    int64_t number = 0;
    if (!json_int(json_get(reading->root, key), &number) || number < least || number > most) {
        reading_refuse(reading, key, "not a number that may stand here");
        return least;
    }
    return number;
}

/* --- the head ------------------------------------------------------------------------- */

static void
read_replaces(struct reading *reading, struct document *document)
{
    document->replaces = reading_text(reading, reading->root, "replaces", UUID_TEXT - 1);
    if (!uuid_is_valid(document->replaces) || strcmp(document->replaces, document->id) == 0) {
        reading_refuse(reading, "replaces", "not the UUID of another one");
    }
}

/* Four digits, or none where the request has no fact to prove. */
static void
read_mends(struct reading *reading, struct document *document)
{
    const char *fact = json_text(json_get(reading->root, "mends"), "x");
    char *copy = reading_allocate(reading, MENDS_BYTES);
    size_t len = strlen(fact);
    if (document->replaces != NULL || (len != 0 && len != MENDS_BYTES - 1) ||
        (len != 0 && !text_is_digits(fact))) {
        reading_refuse(reading, "mends", "not the last four digits");
    } else if (copy != NULL) {
        document->mends = memcpy(copy, fact, len + 1);
    }
}

/* After the service is known: it must take photos. */
static void
read_photos(struct reading *reading, struct document *document)
{
    document->photos = reading_text(reading, reading->root, "photos", PASS_TEXT - 1);
    if (!pass_is_valid(document->photos) || document->mends != NULL || document->service == NULL ||
        document->service->photos.most == 0) {
        reading_refuse(reading, "photos", "not a pass, or the service takes none");
    }
}

static void
read_head(struct reading *reading, struct document *document)
{
    char code[CODE_TEXT];
    take_number(reading, "v", DOCUMENT_FORMAT, DOCUMENT_FORMAT);
    document->id = reading_text(reading, reading->root, "id", UUID_TEXT - 1);
    document->code = reading_text(reading, reading->root, "code", CODE_TEXT - 1);
    document->kiosk = reading_text(reading, reading->root, "kiosk", KIOSK_BYTES);
    document->office = reading_text(reading, reading->root, "office", 10);
    notice_read(reading, document);
    document->language =
        (enum language)reading_choice(reading, reading->root, "language", languages);
    document->filled_by = filled_by[reading_choice(reading, reading->root, "filled_by", filled_by)];
    document->catalogue_version = (int)take_number(reading, "catalogue_version", 1, 1000000000);
    document->written_at = take_number(reading, "written_at", 0, 99999999999999);
    take_number(reading, "service_version", 1, 1000000);
    if (json_get(reading->root, "replaces") != NULL) {
        read_replaces(reading, document);
    }
    if (json_get(reading->root, "mends") != NULL) {
        read_mends(reading, document);
    }
    if (!uuid_is_valid(document->id)) {
        reading_refuse(reading, "id", "not a UUID");
    }
    if (!code_parse(document->code, code) || strcmp(code, document->code) != 0) {
        reading_refuse(reading, "code", "not a tracking code");
    }
    if (catalogue_kelurahan_of(reading->catalogue, document->office) == NULL) {
        reading_refuse(reading, "office", "not a kelurahan");
    }
    const char *service = json_text(json_get(reading->root, "service"), "");
    document->service = catalogue_service(reading->catalogue, service);
    if (document->service == NULL || document->service->kind != SERVICE_FORM) {
        reading_refuse(reading, "service", "unknown");
    }
    if (json_get(reading->root, "photos") != NULL) {
        read_photos(reading, document);
    }
}

static void
check_keys(struct reading *reading)
{
    static const char *const keys[] = {
        "v",        "id",        "code",       "kiosk",           "office",
        "service",  "answers",   "notice",     "service_version", "catalogue_version",
        "language", "filled_by", "written_at", "replaces",        "mends",
        "consents", "photos"};
    size_t known = 0;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        known += json_get(reading->root, keys[i]) != NULL;
    }
    if (json_kind(reading->root) != JSON_OBJECT || known != json_count(reading->root)) {
        reading_refuse(reading, "document", "a key that is not known");
    }
}

/* --- the answers ---------------------------------------------------------------------- */

static void
take_answer(struct reading *reading, const struct question *question, int row,
            const struct json_value *value, struct answers *answers)
{
    char key[SPOT_KEY];
    const char *text = json_text(value, "");
    if (*text == '\0' || !answers_set(answers, spot_key(question->name, row, key), text)) {
        reading_refuse(reading, question->name, "not a text, empty or too long");
    }
}

/* The questions of one row; of repeat -1 those that stand in none. */
static void
take_questions(struct reading *reading, const struct service *service, int repeat,
               const struct json_value *object, int row, struct answers *answers)
{
    for (size_t i = 0; i < service->question_count && !reading->faulty; i++) {
        const struct question *question = &service->questions[i];
        const struct json_value *value = json_get(object, question->name);
        if (value != NULL && question->repeat == repeat && question->type != QUESTION_REPEAT) {
            take_answer(reading, question, row, value, answers);
        }
    }
}

/* The objects of an array: the rows of a repeat, which is answered by how many there are. */
static void
take_rows(struct reading *reading, const struct service *service, int repeat,
          const struct json_value *rows, struct answers *answers)
{
    const struct question *counts = &service->questions[repeat];
    size_t count = json_count(rows);
    char said[8];
    if (json_kind(rows) != JSON_ARRAY || count > (size_t)counts->max ||
        count < (size_t)counts->min) {
        reading_refuse(reading, counts->name, "not as many rows as there may be");
        return;
    }
    snprintf(said, sizeof said, "%zu", count);
    if (!answers_set(answers, counts->name, said)) {
        reading_refuse(reading, counts->name, "too much in all");
    }
    for (size_t row = 0; row < count && !reading->faulty; row++) {
        take_questions(reading, service, repeat, json_at(rows, row), (int)row + 1, answers);
    }
}

static size_t
known_keys(const struct service *service, int repeat, const struct json_value *object)
{
    size_t known = 0;
    for (size_t i = 0; i < service->question_count; i++) {
        const struct question *question = &service->questions[i];
        known += question->repeat == repeat && json_get(object, question->name) != NULL;
    }
    return known;
}

/* Nothing that the service does not ask, in no row. */
static void
check_known(struct reading *reading, const struct service *service, const struct json_value *object)
{
    bool known = known_keys(service, -1, object) == json_count(object);
    for (size_t i = 0; i < service->question_count; i++) {
        const struct json_value *rows = json_get(object, service->questions[i].name);
        for (size_t row = 0; row < json_count(rows) && json_kind(rows) == JSON_ARRAY; row++) {
            const struct json_value *item = json_at(rows, row);
            known = known && json_kind(item) == JSON_OBJECT &&
                    known_keys(service, (int)i, item) == json_count(item);
        }
    }
    if (!known) {
        reading_refuse(reading, "answers", "a question that the service does not ask");
    }
}

static void
take_answers(struct reading *reading, const struct service *service, struct answers *answers)
{
    const struct json_value *object = json_get(reading->root, "answers");
    if (json_kind(object) != JSON_OBJECT) {
        reading_refuse(reading, "answers", "missing");
        return;
    }
    check_known(reading, service, object);
    take_questions(reading, service, -1, object, 0, answers);
    for (size_t i = 0; i < service->question_count && !reading->faulty; i++) {
        const struct question *question = &service->questions[i];
        const struct json_value *value = json_get(object, question->name);
        if (value != NULL && question->type == QUESTION_REPEAT) {
            take_rows(reading, service, (int)i, value, answers);
        }
    }
}

static void
check_spot(struct reading *reading, const struct question *question, int row,
           const struct answers *answers, char *canonical)
{
    char key[SPOT_KEY];
    const char *answer = answers_get(answers, spot_key(question->name, row, key));
    if (answer == NULL) {
        return;
    }
    if (!check_relevant(question, row, answers, reading->today)) {
        reading_refuse(reading, question->name, "answered though not asked");
        return;
    }
    check_answer(question, row, answer, answers, reading->today, canonical);
    if (strcmp(answer, canonical) != 0) {
        reading_refuse(reading, question->name, "not in the canonical form");
    }
}

/* What is there must be asked for, right, and written as the kiosk writes it. */
static void
check_answers(struct reading *reading, const struct service *service, const struct answers *answers)
{
    struct check why = {0};
    struct spot wrong = check_form(service, answers, reading->today, &why);
    if (wrong.question >= 0) {
        char reason[32];
        snprintf(reason, sizeof reason, "problem %d", (int)why.problem);
        reading_refuse(reading, service->questions[wrong.question].name, reason);
    }
    char *canonical = reading_allocate(reading, ANSWER_BYTES);
    for (size_t i = 0; i < service->question_count && !reading->faulty; i++) {
        const struct question *question = &service->questions[i];
        int last = question->repeat < 0 ? 0 : ROWS_MAX;
        for (int row = last > 0 ? 1 : 0; row <= last && !reading->faulty; row++) {
            check_spot(reading, question, row, answers, canonical);
        }
    }
}

/* The form of a mending: the questions that it answers. */
static const struct service *
mended(struct reading *reading, const struct service *service)
{
    const struct json_value *object = json_get(reading->root, "answers");
    const char *names[MENDING_NAMES];
    size_t count = json_count(object);
    struct mending *mending = reading_allocate(reading, sizeof *mending);
    for (size_t i = 0; i < count && i < MENDING_NAMES; i++) {
        names[i] = json_key(json_at(object, i));
    }
    if (mending == NULL || count > MENDING_NAMES || !mending_make(mending, service, names, count)) {
        reading_refuse(reading, "answers", "not questions of the service");
        return service;
    }
    return &mending->service;
}

static struct document *
read_document(struct reading *reading)
{
    struct document *document = reading_allocate(reading, sizeof *document);
    struct answers *answers = answers_create(reading->memory);
    if (document == NULL || answers == NULL) {
        reading_refuse(reading, "document", "out of secret memory");
        return NULL;
    }
    check_keys(reading);
    read_head(reading, document);
    document->today = reading->today;
    document->answers = answers;
    if (!reading->faulty && document->mends != NULL) {
        document->service = mended(reading, document->service);
    }
    if (!reading->faulty) {
        take_answers(reading, document->service, answers);
    }
    if (!reading->faulty) {
        check_answers(reading, document->service, answers);
    }
    if (!reading->faulty) {
        consents_read(reading, document, answers);
    }
    return reading->faulty ? NULL : document;
}

struct document *
document_read(struct secret *memory, const struct catalogue *catalogue, const char *bytes,
              size_t len, const char *today, char reason[REASON])
{
    int line;
    const char *why;
    struct json *json = json_parse(bytes, len, &line, &why);
    reason[0] = '\0';
    if (json == NULL) {
        snprintf(reason, REASON, "document: %s", why);
        return NULL;
    }
    struct reading reading = {.memory = memory,
                              .catalogue = catalogue,
                              .root = json_root(json),
                              .today = today,
                              .reason = reason};
    struct document *document = read_document(&reading);
    json_destroy(json);
    return document;
}
