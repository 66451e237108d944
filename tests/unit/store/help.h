/* A store in a folder of its own, for the tests of this room. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "store/journal.h"
#include "store/outbox.h"
#include "store/store.h"
#include "store/tickets.h"

enum { NOW = 1000000 };

/* Not a good hash, but each byte counts in each byte of the result. */
static inline void
toy_hash(const void *data, size_t len, uint8_t out[32])
{
    uint64_t h[4] = {14695981039346656037u, 1, 2, 3};
    for (size_t i = 0; i < len + 8; i++) {
        uint8_t byte = i < len ? ((const uint8_t *)data)[i] : (uint8_t)i;
        for (int k = 0; k < 4; k++) {
            h[k] = (h[k] ^ byte ^ h[(k + 1) % 4] >> 32) * 1099511628211u;
        }
    }
    memcpy(out, h, 32);
}

struct place {
    char folder[64], path[80];
};

static inline struct place
place_make(void)
{
    struct place place;
    snprintf(place.folder, sizeof place.folder, "/tmp/anjungan-store-XXXXXX");
    assert_non_null(mkdtemp(place.folder));
    snprintf(place.path, sizeof place.path, "%s/store.db", place.folder);
    return place;
}

static inline void
place_remove(const struct place *place)
{
    char command[96];
    snprintf(command, sizeof command, "rm -rf %s", place->folder);
    assert_int_equal(system(command), 0);
}

static inline struct store *
place_open(const struct place *place)
{
    enum store_result why;
    return store_open(place->path, toy_hash, &why);
}

static inline enum store_result
check_all(struct store *store)
{
    char reason[160];
    enum store_result result;
    do {
        result = store_check_step(store, reason);
    } while (result == STORE_NONE);
    if (result != STORE_OK) {
        printf("# check: %s\n", reason);
    }
    return result;
}

/* Submission `n`, always the same bytes; 0 when refused. */
static inline enum store_result
put_number(struct store *store, int n, const struct ticket_order *order, struct ticket *ticket,
           int64_t *seq)
{
    char id[37], body[700];
    snprintf(id, sizeof id, "01930000-0000-7000-8000-%012d", n);
    int len = snprintf(body, sizeof body, "sealed %d %0*d", n, 100 + n % 7 * 80, n);
    struct submission submission = {id,   "7K3F-9QXM",           "sku",
                                    "id", (const uint8_t *)body, (size_t)len};
    return outbox_put(store, &submission, NOW + n, order, ticket, seq);
}
