/* The road to a printer: TCP, /dev/usb/lp*, a serial line. One thread. Every
 * wait ends after the milliseconds it was given; a lost device is closed at once
 * and can be opened again. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct transport {
    const struct transport_kind *kind;
    char target[108]; /* numeric host, or device file */
    int number;       /* port, or baud */
    int fd;           /* -1 closed */
};
struct transport_kind {
    bool (*open)(struct transport *transport, int ms);
    /* The port's own lines, LP_PERRORP 0x08, LP_PSELECD 0x10, LP_POUTPA 0x20; -1
     * where there are none. */
    int (*lines)(struct transport *transport);
    /* Bytes that this machine still holds; -1 unknown. */
    int (*pending)(struct transport *transport);
    /* Before close; may be NULL. `forget`: what was not delivered must not be. */
    void (*part)(struct transport *transport, bool forget);
    bool zero_is_end; /* a read of nothing means that the other side is gone */
    bool per_job;     /* one client at a time: let go between jobs */
};
extern const struct transport_kind transport_tcp, transport_usb, transport_serial;

/* "tcp:127.0.0.1:9100", "usb:/dev/usb/lp0", "serial:/dev/ttyUSB0:115200". Hosts
 * are numbers: no printer waits for a name server. False with a log line. */
bool transport_parse(struct transport *transport, const char *address);

bool transport_open(struct transport *transport, int ms); /* true too when it is open */
void transport_close(struct transport *transport);
void transport_abort(struct transport *transport); /* what is on its way is dropped */
/* Bytes taken within `ms`; -1 when the device is gone (closed then). */
int transport_write(struct transport *transport, const uint8_t *bytes, size_t len, int ms);
/* Bytes read, 0 when none came, -1 when the device is gone (closed then).
 * `stop_fd` readable ends the wait early; -1 for none. */
int transport_read(struct transport *transport, uint8_t *bytes, size_t size, int ms, int stop_fd);
int transport_lines(struct transport *transport);
int transport_pending(struct transport *transport); /* 0 when unknown or closed */
