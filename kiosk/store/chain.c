#include <string.h>

#include "store/outbox.h"
#include "store/sql.h"

/* What a row says, as bytes that cannot be read two ways: lengths before texts. */
struct facts {
    uint8_t bytes[1024];
    size_t len;
};

static void
facts_bytes(struct facts *facts, const void *bytes, size_t len)
{
    if (len > sizeof facts->bytes - facts->len) {
        len = sizeof facts->bytes - facts->len;
    }
    memcpy(facts->bytes + facts->len, bytes, len);
    facts->len += len;
}

static void
facts_int(struct facts *facts, int64_t value)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)((uint64_t)value >> (56 - 8 * i));
    }
    facts_bytes(facts, bytes, sizeof bytes);
}

static void
facts_text(struct facts *facts, const char *text)
{
    size_t len = strlen(text);
    facts_int(facts, (int64_t)len);
    facts_bytes(facts, text, len);
}

void
outbox_facts(struct store *store, const struct outbox_item *item, uint8_t out[HASH_BYTES])
{
    struct facts facts = {0};
    facts_text(&facts, item->state == OUTBOX_LOST ? "lost" : "submission");
    facts_int(&facts, item->seq);
    if (item->state != OUTBOX_LOST) {
        facts_text(&facts, item->id);
        facts_text(&facts, item->code);
        facts_text(&facts, item->service);
        facts_text(&facts, item->language);
        facts_bytes(&facts, item->sha256, sizeof item->sha256);
        facts_int(&facts, item->saved_at);
    }
    store->hash(facts.bytes, facts.len, out);
}

void
journal_facts(struct store *store, int64_t seq, int64_t at, const char *who, const char *what,
              uint8_t out[HASH_BYTES])
{
    struct facts facts = {0};
    facts_text(&facts, "journal");
    facts_int(&facts, seq);
    facts_int(&facts, at);
    facts_text(&facts, who);
    facts_text(&facts, what);
    store->hash(facts.bytes, facts.len, out);
}

void
chain_next(struct store *store, const uint8_t before[HASH_BYTES], const uint8_t facts[HASH_BYTES],
           uint8_t out[HASH_BYTES])
{
    uint8_t both[2 * HASH_BYTES];
    memcpy(both, before, HASH_BYTES);
    memcpy(both + HASH_BYTES, facts, HASH_BYTES);
    store->hash(both, sizeof both, out);
}

static enum store_result
load_one(struct store *store, const char *name, struct chain *chain)
{
    struct sqlite3_stmt *row = sql_begin(
        store, "SELECT first, first_hash, last, last_hash FROM chain WHERE name = ?", "t", name);
    enum store_result result = sql_next(store, row);
    if (result != STORE_OK) {
        return result == STORE_NONE ? STORE_BROKEN : result;
    }
    chain->first = column_int(row, 0);
    chain->last = column_int(row, 2);
    bool whole = column_hash(row, 1, chain->first_hash) && column_hash(row, 3, chain->last_hash);
    sql_end(row);
    return whole ? STORE_OK : STORE_BROKEN;
}

enum store_result
chain_load(struct store *store)
{
    enum store_result result = load_one(store, "outbox", &store->outbox);
    return result == STORE_OK ? load_one(store, "journal", &store->journal) : result;
}

enum store_result
chain_save(struct store *store, const char *name, const struct chain *chain)
{
    return sql_run(store,
                   "UPDATE chain SET first = ?2, first_hash = ?3, last = ?4, last_hash = ?5"
                   " WHERE name = ?1",
                   "tibib", name, chain->first, chain->first_hash, (size_t)HASH_BYTES, chain->last,
                   chain->last_hash, (size_t)HASH_BYTES);
}
