/* PostgreSQL: a small pool, every text prepared once a connection. Numbers and texts
 * travel as text, bytes as they are; results come as text, bytes in hexadecimal. */
#include "db_driver.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

#include "base/log.h"

enum { PREPARED = 128, BYTEA = 17 /* its type number in pg_type */ };

struct postgres {
    PGconn *handle;
    const char *prepared[PREPARED]; // all texts are literals: the pointer is the key
    size_t count;
};

static void
postgres_disconnect(void *connection)
{
    struct postgres *postgres = connection;
    PQfinish(postgres->handle);
    free(postgres);
}

static void
be_quiet(void *context, const PGresult *notice)
{
    (void)context; // "relation already exists, skipping"
    (void)notice;
}

static void *
postgres_connect(const char *address)
{
    struct postgres *postgres = calloc(1, sizeof *postgres);
    if (!postgres) {
        return NULL;
    }
    postgres->handle = PQconnectdb(address);
    if (PQstatus(postgres->handle) != CONNECTION_OK) {
        log_error("database: %s", PQerrorMessage(postgres->handle));
        postgres_disconnect(postgres);
        return NULL;
    }
    PQsetNoticeReceiver(postgres->handle, be_quiet, NULL);
    return postgres;
}

static bool
good(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* The statement's name: "s" and its place in the list. */
static bool
prepare(struct postgres *postgres, const char *sql, char name[24])
{
    size_t at = 0;
    while (at < postgres->count && postgres->prepared[at] != sql) {
        at++;
    }
    snprintf(name, 24, "s%zu", at);
    if (at < postgres->count) {
        return true;
    }
    if (at == PREPARED) {
        return false;
    }
    PGresult *result = PQprepare(postgres->handle, name, sql, 0, NULL);
    bool done = good(result);
    PQclear(result);
    if (done) {
        postgres->prepared[postgres->count++] = sql;
    }
    return done;
}

static bool
add_cell(struct rows *rows, const PGresult *result, int row, int column)
{
    const char *data = PQgetvalue(result, row, column);
    if (PQgetisnull(result, row, column) || PQftype(result, column) != BYTEA) {
        return rows_add(rows, data, (size_t)PQgetlength(result, row, column),
                        PQgetisnull(result, row, column));
    }
    size_t len = 0;
    unsigned char *bytes = PQunescapeBytea((const unsigned char *)data, &len);
    bool added = bytes && rows_add(rows, bytes, len, false);
    PQfreemem(bytes);
    return added;
}

static struct rows *
read_rows(const PGresult *result)
{
    struct rows *rows = rows_create((size_t)PQnfields(result));
    for (int row = 0; rows && row < PQntuples(result); row++) {
        for (int column = 0; column < PQnfields(result); column++) {
            if (!add_cell(rows, result, row, column)) {
                rows_destroy(rows);
                return NULL;
            }
        }
    }
    return rows;
}

static PGresult *
execute(struct postgres *postgres, const char *name, const struct value *values, size_t count)
{
    const char *texts[VALUES_MAX];
    char numbers[VALUES_MAX][24];
    int lengths[VALUES_MAX], formats[VALUES_MAX];
    for (size_t i = 0; i < count && i < VALUES_MAX; i++) {
        texts[i] = values[i].data;
        lengths[i] = (int)values[i].len;
        formats[i] = values[i].kind == VALUE_BYTES;
        if (values[i].kind == VALUE_INT) {
            snprintf(numbers[i], sizeof numbers[i], "%" PRId64, values[i].number);
            texts[i] = numbers[i];
        }
        if (values[i].kind == VALUE_BYTES && !texts[i]) {
            texts[i] = "";
        }
    }
    return PQexecPrepared(postgres->handle, name, (int)count, texts, lengths, formats, 0);
}

static int64_t
postgres_run(void *connection, const char *sql, const struct value *values, size_t count,
             struct rows **rows)
{
    struct postgres *postgres = connection;
    char name[24];
    PGresult *result = prepare(postgres, sql, name) ? execute(postgres, name, values, count) : NULL;
    int64_t changed = -1;
    if (result && good(result)) {
        changed = strtoll(PQcmdTuples(result), NULL, 10);
        if (rows) {
            *rows = read_rows(result);
            changed = *rows ? changed : -1;
        }
    } else {
        // PostgreSQL's own words may quote a row: only the state and our text are logged.
        const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
        log_error("database: %s at: %.48s", state ? state : "refused", sql);
    }
    PQclear(result);
    return changed;
}

static bool
postgres_alive(void *connection)
{
    struct postgres *postgres = connection;
    return PQstatus(postgres->handle) == CONNECTION_OK &&
           PQtransactionStatus(postgres->handle) == PQTRANS_IDLE;
}

const struct driver driver_postgres = {.scheme = "postgresql:",
                                       .connections = 4,
                                       .connect = postgres_connect,
                                       .disconnect = postgres_disconnect,
                                       .run = postgres_run,
                                       .alive = postgres_alive};
