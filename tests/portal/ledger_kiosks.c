/* Codes, kiosks and how they are. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/id.h"
#include "base/json.h"
#include "base/text.h"

#include "ledger_parts.h"

/* As it is kept: what has a code's shape is the same code in small letters and without its dash;
 * an operator's own word is as it was written. */
static const char *
as_kept(const char *code, char out[CODE_TEXT])
{
    return code_parse(code, out) ? out : code;
}

enum ledger_result
ledger_code_issue(struct db *db, const char *code, const char *kiosk, uint32_t number,
                  int64_t expires)
{
    char kept[CODE_TEXT];
    struct value values[] = {value_text(as_kept(code, kept)), value_text(kiosk), value_int(number),
                             value_int(expires)};
    return ledger_run_one(db,
                          "INSERT INTO codes (code, kiosk, number, expires) VALUES ($1, $2, $3, $4)"
                          " ON CONFLICT (code) DO NOTHING",
                          values, 4);
}

static enum ledger_result
use_code(struct session *session, const char *code, const uint8_t *user, int64_t now, char *kiosk,
         uint32_t *number)
{
    char kept[CODE_TEXT];
    struct value values[] = {value_text(as_kept(code, kept)), value_bytes(user, HASH),
                             value_int(now)};
    struct rows *rows = session_ask(session,
                                    "UPDATE codes SET used_by = $2 WHERE code = $1 AND"
                                    " expires > $3 AND (used_by IS NULL OR used_by = $2)"
                                    " RETURNING kiosk, number",
                                    values, 3);
    if (!rows) {
        return LEDGER_FAILED;
    }
    bool one = rows_count(rows) == 1;
    if (one) {
        snprintf(kiosk, 33, "%s", rows_text(rows, 0, 0));
        *number = (uint32_t)rows_int(rows, 0, 1);
    }
    rows_destroy(rows);
    return one ? LEDGER_DONE : LEDGER_NONE;
}

enum ledger_result
ledger_code_use(struct db *db, const char *code, const uint8_t user[HASH], int64_t now,
                char kiosk[33], uint32_t *number)
{
    struct session *session = session_begin(db);
    return session ? ledger_close_with(session, use_code(session, code, user, now, kiosk, number))
                   : LEDGER_FAILED;
}

enum ledger_result
ledger_kiosk_enrol(struct db *db, const char *kiosk, uint32_t number,
                   const uint8_t sign_key[SIGN_PUBLIC], const uint8_t key_hash[HASH], int64_t now)
{
    struct value values[] = {value_text(kiosk), value_int(number),
                             value_bytes(sign_key, SIGN_PUBLIC), value_bytes(key_hash, HASH),
                             value_int(now)};
    return ledger_run_one(
        db,
        "INSERT INTO kiosks (kiosk, number, sign_key, key_hash, revoked, enrolled_at)"
        " VALUES ($1, $2, $3, $4, 0, $5) ON CONFLICT (kiosk) DO UPDATE SET"
        " number = excluded.number, sign_key = excluded.sign_key,"
        " key_hash = excluded.key_hash, revoked = 0, enrolled_at = excluded.enrolled_at",
        values, 5);
}

enum ledger_result
ledger_kiosk_check(struct db *db, const char *kiosk, const uint8_t key_hash[HASH])
{
    struct value values[] = {value_text(kiosk), value_bytes(key_hash, HASH)};
    return ledger_found(ledger_ask_one(
        db, "SELECT 1 FROM kiosks WHERE kiosk = $1 AND key_hash = $2 AND revoked = 0", values, 2));
}

enum ledger_result
ledger_kiosk_revoke(struct db *db, const char *kiosk)
{
    struct value values[] = {value_text(kiosk)};
    return ledger_run_one(db, "UPDATE kiosks SET revoked = 1 WHERE kiosk = $1", values, 1);
}

enum ledger_result
ledger_kiosk_by_number(struct db *db, uint32_t number, char kiosk[33],
                       uint8_t sign_key[SIGN_PUBLIC])
{
    struct value values[] = {value_int(number)};
    struct rows *rows =
        ledger_ask_one(db, "SELECT kiosk, sign_key FROM kiosks WHERE number = $1", values, 1);
    size_t len = 0;
    const uint8_t *key = rows && rows_count(rows) ? rows_bytes(rows, 0, 1, &len) : NULL;
    if (key && len == SIGN_PUBLIC) {
        snprintf(kiosk, 33, "%s", rows_text(rows, 0, 0));
        memcpy(sign_key, key, SIGN_PUBLIC);
    }
    return ledger_found(rows);
}

char *
ledger_kiosk_keys(struct db *db)
{
    struct rows *rows = ledger_ask_one(
        db, "SELECT number, kiosk, sign_key FROM kiosks WHERE revoked = 0 ORDER BY number", NULL,
        0);
    size_t count = rows ? rows_count(rows) : 0, room = 32 + count * (160 + 2 * SIGN_PUBLIC);
    char *all = rows ? malloc(room) : NULL;
    if (all) {
        struct text text = text_over(all, room);
        text_add(&text, "{\"kiosks\":[");
        for (size_t i = 0; i < count; i++) {
            char hex[2 * SIGN_PUBLIC + 1];
            size_t len = 0;
            const uint8_t *key = rows_bytes(rows, i, 2, &len);
            hex_of(key, SIGN_PUBLIC, hex);
            text_addf(&text, "%s{\"number\":%lld,\"kiosk\":", i > 0 ? "," : "",
                      (long long)rows_int(rows, i, 0));
            json_write_text(&text, rows_text(rows, i, 1));
            text_addf(&text, ",\"key\":\"%s\"}", hex);
        }
        text_add(&text, "]}");
    }
    rows_destroy(rows);
    return all;
}

/* Counted first, then read: of two portals on one database neither gives a number twice. */
enum ledger_result
ledger_bundle_number(struct db *db, const char *content, int64_t least, int64_t now, int64_t renew,
                     int64_t *version, int64_t *issued)
{
    struct value values[] = {value_int(least), value_text(content), value_int(now),
                             value_int(renew)};
    enum ledger_result noted = ledger_run_one(
        db,
        "INSERT INTO bundles (name, version, content, issued) VALUES ('catalogue', $1, $2, $3)"
        " ON CONFLICT (name) DO UPDATE SET version = CASE WHEN bundles.version >="
        " excluded.version THEN bundles.version + 1 ELSE excluded.version END,"
        " content = excluded.content, issued = excluded.issued"
        " WHERE bundles.content <> excluded.content OR bundles.issued <= $4",
        values, 4);
    struct rows *rows =
        noted == LEDGER_FAILED
            ? NULL
            : ledger_ask_one(db, "SELECT version, issued FROM bundles WHERE name = 'catalogue'",
                             NULL, 0);
    if (rows && rows_count(rows) == 1) {
        *version = rows_int(rows, 0, 0);
        *issued = rows_int(rows, 0, 1);
    }
    return ledger_found(rows);
}

enum ledger_result
ledger_heartbeat(struct db *db, const char *kiosk, int64_t now, const char *body)
{
    struct value values[] = {value_text(kiosk), value_int(now), value_text(body)};
    return ledger_run_one(
        db,
        "INSERT INTO heartbeats (kiosk, at, body) VALUES ($1, $2, $3)"
        " ON CONFLICT (kiosk) DO UPDATE SET at = excluded.at, body = excluded.body",
        values, 3);
}
