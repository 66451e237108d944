/* What an officer may see: the requests of his kelurahan, and of his RT alone where he is
 * the head of one, as long as they wait for him. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger_parts.h"
#include "officers.h"

/* "" all of the kelurahan; else of that RT alone. An administrator sees no request at all. */
static const char *
rt_only(const struct officer *who)
{
    static const char nothing[] = "-";
    switch (who->role) {
    case ROLE_OFFICER:
    case ROLE_LURAH:
        return "";
    case ROLE_RT:
        return *who->rt ? who->rt : nothing;
    default:
        return nothing;
    }
}

static void
take_filed(const struct rows *rows, struct filed *filed)
{
    const struct {
        char *out;
        size_t size;
    } texts[] = {{filed->id, sizeof filed->id},
                 {filed->code, sizeof filed->code},
                 {filed->service, sizeof filed->service},
                 {filed->rt, sizeof filed->rt},
                 {filed->request, sizeof filed->request},
                 {filed->language, sizeof filed->language},
                 {filed->filled_by, sizeof filed->filled_by},
                 {filed->kiosk, sizeof filed->kiosk},
                 {filed->state, sizeof filed->state}};
    size_t count = sizeof texts / sizeof *texts;
    for (size_t i = 0; i < count; i++) {
        snprintf(texts[i].out, texts[i].size, "%s", rows_text(rows, 0, i));
    }
    filed->step = rows_int(rows, 0, count);
    filed->since = rows_int(rows, 0, count + 1);
    filed->received_at = rows_int(rows, 0, count + 2);
    filed->answers = strdup(rows_text(rows, 0, count + 3));
}

enum ledger_result
ledger_filed_find(struct db *db, const char *code, const struct officer *who, struct filed *filed)
{
    struct value values[] = {value_text(code), value_text(who->kelurahan),
                             value_text(rt_only(who))};
    *filed = (struct filed){.step = 0};
    struct rows *rows = ledger_ask_one(
        db,
        "SELECT s.id, s.code, s.service, s.rt, s.request, s.language, s.filled_by, s.kiosk,"
        " c.state, c.step, c.at, s.received_at, s.answers FROM submissions s"
        " JOIN chain c ON c.submission = s.id WHERE s.code = $1 AND s.office = $2"
        " AND " LEDGER_IN_FORCE
        " AND c.step = (SELECT max(d.step) FROM chain d WHERE d.submission = s.id)"
        " AND ($3 = '' OR (s.rt = $3 AND c.state = 'waiting_rt'))"
        " ORDER BY s.received_at DESC LIMIT 1",
        values, 3);
    if (rows && rows_count(rows) == 1) {
        take_filed(rows, filed);
    }
    enum ledger_result result = ledger_found(rows);
    return result == LEDGER_DONE && !filed->answers ? LEDGER_FAILED : result;
}

void
filed_free(struct filed *filed)
{
    free(filed->answers);
    filed->answers = NULL;
}

struct rows *
ledger_filed_list(struct db *db, const struct officer *who)
{
    struct value values[] = {value_text(who->kelurahan), value_text(rt_only(who)),
                             value_int(FILED_MOST)};
    return ledger_ask_one(
        db,
        "SELECT s.code, s.service, c.state, c.at, s.rt FROM submissions s"
        " JOIN chain c ON c.submission = s.id WHERE s.office = $1"
        " AND c.step = (SELECT max(d.step) FROM chain d"
        " WHERE d.submission = s.id) AND c.state <> 'finished' AND " LEDGER_IN_FORCE
        " AND ($2 = '' OR (s.rt = $2 AND c.state = 'waiting_rt'))"
        " ORDER BY c.at, s.id LIMIT $3",
        values, 3);
}

struct rows *
ledger_filed_history(struct db *db, const char *id)
{
    struct value values[] = {value_text(id)};
    return ledger_ask_one(db,
                          "SELECT at, was, state, deed, role, actor, reason, mend FROM chain"
                          " WHERE submission = $1 AND step > (SELECT max(c.step) FROM chain c"
                          " WHERE c.submission = $1) - 100 ORDER BY step",
                          values, 1);
}

struct rows *
ledger_deeds_of(struct db *db, const char *officer)
{
    struct value values[] = {value_text(officer)};
    return ledger_ask_one(db,
                          "SELECT s.code, s.service, c.deed, c.at FROM chain c"
                          " JOIN submissions s ON s.id = c.submission WHERE c.actor = $1"
                          " ORDER BY c.at DESC LIMIT 5",
                          values, 1);
}

enum ledger_result
ledger_code_of_ticket(struct db *db, const char *letter, int64_t number, const char *kelurahan,
                      char code[10])
{
    struct value values[] = {value_text(letter), value_int(number), value_text(kelurahan)};
    struct rows *rows =
        ledger_ask_one(db,
                       "SELECT s.code FROM tickets t JOIN submissions s ON s.kiosk = t.kiosk"
                       " AND s.request = t.uuid WHERE t.letter = $1 AND t.number = $2"
                       " AND s.office = $3 ORDER BY t.day DESC, t.issued_at DESC LIMIT 1",
                       values, 3);
    if (rows && rows_count(rows) == 1) {
        snprintf(code, 10, "%s", rows_text(rows, 0, 0));
    }
    return ledger_found(rows);
}
