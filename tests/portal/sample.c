#include "sample.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/secret.h"
#include "base/text.h"
#include "form/answers.h"
#include "form/catalogue.h"
#include "form/check.h"
#include "form/document.h"
#include "seal/seal.h"

enum { MEMORY = 256 * 1024, PLAIN = 64 * 1024 };

/* Something that a question of that type takes. */
static const char *
sample(const struct question *question, char *buffer, size_t size)
{
    long long least = question->min > 1 ? (long long)question->min : 1;
    switch (question->type) {
    case QUESTION_NAME:
        return "Siti Aminah";
    case QUESTION_NIK:
        return "6472031708900001";
    case QUESTION_KK:
        return "6472031708110002";
    case QUESTION_PHONE:
        return "+6281234567890";
    case QUESTION_DATE:
        return question->future ? "2099-01-02" : "1990-08-17";
    case QUESTION_TIME:
        return "08.30";
    case QUESTION_ONE:
    case QUESTION_MANY:
        return question->choices->list[0].name;
    case QUESTION_YES_NO:
    case QUESTION_CONSENT:
    case QUESTION_ACKNOWLEDGE:
        return "yes";
    case QUESTION_RT:
        return "007";
    case QUESTION_KELURAHAN:
        return "6472021001";
    case QUESTION_REPEAT:
    case QUESTION_NUMBER:
    case QUESTION_MONEY:
        snprintf(buffer, size, "%lld", least);
        return buffer;
    case QUESTION_TEXT:
    case QUESTION_ADDRESS:
        return "Warung makan di Jalan Mawar nomor 7, dekat masjid";
    }
    return "";
}

/* What a test cannot do without. */
static void
insist(bool good, const char *what)
{
    if (!good) {
        fprintf(stderr, "sample: %s\n", what);
        abort();
    }
}

static void
fill(const struct service *service, struct answers *answers, const char *today)
{
    char buffer[32], canonical[ANSWER_BYTES], key[SPOT_KEY];
    struct spot spot = SPOT_NONE;
    while ((spot = spot_after(service, spot, answers, today)).question >= 0) {
        const struct question *question = &service->questions[spot.question];
        const char *typed = sample(question, buffer, sizeof buffer);
        struct check check = check_answer(question, spot.row, typed, answers, today, canonical);
        insist(check.problem == PROBLEM_NONE, question->name);
        insist(answers_set(answers, spot_key(question->name, spot.row, key), canonical), key);
    }
}

uint8_t *
sample_submission(const struct catalogue *catalogue, const uint8_t *portal_seal, const char *kiosk,
                  char id[37], char code[10], size_t *len)
{
    static const char today[] = "2026-11-24";
    struct secret *memory = secret_create(MEMORY);
    struct answers *answers = memory ? answers_create(memory) : NULL;
    char *plain = malloc(PLAIN);
    insist(answers && plain, "no memory");
    struct text out = text_over(plain, PLAIN);
    const struct service *service = catalogue_service(catalogue, "sku");
    uuid7_make(id, clock_wall());
    code_make(code);
    fill(service, answers, today);
    struct document document = {.id = id,
                                .code = code,
                                .kiosk = kiosk,
                                .office = "6472021001",
                                .service = service,
                                .catalogue_version = catalogue_version(catalogue),
                                .written_at = 1795500000000,
                                .filled_by = "self",
                                .answers = answers,
                                .today = today,
                                .hash = hash_of};
    document_notice(&document, catalogue, LANGUAGE_ID);
    insist(document_write(&out, &document), "the document does not fit");
    *len = out.len + ENVELOPE_OVERHEAD;
    uint8_t *envelope = malloc(*len);
    insist(envelope && seal_envelope(portal_seal, (uint8_t *)plain, out.len, envelope), "no seal");
    secret_destroy(memory);
    free(plain);
    return envelope;
}
