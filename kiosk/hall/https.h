/* HTTPS for the office, by libmicrohttpd in this thread: an epoll descriptor that the loop
 * waits for beside the desk's. Two kinds of answers come later: what the desk must decide
 * first, and the stream of changes. Their connections are suspended until then (a content
 * reader that returns 0 would be called again without end). */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct https;
struct exchange; /* one request and its answer */

/* What the owner does; all are called from https_run. */
struct https_calls {
    void *context;
    /* A request is whole. It is answered now (exchange_answer), or later. */
    void (*request)(void *context, struct exchange *exchange);
    /* The next piece of a stream for who has seen `seen`: written into `out`, or 0: nothing new.
     * `seen` is set to what was written. */
    size_t (*stream)(void *context, int64_t *seen, char *out, size_t size);
    /* It went away before it was answered. */
    void (*gone)(void *context, struct exchange *exchange);
};

/* Certificate and key are PEM texts. NULL and a log line when it cannot. */
struct https *https_start(int port, const char *certificate, const char *key,
                          const struct https_calls *calls);
void https_stop(struct https *server);
int https_fd(const struct https *server);
int64_t https_timeout(const struct https *server); /* ms; -1 none */
void https_run(struct https *server);
void https_news(struct https *server); /* streams have something to write */

const char *exchange_method(const struct exchange *exchange);
const char *exchange_path(const struct exchange *exchange);
const char *exchange_cookie(const struct exchange *exchange, const char *name); /* NULL none */
const char *exchange_header(const struct exchange *exchange, const char *name); /* NULL none */
const char *exchange_body(const struct exchange *exchange, size_t *len);
/* Once. `type` and `body` are copied; cookies set before go with it. */
void exchange_set_cookie(struct exchange *exchange, const char *name, const char *value,
                         int64_t seconds);
void exchange_answer(struct exchange *exchange, int status, const char *type, const void *body,
                     size_t len);
void exchange_stream(struct exchange *exchange); /* text/event-stream, from nothing seen */
