/* Which kelurahan processes it: this one at a touch, the others by search. */
#include "screens/parts.h"

void
screen_office(struct screen *screen)
{
    static struct page page; // one screen is drawn at a time
    struct ui *ui = screen->ui;
    const struct flow *flow = screen->flow;
    struct actions actions = {.back = chrome_back(),
                              .other = chrome_cancel(),
                              .primary = chrome_next(_("Lanjut"), FLOW_NEXT)};
    struct rect body = chrome_draw(screen, &actions);
    const char *heading = _("Anda warga kelurahan mana?");
    page.count = 0;
    keys_draw(screen, &body, keyboard_letters(flow->layer));
    label_draw(ui, ID_HEADING, &label_heading,
               rect_cut_top(&body, label_height(ui, &label_heading, body.w, heading)), heading);
    rect_cut_top(&body, ui_mm(ui, 3));
    search_field(screen, &body);
    kelurahan_picks(flow, &page, flow->office != NULL ? flow->office->code : "", FLOW_OFFICE);
    if (page.count == 0) {
        page_text(&page, BLOCK_SOFT, _("Tidak ditemukan. Coba kata yang lain."));
    }
    page_draw(screen, body, &page, flow->page);
}
