/* A service before it begins: the six headings of its standard (UU 25/2009), what to
 * have ready, and what a missing line means for it. */
#include "base/states.h"
#include "screens/parts.h"

/* What to bring; what it takes and how it goes: a card each. */
enum { CARD_NONE, CARD_BRING, CARD_GOES };

/* Large letters on a slim panel: the edges of the cards would take the room of the words. */
static void
without_cards(struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        page->few[i].card = CARD_NONE;
    }
}

static void
heading(struct page *page, int card, const char *title, const char *text)
{
    if (text[0] != '\0') {
        page_text(page, BLOCK_TITLE, title);
        page_last(page)->card = card;
        page_text(page, BLOCK_TEXT, text);
        page_last(page)->card = card;
    }
}

static void
requirements(struct page *page, const struct service *service, enum language language)
{
    page_text(page, BLOCK_TITLE, _("Persyaratan"));
    page_last(page)->card = CARD_BRING;
    for (size_t i = 0; i < service->requirement_count; i++) {
        page_text(page, BLOCK_BULLET, words_in(&service->requirements[i], language));
        page_last(page)->card = CARD_BRING;
    }
}

/* Nobody fills in a form that could not be saved. */
static bool
closed(const struct screen *screen)
{
    int intake = screen->facts->intake;
    return screen->flow->desk_up && intake != INTAKE_OPEN && intake != INTAKE_CHECKING;
}

/* What became of the list on paper; the caller keeps the words. */
static void
list_notice(const struct screen *screen, struct page *page, char *words, size_t size)
{
    const struct flow_ticket *list = &screen->flow->list;
    if (list->request == 0) {
        return;
    }
    switch (list->print) {
    case PRINT_WORKING:
        page_notice(page, BLOCK_NOTICE, NULL, _("Daftar syarat sedang dicetak."));
        break;
    case PRINT_FAILED:
        words_printer(list->print_cause, words, size);
        page_notice(page, BLOCK_ALERT, _("Daftar syarat tidak tercetak."), words);
        break;
    default:
        page_notice(page, BLOCK_GOOD, NULL, _("Daftar syarat sudah dicetak. Silakan ambil."));
        break;
    }
}

/* Also when the counters are closed: what to bring is good to know the evening before. */
static struct button
print_button(const struct screen *screen)
{
    const struct flow_ticket *list = &screen->flow->list;
    bool offered = list->request == 0 || list->print == PRINT_FAILED;
    return (struct button){.id = ID_OTHER,
                           .kind = BUTTON_SECONDARY,
                           .label = offered ? _("Cetak syarat") : NULL,
                           .action = FLOW_CHECKLIST};
}

void
screen_service(struct screen *screen)
{
    struct page page = {.count = 0};
    char paper[120];
    const struct service *service = screen->flow->service;
    enum language language = screen->flow->language;
    bool form = service->kind == SERVICE_FORM;
    struct actions actions = {
        .back = chrome_back(),
        .other = print_button(screen),
        .primary = chrome_next(form ? _("Mulai mengisi") : _("Ambil nomor antrean"), FLOW_NEXT)};
    struct rect body = chrome_draw(screen, &actions);
    page_text(&page, BLOCK_HEADING, words_in(&service->title, language));
    page_text(&page, BLOCK_SOFT, words_in(&service->summary, language));
    list_notice(screen, &page, paper, sizeof paper);
    if (words_in(&service->ready, language)[0] != '\0') {
        page_notice(&page, BLOCK_NOTICE, NULL, words_in(&service->ready, language));
    }
    if (form && closed(screen)) {
        page_notice(&page, BLOCK_ALERT, _("Formulir belum bisa diterima sekarang."),
                    _("Silakan ke loket, atau coba lagi nanti. Petugas siap membantu."));
    } else if (!screen->facts->online && form) {
        page_notice(&page, BLOCK_NOTICE, _("Jaringan kantor sedang terputus."),
                    words_in(&service->offline, language));
    }
    requirements(&page, service, language);
    heading(&page, CARD_GOES, _("Jangka waktu"), words_in(&service->time, language));
    heading(&page, CARD_GOES, _("Biaya"), words_in(&service->cost, language));
    heading(&page, CARD_GOES, _("Cara mengurus"), words_in(&service->procedure, language));
    heading(&page, CARD_GOES, _("Hasil layanan"), words_in(&service->product, language));
    heading(&page, CARD_GOES, _("Pengaduan dan saran"), words_in(&service->complaints, language));
    if (ui_slim(screen->ui) && screen->ui->enlarge > 0) {
        without_cards(&page);
    }
    page_draw(screen, body, &page, screen->flow->page);
}
