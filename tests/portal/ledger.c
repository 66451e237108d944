#include "ledger.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "db.h"
#include "ledger_parts.h"
#include "photos.h"

static const char *const tables[] = {
    "CREATE TABLE IF NOT EXISTS codes (code TEXT PRIMARY KEY, kiosk TEXT NOT NULL,"
    " number BIGINT NOT NULL, expires BIGINT NOT NULL, used_by BYTEA)",
    "CREATE TABLE IF NOT EXISTS kiosks (kiosk TEXT PRIMARY KEY, number BIGINT NOT NULL UNIQUE,"
    " sign_key BYTEA NOT NULL, key_hash BYTEA NOT NULL, revoked BIGINT NOT NULL,"
    " enrolled_at BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS bundles (name TEXT PRIMARY KEY, version BIGINT NOT NULL,"
    " content TEXT NOT NULL, issued BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS heartbeats (kiosk TEXT PRIMARY KEY, at BIGINT NOT NULL,"
    " body TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS submissions (id TEXT PRIMARY KEY, sha256 BYTEA NOT NULL,"
    " kiosk TEXT NOT NULL, seq BIGINT NOT NULL, request TEXT NOT NULL, code TEXT NOT NULL,"
    " service TEXT NOT NULL,"
    " office TEXT NOT NULL, language TEXT NOT NULL, notice TEXT NOT NULL,"
    " filled_by TEXT NOT NULL, catalogue_version BIGINT NOT NULL, written_at BIGINT NOT NULL,"
    " received_at BIGINT NOT NULL, fact_nik TEXT NOT NULL, fact_phone TEXT NOT NULL,"
    " rt TEXT NOT NULL, answers TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS submissions_by_code ON submissions (code)",
    "CREATE INDEX IF NOT EXISTS submissions_by_request ON submissions (request)",
    "CREATE INDEX IF NOT EXISTS submissions_by_office ON submissions (office)",
    "CREATE TABLE IF NOT EXISTS chain (submission TEXT NOT NULL REFERENCES submissions (id),"
    " step BIGINT NOT NULL, at BIGINT NOT NULL, was TEXT NOT NULL, state TEXT NOT NULL,"
    " deed TEXT NOT NULL, role TEXT NOT NULL, actor TEXT NOT NULL, reason TEXT NOT NULL,"
    " mend TEXT NOT NULL, PRIMARY KEY (submission, step))",
    "CREATE TABLE IF NOT EXISTS mendings (id TEXT PRIMARY KEY, sha256 BYTEA NOT NULL,"
    " kiosk TEXT NOT NULL, seq BIGINT NOT NULL, submission TEXT NOT NULL REFERENCES submissions"
    " (id), received_at BIGINT NOT NULL, answers_before TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS texts (service TEXT NOT NULL, question TEXT NOT NULL,"
    " version TEXT NOT NULL, language TEXT NOT NULL, sha256 TEXT NOT NULL, text TEXT NOT NULL,"
    " PRIMARY KEY (service, question, version, language, sha256))",
    "CREATE TABLE IF NOT EXISTS consents (document TEXT NOT NULL, question TEXT NOT NULL,"
    " row BIGINT NOT NULL, version TEXT NOT NULL, sha256 TEXT NOT NULL, language TEXT NOT NULL,"
    " given TEXT NOT NULL, PRIMARY KEY (document, question, row))",
    "CREATE TABLE IF NOT EXISTS uploads (pass BYTEA PRIMARY KEY, kiosk TEXT NOT NULL,"
    " request TEXT NOT NULL, most BIGINT NOT NULL, open_until BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS photos (id TEXT PRIMARY KEY, kiosk TEXT NOT NULL,"
    " request TEXT NOT NULL, type TEXT NOT NULL, size BIGINT NOT NULL, received BIGINT NOT NULL,"
    " begun_at BIGINT NOT NULL, done_at BIGINT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS photos_by_request ON photos (request)",
    "CREATE TABLE IF NOT EXISTS photo_parts (photo TEXT NOT NULL, begins BIGINT NOT NULL,"
    " bytes BYTEA NOT NULL, PRIMARY KEY (photo, begins))",
    "CREATE TABLE IF NOT EXISTS refusals (id TEXT NOT NULL, sha256 BYTEA NOT NULL,"
    " kiosk TEXT NOT NULL, seq BIGINT NOT NULL, reason TEXT NOT NULL, envelope BYTEA NOT NULL,"
    " received_at BIGINT NOT NULL, PRIMARY KEY (id, sha256))",
    "CREATE TABLE IF NOT EXISTS tickets (uuid TEXT PRIMARY KEY, kiosk TEXT NOT NULL,"
    " letter TEXT NOT NULL, number BIGINT NOT NULL, day TEXT NOT NULL, issued_at BIGINT NOT NULL,"
    " state TEXT NOT NULL, print TEXT NOT NULL, priority BIGINT NOT NULL, service TEXT NOT NULL,"
    " mirrored_at BIGINT NOT NULL)",
    // UNIQUE takes any number of NULLs: who cancels gives the seat back.
    "CREATE TABLE IF NOT EXISTS bookings (code TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
    " office TEXT NOT NULL, day TEXT NOT NULL, minute BIGINT NOT NULL, letter TEXT NOT NULL,"
    " seat BIGINT, service TEXT NOT NULL, made_at BIGINT NOT NULL, kiosk TEXT NOT NULL,"
    " redeemed_at BIGINT NOT NULL, UNIQUE (office, day, minute, letter, seat))",
    "CREATE TABLE IF NOT EXISTS tallies (kiosk TEXT NOT NULL, day TEXT NOT NULL,"
    " name TEXT NOT NULL, count BIGINT NOT NULL, PRIMARY KEY (kiosk, day, name))",
    "CREATE TABLE IF NOT EXISTS officers (name TEXT PRIMARY KEY, role TEXT NOT NULL,"
    " kelurahan TEXT NOT NULL, rt TEXT NOT NULL, password TEXT NOT NULL, enabled BIGINT NOT NULL,"
    " made_at BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS sessions (token BYTEA PRIMARY KEY,"
    " officer TEXT NOT NULL REFERENCES officers (name), made_at BIGINT NOT NULL,"
    " seen_at BIGINT NOT NULL)",
};

enum ledger_result
ledger_close_with(struct session *session, enum ledger_result result)
{
    if (result == LEDGER_FAILED) {
        session_abort(session);
        return LEDGER_FAILED;
    }
    return session_commit(session) ? result : LEDGER_FAILED;
}

enum ledger_result
ledger_run_one(struct db *db, const char *sql, const struct value *values, size_t count)
{
    struct session *session = session_begin(db);
    if (!session) {
        return LEDGER_FAILED;
    }
    int64_t changed = session_run(session, sql, values, count);
    return ledger_close_with(session, changed < 0    ? LEDGER_FAILED
                                      : changed == 0 ? LEDGER_NONE
                                                     : LEDGER_DONE);
}

struct rows *
ledger_ask_one(struct db *db, const char *sql, const struct value *values, size_t count)
{
    struct session *session = session_begin(db);
    if (!session) {
        return NULL;
    }
    struct rows *rows = session_ask(session, sql, values, count);
    ledger_close_with(session, rows ? LEDGER_DONE : LEDGER_FAILED);
    return rows;
}

enum ledger_result
ledger_found(struct rows *rows)
{
    enum ledger_result result = !rows              ? LEDGER_FAILED
                                : rows_count(rows) ? LEDGER_DONE
                                                   : LEDGER_NONE;
    rows_destroy(rows);
    return result;
}

enum ledger_result
ledger_prepare(struct db *db)
{
    struct session *session = session_begin(db);
    if (!session) {
        return LEDGER_FAILED;
    }
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        if (session_run(session, tables[i], NULL, 0) < 0) {
            return ledger_close_with(session, LEDGER_FAILED);
        }
    }
    return ledger_close_with(session, LEDGER_DONE);
}

bool
ledger_answers(struct db *db)
{
    return ledger_found(ledger_ask_one(db, "SELECT count(*) FROM kiosks", NULL, 0)) == LEDGER_DONE;
}

/* --- submissions ------------------------------------------------------------------------ */

/* The row of that id against what came. */
static enum ledger_result
compare(struct session *session, const char *id, const uint8_t *sha256, const char *kiosk,
        int64_t seq)
{
    struct value values[] = {value_text(id)};
    struct rows *rows =
        session_ask(session,
                    "SELECT sha256, kiosk, seq FROM submissions WHERE id = $1"
                    " UNION ALL SELECT sha256, kiosk, seq FROM mendings WHERE id = $1",
                    values, 1);
    if (!rows) {
        return LEDGER_FAILED;
    }
    enum ledger_result result = LEDGER_NONE;
    if (rows_count(rows) == 1) {
        size_t len = 0;
        const uint8_t *held = rows_bytes(rows, 0, 0, &len);
        bool equal = len == HASH && memcmp(held, sha256, HASH) == 0 &&
                     strcmp(rows_text(rows, 0, 1), kiosk) == 0 && rows_int(rows, 0, 2) == seq;
        result = equal ? LEDGER_HELD : LEDGER_TAKEN;
    }
    rows_destroy(rows);
    return result;
}

static int64_t
insert_submission(struct session *session, const struct submission *s)
{
    struct value values[] = {value_text(s->id),        value_bytes(s->sha256, HASH),
                             value_text(s->kiosk),     value_int(s->seq),
                             value_text(s->request),   value_text(s->code),
                             value_text(s->service),   value_text(s->office),
                             value_text(s->language),  value_text(s->notice),
                             value_text(s->filled_by), value_int(s->catalogue_version),
                             value_int(s->written_at), value_int(s->received_at),
                             value_text(s->fact_nik),  value_text(s->fact_phone),
                             value_text(s->rt),        value_text(s->answers)};
    return session_run(
        session,
        "INSERT INTO submissions (id, sha256, kiosk, seq, request, code, service, office,"
        " language, notice, filled_by, catalogue_version, written_at, received_at,"
        " fact_nik, fact_phone, rt, answers) VALUES ($1, $2, $3, $4, $5, $6, $7, $8,"
        " $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) ON CONFLICT (id) DO NOTHING",
        values, sizeof values / sizeof *values);
}

enum ledger_result
ledger_submission_keep(struct db *db, const struct submission *submission)
{
    struct session *session = session_begin(db);
    if (!session) {
        return LEDGER_FAILED;
    }
    int64_t changed = insert_submission(session, submission);
    if (changed == 1) {
        bool good = ledger_chain_begin(session, submission) &&
                    ledger_consents_add(session, submission->id, submission->consents,
                                        submission->consent_count) &&
                    ledger_upload_open(session, submission);
        return ledger_close_with(session, good ? LEDGER_DONE : LEDGER_FAILED);
    }
    return ledger_close_with(session, changed < 0
                                          ? LEDGER_FAILED
                                          : compare(session, submission->id, submission->sha256,
                                                    submission->kiosk, submission->seq));
}

enum ledger_result
ledger_submission_find(struct db *db, const char *id, const uint8_t sha256[HASH], const char *kiosk,
                       int64_t seq)
{
    struct session *session = session_begin(db);
    return session ? ledger_close_with(session, compare(session, id, sha256, kiosk, seq))
                   : LEDGER_FAILED;
}

enum ledger_result
ledger_submission_exists(struct db *db, const char *id)
{
    struct value values[] = {value_text(id)};
    return ledger_found(ledger_ask_one(db, "SELECT 1 FROM submissions WHERE id = $1", values, 1));
}

enum ledger_result
ledger_refusal_keep(struct db *db, const char *id, const uint8_t sha256[HASH], const char *kiosk,
                    int64_t seq, const char *reason, const uint8_t *envelope, size_t len,
                    int64_t now)
{
    struct value values[] = {value_text(id), value_bytes(sha256, HASH), value_text(kiosk),
                             value_int(seq), value_text(reason),        value_bytes(envelope, len),
                             value_int(now)};
    enum ledger_result result = ledger_run_one(
        db,
        "INSERT INTO refusals (id, sha256, kiosk, seq, reason, envelope, received_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id, sha256) DO NOTHING",
        values, 7);
    return result == LEDGER_NONE ? LEDGER_HELD : result;
}

/* --- tickets ---------------------------------------------------------------------------------- */

static int64_t
keep_ticket(struct session *session, const char *kiosk, const struct ticket_row *row, int64_t now)
{
    struct value values[] = {
        value_text(row->uuid),    value_text(kiosk),      value_text(row->letter),
        value_int(row->number),   value_text(row->day),   value_int(row->issued_at),
        value_text(row->state),   value_text(row->print), value_int(row->priority),
        value_text(row->service), value_int(now)};
    return session_run(session,
                       "INSERT INTO tickets (uuid, kiosk, letter, number, day, issued_at, state,"
                       " print, priority, service, mirrored_at)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
                       " ON CONFLICT (uuid) DO UPDATE SET state = excluded.state,"
                       " print = excluded.print, mirrored_at = excluded.mirrored_at"
                       " WHERE tickets.kiosk = excluded.kiosk",
                       values, sizeof values / sizeof *values);
}

enum ledger_result
ledger_tickets_keep(struct db *db, const char *kiosk, const struct ticket_row *rows, size_t count,
                    int64_t now)
{
    struct session *session = session_begin(db);
    if (!session) {
        return LEDGER_FAILED;
    }
    for (size_t i = 0; i < count; i++) {
        int64_t changed = keep_ticket(session, kiosk, &rows[i], now);
        if (changed != 1) {
            session_abort(session);
            return changed < 0 ? LEDGER_FAILED : LEDGER_TAKEN;
        }
    }
    return ledger_close_with(session, LEDGER_DONE);
}

enum ledger_result
ledger_ticket_find(struct db *db, const char *kiosk, const char *letter, int64_t number,
                   const char *day)
{
    struct value values[] = {value_text(kiosk), value_text(letter), value_int(number),
                             value_text(day)};
    return ledger_found(
        ledger_ask_one(db,
                       "SELECT 1 FROM tickets WHERE kiosk = $1 AND letter = $2 AND number = $3"
                       " AND day = $4",
                       values, 4));
}

/* --- tallies -------------------------------------------------------------------------------- */

enum ledger_result
ledger_tallies_keep(struct db *db, const char *kiosk, const char *day,
                    const struct tally_number *numbers, size_t count)
{
    struct value values[] = {value_text(kiosk), value_text(day), value_text(""), value_int(0)};
    struct session *session = session_begin(db);
    bool good = session && session_run(session, "DELETE FROM tallies WHERE kiosk = $1 AND day = $2",
                                       values, 2) >= 0;
    for (size_t i = 0; good && i < count; i++) {
        values[2] = value_text(numbers[i].name);
        values[3] = value_int(numbers[i].count);
        good = session_run(session,
                           "INSERT INTO tallies (kiosk, day, name, count) VALUES ($1, $2, $3, $4)",
                           values, 4) == 1;
    }
    return session ? ledger_close_with(session, good ? LEDGER_DONE : LEDGER_FAILED) : LEDGER_FAILED;
}

struct rows *
ledger_tallies_of(struct db *db, const char *kelurahan, const char *month)
{
    char kiosks[24], days[24];
    snprintf(kiosks, sizeof kiosks, "%.10s-%%", kelurahan); // digits and dashes: no wildcard
    snprintf(days, sizeof days, "%.7s-%%", month);
    struct value values[] = {value_text(kiosks), value_text(days)};
    return ledger_ask_one(
        db,
        "SELECT day, name, CAST(SUM(count) AS BIGINT) FROM tallies"
        " WHERE kiosk LIKE $1 AND day LIKE $2 GROUP BY day, name ORDER BY day, name",
        values, 2);
}

enum ledger_result
ledger_code_find(struct db *db, const char *kiosk, const char *code)
{
    struct value values[] = {value_text(kiosk), value_text(code)};
    return ledger_found(
        ledger_ask_one(db, "SELECT 1 FROM submissions WHERE kiosk = $1 AND code = $2", values, 2));
}
