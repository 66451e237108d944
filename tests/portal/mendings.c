#include "mendings.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "consents.h"
#include "form/document.h"
#include "portal.h"
#include "seal/receipt.h"

enum { ANSWERS_TEXT = 512 * 1024 };

/* Texts, and arrays of objects of texts: all that answers are. */
static void
write_value(struct text *out, const struct json_value *value)
{
    bool object = json_kind(value) == JSON_OBJECT, array = json_kind(value) == JSON_ARRAY;
    if (!object && !array) {
        json_write_text(out, json_text(value, ""));
        return;
    }
    text_add(out, object ? "{" : "[");
    for (size_t i = 0; i < json_count(value); i++) {
        const struct json_value *item = json_at(value, i);
        text_add(out, i > 0 ? "," : "");
        if (object) {
            json_write_text(out, json_key(item));
            text_add(out, ":");
        }
        write_value(out, item);
    }
    text_add(out, object ? "}" : "]");
}

static void
write_member(struct text *out, const struct json_value *value)
{
    text_add(out, out->data[out->len - 1] == '{' ? "" : ",");
    json_write_text(out, json_key(value));
    text_add(out, ":");
    write_value(out, value);
}

/* The old answers with the new ones in their places, then those that are new altogether. */
static void
merge(struct text *out, const struct json_value *old, const struct json_value *new)
{
    text_add(out, "{");
    for (size_t i = 0; i < json_count(old); i++) {
        const struct json_value *value = json_at(old, i);
        const struct json_value *anew = json_get(new, json_key(value));
        write_member(out, anew ? anew : value);
    }
    for (size_t i = 0; i < json_count(new); i++) {
        const struct json_value *value = json_at(new, i);
        if (!json_get(old, json_key(value))) {
            write_member(out, value);
        }
    }
    text_add(out, "}");
}

/* Only what the office asked for. */
static bool
was_asked(const struct json_value *mend, const struct json_value *new)
{
    size_t asked = 0;
    for (size_t i = 0; i < json_count(mend); i++) {
        const char *question = json_text(json_get(json_at(mend, i), "question"), "");
        asked += json_get(new, question) != NULL;
    }
    return asked == json_count(new) && asked > 0;
}

static enum ledger_result
keep_merged(struct portal *portal, const struct document *document, const struct sent_back *back,
            const struct receipt *receipt, const char *anew, int64_t now)
{
    struct consent_row consents[CONSENT_ROWS];
    int line;
    const char *reason;
    struct json *old = json_parse(back->answers, strlen(back->answers), &line, &reason);
    struct json *new = json_parse(anew, strlen(anew), &line, &reason);
    struct json *mend = json_parse(back->mend, strlen(back->mend), &line, &reason);
    char *merged = malloc(ANSWERS_TEXT);
    enum ledger_result result = LEDGER_FAILED;
    if (old && new &&mend && merged) {
        struct text out = text_over(merged, ANSWERS_TEXT);
        merge(&out, json_root(old), json_root(new));
        struct mended mended = {.id = receipt->id,
                                .kiosk = receipt->kiosk,
                                .sha256 = receipt->sha256,
                                .seq = receipt->seq,
                                .received_at = now,
                                .back = back,
                                .consents = consents,
                                .consent_count = consents_of(document, consents),
                                .answers = merged};
        result = !was_asked(json_root(mend), json_root(new)) || out.cut
                     ? LEDGER_NONE
                     : ledger_mending_keep(portal->db, &mended);
    }
    free(merged);
    json_destroy(mend);
    json_destroy(new);
    json_destroy(old);
    return result;
}

enum ledger_result
mending_keep(struct portal *portal, const struct document *document, const struct receipt *receipt,
             int64_t now)
{
    struct sent_back back;
    enum ledger_result result = ledger_submission_find(portal->db, receipt->id, receipt->sha256,
                                                       receipt->kiosk, receipt->seq);
    if (result != LEDGER_NONE) {
        return result; // here already, or the id is another's
    }
    result = ledger_sent_back_find(portal->db, document->code, document->mends, &back);
    char *anew = malloc(ANSWERS_TEXT);
    struct text text = text_over(anew, anew ? ANSWERS_TEXT : 0);
    if (result == LEDGER_DONE && (!anew || !document_answers(&text, document))) {
        result = LEDGER_FAILED;
    }
    if (result == LEDGER_DONE) {
        result = strcmp(back.service, document->service->id) == 0
                     ? keep_merged(portal, document, &back, receipt, anew, now)
                     : LEDGER_NONE;
    }
    sent_back_free(&back);
    free(anew);
    return result == LEDGER_TAKEN ? LEDGER_FAILED : result; // moved meanwhile: the kiosk asks again
}
