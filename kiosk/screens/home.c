/* The live home: nothing to wake up, the queue number first; on digital days the
 * services lead, and the number stays. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "screens/parts.h"

static void
closed_words(const struct screen *screen, char *out, size_t size)
{
    const struct screen_facts *facts = screen->facts;
    if (facts->closed_until[0] != '\0') {
        snprintf(out, size, _("Loket tutup. Buka lagi pukul %s."), facts->closed_until);
        words_times(screen->flow->language, out);
    } else {
        text_copy(out, size, _("Loket tutup. Formulir tetap bisa diisi."));
    }
}

static void
notices(const struct screen *screen, struct page *page, char *line, size_t size)
{
    const struct screen_facts *facts = screen->facts;
    if (facts->digital_day) {
        snprintf(line, size,
                 _("Urus di layar ini atau dari ponsel lewat %s. Petugas siap membantu; "
                   "nomor antrean tetap ada."),
                 facts->portal_name);
        page_notice(page, BLOCK_NOTICE, _("Hari ini hari layanan digital."), line);
    }
    if (facts->printer == PRINTER_PAPER_OUT || facts->printer == PRINTER_OFFLINE ||
        facts->printer == PRINTER_COVER_OPEN || facts->printer == PRINTER_CUTTER) {
        page_notice(page, BLOCK_NOTICE, NULL,
                    _("Printer sedang tidak bisa mencetak. Nomor dan kode tampil di layar."));
    }
    if (facts->notice[0] != '\0') {
        page_notice(page, BLOCK_NOTICE, NULL, facts->notice);
    }
}

static void
number_tile(const struct screen *screen, struct page *page, char *line, size_t size)
{
    if (screen->facts->waiting < 0) { // the desk has not said yet; "closed" would be a lie
        text_copy(line, size, _("Sebentar, anjungan sedang bersiap"));
    } else if (screen->flow->tickets_open) {
        words_ahead(screen->facts->waiting, screen->facts->wait_minutes, line, size);
    } else {
        closed_words(screen, line, size);
    }
    struct block *tile = page_tile(page, "ticket", _("Ambil nomor antrean"), line, FLOW_QUEUES, 0);
    if (!screen->facts->digital_day) {
        tile->primary = true;
        tile->columns = 1;
    }
}

/* On one line where it fits: a slim panel then has room for all the tiles. */
static void
greeting(const struct screen *screen, int width, char *out, size_t size)
{
    text_copy(out, size, _("Selamat datang.\nApa keperluan Anda?"));
    char *turn = strchr(out, '\n');
    if (turn != NULL && ui_wide(screen->ui)) {
        *turn = ' ';
        if (label_width(screen->ui, &label_heading, out) > width) {
            *turn = '\n';
        }
    }
}

/* A slim panel shows all that there is on one page rather than a line about each: who does not
 * see a thing does not look for it behind "Berikutnya". How many wait is always told. */
static void
names_alone(struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        struct block *tile = &page->few[i];
        if (tile->kind == BLOCK_TILE && !tile->primary && tile->action != FLOW_QUEUES) {
            tile->text = NULL;
        }
    }
}

void
screen_home(struct screen *screen)
{
    struct page page = {.count = 0};
    char hello[120], digital[240], number[120];
    const struct group *groups;
    enum language language = screen->flow->language;
    size_t count = catalogue_groups(screen->flow->catalogue, &groups);
    struct rect body = chrome_draw(screen, NULL);
    greeting(screen, body.w, hello, sizeof hello);
    page_text(&page, BLOCK_HEADING, hello);
    notices(screen, &page, digital, sizeof digital);
    if (screen->facts->digital_day) {
        struct block *here = page_tile(&page, "document", _("Urus di sini sekarang"),
                                       _("Isi di layar, tanpa antre"), FLOW_GROUP, -1);
        here->primary = true;
        here->columns = 1;
    }
    number_tile(screen, &page, number, sizeof number);
    for (size_t i = 0; i < count; i++) {
        page_tile(&page, groups[i].icon, words_in(&groups[i].title, language),
                  words_in(&groups[i].summary, language), FLOW_GROUP, (int64_t)i);
    }
    const struct poll *poll = catalogue_poll_on(screen->flow->catalogue, screen->facts->today);
    if (poll != NULL && !screen->flow->voted) {
        page_tile(&page, "people", _("Jajak pendapat"), _("Satu pertanyaan dari kelurahan"),
                  FLOW_POLL, 0);
    }
    page_tile(&page, "search", _("Cek berkas saya"), _("Dengan kode lacak"), FLOW_STATUS, 0);
    page_tile(&page, "card", _("Pajak Bumi dan Bangunan (PBB)"), _("Lihat tagihan, bayar QRIS"),
              FLOW_BILL, 0);
    page_tile(&page, "info", _("Informasi"), _("Syarat, jam, 112, program kota"), FLOW_INFO, 0);
    page_tile(&page, "check", _("Cek keaslian dokumen"), _("Pindai kode QR di surat"), FLOW_VERIFY,
              0);
    if (ui_slim(screen->ui)) {
        names_alone(&page);
    }
    page_draw(screen, body, &page, screen->flow->page);
}
