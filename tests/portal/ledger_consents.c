/* The texts that were ever handed out, and what was said to them. */
#include <stdio.h>

#include "ledger_parts.h"

enum ledger_result
ledger_texts_keep(struct db *db, const struct text_row *rows, size_t count)
{
    struct session *session = session_begin(db);
    bool good = session != NULL;
    for (size_t i = 0; i < count && good; i++) {
        const struct text_row *row = &rows[i];
        struct value values[] = {value_text(row->service), value_text(row->question),
                                 value_text(row->version), value_text(row->language),
                                 value_text(row->sha256),  value_text(row->text)};
        good = session_run(session,
                           "INSERT INTO texts (service, question, version, language, sha256, text)"
                           " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
                           values, sizeof values / sizeof *values) >= 0;
    }
    return session ? ledger_close_with(session, good ? LEDGER_DONE : LEDGER_FAILED) : LEDGER_FAILED;
}

enum ledger_result
ledger_text_find(struct db *db, const struct text_row *row)
{
    struct value values[] = {value_text(row->service), value_text(row->question),
                             value_text(row->version), value_text(row->language),
                             value_text(row->sha256)};
    return ledger_found(ledger_ask_one(db,
                                       "SELECT 1 FROM texts WHERE service = $1 AND question = $2"
                                       " AND version = $3 AND language = $4 AND sha256 = $5",
                                       values, sizeof values / sizeof *values));
}

bool
ledger_consents_add(struct session *session, const char *document, const struct consent_row *rows,
                    size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct consent_row *row = &rows[i];
        struct value values[] = {value_text(document),    value_text(row->question),
                                 value_int(row->row),     value_text(row->version),
                                 value_text(row->sha256), value_text(row->language),
                                 value_text(row->given)};
        if (session_run(session,
                        "INSERT INTO consents (document, question, row, version, sha256, language,"
                        " given) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                        values, sizeof values / sizeof *values) != 1) {
            return false;
        }
    }
    return true;
}
