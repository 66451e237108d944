/* The office asks its residents; what they answered is not shown here, and the page says that it
 * speaks for nobody but those who answered. */
#include "screens/parts.h"

void
screen_poll(struct screen *screen)
{
    struct page page = {.count = 0};
    const struct flow *flow = screen->flow;
    if (flow->voted) {
        thanks_draw(screen, _("Jawaban Anda sudah dihitung."),
                    _("Hasilnya belum tentu sama dengan pendapat semua warga."));
        return;
    }
    struct actions actions = {.back = chrome_back()};
    struct rect body = chrome_draw(screen, &actions);
    page_text(&page, BLOCK_SOFT, _("Jajak pendapat"));
    page_text(&page, BLOCK_HEADING, words_in(&flow->poll->question, flow->language));
    for (size_t i = 0; i < flow->poll->count; i++) {
        struct block *pick = page_add(&page, BLOCK_PICK);
        pick->title = words_in(&flow->poll->choices[i].label, flow->language);
        pick->action = FLOW_VOTE;
        pick->arg = (int64_t)i;
    }
    page_text(
        &page, BLOCK_NOTE,
        _("Satu jawaban, tanpa nama. Hasilnya belum tentu sama dengan pendapat semua warga."));
    page_draw(screen, body, &page, flow->page);
}
