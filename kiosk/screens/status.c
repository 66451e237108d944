/* Where is my request: the code on the slip, a second fact, then the state and nothing
 * of the contents. */
#include <stdio.h>

#include "screens/parts.h"

void
screen_status_code(struct screen *screen)
{
    typed_code_draw(screen, _("Ketik kode lacak"), _("Kode lacak"),
                    _("Delapan huruf dan angka di tanda terima, atau pindai QR-nya."), NULL);
}

void
screen_status_fact(struct screen *screen)
{
    static const struct question four = {.type = QUESTION_NIK};
    const struct flow *flow = screen->flow;
    char problem[240];
    struct button skip = {.id = ID_OTHER,
                          .kind = BUTTON_SECONDARY,
                          .label = _("Laporan tanpa nama"),
                          .action = FLOW_SKIP};
    words_problem(&flow->check, &four, flow->language, problem, sizeof problem);
    typed_draw(screen,
               &(struct typed){.heading = _("Empat angka terakhir nomor ponsel"),
                               .label = _("Empat angka terakhir"),
                               .group = FIELD_NUMBER,
                               .lines = 1,
                               .keyboard = &keyboard_digits,
                               .hint = _("Nomor ponsel yang Anda isi. Bila tidak ada: empat angka "
                                         "terakhir NIK."),
                               .problem = problem,
                               .other = skip});
}

static const char *
state_words(enum portal_status status)
{
    switch (status) {
    case STATUS_SENT:
        return _("Sudah dikirim ke kantor");
    case STATUS_WAIT_RT:
        return _("Menunggu persetujuan Ketua RT");
    case STATUS_RT_AGREED:
        return _("Disetujui Ketua RT");
    case STATUS_RT_REFUSED:
        return _("Tidak disetujui Ketua RT");
    case STATUS_CHECKING:
        return _("Sedang diperiksa kelurahan");
    case STATUS_MEND:
        return _("Perlu perbaikan");
    case STATUS_SIGNING:
        return _("Menunggu tanda tangan Lurah");
    case STATUS_SIGNED:
        return _("Sudah ditandatangani Lurah");
    case STATUS_READY:
        return _("Siap diambil");
    case STATUS_DELIVERED:
        return _("Dikirim lewat kurir");
    case STATUS_FINISHED:
        return _("Selesai");
    case STATUS_NOT_FOUND:
        return _("Tidak ditemukan");
    case STATUS_OFFLINE:
        return _("Belum bisa diperiksa");
    case STATUS_LIMITED:
        return _("Terlalu banyak percobaan");
    case STATUS_FAILED:
        break;
    }
    return _("Belum bisa diperiksa");
}

/* Beside the sentence, so that waiting, a wish and a result differ at a glance. */
static const char *
state_icon(enum portal_status status)
{
    switch (status) {
    case STATUS_RT_AGREED:
    case STATUS_SIGNED:
    case STATUS_READY:
    case STATUS_FINISHED:
        return "check";
    case STATUS_RT_REFUSED:
        return "cross";
    case STATUS_MEND:
        return "edit";
    case STATUS_NOT_FOUND:
        return "search";
    case STATUS_OFFLINE:
        return "offline";
    case STATUS_LIMITED:
    case STATUS_FAILED:
        return "warning";
    default:
        return "clock";
    }
}

const char *
words_again(int minutes, char *out, size_t size)
{
    if (minutes == 0) {
        return _("Silakan coba lagi beberapa menit lagi, atau tanyakan di loket.");
    }
    snprintf(out, size,
             ngettext("Coba lagi dalam %d menit, atau tanyakan di loket.",
                      "Coba lagi dalam %d menit, atau tanyakan di loket.", (unsigned long)minutes),
             minutes);
    return out;
}

static const char *
advice(const struct flow_found *found, char *out, size_t size)
{
    switch (found->status) {
    case STATUS_NOT_FOUND:
        return _(
            "Kode atau empat angkanya tidak cocok. Periksa tanda terima, atau tanyakan di loket. "
            "Bila baru saja dibuat, permohonan mungkin masih dalam perjalanan.");
    case STATUS_OFFLINE:
        return _("Jaringan kantor sedang terputus. Permohonan yang sudah tersimpan tetap aman. "
                 "Coba lagi "
                 "nanti, atau tanyakan di loket.");
    case STATUS_LIMITED:
        return words_again(found->minutes, out, size);
    case STATUS_FAILED:
        return _("Keadaan berkas belum bisa diketahui. Coba lagi nanti, atau tanyakan di loket.");
    case STATUS_READY:
        return _("Bawa tanda terima, KTP, dan KK ke loket pengambilan.");
    case STATUS_MEND:
    case STATUS_RT_REFUSED:
        return _("Silakan ambil nomor antrean; petugas akan membantu.");
    case STATUS_DELIVERED:
        return _("Tunggu kurir di alamat yang Anda tulis.");
    case STATUS_FINISHED:
        return _("Tidak ada lagi yang perlu Anda lakukan.");
    default:
        return _("Anda tidak perlu menunggu di kantor.");
    }
}

/* The way of a letter through the office. */
enum link { LINK_SENT, LINK_RT, LINK_CHECK, LINK_SIGN, LINK_READY, LINK_COUNT };

/* How many links are behind it, and whether it lies at the next one now; 0: not on this way. */
static const struct {
    int done;
    bool here;
} ways[] = {
    [STATUS_SENT] = {LINK_SENT + 1, false},    [STATUS_WAIT_RT] = {LINK_SENT + 1, true},
    [STATUS_RT_AGREED] = {LINK_RT + 1, false}, [STATUS_CHECKING] = {LINK_RT + 1, true},
    [STATUS_SIGNING] = {LINK_CHECK + 1, true}, [STATUS_SIGNED] = {LINK_SIGN + 1, false},
    [STATUS_READY] = {LINK_READY + 1, false},  [STATUS_FAILED] = {0, false},
};

/* What is behind it, where it lies, what is to come: for letters, whose way is known. */
static void
way(const struct flow *flow, struct page *page, const struct service *service)
{
    const char *const links[LINK_COUNT] = {
        [LINK_SENT] = _("Dikirim ke kantor"),    [LINK_RT] = _("Ketua RT menyetujui"),
        [LINK_CHECK] = _("Kelurahan memeriksa"), [LINK_SIGN] = _("Lurah menandatangani"),
        [LINK_READY] = _("Surat siap diambil"),
    };
    int done = ways[flow->found->status].done, number = 0;
    if (done == 0 || service == NULL || !service->approval_kelurahan) {
        return;
    }
    page_text(page, BLOCK_TITLE, _("Sampai di mana surat ini?"));
    page_last(page)->card = 2;
    for (int i = 0; i < LINK_COUNT; i++) {
        if (i != LINK_RT || service->approval_rt) {
            bool here = i == done && ways[flow->found->status].here;
            page_step(page, ++number, links[i], here ? _("Sekarang di sini") : NULL);
            page_last(page)->card = 2;
            page_last(page)->state = i < done ? NUMBERED_DONE
                                     : here   ? NUMBERED_NOW
                                              : NUMBERED_LATER;
        }
    }
}

/* What the office wants anew, and why: the question's short name and the officer's sentence. */
static void
mends(const struct flow *flow, struct page *page, const struct service *service)
{
    for (int i = 0; i < flow->found->mends; i++) {
        const struct flow_mend *mend = &flow->found->mend[i];
        const struct question *question = service_question(service, mend->question);
        if (question != NULL) {
            const char *label = words_in(&question->short_label, flow->language);
            page_row(page, 1, label[0] != '\0' ? label : words_in(&question->label, flow->language),
                     mend->reason);
        }
    }
}

/* The way on: mend it here, fetch it, or speak with an officer. */
static struct button
way_on(const struct flow *flow, bool mendable)
{
    switch (flow->found->status) {
    case STATUS_MEND:
        return mendable ? chrome_next(_("Perbaiki sekarang"), FLOW_MEND)
                        : chrome_next(_("Ambil nomor antrean"), FLOW_QUEUES);
    case STATUS_READY:
        return catalogue_collection(flow->catalogue) != NULL
                   ? chrome_next(_("Ambil nomor antrean"), FLOW_COLLECT)
                   : chrome_next(_("Ambil nomor antrean"), FLOW_QUEUES);
    case STATUS_RT_REFUSED:
        return chrome_next(_("Ambil nomor antrean"), FLOW_QUEUES);
    default:
        return chrome_next(_("Selesai"), FLOW_DONE);
    }
}

void
screen_status(struct screen *screen)
{
    struct page page = {.count = 0};
    static struct mending mending; // its questions are the catalogue's
    char since[60] = "", words[80], again[160];
    const struct flow *flow = screen->flow;
    bool mendable = mend_is_possible(flow, &mending);
    struct actions actions = {.back = chrome_back(), .primary = way_on(flow, mendable)};
    if (actions.primary.action != FLOW_DONE) {
        actions.other = (struct button){
            .id = ID_OTHER, .kind = BUTTON_SECONDARY, .label = _("Selesai"), .action = FLOW_DONE};
    }
    struct rect body = chrome_draw(screen, &actions);
    const struct service *service = flow->found->service[0] != '\0'
                                        ? catalogue_service(flow->catalogue, flow->found->service)
                                        : NULL;
    page_heading(&page, state_icon(flow->found->status), state_words(flow->found->status));
    if (service != NULL) {
        page_text(&page, BLOCK_TITLE, words_in(&service->title, flow->language));
        page_last(&page)->card = 3;
    }
    if (flow->found->since[0] != '\0') {
        words_date(flow->found->since, words, sizeof words);
        snprintf(since, sizeof since, _("Sejak %s"), words);
        page_text(&page, BLOCK_NOTE, since);
        page_last(&page)->card = 3;
    }
    if (flow->found->reason[0] != '\0') {
        page_notice(&page, BLOCK_NOTICE, _("Catatan petugas"), flow->found->reason);
    }
    if (mendable) {
        mends(flow, &page, service);
        page_text(&page, BLOCK_TEXT,
                  _("Isi ulang bagian di atas di sini. Bagian lain tidak perlu diisi lagi."));
    } else {
        page_text(&page, BLOCK_TEXT, advice(flow->found, again, sizeof again));
    }
    way(flow, &page, service);
    page_draw(screen, body, &page, flow->page);
}
