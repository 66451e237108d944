#include "platform/painter.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "platform/canvas.h"
#include "platform/icons.h"
#include "platform/shape.h"
#include "type/qr.h"
#include "type/type.h"

enum { QR_TEXT = 400, QUIET = 4 };

struct painter {
    struct type *type;
    struct icons *icons;     // owned
    struct corners *corners; // owned
    struct {                 // the last code: the same one is drawn again and again
        char text[QR_TEXT];
        int side;
        uint8_t modules[QR_MAX];
    } qr;
};

_Static_assert((int)WEIGHT_BOLD == (int)TYPE_BOLD && (int)WEIGHT_SEMIBOLD == (int)TYPE_SEMIBOLD,
               "the ui's weights are the typeface's");

struct painter *
painter_create(struct type *type, const char *icons)
{
    struct painter *painter = calloc(1, sizeof *painter);
    if (!painter) {
        return NULL;
    }
    painter->type = type;
    painter->corners = corners_create();
    painter->icons = icons_create(icons);
    if (painter->corners && painter->icons) {
        return painter;
    }
    painter_destroy(painter);
    return NULL;
}

void
painter_destroy(struct painter *painter)
{
    if (!painter) {
        return;
    }
    icons_destroy(painter->icons);
    corners_destroy(painter->corners);
    free(painter);
}

void
painter_forget(struct painter *painter)
{
    secret_zero(&painter->qr, sizeof painter->qr);
    type_forget(painter->type);
}

struct line { // a line of text on its way to the canvas
    const struct canvas *canvas;
    int x, y;
    uint32_t colour;
};

static void
line_span(void *context, int x, int y, const uint8_t *coverage, int length)
{
    const struct line *line = context;
    canvas_cover(line->canvas, line->x + x, line->y + y, coverage, length, line->colour);
}

static void
paint_text(struct painter *painter, const struct canvas *canvas, const struct draw *item)
{
    struct line line = {canvas, item->rect.x, item->rect.y, item->colour};
    type_draw(painter->type, (enum type_weight)item->weight, item->size, item->cell, item->text,
              line_span, &line);
}

static void
paint_icon(struct painter *painter, const struct canvas *canvas, const struct draw *item)
{
    int size = item->rect.w < item->rect.h ? item->rect.w : item->rect.h;
    const uint8_t *coverage = icons_get(painter->icons, item->text, size);
    if (!coverage) {
        return;
    }
    int x = item->rect.x + (item->rect.w - size) / 2, y = item->rect.y + (item->rect.h - size) / 2;
    for (int row = 0; row < size; row++) {
        canvas_cover(canvas, x, y + row, coverage + row * size, size, item->colour);
    }
}

static void
qr_prepare(struct painter *painter, const char *text)
{
    if (painter->qr.side > 0 && strcmp(painter->qr.text, text) == 0) {
        return;
    }
    painter->qr.side = 0;
    if (text_copy(painter->qr.text, sizeof painter->qr.text, text)) {
        painter->qr.side = qr_encode(text, painter->qr.modules);
    }
}

/* Black on white whatever the theme, whole pixels a module, with its quiet zone:
 * phones must read it. */
static void
paint_qr(struct painter *painter, const struct canvas *canvas, const struct draw *item)
{
    const struct rect *rect = &item->rect;
    canvas_fill(canvas, *rect, 0xFFFFFF);
    qr_prepare(painter, item->text);
    int side = painter->qr.side, shorter = rect->w < rect->h ? rect->w : rect->h;
    int module = side ? shorter / (side + 2 * QUIET) : 0;
    int left = rect->x + (rect->w - module * side) / 2,
        top = rect->y + (rect->h - module * side) / 2;
    for (int i = 0; module > 0 && i < side * side; i++) {
        if (painter->qr.modules[i]) {
            canvas_fill(
                canvas,
                (struct rect){left + i % side * module, top + i / side * module, module, module},
                0x000000);
        }
    }
}

static void
paint_item(struct painter *painter, const struct canvas *canvas, const struct draw *item)
{
    switch (item->kind) {
    case DRAW_FILL:
        shape_fill(painter->corners, canvas, item->rect, item->radius, item->colour);
        break;
    case DRAW_FRAME:
        shape_frame(painter->corners, canvas, item->rect, item->radius, item->thick, item->colour);
        break;
    case DRAW_TEXT:
        paint_text(painter, canvas, item);
        break;
    case DRAW_ICON:
        paint_icon(painter, canvas, item);
        break;
    case DRAW_QR:
        paint_qr(painter, canvas, item);
        break;
    case DRAW_WEAVE:
        shape_weave(canvas, item->rect);
        break;
    }
}

static bool
hides_all(const struct draw *item, struct rect clip)
{
    struct rect common = rect_clip(item->rect, clip);
    return (item->kind == DRAW_QR || item->kind == DRAW_WEAVE ||
            (item->kind == DRAW_FILL && item->radius <= 0)) &&
           common.w == clip.w && common.h == clip.h;
}

void
painter_paint(struct painter *painter, const struct canvas *canvas, const struct draw_list *list)
{
    size_t count = draw_count(list), first = count;
    // What lies under the last thing that hides all of the clip need not be drawn.
    while (first > 0 && !hides_all(draw_at(list, first - 1), canvas->clip)) {
        first--;
    }
    if (first == 0) {
        canvas_fill(canvas, canvas->clip, 0x000000);
    }
    for (size_t i = first > 0 ? first - 1 : 0; i < count; i++) {
        const struct draw *item = draw_at(list, i);
        struct canvas part = *canvas;
        // Nothing outside of this, or what it leaves behind would stay: draw_damage() trusts it.
        part.clip = rect_clip(canvas->clip, draw_reach(item));
        if (part.clip.w > 0 && part.clip.h > 0) {
            paint_item(painter, &part, item);
        }
    }
}
