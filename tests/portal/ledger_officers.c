/* Accounts and sessions. */
#include <stdio.h>
#include <string.h>

#include "form/check.h"
#include "ledger_parts.h"
#include "base/text.h"
#include "officers.h"

static bool
is_account(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789.-";
    size_t len = strlen(name);
    return len >= 2 && len <= 32 && strspn(name, letters) == len;
}

bool
officer_read(const char *const words[4], struct officer *officer)
{
    *officer = (struct officer){.enabled = true};
    if (!is_account(words[0]) || !role_parse(words[1], &officer->role) || strlen(words[2]) != 10 ||
        !text_is_digits(words[2])) {
        return false;
    }
    snprintf(officer->name, sizeof officer->name, "%s", words[0]);
    snprintf(officer->kelurahan, sizeof officer->kelurahan, "%s", words[2]);
    if (officer->role == ROLE_RT) {
        return check_rt(words[3], officer->rt) == PROBLEM_NONE;
    }
    return !*words[3] || strcmp(words[3], "-") == 0;
}

static int64_t
end_sessions(struct session *session, const char *name)
{
    struct value values[] = {value_text(name)};
    return session_run(session, "DELETE FROM sessions WHERE officer = $1", values, 1);
}

enum ledger_result
ledger_officer_keep(struct db *db, const struct officer *officer, const char *hash, int64_t now)
{
    struct value values[] = {value_text(officer->name),
                             value_text(role_name(officer->role)),
                             value_text(officer->kelurahan),
                             value_text(officer->rt),
                             value_text(hash),
                             value_int(now)};
    struct session *session = session_begin(db);
    if (!session) {
        return LEDGER_FAILED;
    }
    int64_t changed =
        session_run(session,
                    "INSERT INTO officers (name, role, kelurahan, rt, password, enabled, made_at)"
                    " VALUES ($1, $2, $3, $4, $5, 1, $6) ON CONFLICT (name) DO UPDATE SET"
                    " role = excluded.role, kelurahan = excluded.kelurahan, rt = excluded.rt,"
                    " password = excluded.password, enabled = 1, made_at = excluded.made_at",
                    values, 6);
    bool good = changed == 1 && end_sessions(session, officer->name) >= 0;
    return ledger_close_with(session, good ? LEDGER_DONE : LEDGER_FAILED);
}

/* The columns name role kelurahan rt enabled of the first row. */
static void
take_officer(const struct rows *rows, struct officer *officer)
{
    *officer = (struct officer){.enabled = rows_int(rows, 0, 4) == 1};
    snprintf(officer->name, sizeof officer->name, "%s", rows_text(rows, 0, 0));
    snprintf(officer->kelurahan, sizeof officer->kelurahan, "%s", rows_text(rows, 0, 2));
    snprintf(officer->rt, sizeof officer->rt, "%s", rows_text(rows, 0, 3));
    if (!role_parse(rows_text(rows, 0, 1), &officer->role)) {
        officer->enabled = false;
    }
}

enum ledger_result
ledger_officer_find(struct db *db, const char *name, struct officer *officer,
                    char hash[PASSWORD_HASH])
{
    struct value values[] = {value_text(name)};
    struct rows *rows = ledger_ask_one(db,
                                       "SELECT name, role, kelurahan, rt, enabled, password"
                                       " FROM officers WHERE name = $1",
                                       values, 1);
    if (rows && rows_count(rows) == 1) {
        take_officer(rows, officer);
        snprintf(hash, PASSWORD_HASH, "%s", rows_text(rows, 0, 5));
    }
    return ledger_found(rows);
}

enum ledger_result
ledger_officer_enable(struct db *db, const char *name, const char *kelurahan, bool enabled)
{
    struct value values[] = {value_text(name), value_text(kelurahan), value_int(enabled)};
    struct session *session = session_begin(db);
    if (!session) {
        return LEDGER_FAILED;
    }
    int64_t changed = session_run(
        session, "UPDATE officers SET enabled = $3 WHERE name = $1 AND kelurahan = $2", values, 3);
    if (changed == 1 && end_sessions(session, name) < 0) {
        changed = -1;
    }
    return ledger_close_with(session, changed < 0    ? LEDGER_FAILED
                                      : changed == 0 ? LEDGER_NONE
                                                     : LEDGER_DONE);
}

struct rows *
ledger_officers(struct db *db, const char *kelurahan)
{
    struct value values[] = {value_text(kelurahan)};
    return ledger_ask_one(db,
                          "SELECT name, role, rt, enabled FROM officers WHERE kelurahan = $1"
                          " ORDER BY role, rt, name LIMIT 500",
                          values, 1);
}

/* --- sessions ------------------------------------------------------------------------------ */

enum ledger_result
ledger_session_begin(struct db *db, const uint8_t token_hash[HASH], const char *officer,
                     int64_t now)
{
    struct value values[] = {value_bytes(token_hash, HASH), value_text(officer), value_int(now)};
    struct value old[] = {value_int(now - SESSION_IDLE_MS), value_int(now - SESSION_WHOLE_MS)};
    struct session *session = session_begin(db);
    if (!session) {
        return LEDGER_FAILED;
    }
    bool good = session_run(session, "DELETE FROM sessions WHERE seen_at <= $1 OR made_at <= $2",
                            old, 2) >= 0 &&
                session_run(session,
                            "INSERT INTO sessions (token, officer, made_at, seen_at)"
                            " VALUES ($1, $2, $3, $3)",
                            values, 3) == 1;
    return ledger_close_with(session, good ? LEDGER_DONE : LEDGER_FAILED);
}

enum ledger_result
ledger_session_find(struct db *db, const uint8_t token_hash[HASH], int64_t now,
                    struct officer *officer)
{
    struct value values[] = {value_bytes(token_hash, HASH), value_int(now),
                             value_int(now - SESSION_IDLE_MS), value_int(now - SESSION_WHOLE_MS)};
    struct session *session = session_begin(db);
    struct rows *rows = NULL;
    if (!session) {
        return LEDGER_FAILED;
    }
    enum ledger_result result = LEDGER_FAILED;
    if (session_run(session,
                    "UPDATE sessions SET seen_at = $2 WHERE token = $1 AND seen_at > $3"
                    " AND made_at > $4",
                    values, 4) >= 0 &&
        (rows = session_ask(session,
                            "SELECT o.name, o.role, o.kelurahan, o.rt, o.enabled FROM sessions s"
                            " JOIN officers o ON o.name = s.officer WHERE s.token = $1"
                            " AND s.seen_at = $2 AND s.made_at > $3",
                            (struct value[]){values[0], values[1], values[3]}, 3))) {
        result = LEDGER_NONE;
        if (rows_count(rows) == 1) {
            take_officer(rows, officer);
            result = officer->enabled ? LEDGER_DONE : LEDGER_NONE;
        }
    }
    rows_destroy(rows);
    return ledger_close_with(session, result);
}

enum ledger_result
ledger_session_end(struct db *db, const uint8_t token_hash[HASH])
{
    struct value values[] = {value_bytes(token_hash, HASH)};
    return ledger_run_one(db, "DELETE FROM sessions WHERE token = $1", values, 1);
}
