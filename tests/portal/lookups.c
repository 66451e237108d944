/* POST /api/v1/lookups: a sealed question, a sealed answer of one length. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/id.h"
#include "base/json.h"
#include "base/text.h"
#include "handlers.h"
#include "http.h"
#include "ledger.h"
#include "limits.h"
#include "lookups.h"
#include "portal.h"
#include "seal/seal.h"

enum { KIOSK_MOST = 30, KIOSK_WINDOW = 60, CODE_MOST = 5, CODE_WINDOW = 15 * 60 };

static bool
is_status(const struct query *query)
{
    return strcmp(query->kind, "status") == 0;
}

static bool
is_photos(const struct query *query)
{
    return strcmp(query->kind, "photos") == 0;
}

static bool
read_status(const struct json_value *root, struct query *query)
{
    const char *fact = json_text(json_get(root, "fact"), "-");
    return code_parse(json_text(json_get(root, "code"), ""), query->code) &&
           (!*fact || (strlen(fact) == 4 && text_is_digits(fact))) &&
           text_copy(query->fact, sizeof query->fact, fact);
}

static bool
is_booking(const struct query *query)
{
    return strcmp(query->kind, "booking") == 0;
}

static bool
read_query(const struct json_value *root, struct query *query)
{
    return text_copy(query->kind, sizeof query->kind, json_text(json_get(root, "kind"), "")) &&
           hex_parse(json_text(json_get(root, "reply_key"), ""), query->reply_key, SEAL_KEY) &&
           (is_status(query)    ? read_status(root, query)
            : is_booking(query) ? booking_query_read(root, query)
            : is_photos(query)  ? photos_query_read(root, query)
                                : bill_query_read(root, query));
}

static bool
open_query(const struct portal *portal, const struct request *request, struct query *query)
{
    int line = 0;
    const char *reason = NULL;
    bool good = false;
    uint8_t *plain = request->len > ENVELOPE_OVERHEAD ? malloc(request->len) : NULL;
    if (plain && open_envelope(portal->keys.seal_public, portal->keys.seal_secret, request->body,
                               request->len, plain)) {
        struct json *json =
            json_parse((char *)plain, request->len - ENVELOPE_OVERHEAD, &line, &reason);
        good = json && read_query(json_root(json), query);
        json_destroy(json);
    }
    free(plain);
    return good;
}

/* Tries are counted by code too, held or not, so that four digits cannot be guessed. */
static int
too_often(struct portal *portal, const struct request *request, const struct query *query)
{
    char name[48];
    snprintf(name, sizeof name, "lookup kiosk %.32s", request->kiosk);
    int wait = limits_count(portal->limits, name, KIOSK_MOST, KIOSK_WINDOW);
    if (wait > 0) {
        return wait;
    }
    if (!is_status(query)) {
        return is_booking(query)  ? booking_query_wait(portal, request, query)
               : is_photos(query) ? photos_query_wait(portal, query)
                                  : bill_query_wait(portal, request, query);
    }
    snprintf(name, sizeof name, "lookup code %.12s", query->code);
    return limits_count(portal->limits, name, CODE_MOST, CODE_WINDOW);
}

static bool
pad(struct text *text)
{
    while (!text->cut && text->len < LOOKUP_ANSWER) {
        text_add(text, " ");
    }
    return !text->cut;
}

bool
lookup_write(const struct status *status, char out[LOOKUP_ANSWER + 1])
{
    struct text text = text_over(out, LOOKUP_ANSWER + 1);
    if (!status) {
        text_add(&text, "{\"status\":\"not_found\"}");
    } else {
        text_addf(&text,
                  "{\"status\":\"%s\",\"service\":\"%s\",\"since\":%lld,\"reason\":", status->state,
                  status->service, (long long)status->since);
        json_write_text(&text, status->reason);
        if (*status->mend) {
            text_addf(&text, ",\"mend\":%s", status->mend);
        }
        text_add(&text, "}");
    }
    return pad(&text);
}

static bool
write_answer(struct portal *portal, const struct request *request, const struct query *query,
             char out[LOOKUP_ANSWER + 1])
{
    if (!is_status(query)) {
        struct text text = text_over(out, LOOKUP_ANSWER + 1);
        bool good = true;
        if (is_booking(query)) {
            good = booking_answer(portal, request, query, &text);
        } else if (is_photos(query)) {
            good = photos_answer(portal, query, &text);
        } else {
            bill_answer(portal, query, &text);
        }
        return good && pad(&text);
    }
    struct status status = {0};
    enum ledger_result result = ledger_status_find(portal->db, query->code, query->fact, &status);
    return result != LEDGER_FAILED && lookup_write(result == LEDGER_DONE ? &status : NULL, out);
}

static void
seal_answer(const struct query *query, const char *answer, struct reply *reply)
{
    uint8_t *sealed = calloc(1, LOOKUP_ANSWER + ENVELOPE_OVERHEAD + 1);
    if (sealed &&
        !seal_envelope(query->reply_key, (const uint8_t *)answer, LOOKUP_ANSWER, sealed)) {
        free(sealed);
        reply_error(reply, 400, "malformed");
        return;
    }
    reply_with(reply, 200, "application/octet-stream", (char *)sealed);
    if (sealed) {
        reply->len = LOOKUP_ANSWER + ENVELOPE_OVERHEAD;
    }
}

void
lookups_post(struct portal *portal, const struct request *request, struct reply *reply)
{
    char answer[LOOKUP_ANSWER + 1];
    struct query query = {.year = 0};
    if (!open_query(portal, request, &query)) {
        reply_error(reply, 400, "malformed");
        return;
    }
    int wait = too_often(portal, request, &query);
    if (wait > 0) {
        reply_error(reply, 429, "limited");
        reply->retry_after = wait;
        return;
    }
    if (!write_answer(portal, request, &query, answer)) {
        reply_busy(reply);
        return;
    }
    seal_answer(&query, answer, reply);
}
