/* What the ledger's files share. */
#pragma once
#include "db.h"
#include "ledger.h"

/* Ends the transaction; what failed half-way leaves nothing. */
enum ledger_result ledger_close_with(struct session *session, enum ledger_result result);
/* A transaction of one statement: DONE if it touched a row, else NONE. */
enum ledger_result ledger_run_one(struct db *db, const char *sql, const struct value *values,
                                  size_t count);
/* A question of one statement; NULL is a failure, the rows are the caller's. */
struct rows *ledger_ask_one(struct db *db, const char *sql, const struct value *values,
                            size_t count);
/* DONE when there are rows; destroys them. */
enum ledger_result ledger_found(struct rows *rows);
