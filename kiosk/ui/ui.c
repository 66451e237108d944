#include "ui/ui.h"

#include "base/log.h"

void
ui_begin(struct ui *ui, const struct panel *panel, const struct theme *theme, int enlarge,
         struct type *type, struct draw_list *draw)
{
    ui->panel = panel;
    ui->theme = theme;
    ui->enlarge = enlarge;
    ui->type = type;
    ui->draw = draw;
    ui->count = ui->typed_count = 0;
    draw_list_reset(draw);
}

const struct node *
ui_node(const struct ui *ui, uint32_t id)
{
    for (size_t i = 0; i < ui->count; i++) {
        if (ui->nodes[i].id == id) {
            return &ui->nodes[i];
        }
    }
    return NULL;
}

struct node *
ui_add(struct ui *ui, uint32_t id, enum role role, struct rect rect, const char *label)
{
    if (ui->count == UI_NODES) {
        log_error("a screen has more than %d nodes", UI_NODES);
        ui->count--;
    }
    struct node *node = &ui->nodes[ui->count++];
    *node = (struct node){
        .id = id, .role = role, .rect = rect, .seen = rect, .label = draw_keep(ui->draw, label)};
    return node;
}

struct node *
ui_press(struct ui *ui, uint32_t id, enum role role, unsigned flags, struct rect rect,
         const char *label, int action, int64_t arg)
{
    struct node *node = ui_add(ui, id, role, rect, label);
    node->flags = flags;
    node->action = flags & NODE_DISABLED ? 0 : action;
    node->arg = arg;
    if (ui_is_down(ui, id)) {
        node->flags |= NODE_DOWN;
    }
    if (id != 0 && ui->focus == id) {
        node->flags |= NODE_FOCUSED;
    }
    return node;
}

bool
ui_is_down(const struct ui *ui, uint32_t id)
{
    return id != 0 && ui->down == id;
}

void
ui_focus_ring(struct ui *ui, const struct node *node, int radius)
{
    if (!(node->flags & NODE_FOCUSED)) {
        return;
    }
    int out = ui_mm(ui, 1.2), thick = ui_mm(ui, 0.9);
    draw_frame(ui->draw, rect_inset(node->rect, -out, -out), radius + out, thick,
               ui_colour(ui, INK_PRIMARY));
}

uint32_t
ui_colour(const struct ui *ui, enum ink ink)
{
    return ui->theme->colour[ink];
}

int
ui_mm(const struct ui *ui, double mm)
{
    return panel_px(ui->panel, mm);
}

int
ui_type(const struct ui *ui, enum type_size size)
{
    return panel_type(ui->panel, size, ui->enlarge);
}

bool
ui_wide(const struct ui *ui)
{
    return panel_wide(ui->panel);
}

bool
ui_slim(const struct ui *ui)
{
    return ui_wide(ui) && ui->panel->height < ui_mm(ui, 220.0);
}

int
ui_margin(const struct ui *ui)
{
    return ui_mm(ui, ui_wide(ui) ? 8.0 : 12.0);
}

int
ui_gap(const struct ui *ui)
{
    return ui_mm(ui, ui_wide(ui) ? 4.0 : 6.0);
}

int
ui_inset(const struct ui *ui)
{
    return ui_mm(ui, ui_wide(ui) ? 5.0 : 7.0);
}

int
ui_radius(const struct ui *ui)
{
    return ui_mm(ui, 5.0);
}

int
ui_line(const struct ui *ui)
{
    return ui_max(2, ui_mm(ui, 0.5));
}

// A little more than what is promised, so that no rounding takes it below.
int
ui_target(const struct ui *ui)
{
    return ui_mm(ui, 15.0) + 1;
}

int
ui_primary(const struct ui *ui)
{
    return ui_mm(ui, ui_wide(ui) ? 20.0 : 26.0) + 1;
}

int
ui_wide_button(const struct ui *ui)
{
    return ui_mm(ui, ui_wide(ui) ? 17.0 : 22.0);
}

int
ui_max(int a, int b)
{
    return a > b ? a : b;
}

int
ui_min(int a, int b)
{
    return a < b ? a : b;
}
