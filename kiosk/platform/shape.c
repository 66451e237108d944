#include "platform/shape.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "platform/canvas.h"

enum { KEPT = 12, RADIUS_MAX = 255, SLICES = 8 };

/* The upper left quarter of a circle: how much of each pixel it covers. */
struct corner {
    int radius;
    unsigned used;
    uint8_t *mask; // radius x radius, owned
};
struct corners {
    struct corner kept[KEPT];
    unsigned clock;
};

struct corners *
corners_create(void)
{
    return calloc(1, sizeof(struct corners));
}

void
corners_destroy(struct corners *corners)
{
    if (!corners) {
        return;
    }
    for (int i = 0; i < KEPT; i++) {
        free(corners->kept[i].mask);
    }
    free(corners);
}

static double
between(double low, double value, double high)
{
    return value < low ? low : value > high ? high : value;
}

/* Each row in eight slices, each slice exact in x. */
static void
corner_draw(uint8_t *mask, int radius)
{
    for (int y = 0; y < radius; y++) {
        double row[RADIUS_MAX] = {0};
        for (int slice = 0; slice < SLICES; slice++) {
            double up = radius - (y + (slice + 0.5) / SLICES);
            double edge = radius - sqrt((double)radius * radius - up * up);
            for (int x = (int)edge; x < radius; x++) {
                row[x] += between(0, x + 1 - edge, 1);
            }
        }
        for (int x = 0; x < radius; x++) {
            mask[y * radius + x] = (uint8_t)lround(row[x] * 255 / SLICES);
        }
    }
}

/* NULL: square. Valid until the next but one call. */
static const uint8_t *
corner_get(struct corners *corners, int radius)
{
    struct corner *place = &corners->kept[0];
    if (radius <= 0) {
        return NULL;
    }
    for (struct corner *corner = corners->kept; corner < corners->kept + KEPT; corner++) {
        if (corner->radius == radius) {
            corner->used = ++corners->clock;
            return corner->mask;
        }
        if (corner->used < place->used) {
            place = corner;
        }
    }
    uint8_t *mask = realloc(place->mask, (size_t)radius * (size_t)radius);
    if (!mask) {
        return NULL; // square is better than nothing
    }
    corner_draw(mask, radius);
    *place = (struct corner){radius, ++corners->clock, mask};
    return mask;
}

static int
radius_of(struct rect rect, int radius)
{
    int half = (rect.w < rect.h ? rect.w : rect.h) / 2;
    radius = radius < half ? radius : half;
    return radius < RADIUS_MAX ? radius : RADIUS_MAX;
}

/* Both ends of a row that starts and ends with `length` pixels of coverage. */
static void
cover_ends(const struct canvas *canvas, struct rect rect, int y, const uint8_t *coverage,
           int length, uint32_t colour)
{
    uint8_t mirror[RADIUS_MAX];
    for (int i = 0; i < length; i++) {
        mirror[i] = coverage[length - 1 - i];
    }
    canvas_cover(canvas, rect.x, y, coverage, length, colour);
    canvas_cover(canvas, rect.x + rect.w - length, y, mirror, length, colour);
}

void
shape_fill(struct corners *corners, const struct canvas *canvas, struct rect rect, int radius,
           uint32_t colour)
{
    radius = radius_of(rect, radius);
    const uint8_t *mask = corner_get(corners, radius);
    if (!mask) {
        canvas_fill(canvas, rect, colour);
        return;
    }
    canvas_fill(canvas, (struct rect){rect.x, rect.y + radius, rect.w, rect.h - 2 * radius},
                colour);
    for (int i = 0; i < radius; i++) {
        int rows[] = {rect.y + i, rect.y + rect.h - 1 - i};
        for (int side = 0; side < 2; side++) {
            cover_ends(canvas, rect, rows[side], mask + i * radius, radius, colour);
            canvas_fill(canvas, (struct rect){rect.x + radius, rows[side], rect.w - 2 * radius, 1},
                        colour);
        }
    }
}

/* A row of the ring's corner: the outer quarter less the inner one. */
static void
ring_row(uint8_t *row, const uint8_t *outer, int radius, const uint8_t *inner, int inside,
         int thick, int y)
{
    for (int x = 0; x < radius; x++) {
        int out = outer[y * radius + x], in = 0;
        if (x >= thick && y >= thick) {
            in = inner ? inner[(y - thick) * inside + x - thick] : 255;
        }
        row[x] = (uint8_t)(out > in ? out - in : 0);
    }
}

void
shape_frame(struct corners *corners, const struct canvas *canvas, struct rect rect, int radius,
            int thick, uint32_t colour)
{
    radius = radius_of(rect, radius);
    int least = (rect.w < rect.h ? rect.w : rect.h) / 2;
    thick = thick < least ? thick : least;
    if (thick <= 0) {
        return;
    }
    const uint8_t *outer = corner_get(corners, radius);
    int round = outer ? radius : 0, inside = round > thick ? round - thick : 0;
    const uint8_t *inner = outer ? corner_get(corners, inside) : NULL;
    int edge = round > thick ? round : thick; // above and below it only the two sides remain

    struct rect rows = {rect.x + round, rect.y, rect.w - 2 * round, thick};
    canvas_fill(canvas, rows, colour);
    rows.y = rect.y + rect.h - thick;
    canvas_fill(canvas, rows, colour);
    struct rect sides = {rect.x, rect.y + edge, thick, rect.h - 2 * edge};
    canvas_fill(canvas, sides, colour);
    sides.x = rect.x + rect.w - thick;
    canvas_fill(canvas, sides, colour);
    for (int i = 0; i < round; i++) {
        uint8_t row[RADIUS_MAX];
        ring_row(row, outer, round, inner, inside, thick, i);
        cover_ends(canvas, rect, rect.y + i, row, round, colour);
        cover_ends(canvas, rect, rect.y + rect.h - 1 - i, row, round, colour);
    }
    // A line thicker than its corner is round: the rest of the sides.
    for (int i = round; i < thick; i++) {
        canvas_fill(canvas, (struct rect){rect.x, rect.y + i, round, 1}, colour);
        canvas_fill(canvas, (struct rect){rect.x + rect.w - round, rect.y + i, round, 1}, colour);
        int below = rect.y + rect.h - 1 - i;
        canvas_fill(canvas, (struct rect){rect.x, below, round, 1}, colour);
        canvas_fill(canvas, (struct rect){rect.x + rect.w - round, below, round, 1}, colour);
    }
}

// One repeat, in twenty-eighths of the band's height.
static const struct thread {
    int from, to;
    uint32_t colour, lit; // lit: where a light row crosses
} warp[] = {
    {0, 4, 0xDB9A02, 0xDB9A02},   {4, 14, 0x7E1829, 0x831C2D},  {14, 36, 0x00443B, 0x2E665E},
    {36, 40, 0xD49B02, 0xD79E05}, {40, 72, 0x00443B, 0x2E665E},
};
enum { BAND = 28, REPEAT = 72, ROW = 12, ROW_LIT = 3 };

static int
scaled(int units, int height)
{
    return (units * height + BAND / 2) / BAND;
}

static void
weave_column(const struct canvas *canvas, struct rect column, const struct thread *thread)
{
    int bottom = column.y + column.h;
    canvas_fill(canvas, column, thread->colour);
    for (int row = 1; row < BAND; row += ROW) {
        int from = column.y + scaled(row, column.h);
        int to = column.y + scaled(row + ROW_LIT, column.h);
        to = to < bottom ? to : bottom;
        canvas_fill(canvas, (struct rect){column.x, from, column.w, to - from}, thread->lit);
    }
}

void
shape_weave(const struct canvas *canvas, struct rect rect)
{
    int right = rect.x + rect.w;
    if (rect.h <= 0) {
        return;
    }
    struct canvas band = *canvas;
    band.clip = rect_clip(canvas->clip, rect);
    if (band.clip.w <= 0) {
        return;
    }
    for (int repeat = 0;; repeat += REPEAT) {
        for (size_t i = 0; i < sizeof warp / sizeof *warp; i++) {
            int from = rect.x + scaled(repeat + warp[i].from, rect.h);
            int to = rect.x + scaled(repeat + warp[i].to, rect.h);
            if (from >= right) {
                return;
            }
            weave_column(&band, (struct rect){from, rect.y, to - from, rect.h}, &warp[i]);
        }
    }
}
