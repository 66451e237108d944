#include "form/document.h"

#include "base/json.h"
#include "base/text.h"
#include "form/answers.h"
#include "form/check.h"
#include "form/document_format.h"

static const char *const languages[] = DOCUMENT_LANGUAGES;

/* `,"key":"value"` */
static void
add_text(struct text *out, const char *key, const char *value)
{
    text_addf(out, ",\"%s\":", key);
    json_write_text(out, value);
}

static void
add_answers(struct text *out, const struct document *document)
{
    const struct service *service = document->service;
    const char *between = "";
    text_add(out, ",\"answers\":{");
    for (size_t i = 0; i < service->question_count; i++) {
        const struct question *question = &service->questions[i];
        const char *answer = answers_get(document->answers, question->name);
        if (answer != NULL && *answer != '\0' &&
            check_relevant(question, document->answers, document->today)) {
            text_addf(out, "%s\"%s\":", between, question->name);
            json_write_text(out, answer);
            between = ",";
        }
    }
    text_add(out, "}}");
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
    add_text(out, "kiosk", document->kiosk);
    add_text(out, "office", document->office);
    add_text(out, "service", document->service->id);
    text_addf(out, ",\"service_version\":%d,\"catalogue_version\":%d", document->service->version,
              document->catalogue_version);
    add_text(out, "language", languages[document->language]);
    text_addf(out, ",\"written_at\":%lld", (long long)document->written_at);
    add_text(out, "notice", document->notice_version);
    add_text(out, "filled_by", document->filled_by);
    add_answers(out, document);
    return !out->cut;
}
