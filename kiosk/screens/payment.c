/* The code to pay with, what came of it, and the look-up of an earlier payment. "Lunas" stands
 * only where the portal said so. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "screens/bill.h"
#include "screens/parts.h"

/* --- the code --------------------------------------------------------------------------------- */

static void
code(const struct flow *flow, struct page *page, char *detail, size_t size)
{
    char merchant[QRIS_NAME];
    const struct bill_answer *pay = &flow->bill->pay;
    struct block *block = page_add(page, BLOCK_CODE);
    qris_merchant(pay->qris, merchant);
    snprintf(detail, size, _("Kepada %s. Nama dan jumlah di ponsel harus sama."), merchant);
    block->title = _("Kode bayar");
    block->text = _("Pindai untuk membayar");
    block->detail = detail;
    block->icon = pay->qris;
    block->number = 1; // large: it is read from the phone in a hand
    block->card = 1;
}

void
screen_pay(struct screen *screen)
{
    struct page page = {.count = 0};
    char heading[80], amount[40], detail[160], left[60];
    const struct flow *flow = screen->flow;
    const struct flow_bill *bill = flow->bill;
    struct actions actions = {.back = chrome_cancel()};
    struct rect body = chrome_draw(screen, &actions);
    int seconds = flow_countdown(flow);
    if (seconds > 0) {
        snprintf(heading, sizeof heading, _("Bayar %s"),
                 bill_money(bill->pay.amount, amount, sizeof amount));
        page_text(&page, BLOCK_HEADING, heading);
        code(flow, &page, detail, sizeof detail);
        snprintf(left, sizeof left, "%d:%02d", seconds / 60, seconds % 60);
        page_row(&page, 2, _("Sisa waktu"), left);
        page_row(&page, 2, _("Nomor pembayaran"), bill->pay.reference);
    } else {
        page_heading(&page, "clock", _("Waktu kode habis. Jangan bayar lagi."));
        page_text(&page, BLOCK_TEXT, _("Memeriksa apakah pembayaran sudah masuk ..."));
    }
    if (bill->broke) {
        page_notice(&page, BLOCK_NOTICE, _("Jaringan terputus."),
                    _("Bila sudah membayar, tunggu di sini. Bila belum, jangan bayar dulu."));
    } else if (seconds > 0) {
        page_text(&page, BLOCK_SOFT, _("Setelah membayar, tunggu sampai layar ini menulis LUNAS."));
    }
    page_draw(screen, body, &page, flow->page);
}

/* --- paid -------------------------------------------------------------------------------- */

static void
paper(const struct flow *flow, struct page *page, char *line, size_t size)
{
    if (flow->ticket.print == PRINT_WORKING) {
        page_text(page, BLOCK_SOFT, _("Bukti pembayaran sedang dicetak ..."));
    } else if (flow->ticket.print == PRINT_FAILED) {
        words_printer(flow->ticket.print_cause, line, size);
        struct text text = {.data = line, .size = size, .len = strlen(line)};
        text_add(&text, " ");
        text_add(&text, _("Foto layar ini. Pembayaran Anda tetap sah."));
        page_notice(page, BLOCK_ALERT, _("Bukti tidak tercetak."), line);
    } else {
        page_text(page, BLOCK_SOFT, _("Ambil bukti pembayaran di bawah layar."));
    }
}

void
screen_paid(struct screen *screen)
{
    struct page page = {.count = 0};
    char amount[40], line[240], year[12];
    const struct flow *flow = screen->flow;
    const struct bill_answer *pay = &flow->bill->pay;
    struct actions actions = {.back = chrome_keep(flow->keep),
                              .primary = chrome_next(_("Selesai"), FLOW_DONE)};
    struct rect body = chrome_draw(screen, &actions);
    page_heading(&page, "check", _("LUNAS"));
    page_text(&page, BLOCK_NUMBER, bill_money(pay->amount, amount, sizeof amount));
    page_last(&page)->card = 1;
    paper(flow, &page, line, sizeof line);
    snprintf(year, sizeof year, "%d", pay->year);
    page_row(&page, 2, _("Nomor pembayaran"), pay->reference);
    page_row(&page, 2, _("NOP"), pay->nop);
    page_row(&page, 2, _("Tahun pajak"), year);
    page_row(&page, 2, _("Dibayar"), pay->moment);
    if (flow->ticket.print != PRINT_WORKING && flow->bill->slips < PAY_SLIPS_MOST) {
        struct block *again = page_add(&page, BLOCK_BUTTON);
        again->buttons[0] = (struct button){.id = again->id + 3,
                                            .kind = BUTTON_SECONDARY,
                                            .label = _("Cetak lagi"),
                                            .action = FLOW_REPRINT};
    }
    page_draw(screen, body, &page, flow->page);
}

/* --- not paid, or nobody knows
 * --------------------------------------------------------------------- */

/* The money may have left the phone: that comes first. */
static bool
may_be_paid(enum bill_state state)
{
    return state == BILL_UNSURE || state == BILL_OFFLINE || state == BILL_FAILED;
}

static void
trouble(const struct flow *flow, struct page *page, char *wait, size_t size)
{
    const struct bill_answer *pay = &flow->bill->pay;
    bool asked = pay->reference[0] != '\0'; // a code was shown, or a payment looked for
    if (may_be_paid(pay->state) && asked) {
        page_heading(page, "wait", _("Belum diketahui"));
        page_notice(page, BLOCK_NOTICE, _("Bila sudah membayar, uang mungkin sudah masuk."),
                    _("Jangan bayar lagi. Catat nomor pembayaran, lalu Cek pembayaran di anjungan "
                      "ini."));
        return;
    }
    switch (pay->state) {
    case BILL_REFUSED:
        page_heading(page, "cross", _("Kode bayar tidak bisa dipakai"));
        page_notice(page, BLOCK_ALERT, _("Jangan bayar."),
                    _("Kode yang datang tidak cocok dengan tagihan Anda, jadi tidak ditampilkan. "
                      "Beri tahu petugas."));
        break;
    case BILL_EXPIRED:
        page_heading(page, "clock", _("Waktu bayar habis"));
        page_text(page, BLOCK_TEXT,
                  _("Tidak ada pembayaran yang masuk. Jangan pakai kode yang tadi; minta kode "
                    "baru."));
        break;
    case BILL_WAITING:
        page_heading(page, "clock", _("Belum dibayar"));
        page_text(page, BLOCK_TEXT, _("Pembayaran dengan nomor ini belum masuk. Coba cek lagi."));
        break;
    case BILL_NOT_FOUND:
        page_heading(page, "search", _("Pembayaran tidak ditemukan"));
        page_text(page, BLOCK_TEXT,
                  _("Nomor pembayaran ini tidak dikenal. Periksa lagi, atau tanyakan di loket."));
        break;
    case BILL_LIMITED:
        page_heading(page, "warning", _("Terlalu banyak percobaan"));
        page_text(page, BLOCK_TEXT, words_again(pay->minutes, wait, size));
        break;
    default:
        page_heading(page, "warning", _("Kode bayar belum bisa dibuat"));
        page_text(page, BLOCK_TEXT, _("Coba lagi nanti, atau bayar lewat cara di bawah ini."));
        break;
    }
}

void
screen_pay_trouble(struct screen *screen)
{
    struct page page = {.count = 0};
    char wait[160];
    const struct flow *flow = screen->flow;
    const struct bill_answer *pay = &flow->bill->pay;
    bool known = pay->reference[0] != '\0' && pay->state != BILL_EXPIRED;
    struct actions actions = {.back = chrome_back(),
                              .primary = chrome_next(_("Selesai"), FLOW_DONE)};
    if (known) {
        actions.other = (struct button){.id = ID_OTHER,
                                        .kind = BUTTON_SECONDARY,
                                        .label = _("Cek pembayaran"),
                                        .action = FLOW_PAY_CHECK};
    }
    struct rect body = chrome_draw(screen, &actions);
    trouble(flow, &page, wait, sizeof wait);
    if (known) {
        page_row(&page, 2, _("Nomor pembayaran"), pay->reference);
    } else if (pay->state != BILL_EXPIRED && pay->state != BILL_LIMITED) {
        bill_channels(screen, &page);
    }
    page_draw(screen, body, &page, flow->page);
}

/* --- "Cek pembayaran" -------------------------------------------------- */

void
screen_pay_check(struct screen *screen)
{
    typed_code_draw(screen, _("Ketik nomor pembayaran"), _("Nomor pembayaran"),
                    _("Delapan huruf dan angka yang tadi tampil di layar."),
                    _("Nomor ini tidak cocok. Periksa lagi huruf dan angkanya."));
}
