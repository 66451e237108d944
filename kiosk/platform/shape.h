/* Rounded rectangles, filled or as a line, with soft corners. */
#pragma once
#include <stdint.h>
#include "ui/rect.h"

struct canvas;
struct corners;

/* Remembers the corners that were drawn lately; NULL without memory. */
struct corners *corners_create(void);
void corners_destroy(struct corners *corners);

void shape_fill(struct corners *corners, const struct canvas *canvas, struct rect rect, int radius,
                uint32_t colour);
void shape_frame(struct corners *corners, const struct canvas *canvas, struct rect rect, int radius,
                 int thick, uint32_t colour);
/* The plaid of Samarinda's sarung, as wide and high as asked. */
void shape_weave(const struct canvas *canvas, struct rect rect);
