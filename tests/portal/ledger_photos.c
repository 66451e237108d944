#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger_parts.h"
#include "officers.h"
#include "photos.h"

enum { ABANDONED_MS = 3600 * 1000 };

bool
ledger_upload_open(struct session *session, const struct submission *submission)
{
    struct value values[] = {
        value_bytes(submission->photos, HASH), value_text(submission->kiosk),
        value_text(submission->request), value_int(submission->photos_most),
        value_int(submission->received_at + (int64_t)PHOTOS_DAYS * 24 * 3600 * 1000)};
    return submission->photos == NULL ||
           session_run(session,
                       "INSERT INTO uploads (pass, kiosk, request, most, open_until)"
                       " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (pass) DO NOTHING",
                       values, sizeof values / sizeof *values) >= 0;
}

enum ledger_result
ledger_upload_find(struct db *db, const uint8_t pass[HASH], int64_t now, struct upload *upload)
{
    struct value values[] = {value_bytes(pass, HASH)};
    *upload = (struct upload){.count = 0};
    struct rows *rows = ledger_ask_one(
        db,
        "SELECT u.kiosk, u.request, s.service, s.language, c.state, u.most, u.open_until,"
        " (SELECT count(*) FROM photos p WHERE p.kiosk = u.kiosk AND p.request = u.request"
        " AND p.done_at > 0) FROM uploads u"
        " JOIN submissions s ON s.request = u.request AND s.kiosk = u.kiosk"
        " JOIN chain c ON c.submission = s.id WHERE u.pass = $1 AND " LEDGER_IN_FORCE
        " AND c.step = (SELECT max(d.step) FROM chain d WHERE d.submission = s.id)",
        values, 1);
    if (rows && rows_count(rows) == 1) {
        snprintf(upload->kiosk, sizeof upload->kiosk, "%s", rows_text(rows, 0, 0));
        snprintf(upload->request, sizeof upload->request, "%s", rows_text(rows, 0, 1));
        snprintf(upload->service, sizeof upload->service, "%s", rows_text(rows, 0, 2));
        snprintf(upload->language, sizeof upload->language, "%s", rows_text(rows, 0, 3));
        upload->most = (int)rows_int(rows, 0, 5);
        upload->count = (int)rows_int(rows, 0, 7);
        upload->open_until = rows_int(rows, 0, 6);
        upload->closed =
            strcmp(rows_text(rows, 0, 4), "finished") == 0 || upload->open_until <= now;
    }
    return ledger_found(rows);
}

static const char add_part[] = "INSERT INTO photo_parts (photo, begins, bytes) VALUES ($1, $2, $3)";

/* --- one part ----------------------------------------------------------------------------- */

/* Its request's own row is held until the end: of two photos for one place one waits here. */
static bool
hold(struct session *session, const struct photo_part *part)
{
    struct value values[] = {value_bytes(part->pass, HASH)};
    return session_run(session, "UPDATE uploads SET most = most WHERE pass = $1", values, 1) == 1;
}

/* What was begun long ago and never ended. */
static bool
clear(struct session *session, const struct photo_part *part)
{
    static const char parts[] =
        "DELETE FROM photo_parts WHERE photo IN (SELECT p.id FROM photos p JOIN uploads u"
        " ON u.kiosk = p.kiosk AND u.request = p.request WHERE u.pass = $1 AND p.done_at = 0"
        " AND p.begun_at < $2)";
    static const char photos[] =
        "DELETE FROM photos WHERE id IN (SELECT p.id FROM photos p JOIN uploads u"
        " ON u.kiosk = p.kiosk AND u.request = p.request WHERE u.pass = $1 AND p.done_at = 0"
        " AND p.begun_at < $2)";
    struct value values[] = {value_bytes(part->pass, HASH), value_int(part->now - ABANDONED_MS)};
    return session_run(session, parts, values, 2) >= 0 &&
           session_run(session, photos, values, 2) >= 0;
}

/* 1, or 0 when there is no place for it, below 0 a fault. */
static int64_t
begin(struct session *session, const struct photo_part *part)
{
    struct value values[] = {value_bytes(part->pass, HASH), value_text(part->id),
                             value_text(part->type), value_int(part->size), value_int(part->now)};
    if (!clear(session, part)) {
        return -1;
    }
    return session_run(session,
                       "INSERT INTO photos (id, kiosk, request, type, size, received, begun_at,"
                       " done_at) SELECT CAST($2 AS TEXT), u.kiosk, u.request,"
                       " CAST($3 AS TEXT), CAST($4 AS BIGINT), 0, CAST($5 AS BIGINT), 0"
                       " FROM uploads u"
                       " WHERE u.pass = $1 AND u.most > (SELECT count(*) FROM photos p"
                       " WHERE p.kiosk = u.kiosk AND p.request = u.request)",
                       values, sizeof values / sizeof *values);
}

static bool
append(struct session *session, const struct photo_part *part)
{
    int64_t end = part->at + (int64_t)part->len;
    struct value values[] = {value_text(part->id), value_int(part->at),
                             value_bytes(part->bytes, part->len)};
    struct value marks[] = {value_text(part->id), value_int(end)};
    return session_run(session, add_part, values, 3) == 1 &&
           session_run(session, "UPDATE photos SET received = $2 WHERE id = $1", marks, 2) == 1;
}

uint8_t *
photo_whole(const struct rows *rows, size_t *size)
{
    size_t len = 0;
    *size = 0;
    for (size_t row = 0; row < rows_count(rows); row++) {
        rows_bytes(rows, row, 1, &len);
        *size += len;
    }
    uint8_t *whole = malloc(*size + 1);
    for (size_t row = 0, at = 0; whole && row < rows_count(rows); row++, at += len) {
        const uint8_t *part = rows_bytes(rows, row, 1, &len);
        memcpy(whole + at, part, len);
    }
    if (whole) {
        whole[*size] = '\0';
    }
    return whole;
}

static bool
forget(struct session *session, const char *id)
{
    struct value values[] = {value_text(id)};
    return session_run(session, "DELETE FROM photo_parts WHERE photo = $1", values, 1) >= 0;
}

/* Its last part is here: what is kept of it takes the parts' place. */
static enum photo_result
finish(struct session *session, const struct photo_part *part)
{
    struct value values[] = {value_text(part->id), value_int(part->now)};
    struct rows *rows = session_ask(session,
                                    "SELECT p.type, q.bytes FROM photos p JOIN photo_parts q"
                                    " ON q.photo = p.id WHERE p.id = $1 ORDER BY q.begins",
                                    values, 1);
    size_t size = 0;
    uint8_t *whole = rows && rows_count(rows) > 0 ? photo_whole(rows, &size) : NULL;
    enum photo_result result = PHOTO_FAILED;
    if (whole && forget(session, part->id)) {
        bool good = photo_clean(rows_text(rows, 0, 0), whole, &size);
        struct value kept[] = {value_text(part->id), value_int(0), value_bytes(whole, size)};
        bool done = good ? session_run(session, add_part, kept, 3) == 1 &&
                               session_run(session, "UPDATE photos SET done_at = $2 WHERE id = $1",
                                           values, 2) == 1
                         : session_run(session, "DELETE FROM photos WHERE id = $1", values, 1) == 1;
        result = !done ? PHOTO_FAILED : good ? PHOTO_WHOLE : PHOTO_NONE;
    }
    free(whole);
    if (rows) {
        rows_destroy(rows);
    }
    return result;
}

/* Where it stands; false: the database. */
static bool
find(struct session *session, const struct photo_part *part, bool *known, int64_t *size,
     int64_t *received)
{
    struct value values[] = {value_text(part->id)};
    struct rows *rows =
        session_ask(session, "SELECT size, received FROM photos WHERE id = $1", values, 1);
    *known = rows && rows_count(rows) == 1;
    *size = *known ? rows_int(rows, 0, 0) : part->size;
    *received = *known ? rows_int(rows, 0, 1) : 0;
    bool good = rows != NULL;
    rows_destroy(rows);
    return good;
}

static enum photo_result
add(struct session *session, const struct photo_part *part, int64_t *received)
{
    bool known;
    int64_t size;
    if (!hold(session, part) || !find(session, part, &known, &size, received)) {
        return PHOTO_FAILED;
    }
    if (size != part->size) {
        return PHOTO_OTHER;
    }
    if (known && *received == size) {
        return PHOTO_WHOLE;
    }
    if (part->at < 0) {
        return PHOTO_MORE;
    }
    if (part->at != *received) {
        return PHOTO_OFFSET;
    }
    int64_t place = known ? 1 : begin(session, part);
    if (place <= 0) {
        return place == 0 ? PHOTO_FULL : PHOTO_FAILED;
    }
    if (!append(session, part)) {
        return PHOTO_FAILED;
    }
    *received += (int64_t)part->len;
    return *received == size ? finish(session, part) : PHOTO_MORE;
}

enum photo_result
ledger_photo_add(struct db *db, const struct photo_part *part, int64_t *received)
{
    *received = 0;
    struct session *session = session_begin(db);
    if (!session) {
        return PHOTO_FAILED;
    }
    enum photo_result result = add(session, part, received);
    enum ledger_result closed =
        ledger_close_with(session, result == PHOTO_FAILED ? LEDGER_FAILED : LEDGER_DONE);
    return closed == LEDGER_FAILED ? PHOTO_FAILED : result;
}

/* --- for the officers ----------------------------------------------------------------------- */

struct rows *
ledger_photos_of(struct db *db, const char *kiosk, const char *request)
{
    struct value values[] = {value_text(kiosk), value_text(request)};
    return ledger_ask_one(db,
                          "SELECT p.id, p.type, (SELECT sum(length(q.bytes)) FROM photo_parts q"
                          " WHERE q.photo = p.id), p.done_at FROM photos p WHERE p.kiosk = $1"
                          " AND p.request = $2 AND p.done_at > 0 ORDER BY p.done_at, p.id",
                          values, 2);
}

struct rows *
ledger_photo_read(struct db *db, const char *id, const struct officer *who)
{
    struct value values[] = {value_text(id), value_text(who->kelurahan)};
    return ledger_ask_one(db,
                          "SELECT p.type, q.bytes FROM photos p"
                          " JOIN photo_parts q ON q.photo = p.id"
                          " JOIN submissions s ON s.request = p.request AND s.kiosk = p.kiosk"
                          " WHERE p.id = $1 AND p.done_at > 0 AND s.office = $2 AND"
                          " " LEDGER_IN_FORCE " ORDER BY q.begins",
                          values, 2);
}
