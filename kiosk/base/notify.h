/* The service manager: ready, and still alive. The socket is made before the
 * program locks itself; without a manager all of this does nothing. */
#pragma once
#include <stdint.h>

struct notify {
    int fd;           /* -1: nobody to tell */
    int64_t interval; /* ms between signs of life; 0 none wanted */
    int64_t next;     /* monotonic ms */
};
void notify_open(struct notify *notify, int64_t now);
void notify_close(struct notify *notify);
void notify_ready(struct notify *notify);
void notify_stopping(struct notify *notify);
int64_t notify_deadline(const struct notify *notify); /* INT64_MAX: none */
void notify_tick(struct notify *notify, int64_t now);
