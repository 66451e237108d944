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
             ngettext("%d foto sudah masuk. Paling banyak %d.",
                      "%d foto sudah masuk. Paling banyak %d.", (unsigned long)photos->count),
             photos->count, photos->most);
    page_notice(page, BLOCK_GOOD, NULL, line);
}

static bool
on_paper(const struct flow *flow)
{
    return flow->ticket.print != PRINT_FAILED;
}

/* Why none can come now, and what opens the page later. */
static void
later(const struct screen *screen, struct page *page, const char *why, char *line, size_t size)
{
    struct text text = text_over(line, size);
    text_add(&text, why);
    text_add(&text, " ");
    text_add(&text, on_paper(screen->flow)
                        ? _("Simpan tanda terima: QR di sana membuka halaman yang sama.")
                        : _("Foto QR ini: nanti membuka halaman yang sama."));
    page_notice(page, BLOCK_NOTICE, _("Foto dapat menyusul"), line);
}

/* The request comes first: without it the portal has nothing to add the photos to. An answer that
 * did not come is the line's fault only where the desk says so; else the portal is silent. */
static void
truth(const struct screen *screen, struct page *page, char *line, size_t size)
{
    const struct flow_photos *photos = &screen->flow->photos;
    switch (photos->state) {
    case PHOTOS_NOT_THERE:
        later(screen, page, _("Permohonan Anda masih dalam perjalanan ke kantor."), line, size);
        break;
    case PHOTOS_CLOSED:
        how_many(photos, page, line, size);
        page_text(page, BLOCK_TEXT, _("Foto tidak bisa dikirim lagi. Tunjukkan di loket."));
        break;
    case PHOTOS_BROKEN:
        later(screen, page,
              screen->facts->online ? _("Belum ada jawaban dari kantor.")
                                    : _("Jaringan kantor sedang terputus."),
              line, size);
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
    char address[200], line[240];
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
    code->detail = on_paper(flow) ? _("QR ini ada juga di tanda terima.") : NULL;
    code->icon = address;
    code->number = 1; // large: it is read from the phone in a hand
    code->card = 1;
    truth(screen, &page, line, sizeof line);
    page_text(&page, BLOCK_SOFT, _("Tanpa ponsel: tunjukkan berkas di loket."));
    page_draw(screen, body, &page, flow->page);
}
