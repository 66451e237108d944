#include "liar.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/ssl.h>

struct liar {
    SSL_CTX *context;
    int listener;
    uint16_t port;
    pthread_t thread;
    pthread_mutex_t lock;
    struct liar_script script; // protected by lock
    atomic_int requests;
    atomic_bool stop;
};

static struct liar_script
script_now(struct liar *liar)
{
    pthread_mutex_lock(&liar->lock);
    struct liar_script script = liar->script;
    pthread_mutex_unlock(&liar->lock);
    return script;
}

/* False when the liar ends or the peer left meanwhile. */
static bool
pause_for(struct liar *liar, int fd, int ms)
{
    for (int waited = 0; waited < ms; waited += 20) {
        struct pollfd gone = {.fd = fd, .events = POLLRDHUP};
        if (atomic_load(&liar->stop) || poll(&gone, 1, 20) != 0) {
            return false;
        }
    }
    return true;
}

static bool
wait_readable(struct liar *liar, int fd)
{
    struct pollfd one = {.fd = fd, .events = POLLIN};
    while (!atomic_load(&liar->stop)) {
        if (poll(&one, 1, 50) != 0) {
            return true;
        }
    }
    return false;
}

/* Up to the end of headers and of a body as announced. */
static bool
hear_request(struct liar *liar, SSL *ssl)
{
    static const char announced[] = "Content-Length: ";
    size_t room = 512 * 1024, len = 0;
    char *heard = malloc(room);
    bool whole = false;
    while (heard && !whole && len < room - 1) {
        if (!SSL_pending(ssl) && !wait_readable(liar, SSL_get_fd(ssl))) {
            break;
        }
        int got = SSL_read(ssl, heard + len, (int)(room - 1 - len));
        if (got <= 0) {
            break;
        }
        len += (size_t)got;
        heard[len] = '\0';
        const char *end = strstr(heard, "\r\n\r\n"), *length = strstr(heard, announced);
        size_t body =
            end && length && length < end ? strtoul(length + strlen(announced), NULL, 10) : 0;
        whole = end && len >= (size_t)(end - heard) + 4 + body;
    }
    free(heard);
    atomic_fetch_add(&liar->requests, whole);
    return whole;
}

static bool
say(SSL *ssl, const void *bytes, size_t len)
{
    return len == 0 || SSL_write(ssl, bytes, (int)len) > 0;
}

static void
say_for_ever(struct liar *liar, SSL *ssl, bool header)
{
    char line[1024];
    memset(line, 'x', sizeof line);
    memcpy(line, "X-More: ", 8);
    if (header) {
        memcpy(line + sizeof line - 2, "\r\n", 2);
    }
    while (!atomic_load(&liar->stop) && say(ssl, line, sizeof line)) {
    }
}

static void
drip(struct liar *liar, SSL *ssl, const struct liar_script *script)
{
    for (size_t i = 0; i < script->len; i++) {
        if (!say(ssl, (const char *)script->bytes + i, 1) ||
            !pause_for(liar, SSL_get_fd(ssl), 1000)) {
            return;
        }
    }
}

static void
reset(int fd)
{
    struct linger now = {.l_onoff = 1, .l_linger = 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

/* One request by the script; true: another may follow. */
static bool
perform(struct liar *liar, SSL *ssl)
{
    int fd = SSL_get_fd(ssl);
    struct liar_script script = script_now(liar);
    if (script.manner == LIAR_HANGS_UP) {
        return false;
    }
    if (script.manner == LIAR_SPEAKS_FIRST) {
        say(ssl, script.bytes, script.len);
    }
    if (!hear_request(liar, ssl)) {
        return false;
    }
    script = script_now(liar); // what was set while the connection idled
    switch (script.manner) {
    case LIAR_ANSWERS:
        return say(ssl, script.bytes, script.len) && script.keep;
    case LIAR_RESETS:
        reset(fd);
        return false;
    case LIAR_IS_SILENT:
        pause_for(liar, fd, 60 * 1000);
        return false;
    case LIAR_DRIPS:
        drip(liar, ssl, &script);
        return false;
    case LIAR_ENDLESS_HEADER:
    case LIAR_ENDLESS_BODY:
        say(ssl, script.bytes, script.len);
        say_for_ever(liar, ssl, script.manner == LIAR_ENDLESS_HEADER);
        return false;
    default:
        return false;
    }
}

static void
serve(struct liar *liar, int fd)
{
    struct liar_script script = script_now(liar);
    if (script.manner == LIAR_TALKS_PLAIN) {
        if (send(fd, script.bytes, script.len, MSG_NOSIGNAL) > 0) {
            pause_for(liar, fd, 500);
        }
        return;
    }
    if (script.manner == LIAR_NEVER_SHAKES) {
        pause_for(liar, fd, 60 * 1000);
        return;
    }
    SSL *ssl = SSL_new(liar->context);
    SSL_set_fd(ssl, fd);
    if (SSL_accept(ssl) == 1) {
        while (perform(liar, ssl)) {
        }
        SSL_shutdown(ssl);
    }
    SSL_free(ssl);
}

static void *
run(void *context)
{
    struct liar *liar = context;
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, NULL);
    while (wait_readable(liar, liar->listener)) {
        int fd = accept4(liar->listener, NULL, NULL, SOCK_CLOEXEC);
        if (fd >= 0) {
            serve(liar, fd);
            close(fd);
        }
    }
    return NULL;
}

static SSL_CTX *
make_context(const char *certificate, const char *key, bool old_tls)
{
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_security_level(context, 0); // it may be as bad as it likes
    if (old_tls) {
        SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION);
        SSL_CTX_set_cipher_list(context, "ALL:@SECLEVEL=0");
    }
    if (SSL_CTX_use_certificate_chain_file(context, certificate) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) != 1) {
        SSL_CTX_free(context);
        return NULL;
    }
    return context;
}

static bool
listen_anywhere(struct liar *liar)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof at;
    liar->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(liar->listener, (struct sockaddr *)&at, len) != 0 || listen(liar->listener, 16) != 0 ||
        getsockname(liar->listener, (struct sockaddr *)&at, &len) != 0) {
        return false;
    }
    liar->port = ntohs(at.sin_port);
    return true;
}

struct liar *
liar_start(const char *certificate, const char *key, bool old_tls)
{
    struct liar *liar = calloc(1, sizeof *liar);
    liar->context = make_context(certificate, key, old_tls);
    pthread_mutex_init(&liar->lock, NULL);
    if (!liar->context || !listen_anywhere(liar) ||
        pthread_create(&liar->thread, NULL, run, liar) != 0) {
        SSL_CTX_free(liar->context);
        free(liar);
        return NULL;
    }
    return liar;
}

uint16_t
liar_port(const struct liar *liar)
{
    return liar->port;
}

void
liar_script(struct liar *liar, struct liar_script script)
{
    pthread_mutex_lock(&liar->lock);
    liar->script = script;
    pthread_mutex_unlock(&liar->lock);
}

int
liar_requests(struct liar *liar)
{
    return atomic_load(&liar->requests);
}

void
liar_stop(struct liar *liar)
{
    if (!liar) {
        return;
    }
    atomic_store(&liar->stop, true);
    pthread_join(liar->thread, NULL);
    close(liar->listener);
    SSL_CTX_free(liar->context);
    pthread_mutex_destroy(&liar->lock);
    free(liar);
}
