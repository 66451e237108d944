/* SQLite: one connection (two would meet the WAL-reset race of 3.40.1), every commit synced. */
#include "db_driver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "base/log.h"

enum { PREPARED = 128 };

struct sqlite {
    sqlite3 *handle;
    struct {
        const char *sql; // all texts are literals: the pointer is the key
        sqlite3_stmt *statement;
    } prepared[PREPARED];
    size_t count;
};

static void
sqlite_disconnect(void *connection)
{
    struct sqlite *sqlite = connection;
    for (size_t i = 0; i < sqlite->count; i++) {
        sqlite3_finalize(sqlite->prepared[i].statement);
    }
    sqlite3_close(sqlite->handle);
    free(sqlite);
}

static void *
sqlite_connect(const char *address)
{
    static const char settings[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                                   "PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;";
    struct sqlite *sqlite = calloc(1, sizeof *sqlite);
    if (!sqlite) {
        return NULL;
    }
    const char *path = address + strlen(driver_sqlite.scheme);
    if (sqlite3_open(path, &sqlite->handle) != SQLITE_OK ||
        sqlite3_exec(sqlite->handle, settings, NULL, NULL, NULL) != SQLITE_OK) {
        log_error("database: %s", sqlite3_errmsg(sqlite->handle));
        sqlite_disconnect(sqlite);
        return NULL;
    }
    return sqlite;
}

static sqlite3_stmt *
prepare(struct sqlite *sqlite, const char *sql)
{
    for (size_t i = 0; i < sqlite->count; i++) {
        if (sqlite->prepared[i].sql == sql) {
            return sqlite->prepared[i].statement;
        }
    }
    sqlite3_stmt *statement = NULL;
    if (sqlite->count == PREPARED ||
        sqlite3_prepare_v3(sqlite->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
            SQLITE_OK) {
        return NULL;
    }
    sqlite->prepared[sqlite->count].sql = sql;
    sqlite->prepared[sqlite->count++].statement = statement;
    return statement;
}

/* By name: "$1" is a name to SQLite, whose own numbers go by first appearance. */
static bool
bind(sqlite3_stmt *statement, size_t number, const struct value *value)
{
    char name[24];
    snprintf(name, sizeof name, "$%zu", number);
    int at = sqlite3_bind_parameter_index(statement, name);
    if (at == 0) {
        return false;
    }
    switch (value->kind) {
    case VALUE_INT:
        return sqlite3_bind_int64(statement, at, value->number) == SQLITE_OK;
    case VALUE_TEXT:
        return sqlite3_bind_text(statement, at, value->data, (int)value->len, SQLITE_STATIC) ==
               SQLITE_OK;
    case VALUE_BYTES:
        return sqlite3_bind_blob(statement, at, value->data ? value->data : "", (int)value->len,
                                 SQLITE_STATIC) == SQLITE_OK;
    }
    return false;
}

static bool
add_row(sqlite3_stmt *statement, struct rows *rows)
{
    for (int i = 0; i < (int)rows->columns; i++) {
        bool null = sqlite3_column_type(statement, i) == SQLITE_NULL;
        const void *data = sqlite3_column_blob(statement, i);
        if (!rows_add(rows, data, (size_t)sqlite3_column_bytes(statement, i), null)) {
            return false;
        }
    }
    return true;
}

static int64_t
step(struct sqlite *sqlite, sqlite3_stmt *statement, struct rows *rows)
{
    int result = sqlite3_step(statement);
    while (result == SQLITE_ROW) {
        if (rows && !add_row(statement, rows)) {
            return -1;
        }
        result = sqlite3_step(statement);
    }
    return result == SQLITE_DONE ? sqlite3_changes64(sqlite->handle) : -1;
}

static int64_t
sqlite_run(void *connection, const char *sql, const struct value *values, size_t count,
           struct rows **rows)
{
    struct sqlite *sqlite = connection;
    sqlite3_stmt *statement = prepare(sqlite, sql);
    bool bound = statement != NULL;
    for (size_t i = 0; bound && i < count; i++) {
        bound = bind(statement, i + 1, &values[i]);
    }
    if (bound && rows) {
        *rows = rows_create((size_t)sqlite3_column_count(statement));
        bound = *rows != NULL;
    }
    int64_t changed = bound ? step(sqlite, statement, rows ? *rows : NULL) : -1;
    if (changed < 0) {
        log_error("database: %s", sqlite3_errmsg(sqlite->handle));
    }
    if (statement) {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
    }
    return changed;
}

static bool
sqlite_alive(void *connection)
{
    (void)connection; // a file does not hang up
    return true;
}

const struct driver driver_sqlite = {.scheme = "sqlite:",
                                     .connections = 1,
                                     .connect = sqlite_connect,
                                     .disconnect = sqlite_disconnect,
                                     .run = sqlite_run,
                                     .alive = sqlite_alive};
