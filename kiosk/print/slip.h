/* A slip as data: lines from top to bottom, drawn at any paper width. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum slip_kind {
    SLIP_BAND,  /* the woven band on top */
    SLIP_TEXT,  /* centred; size and weight count; wraps */
    SLIP_PAIR,  /* text left, value right, dashed rule below */
    SLIP_STEP,  /* number in a disc, text, smaller value below */
    SLIP_CHECK, /* an empty box to tick, text */
    SLIP_QR,    /* content, centred, 4-module quiet zone */
    SLIP_BOX,   /* text in a frame */
    SLIP_SPACE, /* tenths of mm in size */
    SLIP_RULE
};
/* The longest line of a catalogue or an office, 200 letters of four bytes each. */
enum { SLIP_WORDS = 4 * 200 + 1 };
struct slip_line {
    enum slip_kind kind;
    int size; /* tenths of mm of the type's height; the number is 240 */
    bool bold;
    bool fit; /* TEXT: shrink to one line rather than wrap */
    char text[SLIP_WORDS], value[SLIP_WORDS];
};
/* The longest receipt: ten things to bring, six steps, a number and the QR for photos. */
enum { SLIP_LINES = 80 };
struct slip {
    struct slip_line lines[SLIP_LINES];
    size_t count;
    int letters; /* as the reader wants them: 0 normal, 1 large, 2 largest */
};
struct slip_line *slip_add(struct slip *slip, enum slip_kind kind); /* NULL when full (logged) */

struct raster { /* 1 bit a dot, 1 is black, rows padded to bytes; owned */
    int width, height, stride;
    uint8_t *bits;
};
struct type;
/* NULL when memory or the QR fails (logged). Frees with raster_destroy. */
struct raster *slip_raster(const struct slip *slip, struct type *type, int dots,
                           double dots_per_mm);
void raster_destroy(struct raster *raster);
