/* Pixels 0x00RRGGBB and the few ways to put colour on them. Nothing is ever
 * written outside `clip`, which lies inside the canvas. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "ui/rect.h"

struct canvas {
    uint32_t *pixels; /* the owner's */
    int stride;       /* in pixels */
    int width, height;
    struct rect clip;
};

/* A rectangle of one colour. */
void canvas_fill(const struct canvas *canvas, struct rect rect, uint32_t colour);
/* One row of coverage (0 nothing, 255 all) of a colour, laid over what is there. */
void canvas_cover(const struct canvas *canvas, int x, int y, const uint8_t *coverage, int length,
                  uint32_t colour);
/* One pixel, which must lie inside the clip. */
static inline uint32_t *
canvas_at(const struct canvas *canvas, int x, int y)
{
    return canvas->pixels + (size_t)y * (size_t)canvas->stride + x;
}
