/* Saved: numbered next steps first, then the code, and the truth about the line. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "screens/parts.h"

static void
paper(const struct flow *flow, struct page *page, char *line, size_t size)
{
    switch (flow->ticket.print) {
    case PRINT_WORKING:
        page_text(page, BLOCK_SOFT, _("Tanda terima sedang dicetak ..."));
        break;
    case PRINT_FAILED: {
        words_printer(flow->ticket.print_cause, line, size);
        struct text text = {.data = line, .size = size, .len = strlen(line)};
        text_add(&text, " ");
        text_add(&text, _("Foto atau catat kode ini."));
        page_notice(page, BLOCK_ALERT, _("Tanda terima tidak tercetak."), line);
        break;
    }
    default:
        page_text(page, BLOCK_SOFT, _("Ambil tanda terima di bawah layar."));
        break;
    }
}

static void
line_truth(const struct screen *screen, struct page *page)
{
    if (screen->flow->delivered) {
        page_notice(page, BLOCK_GOOD, NULL, _("Permohonan sudah diterima kantor."));
    } else if (!screen->facts->online) {
        page_notice(page, BLOCK_NOTICE, NULL,
                    _("Jaringan kantor sedang terputus. Permohonan tersimpan di anjungan ini dan "
                      "dikirim begitu jaringan kembali. Anda tidak perlu mengulang."));
    }
}

/* Without paper the code alone: it is to be noted, and all there is to note goes on one page. */
static void
code_card(const struct screen *screen, struct page *page, char *home, size_t size)
{
    struct block *code = page_add(page, BLOCK_CODE);
    code->title = _("Kode lacak");
    code->text = screen->flow->code;
    code->card = 3;
    if (screen->flow->ticket.print != PRINT_FAILED) {
        snprintf(home, size, _("Lain kali bisa dari rumah: pindai untuk membuka %s"),
                 screen->facts->portal_name);
        code->detail = home;
        code->icon = screen->facts->portal_url;
    }
}

/* After a mending the office looks again; the service's own steps come after that. Where the
 * counter comes next and no number was given, as the counters are closed, the first step of the
 * service, the wait for it, is another. As on the slip (desk/slips_receipt.c). */
static void
next_steps(const struct flow *flow, struct page *page)
{
    if (flow->mends) {
        page_step(page, 1, _("Anda boleh pulang"), _("Petugas memeriksa perbaikan Anda."));
        page_step(page, 2, _("Cek lagi dengan kode yang sama"),
                  _("Di anjungan ini atau dari ponsel."));
        return;
    }
    bool later = flow->service->after_submit == AFTER_COUNTER_NOW && !flow->ticket.have;
    if (later) {
        page_step(page, 1, _("Datang saat loket buka"),
                  _("Ambil nomor antrean, dan bawa tanda terima Anda."));
    }
    for (size_t i = later ? 1 : 0; i < flow->service->step_count; i++) {
        page_step(page, (int)i + 1, words_in(&flow->service->steps[i].title, flow->language),
                  words_in(&flow->service->steps[i].detail, flow->language));
    }
}

static void
button(struct page *page, const char *label, enum flow_event_kind action)
{
    struct block *block = page_add(page, BLOCK_BUTTON);
    block->buttons[0] = (struct button){
        .id = block->id + 3, .kind = BUTTON_SECONDARY, .label = label, .action = action};
}

void
screen_done(struct screen *screen)
{
    struct page page = {.count = 0};
    char why[240], home[160];
    const struct flow *flow = screen->flow;
    bool failed = flow->ticket.print == PRINT_FAILED;
    bool crowded = screen->ui->enlarge == 2; // three such buttons do not stand side by side
    struct actions actions = {.back = chrome_keep(flow->keep),
                              .primary = chrome_next(_("Selesai"), FLOW_DONE)};
    if (!crowded) {
        actions.other = (struct button){.id = ID_OTHER,
                                        .kind = BUTTON_SECONDARY,
                                        .label = _("Urus keperluan lain"),
                                        .action = FLOW_ANOTHER};
    }
    if (failed) {
        actions.back.label = _("Coba cetak lagi");
        actions.back.action = FLOW_REPRINT;
    }
    struct rect body = chrome_draw(screen, &actions);
    page_heading(&page, "check",
                 flow->mends ? _("Perbaikan Anda tersimpan") : _("Permohonan Anda tersimpan"));
    paper(flow, &page, why, sizeof why);
    if (!failed) {
        line_truth(screen, &page);
    }
    if (flow->ticket.have) {
        page_text(&page, BLOCK_SOFT, _("Nomor antrean Anda"));
        page_last(&page)->card = 2;
        struct block *number = page_add(&page, BLOCK_NUMBER);
        number->text = flow->ticket.number;
        number->card = 2;
        number->px = ui_mm(screen->ui, failed ? 26 : 34); // the code is to be on this page too
    }
    if (failed) { // number and code are what there is to note
        code_card(screen, &page, home, sizeof home);
        line_truth(screen, &page);
    }
    if (flow->office != NULL && strcmp(flow->office->code, flow->home_office) != 0) {
        page_row(&page, 4, _("Diproses kelurahan"), flow->office->name);
    }
    page_text(&page, BLOCK_TITLE, _("Langkah berikutnya"));
    page_last(&page)->card = 1;
    next_steps(flow, &page);
    if (!failed) {
        code_card(screen, &page, home, sizeof home);
    }
    if (flow->pass[0] != '\0') {
        button(&page, _("Kirim foto dari ponsel"), FLOW_PHOTOS);
    }
    if (crowded) {
        button(&page, _("Urus keperluan lain"), FLOW_ANOTHER);
    }
    page_draw(screen, body, &page, flow->page);
}
