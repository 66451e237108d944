#include "http.h"

#include <arpa/inet.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gnutls/gnutls.h>
#include <microhttpd.h>

#include "authority.h"
#include "base/log.h"
#include "ledger.h"
#include "lies.h"
#include "portal.h"
#include "routes.h"

enum { PATIENCE_S = 180 };

struct http {
    struct MHD_Daemon *daemon;
    struct portal *portal;
};

/* What is known of a connection; its requests come one after another. */
struct peer {
    bool asked, known;
    char kiosk[33];
    uint8_t key_hash[HASH];
};

struct upload {
    const struct route *route;
    uint8_t *body;
    size_t len, room;
    bool too_large, no_memory;
};

/* --- who is speaking ------------------------------------------------------------------ */

static struct peer *
peer_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void
identify(struct MHD_Connection *connection, struct peer *peer)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    peer->asked = true;
    peer->known =
        info && info->tls_session && authority_peer(info->tls_session, peer->kiosk, peer->key_hash);
}

/* 0: may speak; else the status that says why not. */
static int
admit(struct portal *portal, struct MHD_Connection *connection, struct request *request)
{
    struct peer *peer = peer_of(connection);
    if (peer && !peer->asked) {
        identify(connection, peer);
    }
    if (!peer || !peer->known) {
        return 401;
    }
    memcpy(request->kiosk, peer->kiosk, sizeof request->kiosk);
    switch (ledger_kiosk_check(portal->db, peer->kiosk, peer->key_hash)) {
    case LEDGER_DONE:
        return 0;
    case LEDGER_NONE:
        return 403;
    default:
        return 503;
    }
}

/* --- answering ------------------------------------------------------------------------- */

static void
answer(struct portal *portal, struct MHD_Connection *connection, const struct upload *upload,
       struct request *request, struct reply *reply)
{
    int refused = upload->route->open ? 0 : admit(portal, connection, request);
    if (refused == 503) {
        reply_busy(reply);
    } else if (refused) {
        reply_error(reply, refused, refused == 401 ? "certificate" : "barred");
    } else if (upload->no_memory || (upload->too_large && !upload->route->says_size)) {
        reply_error(reply, 413, "too_large");
    } else {
        pthread_rwlock_rdlock(&portal->lock); // a new catalogue waits until this is answered
        upload->route->handler(portal, request, reply);
        pthread_rwlock_unlock(&portal->lock);
    }
}

static void
answer_or_lie(struct portal *portal, struct MHD_Connection *connection, const struct upload *upload,
              struct request *request, struct reply *reply)
{
    // The pages for people and watchers stay honest.
    request->lie = upload->route->open ? NULL : lies_meet(portal->lies);
    if (request->lie && request->lie->when == LIE_INSTEAD) {
        request->lie->reply(portal->lies, reply);
        return;
    }
    answer(portal, connection, upload, request, reply);
    if (request->lie && request->lie->when == LIE_AFTER) {
        request->lie->reply(portal->lies, reply);
    }
}

struct drip {
    struct portal *portal;
    struct reply reply;
};

static ssize_t
give_a_byte(void *context, uint64_t at, char *out, size_t size)
{
    struct drip *drip = context;
    bool half = drip->reply.delivery == DELIVER_HALF;
    if (at >= drip->reply.len || (half && at >= drip->reply.len / 2)) {
        return half ? MHD_CONTENT_READER_END_WITH_ERROR : MHD_CONTENT_READER_END_OF_STREAM;
    }
    if (!half) {
        lies_wait(drip->portal->lies, 1000);
    }
    (void)size;
    out[0] = (char)drip->reply.body[at];
    return 1;
}

static void
free_drip(void *context)
{
    struct drip *drip = context;
    free(drip->reply.body);
    free(drip);
}

static struct MHD_Response *
make_response(struct portal *portal, struct reply *reply)
{
    if (reply->delivery == DELIVER) {
        struct MHD_Response *response =
            MHD_create_response_from_buffer(reply->len, reply->body, MHD_RESPMEM_MUST_FREE);
        if (!response) {
            free(reply->body);
        }
        return response;
    }
    struct drip *drip = malloc(sizeof *drip);
    if (!drip) {
        free(reply->body);
        return NULL;
    }
    *drip = (struct drip){.portal = portal, .reply = *reply};
    return MHD_create_response_from_callback(reply->len, 1, give_a_byte, drip, free_drip);
}

static void
add_headers(struct MHD_Response *response, const struct reply *reply)
{
    char seconds[16];
    snprintf(seconds, sizeof seconds, "%d", reply->retry_after);
    const char *const headers[][2] = {
        {"Content-Type", reply->type},
        {"ETag", reply->etag[0] ? reply->etag : NULL},
        {"Retry-After", reply->retry_after > 0 ? seconds : NULL},
        {"Location", reply->location},
        {"Content-Encoding", reply->encoding},
        {"Cache-Control", "no-store"},
        {"X-Content-Type-Options", "nosniff"},
        {"Content-Security-Policy", reply->policy},
        {"Set-Cookie", reply->cookie[0] ? reply->cookie : NULL},
        {"Referrer-Policy", "same-origin"},
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        if (headers[i][1]) {
            MHD_add_response_header(response, headers[i][0], headers[i][1]);
        }
    }
}

static enum MHD_Result
send_reply(struct portal *portal, struct MHD_Connection *connection, struct reply *reply)
{
    if (reply->delivery == DELIVER_NOT) {
        free(reply->body);
        return MHD_NO; // the connection ends here
    }
    int status = reply->status;
    struct MHD_Response *response = make_response(portal, reply);
    if (!response) {
        return MHD_NO;
    }
    add_headers(response, reply);
    enum MHD_Result queued = MHD_queue_response(connection, (unsigned)status, response);
    MHD_destroy_response(response);
    return queued;
}

/* --- libmicrohttpd's side ------------------------------------------------------------------ */

static enum MHD_Result
start(struct portal *portal, struct MHD_Connection *connection, const char *method,
      const char *path, void **context)
{
    int status = 0;
    struct reply reply = {0};
    const struct route *route = routes_find(method, path, &status);
    struct upload *upload = route ? calloc(1, sizeof *upload) : NULL;
    if (upload) {
        upload->route = route;
        *context = upload;
        return MHD_YES;
    }
    reply_error(&reply, route ? 503 : status, status == 405 ? "method" : "missing");
    return send_reply(portal, connection, &reply);
}

static void
collect(struct upload *upload, const char *data, size_t len)
{
    size_t wanted = upload->len + len;
    upload->too_large = upload->too_large || wanted > upload->route->limit;
    if (upload->too_large || upload->no_memory) {
        return;
    }
    if (wanted > upload->room) {
        size_t room = wanted < 4096 ? 4096 : wanted * 2;
        uint8_t *grown = realloc(upload->body, room);
        if (!grown) {
            upload->no_memory = true;
            return;
        }
        upload->body = grown;
        upload->room = room;
    }
    memcpy(upload->body + upload->len, data, len);
    upload->len = wanted;
}

static const char *
header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static void
address_of(struct MHD_Connection *connection, char out[46])
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *peer = info ? info->client_addr : NULL;
    const void *bytes = peer && peer->sa_family == AF_INET
                            ? (const void *)&((const struct sockaddr_in *)peer)->sin_addr
                            : NULL;
    if (!bytes || !inet_ntop(AF_INET, bytes, out, 46)) {
        snprintf(out, 46, "?");
    }
}

static enum MHD_Result
handle(void *closure, struct MHD_Connection *connection, const char *path, const char *method,
       const char *version, const char *data, size_t *len, void **context)
{
    struct portal *portal = closure;
    struct upload *upload = *context;
    (void)version;
    if (!upload) {
        return start(portal, connection, method, path, context);
    }
    if (*len > 0) {
        collect(upload, data, *len);
        *len = 0;
        return MHD_YES;
    }
    struct reply reply = {0};
    struct request request = {
        .rest = routes_rest(upload->route, path),
        .body = upload->body ? upload->body : (const uint8_t *)"",
        .len = upload->len,
        .seq = header(connection, "Anjungan-Seq"),
        .sha256 = header(connection, "Anjungan-Sha256"),
        .if_none_match = header(connection, "If-None-Match"),
        .cookie = header(connection, "Cookie"),
        .type = header(connection, "Content-Type"),
        .range = header(connection, "Content-Range"),
        .upload_id = header(connection, "Upload-Id"),
        .language = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "bahasa"),
        .too_large = upload->too_large};
    address_of(connection, request.address);
    answer_or_lie(portal, connection, upload, &request, &reply);
    return send_reply(portal, connection, &reply);
}

static void
completed(void *closure, struct MHD_Connection *connection, void **context,
          enum MHD_RequestTerminationCode code)
{
    struct upload *upload = *context;
    (void)closure;
    (void)connection;
    (void)code;
    if (upload) {
        free(upload->body);
        free(upload);
        *context = NULL;
    }
}

static void
connected(void *closure, struct MHD_Connection *connection, void **context,
          enum MHD_ConnectionNotificationCode code)
{
    (void)closure;
    (void)connection;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        *context = calloc(1, sizeof(struct peer));
    } else {
        free(*context);
        *context = NULL;
    }
}

static void
complain(void *closure, const char *format, va_list arguments)
{
    // Scanners and broken handshakes are everyday life; libmicrohttpd's words may quote them.
    (void)closure;
    (void)format;
    (void)arguments;
}

struct http *
http_start(struct portal *portal, const struct http_options *options)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons(options->port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct http *http = calloc(1, sizeof *http);
    if (!http) {
        return NULL;
    }
    http->portal = portal;
    http->daemon = MHD_start_daemon(
        MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL |
            MHD_USE_TLS | MHD_USE_ERROR_LOG,
        0, NULL, NULL, handle, portal, MHD_OPTION_EXTERNAL_LOGGER, complain, NULL,
        MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&at, MHD_OPTION_HTTPS_MEM_CERT,
        options->certificate, MHD_OPTION_HTTPS_MEM_KEY, options->key, MHD_OPTION_HTTPS_MEM_TRUST,
        options->authority, MHD_OPTION_HTTPS_PRIORITIES, options->priorities,
        MHD_OPTION_NOTIFY_COMPLETED, completed, NULL, MHD_OPTION_NOTIFY_CONNECTION, connected, NULL,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)PATIENCE_S, MHD_OPTION_END);
    if (!http->daemon) {
        log_error("portal: cannot listen with this certificate and port");
        free(http);
        return NULL;
    }
    return http;
}

uint16_t
http_port(const struct http *http)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}

void
http_stop(struct http *http)
{
    if (!http) {
        return;
    }
    lies_end(http->portal->lies);
    MHD_stop_daemon(http->daemon);
    free(http);
}
