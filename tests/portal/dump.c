/* The ledger as JSON, for tests: what would be a clerk's screen at a real portal. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "ledger_parts.h"

enum { COLUMNS = 18 };

enum column_kind { AS_TEXT, AS_NUMBER, AS_HEX, AS_JSON };

struct column {
    const char *name;
    enum column_kind kind;
};
struct table {
    const char *name, *sql;
    struct column columns[COLUMNS]; // ends with a NULL name
};

static const struct table tables[] = {
    {"submissions",
     "SELECT s.id, s.sha256, s.kiosk, s.seq, s.code, s.service, s.office, s.language, s.notice,"
     " s.filled_by, s.catalogue_version, s.written_at, s.received_at, s.rt, s.answers, c.state,"
     " CASE WHEN " LEDGER_IN_FORCE " THEN 1 ELSE 0 END"
     " FROM submissions s JOIN chain c ON c.submission = s.id WHERE c.step ="
     " (SELECT max(d.step) FROM chain d WHERE d.submission = s.id) ORDER BY s.kiosk, s.seq",
     {{"id", AS_TEXT},
      {"sha256", AS_HEX},
      {"kiosk", AS_TEXT},
      {"seq", AS_NUMBER},
      {"code", AS_TEXT},
      {"service", AS_TEXT},
      {"office", AS_TEXT},
      {"language", AS_TEXT},
      {"notice", AS_TEXT},
      {"filled_by", AS_TEXT},
      {"catalogue_version", AS_NUMBER},
      {"written_at", AS_NUMBER},
      {"received_at", AS_NUMBER},
      {"rt", AS_TEXT},
      {"answers", AS_JSON},
      {"status", AS_TEXT},
      {"in_force", AS_NUMBER}}},
    {"consents",
     "SELECT document, question, row, version, sha256, language, given FROM consents"
     " ORDER BY document, question, row",
     {{"document", AS_TEXT},
      {"question", AS_TEXT},
      {"row", AS_NUMBER},
      {"version", AS_TEXT},
      {"sha256", AS_TEXT},
      {"language", AS_TEXT},
      {"given", AS_TEXT}}},
    {"texts",
     "SELECT service, question, version, language, sha256, text FROM texts"
     " ORDER BY service, question, version, language",
     {{"service", AS_TEXT},
      {"question", AS_TEXT},
      {"version", AS_TEXT},
      {"language", AS_TEXT},
      {"sha256", AS_TEXT},
      {"text", AS_TEXT}}},
    {"refusals",
     "SELECT id, sha256, kiosk, seq, reason, received_at FROM refusals ORDER BY received_at, id",
     {{"id", AS_TEXT},
      {"sha256", AS_HEX},
      {"kiosk", AS_TEXT},
      {"seq", AS_NUMBER},
      {"reason", AS_TEXT},
      {"received_at", AS_NUMBER}}},
    {"tickets",
     "SELECT uuid, kiosk, letter, number, day, issued_at, state, print, priority, service"
     " FROM tickets ORDER BY kiosk, day, letter, number",
     {{"uuid", AS_TEXT},
      {"kiosk", AS_TEXT},
      {"letter", AS_TEXT},
      {"number", AS_NUMBER},
      {"day", AS_TEXT},
      {"issued_at", AS_NUMBER},
      {"state", AS_TEXT},
      {"print", AS_TEXT},
      {"priority", AS_NUMBER},
      {"service", AS_TEXT}}},
    {"bookings",
     "SELECT code, id, office, day, minute, letter, service, kiosk, redeemed_at,"
     " CASE WHEN seat IS NULL THEN 1 ELSE 0 END FROM bookings ORDER BY day, minute, code",
     {{"code", AS_TEXT},
      {"id", AS_TEXT},
      {"office", AS_TEXT},
      {"day", AS_TEXT},
      {"minute", AS_NUMBER},
      {"letter", AS_TEXT},
      {"service", AS_TEXT},
      {"kiosk", AS_TEXT},
      {"redeemed_at", AS_NUMBER},
      {"cancelled", AS_NUMBER}}},
    {"chain",
     "SELECT s.code, c.step, c.at, c.was, c.state, c.deed, c.role, c.actor, c.reason, c.mend"
     " FROM chain c JOIN submissions s ON s.id = c.submission ORDER BY s.code, c.step",
     {{"code", AS_TEXT},
      {"step", AS_NUMBER},
      {"at", AS_NUMBER},
      {"was", AS_TEXT},
      {"state", AS_TEXT},
      {"deed", AS_TEXT},
      {"role", AS_TEXT},
      {"actor", AS_TEXT},
      {"reason", AS_TEXT},
      {"mend", AS_TEXT}}},
    {"kiosks",
     "SELECT kiosk, number, sign_key, revoked, enrolled_at FROM kiosks ORDER BY kiosk",
     {{"kiosk", AS_TEXT},
      {"number", AS_NUMBER},
      {"sign_key", AS_HEX},
      {"revoked", AS_NUMBER},
      {"enrolled_at", AS_NUMBER}}},
    {"tallies",
     "SELECT kiosk, day, name, count FROM tallies ORDER BY kiosk, day, name",
     {{"kiosk", AS_TEXT}, {"day", AS_TEXT}, {"name", AS_TEXT}, {"count", AS_NUMBER}}},
    {"photos",
     "SELECT s.code, p.type, p.size, p.received, p.done_at FROM photos p"
     " JOIN submissions s ON s.request = p.request AND s.kiosk = p.kiosk"
     " WHERE " LEDGER_IN_FORCE " ORDER BY s.code, p.begun_at, p.id",
     {{"code", AS_TEXT},
      {"type", AS_TEXT},
      {"size", AS_NUMBER},
      {"received", AS_NUMBER},
      {"done_at", AS_NUMBER}}},
    {"heartbeats",
     "SELECT kiosk, at, body FROM heartbeats ORDER BY kiosk",
     {{"kiosk", AS_TEXT}, {"at", AS_NUMBER}, {"body", AS_JSON}}},
};

static void
print_text(FILE *out, const char *text)
{
    size_t room = strlen(text) * 6 + 3;
    char *buffer = malloc(room);
    if (buffer) {
        struct text quoted = text_over(buffer, room);
        json_write_text(&quoted, text);
        fputs(buffer, out);
    }
    free(buffer);
}

static void
print_cell(FILE *out, const struct rows *rows, size_t row, size_t at, enum column_kind kind)
{
    size_t len = 0;
    const uint8_t *bytes = rows_bytes(rows, row, at, &len);
    switch (kind) {
    case AS_TEXT:
        print_text(out, rows_text(rows, row, at));
        break;
    case AS_NUMBER:
        fprintf(out, "%" PRId64, rows_int(rows, row, at));
        break;
    case AS_JSON:
        fputs(rows_text(rows, row, at), out);
        break;
    case AS_HEX:
        fputc('"', out);
        for (size_t i = 0; i < len; i++) {
            fprintf(out, "%02x", bytes[i]);
        }
        fputc('"', out);
        break;
    }
}

static void
print_table(FILE *out, const struct table *table, const struct rows *rows)
{
    fprintf(out, "\"%s\":[", table->name);
    for (size_t row = 0; row < rows_count(rows); row++) {
        fputs(row ? ",{" : "{", out);
        for (size_t i = 0; i < COLUMNS && table->columns[i].name; i++) {
            fprintf(out, "%s\"%s\":", i ? "," : "", table->columns[i].name);
            print_cell(out, rows, row, i, table->columns[i].kind);
        }
        fputc('}', out);
    }
    fputc(']', out);
}

static bool
print_all(FILE *out, struct session *session)
{
    fputc('{', out);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct rows *rows = session_ask(session, tables[i].sql, NULL, 0);
        if (!rows) {
            return false;
        }
        fputs(i ? "," : "", out);
        print_table(out, &tables[i], rows);
        rows_destroy(rows);
    }
    fputc('}', out);
    return true;
}

char *
ledger_dump(struct db *db)
{
    char *text = NULL;
    size_t len = 0;
    struct session *session = session_begin(db);
    FILE *out = session ? open_memstream(&text, &len) : NULL;
    if (!out) {
        if (session) {
            session_abort(session);
        }
        return NULL;
    }
    bool whole = print_all(out, session);
    session_abort(session); // it only read
    if (fclose(out) != 0 || !whole) {
        free(text);
        return NULL;
    }
    return text;
}
