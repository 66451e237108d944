/* Hours, cost, help, and where to complain. */
#include <stdio.h>

#include "screens/parts.h"

void
screen_info(struct screen *screen)
{
    struct page page = {.count = 0};
    char portal[200], hours[160];
    const struct screen_facts *facts = screen->facts;
    struct actions actions = {.back = chrome_back(),
                              .primary = chrome_next(_("Ambil nomor antrean"), FLOW_QUEUES)};
    struct rect body = chrome_draw(screen, &actions);
    page_text(&page, BLOCK_HEADING, _("Informasi"));
    if (facts->hours[0] != '\0') {
        page_text(&page, BLOCK_TITLE, _("Jam buka loket"));
        words_hours(facts->hours, screen->flow->language, hours, sizeof hours);
        page_text(&page, BLOCK_TEXT, hours);
    }
    page_text(&page, BLOCK_TITLE, _("Biaya"));
    page_text(&page, BLOCK_TEXT,
              _("Semua layanan gratis, tidak dipungut biaya. Bila diminta membayar, "
                "laporkan ke SP4N-LAPOR! atau 112."));
    page_text(&page, BLOCK_TITLE, _("Bantuan"));
    page_text(&page, BLOCK_TEXT,
              _("112 gratis, 24 jam: keadaan darurat dan bantuan layanan digital."));
    page_text(&page, BLOCK_TITLE, _("Maklumat pelayanan"));
    page_text(
        &page, BLOCK_TEXT,
        _("Kami sanggup melayani sesuai standar. Bila tidak, kami siap menerima pengaduan Anda."));
    struct block *code = page_add(&page, BLOCK_CODE);
    snprintf(portal, sizeof portal, _("Pindai untuk membuka %s di ponsel"), facts->portal_name);
    code->title = _("Dari rumah");
    code->text = facts->portal_name;
    code->detail = portal;
    code->icon = facts->portal_url;
    code->card = 1;
    page_draw(screen, body, &page, screen->flow->page);
}
