#include "ui/button.h"

#include "ui/label.h"

/* --- buttons ------------------------------------------------------------------ */

static struct label
button_style(const struct button *button)
{
    static const enum type_size sizes[] = {
        [BUTTON_PRIMARY] = SIZE_LABEL, [BUTTON_SECONDARY] = SIZE_LABEL, [BUTTON_QUIET] = SIZE_NOTE};
    return (struct label){.size = sizes[button->kind],
                          .weight = button->kind == BUTTON_PRIMARY ? WEIGHT_BOLD : WEIGHT_SEMIBOLD,
                          .ink = INK_TEXT,
                          .align = ALIGN_CENTRE,
                          .middle = true};
}

static int
side(const struct ui *ui, const struct button *button)
{
    return ui_mm(ui, button->kind == BUTTON_QUIET ? 3.0 : 5.0);
}

static int
icon_room(const struct ui *ui, const struct button *button)
{
    if (!button->icon) {
        return 0;
    }
    struct label style = button_style(button);
    return ui_type(ui, style.size) + ui_mm(ui, 2.0);
}

int
button_width(const struct ui *ui, const struct button *button)
{
    struct label style = button_style(button);
    int width = label_width(ui, &style, button->label) + icon_room(ui, button);
    return ui_max(ui_target(ui), width + 2 * side(ui, button) + 2);
}

int
button_least_width(const struct ui *ui, const struct button *button)
{
    struct label style = button_style(button);
    int width = label_word_width(ui, &style, button->label) + icon_room(ui, button);
    return ui_max(ui_target(ui), width + 2 * side(ui, button) + 2);
}

int
button_height(const struct ui *ui, const struct button *button, int width)
{
    int least = button->kind == BUTTON_PRIMARY ? ui_primary(ui) : ui_target(ui);
    struct label style = button_style(button);
    int room = width - 2 * side(ui, button) - icon_room(ui, button);
    return ui_max(least, label_height(ui, &style, room, button->label) + ui_mm(ui, 4.0));
}

struct inks {
    enum ink ground, edge, text;
};

static struct inks
button_inks(const struct button *button, bool is_down)
{
    if (button->flags & NODE_DISABLED) {
        return (struct inks){INK_PAPER, INK_LINE, INK_SOFT};
    }
    if (button->kind == BUTTON_PRIMARY) {
        enum ink ground = is_down ? INK_PRIMARY_DOWN : INK_PRIMARY;
        return (struct inks){ground, ground, INK_ON_PRIMARY};
    }
    if (button->flags & NODE_SELECTED && !is_down) { // as a choice that is taken
        return (struct inks){INK_MINT, INK_PRIMARY, INK_TEXT};
    }
    bool quiet = button->kind == BUTTON_QUIET;
    if (is_down) {
        return (struct inks){INK_KEY_DOWN, quiet ? INK_PRIMARY : INK_EDGE, INK_ON_DOWN};
    }
    return quiet ? (struct inks){INK_CARD, INK_PRIMARY, INK_PRIMARY}
                 : (struct inks){INK_CARD, INK_EDGE, INK_TEXT};
}

static bool
paint_words(struct ui *ui, struct rect room, struct label *style, const struct button *button)
{
    bool clipped = false;
    int icon = icon_room(ui, button);
    struct rect words = room;
    words.w -= icon;
    words.x += icon;
    style->px = label_fit(ui, style, words.w, words.h, button->label);
    if (icon > 0) {
        int width = ui_min(label_width(ui, style, button->label), words.w);
        int size = icon - ui_mm(ui, 2.0);
        int left = room.x + (room.w - icon - width) / 2;
        draw_icon(ui->draw, (struct rect){left, room.y + (room.h - size) / 2, size, size},
                  ui_colour(ui, style->ink), button->icon);
        words.x = left + icon;
        words.w = width;
    }
    label_paint(ui, style, words, button->label, &clipped);
    return clipped;
}

struct node *
button_draw(struct ui *ui, struct rect rect, const struct button *button)
{
    unsigned flags = button->flags | (button->kind == BUTTON_PRIMARY ? NODE_PRIMARY : 0);
    struct node *node =
        ui_press(ui, button->id, ROLE_BUTTON, flags, rect,
                 button->spoken ? button->spoken : button->label, button->action, button->arg);
    node->release_arg = button->release_arg;
    struct inks inks = button_inks(button, (node->flags & NODE_DOWN) != 0);
    int radius = ui_mm(ui, 4.0);
    draw_fill(ui->draw, rect, radius, ui_colour(ui, inks.ground));
    draw_frame(ui->draw, rect, radius, ui_line(ui), ui_colour(ui, inks.edge));
    struct label style = button_style(button);
    style.ink = inks.text;
    struct rect room = rect_inset(rect, side(ui, button), ui_mm(ui, 1.0));
    node->clipped = paint_words(ui, room, &style, button);
    ui_focus_ring(ui, node, radius);
    return node;
}

/* --- pager -------------------------------------------------------------------- */

int
pager_height(const struct ui *ui)
{
    struct button next = {.kind = BUTTON_SECONDARY, .label = "X"};
    return ui_max(ui_target(ui), button_height(ui, &next, ui->panel->width)) + ui_mm(ui, 1.0);
}

static struct button
pager_button(const struct pager *pager, int step)
{
    int page = pager->page + step;
    return (struct button){.id = pager->id + (step > 0),
                           .kind = BUTTON_SECONDARY,
                           .label = step > 0 ? pager->next : pager->previous,
                           .action = pager->action,
                           .arg = page};
}

void
pager_draw(struct ui *ui, struct rect rect, const struct pager *pager)
{
    struct button previous = pager_button(pager, -1), next = pager_button(pager, 1);
    int width = ui_max(button_width(ui, &previous), button_width(ui, &next));
    width = ui_min(width, (rect.w - ui_gap(ui)) / 2);
    struct rect left = rect_cut_left(&rect, width), right = rect_cut_right(&rect, width);
    if (pager->page > 0) {
        button_draw(ui, left, &previous);
    }
    if (pager->page + 1 < pager->pages) {
        button_draw(ui, right, &next);
    }
    struct label style = label_soft;
    style.align = ALIGN_CENTRE;
    style.middle = true;
    rect = rect_inset(rect, ui_mm(ui, 2.0), 0);
    const char *where =
        label_width(ui, &style, pager->where) <= rect.w ? pager->where : pager->where_short;
    if (label_width(ui, &style, where) <= rect.w) {
        label_draw(ui, pager->id + 2, &style, rect, where);
    }
}
