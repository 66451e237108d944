/* Is this paper a true one: what its code says, and in words that no one takes for more. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "screens/parts.h"

void
screen_verify(struct screen *screen)
{
    struct page page = {.count = 0};
    struct actions actions = {.back = chrome_back()};
    struct rect body = chrome_draw(screen, &actions);
    page_text(&page, BLOCK_HEADING, _("Cek keaslian dokumen"));
    page_step(&page, 1, _("Siapkan kertasnya"),
              _("Surat, tanda terima, atau nomor antrean yang ada kode QR-nya."));
    page_step(&page, 2, _("Arahkan kode QR ke pemindai"), _("Tahan sampai terdengar bunyi."));
    page_step(&page, 3, _("Baca hasilnya di layar ini"), NULL);
    page_draw(screen, body, &page, screen->flow->page);
}

/* "Kelurahan Sungai Keledang" from the kiosk's name, "6472021001-1". */
static const char *
office_of(const struct flow *flow, char *out, size_t size)
{
    char code[11];
    snprintf(code, sizeof code, "%.10s", flow->verified->kiosk);
    const struct kelurahan *office = catalogue_kelurahan_of(flow->catalogue, code);
    snprintf(out, size, _("Anjungan Kelurahan %s"), office != NULL ? office->name : code);
    return out;
}

static void
true_slip(const struct flow *flow, struct page *page, char *from, char *day, size_t size)
{
    const struct flow_verified *found = flow->verified;
    page_notice(page, BLOCK_GOOD, _("Asli."),
                found->ticket ? _("Nomor antrean ini dari anjungan kota.")
                              : _("Tanda terima ini dari anjungan kota."));
    words_date(found->day, day, size);
    page_row(page, 1, found->ticket ? _("Nomor antrean") : _("Kode lacak"), found->code);
    page_row(page, 1, _("Dibuat di"), office_of(flow, from, size));
    page_row(page, 1, _("Tanggal"), day);
    page_text(page, BLOCK_SOFT,
              found->ticket ? _("Cocokkan nomor dan tanggalnya dengan kertas. Nomor antrean hanya "
                                "berlaku pada hari itu.")
                            : _("Ini bukti penerimaan, bukan surat keterangan. Cocokkan kode dan "
                                "tanggalnya dengan yang tertulis di kertas."));
}

/* A host has no blanks to break at: lines end behind a dot, or where they are full. */
static const char *
host_lines(const char *host, char *out, size_t size)
{
    enum { LINE = 26 };
    struct text text = text_over(out, size);
    size_t line = 0;
    for (; *host != '\0'; host++, line++) {
        size_t part = 1 + strcspn(host + 1, ".");
        if (line == LINE || (line > 0 && host[-1] == '.' && line + part > LINE)) {
            text_add(&text, "\n");
            line = 0;
        }
        text_add_bytes(&text, host, 1);
    }
    return out;
}

static void
link_out(const struct flow *flow, struct page *page, char *lines, size_t size)
{
    const struct flow_verified *found = flow->verified;
    page_notice(page, BLOCK_NOTICE, _("Kode ini membuka situs pemerintah."),
                _("Anjungan tidak bisa melihat isi suratnya. Buka di ponsel Anda, lalu cocokkan "
                  "isinya dengan kertas."));
    page_text(page, BLOCK_TITLE, _("Alamatnya"));
    page_text(page, BLOCK_TEXT, host_lines(found->host, lines, size));
    struct block *code = page_add(page, BLOCK_CODE);
    code->title = _("Bawa pulang");
    code->text = _("Buka di ponsel");
    code->detail = _("Pindai dengan ponsel untuk membukanya.");
    code->icon = found->link;
    code->card = 1;
}

static void
verdict(const struct flow *flow, struct page *page, char *from, char *day, size_t size)
{
    switch (flow->verified->verdict) {
    case VERDICT_TRUE:
        true_slip(flow, page, from, day, size);
        break;
    case VERDICT_FALSE:
        page_notice(page, BLOCK_ALERT, _("Tidak asli."),
                    _("Kode ini mengaku dari anjungan kota, tetapi tanda tangannya salah. Jangan "
                      "percaya kertas ini; tunjukkan kepada petugas."));
        break;
    case VERDICT_UNKNOWN:
        page_notice(
            page, BLOCK_NOTICE, _("Belum bisa diperiksa di sini."),
            _("Kode ini dari anjungan yang belum dikenal anjungan ini. Tanyakan di loket."));
        break;
    case VERDICT_HOST:
        link_out(flow, page, from, size);
        break;
    case VERDICT_FOREIGN:
        page_notice(page, BLOCK_ALERT, _("Bukan alamat resmi."),
                    _("Kode ini membuka situs yang tidak ada di daftar kami. Jangan isi data apa "
                      "pun di sana; tanyakan kepada petugas."));
        page_text(page, BLOCK_TEXT, host_lines(flow->verified->host, from, size));
        break;
    case VERDICT_NONE:
        page_notice(page, BLOCK_NOTICE, _("Bukan kode dokumen."),
                    _("Pindai kode QR yang ada di surat atau tanda terima."));
        break;
    }
}

void
screen_verified(struct screen *screen)
{
    struct page page = {.count = 0};
    char from[120], day[120];
    const struct flow *flow = screen->flow;
    struct actions actions = {.back = chrome_back(),
                              .other = {.id = ID_OTHER,
                                        .kind = BUTTON_SECONDARY,
                                        .label = _("Pindai yang lain"),
                                        .action = FLOW_VERIFY},
                              .primary = chrome_next(_("Selesai"), FLOW_DONE)};
    struct rect body = chrome_draw(screen, &actions);
    page_text(&page, BLOCK_HEADING, _("Hasil pemeriksaan"));
    verdict(flow, &page, from, day, sizeof from);
    page_draw(screen, body, &page, flow->page);
}
