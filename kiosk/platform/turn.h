/* A picture turned clockwise by 0, 90, 180 or 270 degrees. Pure. */
#pragma once
#include <stdint.h>
#include "ui/rect.h"

struct turn {
    int degrees;
    int width, height; /* of the upright picture */
};

void turn_size(const struct turn *turn, int *width, int *height); /* of the turned one */
struct rect turn_rect(const struct turn *turn, struct rect upright);
/* From a pixel of the turned picture back to the upright one, kept inside it. */
void turn_back(const struct turn *turn, int x, int y, int *across, int *down);
/* The same from a place as fractions of the turned picture: 0 to 1, beyond for a place beyond it,
 * however far a configured matrix takes a touch. */
void turn_back_from(const struct turn *turn, double x, double y, int *across, int *down);
/* Copy a part of the upright picture to where it shows; strides in pixels. */
void turn_copy(const struct turn *turn, const uint32_t *from, int from_stride, uint32_t *to,
               int to_stride, struct rect part);
