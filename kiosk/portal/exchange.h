/* One request and its answer over HTTPS, as the contract wants it: HTTP/1.1, TLS
 * 1.2 or newer, one pinned authority, no redirect, no proxy, no compression,
 * capped. Used by one thread; the connection is kept for the next request. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "portal/answers.h"

struct road { /* the strings live as long as the exchange */
    const char *url, *ca;
    const char *certificate, *key; /* NULL: none is shown */
    int connect_seconds, whole_seconds;
};

struct request {
    const char *method, *path;
    const char *type;    /* of the body; NULL without one */
    const uint8_t *body; /* lives until the exchange ends */
    size_t len, cap;     /* cap: of the answer's body */
    char headers[3][96]; /* further ones, "" none */
};

enum transfer { TRANSFER_ANSWERED, TRANSFER_UNREACHED, TRANSFER_BROKEN };

/* curl, once a process, and without what the environment would have it do. First called before
 * there are threads: it changes the environment. */
bool exchange_prepare(void);

struct exchange;
struct exchange *exchange_create(const struct road *road); /* NULL: no memory (logged) */
void exchange_destroy(struct exchange *exchange);

bool exchange_begin(struct exchange *exchange, const struct request *request);
void *exchange_handle(struct exchange *exchange); /* what a multi handle drives */
/* Run it to its end here. */
enum transfer exchange_perform(struct exchange *exchange, struct answer *answer, char *error);
/* After a multi handle ended it with `code`. The answer's bytes live until the next begin.
 * UNREACHED: no connection, TLS fault or time-out. BROKEN: this one exchange went wrong. */
enum transfer exchange_end(struct exchange *exchange, int code, struct answer *answer, char *error);
int64_t exchange_portal_time(const struct exchange *exchange); /* wall ms, 0 unknown */
