#include "store/salvage.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "store/journal.h"
#include "store/sql.h"
#include "store/tallies.h"
#include "store/tickets.h"

/* More ticket numbers than SKIP_MOST are not given between two looks at the disk, and no office
 * gives NUMBER_MOST in a day. */
enum { SKIP_MOST = 500, TICKETS_BACK = 20000, NUMBER_MOST = 100000 };

/* What cannot be opened reads as rows that are all lost. */
static void
open_old(struct salvage *salvage)
{
    char *path = salvage_damaged(salvage->path);
    sqlite3_open_v2(path, &salvage->old.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    free(path);
    sqlite3_exec(salvage->old.db, "PRAGMA locking_mode = EXCLUSIVE", NULL, NULL, NULL);
}

struct store *
salvage_old(struct salvage *salvage)
{
    salvage->old.broken = false;
    return &salvage->old;
}

int64_t
salvage_number(struct salvage *salvage, const char *sql, int64_t most)
{
    struct sqlite3_stmt *row = sql_begin(salvage_old(salvage), sql, "i", most);
    if (sql_next(&salvage->old, row) != STORE_OK) {
        return 0;
    }
    int64_t number = greater(0, column_int(row, 0));
    sql_end(row);
    return number;
}

static enum store_result
write_ticket(struct store *fresh, const struct ticket *ticket)
{
    return sql_run(fresh,
                   "INSERT INTO ticket(id, uuid, day, letter, number, issued_at, service, print,"
                   " life, priority, submission, copies, revision, booking, counter, aim,"
                   " called_at, ended_at, calls)"
                   " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
                   " (SELECT seq FROM outbox WHERE seq = ?11), ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
                   " ?19)",
                   "ititiitiiiiiitiiiii", ticket->id, ticket->uuid, (int64_t)ticket->day,
                   ticket->letter, (int64_t)ticket->number, ticket->issued_at, ticket->service,
                   (int64_t)ticket->print, (int64_t)ticket->life, (int64_t)ticket->priority,
                   ticket->submission, (int64_t)ticket->copies, (int64_t)ticket->revision + 1,
                   ticket->booking, (int64_t)ticket->counter, (int64_t)ticket->aim,
                   ticket->called_at, ticket->ended_at, (int64_t)ticket->calls);
}

/* Numbers that may be in people's hands and are not known: every series of the day goes on
 * beyond them. */
static enum store_result
skip_numbers(struct salvage *salvage, int32_t today, int64_t lost)
{
    char floor[48];
    struct witness *witness = &salvage->witness;
    int64_t most = greater(sql_int(salvage->fresh, "SELECT max(number) FROM ticket", 0),
                           ticket_floor(salvage->fresh, today)); // of an earlier salvage
    if (witness->day == today && witness->number < NUMBER_MOST) {
        most = greater(most, witness->number); // that salvage may be lost whole by now
    }
    witness->day = today;
    witness->number = most + lesser(lost, SKIP_MOST);
    snprintf(floor, sizeof floor, "%" PRId32 " %" PRId64, today, witness->number);
    return settings_put(salvage->fresh, "ticket.floor", floor);
}

/* A damaged id and a damaged witness are not taken at their word: nobody counts up to them. */
static int64_t
last_ticket(struct salvage *salvage)
{
    static const char greatest[] = "SELECT max(id) FROM ticket WHERE id <= ?";
    int64_t witness = salvage->witness.ticket;
    int64_t found = salvage_number(salvage, greatest, INT64_MAX);
    if (witness > 0 && found - witness > SKIP_MOST) {
        found = salvage_number(salvage, greatest, witness + SKIP_MOST);
    }
    return found > 0 && found < witness ? found + lesser(witness - found, SKIP_MOST)
                                        : greater(found, witness);
}

static enum store_result
copy_tickets(struct salvage *salvage, int32_t today)
{
    int64_t last = last_ticket(salvage), lost = 0;
    int64_t from = greater(1, last - TICKETS_BACK);
    bool any = false;
    enum store_result result = STORE_OK;
    for (int64_t id = from; id <= last && result == STORE_OK; id++) {
        struct ticket ticket;
        if (ticket_get(salvage_old(salvage), id, &ticket) == STORE_OK) {
            any = true;
            result = write_ticket(salvage->fresh, &ticket);
            if (result == STORE_TAKEN) {
                result = STORE_OK; // a damaged copy of another row
                lost++;
            }
        } else {
            lost += any || salvage->old.broken;
        }
    }
    if (!any) {
        lost = last;
    }
    return result == STORE_OK && lost ? skip_numbers(salvage, today, lost) : result;
}

static enum store_result
copy_settings(struct salvage *salvage)
{
    char key[SETTINGS_KEY], value[SETTINGS_VALUE];
    enum store_result result = STORE_OK;
    struct sqlite3_stmt *row =
        sql_begin(salvage_old(salvage), "SELECT key, value FROM settings", "");
    while (result == STORE_OK && sql_next(&salvage->old, row) == STORE_OK) {
        column_text(row, 0, key, sizeof key);
        column_text(row, 1, value, sizeof value);
        result = settings_put(salvage->fresh, key, value);
    }
    sql_end(row);
    return result;
}

static enum store_result
copy_counts(struct salvage *salvage)
{
    char name[TALLY_NAME];
    enum store_result result = STORE_OK;
    struct sqlite3_stmt *row =
        sql_begin(salvage_old(salvage), "SELECT day, name, count FROM tally", "");
    while (result == STORE_OK && sql_next(&salvage->old, row) == STORE_OK) {
        int64_t day = column_int(row, 0), count = column_int(row, 2);
        column_text(row, 1, name, sizeof name);
        if (tally_is_name(name) && count > 0) {
            result =
                sql_run(salvage->fresh, "INSERT INTO tally VALUES(?, ?, ?) ON CONFLICT DO NOTHING",
                        "iti", day, name, count);
        }
    }
    sql_end(row);
    return result;
}

/* The portal is told a day's numbers whole: without those of the morning the ones of the
 * afternoon would take their place there too. Told again, each day that is here. */
static enum store_result
copy_tallies(struct salvage *salvage)
{
    enum store_result result = copy_counts(salvage);
    if (result == STORE_OK) {
        result = sql_run(salvage->fresh,
                         "INSERT INTO tally_day SELECT DISTINCT day, 1, 0 FROM tally", "");
    }
    return result;
}

/* The old journal stays with the old files; the new one goes on counting after it. */
static enum store_result
begin_journal(struct salvage *salvage)
{
    struct chain chain = {0};
    chain.first = chain.last =
        greater(0, sql_int(salvage_old(salvage), "SELECT max(seq) FROM journal", 0));
    return chain_save(salvage->fresh, "journal", &chain);
}

static enum store_result
copy_all(struct salvage *salvage, int32_t today)
{
    enum store_result result = sql_transaction(salvage->fresh);
    if (result == STORE_OK) {
        result = salvage_outbox(salvage);
    }
    if (result == STORE_OK) {
        result = copy_settings(salvage);
    }
    if (result == STORE_OK) {
        result = copy_tickets(salvage, today);
    }
    if (result == STORE_OK) {
        result = copy_tallies(salvage);
    }
    if (result == STORE_OK) {
        result = begin_journal(salvage);
    }
    return sql_finish(salvage->fresh, result);
}

static bool
fill_fresh(struct salvage *salvage, int64_t now, int32_t today)
{
    enum store_result why;
    char *path = salvage_fresh(salvage->path), line[160];
    salvage_drop_fresh(salvage->path);
    salvage->fresh = store_open(path, salvage->old.hash, &why);
    free(path);
    if (!salvage->fresh) {
        return false;
    }
    open_old(salvage);
    if (copy_all(salvage, today) != STORE_OK || chain_load(salvage->fresh) != STORE_OK) {
        return false;
    }
    snprintf(line, sizeof line, "salvage: %" PRId64 " kept, lost %" PRId64 " to %" PRId64,
             salvage->saved, salvage->lost_from, salvage->lost_to);
    log_warning("store: %s", line);
    bool noted = journal_add(salvage->fresh, now, "store", line) == STORE_OK;
    store_idle(salvage->fresh); // the log is empty when the files change places
    return noted && !store_is_broken(salvage->fresh);
}

static void
close_old(struct store *store)
{
    for (size_t i = 0; i < STATEMENTS; i++) {
        sqlite3_finalize(store->cache[i].statement);
    }
    // Its log stays beside it: closing must not try to mend anything.
    if (store->db) {
        sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    }
    sqlite3_close(store->db);
    free(store->envelope);
}

/* The witness of the new file, so that it opens as whole. */
static void
renew_witness(struct store *lock, const struct salvage *salvage, int64_t ticket)
{
    lock->witness = salvage->witness;
    lock->witness.seq = salvage->chain.last;
    lock->witness.ticket = ticket;
    witness_note(lock);
}

int64_t
store_salvage(const char *path, store_hash *hash, int64_t now, int32_t today, int64_t *lost_from,
              int64_t *lost_to)
{
    struct store lock = {.path = (char *)path, .lock = -1};
    struct salvage salvage = {
        .path = path, .old.hash = hash, .old.path = (char *)path, .old.quiet = true};
    enum store_result why;
    *lost_from = *lost_to = 0;
    if (!witness_open(&lock, &why) || !salvage_move_aside(path)) {
        if (lock.lock >= 0) {
            close(lock.lock);
        }
        return -1;
    }
    salvage.witness = lock.witness;
    bool filled = fill_fresh(&salvage, now, today);
    int64_t ticket = filled ? sql_int(salvage.fresh, "SELECT max(id) FROM ticket", 0) : 0;
    store_close(salvage.fresh);
    close_old(&salvage.old);
    if (filled) {
        filled = salvage_move_in(path);
        salvage_drop_fresh(path);
    }
    if (filled) { // not before: a salvage that stops half-way must find what was given
        renew_witness(&lock, &salvage, ticket);
    }
    close(lock.lock);
    *lost_from = salvage.lost_from;
    *lost_to = salvage.lost_to;
    return filled ? salvage.saved : -1;
}
