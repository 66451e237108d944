#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/outbox.h"
#include "store/sql.h"

enum { SLICE = 200, WHOLE_AT_ONCE = 64 * 1024 * 1024 };

/* The steps in their order; a step with slices is called until it is done. */
enum stage { TABLES, REFERENCES, SUBMISSIONS, JOURNAL, CHECKED };

struct check {
    enum stage stage;
    int table;
    int64_t seq; /* last that was right */
    uint8_t link[HASH_BYTES];
    char *reason;
};

static enum store_result
fault(struct store *store, const char *what, int64_t seq)
{
    snprintf(store->check->reason, 160, "%s, row %lld", what, (long long)seq);
    return STORE_BROKEN;
}

/* A PRAGMA that answers one row "ok". */
static enum store_result
pragma(struct store *store, const char *sql)
{
    struct sqlite3_stmt *row = sql_begin(store, sql, "");
    enum store_result result = sql_next(store, row);
    if (result != STORE_OK) {
        snprintf(store->check->reason, 160, "%s cannot run", sql);
        return result == STORE_NONE ? STORE_BROKEN : result;
    }
    char said[160];
    column_text(row, 0, said, sizeof said);
    sql_end(row);
    if (strcmp(said, "ok") != 0) {
        for (size_t i = 0; i < sizeof said; i++) { // one line, whatever it says
            store->check->reason[i] = said[i] == '\n' ? ' ' : said[i];
        }
        return STORE_BROKEN;
    }
    return STORE_OK;
}

/* Of a big store the bodies are left to the row by row reading, which stays in slices. */
static enum store_result
check_tables(struct store *store)
{
    static const char *const tables[] = {
        "PRAGMA integrity_check('chain')",     "PRAGMA integrity_check('outbox')",
        "PRAGMA integrity_check('ticket')",    "PRAGMA integrity_check('journal')",
        "PRAGMA integrity_check('settings')",  "PRAGMA integrity_check('tally')",
        "PRAGMA integrity_check('tally_day')", "PRAGMA integrity_check('call')",
    };
    int count = sizeof tables / sizeof *tables;
    if (store_bytes(store) <= WHOLE_AT_ONCE) {
        return pragma(store, "PRAGMA integrity_check");
    }
    enum store_result result = pragma(store, tables[store->check->table]);
    return result == STORE_OK && ++store->check->table < count ? STORE_NONE : result;
}

static enum store_result
check_references(struct store *store)
{
    struct sqlite3_stmt *row = sql_begin(store, "PRAGMA foreign_key_check", "");
    enum store_result result = sql_next(store, row);
    if (result == STORE_OK) {
        int64_t seq = column_int(row, 1);
        sql_end(row);
        return fault(store, "reference to nothing", seq);
    }
    return result == STORE_NONE ? STORE_OK : result;
}

/* One link of a chain: the next number, and the hash over the one before. */
static enum store_result
check_link(struct store *store, int64_t seq, const uint8_t facts[HASH_BYTES],
           const uint8_t link[HASH_BYTES])
{
    struct check *check = store->check;
    uint8_t expected[HASH_BYTES];
    if (seq != check->seq + 1) {
        return fault(store, "the sequence has a gap", check->seq + 1);
    }
    chain_next(store, check->link, facts, expected);
    if (memcmp(expected, link, HASH_BYTES) != 0) {
        return fault(store, "the chain is broken", seq);
    }
    check->seq = seq;
    memcpy(check->link, link, HASH_BYTES);
    return STORE_OK;
}

static enum store_result
check_end(struct store *store, const struct chain *chain)
{
    if (store->check->seq != chain->last ||
        memcmp(store->check->link, chain->last_hash, HASH_BYTES) != 0) {
        return fault(store, "the chain ends early", store->check->seq);
    }
    return STORE_OK;
}

/* The sealed bytes are there as long as they are owed, and they are the ones. */
static enum store_result
check_payload(struct store *store, const struct outbox_item *item, struct sqlite3_stmt *row)
{
    size_t len;
    uint8_t sha256[HASH_BYTES];
    const uint8_t *envelope = column_bytes(row, 14, &len);
    bool owed = item->state == OUTBOX_WAITING || item->state == OUTBOX_QUARANTINED;
    if (owed != (column_int(row, 15) != 0)) {
        return fault(store, owed ? "a payload is missing" : "a payload was left behind", item->seq);
    }
    if (owed) {
        store->hash(envelope, len, sha256);
        if (memcmp(sha256, item->sha256, HASH_BYTES) != 0) {
            return fault(store, "a payload is damaged", item->seq);
        }
    }
    return STORE_OK;
}

static enum store_result
check_item(struct store *store, struct sqlite3_stmt *row)
{
    struct outbox_item item;
    uint8_t facts[HASH_BYTES], link[HASH_BYTES], computed[HASH_BYTES];
    outbox_read(row, &item);
    column_hash(row, 12, facts);
    column_hash(row, 13, link);
    if (item.state != OUTBOX_FORGOTTEN) {
        outbox_facts(store, &item, computed);
        if (memcmp(computed, facts, HASH_BYTES) != 0) {
            return fault(store, "a submission's facts are damaged", item.seq);
        }
    }
    enum store_result result = check_link(store, item.seq, facts, link);
    return result == STORE_OK ? check_payload(store, &item, row) : result;
}

static enum store_result
check_entry(struct store *store, struct sqlite3_stmt *row)
{
    char who[JOURNAL_WHO], what[JOURNAL_WHAT];
    uint8_t facts[HASH_BYTES], link[HASH_BYTES];
    column_text(row, 2, who, sizeof who);
    column_text(row, 3, what, sizeof what);
    column_hash(row, 4, link);
    journal_facts(store, column_int(row, 0), column_int(row, 1), who, what, facts);
    return check_link(store, column_int(row, 0), facts, link);
}

static const char item_sql[] =
    "SELECT o.seq, state, coalesce(id, ''), coalesce(code, ''), coalesce(service, ''),"
    " coalesce(language, ''), sha256, saved_at, delivered_at, tries, next_try, last_error,"
    " facts, chain, envelope, p.seq NOTNULL"
    " FROM outbox o LEFT JOIN payload p ON p.seq = o.seq WHERE o.seq > ? ORDER BY o.seq";
static const char entry_sql[] =
    "SELECT seq, at, who, what, chain FROM journal WHERE seq > ? ORDER BY seq";

typedef enum store_result check_row(struct store *store, struct sqlite3_stmt *row);

/* A slice of a chain's rows; STORE_OK when all of it was right to its end. */
static enum store_result
check_chain(struct store *store, const struct chain *chain, const char *sql, check_row *each)
{
    struct sqlite3_stmt *row = sql_begin(store, sql, "i", store->check->seq);
    for (int i = 0; i < SLICE; i++) {
        enum store_result result = sql_next(store, row);
        if (result == STORE_NONE) {
            return check_end(store, chain);
        }
        if (result == STORE_OK) {
            result = each(store, row);
        }
        if (result != STORE_OK) {
            sql_end(row);
            return result;
        }
    }
    sql_end(row);
    return STORE_NONE;
}

static void
begin_stage(struct store *store, enum stage stage)
{
    struct check *check = store->check;
    check->stage = stage;
    if (stage == SUBMISSIONS || stage == JOURNAL) {
        const struct chain *chain = stage == JOURNAL ? &store->journal : &store->outbox;
        check->seq = chain->first;
        memcpy(check->link, chain->first_hash, HASH_BYTES);
    }
}

static enum store_result
check_stage(struct store *store)
{
    switch (store->check->stage) {
    case TABLES:
        return check_tables(store);
    case REFERENCES:
        return check_references(store);
    case SUBMISSIONS:
        return check_chain(store, &store->outbox, item_sql, check_item);
    case JOURNAL:
        return check_chain(store, &store->journal, entry_sql, check_entry);
    case CHECKED:
        break;
    }
    return STORE_OK;
}

enum store_result
store_check_step(struct store *store, char reason[160])
{
    reason[0] = '\0';
    if (!store->check) {
        store->check = calloc(1, sizeof *store->check);
        if (!store->check) {
            return STORE_FULL;
        }
        begin_stage(store, TABLES);
    }
    store->check->reason = reason;
    enum store_result result = check_stage(store);
    if (result == STORE_OK && store->check->stage + 1 < CHECKED) {
        begin_stage(store, store->check->stage + 1);
        return STORE_NONE;
    }
    if (result != STORE_NONE) {
        free(store->check);
        store->check = NULL;
    }
    if (result == STORE_BROKEN) {
        store->broken = true;
        if (!reason[0]) {
            snprintf(reason, 160, "the file cannot be read");
        }
    }
    return result;
}
