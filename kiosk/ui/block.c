#include "ui/block.h"

#include <string.h>

#include "base/secret.h"
#include "base/text.h"

bool
block_is_words(const struct block *block)
{
    return block->kind <= BLOCK_BULLET;
}

struct label
block_words_style(const struct block *block)
{
    static const struct label title = {.size = SIZE_BODY, .weight = WEIGHT_BOLD, .ink = INK_TEXT};
    struct label style = block->kind == BLOCK_HEADING ? label_heading
                         : block->kind == BLOCK_TITLE ? title
                         : block->kind == BLOCK_SOFT  ? label_soft
                         : block->kind == BLOCK_NOTE  ? label_note
                                                      : label_body;
    style.typed = block->secret;
    style.px = block->px;
    style.middle = block->kind == BLOCK_HEADING && block->icon != NULL;
    if (block->kind == BLOCK_SOFT && block->card > 0) {
        style.align = ALIGN_CENTRE;
    }
    return style;
}

int
block_words_least(const struct ui *ui, const struct block *b)
{
    bool mark = b->kind == BLOCK_HEADING && b->icon != NULL;
    return mark ? ui_max(ui_type(ui, SIZE_HEADING) * 5 / 4, ui_mm(ui, ui_wide(ui) ? 16 : 22)) : 0;
}

int
block_words_indent(const struct ui *ui, const struct block *b)
{
    int mark = block_words_least(ui, b);
    return b->kind == BLOCK_BULLET ? ui_mm(ui, 7) : mark > 0 ? mark + ui_mm(ui, 5) : 0;
}

static struct tile
tile_of(const struct block *b, int air)
{
    return (struct tile){.id = b->id,
                         .air = air,
                         .icon = b->icon,
                         .title = b->title,
                         .summary = b->text,
                         .primary = b->primary,
                         .face = b->face,
                         .action = b->action,
                         .arg = b->arg};
}

static struct pick
pick_of(const struct block *b)
{
    return (struct pick){.id = b->id,
                         .label = b->title,
                         .detail = b->text,
                         .px = b->px,
                         .many = b->many,
                         .selected = b->selected,
                         .action = b->action,
                         .arg = b->arg};
}

static struct notice
notice_of(const struct block *b)
{
    enum notice_kind kind = b->kind == BLOCK_NOTICE  ? NOTICE_GOLD
                            : b->kind == BLOCK_ALERT ? NOTICE_DANGER
                            : b->kind == BLOCK_CHECK ? NOTICE_CHECK
                                                     : NOTICE_GOOD;
    return (struct notice){.id = b->id, .kind = kind, .title = b->title, .text = b->text};
}

static struct numbered
step_of(const struct block *b)
{
    return (struct numbered){
        .id = b->id, .number = b->number, .state = b->state, .title = b->title, .detail = b->text};
}

static struct answer_row
row_of(const struct block *b, bool line)
{
    return (struct answer_row){.id = b->id,
                               .key = b->title,
                               .value = b->text,
                               .secret = b->secret,
                               .buttons = {b->buttons[0], b->buttons[1]},
                               .line = line};
}

/* One that is paid with holds more, and is read from a phone in a hand. */
static int
code_side(const struct ui *ui, const struct block *b, int width)
{
    bool wide = ui_wide(ui);
    if (b->icon == NULL) {
        return 0;
    }
    return b->number > 0 ? ui_min(ui_mm(ui, wide ? 70 : 110), width / 2)
                         : ui_mm(ui, wide ? 30 : 38);
}

/* As large as a heading, but what is read out, not what heads the page. */
static struct label
code_style(const struct ui *ui)
{
    struct label style = label_title;
    style.px = ui_type(ui, SIZE_HEADING);
    return style;
}

/* Of the three texts beside the code, px. */
struct code_words {
    int width, title, text, detail;
};

static struct code_words
code_words(const struct ui *ui, const struct block *b, int width)
{
    struct label big = code_style(ui);
    int side = code_side(ui, b, width), room = side > 0 ? width - side - ui_mm(ui, 5) : width;
    struct code_words words = {.width = room,
                               .title = label_height(ui, &label_soft, room, b->title),
                               .text = label_height(ui, &big, room, b->text)};
    words.detail = b->detail != NULL ? label_height(ui, &label_note, room, b->detail) : 0;
    return words;
}

static int
code_height(const struct ui *ui, const struct block *b, int width)
{
    struct code_words words = code_words(ui, b, width);
    return ui_max(code_side(ui, b, width), words.title + words.text + words.detail);
}

int
block_height(const struct ui *ui, const struct block *b, int width)
{
    if (block_is_words(b)) {
        struct label style = block_words_style(b);
        return label_height(ui, &style, width - block_words_indent(ui, b), b->text);
    }
    switch (b->kind) {
    case BLOCK_STEP: {
        struct numbered step = step_of(b);
        return numbered_height(ui, &step, width);
    }
    case BLOCK_NOTICE:
    case BLOCK_ALERT:
    case BLOCK_GOOD:
    case BLOCK_CHECK: {
        struct notice notice = notice_of(b);
        return notice_height(ui, &notice, width);
    }
    case BLOCK_ROW: {
        struct answer_row row = row_of(b, false);
        return answer_row_height(ui, &row, width);
    }
    case BLOCK_BUTTON:
        return ui_max(ui_wide_button(ui), button_height(ui, &b->buttons[0], width));
    case BLOCK_TILE: {
        struct tile tile = tile_of(b, 0);
        return tile_height(ui, &tile, width);
    }
    case BLOCK_PICK: {
        struct pick pick = pick_of(b);
        return pick_height(ui, &pick, width);
    }
    case BLOCK_NUMBER:
        return number_height(ui, width, b->px, b->text);
    case BLOCK_CODE:
        return code_height(ui, b, width);
    default:
        return ui_mm(ui, 4);
    }
}

int
block_space(const struct ui *ui, const struct block *before, const struct block *b)
{
    if (before == NULL) {
        return 0;
    }
    bool wide = ui_wide(ui), words = block_is_words(before) && block_is_words(b);
    bool item = b->kind == BLOCK_BULLET || before->kind == BLOCK_TITLE;
    if (b->card > 0 && before->card == b->card) {
        bool title = b->kind == BLOCK_TITLE && before->kind != BLOCK_TITLE;
        return b->kind == BLOCK_ROW ? 0 : ui_mm(ui, words && title ? 5 : words && item ? 2 : 3.5);
    }
    if (words && b->card == 0 && before->card == 0) {
        return ui_mm(ui, b->kind == BLOCK_TITLE          ? 5
                         : item                          ? 2
                         : before->kind == BLOCK_HEADING ? (wide ? 3 : 5)
                                                         : (wide ? 2.5 : 4));
    }
    return ui_gap(ui);
}

static void
draw_words(struct ui *ui, const struct block_piece *piece, const struct block *b)
{
    char text[BLOCK_WORDS];
    int side = block_words_least(ui, b);
    struct label style = block_words_style(b);
    struct rect box = piece->rect;
    size_t len = piece->to - piece->from;
    text_copy(text, len + 1 < sizeof text ? len + 1 : sizeof text, b->text + piece->from);
    if (b->kind == BLOCK_BULLET) {
        struct rect dot = {box.x + ui_mm(ui, 1), box.y + ui_type(ui, style.size) / 2, ui_mm(ui, 2),
                           ui_mm(ui, 2)};
        draw_fill(ui->draw, dot, dot.w / 2, ui_colour(ui, INK_PRIMARY));
    } else if (side > 0 && piece->from == 0) {
        struct rect mark = {box.x, box.y + (box.h - side) / 2, side, side};
        draw_fill(ui->draw, mark, side / 2, ui_colour(ui, INK_PRIMARY));
        draw_icon(ui->draw, rect_inset(mark, side / 4, side / 4), ui_colour(ui, INK_ON_PRIMARY),
                  b->icon);
    }
    rect_cut_left(&box, block_words_indent(ui, b));
    label_draw(ui, b->id, &style, box, text);
    secret_zero(text, sizeof text);
}

static void
draw_code(struct ui *ui, struct rect rect, const struct block *b)
{
    int side = code_side(ui, b, rect.w);
    struct rect square = {rect.x + rect.w - side, rect.y + (rect.h - side) / 2, side, side};
    if (side > 0) {
        code_draw(ui, b->id + 1, square, b->icon, b->detail != NULL ? b->detail : b->text);
    }
    struct code_words words = code_words(ui, b, rect.w);
    struct label big = code_style(ui);
    int high = words.title + words.text + words.detail;
    struct rect rest = {rect.x, rect.y + (rect.h - high) / 2, words.width, high};
    label_draw(ui, b->id, &label_soft, rect_cut_top(&rest, words.title), b->title);
    label_draw(ui, b->id + 2, &big, rect_cut_top(&rest, words.text), b->text);
    if (words.detail > 0) {
        label_draw(ui, b->id + 3, &label_note, rest, b->detail);
    }
}

void
block_draw(struct ui *ui, const struct block *b, const struct block_piece *piece, bool line)
{
    if (block_is_words(b)) {
        draw_words(ui, piece, b);
        return;
    }
    switch (b->kind) {
    case BLOCK_STEP: {
        struct numbered step = step_of(b);
        numbered_draw(ui, piece->rect, &step);
        break;
    }
    case BLOCK_NOTICE:
    case BLOCK_ALERT:
    case BLOCK_GOOD:
    case BLOCK_CHECK: {
        struct notice notice = notice_of(b);
        notice_draw(ui, piece->rect, &notice);
        break;
    }
    case BLOCK_ROW: {
        struct answer_row row = row_of(b, line);
        answer_row_draw(ui, piece->rect, &row);
        break;
    }
    case BLOCK_BUTTON:
        button_draw(ui, piece->rect, &b->buttons[0]);
        break;
    case BLOCK_TILE: {
        struct tile tile = tile_of(b, piece->air);
        tile_draw(ui, piece->rect, &tile);
        break;
    }
    case BLOCK_PICK: {
        struct pick pick = pick_of(b);
        pick_draw(ui, piece->rect, &pick);
        break;
    }
    case BLOCK_NUMBER:
        number_draw(ui, b->id, piece->rect, b->text);
        break;
    case BLOCK_CODE:
        draw_code(ui, piece->rect, b);
        break;
    default:
        break;
    }
}
