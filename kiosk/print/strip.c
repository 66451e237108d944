#include "print/strip.h"

#include <math.h>
#include <string.h>

#include "print/raster.h"

enum { HALF = 128 }; /* coverage from which a dot is black */

int
strip_tenths(const struct strip *strip, int size)
{
    return (int)lround(size * strip->dots_per_mm / 10);
}

bool
strip_need(struct strip *strip, int rows)
{
    return raster_grow(strip->raster, strip->y + rows);
}

static void
pen(void *context, int x, int y, const uint8_t *coverage, int length)
{
    struct strip *strip = context;
    for (int i = 0; i < length; i++) {
        if (coverage[i] < HALF) {
            continue;
        }
        if (strip->white) {
            raster_clear(strip->raster, strip->pen_x + x + i, strip->pen_y + y);
        } else {
            raster_dot(strip->raster, strip->pen_x + x + i, strip->pen_y + y);
        }
    }
}

void
strip_write_at(struct strip *strip, enum type_weight weight, int px, int x, int y,
               const char *words)
{
    strip->pen_x = x;
    strip->pen_y = y;
    type_draw(strip->type, weight, px, 0, words, pen, strip);
}

int
strip_start(const struct strip *strip, const struct block *block, const char *words)
{
    int free = block->width - type_width(strip->type, block->weight, block->px, 0, words);
    return block->x + (block->side == LEFT ? 0 : block->side == CENTRE ? free / 2 : free);
}

/* One line of a text that wraps: copied out, without spaces at its end. Returns
 * where the next one starts. */
static const char *
next_line(const struct strip *strip, const struct block *block, const char *rest,
          char line[sizeof(struct slip_line)])
{
    int fit = type_fit(strip->type, block->weight, block->px, rest, block->width);
    int end = fit;
    while (end > 0 && rest[end - 1] == ' ') {
        end--;
    }
    memcpy(line, rest, (size_t)end);
    line[end] = '\0';
    return rest + fit + strspn(rest + fit, " ");
}

bool
strip_write(struct strip *strip, const struct block *block, const char *words)
{
    int height = type_line_height(strip->type, block->weight, block->px);
    char line[sizeof(struct slip_line)];
    for (const char *rest = words; *rest;) {
        const char *next = next_line(strip, block, rest, line);
        if (next == rest || !strip_need(strip, height)) {
            return false;
        }
        strip_write_at(strip, block->weight, block->px, strip_start(strip, block, line), strip->y,
                       line);
        strip->y += height;
        rest = next;
    }
    return true;
}

int
strip_margin(const struct strip *strip)
{
    return strip_tenths(strip, 10);
}

struct block
strip_block(const struct strip *strip, enum type_weight weight, int px, enum side side)
{
    int edge = strip_margin(strip);
    return (struct block){weight, px, edge, strip->raster->width - 2 * edge, side};
}

void
strip_shrink(const struct strip *strip, struct block *block, const char *words)
{
    int width = type_width(strip->type, block->weight, block->px, 0, words);
    if (width > block->width) {
        block->px = block->px * block->width / width;
    }
    while (block->px > 8 &&
           type_width(strip->type, block->weight, block->px, 0, words) > block->width) {
        block->px--;
    }
}
