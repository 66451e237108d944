#include "ui/notice.h"

#include <stdio.h>

#include "ui/label.h"

/* --- notices -------------------------------------------------------------------- */

static const struct {
    enum ink ground, bar, ink;
    const char *icon;
} looks[] = {
    [NOTICE_GOLD] = {INK_GOLD_GROUND, INK_GOLD, INK_TEXT, "info"},
    [NOTICE_DANGER] = {INK_DANGER_GROUND, INK_DANGER, INK_DANGER, "warning"},
    [NOTICE_GOOD] = {INK_MINT, INK_PRIMARY, INK_TEXT, "check"},
    [NOTICE_CHECK] = {INK_CHECK_GROUND, INK_CHECK, INK_TEXT, "eye"},
};

static int
notice_words(const struct ui *ui, int width)
{
    return width - 2 * ui_mm(ui, 5) - ui_mm(ui, 13);
}

static struct label
notice_label(const struct notice *notice, bool title)
{
    bool strong = title || (notice->kind == NOTICE_DANGER && notice->title == NULL);
    return (struct label){.size = notice->tight ? SIZE_NOTE : SIZE_BODY,
                          .weight = strong ? WEIGHT_SEMIBOLD : WEIGHT_REGULAR,
                          .ink = looks[notice->kind].ink};
}

static int
part_height(const struct ui *ui, const struct notice *notice, bool title, int width)
{
    const char *text = title ? notice->title : notice->text;
    struct label style = notice_label(notice, title);
    return text != NULL && *text ? label_height(ui, &style, notice_words(ui, width), text) : 0;
}

int
notice_height(const struct ui *ui, const struct notice *notice, int width)
{
    int words = part_height(ui, notice, true, width) + part_height(ui, notice, false, width);
    return ui_max(words, ui_mm(ui, 10)) + 2 * ui_mm(ui, notice->tight ? 2 : 4);
}

struct node *
notice_draw(struct ui *ui, struct rect rect, const struct notice *notice)
{
    const char *first = notice->title != NULL ? notice->title : notice->text;
    struct node *node = ui_add(ui, notice->id, ROLE_ALERT, rect, first);
    if (notice->title != NULL && notice->text != NULL) {
        node->value = draw_keep(ui->draw, notice->text);
    }
    draw_fill(ui->draw, rect, ui_mm(ui, 3), ui_colour(ui, looks[notice->kind].ground));
    draw_frame(ui->draw, rect, ui_mm(ui, 3), ui_line(ui), ui_colour(ui, looks[notice->kind].bar));
    struct rect bar = {rect.x, rect.y + ui_mm(ui, 2), ui_mm(ui, 2), rect.h - 2 * ui_mm(ui, 2)};
    draw_fill(ui->draw, bar, 0, ui_colour(ui, looks[notice->kind].bar));
    int side = ui_mm(ui, 10);
    struct rect icon = {rect.x + ui_mm(ui, 5), rect.y + (rect.h - side) / 2, side, side};
    draw_icon(ui->draw, icon, ui_colour(ui, looks[notice->kind].ink), looks[notice->kind].icon);
    int title = part_height(ui, notice, true, rect.w),
        text = part_height(ui, notice, false, rect.w);
    struct rect words = {rect.x + rect.w - ui_mm(ui, 5) - notice_words(ui, rect.w),
                         rect.y + (rect.h - title - text) / 2, notice_words(ui, rect.w),
                         title + text};
    struct label style = notice_label(notice, true);
    if (title > 0) {
        label_paint(ui, &style, rect_cut_top(&words, title), notice->title, &node->clipped);
    }
    style = notice_label(notice, false);
    if (text > 0) {
        label_paint(ui, &style, words, notice->text, &node->clipped);
    }
    return node;
}

/* --- progress -------------------------------------------------------------------- */

int
progress_height(const struct ui *ui)
{
    return ui_mm(ui, 2.2);
}

void
progress_draw(struct ui *ui, struct rect rect, int position, int total)
{
    int gap = ui_mm(ui, 2);
    int width = total > 0 ? (rect.w - (total - 1) * gap) / total : rect.w;
    for (int i = 0; i < total; i++) {
        struct rect bar = {rect.x + i * (width + gap), rect.y, width, rect.h};
        draw_fill(ui->draw, bar, rect.h / 2, ui_colour(ui, i < position ? INK_PRIMARY : INK_LINE));
    }
}

/* --- numbered steps ---------------------------------------------------------------- */

static const struct label step_title = {
    .size = SIZE_BODY, .weight = WEIGHT_SEMIBOLD, .ink = INK_TEXT};
static const struct label step_detail = {
    .size = SIZE_NOTE, .weight = WEIGHT_REGULAR, .ink = INK_SOFT};

static int
disc(const struct ui *ui)
{
    return ui_max(ui_mm(ui, 14), ui_type(ui, SIZE_BODY) * 3 / 2);
}

static int
step_words(const struct ui *ui, int width)
{
    return width - disc(ui) - ui_mm(ui, 5);
}

int
numbered_height(const struct ui *ui, const struct numbered *step, int width)
{
    int words = label_height(ui, &step_title, step_words(ui, width), step->title);
    if (step->detail != NULL && *step->detail) {
        words += label_height(ui, &step_detail, step_words(ui, width), step->detail);
    }
    return ui_max(disc(ui), words);
}

/* The number on its disc; a tick there when it is done, a ring while its turn has not come. */
static void
disc_draw(struct ui *ui, struct rect at, const struct numbered *step, bool *clipped)
{
    bool later = step->state == NUMBERED_LATER;
    struct label digit = {.size = SIZE_BODY,
                          .weight = WEIGHT_BOLD,
                          .ink = later ? INK_SOFT : INK_ON_PRIMARY,
                          .align = ALIGN_CENTRE,
                          .middle = true};
    if (later) {
        draw_frame(ui->draw, at, at.w / 2, ui_line(ui), ui_colour(ui, INK_EDGE));
    } else {
        draw_fill(ui->draw, at, at.w / 2, ui_colour(ui, INK_PRIMARY));
    }
    if (step->state == NUMBERED_DONE) {
        draw_icon(ui->draw, rect_inset(at, at.w / 4, at.w / 4), ui_colour(ui, INK_ON_PRIMARY),
                  "check");
        return;
    }
    char number[12];
    snprintf(number, sizeof number, "%d", step->number);
    label_paint(ui, &digit, at, number, clipped);
}

struct node *
numbered_draw(struct ui *ui, struct rect rect, const struct numbered *step)
{
    struct node *node = ui_add(ui, step->id, ROLE_TEXT, rect, step->title);
    int side = disc(ui);
    disc_draw(ui, (struct rect){rect.x, rect.y + (rect.h - side) / 2, side, side}, step,
              &node->clipped);
    struct rect words = {rect.x + rect.w - step_words(ui, rect.w), rect.y, step_words(ui, rect.w),
                         rect.h};
    int title = label_height(ui, &step_title, words.w, step->title);
    int detail = step->detail != NULL && *step->detail
                     ? label_height(ui, &step_detail, words.w, step->detail)
                     : 0;
    words.y += (words.h - title - detail) / 2;
    words.h = title + detail;
    label_paint(ui, &step_title, rect_cut_top(&words, title), step->title, &node->clipped);
    if (detail > 0) {
        node->value = draw_keep(ui->draw, step->detail);
        label_paint(ui, &step_detail, words, step->detail, &node->clipped);
    }
    return node;
}

/* --- a row of an answer -------------------------------------------------------------- */

static const struct label row_key = {.size = SIZE_NOTE, .weight = WEIGHT_REGULAR, .ink = INK_SOFT};

static struct label
row_value(const struct answer_row *row)
{
    return (struct label){
        .size = SIZE_BODY, .weight = WEIGHT_SEMIBOLD, .ink = INK_TEXT, .typed = row->secret};
}

static int
row_buttons(const struct ui *ui, const struct answer_row *row)
{
    int width = 0;
    for (int i = 0; i < 2; i++) {
        if (row->buttons[i].label != NULL) {
            width += button_width(ui, &row->buttons[i]) + ui_mm(ui, 3);
        }
    }
    return width;
}

/* Large letters may need more than what a finger does. */
static int
row_buttons_height(const struct ui *ui, const struct answer_row *row)
{
    int height = 0;
    for (int i = 0; i < 2; i++) {
        const struct button *button = &row->buttons[i];
        if (button->label != NULL) {
            height = ui_max(height, button_height(ui, button, button_width(ui, button)));
        }
    }
    return height;
}

/* With large letters the buttons go below the words. */
static bool
row_stacked(const struct ui *ui, const struct answer_row *row, int width)
{
    return row_buttons(ui, row) > width * 45 / 100;
}

static int
row_room(const struct ui *ui, const struct answer_row *row, int width)
{
    return row_stacked(ui, row, width) ? width : width - row_buttons(ui, row);
}

static int
row_words(const struct ui *ui, const struct answer_row *row, int width)
{
    struct label value = row_value(row);
    int room = row_room(ui, row, width);
    return label_height(ui, &row_key, room, row->key) + label_height(ui, &value, room, row->value);
}

int
answer_row_height(const struct ui *ui, const struct answer_row *row, int width)
{
    int words = row_words(ui, row, width), buttons = row_buttons_height(ui, row);
    int both =
        row_stacked(ui, row, width) ? words + ui_mm(ui, 2) + buttons : ui_max(words, buttons);
    return both + 2 * ui_mm(ui, 2.6);
}

void
answer_row_draw(struct ui *ui, struct rect rect, const struct answer_row *row)
{
    struct rect inside = rect_inset(rect, 0, ui_mm(ui, 2.6));
    struct node *node = ui_add(ui, row->id, ROLE_TEXT, inside, row->key);
    node->value = draw_keep(ui->draw, row->value);
    node->flags |= row->secret ? NODE_SECRET : 0;
    struct label value = row_value(row);
    int height = row_words(ui, row, rect.w), room = row_room(ui, row, rect.w);
    struct rect words = {inside.x, inside.y, room, height}, buttons = inside;
    buttons.h = row_buttons_height(ui, row);
    if (row_stacked(ui, row, rect.w)) {
        buttons.y += height + ui_mm(ui, 2);
        buttons.w = row_buttons(ui, row) - ui_mm(ui, 3);
    } else {
        words.y += (inside.h - height) / 2;
        buttons.y += (inside.h - buttons.h) / 2;
    }
    node->seen = words;
    int key = label_height(ui, &row_key, room, row->key);
    label_paint(ui, &row_key, rect_cut_top(&words, key), row->key, &node->clipped);
    label_paint(ui, &value, words, row->value, &node->clipped);
    for (int i = 1; i >= 0; i--) {
        if (row->buttons[i].label != NULL) {
            button_draw(ui, rect_cut_right(&buttons, button_width(ui, &row->buttons[i])),
                        &row->buttons[i]);
            rect_cut_right(&buttons, ui_mm(ui, 3));
        }
    }
    if (row->line) {
        struct rect line = {rect.x, rect.y + rect.h - 1, rect.w, ui_max(1, ui_line(ui) / 2)};
        draw_fill(ui->draw, line, 0, ui_colour(ui, INK_LINE));
    }
}

/* --- large numbers, codes ------------------------------------------------------------ */

static const struct label number_style = {.size = SIZE_NUMBER,
                                          .weight = WEIGHT_BOLD,
                                          .ink = INK_TEXT,
                                          .align = ALIGN_CENTRE,
                                          .middle = true,
                                          .lines = 1};

/* The pixel height at which one line fills the width, no higher than `most`. */
static int
number_px(const struct ui *ui, int width, int most, const char *number)
{
    struct label style = number_style;
    style.px = 100;
    int at_100 = label_width(ui, &style, number);
    int px = at_100 > 0 ? width * 96 / at_100 : most;
    return ui_min(px, most);
}

int
number_height(const struct ui *ui, int width, int most, const char *number)
{
    int hero = ui_mm(ui, ui_wide(ui) ? 45 : 70);
    return number_px(ui, width, most > 0 ? ui_min(most, hero) : hero, number) * 13 / 10;
}

int
number_least(const struct ui *ui)
{
    return ui_type(ui, SIZE_HEADING) * 13 / 8;
}

struct node *
number_draw(struct ui *ui, uint32_t id, struct rect rect, const char *number)
{
    struct node *node = ui_add(ui, id, ROLE_TEXT, rect, number);
    struct label style = number_style;
    style.px = number_px(ui, rect.w, rect.h * 10 / 13, number);
    label_paint(ui, &style, rect, number, &node->clipped);
    return node;
}

struct node *
code_draw(struct ui *ui, uint32_t id, struct rect rect, const char *content, const char *label)
{
    struct node *node = ui_add(ui, id, ROLE_IMAGE, rect, label);
    draw_qr(ui->draw, rect, content);
    return node;
}
