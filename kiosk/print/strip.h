/* The strip that a slip is drawn on, and the pen that writes on it. */
#pragma once
#include "print/slip.h"
#include "type/type.h"

struct strip {
    struct type *type;
    struct raster *raster; /* grows downwards */
    double dots_per_mm;
    int percent; /* of the letters' height */
    int y, steps;
    bool pair_above;
    bool white; /* the pen: takes dots away */
    int pen_x, pen_y;
};

enum side { LEFT, CENTRE, RIGHT };
struct block {
    enum type_weight weight;
    int px, x, width;
    enum side side;
};

int strip_tenths(const struct strip *strip, int size); /* tenths of mm in dots */
int strip_margin(const struct strip *strip);
bool strip_need(struct strip *strip, int rows); /* from y on; false out of memory */

/* A block as wide as the strip without its margins. */
struct block strip_block(const struct strip *strip, enum type_weight weight, int px,
                         enum side side);
/* Make the letters small enough for one line. */
void strip_shrink(const struct strip *strip, struct block *block, const char *words);
/* Where a line starts on its side of the block. */
int strip_start(const struct strip *strip, const struct block *block, const char *words);
/* Write wrapped from y on, moving y down; no word alone at the end. False out of memory. */
bool strip_write(struct strip *strip, const struct block *block, const char *words);
void strip_write_at(struct strip *strip, enum type_weight weight, int px, int x, int y,
                    const char *words);
