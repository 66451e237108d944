#include "print/slip.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
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
    HALF = 128,      /* coverage from which a dot is black */
    QR_QUIET = 4,
    QR_MODULE = 4 /* dots, at least */
};

struct paper {
    struct type *type;
    struct raster *raster; /* grows downwards */
    double dots_per_mm;
    int y, steps;
    bool pair_above;
    bool white; /* the pen: takes dots away */
    int pen_x, pen_y;
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
tenths(const struct paper *paper, int size)
{
    return (int)lround(size * paper->dots_per_mm / 10);
}

static bool
need(struct paper *paper, int rows)
{
    return raster_grow(paper->raster, paper->y + rows);
}

static void
pen(void *context, int x, int y, const uint8_t *coverage, int length)
{
    struct paper *paper = context;
    for (int i = 0; i < length; i++) {
        if (coverage[i] < HALF) {
            continue;
        }
        if (paper->white) {
            raster_clear(paper->raster, paper->pen_x + x + i, paper->pen_y + y);
        } else {
            raster_dot(paper->raster, paper->pen_x + x + i, paper->pen_y + y);
        }
    }
}

static void
write_at(struct paper *paper, enum type_weight weight, int px, int x, int y, const char *words)
{
    paper->pen_x = x;
    paper->pen_y = y;
    type_draw(paper->type, weight, px, 0, words, pen, paper);
}

enum side { LEFT, CENTRE, RIGHT };
struct block {
    enum type_weight weight;
    int px, x, width;
    enum side side;
};

static int
start_of(const struct paper *paper, const struct block *block, const char *words)
{
    int free = block->width - type_width(paper->type, block->weight, block->px, 0, words);
    return block->x + (block->side == LEFT ? 0 : block->side == CENTRE ? free / 2 : free);
}

/* One line of a text that wraps: copied out, without spaces at its end. Returns
 * where the next one starts. */
static const char *
next_line(const struct paper *paper, const struct block *block, const char *rest,
          char line[sizeof(struct slip_line)])
{
    int fit = type_fit(paper->type, block->weight, block->px, rest, block->width);
    int end = fit;
    while (end > 0 && rest[end - 1] == ' ') {
        end--;
    }
    memcpy(line, rest, (size_t)end);
    line[end] = '\0';
    return rest + fit + strspn(rest + fit, " ");
}

/* Write wrapped from the paper's y on; moves y down. */
static bool
write_block(struct paper *paper, const struct block *block, const char *words)
{
    int height = type_line_height(paper->type, block->weight, block->px);
    char line[sizeof(struct slip_line)];
    for (const char *rest = words; *rest;) {
        const char *next = next_line(paper, block, rest, line);
        if (next == rest || !need(paper, height)) {
            return false;
        }
        write_at(paper, block->weight, block->px, start_of(paper, block, line), paper->y, line);
        paper->y += height;
        rest = next;
    }
    return true;
}

static int
size_or(const struct slip_line *line, int fallback)
{
    return line->size > 0 ? line->size : fallback;
}

static enum type_weight
weight_of(const struct slip_line *line)
{
    return line->bold ? TYPE_BOLD : TYPE_REGULAR;
}

static int
margin(const struct paper *paper)
{
    return tenths(paper, 10);
}

static struct block
full_width(const struct paper *paper, enum type_weight weight, int px, enum side side)
{
    int edge = margin(paper);
    return (struct block){weight, px, edge, paper->raster->width - 2 * edge, side};
}

static void
shrink(const struct paper *paper, struct block *block, const char *words)
{
    int width = type_width(paper->type, block->weight, block->px, 0, words);
    if (width > block->width) {
        block->px = block->px * block->width / width;
    }
    while (block->px > 8 &&
           type_width(paper->type, block->weight, block->px, 0, words) > block->width) {
        block->px--;
    }
}

/* A queue number or a code: capitals and digits with an even gap around them. */
static bool
write_hero(struct paper *paper, const struct block *block, const char *words)
{
    int cap = type_cap_height(paper->type, block->weight, block->px);
    int gap = block->px / 7, below = block->px / 5;
    if (!need(paper, cap + gap + below)) {
        return false;
    }
    int top = paper->y + gap - (type_ascent(paper->type, block->weight, block->px) - cap);
    write_at(paper, block->weight, block->px, start_of(paper, block, words), top, words);
    paper->y += cap + gap + below;
    return true;
}

static bool
draw_text(struct paper *paper, const struct slip_line *line)
{
    int size = size_or(line, SIZE_TEXT);
    struct block block = full_width(paper, weight_of(line), tenths(paper, size), CENTRE);
    if (line->fit) {
        shrink(paper, &block, line->text);
    }
    bool one_line = type_width(paper->type, block.weight, block.px, 0, line->text) <= block.width;
    return size >= SIZE_HERO && one_line ? write_hero(paper, &block, line->text)
                                         : write_block(paper, &block, line->text);
}

static bool
draw_rule(struct paper *paper)
{
    int thick = tenths(paper, 3), on = tenths(paper, 8), off = tenths(paper, 5);
    if (!need(paper, thick)) {
        return false;
    }
    for (int x = 0; x < paper->raster->width; x += on + off) {
        raster_fill(paper->raster, x, paper->y, on, thick);
    }
    paper->y += thick;
    return true;
}

static bool
draw_pair(struct paper *paper, const struct slip_line *line)
{
    int px = tenths(paper, size_or(line, SIZE_TEXT));
    int pad = tenths(paper, 13);
    struct block name = full_width(paper, TYPE_REGULAR, px, LEFT);
    struct block value = full_width(paper, TYPE_BOLD, px, RIGHT);
    int both = type_width(paper->type, name.weight, px, 0, line->text) +
               type_width(paper->type, value.weight, px, 0, line->value) + tenths(paper, 30);
    if (!paper->pair_above && !draw_rule(paper)) {
        return false;
    }
    paper->y += pad;
    int top = paper->y;
    if (!write_block(paper, &name, line->text)) {
        return false;
    }
    int bottom = paper->y;
    if (both <= name.width) {
        paper->y = top; // side by side
    }
    if (!write_block(paper, &value, line->value)) {
        return false;
    }
    paper->y = (paper->y > bottom ? paper->y : bottom) + pad;
    return draw_rule(paper);
}

static void
draw_disc(struct paper *paper, int x, int y, int size)
{
    double r = size / 2.0;
    for (int row = 0; row < size; row++) {
        double dy = row + 0.5 - r, half = sqrt(r * r - dy * dy);
        int from = (int)lround(r - half), to = (int)lround(r + half);
        raster_fill(paper->raster, x + from, y + row, to - from, 1);
    }
}

static void
draw_step_number(struct paper *paper, int number, int px, int size)
{
    char digits[12];
    snprintf(digits, sizeof digits, "%d", number);
    int x = margin(paper);
    draw_disc(paper, x, paper->y, size);
    struct block block = {TYPE_BOLD, px, x, size, CENTRE};
    int cap = type_cap_height(paper->type, TYPE_BOLD, px);
    int top = paper->y + (size - cap) / 2 - (type_ascent(paper->type, TYPE_BOLD, px) - cap);
    paper->white = true;
    write_at(paper, TYPE_BOLD, px, start_of(paper, &block, digits), top, digits);
    paper->white = false;
}

static bool
draw_step(struct paper *paper, const struct slip_line *line)
{
    int px = tenths(paper, size_or(line, SIZE_TEXT));
    int disc = px * 3 / 2, gap = tenths(paper, 15);
    if (!need(paper, disc + gap)) {
        return false;
    }
    draw_step_number(paper, ++paper->steps, px, disc);
    int bottom = paper->y + disc;
    struct block block = full_width(paper, line->bold ? TYPE_BOLD : TYPE_SEMIBOLD, px, LEFT);
    block.x += disc + gap;
    block.width -= disc + gap;
    paper->y += (disc - type_line_height(paper->type, block.weight, px)) / 2;
    bool good = write_block(paper, &block, line->text);
    block.weight = TYPE_REGULAR;
    block.px = px * 6 / 7;
    good = good && write_block(paper, &block, line->value);
    paper->y = (paper->y > bottom ? paper->y : bottom) + gap;
    return good && need(paper, 0);
}

static void
draw_modules(struct paper *paper, const uint8_t *modules, int side, int module)
{
    int x = (paper->raster->width - side * module) / 2;
    int y = paper->y + QR_QUIET * module;
    for (int row = 0; row < side; row++) {
        for (int column = 0; column < side; column++) {
            if (modules[row * side + column]) {
                raster_fill(paper->raster, x + column * module, y + row * module, module, module);
            }
        }
    }
}

static bool
draw_qr(struct paper *paper, const struct slip_line *line)
{
    uint8_t modules[QR_MAX];
    int side = qr_encode(line->text, modules);
    if (side == 0) {
        log_error("print: a QR of %zu letters does not fit", strlen(line->text));
        return false;
    }
    int module = tenths(paper, size_or(line, SIZE_QR)) / side;
    int widest = paper->raster->width / (side + 2 * QR_QUIET);
    module = module < QR_MODULE ? QR_MODULE : module;
    module = module > widest ? widest : module;
    if (module < QR_MODULE) {
        log_error("print: the paper is too narrow for a QR of %d modules", side);
        return false;
    }
    int height = (side + 2 * QR_QUIET) * module;
    if (!need(paper, height)) {
        return false;
    }
    draw_modules(paper, modules, side, module);
    paper->y += height;
    return true;
}

static void
draw_frame(struct paper *paper, int top, int inset)
{
    int thick = tenths(paper, 6);
    int width = paper->raster->width - 2 * inset, height = paper->y - top;
    raster_fill(paper->raster, inset, top, width, thick);
    raster_fill(paper->raster, inset, paper->y - thick, width, thick);
    raster_fill(paper->raster, inset, top, thick, height);
    raster_fill(paper->raster, inset + width - thick, top, thick, height);
}

static bool
draw_box(struct paper *paper, const struct slip_line *line)
{
    int inset = paper->raster->width / 10, pad = tenths(paper, 16);
    struct block block =
        full_width(paper, TYPE_BOLD, tenths(paper, size_or(line, SIZE_BOX)), CENTRE);
    block.x = inset + 2 * pad;
    block.width = paper->raster->width - 2 * block.x;
    if (line->fit) {
        shrink(paper, &block, line->text);
    }
    int top = paper->y;
    paper->y += pad;
    if (!write_block(paper, &block, line->text) || !need(paper, pad)) {
        return false;
    }
    paper->y += pad;
    draw_frame(paper, top, inset);
    return true;
}

/* The sarung: warp in two widths, two thin wefts that pass over and under it. */
static bool
draw_band(struct paper *paper)
{
    int height = tenths(paper, 28), weft = tenths(paper, 3);
    int repeat = tenths(paper, 38), thin = tenths(paper, 4);
    int wide_at = tenths(paper, 12), wide = tenths(paper, 15);
    if (!need(paper, height)) {
        return false;
    }
    for (int row = 0; row < height; row++) {
        bool crossed = row % (height / 3 + 1) >= height / 3 + 1 - weft;
        for (int x = 0; x < paper->raster->width; x++) {
            int at = x % repeat;
            bool warp = at < thin || (at >= wide_at && at < wide_at + wide);
            if (warp != crossed) {
                raster_dot(paper->raster, x, paper->y + row);
            }
        }
    }
    paper->y += height;
    return true;
}

static bool
draw_line(struct paper *paper, const struct slip_line *line)
{
    switch (line->kind) {
    case SLIP_BAND:
        return draw_band(paper);
    case SLIP_TEXT:
        return draw_text(paper, line);
    case SLIP_PAIR:
        return draw_pair(paper, line);
    case SLIP_STEP:
        return draw_step(paper, line);
    case SLIP_QR:
        return draw_qr(paper, line);
    case SLIP_BOX:
        return draw_box(paper, line);
    case SLIP_SPACE:
        paper->y += tenths(paper, size_or(line, SIZE_SPACE));
        return need(paper, 0);
    case SLIP_RULE:
        return draw_rule(paper);
    }
    return false;
}

struct raster *
slip_raster(const struct slip *slip, struct type *type, int dots, double dots_per_mm)
{
    struct paper paper = {.type = type, .dots_per_mm = dots_per_mm};
    paper.raster = raster_create(dots, (int)(160 * dots_per_mm));
    bool good = paper.raster != NULL;
    for (size_t i = 0; good && i < slip->count; i++) {
        const struct slip_line *line = &slip->lines[i];
        paper.steps = line->kind == SLIP_STEP ? paper.steps : 0;
        good = draw_line(&paper, line);
        paper.pair_above = line->kind == SLIP_PAIR;
    }
    if (!good || paper.y == 0) {
        raster_destroy(paper.raster);
        return NULL;
    }
    raster_end(paper.raster, paper.y);
    raster_scrub(paper.raster->bits, (size_t)paper.raster->stride * (size_t)paper.y);
    return paper.raster;
}
