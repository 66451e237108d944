#include "print/transport.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"

/* "HOST:NUMBER" at the last colon, so that [::1]:9100 works too. */
static bool
split(struct transport *transport, const char *rest, int max)
{
    const char *colon = strrchr(rest, ':');
    char *end = NULL;
    long number = colon ? strtol(colon + 1, &end, 10) : 0;
    if (!colon || colon[1] == '\0' || *end != '\0' || number < 1 || number > max) {
        return false;
    }
    size_t len = (size_t)(colon - rest);
    if (len > 2 && rest[0] == '[' && rest[len - 1] == ']') {
        rest++;
        len -= 2;
    }
    if (len == 0 || len >= sizeof transport->target) {
        return false;
    }
    memcpy(transport->target, rest, len);
    transport->target[len] = '\0';
    transport->number = (int)number;
    return true;
}

static bool
parse(struct transport *transport, const char *address)
{
    *transport = (struct transport){.fd = -1};
    if (strncmp(address, "tcp:", 4) == 0) {
        transport->kind = &transport_tcp;
        return split(transport, address + 4, 65535);
    }
    if (strncmp(address, "serial:", 7) == 0) {
        transport->kind = &transport_serial;
        return split(transport, address + 7, 4000000) && transport->target[0] == '/';
    }
    if (strncmp(address, "usb:", 4) == 0) {
        transport->kind = &transport_usb;
        return text_copy(transport->target, sizeof transport->target, address + 4) &&
               transport->target[0] == '/';
    }
    return false;
}

bool
transport_parse(struct transport *transport, const char *address)
{
    if (parse(transport, address)) {
        return true;
    }
    log_error("print: \"%s\" is no printer address (tcp:HOST:PORT, usb:/dev/..., "
              "serial:/dev/...:BAUD)",
              address);
    return false;
}

bool
transport_open(struct transport *transport, int ms)
{
    return transport->fd >= 0 || transport->kind->open(transport, ms);
}

static void
let_go(struct transport *transport, bool forget)
{
    if (transport->fd < 0) {
        return;
    }
    if (transport->kind->part) {
        transport->kind->part(transport, forget);
    }
    close(transport->fd);
    transport->fd = -1;
}

void
transport_close(struct transport *transport)
{
    let_go(transport, false);
}

void
transport_abort(struct transport *transport)
{
    let_go(transport, true);
}

static int
lost(struct transport *transport)
{
    // No farewell: what is gone cannot take one.
    close(transport->fd);
    transport->fd = -1;
    return -1;
}

static bool
try_later(void)
{
    return errno == EAGAIN || errno == EINTR;
}

int
transport_write(struct transport *transport, const uint8_t *bytes, size_t len, int ms)
{
    if (transport->fd < 0) {
        return -1;
    }
    int64_t until = clock_monotonic() + ms;
    size_t done = 0;
    while (done < len) {
        ssize_t n = write(transport->fd, bytes + done, len - done);
        if (n < 0 && !try_later()) {
            return lost(transport);
        }
        if (n > 0) {
            done += (size_t)n;
            continue;
        }
        int64_t left = until - clock_monotonic();
        if (left <= 0) {
            break;
        }
        struct pollfd poll_fd = {.fd = transport->fd, .events = POLLOUT};
        if (poll(&poll_fd, 1, (int)left) > 0 && !(poll_fd.revents & POLLOUT)) {
            return lost(transport);
        }
    }
    return (int)done;
}

/* What poll says of the device once it has input or is gone; 0 when the time or
 * the caller's stop came first. */
static int
wait_input(struct transport *transport, int64_t until, int stop_fd)
{
    int64_t left = until - clock_monotonic();
    struct pollfd fds[] = {{.fd = transport->fd, .events = POLLIN},
                           {.fd = stop_fd, .events = POLLIN}};
    return poll(fds, 2, left > 0 ? (int)left : 0) > 0 ? fds[0].revents : 0;
}

int
transport_read(struct transport *transport, uint8_t *bytes, size_t size, int ms, int stop_fd)
{
    if (transport->fd < 0) {
        return -1;
    }
    int64_t until = clock_monotonic() + ms;
    int seen;
    while ((seen = wait_input(transport, until, stop_fd)) != 0) {
        if (!(seen & POLLIN)) {
            return lost(transport);
        }
        ssize_t n = read(transport->fd, bytes, size);
        if (n > 0) {
            return (int)n;
        }
        bool end = n == 0 ? transport->kind->zero_is_end : !try_later();
        if (end) {
            return lost(transport);
        }
        if (n == 0) {
            // Some USB printers answer every read with nothing: no busy loop.
            nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
        }
        if (clock_monotonic() >= until) {
            break;
        }
    }
    return 0;
}

int
transport_lines(struct transport *transport)
{
    return transport->fd >= 0 && transport->kind->lines ? transport->kind->lines(transport) : -1;
}

int
transport_pending(struct transport *transport)
{
    int bytes =
        transport->fd >= 0 && transport->kind->pending ? transport->kind->pending(transport) : 0;
    return bytes > 0 ? bytes : 0;
}
