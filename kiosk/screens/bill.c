/* The land tax: which parcel, which year, and what is owed, owner and place masked. */
#include "screens/bill.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "screens/parts.h"

/* --- the parcel's number ------------------------------------------------------------------ */

static void
problem_words(const struct check *check, char *out, size_t size)
{
    const char *words;
    switch (check->problem) {
    case PROBLEM_NONE:
        words = "";
        break;
    case PROBLEM_REQUIRED:
        words = _("Isi dulu sebelum melanjutkan.");
        break;
    case PROBLEM_TOO_SHORT:
        snprintf(out, size, _("Harus %d angka. Yang terisi baru %d."), (int)check->wanted,
                 (int)check->have);
        return;
    case PROBLEM_NIK_PROVINCE:
        words = _("Dua angka pertama bukan kode provinsi. Cocokkan lagi dengan SPPT.");
        break;
    case PROBLEM_NIK_DISTRICT:
        words = _("Angka ke-3 sampai ke-10 tidak sesuai. Cocokkan lagi dengan SPPT.");
        break;
    case PROBLEM_ALL_SAME:
        words = _("Semua angkanya sama. Cocokkan lagi dengan SPPT.");
        break;
    default:
        words = _("NOP ini tidak sesuai. Cocokkan lagi dengan SPPT.");
        break;
    }
    text_copy(out, size, words);
}

void
screen_bill_nop(struct screen *screen)
{
    char problem[200];
    struct button check = {.id = ID_OTHER,
                           .kind = BUTTON_SECONDARY,
                           .label = _("Cek pembayaran"),
                           .action = FLOW_PAY_CHECK};
    problem_words(&screen->flow->check, problem, sizeof problem);
    typed_draw(screen, &(struct typed){.heading = _("Ketik NOP"),
                                       .label = _("Nomor Objek Pajak (NOP)"),
                                       .group = FIELD_NOP,
                                       .lines = 2,
                                       .keyboard = &keyboard_digits,
                                       .hint = _("18 angka di SPPT PBB atau bukti bayar tahun "
                                                 "lalu."),
                                       .problem = problem,
                                       .other = check});
}

void
screen_bill_year(struct screen *screen)
{
    struct page page = {.count = 0};
    char years[BILL_YEARS][8];
    struct day today = {2026, 1, 1};
    struct actions actions = {.back = chrome_back()};
    struct rect body = chrome_draw(screen, &actions);
    day_parse(screen->facts->today, &today);
    page_text(&page, BLOCK_HEADING, _("Pajak tahun berapa?"));
    for (int i = 0; i < BILL_YEARS; i++) {
        struct block *year = page_add(&page, BLOCK_PICK);
        snprintf(years[i], sizeof years[i], "%d", today.year - i);
        year->title = years[i];
        year->action = FLOW_BILL_YEAR;
        year->arg = i;
    }
    page_draw(screen, body, &page, screen->flow->page);
}

/* --- what is owed --------------------------------------------------------------------------- */

void
bill_channels(const struct screen *screen, struct page *page)
{
    const struct info_page *pages;
    enum language language = screen->flow->language;
    size_t count = catalogue_pages(screen->flow->catalogue, &pages);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(pages[i].id, "pbb") == 0) {
            for (size_t k = 0; k < pages[i].part_count; k++) {
                page_text(page, BLOCK_TITLE, words_in(&pages[i].parts[k].title, language));
                page_text(page, BLOCK_TEXT, words_in(&pages[i].parts[k].detail, language));
            }
            return;
        }
    }
    page_text(page, BLOCK_TEXT, _("Tanyakan cara membayar di loket."));
}

const char *
bill_money(int64_t rupiah, char *out, size_t size)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, rupiah);
    show_money(digits, out, size);
    return out;
}

static void
row_unless_empty(struct page *page, const char *key, const char *value)
{
    if (value[0] != '\0') {
        page_row(page, 1, key, value);
    }
}

struct bill_words {
    char heading[80], total[40], amount[40], fine[40], due[60], wait[160];
};

static void
owed(const struct screen *screen, struct page *page, struct bill_words *words)
{
    const struct bill_answer *bill = &screen->flow->bill->bill;
    snprintf(words->heading, sizeof words->heading, _("Tagihan PBB %d"), screen->flow->bill->year);
    page_text(page, BLOCK_HEADING, words->heading);
    if (bill->state == BILL_PAID) {
        page_notice(page, BLOCK_GOOD, _("Sudah lunas."), _("Tidak ada yang perlu dibayar."));
    } else {
        page_text(page, BLOCK_NUMBER,
                  bill_money(bill->amount + bill->fine, words->total, sizeof words->total));
        page_last(page)->card = 2;
    }
    row_unless_empty(page, _("Atas nama"), bill->owner);
    row_unless_empty(page, _("Letak"), bill->place);
    if (bill->state == BILL_OPEN) {
        row_unless_empty(page, _("Pajak"),
                         bill_money(bill->amount, words->amount, sizeof words->amount));
        row_unless_empty(page, _("Denda"), bill_money(bill->fine, words->fine, sizeof words->fine));
        words_date(bill->due, words->due, sizeof words->due);
        row_unless_empty(page, _("Jatuh tempo"), words->due);
    }
    if (bill->state == BILL_OPEN && !bill_is_payable(screen->flow)) {
        page_notice(page, BLOCK_NOTICE, _("Tagihan ini tidak bisa dibayar di anjungan."),
                    _("Bayar lewat cara di bawah ini."));
        bill_channels(screen, page);
    }
}

/* Why there is no bill. */
static void
none(const struct screen *screen, struct page *page, struct bill_words *words)
{
    const struct bill_answer *bill = &screen->flow->bill->bill;
    switch (bill->state) {
    case BILL_NOT_FOUND:
        page_heading(page, "search", _("Tagihan tidak ditemukan"));
        page_text(
            page, BLOCK_TEXT,
            _("NOP atau tahunnya tidak cocok, atau tidak ada tagihan untuk tahun itu. Periksa "
              "SPPT, atau tanyakan di loket."));
        return;
    case BILL_LIMITED:
        page_heading(page, "warning", _("Terlalu banyak percobaan"));
        page_text(page, BLOCK_TEXT, words_again(bill->minutes, words->wait, sizeof words->wait));
        return;
    case BILL_OFFLINE:
        page_heading(page, "offline", _("PBB belum bisa dilayani di sini"));
        page_notice(page, BLOCK_NOTICE, NULL,
                    _("Jaringan kantor sedang terputus. Bayar lewat cara di bawah ini, atau coba "
                      "lagi nanti."));
        break;
    default:
        page_heading(page, "warning", _("Belum bisa diperiksa"));
        page_notice(page, BLOCK_NOTICE, NULL,
                    _("Tagihan belum bisa diketahui. Coba lagi nanti, atau bayar lewat "
                      "cara di bawah ini."));
        break;
    }
    bill_channels(screen, page);
}

void
screen_bill(struct screen *screen)
{
    struct page page = {.count = 0};
    struct bill_words words;
    const struct flow *flow = screen->flow;
    enum bill_state state = flow->bill->bill.state;
    struct actions actions = {.back = chrome_back(),
                              .other = {.id = ID_OTHER,
                                        .kind = BUTTON_SECONDARY,
                                        .label = _("Coba NOP lain"),
                                        .action = FLOW_BILL},
                              .primary = bill_is_payable(flow)
                                             ? chrome_next(_("Bayar dengan QRIS"), FLOW_PAY)
                                             : chrome_next(_("Selesai"), FLOW_DONE)};
    struct rect body = chrome_draw(screen, &actions);
    if (state == BILL_OPEN || state == BILL_PAID) {
        owed(screen, &page, &words);
    } else {
        none(screen, &page, &words);
    }
    page_draw(screen, body, &page, flow->page);
}
