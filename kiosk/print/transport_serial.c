#include "print/transport.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/log.h"

static const struct {
    int baud;
    speed_t speed;
} speeds[] = {{9600, B9600},   {19200, B19200},   {38400, B38400},
              {57600, B57600}, {115200, B115200}, {230400, B230400}};

static speed_t
speed_of(int baud)
{
    for (size_t i = 0; i < sizeof speeds / sizeof *speeds; i++) {
        if (speeds[i].baud == baud) {
            return speeds[i].speed;
        }
    }
    return B0;
}

static bool
set_line(const struct transport *transport)
{
    struct termios line;
    speed_t speed = speed_of(transport->number);
    if (speed == B0) {
        log_error("print: no serial speed of %d baud", transport->number);
        return false;
    }
    if (tcgetattr(transport->fd, &line) != 0) {
        log_error("print: %s is no serial line", transport->target);
        return false;
    }
    cfmakeraw(&line);
    cfsetspeed(&line, speed);
    line.c_cflag |= CLOCAL | CREAD | CRTSCTS;
    line.c_cc[VMIN] = 0;
    line.c_cc[VTIME] = 0;
    return tcsetattr(transport->fd, TCSANOW, &line) == 0;
}

static bool
serial_open(struct transport *transport, int ms)
{
    (void)ms;
    transport->fd = open(transport->target, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (transport->fd >= 0 && !set_line(transport)) {
        close(transport->fd);
        transport->fd = -1;
    }
    return transport->fd >= 0;
}

static int
serial_pending(struct transport *transport)
{
    int bytes = 0;
    return ioctl(transport->fd, TIOCOUTQ, &bytes) == 0 ? bytes : -1;
}

/* With the printer holding its hand up, close() would wait half a minute for
 * bytes that nobody takes. */
static void
serial_part(struct transport *transport, bool forget)
{
    if (forget || serial_pending(transport) > 0) {
        tcflush(transport->fd, TCOFLUSH);
    }
}

const struct transport_kind transport_serial = {
    .open = serial_open,
    .pending = serial_pending,
    .part = serial_part,
};
