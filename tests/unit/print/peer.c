#include "peer.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

struct peer {
    int where, listener, line, other, stop_fd;
    char address[64];
    pthread_t thread;
    uint8_t held[16]; /* the thread's: the stream's last bytes */

    pthread_mutex_t mutex; /* protects all below */
    struct script script;
    uint8_t *bytes;
    size_t len;
    int connections;
};

static void
say(struct peer *peer, const void *bytes, size_t len)
{
    if (write(peer->line, bytes, len) != (ssize_t)len) {
        fprintf(stderr, "peer: the host does not listen\n");
    }
}

static bool
ends_with(const struct peer *peer, const char *bytes, size_t len)
{
    return memcmp(peer->held + sizeof peer->held - len, bytes, len) == 0;
}

static void
answer(struct peer *peer, const struct script *script, bool later)
{
    const uint8_t *end = peer->held + sizeof peer->held;
    const uint8_t *answers = later ? script->later : script->answers;
    if (ends_with(peer, "\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08", 10) && script->clears) {
        say(peer, "\x37\x25\x00", 3);
    } else if (end[-3] == 0x10 && end[-2] == 0x04 && end[-1] >= 1 && end[-1] <= 4 &&
               answers[end[-1] - 1]) {
        say(peer, &answers[end[-1] - 1], 1);
    } else if (memcmp(end - 11,
                      "\x1d(H\x06\x00"
                      "00",
                      7) == 0 &&
               script->confirms && !later) {
        uint8_t reply[] = {0x37, 0x22, end[-4], end[-3], end[-2], end[-1], 0};
        reply[3] = script->wrong_serial ? '?' : reply[3];
        say(peer, reply, sizeof reply);
    } else if (ends_with(peer, "\x1dr\x01", 3) && script->drains && !later) {
        say(peer, "\x00", 1);
    } else if (ends_with(peer, "\x1d\x61\x0e", 3) && script->asb[0]) {
        say(peer, script->asb, 4);
    }
}

/* False when the script says to die here. */
static bool
take(struct peer *peer, const uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        pthread_mutex_lock(&peer->mutex);
        peer->bytes[peer->len++] = bytes[i];
        struct script script = peer->script;
        size_t count = peer->len;
        pthread_mutex_unlock(&peer->mutex);
        memmove(peer->held, peer->held + 1, sizeof peer->held - 1);
        peer->held[sizeof peer->held - 1] = bytes[i];
        if (count == script.die_at) {
            return false;
        }
        if (count == script.later_at && script.later_asb[0]) {
            say(peer, script.later_asb, 4);
        }
        answer(peer, &script, script.later_at != 0 && count > script.later_at);
    }
    return true;
}

static bool
wait_for(struct peer *peer, int fd, int ms)
{
    struct pollfd fds[] = {{.fd = fd, .events = POLLIN}, {.fd = peer->stop_fd, .events = POLLIN}};
    poll(fds, 2, ms);
    return fds[0].revents != 0 && fds[1].revents == 0;
}

static bool
stopped(struct peer *peer)
{
    struct pollfd poll_fd = {.fd = peer->stop_fd, .events = POLLIN};
    return poll(&poll_fd, 1, 0) > 0;
}

static void
serve(struct peer *peer)
{
    uint8_t bytes[4096];
    while (!stopped(peer)) {
        pthread_mutex_lock(&peer->mutex);
        struct script script = peer->script;
        size_t len = peer->len;
        pthread_mutex_unlock(&peer->mutex);
        size_t most = script.piece ? script.piece : sizeof bytes;
        most = len < script.stall_at && script.stall_at - len < most ? script.stall_at - len : most;
        if (script.stall_at && len >= script.stall_at) {
            wait_for(peer, -1, 5);
            continue;
        }
        if (!wait_for(peer, peer->line, 20)) {
            continue;
        }
        ssize_t got = read(peer->line, bytes, most);
        if (got <= 0 || !take(peer, bytes, (size_t)got)) {
            return;
        }
        if (script.babbles) {
            say(peer, "\x10\x37\xff\x12\x37\x22\x10\x00\x93", 9);
        }
        if (script.piece) {
            nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL);
        }
    }
}

static void *
run(void *context)
{
    struct peer *peer = context;
    while (!stopped(peer)) {
        if (peer->where == PEER_TCP) {
            if (!wait_for(peer, peer->listener, 50)) {
                continue;
            }
            peer->line = accept(peer->listener, NULL, NULL);
        }
        pthread_mutex_lock(&peer->mutex);
        peer->connections++;
        pthread_mutex_unlock(&peer->mutex);
        serve(peer);
        if (peer->where != PEER_TCP) {
            break;
        }
        close(peer->line);
        peer->line = -1;
    }
    return NULL;
}

static void
listen_tcp(struct peer *peer)
{
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof where;
    int small = 16384;
    peer->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(peer->listener, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    if (bind(peer->listener, (struct sockaddr *)&where, len) != 0 ||
        listen(peer->listener, 4) != 0 ||
        getsockname(peer->listener, (struct sockaddr *)&where, &len) != 0) {
        abort();
    }
    snprintf(peer->address, sizeof peer->address, "tcp:127.0.0.1:%d", ntohs(where.sin_port));
}

static void
open_pty(struct peer *peer)
{
    peer->line = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (peer->line < 0 || grantpt(peer->line) != 0 || unlockpt(peer->line) != 0) {
        abort();
    }
    const char *name = ptsname(peer->line);
    peer->other = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC); // so that it is never hung up
    struct termios line;
    tcgetattr(peer->other, &line);
    cfmakeraw(&line);
    tcsetattr(peer->other, TCSANOW, &line);
    snprintf(peer->address, sizeof peer->address, "serial:%s:115200", name);
}

struct peer *
peer_start(int where, const struct script *script)
{
    struct peer *peer = calloc(1, sizeof *peer);
    *peer = (struct peer){.where = where, .listener = -1, .line = -1, .other = -1};
    peer->script = *script;
    peer->stop_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    peer->bytes = malloc(1 << 20);
    pthread_mutex_init(&peer->mutex, NULL);
    if (where == PEER_TCP) {
        listen_tcp(peer);
    } else if (where == PEER_PTY) {
        open_pty(peer);
    } else {
        int pair[2];
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
            abort();
        }
        peer->line = pair[0];
        peer->other = pair[1];
    }
    pthread_create(&peer->thread, NULL, run, peer);
    return peer;
}

void
peer_stop(struct peer *peer)
{
    uint64_t one = 1;
    if (write(peer->stop_fd, &one, sizeof one) != sizeof one) {
        abort();
    }
    pthread_join(peer->thread, NULL);
    int fds[] = {peer->listener, peer->line, peer->other, peer->stop_fd};
    for (size_t i = 0; i < sizeof fds / sizeof *fds; i++) {
        if (fds[i] >= 0) {
            close(fds[i]);
        }
    }
    pthread_mutex_destroy(&peer->mutex);
    free(peer->bytes);
    free(peer);
}

const char *
peer_address(const struct peer *peer)
{
    return peer->address;
}

int
peer_line(const struct peer *peer)
{
    return peer->other;
}

void
peer_change(struct peer *peer, const struct script *script)
{
    pthread_mutex_lock(&peer->mutex);
    peer->script = *script;
    pthread_mutex_unlock(&peer->mutex);
}

uint8_t *
peer_bytes(struct peer *peer, size_t *len)
{
    pthread_mutex_lock(&peer->mutex);
    uint8_t *copy = malloc(peer->len + 1);
    memcpy(copy, peer->bytes, peer->len);
    *len = peer->len;
    pthread_mutex_unlock(&peer->mutex);
    return copy;
}

int
peer_connections(struct peer *peer)
{
    pthread_mutex_lock(&peer->mutex);
    int connections = peer->connections;
    pthread_mutex_unlock(&peer->mutex);
    return connections;
}
