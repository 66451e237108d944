#include "consents.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "form/document.h"
#include "portal.h"
#include "seal/seal.h"

enum { TEXT = 8 * 1024, BATCH = 64 };
static const char *const languages[] = {"id", "en", "bjn", "jv"};

/* Rows on their way to the ledger, as many at once as fit. */
struct batch {
    struct db *db;
    struct text_row rows[BATCH];
    size_t count;
    bool good;
    char hashes[BATCH][2 * HASH + 1], texts[BATCH][TEXT];
};

static void
flush(struct batch *batch)
{
    batch->good =
        batch->good && ledger_texts_keep(batch->db, batch->rows, batch->count) == LEDGER_DONE;
    batch->count = 0;
}

/* The text stands in the batch's next place already. */
static void
add(struct batch *batch, const char *service, const char *question, const char *version,
    const char *language)
{
    uint8_t hash[HASH];
    const char *text = batch->texts[batch->count];
    hash_of(text, strlen(text), hash);
    hex_of(hash, HASH, batch->hashes[batch->count]);
    batch->rows[batch->count] = (struct text_row){.service = service,
                                                  .question = question,
                                                  .version = version,
                                                  .language = language,
                                                  .sha256 = batch->hashes[batch->count],
                                                  .text = text};
    if (++batch->count == BATCH) {
        flush(batch);
    }
}

static void
add_service(struct batch *batch, const struct service *service, enum language language)
{
    for (size_t i = 0; i < service->question_count; i++) {
        const struct question *question = &service->questions[i];
        if (question_is_statement(question)) {
            struct text text = text_over(batch->texts[batch->count], TEXT);
            consent_text(&text, question, language);
            add(batch, service->id, question->name, question->text_version, languages[language]);
        }
    }
}

bool
consents_learn(struct db *db, const struct catalogue *catalogue)
{
    const struct service *services;
    size_t count = catalogue_services(catalogue, &services);
    struct batch *batch = calloc(1, sizeof *batch);
    if (!batch) {
        return false;
    }
    batch->db = db;
    batch->good = true;
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        const struct words *notice = catalogue_notice(catalogue);
        text_copy(batch->texts[batch->count], TEXT, words_in(notice, (enum language)language));
        add(batch, "", "notice", catalogue_notice_version(catalogue), languages[language]);
        for (size_t i = 0; i < count; i++) {
            add_service(batch, &services[i], (enum language)language);
        }
    }
    flush(batch);
    bool good = batch->good;
    free(batch);
    return good;
}

size_t
consents_of(const struct document *document, struct consent_row rows[CONSENT_ROWS])
{
    size_t count = 0;
    rows[count++] = (struct consent_row){.question = "notice",
                                         .version = document->notice_version,
                                         .sha256 = document->notice_sha256,
                                         .language = languages[document->notice_language],
                                         .given = ""};
    for (size_t i = 0; i < document->consent_count && count < CONSENT_ROWS; i++) {
        const struct consent *consent = &document->consents[i];
        rows[count++] = (struct consent_row){.question = consent->question,
                                             .row = consent->row,
                                             .version = consent->version,
                                             .sha256 = consent->sha256,
                                             .language = languages[consent->language],
                                             .given = consent->given};
    }
    return count;
}

enum ledger_result
consents_check(struct portal *portal, const struct document *document)
{
    struct consent_row rows[CONSENT_ROWS];
    size_t count = consents_of(document, rows);
    enum ledger_result result = LEDGER_DONE;
    for (size_t i = 0; i < count && result == LEDGER_DONE; i++) {
        struct text_row row = {.service = i == 0 ? "" : document->service->id,
                               .question = rows[i].question,
                               .version = rows[i].version,
                               .language = rows[i].language,
                               .sha256 = rows[i].sha256};
        result = ledger_text_find(portal->db, &row);
    }
    return result;
}
