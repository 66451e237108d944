/* This room's own: the connection and how statements are run on it. */
#pragma once
#include "store/store.h"

struct sqlite3;
struct sqlite3_stmt;

enum { HASH_BYTES = 32, STATEMENTS = 56, JOURNAL_WHO = 64, JOURNAL_WHAT = 256 };
enum { SETTINGS_KEY = 80, SETTINGS_VALUE = 512 };

/* What was last said to be on disk, kept beside the database without a flush: it
 * shows when a log was lost and a sequence would start over. */
struct witness {
    int64_t seq, ticket;
    int64_t day, number; /* of the last ticket, and the greatest number of that day */
};

/* The head of a hash chain; `first` is where it starts after older rows went. */
struct chain {
    int64_t first, last;
    uint8_t first_hash[HASH_BYTES], last_hash[HASH_BYTES];
};

struct check; /* where the integrity check stands */

struct store {
    struct sqlite3 *db;
    char *path;
    store_hash *hash;
    int lock;           /* flock held while open; holds the witness */
    bool broken, quiet; /* quiet: a damaged one is being read */
    int64_t newest;
    int64_t settled;                    /* changes there were when the log was last emptied */
    int64_t waiting, quarantined, lost; /* counts, so that no size makes status slow */
    struct chain outbox, journal;
    struct witness witness;
    int64_t ticket_writes; /* so many so far, from 1: what was counted before the last is stale */
    struct {
        int64_t writes;
        int32_t day;
        int issued, waiting, unprinted;
    } counted;         /* tickets of that day */
    uint8_t *envelope; /* of the item handed out last; owned */
    struct {
        const char *sql;
        struct sqlite3_stmt *statement;
    } cache[STATEMENTS];
    struct check *check;
};

/* Statements are literals, prepared once and kept by their address. `kinds` has a letter for
 * each parameter: i int64_t, t text, b bytes and size_t, n NULL. Texts and bytes are not
 * copied: they outlive the statement's run. NULL: the store cannot (noted). */
struct sqlite3_stmt *sql_begin(struct store *store, const char *sql, const char *kinds, ...);
/* STORE_OK: a row is there. STORE_NONE: the end; the statement is reset. */
enum store_result sql_next(struct store *store, struct sqlite3_stmt *statement);
void sql_end(struct sqlite3_stmt *statement);
/* Runs to the end, rows ignored. */
enum store_result sql_run(struct store *store, const char *sql, const char *kinds, ...);
/* The first column of the first row; `fallback` without one. */
int64_t sql_int(struct store *store, const char *sql, int64_t fallback);

enum store_result sql_transaction(struct store *store);
/* Commits where all so far went well, else rolls back: what came of the transaction. */
enum store_result sql_finish(struct store *store, enum store_result result);
void sql_rollback(struct store *store);

/* Any result code of SQLite; marks the store broken where it is. */
enum store_result sql_result(struct store *store, int code);

int64_t column_int(struct sqlite3_stmt *statement, int column);
void column_text(struct sqlite3_stmt *statement, int column, char *out, size_t size);
bool column_hash(struct sqlite3_stmt *statement, int column, uint8_t out[HASH_BYTES]);
const uint8_t *column_bytes(struct sqlite3_stmt *statement, int column, size_t *len);

/* Tables of this version exist; counts and heads are read. */
enum store_result schema_ready(struct store *store);

/* Chains (chain.c). */
enum store_result chain_load(struct store *store);
void chain_next(struct store *store, const uint8_t before[HASH_BYTES],
                const uint8_t facts[HASH_BYTES], uint8_t out[HASH_BYTES]);
enum store_result chain_save(struct store *store, const char *name, const struct chain *chain);

struct outbox_item;
void outbox_facts(struct store *store, const struct outbox_item *item, uint8_t out[HASH_BYTES]);
void outbox_read(struct sqlite3_stmt *row, struct outbox_item *item);
void journal_facts(struct store *store, int64_t seq, int64_t at, const char *who, const char *what,
                   uint8_t out[HASH_BYTES]);

struct ticket;
struct ticket_order;
#define TICKET                                                                                \
    "id, uuid, day, letter, number, issued_at, service, print, life, priority,"               \
    " coalesce(submission, 0), copies, revision, booking, counter, aim, called_at, ended_at," \
    " calls, change"
/* As many rows as fit; -1 when they cannot be read. Ends the statement. */
int ticket_collect(struct store *store, struct sqlite3_stmt *row, struct ticket *list, int max);
void ticket_read(struct sqlite3_stmt *row, struct ticket *ticket);
/* Inside the caller's transaction. ticket_for: the number of a request, whose first wording
 * has that id, now stands for the submission `seq`; with `order` one is issued where there is
 * none. */
enum store_result ticket_insert(struct store *store, const struct ticket_order *order,
                                int64_t submission, struct ticket *ticket);
enum store_result ticket_for(struct store *store, const char *request,
                             const struct ticket_order *order, int64_t seq, struct ticket *ticket);
/* Numbers up to this one may be in people's hands that day, though no row says so. */
int ticket_floor(struct store *store, int32_t day);
enum store_result ticket_of(struct store *store, int64_t submission, struct ticket *ticket);

/* The lock beside the database and what it remembers (witness.c). */
bool witness_open(struct store *store, enum store_result *why);        /* lock, then read */
void witness_ticket(struct store *store, const struct ticket *ticket); /* is being given */
void witness_note(struct store *store);                                /* after a commit */
