/* What a printer says back. Printers answer late, in odd moments, or not in the
 * words of the manual: whatever is not understood is dropped, byte by byte. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "print/spool.h"

struct printer_status {
    bool offline, cover_open, paper_out, near_end;
    bool cutter, broken, hot; /* broken: an error that waits for a person */
};

enum reply_kind {
    REPLY_NONE,
    REPLY_REALTIME, /* to DLE EOT: bytes[0] */
    REPLY_ASB,      /* automatic status: four bytes */
    REPLY_QUEUED,   /* to GS r: bytes[0] */
    REPLY_JOB,      /* to GS ( H: the serial */
    REPLY_CLEARED   /* to DLE DC4 8 */
};
struct reply {
    enum reply_kind kind;
    uint8_t bytes[4];
};

struct status_parser {
    uint8_t held[64];
    size_t count;
};

/* Takes as many bytes as it has room for (call status_next until it says none). */
size_t status_push(struct status_parser *parser, const uint8_t *bytes, size_t len);
/* The next whole reply; REPLY_NONE when more bytes are needed. */
enum reply_kind status_next(struct status_parser *parser, struct reply *reply);
/* Nothing more came for a while: what is held is not the start of a longer reply. */
void status_give_up(struct status_parser *parser);

/* Fold a reply in; `asked` is the n of the DLE EOT it answers. */
void status_apply(struct printer_status *status, const struct reply *reply, int asked);
enum spool_state status_state(const struct printer_status *status);
bool state_stops(enum spool_state state); /* nothing can come out in this state */
