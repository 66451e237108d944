#include "ui/blocks.h"

#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "ui/block.h"

/* Where the next piece goes. */
struct placing {
    struct layout *layout;
    const struct ui *ui;
    int y, bottom, page;
    int grow, rows; /* px that each row of tiles gets on top; rows of tiles so far */
};

static bool
in_columns(const struct block *block)
{
    return block->kind == BLOCK_TILE || block->kind == BLOCK_PICK;
}

static int
card_pad(const struct ui *ui, const struct block *b)
{
    return b->card > 0 ? ui_inset(ui) : 0;
}

static void
put(struct placing *at, size_t block, size_t from, size_t to, struct rect rect)
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
turn_page(struct placing *at, int pad)
{
    at->page++;
    at->y = at->layout->rect.y + pad;
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

struct row {
    size_t count;
    int width, height; /* of each block */
};

/* A row of the run that begins at `i`. */
static struct row
measure_row(const struct placing *at, size_t i, size_t count)
{
    const struct layout *layout = at->layout;
    const struct block *b = &layout->blocks[i];
    int columns = columns_of(at->ui, b, layout->rect.w);
    struct row row = {.count = 1};
    while (row.count < (size_t)columns && i + row.count < count && b[row.count].kind == b->kind &&
           columns_of(at->ui, &b[row.count], layout->rect.w) == columns) {
        row.count++;
    }
    // a hole beside a menu's last tile looks like something missing; a list is read downwards
    columns = b->menu ? (int)row.count : columns;
    row.width = (layout->rect.w - (columns - 1) * ui_gap(at->ui)) / columns;
    for (size_t k = 0; k < row.count; k++) {
        row.height = ui_max(row.height, block_height(at->ui, &b[k], row.width));
    }
    row.height += b->kind == BLOCK_TILE ? at->grow : 0;
    return row;
}

/* Places it, returns how many blocks it has. */
static size_t
place_row(struct placing *at, size_t i, size_t count)
{
    struct layout *layout = at->layout;
    struct row row = measure_row(at, i, count);
    bool in_tiles = layout->blocks[i].kind == BLOCK_TILE;
    at->rows += in_tiles;
    if (at->y + row.height > at->bottom && at->y > layout->rect.y) {
        turn_page(at, 0);
    }
    for (size_t k = 0; k < row.count; k++) {
        int x = layout->rect.x + (int)k * (row.width + ui_gap(at->ui));
        put(at, i + k, 0, 0, (struct rect){x, at->y, row.width, row.height});
        layout->pieces[layout->count - 1].air = in_tiles ? at->grow / 2 : 0;
    }
    at->y += row.height;
    return row.count;
}

/* What comes next of a text: all of it, or as many whole words as the buffer takes. */
static size_t
take_words(const char *text, char out[BLOCK_WORDS])
{
    struct text words = text_over(out, BLOCK_WORDS);
    text_add(&words, text);
    while (words.cut && words.len > 1 && out[words.len - 1] != ' ') {
        out[--words.len] = '\0';
    }
    return words.len;
}

/* A key alone, with its long answer below it. */
static bool
is_long_answer(const struct block *b, const struct block *next)
{
    return b->kind == BLOCK_ROW && next != NULL && next->kind == BLOCK_TEXT &&
           next->card == b->card;
}

/* A long text goes over pages, whole lines at a time. */
static void
place_words(struct placing *at, size_t i)
{
    struct layout *layout = at->layout;
    const struct block *b = &layout->blocks[i];
    struct label style = block_words_style(b);
    int pad = card_pad(at->ui, b), in = block_words_indent(at->ui, b);
    int top = layout->rect.y + pad, width = layout->rect.w - 2 * pad - in;
    int two_lines = 2 * label_line_height(at->ui, &style);
    size_t from = 0, len = strlen(b->text);
    // it does not leave its title, or its key, behind
    bool headed = i > 0 && (b[-1].kind == BLOCK_TITLE || is_long_answer(b - 1, b));
    char rest[BLOCK_WORDS];
    do {
        size_t taken = take_words(b->text + from, rest);
        int height = label_height(at->ui, &style, width, rest), bottom = at->bottom - pad;
        bool poor = bottom - at->y < two_lines || // the next page is better
                    (height <= bottom - top && !(headed && from == 0));
        if (height > bottom - at->y && at->y > top && poor) {
            turn_page(at, pad);
        }
        if (height > bottom - at->y) {
            taken = label_split(at->ui, &style, width, bottom - at->y, rest);
            rest[taken] = '\0';
            height = label_height(at->ui, &style, width, rest);
        }
        if (from == 0) {
            height = ui_max(height, block_words_least(at->ui, b));
        }
        put(at, i, from, from + taken,
            (struct rect){layout->rect.x + pad, at->y, width + in, height});
        at->y += height;
        from += taken;
    } while (from < len);
    secret_zero(rest, sizeof rest);
}

static void
place_block(struct placing *at, size_t i)
{
    struct layout *layout = at->layout;
    const struct block *b = &layout->blocks[i];
    int pad = card_pad(at->ui, b), width = layout->rect.w - 2 * pad;
    int height = block_height(at->ui, b, width), room = at->bottom - pad - at->y;
    if (b->kind == BLOCK_NUMBER && room >= number_least(at->ui)) {
        height = ui_min(height, room); // rather smaller than on the next page
    }
    if (height > room && at->y > layout->rect.y + pad) {
        turn_page(at, pad);
    }
    put(at, i, 0, 0, (struct rect){layout->rect.x + pad, at->y, width, height});
    at->y += height;
}

/* Of a text below its title: all of it where one page holds both, else two lines. */
static int
least_words(const struct placing *at, const struct block *b, int width, int title)
{
    int all = block_height(at->ui, b, width);
    int page = at->bottom - at->layout->rect.y - 2 * card_pad(at->ui, b);
    return title + all <= page ? all : 2 * label_line_height(at->ui, &label_body);
}

/* What has to stand on the page of the title above it. */
static int
least_of(const struct placing *at, size_t i, size_t count, int width, int title)
{
    const struct block *b = &at->layout->blocks[i], *next = i + 1 < count ? b + 1 : NULL;
    if (b->kind == BLOCK_TITLE && next != NULL) { // a title of its own, as the number below a line
        int both = block_height(at->ui, b, width) + block_space(at->ui, b, next);
        return both + least_of(at, i + 1, count, width, title + both);
    }
    if (block_is_words(b)) {
        return least_words(at, b, width, title);
    }
    if (b->kind == BLOCK_NUMBER) {
        return number_least(at->ui);
    }
    if (in_columns(b)) {
        return measure_row(at, i, count).height;
    }
    int height = block_height(at->ui, b, width);
    if (is_long_answer(b, next)) {
        height += block_space(at->ui, b, next);
        height += least_words(at, next, width, title + height);
    }
    return height;
}

/* A title stays with what it is the title of, an alert with what it speaks of, a key
 * with its long answer. `opens`: it is the first of its card, whose edge is still to come. */
static void
keep_together(struct placing *at, size_t i, size_t count, bool opens)
{
    const struct block *b = &at->layout->blocks[i];
    const struct block *next = i + 1 < count ? b + 1 : NULL;
    bool heads = b->kind == BLOCK_TITLE || b->kind == BLOCK_ALERT || b->kind == BLOCK_CHECK ||
                 is_long_answer(b, next);
    if (next == NULL || (!heads && next->kind != BLOCK_NUMBER)) {
        return;
    }
    int pad = card_pad(at->ui, b), width = at->layout->rect.w - 2 * pad;
    int title = block_height(at->ui, b, width) + (opens ? pad : 0);
    int space = block_space(at->ui, b, next);
    int least = space + least_of(at, i + 1, count, width, title + space);
    least += card_pad(at->ui, next);
    if (at->y + title + least > at->bottom && at->y > at->layout->rect.y) {
        turn_page(at, opens ? 0 : pad);
    }
}

static struct placing
lay_out(struct layout *layout, const struct ui *ui, int bottom, int grow, size_t count)
{
    struct placing at = {
        .layout = layout, .ui = ui, .y = layout->rect.y, .bottom = bottom, .grow = grow};
    const struct block *before = NULL;
    layout->count = 0;
    for (size_t i = 0; i < count;) {
        const struct block *b = &layout->blocks[i];
        bool opens = b->card > 0 && (before == NULL || before->card != b->card);
        if (before != NULL && before->card > 0 && before->card != b->card) {
            at.y += card_pad(ui, before);
        }
        at.y += at.y > layout->rect.y ? block_space(ui, before, b) : 0;
        keep_together(&at, i, count, opens);
        at.y += opens ? card_pad(ui, b) : 0;
        size_t used = 1;
        if (in_columns(b) && b->card == 0) {
            used = place_row(&at, i, count);
        } else if (block_is_words(b)) {
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
    struct placing end = lay_out(layout, ui, bottom, 0, count);
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

/* In the same card, on the same page. */
static bool
row_follows(const struct layout *layout, size_t i)
{
    const struct block_piece *piece = &layout->pieces[i];
    if (i + 1 == layout->count || piece[1].page != piece->page) {
        return false;
    }
    const struct block *next = &layout->blocks[piece[1].block];
    return next->kind == BLOCK_ROW && next->card == layout->blocks[piece->block].card;
}

void
layout_draw(struct ui *ui, const struct layout *layout, int page)
{
    draw_cards(ui, layout, page);
    for (size_t i = 0; i < layout->count; i++) {
        const struct block_piece *piece = &layout->pieces[i];
        if (piece->page == page) {
            block_draw(ui, &layout->blocks[piece->block], piece, row_follows(layout, i));
        }
    }
}
