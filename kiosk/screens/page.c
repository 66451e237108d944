#include <stdio.h>

#include "base/log.h"
#include "screens/parts.h"

static size_t
room(const struct page *page)
{
    return page->many != NULL ? PAGE_MANY : PAGE_FEW;
}

static const struct block *
blocks(const struct page *page)
{
    return page->many != NULL ? page->many : page->few;
}

struct block *
page_last(struct page *page)
{
    return (page->many != NULL ? page->many : page->few) + page->count - 1;
}

bool
page_is_full(const struct page *page)
{
    return page->count + 1 >= room(page);
}

struct block *
page_add(struct page *page, enum block_kind kind)
{
    if (page->count == room(page)) {
        log_error("a page has more than %zu parts", page->count);
        page->count--;
    }
    page->count++;
    struct block *block = page_last(page);
    *block = (struct block){.kind = kind, .id = ID_BLOCK + 10 * (uint32_t)(page->count - 1)};
    return block;
}

void
page_text(struct page *page, enum block_kind kind, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        page_add(page, kind)->text = text;
    }
}

void
page_heading(struct page *page, const char *icon, const char *text)
{
    struct block *heading = page_add(page, BLOCK_HEADING);
    heading->icon = icon;
    heading->text = text;
}

void
page_notice(struct page *page, enum block_kind kind, const char *title, const char *text)
{
    struct block *block = page_add(page, kind);
    block->title = title;
    block->text = text;
}

void
page_step(struct page *page, int number, const char *title, const char *text)
{
    struct block *block = page_add(page, BLOCK_STEP);
    block->number = number;
    block->title = title;
    block->text = text != NULL && text[0] != '\0' ? text : NULL;
    block->card = 1;
}

struct block *
page_row(struct page *page, int card, const char *title, const char *text)
{
    struct block *block = page_add(page, BLOCK_ROW);
    block->title = title;
    block->text = text;
    block->card = card;
    return block;
}

struct block *
page_tile(struct page *page, const char *icon, const char *title, const char *text, int action,
          int64_t arg)
{
    struct block *block = page_add(page, BLOCK_TILE);
    block->icon = icon;
    block->title = title;
    block->text = text;
    block->menu = text != NULL;
    block->action = action;
    block->arg = arg;
    return block;
}

void
page_draw_first(struct screen *screen, struct rect rect, const struct page *page)
{
    static struct layout layout; // one screen is drawn at a time
    struct ui *ui = screen->ui;
    const char *more = _("Ketik lagi: masih ada yang lain.");
    int height = label_height(ui, &label_note, rect.w, more);
    layout_make(&layout, ui, rect, height + ui_mm(ui, 2), blocks(page), page->count);
    layout_draw(ui, &layout, 0);
    if (layout.pages > 1) {
        label_draw(ui, ID_PAGER + 2, &label_note, rect_cut_bottom(&rect, height), more);
    }
}

void
page_draw(struct screen *screen, struct rect rect, const struct page *page, int number)
{
    static struct layout layout; // one screen is drawn at a time
    struct ui *ui = screen->ui;
    int pager = pager_height(ui) + ui_gap(ui);
    layout_make(&layout, ui, rect, pager, blocks(page), page->count);
    if (number >= layout.pages) {
        number = layout.pages - 1; // larger letters before, smaller ones now
    }
    layout_draw(ui, &layout, number);
    if (layout.pages > 1) {
        char where[60], brief[16];
        snprintf(where, sizeof where, _("Halaman %d dari %d"), number + 1, layout.pages);
        snprintf(brief, sizeof brief, "%d/%d", number + 1, layout.pages);
        struct pager turn = {.id = ID_PAGER,
                             .previous = _("Sebelumnya"),
                             .where = where,
                             .where_short = brief,
                             .next = _("Berikutnya"),
                             .page = number,
                             .pages = layout.pages,
                             .action = FLOW_PAGE};
        pager_draw(ui, rect_cut_bottom(&rect, pager_height(ui)), &turn);
    }
}
