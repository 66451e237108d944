#include "store/store.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "store/salvage.h"
#include "store/sql.h"

static int64_t
size_of(const struct store *store, const char *suffix)
{
    char *path = sqlite3_mprintf("%s%s", store->path, suffix);
    struct stat info;
    int64_t size = path && stat(path, &info) == 0 ? (int64_t)info.st_size : -1;
    sqlite3_free(path);
    return size;
}

/* The log is kept when the store is closed, so its absence says that it was lost. */
static bool
files_agree(const struct store *store)
{
    bool known = store->witness.seq || store->witness.ticket;
    if ((known && size_of(store, "") <= 0) || salvage_is_aside(store->path)) {
        log_error("store: %s is gone", store->path);
        return false;
    }
    if (known && size_of(store, "-wal") < 0) {
        log_error("store: %s-wal is gone, and with it what was saved last", store->path);
        return false;
    }
    return true;
}

static enum store_result
configure(struct store *store)
{
    static const char pragmas[] =
        "PRAGMA locking_mode = EXCLUSIVE;" // also: no shared memory beside the file
        "PRAGMA journal_mode = WAL;"
        "PRAGMA synchronous = FULL;"
        "PRAGMA foreign_keys = ON;"
        "PRAGMA secure_delete = ON;"
        "PRAGMA cell_size_check = ON;"
        "PRAGMA trusted_schema = OFF;"
        "PRAGMA temp_store = MEMORY;"
        "PRAGMA cache_size = -512;"          // KiB; more would only fill up in a busy day
        "PRAGMA wal_autocheckpoint = 4000;"; // store_idle does it long before
    int on = 1;
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_extended_result_codes(store->db, 1);
    int code = sqlite3_exec(store->db, pragmas, NULL, NULL, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_file_control(store->db, NULL, SQLITE_FCNTL_PERSIST_WAL, &on);
    }
    if (code != SQLITE_OK) {
        log_error("store: %s: %s", store->path, sqlite3_errmsg(store->db));
    }
    return sql_result(store, code);
}

/* After a failed flush the kernel may hold pages that never reached the disk and call
 * them clean. Copied through the checkpoint they are written once more. */
static enum store_result
settle(struct store *store)
{
    int code = sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    return sql_result(store, code);
}

/* Rows that were acknowledged and are not there: a log was cut or replaced. */
static enum store_result
compare_witness(struct store *store)
{
    int64_t ticket = sql_int(store, "SELECT max(id) FROM ticket", 0);
    if (store->broken) {
        return STORE_BROKEN;
    }
    if (store->outbox.last < store->witness.seq || ticket < store->witness.ticket) {
        log_error("store: rows that were on disk are missing: submission %lld of %lld, ticket %lld "
                  "of %lld",
                  (long long)store->outbox.last, (long long)store->witness.seq, (long long)ticket,
                  (long long)store->witness.ticket);
        return STORE_BROKEN;
    }
    store->witness.seq = store->outbox.last;
    store->witness.ticket = ticket;
    return STORE_OK;
}

static enum store_result
open_database(struct store *store)
{
    if (!files_agree(store)) {
        return STORE_BROKEN;
    }
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    int code = sqlite3_open_v2(store->path, &store->db, flags, NULL);
    if (code != SQLITE_OK) {
        log_error("store: %s: %s", store->path, sqlite3_errmsg(store->db));
        return sql_result(store, code);
    }
    enum store_result result = configure(store);
    if (result == STORE_OK) {
        result = schema_ready(store);
    }
    if (result == STORE_OK) {
        result = settle(store);
    }
    return result == STORE_OK ? compare_witness(store) : result;
}

struct store *
store_open(const char *path, store_hash *hash, enum store_result *why)
{
    struct store *store = calloc(1, sizeof *store);
    char *own = strdup(path);
    if (!store || !own) {
        log_error("store: out of memory");
        *why = STORE_FULL;
        free(store);
        free(own);
        return NULL;
    }
    store->path = own;
    store->hash = hash;
    store->ticket_writes = 1;
    store->lock = -1;
    if (!witness_open(store, why)) {
        goto refused;
    }
    *why = open_database(store);
    if (*why != STORE_OK) {
        goto refused;
    }
    witness_note(store);
    return store;

refused:
    store_close(store);
    return NULL;
}

void
store_close(struct store *store)
{
    if (!store) {
        return;
    }
    free(store->check);
    for (size_t i = 0; i < STATEMENTS; i++) {
        sqlite3_finalize(store->cache[i].statement);
    }
    sqlite3_close(store->db);
    if (store->lock >= 0) {
        close(store->lock);
    }
    free(store->envelope);
    free(store->path);
    free(store);
}

bool
store_is_broken(const struct store *store)
{
    return store->broken;
}

int64_t
store_ticket_writes(const struct store *store)
{
    return store->ticket_writes;
}

int64_t
store_newest(const struct store *store)
{
    return store->newest;
}

int64_t
store_bytes(const struct store *store)
{
    int64_t log = size_of(store, "-wal");
    return size_of(store, "") + (log > 0 ? log : 0);
}

bool
store_is_settled(const struct store *store)
{
    return sqlite3_total_changes64(store->db) == store->settled;
}

enum store_result
store_idle(struct store *store)
{
    enum store_result result = STORE_OK;
    int64_t changes = sqlite3_total_changes64(store->db);
    if (store->broken) {
        return STORE_BROKEN;
    }
    if (size_of(store, "-wal") > 0) {
        result = settle(store);
    }
    if (result == STORE_OK) {
        store->settled = changes;
        // Else the pages that were read stay, one more with each visit, up to cache_size.
        sqlite3_db_release_memory(store->db);
    }
    return result;
}
