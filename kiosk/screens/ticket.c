/* The number, as large as the screen allows: while it is being printed, when it is on
 * paper, when paper failed, and when one was taken a moment ago. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "screens/parts.h"

static void
number_card(const struct screen *screen, struct page *page, char *line, size_t size)
{
    const struct flow *flow = screen->flow;
    struct block *number = page_add(page, BLOCK_NUMBER);
    struct text text = text_over(line, size);
    number->text = flow->ticket.number;
    number->card = 2;
    if (flow->queue != NULL) {
        text_add(&text, words_in(&flow->queue->title, flow->language));
        text_add(&text, " · ");
    }
    if (flow->booked) {
        char time[BOOKING_TIME];
        text_copy(time, sizeof time, flow->booking->answer.time);
        words_times(flow->language, time);
        text_addf(&text, _("Booking %s"), time);
        text_add(&text, " · ");
    }
    if (flow->ticket.ahead > 0) {
        text_addf(&text,
                  ngettext("%d orang di depan Anda", "%d orang di depan Anda",
                           (unsigned long)flow->ticket.ahead),
                  flow->ticket.ahead);
    } else {
        text_add(&text, _("Anda yang berikutnya"));
    }
    struct block *below = page_add(page, BLOCK_SOFT);
    below->text = line;
    below->card = 2;
}

void
screen_ticket(struct screen *screen)
{
    struct page page = {.count = 0};
    char line[240];
    const struct flow *flow = screen->flow;
    bool working = flow->ticket.print == PRINT_WORKING;
    bool sure = flow->ticket.print == PRINT_DONE;
    struct actions actions = {.back = chrome_keep(flow->keep),
                              .primary = chrome_next(_("Selesai"), FLOW_DONE)};
    struct rect body = chrome_draw(screen, &actions);
    page_text(&page, BLOCK_HEADING, _("Nomor antrean Anda"));
    number_card(screen, &page, line, sizeof line);
    page_step(&page, 1, working ? _("Sedang mencetak ...") : _("Ambil kertas di bawah layar"),
              working ? _("Mohon tunggu sebentar")
              : sure  ? NULL
                      : _("Kertas tidak keluar? Foto atau catat nomor ini."));
    page_step(&page, 2, _("Duduk dan tunggu dipanggil"), _("Lihat layar dan dengarkan panggilan"));
    page_draw(screen, body, &page, flow->page);
}

void
screen_ticket_failed(struct screen *screen)
{
    struct page page = {.count = 0};
    char line[240], why[200];
    const struct flow *flow = screen->flow;
    struct actions actions = {.back = {.id = ID_OTHER,
                                       .kind = BUTTON_SECONDARY,
                                       .label = _("Coba cetak lagi"),
                                       .action = FLOW_REPRINT},
                              .primary = chrome_next(_("Sudah saya catat"), FLOW_DONE)};
    struct rect body = chrome_draw(screen, &actions);
    words_printer(flow->ticket.print_cause, why, sizeof why);
    // Large letters on a slim panel: the number stays on the first page, below a short cause.
    bool brief = ui_slim(screen->ui) && screen->ui->enlarge > 0;
    if (!brief) {
        struct text text = {.data = why, .size = sizeof why, .len = strlen(why)};
        text_add(&text, " ");
        text_add(&text, _("Nomor Anda tetap berlaku."));
    }
    page_notice(&page, BLOCK_ALERT, NULL, why);
    page_text(&page, BLOCK_HEADING, _("Nomor antrean Anda"));
    number_card(screen, &page, line, sizeof line);
    if (brief) {
        page_text(&page, BLOCK_TEXT, _("Nomor Anda tetap berlaku."));
    }
    page_step(&page, 1, _("Ingat, catat, atau foto nomor ini"),
              _("Petugas melihat nomor ini di daftar tanpa kertas"));
    page_step(&page, 2, _("Duduk dan tunggu dipanggil"), _("Lihat layar dan dengarkan panggilan"));
    page_draw(screen, body, &page, flow->page);
}

void
screen_ticket_again(struct screen *screen)
{
    struct page page = {.count = 0};
    char heading[120];
    const struct flow *flow = screen->flow;
    struct actions actions = {.back = chrome_back(),
                              .other = {.id = ID_OTHER,
                                        .kind = BUTTON_SECONDARY,
                                        .label = _("Ambil lagi"),
                                        .action = FLOW_TICKET_AGAIN},
                              .primary = chrome_next(_("Tidak, selesai"), FLOW_DONE)};
    struct rect body = chrome_draw(screen, &actions);
    snprintf(heading, sizeof heading, _("Anda baru mengambil %s. Ambil lagi?"),
             flow->ticket.number);
    page_text(&page, BLOCK_HEADING, heading);
    page_text(&page, BLOCK_SOFT,
              _("Satu nomor cukup untuk satu orang. Ambil lagi hanya bila Anda orang yang berbeda "
                "atau perlu loket lain."));
    page_draw(screen, body, &page, flow->page);
}
