/* PUT /api/v1/submissions/{id}: open, check, hold, and sign for it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/json.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "chain.h"
#include "consents.h"
#include "form/answers.h"
#include "form/catalogue.h"
#include "form/document.h"
#include "handlers.h"
#include "http.h"
#include "ledger.h"
#include "lies.h"
#include "mendings.h"
#include "photos.h"
#include "portal.h"
#include "seal/receipt.h"
#include "seal/seal.h"

enum { MEMORY = 512 * 1024, ANSWERS_TEXT = 512 * 1024 };

/* One submission on its way in. */
struct intake {
    struct portal *portal;
    const struct request *request;
    struct receipt receipt; // what will be signed
    int64_t now;
};

/* --- the word given -------------------------------------------------------------- */

static void
give_receipt(struct intake *intake, struct reply *reply, int status, const char *reason)
{
    struct receipt receipt = intake->receipt;
    char hash[2 * HASH + 1], signature[96], words[48] = "";
    receipt.verdict = reason ? RECEIPT_REFUSED : RECEIPT_ACCEPTED;
    receipt_sign(&receipt, intake->portal->keys.sign_secret);
    if (intake->request->lie && intake->request->lie->receipt) {
        intake->request->lie->receipt(&receipt, &intake->portal->keys);
    }
    hex_of(receipt.sha256, HASH, hash);
    base64_of(receipt.signature, SIGNATURE, signature);
    if (reason) {
        snprintf(words, sizeof words, ",\"reason\":\"%s\"", reason);
    }
    reply_json(reply, status,
               "{\"verdict\":\"%s\",\"id\":\"%s\",\"sha256\":\"%s\",\"kiosk\":\"%s\","
               "\"seq\":%lld,\"signature\":\"%s\"%s}",
               receipt.verdict == RECEIPT_ACCEPTED ? "accepted" : "refused", receipt.id, hash,
               receipt.kiosk, (long long)receipt.seq, signature, words);
}

static void
answer_kept(struct intake *intake, struct reply *reply, enum ledger_result result)
{
    switch (result) {
    case LEDGER_DONE:
        give_receipt(intake, reply, 201, NULL);
        break;
    case LEDGER_HELD:
        give_receipt(intake, reply, 200, NULL);
        break;
    case LEDGER_TAKEN:
        give_receipt(intake, reply, 409, "conflict");
        break;
    default:
        reply_busy(reply);
    }
}

/* What cannot be read today may have been read years ago: a held copy gets its receipt. */
static void
refuse(struct intake *intake, struct reply *reply, const char *reason)
{
    const struct receipt *receipt = &intake->receipt;
    const struct request *request = intake->request;
    struct db *db = intake->portal->db;
    enum ledger_result held =
        ledger_submission_find(db, receipt->id, receipt->sha256, receipt->kiosk, receipt->seq);
    if (held != LEDGER_NONE) {
        answer_kept(intake, reply, held);
        return;
    }
    if (ledger_refusal_keep(db, receipt->id, receipt->sha256, receipt->kiosk, receipt->seq, reason,
                            request->body, request->len, intake->now) == LEDGER_FAILED) {
        reply_busy(reply);
        return;
    }
    give_receipt(intake, reply, 422, reason);
}

/* --- reading ------------------------------------------------------------------------ */

/* The day on which it was written: a date "from today" was right then, however late it comes. */
static void
day_written(const struct intake *intake, const char *plain, size_t len, char out[DAY_TEXT])
{
    int line = 0;
    const char *reason = NULL;
    int64_t written = intake->now;
    struct json *json = json_parse(plain, len, &line, &reason);
    if (json && !json_int(json_get(json_root(json), "written_at"), &written)) {
        written = intake->now;
    }
    json_destroy(json);
    portal_day(written, intake->portal->utc_offset, out);
}

static void
last_four(const struct document *document, enum question_type type, char out[5])
{
    out[0] = '\0';
    for (size_t i = 0; i < document->service->question_count; i++) {
        const struct question *question = &document->service->questions[i];
        const char *answer = answers_get(document->answers, question->name);
        size_t len = answer ? strlen(answer) : 0;
        if (question->type == type && len >= 4) {
            memcpy(out, answer + len - 4, 5);
            return;
        }
    }
}

/* Whose RT it is: the first that the form asks for. */
static const char *
rt_of(const struct document *document)
{
    for (size_t i = 0; i < document->service->question_count; i++) {
        const struct question *question = &document->service->questions[i];
        const char *answer = answers_get(document->answers, question->name);
        if (question->type == QUESTION_RT && question->repeat < 0) {
            return answer ? answer : "";
        }
    }
    return "";
}

static enum ledger_result
keep(struct intake *intake, const struct document *document)
{
    struct consent_row consents[CONSENT_ROWS];
    char nik[5], phone[5];
    uint8_t pass[HASH];
    char *answers = malloc(ANSWERS_TEXT);
    enum ledger_result result = LEDGER_FAILED;
    last_four(document, QUESTION_NIK, nik);
    last_four(document, QUESTION_PHONE, phone);
    photos_pass(document->photos ? document->photos : "", pass);
    struct text out = text_over(answers, answers ? ANSWERS_TEXT : 0);
    if (answers && document_answers(&out, document)) {
        struct submission submission = {
            .id = intake->receipt.id,
            .kiosk = intake->receipt.kiosk,
            .sha256 = intake->receipt.sha256,
            .seq = intake->receipt.seq,
            .request = document->replaces ? document->replaces : document->id,
            .code = document->code,
            .service = document->service->id,
            .office = document->office,
            .language = (const char *[]){"id", "en", "bjn", "jv"}[document->language],
            .notice = document->notice_version,
            .filled_by = document->filled_by,
            .catalogue_version = document->catalogue_version,
            .written_at = document->written_at,
            .received_at = intake->now,
            .fact_nik = nik,
            .fact_phone = phone,
            .rt = rt_of(document),
            .answers = answers,
            .consents = consents,
            .consent_count = consents_of(document, consents),
            .next = chain_find("sent", "route", ROLE_PORTAL, document->service),
            .photos = document->photos ? pass : NULL,
            .photos_most = document->service->photos.most};
        result = ledger_submission_keep(intake->portal->db, &submission);
    }
    free(answers);
    return result;
}

static enum ledger_result
keep_known(struct intake *intake, const struct document *document)
{
    enum ledger_result known = consents_check(intake->portal, document);
    return known != LEDGER_DONE ? known
           : document->mends ? mending_keep(intake->portal, document, &intake->receipt, intake->now)
                             : keep(intake, document);
}

static void
take_document(struct intake *intake, struct secret *memory, const char *plain, size_t len,
              struct reply *reply)
{
    char today[DAY_TEXT], reason[160] = "";
    day_written(intake, plain, len, today);
    const struct document *document =
        document_read(memory, intake->portal->catalogue, plain, len, today, reason);
    if (!document) {
        log_info("refused: %s", reason);
        refuse(intake, reply, "document");
    } else if (strcmp(document->id, intake->receipt.id) != 0 ||
               strcmp(document->kiosk, intake->receipt.kiosk) != 0) {
        log_info("refused: the document is of another id or kiosk");
        refuse(intake, reply, "document");
    } else {
        enum ledger_result kept = keep_known(intake, document);
        if (kept == LEDGER_NONE) {
            log_info("refused: %s", document->mends ? "no request waits for that mending"
                                                    : "texts that were never handed out");
            refuse(intake, reply, document->mends ? "mends" : "document");
        } else {
            answer_kept(intake, reply, kept);
        }
    }
}

static void
take_envelope(struct intake *intake, struct secret *memory, struct reply *reply)
{
    const struct request *request = intake->request;
    const struct portal_keys *keys = &intake->portal->keys;
    uint8_t *plain = request->len > ENVELOPE_OVERHEAD ? malloc(request->len) : NULL;
    if (plain &&
        open_envelope(keys->seal_public, keys->seal_secret, request->body, request->len, plain)) {
        take_document(intake, memory, (const char *)plain, request->len - ENVELOPE_OVERHEAD, reply);
    } else {
        refuse(intake, reply, "envelope");
    }
    free(plain);
}

static bool
read_headers(const struct request *request, struct receipt *receipt)
{
    char *end = NULL;
    uint8_t announced[HASH];
    if (!uuid_is_valid(request->rest) || !request->seq || !request->sha256 ||
        !text_is_digits(request->seq) || strlen(request->seq) > 18 ||
        !hex_parse(request->sha256, announced, HASH)) {
        return false;
    }
    snprintf(receipt->id, sizeof receipt->id, "%s", request->rest);
    snprintf(receipt->kiosk, sizeof receipt->kiosk, "%s", request->kiosk);
    receipt->seq = strtoll(request->seq, &end, 10);
    hash_of(request->body, request->len, receipt->sha256);
    return receipt->seq > 0 && memcmp(receipt->sha256, announced, HASH) == 0;
}

void
submissions_put(struct portal *portal, const struct request *request, struct reply *reply)
{
    struct intake intake = {.portal = portal, .request = request, .now = clock_wall()};
    if (!read_headers(request, &intake.receipt)) {
        reply_error(reply, 400, "malformed");
        return;
    }
    struct secret *memory = portal->catalogue ? secret_create(MEMORY) : NULL;
    if (memory) {
        take_envelope(&intake, memory, reply);
    } else {
        reply_busy(reply);
    }
    secret_destroy(memory);
}
