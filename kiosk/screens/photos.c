/* Photos from a phone: the QR that opens the portal's page, and how many have come. */
#include <stdio.h>

#include "base/text.h"
#include "screens/parts.h"

static void
how_many(const struct flow_photos *photos, struct page *page, char *line, size_t size)
{
    if (photos->count == 0) {
        page_text(page, BLOCK_SOFT, _("Belum ada foto yang masuk."));
        return;
    }
    snprintf(line, size,
             ngettext("%d foto diterima, dari paling banyak %d.",
                      "%d foto diterima, dari paling banyak %d.", (unsigned long)photos->count),
             photos->count, photos->most);
    page_notice(page, BLOCK_GOOD, NULL, line);
}

/* The request comes first: without it the portal has nothing to add the photos to. */
static void
truth(const struct screen *screen, struct page *page, char *line, size_t size)
{
    const struct flow_photos *photos = &screen->flow->photos;
    switch (photos->state) {
    case PHOTOS_NOT_THERE:
        page_notice(page, BLOCK_NOTICE, _("Foto dapat menyusul"),
                    _("Permohonan Anda masih dalam perjalanan ke kantor. Simpan tanda terima: QR "
                      "di sana membuka halaman yang sama."));
        break;
    case PHOTOS_CLOSED:
        how_many(photos, page, line, size);
        page_text(page, BLOCK_TEXT, _("Foto tidak bisa dikirim lagi. Tunjukkan di loket."));
        break;
    case PHOTOS_BROKEN:
        page_notice(page, BLOCK_NOTICE, _("Foto dapat menyusul"),
                    _("Jaringan kantor sedang terputus. Simpan tanda terima: QR di sana membuka "
                      "halaman yang sama."));
        break;
    default:
        how_many(photos, page, line, size);
        break;
    }
}

void
screen_photos(struct screen *screen)
{
    struct page page = {.count = 0};
    char address[200], line[120];
    const struct flow *flow = screen->flow;
    struct actions actions = {.back = chrome_back(),
                              .primary = chrome_next(_("Selesai"), FLOW_DONE)};
    struct rect body = chrome_draw(screen, &actions);
    page_text(&page, BLOCK_HEADING, _("Kirim foto dari ponsel"));
    page_text(&page, BLOCK_TEXT, words_in(&flow->service->photos.label, flow->language));
    snprintf(address, sizeof address, "%s/unggah/%s", screen->facts->portal_url, flow->pass);
    struct block *code = page_add(&page, BLOCK_CODE);
    code->title = _("Kode untuk ponsel");
    code->text = _("Pindai dengan ponsel");
    code->detail = _("QR ini ada juga di tanda terima.");
    code->icon = address;
    code->number = 1; // large: it is read from the phone in a hand
    code->card = 1;
    truth(screen, &page, line, sizeof line);
    page_text(&page, BLOCK_SOFT, _("Tanpa ponsel: tunjukkan berkas di loket."));
    page_draw(screen, body, &page, flow->page);
}
