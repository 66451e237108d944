#include "store/tickets.h"

#include <stdio.h>
#include <string.h>

#include "base/id.h"
#include "base/text.h"
#include "store/journal.h"
#include "store/sql.h"

void
ticket_read(struct sqlite3_stmt *row, struct ticket *ticket)
{
    *ticket = (struct ticket){.id = column_int(row, 0),
                              .day = (int32_t)column_int(row, 2),
                              .number = (int)column_int(row, 4),
                              .issued_at = column_int(row, 5),
                              .print = (enum ticket_print)column_int(row, 7),
                              .life = (enum ticket_life)column_int(row, 8),
                              .priority = column_int(row, 9) != 0,
                              .submission = column_int(row, 10),
                              .copies = (int)column_int(row, 11),
                              .revision = (int)column_int(row, 12),
                              .counter = (int)column_int(row, 14),
                              .aim = (int)column_int(row, 15),
                              .called_at = column_int(row, 16),
                              .ended_at = column_int(row, 17),
                              .calls = (int)column_int(row, 18),
                              .change = column_int(row, 19)};
    column_text(row, 1, ticket->uuid, sizeof ticket->uuid);
    column_text(row, 3, ticket->letter, sizeof ticket->letter);
    column_text(row, 6, ticket->service, sizeof ticket->service);
    column_text(row, 13, ticket->booking, sizeof ticket->booking);
}

static enum store_result
first_ticket(struct store *store, struct sqlite3_stmt *row, struct ticket *ticket)
{
    enum store_result result = sql_next(store, row);
    if (result == STORE_OK) {
        ticket_read(row, ticket);
        sql_end(row);
    }
    return result;
}

enum store_result
ticket_get(struct store *store, int64_t id, struct ticket *ticket)
{
    return first_ticket(
        store, sql_begin(store, "SELECT " TICKET " FROM ticket WHERE id = ?", "i", id), ticket);
}

enum store_result
ticket_find(struct store *store, const char *uuid, struct ticket *ticket)
{
    return first_ticket(
        store, sql_begin(store, "SELECT " TICKET " FROM ticket WHERE uuid = ?", "t", uuid), ticket);
}

enum store_result
ticket_of(struct store *store, int64_t submission, struct ticket *ticket)
{
    return first_ticket(
        store,
        sql_begin(store, "SELECT " TICKET " FROM ticket WHERE submission = ?", "i", submission),
        ticket);
}

/* After a salvage some numbers of that day may be in people's hands unknown to us. */
int
ticket_floor(struct store *store, int32_t day)
{
    char text[48];
    if (!settings_get(store, "ticket.floor", text, sizeof text)) {
        return 0;
    }
    const char *at = text;
    bool today = text_take_number(&at, 9) == day && *at++ == ' ';
    int64_t floor = today ? text_take_number(&at, 9) : 0;
    return floor > 0 ? (int)floor : 0;
}

/* The greatest number of the series so far; -1 when it cannot be read. */
static int
greatest(struct store *store, const struct ticket_order *order)
{
    struct sqlite3_stmt *row =
        sql_begin(store, "SELECT coalesce(max(number), 0) FROM ticket WHERE day = ? AND letter = ?",
                  "it", (int64_t)order->day, order->letter);
    if (sql_next(store, row) != STORE_OK) {
        return -1;
    }
    int number = (int)column_int(row, 0);
    sql_end(row);
    int floor = ticket_floor(store, order->day);
    return number > floor ? number : floor;
}

enum store_result
ticket_insert(struct store *store, const struct ticket_order *order, int64_t submission,
              struct ticket *ticket)
{
    int number = greatest(store, order);
    *ticket = (struct ticket){0};
    if (number < 0) {
        return store->broken ? STORE_BROKEN : STORE_FULL;
    }
    if (order->quota && number >= order->quota) {
        return STORE_NONE;
    }
    struct ticket made = {.number = number + 1,
                          .day = order->day,
                          .issued_at = order->now,
                          .priority = order->priority,
                          .submission = submission,
                          .revision = 1};
    if (order->uuid == NULL) {
        uuid7_make(made.uuid, order->now);
    } else if (!text_copy(made.uuid, sizeof made.uuid, order->uuid)) {
        return STORE_TAKEN;
    }
    if (!text_copy(made.letter, sizeof made.letter, order->letter) ||
        !text_copy(made.service, sizeof made.service, order->service ? order->service : "") ||
        !text_copy(made.booking, sizeof made.booking, order->booking ? order->booking : "")) {
        return STORE_TAKEN;
    }
    store->ticket_writes++;
    enum store_result result = sql_run(
        store,
        "INSERT INTO ticket(uuid, day, letter, number, issued_at, service, priority, submission,"
        " booking) VALUES(?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?)",
        "titiitiit", made.uuid, (int64_t)made.day, made.letter, (int64_t)made.number,
        made.issued_at, made.service, (int64_t)made.priority, submission, made.booking);
    if (result == STORE_OK) {
        made.id = sql_int(store, "SELECT last_insert_rowid()", 0);
        *ticket = made;
    }
    return result;
}

/* The uuid of a request's number is the id of its first wording. */
enum store_result
ticket_for(struct store *store, const char *request, const struct ticket_order *order, int64_t seq,
           struct ticket *ticket)
{
    enum store_result result = ticket_find(store, request, ticket);
    if (result == STORE_OK) {
        ticket->submission = seq;
        return sql_run(store, "UPDATE ticket SET submission = ?2 WHERE id = ?1", "ii", ticket->id,
                       seq);
    }
    if (result != STORE_NONE || order == NULL) {
        return result;
    }
    struct ticket_order named = *order;
    named.uuid = request;
    return ticket_insert(store, &named, seq, ticket);
}

enum store_result
ticket_issue(struct store *store, const struct ticket_order *order, struct ticket *ticket)
{
    struct witness before = store->witness;
    enum store_result result = sql_transaction(store);
    if (result == STORE_OK) {
        result = ticket_insert(store, order, 0, ticket);
    }
    if (result == STORE_OK) {
        witness_ticket(store, ticket);
    }
    result = sql_finish(store, result);
    if (result != STORE_OK) {
        store->witness = before;
        *ticket = (struct ticket){0};
        return result;
    }
    store->newest = order->now > store->newest ? order->now : store->newest;
    return STORE_OK;
}

enum store_result
ticket_set_print(struct store *store, int64_t id, enum ticket_print print)
{
    store->ticket_writes++;
    return sql_run(store,
                   "UPDATE ticket SET print = ?2, revision = revision + 1"
                   " WHERE id = ?1 AND print NOT IN (?2, ?3)",
                   "iii", id, (int64_t)print, (int64_t)TICKET_PRINTED);
}

enum store_result
ticket_copied(struct store *store, int64_t id)
{
    store->ticket_writes++;
    return sql_run(store, "UPDATE ticket SET copies = copies + 1 WHERE id = ?", "i", id);
}

static enum store_result
count_tickets(struct store *store, int32_t day, const char *letter, struct ticket_counts *counts)
{
    *counts = (struct ticket_counts){0};
    struct sqlite3_stmt *row =
        sql_begin(store,
                  "SELECT count(*), count(*) FILTER(WHERE life = 0),"
                  " count(*) FILTER(WHERE print = 0 AND life IN (0, 1, 4, 5))"
                  " FROM ticket WHERE day = ?1 AND (?2 = '' OR letter = ?2) AND life != 3",
                  "it", (int64_t)day, letter);
    enum store_result result = sql_next(store, row);
    if (result == STORE_OK) {
        counts->issued = (int)column_int(row, 0);
        counts->waiting = (int)column_int(row, 1);
        counts->unprinted = (int)column_int(row, 2);
        sql_end(row);
    }
    return result;
}

enum store_result
ticket_counts(struct store *store, int32_t day, const char *letter, struct ticket_counts *counts)
{
    if (letter) {
        return count_tickets(store, day, letter, counts);
    }
    if (store->counted.writes == store->ticket_writes && store->counted.day == day) {
        *counts = (struct ticket_counts){store->counted.issued, store->counted.waiting,
                                         store->counted.unprinted};
        return STORE_OK;
    }
    enum store_result result = count_tickets(store, day, "", counts);
    if (result == STORE_OK) {
        store->counted.writes = store->ticket_writes;
        store->counted.day = day;
        store->counted.issued = counts->issued;
        store->counted.waiting = counts->waiting;
        store->counted.unprinted = counts->unprinted;
    }
    return result;
}

enum store_result
ticket_day(struct store *store, int32_t day, const char *letter, struct ticket_day *counts)
{
    *counts = (struct ticket_day){0};
    int *const places[] = {&counts->issued, &counts->served, &counts->waiting,
                           &counts->absent, &counts->voided, &counts->unprinted};
    struct sqlite3_stmt *row =
        sql_begin(store,
                  "SELECT count(*), count(*) FILTER(WHERE life = 2),"
                  " count(*) FILTER(WHERE life IN (0, 1, 4, 5)), count(*) FILTER(WHERE life = 6),"
                  " count(*) FILTER(WHERE life = 3),"
                  " count(*) FILTER(WHERE print = 0 AND life IN (0, 1, 4, 5))"
                  " FROM ticket WHERE day = ?1 AND (?2 = '' OR letter = ?2)",
                  "it", (int64_t)day, letter);
    enum store_result result = sql_next(store, row);
    for (int i = 0; result == STORE_OK && i < 6; i++) {
        *places[i] = (int)column_int(row, i);
    }
    if (result == STORE_OK) {
        sql_end(row);
    }
    return result;
}

int
ticket_collect(struct store *store, struct sqlite3_stmt *row, struct ticket *list, int max)
{
    int count = 0;
    enum store_result result = STORE_OK;
    while (count < max && (result = sql_next(store, row)) == STORE_OK) {
        ticket_read(row, &list[count++]);
    }
    sql_end(row);
    return result == STORE_OK || result == STORE_NONE ? count : -1;
}

int
ticket_unprinted(struct store *store, int32_t day, int64_t after, struct ticket *list, int max)
{
    return ticket_collect(store,
                          sql_begin(store,
                                    "SELECT " TICKET " FROM ticket WHERE day = ? AND id > ?"
                                    " AND print = 0 AND life IN (0, 1, 4, 5) ORDER BY id",
                                    "ii", (int64_t)day, after),
                          list, max);
}

int
ticket_unmirrored(struct store *store, struct ticket *list, int max)
{
    return ticket_collect(
        store,
        sql_begin(store, "SELECT " TICKET " FROM ticket WHERE mirrored < revision ORDER BY id", ""),
        list, max);
}

enum store_result
ticket_mirrored(struct store *store, const struct ticket *list, int count)
{
    enum store_result result = sql_transaction(store);
    for (int i = 0; i < count && result == STORE_OK; i++) {
        result = sql_run(store, "UPDATE ticket SET mirrored = max(mirrored, ?2) WHERE id = ?1",
                         "ii", list[i].id, (int64_t)list[i].revision);
    }
    return sql_finish(store, result);
}

/* What the portal has not yet seen stays, however old. So does the newest: a wrong clock may
 * have given it an old day, and without it the witness would miss a row, and its id would be
 * given again. */
enum store_result
ticket_forget(struct store *store, int32_t before_day)
{
    store->ticket_writes++;
    return sql_run(store,
                   "DELETE FROM ticket WHERE day < ? AND mirrored >= revision"
                   " AND id < (SELECT max(id) FROM ticket)",
                   "i", (int64_t)before_day);
}
