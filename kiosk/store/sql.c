#include "store/sql.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"

static int
last_error_of(sqlite3_file *file)
{
    int error = 0;
    if (file && file->pMethods) {
        file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &error);
    }
    return error;
}

static bool
is_refusal(int error)
{
    return error == EDQUOT || error == EROFS;
}

/* A write that did not happen for want of room or of the right to; SQLite itself knows
 * only ENOSPC so. Nothing is damaged, and it may be tried again. Asked of the two files:
 * sqlite3_system_errno() is whatever errno is by then. */
static bool
is_refused_write(struct store *store, int code)
{
    sqlite3_file *database = NULL, *log = NULL;
    if (code != SQLITE_IOERR_WRITE) {
        return false;
    }
    sqlite3_file_control(store->db, NULL, SQLITE_FCNTL_FILE_POINTER, &database);
    sqlite3_file_control(store->db, NULL, SQLITE_FCNTL_JOURNAL_POINTER, &log);
    int first = last_error_of(database), second = last_error_of(log);
    return (is_refusal(first) || is_refusal(second)) && (first == 0 || is_refusal(first)) &&
           (second == 0 || is_refusal(second));
}

enum store_result
sql_result(struct store *store, int code)
{
    if (is_refused_write(store, code)) {
        return STORE_FULL;
    }
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_DONE:
    case SQLITE_ROW:
        return STORE_OK;
    case SQLITE_CONSTRAINT:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return STORE_TAKEN;
    case SQLITE_NOMEM:
        log_error("store: out of memory");
        return STORE_FULL;
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return STORE_FULL;
    default:
        if (!store->broken && !store->quiet) {
            log_error("store: broken, nothing more is promised: %s (%d, errno %d)",
                      sqlite3_errstr(code), sqlite3_extended_errcode(store->db),
                      sqlite3_system_errno(store->db));
        }
        store->broken = true;
        return STORE_BROKEN;
    }
}

static struct sqlite3_stmt *
prepared(struct store *store, const char *sql)
{
    size_t at = 0;
    while (at < STATEMENTS && store->cache[at].sql && store->cache[at].sql != sql) {
        at++;
    }
    if (at == STATEMENTS) {
        log_error("store: no room for a statement: %s", sql);
        return NULL;
    }
    if (!store->cache[at].sql) {
        int code = sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                      &store->cache[at].statement, NULL);
        if (code != SQLITE_OK) {
            sql_result(store, code);
            if (!store->quiet) {
                log_error("store: %s: %s", sqlite3_errmsg(store->db), sql);
            }
            return NULL;
        }
        store->cache[at].sql = sql;
    }
    return store->cache[at].statement;
}

static void
bind_all(sqlite3_stmt *statement, const char *kinds, va_list values)
{
    sqlite3_reset(statement);
    for (int at = 1; *kinds; at++, kinds++) {
        if (*kinds == 'i') {
            sqlite3_bind_int64(statement, at, va_arg(values, int64_t));
        } else if (*kinds == 't') {
            sqlite3_bind_text(statement, at, va_arg(values, const char *), -1, SQLITE_STATIC);
        } else if (*kinds == 'b') {
            const void *bytes = va_arg(values, const void *);
            sqlite3_bind_blob64(statement, at, bytes, va_arg(values, size_t), SQLITE_STATIC);
        } else {
            sqlite3_bind_null(statement, at);
        }
    }
}

static sqlite3_stmt *
begin(struct store *store, const char *sql, const char *kinds, va_list values)
{
    sqlite3_stmt *statement = store->broken ? NULL : prepared(store, sql);
    if (statement) {
        bind_all(statement, kinds, values);
    }
    return statement;
}

struct sqlite3_stmt *
sql_begin(struct store *store, const char *sql, const char *kinds, ...)
{
    va_list values;
    va_start(values, kinds);
    sqlite3_stmt *statement = begin(store, sql, kinds, values);
    va_end(values);
    return statement;
}

enum store_result
sql_next(struct store *store, struct sqlite3_stmt *statement)
{
    if (!statement) {
        return store->broken ? STORE_BROKEN : STORE_FULL;
    }
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW) {
        return STORE_OK;
    }
    enum store_result result = code == SQLITE_DONE ? STORE_NONE : sql_result(store, code);
    sql_end(statement);
    return result;
}

void
sql_end(struct sqlite3_stmt *statement)
{
    if (statement) {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
    }
}

enum store_result
sql_run(struct store *store, const char *sql, const char *kinds, ...)
{
    va_list values;
    va_start(values, kinds);
    sqlite3_stmt *statement = begin(store, sql, kinds, values);
    va_end(values);
    enum store_result result;
    do {
        result = sql_next(store, statement);
    } while (result == STORE_OK);
    return result == STORE_NONE ? STORE_OK : result;
}

int64_t
sql_int(struct store *store, const char *sql, int64_t fallback)
{
    sqlite3_stmt *row = sql_begin(store, sql, "");
    if (sql_next(store, row) != STORE_OK) {
        return fallback;
    }
    int64_t value = sqlite3_column_type(row, 0) == SQLITE_NULL ? fallback : column_int(row, 0);
    sql_end(row);
    return value;
}

enum store_result
sql_transaction(struct store *store)
{
    return sql_run(store, "BEGIN IMMEDIATE", "");
}

void
sql_rollback(struct store *store)
{
    if (!sqlite3_get_autocommit(store->db)) {
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    }
}

enum store_result
sql_finish(struct store *store, enum store_result result)
{
    if (result == STORE_OK) {
        result = sql_run(store, "COMMIT", "");
    }
    if (result == STORE_OK) {
        witness_note(store);
        return STORE_OK;
    }
    // Whether the rows are on disk is unknown after an I/O error of COMMIT (`broken` is set
    // then): the rollback only ends the transaction in memory, it does not say that they are gone.
    sql_rollback(store);
    return result;
}

int64_t
column_int(struct sqlite3_stmt *statement, int column)
{
    return sqlite3_column_int64(statement, column);
}

void
column_text(struct sqlite3_stmt *statement, int column, char *out, size_t size)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    text_copy(out, size, text ? text : "");
}

bool
column_hash(struct sqlite3_stmt *statement, int column, uint8_t out[HASH_BYTES])
{
    size_t len;
    const uint8_t *bytes = column_bytes(statement, column, &len);
    if (len != HASH_BYTES) {
        memset(out, 0, HASH_BYTES);
        return false;
    }
    memcpy(out, bytes, HASH_BYTES);
    return true;
}

const uint8_t *
column_bytes(struct sqlite3_stmt *statement, int column, size_t *len)
{
    const uint8_t *bytes = sqlite3_column_blob(statement, column);
    *len = bytes ? (size_t)sqlite3_column_bytes(statement, column) : 0;
    return bytes;
}
