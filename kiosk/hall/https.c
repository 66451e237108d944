#include "hall/https.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <microhttpd.h>

#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"

enum { BODY = 4096, COOKIES = 2, COOKIE = 160, AT_ONCE = 64, PATIENCE_S = 120, PIECE = 512 * 1024 };

struct exchange {
    struct https *server;
    struct MHD_Connection *connection;
    struct exchange *next;
    char method[8], path[128];
    char body[BODY];
    size_t len;
    bool too_large, whole, suspended, stream;
    struct MHD_Response *response; /* decided, not yet queued */
    int status;
    char cookies[COOKIES][COOKIE];
    int cookie_count;
    int64_t seen; /* of a stream */
    char *piece;  /* that is being sent; owned */
    size_t piece_len, at;
};

struct https {
    struct MHD_Daemon *daemon;
    struct https_calls calls;
    struct exchange *list;
};

/* --- one exchange -------------------------------------------------------------------------- */

const char *
exchange_method(const struct exchange *exchange)
{
    return exchange->method;
}

const char *
exchange_path(const struct exchange *exchange)
{
    return exchange->path;
}

const char *
exchange_cookie(const struct exchange *exchange, const char *name)
{
    return MHD_lookup_connection_value(exchange->connection, MHD_COOKIE_KIND, name);
}

const char *
exchange_header(const struct exchange *exchange, const char *name)
{
    return MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND, name);
}

const char *
exchange_body(const struct exchange *exchange, size_t *len)
{
    *len = exchange->len;
    return exchange->body;
}

void
exchange_set_cookie(struct exchange *exchange, const char *name, const char *value, int64_t seconds)
{
    if (exchange->cookie_count < COOKIES) {
        snprintf(exchange->cookies[exchange->cookie_count++], COOKIE,
                 "%s=%s; Max-Age=%" PRId64 "; Path=/; Secure; HttpOnly; SameSite=Strict", name,
                 value, seconds);
    }
}

/* Nothing is kept by a browser or a proxy, and nothing of another place runs on the page. */
static void
add_headers(struct exchange *exchange, const char *type)
{
    MHD_add_response_header(exchange->response, "Content-Type", type);
    MHD_add_response_header(exchange->response, "Cache-Control", "no-store");
    MHD_add_response_header(exchange->response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(exchange->response, "X-Frame-Options", "DENY");
    MHD_add_response_header(exchange->response, "Referrer-Policy", "no-referrer");
    MHD_add_response_header(exchange->response, "Content-Security-Policy",
                            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'");
    for (int i = 0; i < exchange->cookie_count; i++) {
        MHD_add_response_header(exchange->response, "Set-Cookie", exchange->cookies[i]);
    }
}

static void
resume(struct exchange *exchange)
{
    if (exchange->suspended) {
        exchange->suspended = false;
        MHD_resume_connection(exchange->connection);
    }
}

void
exchange_answer(struct exchange *exchange, int status, const char *type, const void *body,
                size_t len)
{
    void *copy = malloc(len > 0 ? len : 1);
    if (copy == NULL || exchange->response != NULL) {
        free(copy);
        return;
    }
    if (len > 0) {
        memcpy(copy, body, len);
    }
    exchange->status = status;
    exchange->response = MHD_create_response_from_buffer(len, copy, MHD_RESPMEM_MUST_FREE);
    if (exchange->response == NULL) {
        free(copy);
        return;
    }
    add_headers(exchange, type);
    resume(exchange);
}

/* The next piece, whole, then asleep until there is news: a reader that returned 0 awake would
 * be asked again at once. */
static ssize_t
read_stream(void *context, uint64_t at, char *out, size_t size)
{
    struct exchange *exchange = context;
    (void)at;
    if (exchange->at == exchange->piece_len) {
        const struct https_calls *calls = &exchange->server->calls;
        exchange->at = 0;
        exchange->piece_len =
            calls->stream(calls->context, &exchange->seen, exchange->piece, PIECE);
        if (exchange->piece_len == 0) {
            exchange->suspended = true;
            MHD_suspend_connection(exchange->connection);
            return 0;
        }
    }
    size_t left = exchange->piece_len - exchange->at, taken = left < size ? left : size;
    memcpy(out, exchange->piece + exchange->at, taken);
    exchange->at += taken;
    return (ssize_t)taken;
}

void
exchange_stream(struct exchange *exchange)
{
    exchange->piece = malloc(PIECE);
    exchange->response = exchange->piece != NULL
                             ? MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 32 * 1024,
                                                                 read_stream, exchange, NULL)
                             : NULL;
    if (exchange->response != NULL) {
        exchange->stream = true;
        exchange->status = MHD_HTTP_OK;
        add_headers(exchange, "text/event-stream");
        resume(exchange);
    }
}

/* --- the daemon ------------------------------------------------------------------------------ */

static struct exchange *
begin(struct https *server, struct MHD_Connection *connection, const char *method, const char *path)
{
    struct exchange *exchange = calloc(1, sizeof *exchange);
    if (exchange == NULL || !text_copy(exchange->path, sizeof exchange->path, path) ||
        !text_copy(exchange->method, sizeof exchange->method, method)) {
        free(exchange);
        return NULL;
    }
    exchange->server = server;
    exchange->connection = connection;
    exchange->next = server->list;
    server->list = exchange;
    return exchange;
}

static enum MHD_Result
queue(struct exchange *exchange)
{
    enum MHD_Result result =
        MHD_queue_response(exchange->connection, (unsigned)exchange->status, exchange->response);
    MHD_destroy_response(exchange->response);
    exchange->response = NULL;
    return result;
}

static void
take_body(struct exchange *exchange, const char *data, size_t *size)
{
    if (exchange->len + *size < sizeof exchange->body) {
        memcpy(exchange->body + exchange->len, data, *size);
        exchange->len += *size;
    } else {
        exchange->too_large = true;
    }
    *size = 0;
}

static enum MHD_Result
handle(void *context, struct MHD_Connection *connection, const char *path, const char *method,
       const char *version, const char *data, size_t *size, void **place)
{
    struct https *server = context;
    struct exchange *exchange = *place;
    (void)version;
    if (exchange == NULL) {
        *place = begin(server, connection, method, path);
        return *place != NULL ? MHD_YES : MHD_NO;
    }
    if (*size > 0) {
        take_body(exchange, data, size);
        return MHD_YES;
    }
    if (exchange->response == NULL && !exchange->whole) {
        exchange->whole = true;
        if (exchange->too_large) {
            exchange_answer(exchange, 413, "text/plain", "", 0);
        } else {
            server->calls.request(server->calls.context, exchange);
        }
    }
    if (exchange->response != NULL) {
        return queue(exchange);
    }
    exchange->suspended = true;
    MHD_suspend_connection(connection);
    return MHD_YES;
}

static void
completed(void *context, struct MHD_Connection *connection, void **place,
          enum MHD_RequestTerminationCode code)
{
    struct https *server = context;
    struct exchange *exchange = *place;
    (void)connection;
    (void)code;
    if (exchange == NULL) {
        return;
    }
    server->calls.gone(server->calls.context, exchange);
    for (struct exchange **at = &server->list; *at != NULL; at = &(*at)->next) {
        if (*at == exchange) {
            *at = exchange->next;
            break;
        }
    }
    if (exchange->response != NULL) {
        MHD_destroy_response(exchange->response);
    }
    free(exchange->piece);
    secret_zero(exchange, sizeof *exchange); // a PIN was in its body
    free(exchange);
    *place = NULL;
}

static void
log_of_mhd(void *context, const char *format, va_list arguments)
{
    (void)context;
    (void)format; // broken handshakes are everyday life; its words may quote a request
    (void)arguments;
}

struct https *
https_start(int port, const char *certificate, const char *key, const struct https_calls *calls)
{
    struct https *server = calloc(1, sizeof *server);
    if (server == NULL) {
        return NULL;
    }
    server->calls = *calls;
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_USE_TLS | MHD_ALLOW_SUSPEND_RESUME, (uint16_t)port, NULL, NULL, handle,
        server, MHD_OPTION_EXTERNAL_LOGGER, log_of_mhd, NULL, MHD_OPTION_HTTPS_MEM_CERT,
        certificate, MHD_OPTION_HTTPS_MEM_KEY, key, MHD_OPTION_NOTIFY_COMPLETED, completed, server,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)AT_ONCE, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)PATIENCE_S, MHD_OPTION_HTTPS_PRIORITIES,
        "SECURE128:-VERS-ALL:+VERS-TLS1.2:+VERS-TLS1.3", MHD_OPTION_END);
    if (server->daemon == NULL) {
        log_error("hall: port %d cannot be served; is it taken, or certificate or key no PEM?",
                  port);
        free(server);
        return NULL;
    }
    return server;
}

void
https_stop(struct https *server)
{
    if (server == NULL) {
        return;
    }
    for (struct exchange *one = server->list; one != NULL; one = one->next) {
        resume(one); // none may be asleep when it ends
    }
    MHD_stop_daemon(server->daemon);
    free(server);
}

int
https_fd(const struct https *server)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    return info != NULL ? info->epoll_fd : -1;
}

int64_t
https_timeout(const struct https *server)
{
    MHD_UNSIGNED_LONG_LONG timeout;
    return MHD_get_timeout(server->daemon, &timeout) == MHD_YES ? (int64_t)timeout : -1;
}

void
https_run(struct https *server)
{
    MHD_run(server->daemon);
}

void
https_news(struct https *server)
{
    for (struct exchange *one = server->list; one != NULL; one = one->next) {
        if (one->stream) {
            resume(one);
        }
    }
}
