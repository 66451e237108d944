#include "print/status.h"

#include <string.h>

/* The fixed bits of each reply (bit 7 and bit 4, and 1 and 0) tell them apart. */
static bool
is_realtime(uint8_t byte)
{
    return (byte & 0x93) == 0x12;
}

static bool
is_asb_first(uint8_t byte)
{
    return (byte & 0x93) == 0x10;
}

static bool
is_low(uint8_t byte) /* GS r, and bytes 2 to 4 of automatic status */
{
    return (byte & 0x90) == 0;
}

size_t
status_push(struct status_parser *parser, const uint8_t *bytes, size_t len)
{
    size_t room = sizeof parser->held - parser->count;
    len = len < room ? len : room;
    memcpy(parser->held + parser->count, bytes, len);
    parser->count += len;
    return len;
}

static void
drop(struct status_parser *parser, size_t len)
{
    parser->count -= len;
    memmove(parser->held, parser->held + len, parser->count);
}

enum fit { FIT_NO, FIT_MORE, FIT_YES };

static enum fit
fits_asb(const uint8_t *held, size_t count)
{
    for (size_t i = 1; i < 4; i++) {
        if (i == count) {
            return FIT_MORE;
        }
        if (!is_low(held[i])) {
            return FIT_NO;
        }
    }
    return FIT_YES;
}

static enum fit
fits_job(const uint8_t *held, size_t count)
{
    for (size_t i = 1; i < 7; i++) {
        if (i == count) {
            return FIT_MORE;
        }
        bool good = i == 1   ? held[i] == 0x22
                    : i == 6 ? held[i] == 0
                             : held[i] >= 0x20 && held[i] <= 0x7e;
        if (!good) {
            return FIT_NO;
        }
    }
    return FIT_YES;
}

static enum fit
fits_cleared(const uint8_t *held, size_t count)
{
    static const uint8_t cleared[] = {0x37, 0x25, 0x00};
    size_t len = count < sizeof cleared ? count : sizeof cleared;
    if (memcmp(held, cleared, len) != 0) {
        return FIT_NO;
    }
    return len == sizeof cleared ? FIT_YES : FIT_MORE;
}

struct shape {
    enum reply_kind kind;
    size_t len, from; /* whole, and where its four bytes start */
    enum fit fit;
};

static struct shape
shape_of(const uint8_t *held, size_t count)
{
    if (is_realtime(held[0])) {
        return (struct shape){REPLY_REALTIME, 1, 0, FIT_YES};
    }
    if (is_low(held[0])) {
        return (struct shape){REPLY_QUEUED, 1, 0, FIT_YES};
    }
    if (is_asb_first(held[0])) {
        return (struct shape){REPLY_ASB, 4, 0, fits_asb(held, count)};
    }
    if (held[0] == 0x37) {
        enum fit cleared = fits_cleared(held, count);
        if (cleared == FIT_YES) {
            return (struct shape){REPLY_CLEARED, 3, 0, cleared};
        }
        enum fit job = fits_job(held, count);
        return (struct shape){REPLY_JOB, 7, 2, cleared == FIT_MORE ? cleared : job};
    }
    return (struct shape){REPLY_NONE, 1, 0, FIT_NO};
}

enum reply_kind
status_next(struct status_parser *parser, struct reply *reply)
{
    *reply = (struct reply){.kind = REPLY_NONE};
    while (parser->count > 0) {
        struct shape shape = shape_of(parser->held, parser->count);
        if (shape.fit == FIT_MORE) {
            return REPLY_NONE;
        }
        if (shape.fit == FIT_NO) {
            drop(parser, 1);
            continue;
        }
        size_t len = shape.len - shape.from < 4 ? shape.len - shape.from : 4;
        memcpy(reply->bytes, parser->held + shape.from, len);
        reply->kind = shape.kind;
        drop(parser, shape.len);
        return reply->kind;
    }
    return REPLY_NONE;
}

void
status_give_up(struct status_parser *parser)
{
    if (parser->count > 0) {
        drop(parser, 1);
    }
}

static void
apply_realtime(struct printer_status *status, uint8_t byte, int asked)
{
    switch (asked) {
    case 1:
        status->offline = byte & 0x08;
        break;
    case 2:
        status->cover_open = byte & 0x04;
        status->paper_out = byte & 0x20;
        if (!(byte & 0x40)) {
            status->cutter = status->broken = status->hot = false;
        }
        break;
    case 3:
        status->cutter = byte & 0x08;
        status->broken = byte & 0x24;
        status->hot = byte & 0x40;
        break;
    case 4:
        status->near_end = byte & 0x0c;
        status->paper_out = status->paper_out || (byte & 0x60);
        break;
    default: // nobody asked: a stray answer says nothing certain
        break;
    }
}

void
status_apply(struct printer_status *status, const struct reply *reply, int asked)
{
    const uint8_t *bytes = reply->bytes;
    if (reply->kind == REPLY_REALTIME) {
        apply_realtime(status, bytes[0], asked);
    } else if (reply->kind == REPLY_QUEUED) {
        status->near_end = bytes[0] & 0x03;
    } else if (reply->kind == REPLY_ASB) {
        *status = (struct printer_status){
            .offline = bytes[0] & 0x08,
            .cover_open = bytes[0] & 0x20,
            .cutter = bytes[1] & 0x08,
            .broken = bytes[1] & 0x24,
            .hot = bytes[1] & 0x40,
            .near_end = bytes[2] & 0x03,
            .paper_out = bytes[2] & 0x0c,
        };
    }
}

enum spool_state
status_state(const struct printer_status *status)
{
    if (status->cover_open) { // with the cover up the sensor misses the paper too
        return SPOOL_COVER_OPEN;
    }
    if (status->paper_out) {
        return SPOOL_PAPER_OUT;
    }
    if (status->cutter) {
        return SPOOL_CUTTER;
    }
    if (status->broken) {
        return SPOOL_OFFLINE;
    }
    if (status->hot) {
        return SPOOL_HOT;
    }
    if (status->offline) {
        return SPOOL_OFFLINE;
    }
    return status->near_end ? SPOOL_NEAR_END : SPOOL_READY;
}

bool
state_stops(enum spool_state state)
{
    return state == SPOOL_PAPER_OUT || state == SPOOL_COVER_OPEN || state == SPOOL_CUTTER ||
           state == SPOOL_OFFLINE;
}
