#include <sqlite3.h>
#include <string.h>

#include "base/log.h"
#include "store/sql.h"

/* Entry N brings a store of version N to N + 1. Never edit one that was released. */
static const char *const migrations[] = {
    "CREATE TABLE chain(" // heads, so that the sequence survives the rows
    "  name TEXT PRIMARY KEY,"
    "  first INTEGER NOT NULL, first_hash BLOB NOT NULL CHECK(length(first_hash) = 32),"
    "  last INTEGER NOT NULL, last_hash BLOB NOT NULL CHECK(length(last_hash) = 32)"
    ") STRICT, WITHOUT ROWID;"
    "INSERT INTO chain VALUES('outbox', 0, zeroblob(32), 0, zeroblob(32));"
    "INSERT INTO chain VALUES('journal', 0, zeroblob(32), 0, zeroblob(32));"

    "CREATE TABLE outbox("
    "  seq INTEGER PRIMARY KEY CHECK(seq > 0),"
    "  state INTEGER NOT NULL CHECK(state BETWEEN 0 AND 4),"
    "  id TEXT UNIQUE, code TEXT, service TEXT, language TEXT,"
    "  sha256 BLOB CHECK(length(sha256) = 32),"
    "  saved_at INTEGER NOT NULL,"
    "  delivered_at INTEGER NOT NULL DEFAULT 0,"
    "  tries INTEGER NOT NULL DEFAULT 0,"
    "  next_try INTEGER NOT NULL DEFAULT 0,"
    "  last_error TEXT NOT NULL DEFAULT '',"
    "  facts BLOB NOT NULL CHECK(length(facts) = 32),"
    "  chain BLOB NOT NULL CHECK(length(chain) = 32),"
    "  CHECK(state IN (3, 4) OR (id NOTNULL AND code NOTNULL AND service NOTNULL"
    "                            AND language NOTNULL AND sha256 NOTNULL))"
    ") STRICT;"
    "CREATE INDEX outbox_waiting ON outbox(seq) WHERE state = 0;"
    "CREATE INDEX outbox_delivered ON outbox(delivered_at) WHERE state = 1;"
    "CREATE INDEX outbox_aside ON outbox(state) WHERE state IN (2, 4);"
    // Apart, so that lists and the chain never read past the bodies.
    "CREATE TABLE payload("
    "  seq INTEGER PRIMARY KEY REFERENCES outbox(seq),"
    "  envelope BLOB NOT NULL"
    ") STRICT;"

    "CREATE TABLE ticket("
    "  id INTEGER PRIMARY KEY,"
    "  uuid TEXT NOT NULL UNIQUE,"
    "  day INTEGER NOT NULL,"
    "  letter TEXT NOT NULL CHECK(length(letter) BETWEEN 1 AND 3),"
    "  number INTEGER NOT NULL CHECK(number > 0),"
    "  issued_at INTEGER NOT NULL,"
    "  service TEXT NOT NULL,"
    "  print INTEGER NOT NULL DEFAULT 0 CHECK(print BETWEEN 0 AND 2),"
    "  life INTEGER NOT NULL DEFAULT 0 CHECK(life BETWEEN 0 AND 3),"
    "  priority INTEGER NOT NULL CHECK(priority IN (0, 1)),"
    "  submission INTEGER REFERENCES outbox(seq) ON DELETE SET NULL,"
    "  copies INTEGER NOT NULL DEFAULT 0,"
    "  revision INTEGER NOT NULL DEFAULT 1,"
    "  mirrored INTEGER NOT NULL DEFAULT 0,"
    "  UNIQUE(day, letter, number)"
    ") STRICT;"
    "CREATE UNIQUE INDEX ticket_submission ON ticket(submission) WHERE submission NOTNULL;"
    "CREATE INDEX ticket_unmirrored ON ticket(id) WHERE mirrored < revision;"

    "CREATE TABLE journal("
    "  seq INTEGER PRIMARY KEY,"
    "  at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,"
    "  chain BLOB NOT NULL CHECK(length(chain) = 32)"
    ") STRICT;"
    "CREATE TABLE settings(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;",

    "CREATE TABLE tally("
    "  day INTEGER NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL CHECK(count > 0),"
    "  PRIMARY KEY(day, name)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE tally_day("
    "  day INTEGER PRIMARY KEY, changes INTEGER NOT NULL, told INTEGER NOT NULL"
    ") STRICT;",

    "ALTER TABLE ticket ADD COLUMN booking TEXT NOT NULL DEFAULT '';",

    // A number's life has more states than the table's rule allowed: a new table.
    "CREATE TABLE ticket_with_calls("
    "  id INTEGER PRIMARY KEY,"
    "  uuid TEXT NOT NULL UNIQUE,"
    "  day INTEGER NOT NULL,"
    "  letter TEXT NOT NULL CHECK(length(letter) BETWEEN 1 AND 3),"
    "  number INTEGER NOT NULL CHECK(number > 0),"
    "  issued_at INTEGER NOT NULL,"
    "  service TEXT NOT NULL,"
    "  print INTEGER NOT NULL DEFAULT 0 CHECK(print BETWEEN 0 AND 2),"
    "  life INTEGER NOT NULL DEFAULT 0 CHECK(life BETWEEN 0 AND 6),"
    "  priority INTEGER NOT NULL CHECK(priority IN (0, 1)),"
    "  submission INTEGER REFERENCES outbox(seq) ON DELETE SET NULL,"
    "  copies INTEGER NOT NULL DEFAULT 0,"
    "  revision INTEGER NOT NULL DEFAULT 1,"
    "  mirrored INTEGER NOT NULL DEFAULT 0,"
    "  booking TEXT NOT NULL DEFAULT '',"
    "  counter INTEGER NOT NULL DEFAULT 0,"
    "  aim INTEGER NOT NULL DEFAULT 0,"
    "  called_at INTEGER NOT NULL DEFAULT 0,"
    "  ended_at INTEGER NOT NULL DEFAULT 0,"
    "  calls INTEGER NOT NULL DEFAULT 0,"
    "  change INTEGER NOT NULL DEFAULT 0,"
    "  UNIQUE(day, letter, number)"
    ") STRICT;"
    "INSERT INTO ticket_with_calls(id, uuid, day, letter, number, issued_at, service, print,"
    "  life, priority, submission, copies, revision, mirrored, booking)"
    "  SELECT id, uuid, day, letter, number, issued_at, service, print, life, priority,"
    "    submission, copies, revision, mirrored, booking FROM ticket;"
    "DROP TABLE ticket;"
    "ALTER TABLE ticket_with_calls RENAME TO ticket;"
    "UPDATE ticket SET change = id;"
    "CREATE UNIQUE INDEX ticket_submission ON ticket(submission) WHERE submission NOTNULL;"
    "CREATE INDEX ticket_unmirrored ON ticket(id) WHERE mirrored < revision;"
    "CREATE INDEX ticket_change ON ticket(change);"
    // Whoever shows tickets asks for what changed: no writer can forget to say so.
    "CREATE TRIGGER ticket_made AFTER INSERT ON ticket BEGIN"
    "  UPDATE ticket SET change = (SELECT max(change) FROM ticket) + 1 WHERE id = new.id;"
    "END;"
    "CREATE TRIGGER ticket_altered AFTER UPDATE OF print, life, submission, copies, counter, aim,"
    "  called_at, ended_at, calls ON ticket BEGIN"
    "  UPDATE ticket SET change = (SELECT max(change) FROM ticket) + 1 WHERE id = new.id;"
    "END;"
    "CREATE TABLE call("
    "  seq INTEGER PRIMARY KEY,"
    "  ticket INTEGER NOT NULL REFERENCES ticket(id) ON DELETE CASCADE,"
    "  day INTEGER NOT NULL, counter INTEGER NOT NULL, at INTEGER NOT NULL,"
    "  goes_first INTEGER NOT NULL CHECK(goes_first IN (0, 1)),"
    "  again INTEGER NOT NULL CHECK(again IN (0, 1))"
    ") STRICT;"
    "CREATE INDEX call_day ON call(day, seq);"
    "CREATE INDEX call_ticket ON call(ticket);",
};
enum { VERSION = sizeof migrations / sizeof *migrations };

static enum store_result
migrate_one(struct store *store, int from)
{
    char version[40];
    sqlite3_snprintf(sizeof version, version, "PRAGMA user_version = %d", from + 1);
    const char *const steps[] = {"BEGIN EXCLUSIVE", migrations[from], version, "COMMIT"};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        int code = sqlite3_exec(store->db, steps[i], NULL, NULL, NULL);
        if (code != SQLITE_OK) {
            log_error("store: migration to version %d: %s", from + 1, sqlite3_errmsg(store->db));
            enum store_result result = sql_result(store, code);
            sql_rollback(store);
            return result;
        }
    }
    return STORE_OK;
}

static int64_t
newest_of(struct store *store)
{
    int64_t rows[] = {
        sql_int(store, "SELECT saved_at FROM outbox ORDER BY seq DESC LIMIT 1", 0),
        sql_int(store, "SELECT issued_at FROM ticket ORDER BY id DESC LIMIT 1", 0),
        sql_int(store, "SELECT at FROM journal ORDER BY seq DESC LIMIT 1", 0),
    };
    int64_t newest = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        newest = rows[i] > newest ? rows[i] : newest;
    }
    return newest;
}

static enum store_result
counts_read(struct store *store)
{
    store->waiting = sql_int(store, "SELECT count(*) FROM outbox WHERE state = 0", 0);
    struct sqlite3_stmt *row =
        sql_begin(store,
                  "SELECT count(*) FILTER(WHERE state = 2), count(*) FILTER(WHERE state = 4)"
                  " FROM outbox WHERE state IN (2, 4)",
                  "");
    enum store_result result = sql_next(store, row);
    if (result == STORE_OK) {
        store->quarantined = column_int(row, 0);
        store->lost = column_int(row, 1);
        sql_end(row);
    }
    store->newest = newest_of(store);
    return store->broken ? STORE_BROKEN : result;
}

enum store_result
schema_ready(struct store *store)
{
    int version = (int)sql_int(store, "PRAGMA user_version", -1);
    if (version > VERSION) {
        log_error("store: version %d is newer than this program (%d)", version, VERSION);
        return STORE_NEWER;
    }
    enum store_result result = store->broken || version < 0 ? STORE_BROKEN : STORE_OK;
    for (; result == STORE_OK && version < VERSION; version++) {
        result = migrate_one(store, version);
    }
    if (result == STORE_OK) {
        result = chain_load(store);
    }
    return result == STORE_OK ? counts_read(store) : result;
}
