/* One SQL text, two databases: SQLite and PostgreSQL. Parameters are $1, $2 ... in
 * both (SQLite takes them as names). Thread-safe: a session is one thread's. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct session; /* a connection inside a transaction */
struct rows;    /* a result, owned by the caller */

enum value_kind { VALUE_INT, VALUE_TEXT, VALUE_BYTES };
struct value {
    enum value_kind kind;
    int64_t number;
    const void *data; /* text or bytes; NULL text is SQL's NULL */
    size_t len;
};
struct value value_int(int64_t number);
struct value value_text(const char *text);
struct value value_bytes(const void *bytes, size_t len);
enum { VALUES_MAX = 24 };

/* "sqlite:FILE" or "postgresql://...". NULL and a log line when it cannot. */
struct db *db_open(const char *address);
void db_close(struct db *db);
/* Tests take the database away: until it is back no session begins. */
void db_away(struct db *db, bool away);

/* Waits for a free connection. NULL: the database is gone (logged). */
struct session *session_begin(struct db *db);
/* True: it is on disk. Both give the connection back. */
bool session_commit(struct session *session);
void session_abort(struct session *session);

/* Rows changed, or -1 (logged); after -1 only abort is left. */
int64_t session_run(struct session *session, const char *sql, const struct value *values,
                    size_t count);
/* NULL on failure (logged). */
struct rows *session_ask(struct session *session, const char *sql, const struct value *values,
                         size_t count);

size_t rows_count(const struct rows *rows);
int64_t rows_int(const struct rows *rows, size_t row, size_t column);
const char *rows_text(const struct rows *rows, size_t row, size_t column); /* NULL: SQL's NULL */
const uint8_t *rows_bytes(const struct rows *rows, size_t row, size_t column, size_t *len);
void rows_destroy(struct rows *rows);
