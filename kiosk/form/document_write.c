#include "form/document.h"

#include "base/json.h"
#include "base/text.h"
#include "form/answers.h"
#include "form/check.h"
#include "form/document_format.h"
#include "form/document_parts.h"
#include "form/spot.h"

static const char *const languages[] = DOCUMENT_LANGUAGES;

/* `,"key":"value"` */
static void
add_text(struct text *out, const char *key, const char *value)
{
    text_addf(out, ",\"%s\":", key);
    json_write_text(out, value);
}

/* {"nik":"...","ahli_waris":[{"nama":"..."},{"nama":"..."}],"keperluan":"..."}: the rows of a
 * repeat are the objects of one array. */
struct writing {
    struct text *out;
    const struct document *document;
    int repeat, row; /* that is open: -1, 0 none */
    bool first;      /* nothing stands yet in what is open */
};

static void
comma(struct writing *writing)
{
    text_add(writing->out, writing->first ? "" : ",");
    writing->first = false;
}

/* Close and open until the row of a question is open, or none. */
static void
turn_to(struct writing *writing, int repeat, int row)
{
    if (writing->repeat == repeat && writing->row == row) {
        return;
    }
    if (writing->row > 0) {
        text_add(writing->out, "}");
    }
    if (writing->repeat >= 0 && writing->repeat != repeat) {
        text_add(writing->out, "]");
        writing->first = false;
    }
    if (repeat >= 0 && writing->repeat != repeat) {
        comma(writing);
        text_addf(writing->out, "\"%s\":[", writing->document->service->questions[repeat].name);
    } else if (row > 1) {
        text_add(writing->out, ",");
    }
    if (row > 0) {
        text_add(writing->out, "{");
        writing->first = true;
    }
    writing->repeat = repeat;
    writing->row = row;
}

bool
document_answers(struct text *out, const struct document *document)
{
    const struct service *service = document->service;
    struct writing writing = {.out = out, .document = document, .repeat = -1, .first = true};
    struct spot spot = SPOT_NONE;
    text_add(out, "{");
    while ((spot = spot_after(service, spot, document->answers, document->today)).question >= 0) {
        const struct question *question = &service->questions[spot.question];
        const char *answer = spot_answer(service, spot, document->answers);
        turn_to(&writing, question->repeat, spot.row);
        if (answer != NULL && *answer != '\0' && question->type != QUESTION_REPEAT) {
            comma(&writing);
            text_addf(out, "\"%s\":", question->name);
            json_write_text(out, answer);
        } else if (question->type == QUESTION_REPEAT &&
                   spot_rows(question, document->answers) == 0) {
            comma(&writing);
            text_addf(out, "\"%s\":[]", question->name);
        }
    }
    turn_to(&writing, -1, 0);
    text_add(out, "}");
    return !out->cut;
}

bool
document_write(struct text *out, const struct document *document)
{
    text_addf(out, "{\"v\":%d", DOCUMENT_FORMAT);
    add_text(out, "id", document->id);
    add_text(out, "code", document->code);
    if (document->replaces != NULL && document->replaces[0] != '\0') {
        add_text(out, "replaces", document->replaces);
    }
    if (document->mends != NULL) {
        add_text(out, "mends", document->mends);
    }
    if (document->photos != NULL && document->photos[0] != '\0') {
        add_text(out, "photos", document->photos);
    }
    add_text(out, "kiosk", document->kiosk);
    add_text(out, "office", document->office);
    add_text(out, "service", document->service->id);
    text_addf(out, ",\"service_version\":%d,\"catalogue_version\":%d", document->service->version,
              document->catalogue_version);
    add_text(out, "language", languages[document->language]);
    text_addf(out, ",\"written_at\":%lld", (long long)document->written_at);
    text_addf(out, ",\"notice\":{\"version\":");
    json_write_text(out, document->notice_version);
    add_text(out, "sha256", document->notice_sha256);
    add_text(out, "language", languages[document->notice_language]);
    text_add(out, "}");
    add_text(out, "filled_by", document->filled_by);
    consents_write(out, document);
    text_add(out, ",\"answers\":");
    document_answers(out, document);
    text_add(out, "}");
    return !out->cut;
}
