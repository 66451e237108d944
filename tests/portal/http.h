/* HTTPS in front of the portal: connections, who is speaking, bodies up to their
 * limit, routes. Handlers see plain structs. The only libmicrohttpd here. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct portal;
struct lie;

struct request {
    const char *rest; /* of the path, after the route's own part */
    const uint8_t *body;
    size_t len;
    char kiosk[33];                           /* from the certificate; "" on public paths */
    const char *seq, *sha256, *if_none_match; /* headers; NULL absent */
    const char *cookie, *type, *range, *upload_id;
    const char *language;  /* "bahasa" in the address; NULL absent */
    bool too_large;        /* a route with `says_size`: there is no body */
    char address[46];      /* of the other end */
    const struct lie *lie; /* what the test wants; NULL: the truth */
};

enum delivery { DELIVER, DELIVER_SLOWLY, DELIVER_HALF, DELIVER_NOT };
struct reply {
    int status;
    const char *type;
    uint8_t *body; /* malloc'd, taken over */
    size_t len;
    char etag[72];
    int retry_after;
    const char *location, *encoding;
    const char *policy; /* Content-Security-Policy, of a page */
    char path[64];      /* where `location` points when it was made for this reply */
    char cookie[160];
    enum delivery delivery;
};

/* `body` is malloc'd and taken over; NULL makes it a 503. */
void reply_with(struct reply *reply, int status, const char *type, char *body);
void reply_json(struct reply *reply, int status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void reply_error(struct reply *reply, int status, const char *name);
void reply_busy(struct reply *reply); /* the database is not there: 503 with Retry-After */

struct http_options {
    const char *certificate, *key, *authority; /* PEM texts */
    const char *priorities;                    /* GnuTLS's words */
    uint16_t port;                             /* 0: any; on 127.0.0.1 */
};
struct http;
struct http *http_start(struct portal *portal, const struct http_options *options);
uint16_t http_port(const struct http *http);
void http_stop(struct http *http);
