#include "ui/button.h"

#include "ui/label.h"

static const struct label tile_title = {
    .size = SIZE_LABEL, .weight = WEIGHT_BOLD, .ink = INK_TEXT, .middle = true};
static const struct label tile_summary = {
    .size = SIZE_NOTE, .weight = WEIGHT_REGULAR, .ink = INK_SOFT};

/* The one to press next says so in larger letters, where there is room for them. */
static struct label
title_style(const struct ui *ui, const struct tile *tile)
{
    struct label style = tile_title;
    if (tile->primary) {
        style.ink = INK_ON_PRIMARY;
        style.px = ui->enlarge == 0 && !ui_wide(ui) ? ui_type(ui, SIZE_LABEL) * 5 / 4 : 0;
    }
    return style;
}

static int
icon_side(const struct ui *ui, const struct tile *tile)
{
    if (!tile->icon) {
        return 0;
    }
    if (tile->primary || tile->face) {
        return ui_mm(ui, ui_wide(ui) ? 16.0 : 26.0);
    }
    return ui_mm(ui, ui_wide(ui) ? 14.0 : 18.0);
}

/* Right of the icon. */
static int
title_width(const struct ui *ui, const struct tile *tile, int width)
{
    int icon = icon_side(ui, tile);
    return width - 2 * ui_inset(ui) - (icon ? icon + ui_mm(ui, 4.5) : 0);
}

static int
title_height(const struct ui *ui, const struct tile *tile, int width)
{
    struct label style = title_style(ui, tile);
    return label_height(ui, &style, title_width(ui, tile, width), tile->title);
}

/* Of the primary tile beside the icon, of others below it. */
static int
summary_height(const struct ui *ui, const struct tile *tile, int width)
{
    if (!tile->summary || !*tile->summary) {
        return 0;
    }
    int room = tile->primary ? title_width(ui, tile, width) : width - 2 * ui_inset(ui);
    return label_height(ui, &tile_summary, room, tile->summary);
}

static int
space(const struct ui *ui)
{
    return ui_mm(ui, 2.0);
}

int
tile_height(const struct ui *ui, const struct tile *tile, int width)
{
    int title = title_height(ui, tile, width), summary = summary_height(ui, tile, width);
    int icon = icon_side(ui, tile), words;
    if (tile->primary) {
        words = ui_max(icon, title + summary + (summary ? space(ui) : 0));
    } else {
        words = ui_max(icon, title) + (summary ? summary + space(ui) : 0);
    }
    int least = tile->primary ? ui_primary(ui) : ui_mm(ui, ui_wide(ui) ? 20.0 : 30.0);
    return ui_max(least, words + 2 * ui_inset(ui));
}

static void
tile_ground(struct ui *ui, struct rect rect, const struct tile *tile, bool is_down)
{
    enum ink ground = tile->primary ? (is_down ? INK_PRIMARY_DOWN : INK_PRIMARY)
                                    : (is_down ? INK_KEY_DOWN : INK_CARD);
    draw_fill(ui->draw, rect, ui_radius(ui), ui_colour(ui, ground));
    if (!tile->primary) {
        draw_frame(ui->draw, rect, ui_radius(ui), ui_line(ui), ui_colour(ui, INK_EDGE));
    }
}

/* The icon on its own small ground. */
static void
tile_icon(struct ui *ui, struct rect at, const struct tile *tile)
{
    if (!tile->icon) {
        return;
    }
    enum ink ink = tile->primary ? INK_ON_PRIMARY : INK_PRIMARY;
    if (tile->face) {
        draw_icon(ui->draw, at, ui_colour(ui, ink), tile->icon);
        return;
    }
    draw_fill(ui->draw, at, ui_mm(ui, 4.0),
              ui_colour(ui, tile->primary ? INK_PRIMARY_DOWN : INK_MINT));
    int in = at.w / 4;
    draw_icon(ui->draw, rect_inset(at, in, in), ui_colour(ui, ink), tile->icon);
}

static bool
primary_words(struct ui *ui, struct rect room, const struct tile *tile, int width)
{
    bool clipped = false;
    struct label title = title_style(ui, tile), summary = tile_summary;
    summary.ink = INK_ON_PRIMARY;
    int below = summary_height(ui, tile, width);
    int all = title_height(ui, tile, width) + (below ? below + space(ui) : 0);
    room.y += (room.h - all) / 2;
    room.h = all;
    struct rect top = rect_cut_top(&room, title_height(ui, tile, width));
    label_paint(ui, &title, top, tile->title, &clipped);
    if (below) {
        label_paint(ui, &summary, rect_cut_bottom(&room, below), tile->summary, &clipped);
    }
    return clipped;
}

static bool
plain_words(struct ui *ui, struct rect inside, struct rect beside, const struct tile *tile,
            bool is_down)
{
    bool clipped = false;
    struct label title = tile_title, summary = tile_summary;
    if (is_down) {
        title.ink = summary.ink = INK_ON_DOWN;
    }
    label_paint(ui, &title, beside, tile->title, &clipped);
    inside.h += inside.y - (beside.y + beside.h);
    inside.y = beside.y + beside.h + space(ui);
    inside.h -= space(ui);
    if (tile->summary && *tile->summary) {
        label_paint(ui, &summary, inside, tile->summary, &clipped);
    }
    return clipped;
}

struct node *
tile_draw(struct ui *ui, struct rect rect, const struct tile *tile)
{
    unsigned flags = tile->flags | (tile->primary ? NODE_PRIMARY : 0);
    struct node *node =
        ui_press(ui, tile->id, ROLE_BUTTON, flags, rect, tile->title, tile->action, tile->arg);
    node->value = tile->summary ? draw_keep(ui->draw, tile->summary) : NULL;
    bool is_down = (node->flags & NODE_DOWN) != 0;
    tile_ground(ui, rect, tile, is_down);
    struct rect inside = rect_inset(rect, ui_inset(ui), ui_inset(ui));
    if (!tile->primary && tile->summary && *tile->summary) {
        rect_cut_top(&inside, tile->air);
    }
    int icon = icon_side(ui, tile);
    int head = tile->primary ? inside.h : ui_max(icon, title_height(ui, tile, rect.w));
    struct rect beside = {inside.x + rect.w - 2 * ui_inset(ui) - title_width(ui, tile, rect.w),
                          inside.y, title_width(ui, tile, rect.w), head};
    if (!tile->primary && (!tile->summary || !*tile->summary)) {
        beside.h = head = inside.h; // alone: in the middle
    }
    tile_icon(ui, (struct rect){inside.x, inside.y + (head - icon) / 2, icon, icon}, tile);
    node->clipped = tile->primary ? primary_words(ui, beside, tile, rect.w)
                                  : plain_words(ui, inside, beside, tile, is_down);
    ui_focus_ring(ui, node, ui_radius(ui));
    return node;
}

/* --- picks -------------------------------------------------------------------- */

static const struct label pick_label = {
    .size = SIZE_BODY, .weight = WEIGHT_SEMIBOLD, .ink = INK_TEXT, .middle = true};
static const struct label pick_detail = {
    .size = SIZE_NOTE, .weight = WEIGHT_REGULAR, .ink = INK_SOFT};

static int
mark_side(const struct ui *ui)
{
    return ui_mm(ui, 10.0);
}

static int
pick_inset(const struct ui *ui)
{
    return ui_mm(ui, ui_wide(ui) ? 4.0 : 6.0);
}

static int
pick_words(const struct ui *ui, int width)
{
    return width - 2 * pick_inset(ui) - mark_side(ui) - ui_mm(ui, 5.0);
}

static struct label
label_of(const struct pick *pick)
{
    struct label style = pick_label;
    style.px = pick->px;
    return style;
}

int
pick_height(const struct ui *ui, const struct pick *pick, int width)
{
    struct label label = label_of(pick);
    int words = label_height(ui, &label, pick_words(ui, width), pick->label);
    if (pick->detail) {
        words += label_height(ui, &pick_detail, pick_words(ui, width), pick->detail);
    }
    return ui_max(ui_mm(ui, ui_wide(ui) ? 17.0 : 22.0), words + ui_mm(ui, 6.0));
}

static void
mark_draw(struct ui *ui, struct rect at, const struct pick *pick, bool is_down)
{
    int radius = pick->many ? ui_mm(ui, 2.0) : at.w / 2;
    uint32_t primary = ui_colour(ui, INK_PRIMARY);
    if (!pick->selected) {
        draw_frame(ui->draw, at, radius, ui_mm(ui, 0.8),
                   ui_colour(ui, is_down ? INK_ON_DOWN : INK_TEXT));
        return;
    }
    draw_fill(ui->draw, at, radius, primary);
    struct rect in = rect_inset(at, at.w / 6, at.w / 6);
    draw_icon(ui->draw, in, ui_colour(ui, INK_ON_PRIMARY), "check");
}

struct node *
pick_draw(struct ui *ui, struct rect rect, const struct pick *pick)
{
    enum role role = pick->many ? ROLE_CHECK : ROLE_CHOICE;
    struct node *node = ui_press(ui, pick->id, role, pick->selected ? NODE_SELECTED : 0, rect,
                                 pick->label, pick->action, pick->arg);
    bool is_down = (node->flags & NODE_DOWN) != 0;
    enum ink ground = is_down ? INK_KEY_DOWN : pick->selected ? INK_MINT : INK_CARD;
    draw_fill(ui->draw, rect, ui_radius(ui), ui_colour(ui, ground));
    draw_frame(ui->draw, rect, ui_radius(ui), pick->selected ? ui_mm(ui, 0.8) : ui_line(ui),
               ui_colour(ui, pick->selected ? INK_PRIMARY : INK_EDGE));
    int side = mark_side(ui);
    mark_draw(ui, (struct rect){rect.x + pick_inset(ui), rect.y + (rect.h - side) / 2, side, side},
              pick, is_down);
    struct rect words = {rect.x + rect.w - pick_inset(ui) - pick_words(ui, rect.w), rect.y,
                         pick_words(ui, rect.w), rect.h};
    struct label label = label_of(pick), detail = pick_detail;
    if (is_down) {
        label.ink = detail.ink = INK_ON_DOWN;
    }
    if (pick->detail) {
        int below = label_height(ui, &detail, words.w, pick->detail);
        int above = label_height(ui, &label, words.w, pick->label);
        words.y += (rect.h - above - below) / 2;
        words.h = above;
        label_paint(ui, &detail, (struct rect){words.x, words.y + above, words.w, below},
                    pick->detail, &node->clipped);
    }
    label_paint(ui, &label, words, pick->label, &node->clipped);
    ui_focus_ring(ui, node, ui_radius(ui));
    return node;
}
