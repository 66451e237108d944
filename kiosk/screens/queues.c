/* Which counter? One touch more and the number is taken. */
#include "screens/parts.h"

void
screen_queues(struct screen *screen)
{
    struct page page = {.count = 0};
    const struct queue_series *queues;
    const struct flow *flow = screen->flow;
    size_t count = catalogue_queues(flow->catalogue, &queues);
    struct actions actions = {.back = chrome_back()};
    struct rect body = chrome_draw(screen, &actions);
    page_text(&page, BLOCK_HEADING, _("Untuk keperluan apa?"));
    page_text(&page, BLOCK_SOFT, _("Sentuh satu, nomor langsung dicetak."));
    for (size_t i = 0; i < count; i++) {
        if (!queues[i].priority) {
            page_tile(&page, queues[i].icon, words_in(&queues[i].title, flow->language),
                      words_in(&queues[i].summary, flow->language), FLOW_QUEUE, (int64_t)i);
        }
    }
    page_tile(&page, "phone", _("Sudah punya nomor dari rumah?"),
              _("Ketik kode booking atau pindai QR-nya"), FLOW_BOOKING, 0);
    struct block *priority = page_add(&page, BLOCK_PICK);
    priority->title = _("Saya perlu didahulukan");
    priority->text = _("Usia 60 tahun ke atas, penyandang disabilitas, hamil atau menyusui, "
                       "membawa anak kecil. Tanpa bukti.");
    priority->many = true;
    priority->columns = 1;
    priority->selected = flow->priority;
    priority->action = FLOW_PRIORITY;
    page_draw(screen, body, &page, flow->page);
}
