#include "print/slip.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "print/strip.h"
#include "print/raster.h"
#include "type/qr.h"
#include "type/type.h"

/* Tenths of mm, where a line says nothing. */
enum {
    SIZE_TEXT = 34,
    SIZE_BOX = 44,
    SIZE_QR = 320,
    SIZE_SPACE = 20,
    SIZE_HERO = 100, /* from here letters stand close, without a line box */
    QR_QUIET = 4,
    QR_MODULE = 4 /* dots, at least */
};

struct slip_line *
slip_add(struct slip *slip, enum slip_kind kind)
{
    if (slip->count == SLIP_LINES) {
        log_error("print: a slip has more than %d lines", SLIP_LINES);
        return NULL;
    }
    struct slip_line *line = &slip->lines[slip->count++];
    *line = (struct slip_line){.kind = kind};
    return line;
}

static int
size_or(const struct slip_line *line, int fallback)
{
    return line->size > 0 ? line->size : fallback;
}

/* A line's type as its reader wants it. A number or a code is large anyway. */
static int
type_of(const struct strip *strip, const struct slip_line *line, int fallback)
{
    int size = size_or(line, fallback);
    return size >= SIZE_HERO ? size : size * strip->percent / 100;
}

static enum type_weight
weight_of(const struct slip_line *line)
{
    return line->bold ? TYPE_BOLD : TYPE_REGULAR;
}

/* A queue number or a code: capitals and digits with an even gap around them. */
static bool
write_hero(struct strip *strip, const struct block *block, const char *words)
{
    int cap = type_cap_height(strip->type, block->weight, block->px);
    int gap = block->px / 7, below = block->px / 5;
    if (!strip_need(strip, cap + gap + below)) {
        return false;
    }
    int top = strip->y + gap - (type_ascent(strip->type, block->weight, block->px) - cap);
    strip_write_at(strip, block->weight, block->px, strip_start(strip, block, words), top, words);
    strip->y += cap + gap + below;
    return true;
}

static bool
draw_text(struct strip *strip, const struct slip_line *line)
{
    int size = type_of(strip, line, SIZE_TEXT);
    struct block block = strip_block(strip, weight_of(line), strip_tenths(strip, size), CENTRE);
    if (line->fit) {
        strip_shrink(strip, &block, line->text);
    }
    bool one_line = type_width(strip->type, block.weight, block.px, 0, line->text) <= block.width;
    return size_or(line, SIZE_TEXT) >= SIZE_HERO && one_line
               ? write_hero(strip, &block, line->text)
               : strip_write(strip, &block, line->text);
}

static bool
draw_rule(struct strip *strip)
{
    int thick = strip_tenths(strip, 3), on = strip_tenths(strip, 8), off = strip_tenths(strip, 5);
    if (!strip_need(strip, thick)) {
        return false;
    }
    for (int x = 0; x < strip->raster->width; x += on + off) {
        raster_fill(strip->raster, x, strip->y, on, thick);
    }
    strip->y += thick;
    return true;
}

static bool
draw_pair(struct strip *strip, const struct slip_line *line)
{
    int px = strip_tenths(strip, type_of(strip, line, SIZE_TEXT));
    int pad = strip_tenths(strip, 13);
    struct block name = strip_block(strip, TYPE_REGULAR, px, LEFT);
    struct block value = strip_block(strip, TYPE_BOLD, px, RIGHT);
    int both = type_width(strip->type, name.weight, px, 0, line->text) +
               type_width(strip->type, value.weight, px, 0, line->value) + strip_tenths(strip, 30);
    if (!strip->pair_above && !draw_rule(strip)) {
        return false;
    }
    strip->y += pad;
    int top = strip->y;
    if (!strip_write(strip, &name, line->text)) {
        return false;
    }
    int bottom = strip->y;
    if (both <= name.width) {
        strip->y = top; // side by side
    }
    if (!strip_write(strip, &value, line->value)) {
        return false;
    }
    strip->y = (strip->y > bottom ? strip->y : bottom) + pad;
    return draw_rule(strip);
}

static void
draw_disc(struct strip *strip, int x, int y, int size)
{
    double r = size / 2.0;
    for (int row = 0; row < size; row++) {
        double dy = row + 0.5 - r, half = sqrt(r * r - dy * dy);
        int from = (int)lround(r - half), to = (int)lround(r + half);
        raster_fill(strip->raster, x + from, y + row, to - from, 1);
    }
}

static void
draw_step_number(struct strip *strip, int number, int px, int size)
{
    char digits[12];
    snprintf(digits, sizeof digits, "%d", number);
    int x = strip_margin(strip);
    draw_disc(strip, x, strip->y, size);
    struct block block = {TYPE_BOLD, px, x, size, CENTRE};
    int cap = type_cap_height(strip->type, TYPE_BOLD, px);
    int top = strip->y + (size - cap) / 2 - (type_ascent(strip->type, TYPE_BOLD, px) - cap);
    strip->white = true;
    strip_write_at(strip, TYPE_BOLD, px, strip_start(strip, &block, digits), top, digits);
    strip->white = false;
}

static bool
draw_step(struct strip *strip, const struct slip_line *line)
{
    int px = strip_tenths(strip, type_of(strip, line, SIZE_TEXT));
    int disc = px * 3 / 2, gap = strip_tenths(strip, 15);
    if (!strip_need(strip, disc + gap)) {
        return false;
    }
    draw_step_number(strip, ++strip->steps, px, disc);
    int bottom = strip->y + disc;
    struct block block = strip_block(strip, line->bold ? TYPE_BOLD : TYPE_SEMIBOLD, px, LEFT);
    block.x += disc + gap;
    block.width -= disc + gap;
    strip->y += (disc - type_line_height(strip->type, block.weight, px)) / 2;
    bool good = strip_write(strip, &block, line->text);
    block.weight = TYPE_REGULAR;
    block.px = px * 6 / 7;
    good = good && strip_write(strip, &block, line->value);
    strip->y = (strip->y > bottom ? strip->y : bottom) + gap;
    return good && strip_need(strip, 0);
}

static void
draw_tick_box(struct strip *strip, int x, int y, int side)
{
    int thick = strip_tenths(strip, 4);
    raster_fill(strip->raster, x, y, side, thick);
    raster_fill(strip->raster, x, y + side - thick, side, thick);
    raster_fill(strip->raster, x, y, thick, side);
    raster_fill(strip->raster, x + side - thick, y, thick, side);
}

/* The box is as high as a capital and stands beside the first line. */
static bool
draw_check(struct strip *strip, const struct slip_line *line)
{
    int px = strip_tenths(strip, type_of(strip, line, SIZE_TEXT)), gap = strip_tenths(strip, 15);
    struct block block = strip_block(strip, weight_of(line), px, LEFT);
    int high = type_line_height(strip->type, block.weight, px);
    int side = type_cap_height(strip->type, block.weight, px) * 5 / 4;
    if (!strip_need(strip, high)) {
        return false;
    }
    draw_tick_box(strip, block.x, strip->y + (high - side) / 2, side);
    block.x += side + gap;
    block.width -= side + gap;
    bool good = strip_write(strip, &block, line->text);
    strip->y += gap / 2;
    return good && strip_need(strip, 0);
}

static void
draw_modules(struct strip *strip, const uint8_t *modules, int side, int module)
{
    int x = (strip->raster->width - side * module) / 2;
    int y = strip->y + QR_QUIET * module;
    for (int row = 0; row < side; row++) {
        for (int column = 0; column < side; column++) {
            if (modules[row * side + column]) {
                raster_fill(strip->raster, x + column * module, y + row * module, module, module);
            }
        }
    }
}

static bool
draw_qr(struct strip *strip, const struct slip_line *line)
{
    uint8_t modules[QR_MAX];
    int side = qr_encode(line->text, modules);
    if (side == 0) {
        log_error("print: a QR of %zu letters does not fit", strlen(line->text));
        return false;
    }
    int module = strip_tenths(strip, size_or(line, SIZE_QR)) / side;
    int widest = strip->raster->width / (side + 2 * QR_QUIET);
    module = module < QR_MODULE ? QR_MODULE : module;
    module = module > widest ? widest : module;
    if (module < QR_MODULE) {
        log_error("print: the paper is too narrow for a QR of %d modules", side);
        return false;
    }
    int height = (side + 2 * QR_QUIET) * module;
    if (!strip_need(strip, height)) {
        return false;
    }
    draw_modules(strip, modules, side, module);
    strip->y += height;
    return true;
}

static void
draw_frame(struct strip *strip, int top, int inset)
{
    int thick = strip_tenths(strip, 6);
    int width = strip->raster->width - 2 * inset, height = strip->y - top;
    raster_fill(strip->raster, inset, top, width, thick);
    raster_fill(strip->raster, inset, strip->y - thick, width, thick);
    raster_fill(strip->raster, inset, top, thick, height);
    raster_fill(strip->raster, inset + width - thick, top, thick, height);
}

static bool
draw_box(struct strip *strip, const struct slip_line *line)
{
    int inset = strip->raster->width / 16, pad = strip_tenths(strip, 16);
    struct block block =
        strip_block(strip, TYPE_BOLD, strip_tenths(strip, type_of(strip, line, SIZE_BOX)), CENTRE);
    block.x = inset + 2 * pad;
    block.width = strip->raster->width - 2 * block.x;
    if (line->fit) {
        strip_shrink(strip, &block, line->text);
    }
    int top = strip->y;
    strip->y += pad;
    if (!strip_write(strip, &block, line->text) || !strip_need(strip, pad)) {
        return false;
    }
    strip->y += pad;
    draw_frame(strip, top, inset);
    return true;
}

/* The sarung: warp in two widths, two thin wefts that pass over and under it. */
static bool
draw_band(struct strip *strip)
{
    int height = strip_tenths(strip, 28), weft = strip_tenths(strip, 3);
    int repeat = strip_tenths(strip, 38), thin = strip_tenths(strip, 4);
    int wide_at = strip_tenths(strip, 12), wide = strip_tenths(strip, 15);
    if (!strip_need(strip, height)) {
        return false;
    }
    for (int row = 0; row < height; row++) {
        bool crossed = row % (height / 3 + 1) >= height / 3 + 1 - weft;
        for (int x = 0; x < strip->raster->width; x++) {
            int at = x % repeat;
            bool warp = at < thin || (at >= wide_at && at < wide_at + wide);
            if (warp != crossed) {
                raster_dot(strip->raster, x, strip->y + row);
            }
        }
    }
    strip->y += height;
    return true;
}

static bool
draw_line(struct strip *strip, const struct slip_line *line)
{
    switch (line->kind) {
    case SLIP_BAND:
        return draw_band(strip);
    case SLIP_TEXT:
        return draw_text(strip, line);
    case SLIP_PAIR:
        return draw_pair(strip, line);
    case SLIP_STEP:
        return draw_step(strip, line);
    case SLIP_CHECK:
        return draw_check(strip, line);
    case SLIP_QR:
        return draw_qr(strip, line);
    case SLIP_BOX:
        return draw_box(strip, line);
    case SLIP_SPACE:
        strip->y += strip_tenths(strip, size_or(line, SIZE_SPACE));
        return strip_need(strip, 0);
    case SLIP_RULE:
        return draw_rule(strip);
    }
    return false;
}

struct raster *
slip_raster(const struct slip *slip, struct type *type, int dots, double dots_per_mm)
{
    static const int percents[] = {100, 125, 150};
    struct strip strip = {
        .type = type, .dots_per_mm = dots_per_mm, .percent = percents[slip->letters]};
    strip.raster = raster_create(dots, (int)(160 * dots_per_mm));
    bool good = strip.raster != NULL;
    for (size_t i = 0; good && i < slip->count; i++) {
        const struct slip_line *line = &slip->lines[i];
        strip.steps = line->kind == SLIP_STEP ? strip.steps : 0;
        good = draw_line(&strip, line);
        strip.pair_above = line->kind == SLIP_PAIR;
    }
    if (!good || strip.y == 0) {
        raster_destroy(strip.raster);
        return NULL;
    }
    raster_end(strip.raster, strip.y);
    raster_scrub(strip.raster->bits, (size_t)strip.raster->stride * (size_t)strip.y);
    return strip.raster;
}
