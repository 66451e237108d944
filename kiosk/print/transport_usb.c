#include "print/transport.h"

#include <fcntl.h>
#include <linux/lp.h>
#include <poll.h>
#include <sys/ioctl.h>

/* The usblp driver opens at once or says busy; there is nothing to wait for. */
static bool
usb_open(struct transport *transport, int ms)
{
    (void)ms;
    transport->fd = open(transport->target, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    return transport->fd >= 0;
}

static int
usb_lines(struct transport *transport)
{
    int lines = 0;
    return ioctl(transport->fd, LPGETSTATUS, &lines) == 0 ? lines & 0xff : -1;
}

/* The driver holds one request at a time: writable means that it was taken. */
static int
usb_pending(struct transport *transport)
{
    struct pollfd poll_fd = {.fd = transport->fd, .events = POLLOUT};
    return poll(&poll_fd, 1, 0) > 0 ? 0 : 1;
}

const struct transport_kind transport_usb = {
    .open = usb_open,
    .lines = usb_lines,
    .pending = usb_pending,
};
