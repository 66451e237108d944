/* A place in the queue that was taken at home: its code, and what stands in its way. What is due
 * has no screen here: it becomes a queue number like any other (ticket.c). */
#include <stdio.h>

#include "base/text.h"
#include "screens/parts.h"

void
screen_booking_code(struct screen *screen)
{
    typed_code_draw(screen, _("Ketik kode booking"), _("Kode booking"),
                    _("Delapan huruf dan angka di ponsel Anda, atau pindai QR-nya."),
                    _("Kode ini tidak cocok. Cocokkan lagi dengan ponsel Anda."));
}

/* --- not due ------------------------------------------------------------------------------- */

struct said {
    char when[160], line[400];
};

/* "23 November 2026, pukul 10.00" */
static const char *
when(const struct booking_answer *booking, enum language language, struct said *said)
{
    char date[60], time[BOOKING_TIME];
    words_date(booking->day, date, sizeof date);
    text_copy(time, sizeof time, booking->time);
    words_times(language, time);
    snprintf(said->when, sizeof said->when, _("%s, pukul %s"), date, time);
    return said->when;
}

static void
early(const struct screen *screen, struct page *page, struct said *said)
{
    const struct booking_answer *booking = &screen->flow->booking->answer;
    char time[BOOKING_TIME], from[BOOKING_TIME];
    text_copy(time, sizeof time, booking->time);
    text_copy(from, sizeof from, booking->from);
    words_times(screen->flow->language, time);
    words_times(screen->flow->language, from);
    snprintf(said->line, sizeof said->line,
             _("Booking Anda pukul %s. Kode ini berlaku mulai pukul %s."), time, from);
    page_heading(page, "clock", _("Anda datang lebih awal"));
    page_text(page, BLOCK_TEXT, said->line);
    page_text(page, BLOCK_SOFT, _("Tidak ingin menunggu? Ambil nomor antrean biasa."));
}

static void
done(const struct screen *screen, struct page *page)
{
    const struct booking_answer *booking = &screen->flow->booking->answer;
    page_heading(page, "check", _("Booking ini sudah dipakai"));
    if (booking->number[0] != '\0') {
        page_text(page, BLOCK_NUMBER, booking->number);
        page_last(page)->card = 1;
        page_text(page, BLOCK_SOFT, _("Nomor antrean dari booking ini"));
        page_last(page)->card = 1;
    }
    page_text(page, BLOCK_TEXT, _("Kertasnya hilang? Beri tahu petugas di loket."));
}

/* Where and when it is for. */
static void
elsewhere(const struct screen *screen, struct page *page, struct said *said)
{
    const struct booking_answer *booking = &screen->flow->booking->answer;
    bool day = booking->state == BOOKING_OTHER_DAY;
    page_heading(page, day ? "calendar" : "place",
                 day ? _("Booking ini untuk hari lain") : _("Booking ini untuk kantor lain"));
    page_row(page, 1, _("Kantor"), booking->office);
    page_row(page, 1, _("Waktu"), when(booking, screen->flow->language, said));
    page_text(page, BLOCK_TEXT,
              day ? _("Datang lagi pada hari itu, atau ambil nomor antrean biasa sekarang.")
                  : _("Pakai kode ini di kantor itu. Di sini Anda bisa mengambil nomor biasa."));
}

static void
unknown(const struct screen *screen, struct page *page, struct said *said)
{
    const struct booking_answer *booking = &screen->flow->booking->answer;
    switch (booking->state) {
    case BOOKING_NOT_FOUND:
        page_heading(page, "search", _("Kode booking tidak ditemukan"));
        page_text(page, BLOCK_TEXT,
                  _("Kodenya tidak dikenal, atau booking-nya sudah dibatalkan. Cocokkan lagi "
                    "dengan ponsel Anda, atau ambil nomor antrean biasa."));
        break;
    case BOOKING_LIMITED:
        page_heading(page, "warning", _("Terlalu banyak percobaan"));
        page_text(page, BLOCK_TEXT, words_again(booking->minutes, said->line, sizeof said->line));
        break;
    case BOOKING_OFFLINE:
        page_heading(page, "offline", _("Kode booking belum bisa diperiksa"));
        page_text(page, BLOCK_TEXT,
                  _("Jaringan kantor sedang terputus. Ambil nomor antrean biasa, lalu tunjukkan "
                    "kode booking kepada petugas."));
        break;
    default:
        page_heading(page, "warning", _("Kode booking belum bisa diperiksa"));
        page_text(page, BLOCK_TEXT,
                  _("Coba lagi. Bila tetap tidak bisa, ambil nomor antrean biasa, lalu tunjukkan "
                    "kode booking kepada petugas."));
        break;
    }
}

static void
late(const struct screen *screen, struct page *page, struct said *said)
{
    char time[BOOKING_TIME];
    text_copy(time, sizeof time, screen->flow->booking->answer.time);
    words_times(screen->flow->language, time);
    snprintf(said->line, sizeof said->line,
             _("Booking Anda pukul %s. Ambil nomor antrean biasa, Anda tetap dilayani."), time);
    page_heading(page, "clock", _("Waktu booking sudah lewat"));
    page_text(page, BLOCK_TEXT, said->line);
}

static struct actions
ways_on(const struct flow *flow)
{
    enum booking_state state = flow->booking->answer.state;
    struct button number = chrome_next(_("Ambil nomor antrean"), FLOW_QUEUES);
    struct button end = chrome_next(_("Selesai"), FLOW_DONE);
    struct actions actions = {.back = chrome_back(), .other = end, .primary = number};
    if (state == BOOKING_LATE) {
        actions.primary.action = FLOW_PLAIN; // of the counter that was booked
    } else if (state == BOOKING_EARLY || state == BOOKING_DONE) {
        actions.other = number;
        actions.primary = end;
    } else if (state == BOOKING_FAILED ||
               (state == BOOKING_OFFLINE && flow->booking->code[0] != '\0')) {
        actions.other = chrome_next(_("Coba lagi"), FLOW_BOOKING);
    }
    actions.other.id = ID_OTHER;
    actions.other.kind = BUTTON_SECONDARY;
    return actions;
}

void
screen_booking(struct screen *screen)
{
    struct page page = {.count = 0};
    struct said said;
    struct actions actions = ways_on(screen->flow);
    struct rect body = chrome_draw(screen, &actions);
    switch (screen->flow->booking->answer.state) {
    case BOOKING_EARLY:
        early(screen, &page, &said);
        break;
    case BOOKING_LATE:
        late(screen, &page, &said);
        break;
    case BOOKING_DONE:
        done(screen, &page);
        break;
    case BOOKING_OTHER_DAY:
    case BOOKING_OTHER_OFFICE:
        elsewhere(screen, &page, &said);
        break;
    default:
        unknown(screen, &page, &said);
        break;
    }
    page_draw(screen, body, &page, screen->flow->page);
}
