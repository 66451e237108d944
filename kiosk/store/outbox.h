/* Sealed submissions on their way to the portal, in the order they came. */
#pragma once
#include "store/store.h"

enum outbox_state { OUTBOX_WAITING, OUTBOX_DELIVERED, OUTBOX_QUARANTINED };

struct outbox_item {
    int64_t seq;
    char id[37], code[10], service[32], language[8];
    uint8_t sha256[32];
    enum outbox_state state;
    int64_t saved_at;     /* wall ms */
    int64_t delivered_at; /* 0 not yet */
    int tries;
    int64_t next_try;     /* wall ms, advisory */
    char last_error[48];  /* "http 500", "dns", never contents */
    const uint8_t *envelope; /* valid until the next call on the store; NULL once delivered */
    size_t envelope_len;
};

/* Append: STORE_OK means COMMIT returned and nothing else does. The same id with the same
 * bytes is STORE_TAKEN and gives its seq. Each row carries the hash of the one before. With
 * `series` non-NULL the ticket of the next step is issued in the same transaction (tickets.h). */
struct ticket_order;
struct ticket;
enum store_result outbox_put(struct store *store, const char *id, const char *code,
                             const char *service, const char *language, const uint8_t *envelope,
                             size_t len, int64_t now, const struct ticket_order *order,
                             struct ticket *ticket, int64_t *seq);
/* The first waiting item with seq > after. */
enum store_result outbox_next(struct store *store, int64_t after, struct outbox_item *item);
enum store_result outbox_get(struct store *store, int64_t seq, struct outbox_item *item);
/* A verified receipt: the payload goes in the same transaction. */
enum store_result outbox_delivered(struct store *store, int64_t seq, int64_t now);
enum store_result outbox_quarantine(struct store *store, int64_t seq, const char *reason);
enum store_result outbox_failed(struct store *store, int64_t seq, const char *error,
                                int64_t next_try);
int64_t outbox_waiting(struct store *store, int64_t *oldest); /* count; oldest saved_at */
/* Metadata of delivered items older than `before` goes (promise P6). */
enum store_result outbox_forget(struct store *store, int64_t before);
