#include "store/outbox.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "store/sql.h"
#include "store/tickets.h"

#define ITEM                                                                   \
    "seq, state, coalesce(id, ''), coalesce(code, ''), coalesce(service, '')," \
    " coalesce(language, ''), sha256, saved_at, delivered_at, tries, next_try, last_error"

void
outbox_read(struct sqlite3_stmt *row, struct outbox_item *item)
{
    *item = (struct outbox_item){.seq = column_int(row, 0),
                                 .state = (enum outbox_state)column_int(row, 1),
                                 .saved_at = column_int(row, 7),
                                 .delivered_at = column_int(row, 8),
                                 .tries = (int)column_int(row, 9),
                                 .next_try = column_int(row, 10)};
    column_text(row, 2, item->id, sizeof item->id);
    column_text(row, 3, item->code, sizeof item->code);
    column_text(row, 4, item->service, sizeof item->service);
    column_text(row, 5, item->language, sizeof item->language);
    column_hash(row, 6, item->sha256);
    column_text(row, 11, item->last_error, sizeof item->last_error);
}

/* The envelope into the store's own buffer; its former content is not needed. */
static enum store_result
read_envelope(struct store *store, struct outbox_item *item)
{
    struct sqlite3_stmt *row =
        sql_begin(store, "SELECT envelope FROM payload WHERE seq = ?", "i", item->seq);
    enum store_result result = sql_next(store, row);
    if (result != STORE_OK) {
        return result == STORE_NONE ? STORE_OK : result;
    }
    size_t len;
    const uint8_t *bytes = column_bytes(row, 0, &len);
    uint8_t *copy = realloc(store->envelope, len ? len : 1);
    if (!copy) {
        log_error("store: out of memory for an envelope");
        sql_end(row);
        return STORE_FULL;
    }
    store->envelope = copy;
    if (len) {
        memcpy(copy, bytes, len);
    }
    item->envelope = copy;
    item->envelope_len = len;
    sql_end(row);
    return STORE_OK;
}

static enum store_result
first_item(struct store *store, const char *sql, int64_t number, struct outbox_item *item,
           bool envelope)
{
    struct sqlite3_stmt *row = sql_begin(store, sql, "i", number);
    enum store_result result = sql_next(store, row);
    if (result != STORE_OK) {
        return result;
    }
    outbox_read(row, item);
    sql_end(row);
    return envelope ? read_envelope(store, item) : STORE_OK;
}

enum store_result
outbox_next(struct store *store, int64_t after, struct outbox_item *item)
{
    return first_item(
        store, "SELECT " ITEM " FROM outbox WHERE state = 0 AND seq > ? ORDER BY seq LIMIT 1",
        after, item, true);
}

enum store_result
outbox_list(struct store *store, int64_t after, struct outbox_item *item)
{
    return first_item(store, "SELECT " ITEM " FROM outbox WHERE seq > ? ORDER BY seq LIMIT 1",
                      after, item, false);
}

enum store_result
outbox_get(struct store *store, int64_t seq, struct outbox_item *item)
{
    return first_item(store, "SELECT " ITEM " FROM outbox WHERE seq = ?", seq, item, true);
}

static enum store_result
insert(struct store *store, const struct outbox_item *item, struct chain *chain)
{
    uint8_t facts[HASH_BYTES], link[HASH_BYTES];
    outbox_facts(store, item, facts);
    chain_next(store, chain->last_hash, facts, link);
    enum store_result result = sql_run(
        store,
        "INSERT INTO outbox(seq, state, id, code, service, language, sha256, saved_at,"
        " facts, chain) VALUES(?, 0, ?, ?, ?, ?, ?, ?, ?, ?)",
        "ittttbibb", item->seq, item->id, item->code, item->service, item->language, item->sha256,
        (size_t)HASH_BYTES, item->saved_at, facts, (size_t)HASH_BYTES, link, (size_t)HASH_BYTES);
    if (result == STORE_OK) {
        result = sql_run(store, "INSERT INTO payload VALUES(?, ?)", "ib", item->seq, item->envelope,
                         item->envelope_len);
    }
    chain->last = item->seq;
    memcpy(chain->last_hash, link, HASH_BYTES);
    return result == STORE_OK ? chain_save(store, "outbox", chain) : result;
}

/* Already here? STORE_NONE if not. */
static enum store_result
known(struct store *store, const struct outbox_item *item, struct ticket *ticket, int64_t *seq)
{
    uint8_t sha256[HASH_BYTES];
    struct sqlite3_stmt *row =
        sql_begin(store, "SELECT seq, sha256 FROM outbox WHERE id = ?", "t", item->id);
    enum store_result result = sql_next(store, row);
    if (result != STORE_OK) {
        return result;
    }
    int64_t found = column_int(row, 0);
    bool same = column_hash(row, 1, sha256) && memcmp(sha256, item->sha256, HASH_BYTES) == 0;
    sql_end(row);
    *seq = same ? found : 0;
    if (same && ticket) {
        result = ticket_of(store, found, ticket);
    }
    return result == STORE_OK || result == STORE_NONE ? STORE_TAKEN : result;
}

static bool
item_of(struct store *store, const struct submission *submission, int64_t now,
        struct outbox_item *item)
{
    *item = (struct outbox_item){.seq = store->outbox.last + 1,
                                 .saved_at = now,
                                 .envelope = submission->envelope,
                                 .envelope_len = submission->len};
    store->hash(submission->envelope, submission->len, item->sha256);
    return text_copy(item->id, sizeof item->id, submission->id) &&
           text_copy(item->code, sizeof item->code, submission->code) &&
           text_copy(item->service, sizeof item->service, submission->service) &&
           text_copy(item->language, sizeof item->language, submission->language);
}

/* The rows of one submission, inside the transaction. */
static enum store_result
put_rows(struct store *store, const struct outbox_item *item, const char *request,
         const struct ticket_order *order, struct ticket *ticket, struct chain *chain)
{
    enum store_result result = insert(store, item, chain);
    if (result == STORE_OK && ticket) {
        result = ticket_for(store, request, order, item->seq, ticket);
        return result == STORE_NONE ? STORE_OK : result; // the quota: saved without a number
    }
    return result;
}

enum store_result
outbox_put(struct store *store, const struct submission *submission, int64_t now,
           const struct ticket_order *order, struct ticket *ticket, int64_t *seq)
{
    struct outbox_item item;
    struct chain chain = store->outbox;
    const char *first =
        submission->replaces && *submission->replaces ? submission->replaces : submission->id;
    *seq = 0;
    if (ticket) {
        *ticket = (struct ticket){0};
    }
    if (!item_of(store, submission, now, &item)) {
        return STORE_TAKEN; // longer than any message of ours: never stored cut
    }
    enum store_result result = sql_transaction(store);
    if (result == STORE_OK) {
        result = known(store, &item, ticket, seq);
    }
    if (result == STORE_NONE) {
        result = put_rows(store, &item, first, order, ticket, &chain);
    }
    struct witness before = store->witness;
    if (result == STORE_OK) {
        store->witness.seq = item.seq;
        if (ticket != NULL) {
            witness_ticket(store, ticket);
        }
    }
    result = sql_finish(store, result);
    if (result != STORE_OK) {
        store->witness = before;
        return result;
    }
    store->outbox = chain;
    store->waiting++;
    store->newest = now > store->newest ? now : store->newest;
    *seq = item.seq;
    return STORE_OK;
}

/* Leaves the state of waiting; STORE_NONE when it did not wait. */
static enum store_result
settle_item(struct store *store, int64_t seq, enum outbox_state state, int64_t at,
            const char *reason, bool drop)
{
    enum store_result result = sql_transaction(store);
    if (result == STORE_OK) {
        result = sql_run(store,
                         "UPDATE outbox SET state = ?2, delivered_at = ?3, last_error = ?4,"
                         " tries = tries + 1 WHERE seq = ?1 AND state = 0",
                         "iiit", seq, (int64_t)state, at, reason);
    }
    if (result == STORE_OK && sql_int(store, "SELECT changes()", 0) == 0) {
        result = STORE_NONE;
    }
    if (result == STORE_OK && drop) {
        result = sql_run(store, "DELETE FROM payload WHERE seq = ?", "i", seq);
    }
    result = sql_finish(store, result);
    if (result != STORE_OK) {
        return result;
    }
    store->waiting--;
    store->quarantined += state == OUTBOX_QUARANTINED;
    return STORE_OK;
}

enum store_result
outbox_delivered(struct store *store, int64_t seq, int64_t now)
{
    return settle_item(store, seq, OUTBOX_DELIVERED, now, "", true);
}

enum store_result
outbox_quarantine(struct store *store, int64_t seq, const char *reason)
{
    return settle_item(store, seq, OUTBOX_QUARANTINED, 0, reason, false);
}

enum store_result
outbox_failed(struct store *store, int64_t seq, const char *error, int64_t next_try)
{
    char cut[48];
    text_copy(cut, sizeof cut, error);
    return sql_run(store,
                   "UPDATE outbox SET tries = tries + 1, last_error = ?2, next_try = ?3"
                   " WHERE seq = ?1 AND state = 0",
                   "iti", seq, cut, next_try);
}

void
outbox_counts(struct store *store, struct outbox_counts *counts)
{
    *counts = (struct outbox_counts){.waiting = store->waiting,
                                     .quarantined = store->quarantined,
                                     .lost = store->lost,
                                     .last_seq = store->outbox.last};
    if (store->waiting) {
        counts->oldest =
            sql_int(store, "SELECT saved_at FROM outbox WHERE state = 0 ORDER BY seq LIMIT 1", 0);
    }
}

/* Places at the start of the chain that nobody needs: their rows go, the chain begins
 * after them. */
static enum store_result
drop_start(struct store *store, struct chain *chain)
{
    int64_t kept = sql_int(store, "SELECT min(seq) FROM outbox WHERE state != 3", chain->last + 1);
    struct sqlite3_stmt *row = sql_begin(
        store, "SELECT seq, chain FROM outbox WHERE seq < ? ORDER BY seq DESC LIMIT 1", "i", kept);
    enum store_result result = sql_next(store, row);
    if (result != STORE_OK) {
        return result == STORE_NONE ? STORE_OK : result;
    }
    chain->first = column_int(row, 0);
    column_hash(row, 1, chain->first_hash);
    sql_end(row);
    result = sql_run(store, "DELETE FROM outbox WHERE seq < ?", "i", kept);
    return result == STORE_OK ? chain_save(store, "outbox", chain) : result;
}

enum store_result
outbox_forget(struct store *store, int64_t before)
{
    struct chain chain = store->outbox;
    enum store_result result = sql_transaction(store);
    if (result == STORE_OK) {
        result = sql_run(store,
                         "UPDATE outbox SET state = 3, id = NULL, code = NULL, service = NULL,"
                         " language = NULL, sha256 = NULL, saved_at = 0, delivered_at = 0,"
                         " last_error = '' WHERE state = 1 AND delivered_at < ?",
                         "i", before);
    }
    if (result == STORE_OK) {
        result = drop_start(store, &chain);
    }
    result = sql_finish(store, result);
    if (result != STORE_OK) {
        return result;
    }
    store->outbox = chain;
    return STORE_OK;
}
