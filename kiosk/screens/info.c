/* What there is to read: the office's own hours, and a page for each thing that people ask
 * about, with a QR to take along. */
#include <stdio.h>

#include "screens/parts.h"

void
screen_info(struct screen *screen)
{
    struct page page = {.count = 0};
    char hours[160];
    const struct info_page *pages;
    const struct screen_facts *facts = screen->facts;
    enum language language = screen->flow->language;
    size_t count = catalogue_pages(screen->flow->catalogue, &pages);
    struct actions actions = {.back = chrome_back(),
                              .primary = chrome_next(_("Ambil nomor antrean"), FLOW_QUEUES)};
    struct rect body = chrome_draw(screen, &actions);
    page_text(&page, BLOCK_HEADING, _("Informasi"));
    if (facts->hours[0] != '\0') {
        page_text(&page, BLOCK_TITLE, _("Jam buka loket"));
        words_hours(facts->hours, language, hours, sizeof hours);
        page_text(&page, BLOCK_TEXT, hours);
    }
    for (size_t i = 0; i < count; i++) {
        page_tile(&page, pages[i].icon, words_in(&pages[i].title, language),
                  words_in(&pages[i].summary, language), FLOW_INFO_PAGE, (int64_t)i);
    }
    page_draw(screen, body, &page, screen->flow->page);
}

/* Where a page leads to, else the portal: there is always something to take along. */
static void
take_along(const struct screen *screen, struct page *page, char *words, size_t size)
{
    const struct info_page *info = screen->flow->info;
    struct block *code = page_add(page, BLOCK_CODE);
    code->title = _("Bawa pulang");
    code->detail = _("Pindai dengan ponsel untuk membukanya.");
    code->card = 1;
    if (info->link != NULL) {
        code->text = words_in(&info->link_label, screen->flow->language);
        code->icon = info->link;
        return;
    }
    snprintf(words, size, _("Pindai untuk membuka %s di ponsel"), screen->facts->portal_name);
    code->text = screen->facts->portal_name;
    code->detail = words;
    code->icon = screen->facts->portal_url;
}

void
screen_info_page(struct screen *screen)
{
    struct page page = {.count = 0};
    char words[200];
    const struct info_page *info = screen->flow->info;
    enum language language = screen->flow->language;
    struct actions actions = {.back = chrome_back(),
                              .primary = chrome_next(_("Selesai"), FLOW_DONE)};
    struct rect body = chrome_draw(screen, &actions);
    page_text(&page, BLOCK_HEADING, words_in(&info->title, language));
    for (size_t i = 0; i < info->part_count; i++) {
        page_text(&page, BLOCK_TITLE, words_in(&info->parts[i].title, language));
        page_text(&page, BLOCK_TEXT, words_in(&info->parts[i].detail, language));
    }
    if (!ui_slim(screen->ui)) { // there the edge of a card would take the room of the words
        for (size_t i = 1; i < page.count; i++) {
            page.few[i].card = 2;
        }
    }
    take_along(screen, &page, words, sizeof words);
    page_draw(screen, body, &page, screen->flow->page);
}
