/* What could not be done, in plain words, with a way on. */
#include <stdio.h>

#include "screens/parts.h"

static void
fault(const struct screen *screen, struct page *page, char *line, size_t size)
{
    if (screen->facts->fault_code[0] != '\0') {
        snprintf(line, size, _("Kode untuk petugas: %s"), screen->facts->fault_code);
        page_text(page, BLOCK_NOTE, line);
    }
}

void
screen_out_of_service(struct screen *screen)
{
    struct page page = {.count = 0};
    char line[80], hours[HOURS_WORDS];
    struct rect body = chrome_draw(screen, NULL);
    words_hours(screen->facts->hours, screen->flow->language, hours, sizeof hours);
    page_heading(&page, "out-of-service", _("Anjungan sedang tidak bisa dipakai"));
    page_text(&page, BLOCK_TEXT, _("Silakan langsung ke loket. Petugas siap membantu Anda."));
    page_text(&page, BLOCK_TEXT, _("Layar ini kembali sendiri begitu siap."));
    page_text(&page, BLOCK_SOFT, hours);
    fault(screen, &page, line, sizeof line);
    page_draw(screen, body, &page, screen->flow->page);
}

void
screen_sorry(struct screen *screen)
{
    struct page page = {.count = 0};
    char line[80], until[120], hours[HOURS_WORDS];
    const struct flow *flow = screen->flow;
    bool closed = flow->ticket_result == TICKET_CLOSED;
    struct actions actions = {.back = chrome_back(),
                              .primary = chrome_next(_("Selesai"), FLOW_DONE)};
    struct rect body = chrome_draw(screen, &actions);
    words_hours(screen->facts->hours, screen->flow->language, hours, sizeof hours);
    if (closed) {
        page_heading(&page, "clock", _("Nomor antrean tidak dibagikan sekarang"));
        if (screen->facts->closed_until[0] != '\0') {
            snprintf(until, sizeof until, _("Loket buka lagi pukul %s."),
                     screen->facts->closed_until);
            words_times(flow->language, until);
            page_text(&page, BLOCK_TEXT, until);
        }
        page_text(&page, BLOCK_SOFT, hours);
        page_text(&page, BLOCK_TEXT, _("Formulir tetap bisa diisi di layar ini."));
    } else {
        page_heading(&page, "warning", _("Maaf, nomor belum bisa diambil"));
        page_text(&page, BLOCK_TEXT,
                  _("Coba lagi sebentar, atau langsung ke loket. Petugas siap membantu."));
        fault(screen, &page, line, sizeof line);
    }
    page_draw(screen, body, &page, flow->page);
}
