#include "hall/line.h"

#include <poll.h>
#include <stdalign.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "wire/link.h"
#include "wire/sockets.h"

enum { FIRST = 200, LAST = 5000 };

struct line {
    char *path;
    struct link *link;
    int64_t dial; /* monotonic */
    int wait;
};

struct line *
line_create(const char *path)
{
    struct line *line = calloc(1, sizeof *line);
    char *copy = strdup(path);
    if (line == NULL || copy == NULL) {
        free(line);
        free(copy);
        return NULL;
    }
    line->path = copy;
    line->wait = FIRST;
    return line;
}

void
line_destroy(struct line *line)
{
    if (line != NULL) {
        link_destroy(line->link);
        free(line->path);
        free(line);
    }
}

int
line_fd(const struct line *line)
{
    return line->link != NULL ? link_fd(line->link) : -1;
}

short
line_events(const struct line *line)
{
    return (short)(line->link != NULL && link_wants_write(line->link) ? POLLIN | POLLOUT : POLLIN);
}

int64_t
line_deadline(const struct line *line)
{
    return line->link != NULL ? INT64_MAX : line->dial;
}

static void
down(struct line *line)
{
    log_warning("%s: the desk is gone", line->path);
    link_destroy(line->link);
    line->link = NULL;
    line->dial = clock_monotonic() + FIRST;
}

bool
line_dial(struct line *line, int64_t now)
{
    if (line->link != NULL || now < line->dial) {
        return false;
    }
    int fd = sockets_dial(line->path);
    line->link = fd >= 0 ? link_create(fd, desk_to_hall) : NULL;
    if (line->link == NULL) {
        line->dial = now + line->wait;
        line->wait = line->wait * 2 < LAST ? line->wait * 2 : LAST;
        return false;
    }
    line->wait = FIRST;
    return true;
}

bool
line_say(struct line *line, const struct wire_type *type, const void *message)
{
    if (line->link == NULL) {
        return false;
    }
    if (!link_send(line->link, type, message) || !link_flush(line->link)) {
        down(line);
        return false;
    }
    return true;
}

bool
line_read(struct line *line, line_hearer *hearer, void *context)
{
    alignas(max_align_t) unsigned char message[WIRE_MESSAGE_MAX];
    bool broken = false, alive = link_fill(line->link);
    const struct wire_type *type;
    while ((type = link_next(line->link, message, &broken)) != NULL) {
        hearer(context, type, message);
    }
    if (!alive || broken || !link_flush(line->link)) {
        down(line);
        return false;
    }
    return true;
}
