/* What was read when a statement was accepted, a consent given or refused, and which privacy
 * notice was there to read: version, hash and language, sealed with the answers. Whether a hash
 * belongs to a text that was ever handed out only the portal knows, which keeps them all: a
 * kiosk may send long after its catalogue was replaced. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "form/answers.h"
#include "form/document_format.h"
#include "form/document_parts.h"
#include "form/spot.h"

enum { VERSION = 24, SHOWN = 8 * 1024 };

static const char *const languages[] = DOCUMENT_LANGUAGES;

void
consent_text(struct text *out, const struct question *question, enum language language)
{
    text_add(out, words_in(&question->label, language));
    text_add(out, "\n");
    text_add(out, words_in(&question->text, language));
}

static void
hash_text(document_hash *hash, const char *text, size_t len, char out[DOCUMENT_HASH_TEXT])
{
    uint8_t bytes[32];
    hash(text, len, bytes);
    for (size_t i = 0; i < sizeof bytes; i++) {
        snprintf(out + 2 * i, 3, "%02x", bytes[i]);
    }
}

/* In which language it was read: as was kept beside its answer, else that of the document. */
static enum language
language_read(const struct document *document, struct spot spot)
{
    char mark[SPOT_KEY], key[SPOT_KEY];
    const char *name = document->service->questions[spot.question].name;
    spot_key(spot_mark(name, mark), spot.row, key);
    return answers_get(document->answers, key) == NULL
               ? document->language
               : (enum language)answers_number(document->answers, key, 0, LANGUAGE_COUNT - 1);
}

/* The next statement or consent of the form that is answered. */
static struct spot
next_statement(const struct document *document, struct spot spot)
{
    const struct service *service = document->service;
    const char *answer;
    do {
        spot = spot_after(service, spot, document->answers, document->today);
        answer = spot.question >= 0 ? spot_answer(service, spot, document->answers) : NULL;
    } while (spot.question >= 0 && (answer == NULL || answer[0] == '\0' ||
                                    !question_is_statement(&service->questions[spot.question])));
    return spot;
}

/* --- writing ---------------------------------------------------------------------------- */

void
document_notice(struct document *document, const struct catalogue *catalogue,
                enum language language)
{
    const char *text = words_in(catalogue_notice(catalogue), language);
    document->notice_version = catalogue_notice_version(catalogue);
    document->notice_language = language;
    hash_text(document->hash, text, strlen(text), document->notice_sha256);
}

static void
write_one(struct text *out, const struct document *document, struct spot spot)
{
    const struct question *question = &document->service->questions[spot.question];
    enum language language = language_read(document, spot);
    char shown[SHOWN], sha256[DOCUMENT_HASH_TEXT];
    struct text text = text_over(shown, sizeof shown);
    consent_text(&text, question, language);
    hash_text(document->hash, shown, text.len, sha256);
    text_addf(out, "{\"question\":\"%s\"", question->name);
    if (spot.row > 0) {
        text_addf(out, ",\"row\":%d", spot.row);
    }
    text_add(out, ",\"version\":");
    json_write_text(out, question->text_version);
    text_addf(out, ",\"sha256\":\"%s\",\"language\":\"%s\",\"given\":\"%s\"}", sha256,
              languages[language], spot_answer(document->service, spot, document->answers));
}

void
consents_write(struct text *out, const struct document *document)
{
    struct spot spot = SPOT_NONE;
    const char *comma = "";
    text_add(out, ",\"consents\":[");
    while ((spot = next_statement(document, spot)).question >= 0) {
        text_add(out, comma);
        write_one(out, document, spot);
        comma = ",";
    }
    text_add(out, "]");
}

/* --- reading ---------------------------------------------------------------------------- */

static void
read_hash(struct reading *reading, const struct json_value *object, char out[DOCUMENT_HASH_TEXT])
{
    const char *text = reading_text(reading, object, "sha256", DOCUMENT_HASH_TEXT - 1);
    if (strlen(text) != DOCUMENT_HASH_TEXT - 1 ||
        strspn(text, "0123456789abcdef") != strlen(text)) {
        reading_refuse(reading, "sha256", "not a hash");
    }
    text_copy(out, DOCUMENT_HASH_TEXT, text);
}

void
notice_read(struct reading *reading, struct document *document)
{
    const struct json_value *notice = json_get(reading->root, "notice");
    if (json_kind(notice) != JSON_OBJECT || json_count(notice) != 3) {
        reading_refuse(reading, "notice", "not version, hash and language");
        return;
    }
    document->notice_version = reading_text(reading, notice, "version", VERSION);
    document->notice_language =
        (enum language)reading_choice(reading, notice, "language", languages);
    read_hash(reading, notice, document->notice_sha256);
}

/* The record of the statement at a spot, and of no other. */
static void
read_one(struct reading *reading, const struct json_value *item, const struct document *document,
         struct spot spot, struct consent *consent)
{
    const struct question *question = &document->service->questions[spot.question];
    const char *given = spot_answer(document->service, spot, document->answers);
    int64_t row = 0;
    size_t keys = spot.row > 0 ? 6 : 5;
    bool in_row = json_int(json_get(item, "row"), &row);
    if (json_kind(item) != JSON_OBJECT || json_count(item) != keys || in_row != (spot.row > 0) ||
        row != spot.row || strcmp(json_text(json_get(item, "question"), ""), question->name) != 0 ||
        strcmp(json_text(json_get(item, "given"), ""), given) != 0) {
        reading_refuse(reading, "consents", "not the record of an answer");
        return;
    }
    *consent = (struct consent){.question = question->name, .given = given, .row = spot.row};
    consent->version = reading_text(reading, item, "version", VERSION);
    consent->language = (enum language)reading_choice(reading, item, "language", languages);
    read_hash(reading, item, consent->sha256);
}

/* Beside its answer, as the kiosk keeps it. */
static void
mark_language(struct reading *reading, struct answers *answers, const struct consent *consent)
{
    char mark[SPOT_KEY], key[SPOT_KEY], digit[2] = {(char)('0' + (int)consent->language), '\0'};
    spot_key(spot_mark(consent->question, mark), consent->row, key);
    if (!answers_set(answers, key, digit)) {
        reading_refuse(reading, "consents", "too much in all");
    }
}

void
consents_read(struct reading *reading, struct document *document, struct answers *answers)
{
    const struct json_value *list = json_get(reading->root, "consents");
    size_t count = json_count(list), i = 0;
    struct spot spot = SPOT_NONE;
    if (json_kind(list) != JSON_ARRAY) {
        reading_refuse(reading, "consents", "missing");
        return;
    }
    struct consent *consents = reading_allocate(reading, (count + 1) * sizeof *consents);
    while (!reading->faulty && (spot = next_statement(document, spot)).question >= 0) {
        if (i == count) {
            reading_refuse(reading, "consents", "an answer without its record");
            return;
        }
        read_one(reading, json_at(list, i), document, spot, &consents[i]);
        i++;
    }
    if (i != count) {
        reading_refuse(reading, "consents", "a record without its answer");
    }
    for (size_t k = 0; k < count && !reading->faulty; k++) {
        mark_language(reading, answers, &consents[k]);
    }
    document->consents = consents;
    document->consent_count = count;
}
