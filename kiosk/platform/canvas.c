#include "platform/canvas.h"

#include <wchar.h>

_Static_assert(sizeof(wchar_t) == sizeof(uint32_t), "wmemset fills pixels");

void
canvas_fill(const struct canvas *canvas, struct rect rect, uint32_t colour)
{
    struct rect seen = rect_clip(rect, canvas->clip);
    if (seen.w <= 0) {
        return;
    }
    for (int y = seen.y; y < seen.y + seen.h; y++) {
        wmemset((wchar_t *)canvas_at(canvas, seen.x, y), (wchar_t)colour, (size_t)seen.w);
    }
}

/* Two channels at a time: red and blue, then green. */
static uint32_t
mix(uint32_t under, uint32_t over, uint32_t coverage)
{
    uint32_t weight = coverage + (coverage >> 7), rest = 256 - weight;
    uint32_t red_blue = (under & 0xff00ff) * rest + (over & 0xff00ff) * weight;
    uint32_t green = (under & 0x00ff00) * rest + (over & 0x00ff00) * weight;
    return (red_blue >> 8 & 0xff00ff) | (green >> 8 & 0x00ff00);
}

void
canvas_cover(const struct canvas *canvas, int x, int y, const uint8_t *coverage, int length,
             uint32_t colour)
{
    struct rect seen = rect_clip((struct rect){x, y, length, 1}, canvas->clip);
    if (seen.w <= 0 || seen.h <= 0) {
        return;
    }
    uint32_t *pixel = canvas_at(canvas, seen.x, y);
    coverage += seen.x - x;
    for (int i = 0; i < seen.w; i++) {
        if (coverage[i] == 255) {
            pixel[i] = colour;
        } else if (coverage[i]) {
            pixel[i] = mix(pixel[i], colour, coverage[i]);
        }
    }
}
