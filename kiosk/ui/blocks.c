#include "ui/blocks.h"

#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "ui/label.h"

enum { WORDS_BYTES = 4096 }; // of one piece of a text

/* --- one block ----------------------------------------------------------------------- */

static bool
in_columns(const struct block *block)
{
    return block->kind == BLOCK_TILE || block->kind == BLOCK_PICK;
}

static bool
is_words(const struct block *block)
{
    return block->kind <= BLOCK_BULLET;
}

static struct label
words_style(const struct block *block)
{
    static const struct label note = {.size = SIZE_NOTE, .weight = WEIGHT_REGULAR, .ink = INK_SOFT};
    static const struct label title = {.size = SIZE_BODY, .weight = WEIGHT_BOLD, .ink = INK_TEXT};
    struct label style = block->kind == BLOCK_HEADING ? label_heading
                         : block->kind == BLOCK_TITLE ? title
                         : block->kind == BLOCK_SOFT  ? label_soft
                         : block->kind == BLOCK_NOTE  ? note
                                                      : label_body;
    style.typed = block->secret;
    style.px = block->px;
    style.middle = block->kind == BLOCK_HEADING && block->icon != NULL;
    if (block->kind == BLOCK_SOFT && block->card > 0) {
        style.align = ALIGN_CENTRE;
    }
    return style;
}

static int
mark_side(const struct ui *ui)
{
    return ui_max(ui_type(ui, SIZE_HEADING) * 5 / 4, ui_mm(ui, ui_wide(ui) ? 16 : 22));
}

/* What stands left of the words: a bullet, or the mark of a heading. */
static int
words_indent(const struct ui *ui, const struct block *b)
{
    return b->kind == BLOCK_BULLET                       ? ui_mm(ui, 7)
           : b->kind == BLOCK_HEADING && b->icon != NULL ? mark_side(ui) + ui_mm(ui, 5)
                                                         : 0;
}

static struct tile
tile_of(const struct block *b)
{
    return (struct tile){.id = b->id,
                         .icon = b->icon,
                         .title = b->title,
                         .summary = b->text,
                         .primary = b->primary,
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
    return (struct notice){.id = b->id,
                           .kind = b->kind == BLOCK_NOTICE  ? NOTICE_GOLD
                                   : b->kind == BLOCK_ALERT ? NOTICE_DANGER
                                                            : NOTICE_GOOD,
                           .title = b->title,
                           .text = b->text};
}

static struct numbered
step_of(const struct block *b)
{
    return (struct numbered){
        .id = b->id, .number = b->number, .title = b->title, .detail = b->text};
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

static int
code_side(const struct ui *ui)
{
    return ui_mm(ui, ui_wide(ui) ? 30 : 38);
}

/* As large as a heading, but what is read out, not what heads the page. */
static struct label
code_style(const struct ui *ui)
{
    struct label style = label_title;
    style.px = ui_type(ui, SIZE_HEADING);
    return style;
}

static int
code_height(const struct ui *ui, const struct block *b, int width)
{
    int room = width - code_side(ui) - ui_mm(ui, 5);
    struct label big = code_style(ui), note = label_note;
    int words = label_height(ui, &label_soft, room, b->title) +
                label_height(ui, &big, room, b->text) + label_height(ui, &note, room, b->detail);
    return ui_max(code_side(ui), words);
}

static int
block_height(const struct ui *ui, const struct block *b, int width)
{
    if (is_words(b)) {
        struct label style = words_style(b);
        return label_height(ui, &style, width - words_indent(ui, b), b->text);
    }
    switch (b->kind) {
    case BLOCK_STEP: {
        struct numbered step = step_of(b);
        return numbered_height(ui, &step, width);
    }
    case BLOCK_NOTICE:
    case BLOCK_ALERT:
    case BLOCK_GOOD: {
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
        struct tile tile = tile_of(b);
        return tile_height(ui, &tile, width);
    }
    case BLOCK_PICK: {
        struct pick pick = pick_of(b);
        return pick_height(ui, &pick, width);
    }
    case BLOCK_NUMBER:
        return number_height(ui, width, b->text);
    case BLOCK_CODE:
        return code_height(ui, b, width);
    default:
        return ui_mm(ui, 4);
    }
}

/* Space above a block, after the one before it. */
static int
space_before(const struct ui *ui, const struct block *before, const struct block *b)
{
    if (before == NULL) {
        return 0;
    }
    if (b->card > 0 && before->card == b->card) {
        return b->kind == BLOCK_ROW ? 0 : ui_mm(ui, 3.5);
    }
    if (is_words(before) && is_words(b) && b->card == 0 && before->card == 0) {
        bool wide = ui_wide(ui), item = b->kind == BLOCK_BULLET || before->kind == BLOCK_TITLE;
        return ui_mm(ui, b->kind == BLOCK_TITLE          ? 5
                         : item                          ? 2
                         : before->kind == BLOCK_HEADING ? (wide ? 3 : 5)
                                                         : (wide ? 2.5 : 4));
    }
    return ui_gap(ui);
}

/* --- layout ---------------------------------------------------------------------------- */

/* Where the next piece goes. */
struct flow_at {
    struct layout *layout;
    const struct ui *ui;
    int y, bottom, page;
    int grow, rows; /* px that each row of tiles gets on top; rows of tiles so far */
};

static int
card_pad(const struct ui *ui, const struct block *b)
{
    return b->card > 0 ? ui_inset(ui) : 0;
}

static void
put(struct flow_at *at, size_t block, size_t from, size_t to, struct rect rect)
{
    struct layout *layout = at->layout;
    if (layout->count == BLOCK_PIECES) {
        log_error("a page has more than %d pieces", BLOCK_PIECES);
        return;
    }
    layout->pieces[layout->count++] = (struct block_piece){
        .block = (uint16_t)block, .page = (uint16_t)at->page, .from = from, .to = to, .rect = rect};
}

static void
turn_page(struct flow_at *at)
{
    at->page++;
    at->y = at->layout->rect.y;
}

/* Columns for a run of tiles or picks: two where each keeps a good width. */
static int
columns_of(const struct ui *ui, const struct block *b, int width)
{
    int least = ui_mm(ui, b->kind == BLOCK_TILE ? 98 : 90);
    least = least * (ui->enlarge == 0 ? 10 : ui->enlarge == 1 ? 13 : 17) / 10;
    int fit = (width + ui_gap(ui)) / ui_max(1, least + ui_gap(ui)); // 0: a panel of few pixels
    int most = b->columns > 0 ? b->columns : ui_wide(ui) ? 3 : 2;
    return ui_max(1, ui_min(fit, most));
}

/* A row of the run that begins at `i`: places its blocks, returns how many. */
static size_t
place_row(struct flow_at *at, size_t i, size_t count)
{
    struct layout *layout = at->layout;
    const struct block *b = &layout->blocks[i];
    int columns = columns_of(at->ui, b, layout->rect.w), gap = ui_gap(at->ui), height = 0;
    size_t n = 1;
    while (n < (size_t)columns && i + n < count && layout->blocks[i + n].kind == b->kind &&
           columns_of(at->ui, &layout->blocks[i + n], layout->rect.w) == columns) {
        n++;
    }
    int width = (layout->rect.w - (columns - 1) * gap) / columns;
    for (size_t k = 0; k < n; k++) {
        height = ui_max(height, block_height(at->ui, &layout->blocks[i + k], width));
    }
    if (b->kind == BLOCK_TILE) {
        height += at->grow;
        at->rows++;
    }
    if (at->y + height > at->bottom && at->y > layout->rect.y) {
        turn_page(at);
    }
    for (size_t k = 0; k < n; k++) {
        int x = layout->rect.x + (int)k * (width + gap);
        put(at, i + k, 0, 0, (struct rect){x, at->y, width, height});
    }
    at->y += height;
    return n;
}

/* A long text goes over pages, whole lines at a time. */
static void
place_words(struct flow_at *at, size_t i)
{
    struct layout *layout = at->layout;
    const struct block *b = &layout->blocks[i];
    struct label style = words_style(b);
    int pad = card_pad(at->ui, b), in = words_indent(at->ui, b);
    int width = layout->rect.w - 2 * pad - in;
    size_t from = 0, len = strlen(b->text);
    char rest[WORDS_BYTES];
    do {
        struct text out = text_over(rest, sizeof rest);
        text_add(&out, b->text + from);
        while (out.cut && out.len > 1 && rest[out.len - 1] != ' ') {
            rest[--out.len] = '\0'; // between words
        }
        int height = label_height(at->ui, &style, width, rest);
        int room = at->bottom - pad - at->y;
        int line = label_line_height(at->ui, &style);
        size_t to = from + out.len; // a piece at a time of what is longer than `rest`
        if (height > room) {
            if (at->y > layout->rect.y + pad &&
                (room < 2 * line || height <= at->bottom - layout->rect.y - 2 * pad)) {
                turn_page(at);
                at->y += pad;
                room = at->bottom - pad - at->y;
            }
            if (height > room) {
                to = from + label_split(at->ui, &style, width, room, rest);
                text_copy(rest, ui_min((int)sizeof rest, (int)(to - from) + 1), b->text + from);
                height = label_height(at->ui, &style, width, rest);
            }
        }
        if (b->kind == BLOCK_HEADING && b->icon != NULL && from == 0) {
            height = ui_max(height, mark_side(at->ui));
        }
        put(at, i, from, to, (struct rect){layout->rect.x + pad, at->y, width + in, height});
        at->y += height;
        from = to;
    } while (from < len);
    secret_zero(rest, sizeof rest);
}

static void
place_block(struct flow_at *at, size_t i)
{
    struct layout *layout = at->layout;
    const struct block *b = &layout->blocks[i];
    int pad = card_pad(at->ui, b), width = layout->rect.w - 2 * pad;
    int height = block_height(at->ui, b, width), room = at->bottom - pad - at->y;
    if (b->kind == BLOCK_NUMBER && room >= number_least(at->ui)) {
        height = ui_min(height, room); // rather smaller than on the next page
    }
    if (height > room && at->y > layout->rect.y + pad) {
        turn_page(at);
        at->y += pad;
    }
    put(at, i, 0, 0, (struct rect){layout->rect.x + pad, at->y, width, height});
    at->y += height;
}

/* A title stays with what it is the title of, an alert with what it speaks of, a key
 * with its long answer. `opens`: it is the first of its card, whose edge is still to come. */
static void
keep_together(struct flow_at *at, size_t i, size_t count, bool opens)
{
    const struct block *b = &at->layout->blocks[i];
    const struct block *next = i + 1 < count ? b + 1 : NULL;
    bool answer = b->kind == BLOCK_ROW && next != NULL && is_words(next);
    if (next == NULL || (b->kind != BLOCK_TITLE && b->kind != BLOCK_ALERT && !answer)) {
        return;
    }
    int pad = card_pad(at->ui, b), width = at->layout->rect.w - 2 * pad;
    int title = block_height(at->ui, b, width) + (opens ? pad : 0);
    int least = is_words(next)               ? 2 * label_line_height(at->ui, &label_body)
                : next->kind == BLOCK_NUMBER ? number_least(at->ui)
                                             : block_height(at->ui, next, width);
    least += space_before(at->ui, b, next) + card_pad(at->ui, next);
    if (at->y + title + least > at->bottom && at->y > at->layout->rect.y) {
        turn_page(at);
        at->y += opens ? 0 : pad;
    }
}

static struct flow_at
lay_out(struct layout *layout, const struct ui *ui, int bottom, int grow, size_t count)
{
    struct flow_at at = {
        .layout = layout, .ui = ui, .y = layout->rect.y, .bottom = bottom, .grow = grow};
    const struct block *before = NULL;
    layout->count = 0;
    for (size_t i = 0; i < count;) {
        const struct block *b = &layout->blocks[i];
        bool opens = b->card > 0 && (before == NULL || before->card != b->card);
        if (before != NULL && before->card > 0 && before->card != b->card) {
            at.y += card_pad(ui, before);
        }
        at.y += at.y > layout->rect.y ? space_before(ui, before, b) : 0;
        keep_together(&at, i, count, opens);
        at.y += opens ? card_pad(ui, b) : 0;
        size_t used = 1;
        if (in_columns(b) && b->card == 0) {
            used = place_row(&at, i, count);
        } else if (is_words(b)) {
            place_words(&at, i);
        } else {
            place_block(&at, i);
        }
        before = &layout->blocks[i + used - 1];
        i += used;
    }
    layout->pages = at.page + 1;
    return at;
}

void
layout_make(struct layout *layout, const struct ui *ui, struct rect rect, int pager,
            const struct block *blocks, size_t count)
{
    layout->blocks = blocks;
    layout->rect = rect;
    int bottom = rect.y + rect.h;
    struct flow_at end = lay_out(layout, ui, bottom, 0, count);
    if (layout->pages > 1) {
        lay_out(layout, ui, bottom - pager, 0, count);
    } else if (end.rows > 0) { // few tiles on a large page are larger ones
        int grow = ui_min((bottom - end.y) / end.rows, ui_mm(ui, 14));
        lay_out(layout, ui, bottom, grow, count);
    }
}

int
layout_height(const struct layout *layout)
{
    int bottom = layout->rect.y;
    for (size_t i = 0; i < layout->count; i++) {
        const struct block_piece *piece = &layout->pieces[i];
        if (piece->page == 0 && piece->rect.y + piece->rect.h > bottom) {
            bottom = piece->rect.y + piece->rect.h;
        }
    }
    return bottom - layout->rect.y;
}

/* --- drawing ----------------------------------------------------------------------------- */

/* The white card behind neighbours that share one. */
static void
draw_cards(struct ui *ui, const struct layout *layout, int page)
{
    for (size_t i = 0; i < layout->count; i++) {
        const struct block_piece *piece = &layout->pieces[i];
        int card = layout->blocks[piece->block].card;
        if (piece->page != page || card == 0) {
            continue;
        }
        struct rect all = piece->rect;
        while (i + 1 < layout->count && layout->pieces[i + 1].page == page &&
               layout->blocks[layout->pieces[i + 1].block].card == card) {
            all = rect_union(all, layout->pieces[++i].rect);
        }
        int pad = ui_inset(ui);
        all = (struct rect){layout->rect.x, all.y - pad, layout->rect.w, all.h + 2 * pad};
        draw_fill(ui->draw, all, ui_radius(ui), ui_colour(ui, INK_CARD));
        draw_frame(ui->draw, all, ui_radius(ui), ui_max(1, ui_line(ui) / 2),
                   ui_colour(ui, INK_LINE));
    }
}

static void
draw_words(struct ui *ui, const struct block_piece *piece, const struct block *b)
{
    char text[WORDS_BYTES];
    struct label style = words_style(b);
    struct rect box = piece->rect;
    size_t len = piece->to - piece->from;
    text_copy(text, len + 1 < sizeof text ? len + 1 : sizeof text, b->text + piece->from);
    if (b->kind == BLOCK_BULLET) {
        struct rect dot = {box.x + ui_mm(ui, 1), box.y + ui_type(ui, style.size) / 2, ui_mm(ui, 2),
                           ui_mm(ui, 2)};
        draw_fill(ui->draw, dot, dot.w / 2, ui_colour(ui, INK_PRIMARY));
    } else if (b->kind == BLOCK_HEADING && b->icon != NULL && piece->from == 0) {
        int side = mark_side(ui);
        struct rect mark = {box.x, box.y + (box.h - side) / 2, side, side};
        draw_fill(ui->draw, mark, side / 2, ui_colour(ui, INK_PRIMARY));
        draw_icon(ui->draw, rect_inset(mark, side / 4, side / 4), ui_colour(ui, INK_ON_PRIMARY),
                  b->icon);
    }
    rect_cut_left(&box, words_indent(ui, b));
    label_draw(ui, b->id, &style, box, text);
    secret_zero(text, sizeof text);
}

static void
draw_code_block(struct ui *ui, struct rect rect, const struct block *b)
{
    int side = code_side(ui);
    struct rect square = {rect.x + rect.w - side, rect.y + (rect.h - side) / 2, side, side};
    code_draw(ui, b->id + 1, square, b->icon, b->detail);
    struct rect words = rect;
    words.w -= side + ui_mm(ui, 5);
    struct label big = code_style(ui), note = label_note;
    int heights[] = {label_height(ui, &label_soft, words.w, b->title),
                     label_height(ui, &big, words.w, b->text),
                     label_height(ui, &note, words.w, b->detail)};
    words.y += (rect.h - heights[0] - heights[1] - heights[2]) / 2;
    words.h = heights[0] + heights[1] + heights[2];
    label_draw(ui, b->id, &label_soft, rect_cut_top(&words, heights[0]), b->title);
    label_draw(ui, b->id + 2, &big, rect_cut_top(&words, heights[1]), b->text);
    label_draw(ui, b->id + 3, &note, words, b->detail);
}

static void
draw_piece(struct ui *ui, const struct layout *layout, const struct block_piece *piece, bool last)
{
    const struct block *b = &layout->blocks[piece->block];
    if (is_words(b)) {
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
    case BLOCK_GOOD: {
        struct notice notice = notice_of(b);
        notice_draw(ui, piece->rect, &notice);
        break;
    }
    case BLOCK_ROW: {
        bool goes_on = !last && layout->blocks[piece->block + 1].kind == BLOCK_ROW;
        struct answer_row row = row_of(b, goes_on);
        answer_row_draw(ui, piece->rect, &row);
        break;
    }
    case BLOCK_BUTTON:
        button_draw(ui, piece->rect, &b->buttons[0]);
        break;
    case BLOCK_TILE: {
        struct tile tile = tile_of(b);
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
        draw_code_block(ui, piece->rect, b);
        break;
    default:
        break;
    }
}

void
layout_draw(struct ui *ui, const struct layout *layout, int page)
{
    draw_cards(ui, layout, page);
    for (size_t i = 0; i < layout->count; i++) {
        const struct block_piece *piece = &layout->pieces[i];
        const struct block_piece *next = i + 1 < layout->count ? piece + 1 : NULL;
        bool last = next == NULL || next->page != piece->page ||
                    layout->blocks[next->block].card != layout->blocks[piece->block].card;
        if (piece->page == page) {
            draw_piece(ui, layout, piece, last);
        }
    }
}
