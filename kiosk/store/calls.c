#include "store/calls.h"

#include "store/sql.h"

enum { MINUTE = 60000 };

int
call_waiting(struct store *store, int32_t day, struct ticket *list, int max)
{
    return ticket_collect(store,
                          sql_begin(store,
                                    "SELECT " TICKET " FROM ticket WHERE day = ? AND life = 0"
                                    " ORDER BY id",
                                    "i", (int64_t)day),
                          list, max);
}

int
call_others(struct store *store, int32_t day, int fresh)
{
    struct sqlite3_stmt *row = sql_begin(
        store,
        "SELECT count(*) FILTER(WHERE seq > last), last FROM call,"
        " (SELECT coalesce(max(seq), 0) AS last FROM call WHERE day = ?1 AND goes_first = 1)"
        " WHERE day = ?1 AND again = 0",
        "i", (int64_t)day);
    int others = fresh;
    if (sql_next(store, row) == STORE_OK) {
        others = column_int(row, 1) != 0 ? (int)column_int(row, 0) : fresh;
        sql_end(row);
    }
    return others;
}

enum store_result
call_current(struct store *store, int32_t day, int counter, struct ticket *ticket)
{
    int count = ticket_collect(
        store,
        sql_begin(store, "SELECT " TICKET " FROM ticket WHERE day = ? AND life = 1 AND counter = ?",
                  "ii", (int64_t)day, (int64_t)counter),
        ticket, 1);
    return count == 1 ? STORE_OK : STORE_NONE;
}

/* What the row says after a change of `id` that should have met exactly one row. */
static enum store_result
changed(struct store *store, enum store_result result, int64_t id, struct ticket *ticket)
{
    store->ticket_writes++;
    if (result == STORE_OK && sql_int(store, "SELECT changes()", 0) != 1) {
        return STORE_TAKEN;
    }
    return result == STORE_OK ? ticket_get(store, id, ticket) : result;
}

static enum store_result
log_call(struct store *store, const struct ticket *ticket, bool first, bool again, int64_t now)
{
    return sql_run(store,
                   "INSERT INTO call(ticket, day, counter, at, goes_first, again)"
                   " VALUES(?, ?, ?, ?, ?, ?)",
                   "iiiiii", ticket->id, (int64_t)ticket->day, (int64_t)ticket->counter, now,
                   (int64_t)first, (int64_t)again);
}

enum store_result
call_ticket(struct store *store, int64_t id, int counter, bool first, int64_t now,
            struct ticket *ticket)
{
    enum store_result result = sql_transaction(store);
    if (result == STORE_OK) {
        result = sql_run(store,
                         "UPDATE ticket SET life = 1, counter = ?2, aim = 0, called_at = ?3,"
                         " calls = 1, ended_at = 0, revision = revision + 1"
                         " WHERE id = ?1 AND life IN (0, 4, 5)",
                         "iii", id, (int64_t)counter, now);
        result = changed(store, result, id, ticket);
    }
    if (result == STORE_OK) {
        result = log_call(store, ticket, first, false, now);
    }
    return sql_finish(store, result);
}

enum store_result
call_again(struct store *store, int64_t id, int counter, int most, int64_t now,
           struct ticket *ticket)
{
    enum store_result result = sql_transaction(store);
    if (result == STORE_OK) {
        result = sql_run(store,
                         "UPDATE ticket SET calls = calls + 1"
                         " WHERE id = ?1 AND life = 1 AND counter = ?2 AND calls < ?3",
                         "iii", id, (int64_t)counter, (int64_t)most);
        result = changed(store, result, id, ticket);
    }
    if (result == STORE_TAKEN && ticket_get(store, id, ticket) == STORE_OK &&
        ticket->life == TICKET_CALLED && ticket->counter == counter) {
        result = STORE_NONE;
    }
    if (result == STORE_OK) {
        result = log_call(store, ticket, false, true, now);
    }
    return sql_finish(store, result);
}

enum store_result
call_end(struct store *store, int64_t id, int counter, enum ticket_life life, int64_t now,
         struct ticket *ticket)
{
    enum store_result result =
        sql_run(store,
                "UPDATE ticket SET life = ?3, ended_at = ?4, revision = revision + 1"
                " WHERE id = ?1 AND life = 1 AND counter = ?2",
                "iiii", id, (int64_t)counter, (int64_t)life, now);
    return changed(store, result, id, ticket);
}

enum store_result
call_transfer(struct store *store, int64_t id, int counter, int aim, struct ticket *ticket)
{
    enum store_result result =
        sql_run(store,
                "UPDATE ticket SET life = 0, aim = ?3, counter = 0, called_at = 0,"
                " revision = revision + 1 WHERE id = ?1 AND life = 1 AND counter = ?2",
                "iii", id, (int64_t)counter, (int64_t)aim);
    return changed(store, result, id, ticket);
}

int
call_void(struct store *store, int32_t day, const char *letter, int from, int to,
          enum store_result *why)
{
    store->ticket_writes++;
    *why = sql_run(store,
                   "UPDATE ticket SET life = 3, revision = revision + 1"
                   " WHERE day = ? AND letter = ? AND number BETWEEN ? AND ? AND life IN (0, 4, 5)",
                   "itii", (int64_t)day, letter, (int64_t)from, (int64_t)to);
    return *why == STORE_OK ? (int)sql_int(store, "SELECT changes()", 0) : -1;
}

int
ticket_changed(struct store *store, int32_t day, int64_t change, struct ticket *list, int max)
{
    return ticket_collect(store,
                          sql_begin(store,
                                    "SELECT " TICKET " FROM ticket"
                                    " WHERE day = ? AND change > ? ORDER BY change",
                                    "ii", (int64_t)day, change),
                          list, max);
}

int
call_log(struct store *store, int32_t day, int64_t seq, struct call *list, int max)
{
    struct sqlite3_stmt *row = sql_begin(store,
                                         "SELECT seq, ticket, at, counter, again FROM call"
                                         " WHERE day = ? AND seq > ? ORDER BY seq",
                                         "ii", (int64_t)day, seq);
    int count = 0;
    enum store_result result = STORE_OK;
    while (count < max && (result = sql_next(store, row)) == STORE_OK) {
        list[count++] = (struct call){.seq = column_int(row, 0),
                                      .ticket = column_int(row, 1),
                                      .at = column_int(row, 2),
                                      .counter = (int)column_int(row, 3),
                                      .again = column_int(row, 4) != 0};
    }
    sql_end(row);
    return result == STORE_OK || result == STORE_NONE ? count : -1;
}

int
call_minutes(struct store *store, int32_t day, int *minutes, int max)
{
    struct sqlite3_stmt *row = sql_begin(
        store,
        "SELECT took FROM (SELECT ended_at, max(1, (ended_at - called_at + ?3 - 1) / ?3) AS took"
        " FROM ticket WHERE day = ?1 AND life = 2 ORDER BY ended_at DESC LIMIT ?2)"
        " ORDER BY ended_at",
        "iii", (int64_t)day, (int64_t)max, (int64_t)MINUTE);
    int count = 0;
    enum store_result result = STORE_OK;
    while (count < max && (result = sql_next(store, row)) == STORE_OK) {
        minutes[count++] = (int)column_int(row, 0);
    }
    sql_end(row);
    return result == STORE_OK || result == STORE_NONE ? count : -1;
}
