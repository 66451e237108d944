/* A wait that is longer than a blink says what is being done, and has a way back. */
#include "screens/parts.h"

void
screen_working(struct screen *screen)
{
    struct page page = {.count = 0};
    const struct flow *flow = screen->flow;
    struct actions actions = {.back = chrome_back()};
    struct rect body = chrome_draw(screen, &actions);
    const char *what = flow->waiting.kind == EFFECT_SUBMIT   ? _("Permohonan Anda sedang disimpan.")
                       : flow->waiting.kind == EFFECT_TICKET ? _("Nomor Anda sedang diambil.")
                       : flow->waiting.arg == ASK_BOOKING ? _("Kode booking Anda sedang diperiksa.")
                                                          : _("Menanyakan keadaan berkas Anda.");
    page_heading(&page, "wait", _("Mohon tunggu sebentar"));
    page_text(&page, BLOCK_SOFT, what);
    if (flow->unasked || !flow->desk_up) {
        page_notice(&page, BLOCK_NOTICE, NULL,
                    _("Anjungan sedang menyiapkan diri. Isian Anda masih ada."));
    }
    page_draw(screen, body, &page, 0);
}
