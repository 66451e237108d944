#include "face/inside.h"

#include <string.h>

#include "base/secret.h"
#include "base/settings.h"
#include "screens/screens.h"
#include "type/type.h"
#include "ui/draw.h"

static bool
is_dark(uint32_t colour)
{
    unsigned red = colour >> 16 & 0xFF, green = colour >> 8 & 0xFF, blue = colour & 0xFF;
    return 299 * red + 587 * green + 114 * blue < 140 * 1000;
}

void
frame_resize(struct face *face)
{
    struct panel *panel = &face->panel;
    platform_size(face->parts.platform, &panel->width, &panel->height);
    panel->px_per_mm = panel->width / face->parts.settings->panel.width_mm;
    face->stale = face->repaint = true;
}

bool
frame_init(struct face *face)
{
    const struct settings *settings = face->parts.settings;
    face->panel.mount_mm = settings->panel.mount_mm;
    frame_resize(face);
    face->day = theme_day;
    face->contrast = theme_contrast;
    face->day.colour[INK_PRIMARY] = settings->city.primary;
    if (!is_dark(settings->city.primary)) {
        face->day.colour[INK_ON_PRIMARY] = theme_day.colour[INK_TEXT];
    }
    pointer_init(&face->pointer);
    face->lists[0] = draw_list_create();
    face->lists[1] = draw_list_create();
    return face->lists[0] != NULL && face->lists[1] != NULL;
}

void
frame_free(struct face *face)
{
    draw_list_destroy(face->lists[0]);
    draw_list_destroy(face->lists[1]);
}

void
frame_draw(struct face *face)
{
    const struct flow *flow = &face->flow;
    face->turn = !face->turn;
    struct draw_list *list = face->lists[face->turn];
    ui_begin(&face->ui, &face->panel, flow->contrast ? &face->contrast : &face->day, flow->size,
             face->parts.type, list);
    face->ui.down = face->pointer.armed ? face->pointer.id : 0;
    face->ui.focus = face->pointer.focus;
    screens_draw(&face->ui, flow, &face->facts.view);
    platform_show(face->parts.platform, list, face->repaint);
    face->stale = face->repaint = false;
    nodes_frame(&face->nodes, &face->ui, flow);
}

void
frame_blank(struct face *face)
{
    struct rect all = {0, 0, face->panel.width, face->panel.height};
    frame_forget(face);
    draw_fill(face->lists[0], all, 0, 0x000000);
    platform_show(face->parts.platform, face->lists[0], true);
    platform_forget(face->parts.platform);
}

void
frame_forget(struct face *face)
{
    draw_list_reset(face->lists[0]);
    draw_list_reset(face->lists[1]);
    secret_zero(face->ui.nodes, sizeof face->ui.nodes);
    face->ui.count = face->ui.typed_count = 0;
    platform_forget(face->parts.platform);
    type_forget(face->parts.type);
    face->stale = face->repaint = true;
}
