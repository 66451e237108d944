#include "platform/turn.h"

#include <stddef.h>
#include <string.h>

void
turn_size(const struct turn *turn, int *width, int *height)
{
    bool across = turn->degrees % 180 != 0;
    *width = across ? turn->height : turn->width;
    *height = across ? turn->width : turn->height;
}

struct rect
turn_rect(const struct turn *turn, struct rect r)
{
    switch (turn->degrees) {
    case 90:
        return (struct rect){turn->height - r.y - r.h, r.x, r.h, r.w};
    case 180:
        return (struct rect){turn->width - r.x - r.w, turn->height - r.y - r.h, r.w, r.h};
    case 270:
        return (struct rect){r.y, turn->width - r.x - r.w, r.h, r.w};
    default:
        return r;
    }
}

static int
inside(int value, int size)
{
    return value < 0 ? 0 : value < size ? value : size - 1;
}

void
turn_back(const struct turn *turn, int x, int y, int *across, int *down)
{
    struct turn back = {(360 - turn->degrees) % 360, 0, 0};
    turn_size(turn, &back.width, &back.height);
    struct rect pixel = turn_rect(&back, (struct rect){x, y, 1, 1});
    *across = inside(pixel.x, turn->width);
    *down = inside(pixel.y, turn->height);
}

/* The pixel of a fraction. A number too great for an int is no int. */
static int
pixel_of(double fraction, int size)
{
    double pixel = fraction * size;
    return !(pixel > 0) ? 0 : pixel < size ? (int)pixel : size - 1;
}

void
turn_back_from(const struct turn *turn, double x, double y, int *across, int *down)
{
    int width, height;
    turn_size(turn, &width, &height);
    turn_back(turn, pixel_of(x, width), pixel_of(y, height), across, down);
}

void
turn_copy(const struct turn *turn, const uint32_t *from, int from_stride, uint32_t *to,
          int to_stride, struct rect part)
{
    struct rect out = turn_rect(turn, part);
    const uint32_t *row = from + (ptrdiff_t)part.y * from_stride + part.x;
    for (int y = 0; y < part.h; y++, row += from_stride) {
        uint32_t *pixel;
        ptrdiff_t step;
        switch (turn->degrees) {
        case 90: // a row becomes a column, from the right
            pixel = to + (ptrdiff_t)out.y * to_stride + out.x + out.w - 1 - y;
            step = to_stride;
            break;
        case 180:
            pixel = to + (ptrdiff_t)(out.y + out.h - 1 - y) * to_stride + out.x + out.w - 1;
            step = -1;
            break;
        case 270:
            pixel = to + (ptrdiff_t)(out.y + out.h - 1) * to_stride + out.x + y;
            step = -to_stride;
            break;
        default:
            memcpy(to + (ptrdiff_t)(out.y + y) * to_stride + out.x, row,
                   (size_t)part.w * sizeof *row);
            continue;
        }
        for (int x = 0; x < part.w; x++, pixel += step) {
            *pixel = row[x];
        }
    }
}
