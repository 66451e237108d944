#include "print/transport.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <linux/sockios.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

enum { FAREWELL_MS = 300 };

static struct addrinfo *
resolve(const struct transport *transport)
{
    char port[8];
    snprintf(port, sizeof port, "%d", transport->number);
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    int error = getaddrinfo(transport->target, port, &hints, &found);
    if (error != 0) {
        log_error("print: the printer's host \"%s\" is no numeric address", transport->target);
        return NULL;
    }
    return found;
}

static bool
connect_within(int fd, const struct addrinfo *where, int ms)
{
    if (connect(fd, where->ai_addr, where->ai_addrlen) == 0) {
        return true;
    }
    struct pollfd poll_fd = {.fd = fd, .events = POLLOUT};
    int error = 0;
    socklen_t len = sizeof error;
    return errno == EINPROGRESS && poll(&poll_fd, 1, ms) > 0 &&
           getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len) == 0 && error == 0;
}

static void
set_options(int fd)
{
    int yes = 1;
    int small = 16384;           // what waits in this machine cannot be known to be on paper
    unsigned timeout_ms = 10000; // a cable pulled out shows as an error, not as silence
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes);
    setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &timeout_ms, sizeof timeout_ms);
}

static bool
tcp_open(struct transport *transport, int ms)
{
    struct addrinfo *where = resolve(transport);
    if (!where) {
        return false;
    }
    int fd = socket(where->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect_within(fd, where, ms)) {
        set_options(fd);
        transport->fd = fd;
    } else if (fd >= 0) {
        close(fd);
    }
    freeaddrinfo(where);
    return transport->fd >= 0;
}

static int
tcp_pending(struct transport *transport)
{
    int bytes = 0;
    return ioctl(transport->fd, SIOCOUTQ, &bytes) == 0 ? bytes : -1;
}

/* A socket closed with unread answers sends a reset, and a reset makes many
 * printers forget what they have not printed yet. After a failed job that is
 * what is wanted. */
static void
tcp_part(struct transport *transport, bool forget)
{
    if (forget) {
        struct linger at_once = {.l_onoff = 1, .l_linger = 0};
        setsockopt(transport->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        return;
    }
    shutdown(transport->fd, SHUT_WR);
    int64_t until = clock_monotonic() + FAREWELL_MS;
    for (;;) {
        int64_t left = until - clock_monotonic();
        struct pollfd poll_fd = {.fd = transport->fd, .events = POLLIN};
        char waste[256];
        if (left <= 0 || poll(&poll_fd, 1, (int)left) <= 0 ||
            read(transport->fd, waste, sizeof waste) <= 0) {
            return;
        }
    }
}

const struct transport_kind transport_tcp = {
    .open = tcp_open,
    .pending = tcp_pending,
    .part = tcp_part,
    .zero_is_end = true,
    .per_job = true,
};
