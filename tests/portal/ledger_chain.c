/* Where requests stand, and how they came there. */
#include <stdio.h>
#include <string.h>

#include "chain.h"
#include "ledger_parts.h"

int64_t
ledger_step_insert(struct session *session, const struct chain_step *step)
{
    struct value values[] = {value_text(step->submission),
                             value_int(step->after),
                             value_int(step->at),
                             value_text(step->move->from),
                             value_text(step->move->to),
                             value_text(step->move->deed),
                             value_text(role_name(step->move->role)),
                             value_text(step->actor),
                             value_text(step->reason),
                             value_text(step->mend)};
    return session_run(session,
                       "INSERT INTO chain (submission, step, at, was, state, deed, role, actor,"
                       " reason, mend) SELECT CAST($1 AS TEXT), CAST($2 AS BIGINT) + 1,"
                       " CAST($3 AS BIGINT), CAST($4 AS TEXT), CAST($5 AS TEXT), CAST($6 AS TEXT),"
                       " CAST($7 AS TEXT), CAST($8 AS TEXT), CAST($9 AS TEXT), CAST($10 AS TEXT)"
                       " WHERE (SELECT coalesce(max(c.step), 0) FROM chain c"
                       " WHERE c.submission = $1) = $2 ON CONFLICT (submission, step) DO NOTHING",
                       values, sizeof values / sizeof *values);
}

bool
ledger_chain_begin(struct session *session, const struct submission *submission)
{
    static const struct chain_move receive = {.from = "", .deed = "receive", .to = "sent"};
    struct chain_step step = {.submission = submission->id,
                              .move = &receive,
                              .actor = "",
                              .reason = "",
                              .mend = "",
                              .at = submission->received_at};
    if (ledger_step_insert(session, &step) != 1) {
        return false;
    }
    step.after = 1;
    step.move = submission->next;
    return !step.move || ledger_step_insert(session, &step) == 1;
}

enum ledger_result
ledger_step_add(struct db *db, const struct chain_step *step)
{
    struct session *session = session_begin(db);
    if (!session) {
        return LEDGER_FAILED;
    }
    int64_t changed = ledger_step_insert(session, step);
    return ledger_close_with(session, changed < 0    ? LEDGER_FAILED
                                      : changed == 0 ? LEDGER_TAKEN
                                                     : LEDGER_DONE);
}

enum ledger_result
ledger_status_find(struct db *db, const char *code, const char *fact, struct status *status)
{
    struct value values[] = {value_text(code), value_text(fact)};
    struct rows *rows =
        ledger_ask_one(db,
                       "SELECT c.state, s.service, c.reason, c.mend, c.deed, c.at"
                       " FROM submissions s"
                       " JOIN chain c ON c.submission = s.id WHERE s.code = $1 AND " LEDGER_IN_FORCE
                       " AND ((s.fact_nik = '' AND s.fact_phone = '')"
                       " OR ($2 <> '' AND (s.fact_nik = $2 OR s.fact_phone = $2)))"
                       " ORDER BY c.step DESC LIMIT 1",
                       values, 2);
    if (rows && rows_count(rows) == 1) {
        bool told = chain_tells(rows_text(rows, 0, 4));
        snprintf(status->state, sizeof status->state, "%s", rows_text(rows, 0, 0));
        snprintf(status->service, sizeof status->service, "%s", rows_text(rows, 0, 1));
        snprintf(status->reason, sizeof status->reason, "%s", told ? rows_text(rows, 0, 2) : "");
        snprintf(status->mend, sizeof status->mend, "%s", rows_text(rows, 0, 3));
        status->since = rows_int(rows, 0, 5);
    }
    return ledger_found(rows);
}
