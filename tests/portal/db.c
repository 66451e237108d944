#include "db.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "db_driver.h"

enum { CONNECTIONS_MAX = 8 };

struct session {
    struct db *db;
    void *connection; /* NULL: to be made */
    bool busy;        /* protected by db->lock */
};

struct db {
    const struct driver *driver;
    char *address;
    pthread_mutex_t lock;
    pthread_cond_t freed;
    struct session sessions[CONNECTIONS_MAX];
    bool away; // protected by lock
};

struct value
value_int(int64_t number)
{
    return (struct value){.kind = VALUE_INT, .number = number};
}

struct value
value_text(const char *text)
{
    return (struct value){.kind = VALUE_TEXT, .data = text, .len = text ? strlen(text) : 0};
}

struct value
value_bytes(const void *bytes, size_t len)
{
    return (struct value){.kind = VALUE_BYTES, .data = bytes, .len = len};
}

/* --- connections ------------------------------------------------------------- */

static const struct driver *
driver_of(const char *address)
{
    static const struct driver *const drivers[] = {&driver_sqlite, &driver_postgres};
    for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++) {
        if (strncmp(address, drivers[i]->scheme, strlen(drivers[i]->scheme)) == 0) {
            return drivers[i];
        }
    }
    return NULL;
}

struct db *
db_open(const char *address)
{
    const struct driver *driver = driver_of(address);
    struct db *db = driver ? calloc(1, sizeof *db) : NULL;
    if (!db) {
        log_error("database: neither sqlite:FILE nor postgresql://...");
        return NULL;
    }
    db->driver = driver;
    db->address = strdup(address);
    pthread_mutex_init(&db->lock, NULL);
    pthread_cond_init(&db->freed, NULL);
    for (int i = 0; i < driver->connections; i++) {
        db->sessions[i].db = db;
    }
    db->sessions[0].connection = driver->connect(address);
    if (!db->sessions[0].connection) {
        db_close(db);
        return NULL;
    }
    return db;
}

void
db_close(struct db *db)
{
    if (!db) {
        return;
    }
    for (int i = 0; i < db->driver->connections; i++) {
        if (db->sessions[i].connection) {
            db->driver->disconnect(db->sessions[i].connection);
        }
    }
    pthread_cond_destroy(&db->freed);
    pthread_mutex_destroy(&db->lock);
    free(db->address);
    free(db);
}

static struct session *
find_free(struct db *db)
{
    for (int i = 0; i < db->driver->connections; i++) {
        if (!db->sessions[i].busy) {
            return &db->sessions[i];
        }
    }
    return NULL;
}

static void
give_back(struct session *session)
{
    struct db *db = session->db;
    if (session->connection && !db->driver->alive(session->connection)) {
        db->driver->disconnect(session->connection);
        session->connection = NULL; // the next borrower dials again
    }
    pthread_mutex_lock(&db->lock);
    session->busy = false;
    pthread_cond_signal(&db->freed);
    pthread_mutex_unlock(&db->lock);
}

static struct session *
borrow(struct db *db)
{
    struct session *session = NULL;
    pthread_mutex_lock(&db->lock);
    while (!(session = find_free(db))) {
        pthread_cond_wait(&db->freed, &db->lock);
    }
    session->busy = true;
    bool away = db->away;
    pthread_mutex_unlock(&db->lock);
    if (away) {
        give_back(session);
    }
    return away ? NULL : session;
}

void
db_away(struct db *db, bool away)
{
    pthread_mutex_lock(&db->lock);
    db->away = away;
    pthread_mutex_unlock(&db->lock);
}

/* --- transactions ------------------------------------------------------------ */

struct session *
session_begin(struct db *db)
{
    struct session *session = borrow(db);
    if (!session) {
        return NULL;
    }
    if (!session->connection) {
        session->connection = db->driver->connect(db->address);
    }
    if (session->connection && db->driver->run(session->connection, "BEGIN", NULL, 0, NULL) >= 0) {
        return session;
    }
    give_back(session);
    return NULL;
}

bool
session_commit(struct session *session)
{
    bool done = session->db->driver->run(session->connection, "COMMIT", NULL, 0, NULL) >= 0;
    if (!done) {
        session->db->driver->run(session->connection, "ROLLBACK", NULL, 0, NULL);
    }
    give_back(session);
    return done;
}

void
session_abort(struct session *session)
{
    session->db->driver->run(session->connection, "ROLLBACK", NULL, 0, NULL);
    give_back(session);
}

int64_t
session_run(struct session *session, const char *sql, const struct value *values, size_t count)
{
    return session->db->driver->run(session->connection, sql, values, count, NULL);
}

struct rows *
session_ask(struct session *session, const char *sql, const struct value *values, size_t count)
{
    struct rows *rows = NULL;
    if (session->db->driver->run(session->connection, sql, values, count, &rows) < 0) {
        rows_destroy(rows);
        return NULL;
    }
    return rows;
}

/* --- rows ---------------------------------------------------------------------- */

struct rows *
rows_create(size_t columns)
{
    struct rows *rows = calloc(1, sizeof *rows);
    if (rows) {
        rows->columns = columns;
    }
    return rows;
}

bool
rows_add(struct rows *rows, const void *data, size_t len, bool null)
{
    if (rows->count == rows->room) {
        size_t room = rows->room ? rows->room * 2 : 16;
        struct cell *grown = realloc(rows->cells, room * sizeof *grown);
        if (!grown) {
            return false;
        }
        rows->cells = grown;
        rows->room = room;
    }
    struct cell cell = {.null = null, .len = len, .data = calloc(1, len + 1)};
    if (!cell.data) {
        return false;
    }
    if (len > 0) {
        memcpy(cell.data, data, len);
    }
    rows->cells[rows->count++] = cell;
    return true;
}

size_t
rows_count(const struct rows *rows)
{
    return rows->columns ? rows->count / rows->columns : 0;
}

static const struct cell *
cell_at(const struct rows *rows, size_t row, size_t column)
{
    size_t at = row * rows->columns + column;
    return column < rows->columns && at < rows->count ? &rows->cells[at] : NULL;
}

int64_t
rows_int(const struct rows *rows, size_t row, size_t column)
{
    const char *text = rows_text(rows, row, column);
    return text ? strtoll(text, NULL, 10) : 0;
}

const char *
rows_text(const struct rows *rows, size_t row, size_t column)
{
    const struct cell *cell = cell_at(rows, row, column);
    return cell && !cell->null ? (const char *)cell->data : NULL;
}

const uint8_t *
rows_bytes(const struct rows *rows, size_t row, size_t column, size_t *len)
{
    const struct cell *cell = cell_at(rows, row, column);
    *len = cell ? cell->len : 0;
    return cell ? cell->data : NULL;
}

void
rows_destroy(struct rows *rows)
{
    if (!rows) {
        return;
    }
    for (size_t i = 0; i < rows->count; i++) {
        free(rows->cells[i].data);
    }
    free(rows->cells);
    free(rows);
}
