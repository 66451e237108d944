#include "store/salvage.h"

#include <string.h>

#include "store/outbox.h"

/* FURTHER: more are not given between two writes of the witness. GIVEN_MOST: more are not given
 * in a kiosk's life. */
enum { FURTHER = 1000, GIVEN_MOST = 1000000 };

/* A row whose own hashes say that it is as it was written. */
static bool
read_item(struct salvage *salvage, int64_t seq, struct outbox_item *item)
{
    uint8_t facts[HASH_BYTES], sha256[HASH_BYTES], stored[HASH_BYTES];
    struct sqlite3_stmt *row =
        sql_begin(salvage_old(salvage), "SELECT facts FROM outbox WHERE seq = ?", "i", seq);
    if (sql_next(&salvage->old, row) != STORE_OK) {
        return false;
    }
    bool whole = column_hash(row, 0, stored);
    sql_end(row);
    if (!whole || outbox_get(&salvage->old, seq, item) != STORE_OK) {
        return false;
    }
    if (item->state == OUTBOX_FORGOTTEN || item->state == OUTBOX_LOST) {
        return true;
    }
    outbox_facts(salvage->fresh, item, facts);
    if (memcmp(facts, stored, HASH_BYTES) != 0) {
        return false;
    }
    if (item->envelope) {
        salvage->fresh->hash(item->envelope, item->envelope_len, sha256);
        whole = memcmp(sha256, item->sha256, HASH_BYTES) == 0;
        // A body that is there is owed, whatever the state says: sending twice is harmless.
        item->state = item->state == OUTBOX_QUARANTINED ? OUTBOX_QUARANTINED : OUTBOX_WAITING;
    } else {
        whole = item->state == OUTBOX_DELIVERED;
    }
    return whole;
}

/* The next link: `facts` and `link` for a row, kept once the row is there. */
static void
link_of(struct salvage *salvage, const struct outbox_item *item, uint8_t facts[HASH_BYTES],
        uint8_t link[HASH_BYTES])
{
    outbox_facts(salvage->fresh, item, facts);
    chain_next(salvage->fresh, salvage->chain.last_hash, facts, link);
}

static enum store_result
linked(struct salvage *salvage, enum store_result result, const uint8_t link[HASH_BYTES])
{
    if (result == STORE_OK) {
        memcpy(salvage->chain.last_hash, link, HASH_BYTES);
    }
    return result;
}

/* Chain a place without facts: forgotten or lost. */
static enum store_result
write_place(struct salvage *salvage, int64_t seq, enum outbox_state state)
{
    struct outbox_item place = {.seq = seq, .state = OUTBOX_LOST};
    uint8_t facts[HASH_BYTES], link[HASH_BYTES];
    link_of(salvage, &place, facts, link);
    enum store_result result =
        sql_run(salvage->fresh,
                "INSERT INTO outbox(seq, state, saved_at, facts, chain) VALUES(?, ?, 0, ?, ?)",
                "iibb", seq, (int64_t)state, facts, (size_t)HASH_BYTES, link, (size_t)HASH_BYTES);
    return linked(salvage, result, link);
}

static enum store_result
write_item(struct salvage *salvage, const struct outbox_item *item)
{
    uint8_t facts[HASH_BYTES], link[HASH_BYTES];
    link_of(salvage, item, facts, link);
    enum store_result result = sql_run(
        salvage->fresh, "INSERT INTO outbox VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "iittttbiiiitbb", item->seq, (int64_t)item->state, item->id, item->code, item->service,
        item->language, item->sha256, (size_t)HASH_BYTES, item->saved_at, item->delivered_at,
        (int64_t)item->tries, item->next_try, item->last_error, facts, (size_t)HASH_BYTES, link,
        (size_t)HASH_BYTES);
    if (result == STORE_OK && item->envelope) {
        result = sql_run(salvage->fresh, "INSERT INTO payload VALUES(?, ?)", "ib", item->seq,
                         item->envelope, item->envelope_len);
    }
    return linked(salvage, result, link);
}

static enum store_result
lose_item(struct salvage *salvage, int64_t seq)
{
    salvage->lost_from = salvage->lost_from ? salvage->lost_from : seq;
    salvage->lost_to = seq;
    return write_place(salvage, seq, OUTBOX_LOST);
}

static enum store_result
copy_item(struct salvage *salvage, int64_t seq)
{
    struct outbox_item item;
    if (!read_item(salvage, seq, &item)) {
        return lose_item(salvage, seq);
    }
    if (item.state == OUTBOX_FORGOTTEN || item.state == OUTBOX_LOST) {
        return write_place(salvage, seq, item.state);
    }
    enum store_result result = write_item(salvage, &item);
    if (result == STORE_TAKEN) {
        return lose_item(salvage, seq); // a copy of another row
    }
    salvage->saved++;
    return result;
}

/* The chain's head is a number like any other: where rows stand before it, it is damaged. */
static int64_t
first_of(struct salvage *salvage)
{
    int64_t head =
        sql_int(salvage_old(salvage), "SELECT first FROM chain WHERE name = 'outbox'", -1);
    int64_t rows = sql_int(salvage_old(salvage), "SELECT min(seq) FROM outbox", 0) - 1;
    return greater(0, head >= 0 && rows >= 0 ? lesser(head, rows) : greater(head, rows));
}

/* The last that was given, of three who know it: the chain's head, the rows, the witness. One
 * that is far beyond the two others is damaged; counting up to it would not end. */
static int64_t
last_of(struct salvage *salvage)
{
    static const char head_sql[] = "SELECT last FROM chain WHERE name = 'outbox' AND last <= ?";
    static const char rows_sql[] = "SELECT max(seq) FROM outbox WHERE seq <= ?";
    int64_t head = salvage_number(salvage, head_sql, INT64_MAX);
    int64_t rows = salvage_number(salvage, rows_sql, INT64_MAX);
    int64_t witness = salvage->witness.seq;
    int64_t second = greater(lesser(head, rows), lesser(greater(head, rows), witness));
    int64_t most = second > 0 ? lesser(second, GIVEN_MOST) + FURTHER : GIVEN_MOST;
    int64_t last =
        greater(salvage_number(salvage, head_sql, most), salvage_number(salvage, rows_sql, most));
    return witness <= most ? greater(last, witness) : last;
}

enum store_result
salvage_outbox(struct salvage *salvage)
{
    int64_t first = first_of(salvage), last = greater(first, last_of(salvage));
    salvage->chain = (struct chain){.first = first, .last = last};
    enum store_result result = STORE_OK;
    for (int64_t seq = first + 1; seq <= last && result == STORE_OK; seq++) {
        result = copy_item(salvage, seq);
    }
    return result == STORE_OK ? chain_save(salvage->fresh, "outbox", &salvage->chain) : result;
}
