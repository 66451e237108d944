/* Requests that were sent back, and the answers that came anew. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chain.h"
#include "ledger_parts.h"

enum ledger_result
ledger_sent_back_find(struct db *db, const char *code, const char *fact, struct sent_back *back)
{
    struct value values[] = {value_text(code), value_text(fact)};
    *back = (struct sent_back){.step = 0};
    struct rows *rows =
        ledger_ask_one(db,
                       "SELECT s.id, s.service, c.step, s.answers, c.mend FROM submissions s"
                       " JOIN chain c ON c.submission = s.id WHERE s.code = $1 AND " LEDGER_IN_FORCE
                       " AND ((s.fact_nik = '' AND s.fact_phone = '')"
                       " OR ($2 <> '' AND (s.fact_nik = $2 OR s.fact_phone = $2)))"
                       " AND c.step = (SELECT max(d.step) FROM chain d WHERE d.submission = s.id)"
                       " AND c.state = 'mend'",
                       values, 2);
    if (rows && rows_count(rows) == 1) {
        snprintf(back->submission, sizeof back->submission, "%s", rows_text(rows, 0, 0));
        snprintf(back->service, sizeof back->service, "%s", rows_text(rows, 0, 1));
        back->step = rows_int(rows, 0, 2);
        back->answers = strdup(rows_text(rows, 0, 3));
        back->mend = strdup(rows_text(rows, 0, 4));
    }
    enum ledger_result result = ledger_found(rows);
    return result == LEDGER_DONE && (!back->answers || !back->mend) ? LEDGER_FAILED : result;
}

void
sent_back_free(struct sent_back *back)
{
    free(back->answers);
    free(back->mend);
    back->answers = back->mend = NULL;
}

static bool
insert(struct session *session, const struct mended *mended)
{
    struct value values[] = {value_text(mended->id),
                             value_bytes(mended->sha256, HASH),
                             value_text(mended->kiosk),
                             value_int(mended->seq),
                             value_text(mended->back->submission),
                             value_int(mended->received_at),
                             value_text(mended->back->answers)};
    return session_run(session,
                       "INSERT INTO mendings (id, sha256, kiosk, seq, submission, received_at,"
                       " answers_before) VALUES ($1, $2, $3, $4, $5, $6, $7)"
                       " ON CONFLICT (id) DO NOTHING",
                       values, sizeof values / sizeof *values) == 1;
}

static bool
update(struct session *session, const struct mended *mended)
{
    struct value values[] = {value_text(mended->back->submission), value_text(mended->answers)};
    return session_run(session, "UPDATE submissions SET answers = $2 WHERE id = $1", values, 2) ==
           1;
}

enum ledger_result
ledger_mending_keep(struct db *db, const struct mended *mended)
{
    struct session *session = session_begin(db);
    struct chain_step step = {.submission = mended->back->submission,
                              .after = mended->back->step,
                              .move = chain_find("mend", "resubmit", ROLE_PORTAL, NULL),
                              .actor = "",
                              .reason = "",
                              .mend = "",
                              .at = mended->received_at};
    if (!session) {
        return LEDGER_FAILED;
    }
    if (!insert(session, mended) || !update(session, mended) ||
        !ledger_consents_add(session, mended->id, mended->consents, mended->consent_count)) {
        return ledger_close_with(session, LEDGER_FAILED);
    }
    int64_t moved = ledger_step_insert(session, &step);
    if (moved == 0) {
        session_abort(session);
        return LEDGER_TAKEN;
    }
    return ledger_close_with(session, moved < 0 ? LEDGER_FAILED : LEDGER_DONE);
}
