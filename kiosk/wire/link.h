/* One non-blocking connection: buffers both ways, frames in, frames out. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "wire/wire.h"

struct link;

/* Takes the descriptor over (a non-blocking socket). `in` is what the other side may say. */
struct link *link_create(int fd, wire_table in);
void link_destroy(struct link *link); /* zeroes its buffers, closes */
int link_fd(const struct link *link);
bool link_wants_write(const struct link *link); /* poll for POLLOUT too */

/* Queue a message; false when a limit or the buffer (WIRE_FRAME_MAX) is hit
 * (one log line). */
bool link_send(struct link *link, const struct wire_type *type, const void *message);

/* Read what is there (call on POLLIN); false when the peer is gone. What it said
 * before it went is heard first. */
bool link_fill(struct link *link);
/* Write what is queued (call on POLLOUT or after sending); false when the peer is gone. */
bool link_flush(struct link *link);
/* The next whole message, or NULL. `broken` set: the peer spoke nonsense, hang up.
 * Valid until the next call on this link, which zeroes its bytes: call until NULL.
 * `message` holds WIRE_MESSAGE_MAX bytes, aligned for any type. */
const struct wire_type *link_next(struct link *link, void *message, bool *broken);
