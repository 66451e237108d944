/* What db.c needs of a database. A driver's connection is used by one thread at a time. */
#pragma once
#include "db.h"

struct cell {
    bool null;
    uint8_t *data; /* a NUL follows */
    size_t len;
};
struct rows {
    size_t count, columns, room;
    struct cell *cells;
};
struct rows *rows_create(size_t columns);
/* The next cell of the row under way; false when memory is out. */
bool rows_add(struct rows *rows, const void *data, size_t len, bool null);

struct driver {
    const char *scheme; /* "sqlite:" */
    int connections;
    void *(*connect)(const char *address);
    void (*disconnect)(void *connection);
    /* `rows` NULL: only the number of rows changed is wanted. -1 is a failure (logged). */
    int64_t (*run)(void *connection, const char *sql, const struct value *values, size_t count,
                   struct rows **rows);
    bool (*alive)(void *connection);
};
extern const struct driver driver_sqlite, driver_postgres;
