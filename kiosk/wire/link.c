#include "wire/link.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "base/secret.h"

enum {
    LENGTH_WORD = 4,
    STEP = 16 * 1024,  // read at a time, and a buffer's first size
    TURN = 512 * 1024, // read in one call: the loop has others to serve
    KEEP = 64 * 1024   // an empty buffer above this goes back to the system
};

/* Bytes from `begin` to `end` count. Never moved by realloc(), which would
 * leave a copy behind. */
struct buffer {
    uint8_t *data;
    size_t size, begin, end;
};

struct link {
    int fd;
    wire_table table;
    struct buffer in, out;
    size_t shown; // length of the frame that the last link_next() gave out
    bool broken;
};

static void
buffer_free(struct buffer *buffer)
{
    if (buffer->data != NULL) {
        secret_zero(buffer->data, buffer->size);
        free(buffer->data);
    }
    *buffer = (struct buffer){0};
}

/* Zero the first `len` bytes and forget them. */
static void
buffer_drop(struct buffer *buffer, size_t len)
{
    if (len == 0) {
        return;
    }
    secret_zero(buffer->data + buffer->begin, len);
    buffer->begin += len;
    if (buffer->begin < buffer->end) {
        return;
    }
    buffer->begin = buffer->end = 0;
    if (buffer->size > KEEP) {
        buffer_free(buffer);
    }
}

/* Move what counts to the front, so that the room is in one piece. */
static void
buffer_compact(struct buffer *buffer)
{
    size_t len = buffer->end - buffer->begin;
    if (buffer->begin == 0) {
        return;
    }
    memmove(buffer->data, buffer->data + buffer->begin, len);
    secret_zero(buffer->data + len, buffer->begin);
    buffer->begin = 0;
    buffer->end = len;
}

static bool
buffer_grow(struct buffer *buffer, size_t need)
{
    size_t len = buffer->end;
    size_t size = buffer->size > 0 ? buffer->size : STEP;
    while (size < need) {
        size *= 2;
    }
    uint8_t *data = malloc(size);
    if (data == NULL) {
        log_error("link: no memory for %zu bytes", size);
        return false;
    }
    if (len > 0) {
        memcpy(data, buffer->data, len);
    }
    buffer_free(buffer);
    *buffer = (struct buffer){.data = data, .size = size, .end = len};
    return true;
}

/* Room for `more` bytes behind what counts; false above `limit`. */
static bool
buffer_reserve(struct buffer *buffer, size_t more, size_t limit)
{
    size_t len = buffer->end - buffer->begin;
    if (len > limit || more > limit - len) {
        return false;
    }
    if (more <= buffer->size - buffer->end) {
        return true;
    }
    buffer_compact(buffer);
    return more <= buffer->size - len || buffer_grow(buffer, len + more);
}

struct link *
link_create(int fd, wire_table in)
{
    struct link *link = calloc(1, sizeof *link);
    if (link == NULL) {
        log_error("link: no memory");
        close(fd);
        return NULL;
    }
    link->fd = fd;
    link->table = in;
    return link;
}

void
link_destroy(struct link *link)
{
    if (link == NULL) {
        return;
    }
    close(link->fd);
    buffer_free(&link->in);
    buffer_free(&link->out);
    free(link);
}

int
link_fd(const struct link *link)
{
    return link->fd;
}

bool
link_wants_write(const struct link *link)
{
    return link->out.end > link->out.begin;
}

bool
link_send(struct link *link, const struct wire_type *type, const void *message)
{
    size_t size = wire_size(type, message);
    if (size == 0) {
        log_error("link: %s breaks a limit of its table", type->name);
        return false;
    }
    if (!buffer_reserve(&link->out, size, WIRE_FRAME_MAX)) {
        log_warning("link: %s not sent, the other side does not read", type->name);
        return false;
    }
    wire_encode(type, message, link->out.data + link->out.end, size);
    link->out.end += size;
    return true;
}

/* Bytes read; 0: nothing there now; -1: the peer is gone. */
static ssize_t
read_some(struct link *link)
{
    struct buffer *in = &link->in;
    for (;;) {
        ssize_t got = recv(link->fd, in->data + in->end, in->size - in->end, 0);
        if (got > 0) {
            in->end += (size_t)got;
            return got;
        }
        if (got < 0 && errno == EINTR) {
            continue;
        }
        return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? 0 : -1;
    }
}

static void
forget_shown(struct link *link)
{
    buffer_drop(&link->in, link->shown);
    link->shown = 0;
}

bool
link_fill(struct link *link)
{
    forget_shown(link);
    size_t total = 0;
    while (total < TURN) {
        if (link->in.end - link->in.begin >= WIRE_FRAME_MAX) {
            return true; // no frame is longer: the caller takes one first
        }
        if (!buffer_reserve(&link->in, STEP, WIRE_FRAME_MAX + STEP)) {
            return false;
        }
        ssize_t got = read_some(link);
        if (got < 0) {
            // What came before the end is still heard; the next call says it.
            return total > 0;
        }
        if (got == 0) {
            return true;
        }
        total += (size_t)got;
    }
    return true;
}

bool
link_flush(struct link *link)
{
    while (link_wants_write(link)) {
        struct buffer *out = &link->out;
        ssize_t put = send(link->fd, out->data + out->begin, out->end - out->begin, MSG_NOSIGNAL);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            return errno == EAGAIN || errno == EWOULDBLOCK;
        }
        buffer_drop(out, (size_t)put);
    }
    return true;
}

static size_t
length_word(const uint8_t *at)
{
    return (size_t)at[0] | (size_t)at[1] << 8 | (size_t)at[2] << 16 | (size_t)at[3] << 24;
}

const struct wire_type *
link_next(struct link *link, void *message, bool *broken)
{
    forget_shown(link);
    *broken = link->broken;
    struct buffer *in = &link->in;
    size_t have = in->end - in->begin;
    if (link->broken || have < LENGTH_WORD) {
        return NULL;
    }
    uint8_t *frame = in->data + in->begin + LENGTH_WORD;
    size_t len = length_word(in->data + in->begin);
    const struct wire_type *type = NULL;
    if (len <= WIRE_FRAME_MAX - LENGTH_WORD) {
        if (have - LENGTH_WORD < len) {
            return NULL;
        }
        type = wire_decode(link->table, frame, len, message);
    }
    if (type == NULL) {
        log_warning("link: not a message of this socket");
        *broken = link->broken = true;
        return NULL;
    }
    link->shown = LENGTH_WORD + len;
    return type;
}
