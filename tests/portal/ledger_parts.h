/* What the ledger's files share. */
#pragma once
#include "db.h"
#include "ledger.h"

/* Of the row `s` of submissions: no later wording of its request is here. */
#define LEDGER_IN_FORCE                                                               \
    "NOT EXISTS (SELECT 1 FROM submissions l WHERE l.request = s.request AND l.kiosk" \
    " = s.kiosk AND l.seq > s.seq)"

/* Ends the transaction; what failed half-way leaves nothing. */
enum ledger_result ledger_close_with(struct session *session, enum ledger_result result);
/* A transaction of one statement: DONE if it touched a row, else NONE. */
enum ledger_result ledger_run_one(struct db *db, const char *sql, const struct value *values,
                                  size_t count);
/* A question of one statement; NULL is a failure, the rows are the caller's. */
struct rows *ledger_ask_one(struct db *db, const char *sql, const struct value *values,
                            size_t count);
/* The first steps of a new request; false: the database (logged). */
bool ledger_chain_begin(struct session *session, const struct submission *submission);
/* Inside a transaction; 1, or 0 when another step was quicker, below 0 a fault (logged). */
int64_t ledger_step_insert(struct session *session, const struct chain_step *step);
/* In the transaction of its document; false: the database (logged). */
bool ledger_consents_add(struct session *session, const char *document,
                         const struct consent_row *rows, size_t count);
/* DONE when there are rows; destroys them. */
enum ledger_result ledger_found(struct rows *rows);
