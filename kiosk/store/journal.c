#include "store/journal.h"

#include <string.h>

#include "base/text.h"
#include "store/sql.h"

static enum store_result
append(struct store *store, int64_t now, const char *by, const char *did, struct chain *chain)
{
    uint8_t facts[HASH_BYTES], link[HASH_BYTES];
    char who[JOURNAL_WHO], what[JOURNAL_WHAT];
    text_copy(who, sizeof who, by);
    text_copy(what, sizeof what, did);
    int64_t seq = chain->last + 1;
    journal_facts(store, seq, now, who, what, facts);
    chain_next(store, chain->last_hash, facts, link);
    enum store_result result = sql_run(store, "INSERT INTO journal VALUES(?, ?, ?, ?, ?)", "iittb",
                                       seq, now, who, what, link, (size_t)HASH_BYTES);
    chain->last = seq;
    memcpy(chain->last_hash, link, HASH_BYTES);
    return result == STORE_OK ? chain_save(store, "journal", chain) : result;
}

enum store_result
journal_add(struct store *store, int64_t now, const char *who, const char *what)
{
    struct chain chain = store->journal;
    enum store_result result = sql_transaction(store);
    if (result == STORE_OK) {
        result = append(store, now, who, what, &chain);
    }
    result = sql_finish(store, result);
    if (result != STORE_OK) {
        return result;
    }
    store->journal = chain;
    store->newest = now > store->newest ? now : store->newest;
    return STORE_OK;
}

enum store_result
settings_put(struct store *store, const char *key, const char *value)
{
    return sql_run(store,
                   "INSERT INTO settings VALUES(?, ?) ON CONFLICT(key)"
                   " DO UPDATE SET value = excluded.value",
                   "tt", key, value);
}

bool
settings_get(struct store *store, const char *key, char *out, size_t size)
{
    struct sqlite3_stmt *row =
        sql_begin(store, "SELECT value FROM settings WHERE key = ?", "t", key);
    if (sql_next(store, row) != STORE_OK) {
        out[0] = '\0';
        return false;
    }
    column_text(row, 0, out, size);
    sql_end(row);
    return true;
}

enum store_result
settings_drop(struct store *store, const char *key)
{
    return sql_run(store, "DELETE FROM settings WHERE key = ?", "t", key);
}

enum store_result
settings_each(struct store *store, const char *prefix, settings_row *each, void *context)
{
    char key[SETTINGS_KEY], value[SETTINGS_VALUE];
    struct sqlite3_stmt *row = sql_begin(
        store, "SELECT key, value FROM settings WHERE substr(key, 1, length(?1)) = ?1 ORDER BY key",
        "t", prefix);
    enum store_result result;
    while ((result = sql_next(store, row)) == STORE_OK) {
        column_text(row, 0, key, sizeof key);
        column_text(row, 1, value, sizeof value);
        each(context, key, value);
    }
    return result == STORE_NONE ? STORE_OK : result;
}

enum store_result
settings_drop_all(struct store *store, const char *prefix)
{
    return sql_run(store, "DELETE FROM settings WHERE substr(key, 1, length(?1)) = ?1", "t",
                   prefix);
}
