/* Sealed submissions on their way to the portal, in the order they came. */
#pragma once
#include "store/store.h"

enum outbox_state {
    OUTBOX_WAITING,
    OUTBOX_DELIVERED,
    OUTBOX_QUARANTINED,
    OUTBOX_FORGOTTEN, /* delivered long ago: only its place in the chain is left */
    OUTBOX_LOST       /* was in a damaged store and could not be saved */
};

struct outbox_item {
    int64_t seq;
    char id[37], code[10], service[32], language[8];
    uint8_t sha256[32];
    enum outbox_state state;
    int64_t saved_at;     /* wall ms */
    int64_t delivered_at; /* 0 not yet */
    int tries;
    int64_t next_try;        /* wall ms, advisory */
    char last_error[48];     /* "http 500", "dns", never contents */
    const uint8_t *envelope; /* valid until the next call on the store; NULL once delivered */
    size_t envelope_len;
};

struct outbox_counts {
    int64_t waiting, quarantined, lost;
    int64_t oldest;   /* saved_at of the first that waits, 0 none */
    int64_t last_seq; /* ever given */
};

/* What the face handed in. */
struct submission {
    const char *id, *code, *service, *language;
    const uint8_t *envelope;
    size_t len;
    const char *replaces; /* id of the request's first wording; NULL or empty: it is this one */
};

/* Append: STORE_OK means COMMIT returned and nothing else does. The same id with the
 * same bytes is STORE_TAKEN and gives its seq and ticket; with other bytes seq is 0. Each
 * row carries the hash of the one before. With `order` the ticket of the next step is
 * issued in the same transaction; where its quota is reached ticket->id is 0. One request has
 * one number: a later wording takes over that of the first. Nothing else is done here with an
 * earlier wording, it is delivered like any other: only the portal's signed word removes an
 * item, and the portal, which can read both, keeps the latest in force. */
struct ticket_order;
struct ticket;
enum store_result outbox_put(struct store *store, const struct submission *submission, int64_t now,
                             const struct ticket_order *order, struct ticket *ticket, int64_t *seq);
/* The first waiting item with seq > after. */
enum store_result outbox_next(struct store *store, int64_t after, struct outbox_item *item);
/* The first item of any state with seq > after, without its envelope: for lists. */
enum store_result outbox_list(struct store *store, int64_t after, struct outbox_item *item);
enum store_result outbox_get(struct store *store, int64_t seq, struct outbox_item *item);
/* A verified receipt: the payload goes in the same transaction. */
enum store_result outbox_delivered(struct store *store, int64_t seq, int64_t now);
enum store_result outbox_quarantine(struct store *store, int64_t seq, const char *reason);
enum store_result outbox_failed(struct store *store, int64_t seq, const char *error,
                                int64_t next_try);
void outbox_counts(struct store *store, struct outbox_counts *counts); /* from memory */
/* Metadata of delivered items older than `before` goes (promise P6). */
enum store_result outbox_forget(struct store *store, int64_t before);
