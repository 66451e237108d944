/* The control of the rig: a desk that promises before the commit. Linked into anjungand in
 * the place of the store's own function (ld --wrap). */
#include <stdlib.h>
#include <string.h>

#include "store/outbox.h"
#include "store/tickets.h"

enum store_result __real_outbox_put(struct store *store, const struct submission *submission,
                                    int64_t now, const struct ticket_order *order,
                                    struct ticket *ticket, int64_t *seq);
enum store_result __real_outbox_next(struct store *store, int64_t after, struct outbox_item *item);
enum store_result __wrap_outbox_put(struct store *store, const struct submission *submission,
                                    int64_t now, const struct ticket_order *order,
                                    struct ticket *ticket, int64_t *seq);
enum store_result __wrap_outbox_next(struct store *store, int64_t after, struct outbox_item *item);

static struct {
    bool any;
    char id[40], code[12], service[32], language[8];
    uint8_t envelope[65536];
    size_t len;
    int64_t now;
} owed;

static void
pay(struct store *store)
{
    struct submission submission = {owed.id,       owed.code,     owed.service,
                                    owed.language, owed.envelope, owed.len};
    struct ticket ticket;
    int64_t seq;
    if (owed.any) {
        owed.any = false;
        __real_outbox_put(store, &submission, owed.now, NULL, &ticket, &seq);
    }
}

/* Says that it is saved, and puts it aside. */
enum store_result
__wrap_outbox_put(struct store *store, const struct submission *submission, int64_t now,
                  const struct ticket_order *order, struct ticket *ticket, int64_t *seq)
{
    struct outbox_counts counts;
    (void)order;
    pay(store);
    if (submission->len > sizeof owed.envelope) {
        abort();
    }
    outbox_counts(store, &counts);
    owed.any = true;
    owed.len = submission->len;
    owed.now = now;
    memcpy(owed.envelope, submission->envelope, submission->len);
    strncpy(owed.id, submission->id, sizeof owed.id - 1);
    strncpy(owed.code, submission->code, sizeof owed.code - 1);
    strncpy(owed.service, submission->service, sizeof owed.service - 1);
    strncpy(owed.language, submission->language, sizeof owed.language - 1);
    *ticket = (struct ticket){0};
    *seq = counts.last_seq + 1;
    return STORE_OK;
}

/* The next turn of the loop, a little later, saves it. */
enum store_result
__wrap_outbox_next(struct store *store, int64_t after, struct outbox_item *item)
{
    pay(store);
    return __real_outbox_next(store, after, item);
}
