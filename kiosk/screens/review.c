/* The last look: every answer with "Ubah", numbers masked until held, the statement, and
 * what to do when sending did not work. */
#include <string.h>

#include "base/secret.h"
#include "screens/parts.h"

/* ALL_SHOWN: what answers of ANSWERS_BYTES become when names of choices are their labels. */
enum { SHOWN = 1200, LONG = 140, ALL_SHOWN = 8 * ANSWERS_BYTES };

/* What the rows say, one after another; zeroed when they are drawn. */
struct shown {
    char bytes[ALL_SHOWN];
    size_t used;
};

static char *
shown_next(struct shown *shown)
{
    return shown->bytes + shown->used;
}

static size_t
shown_room(const struct shown *shown)
{
    size_t left = sizeof shown->bytes - shown->used;
    return left < SHOWN ? left : SHOWN;
}

/* Keeps what was written at shown_next(), and a place for at least "". */
static const char *
shown_keep(struct shown *shown)
{
    const char *text = shown_next(shown);
    size_t end = shown->used + strlen(text) + 1;
    shown->used = end < sizeof shown->bytes ? end : sizeof shown->bytes - 1;
    return text;
}

static bool
is_masked(const struct question *question)
{
    return question->masked || question->type == QUESTION_NIK || question->type == QUESTION_KK ||
           question->type == QUESTION_PHONE;
}

static void
failure(const struct flow *flow, struct page *page)
{
    switch (flow->submit_result) {
    case SUBMIT_SAVED:
        return;
    case SUBMIT_FULL:
        page_notice(
            page, BLOCK_ALERT, _("Belum tersimpan."),
            _("Penyimpanan anjungan penuh. Isian Anda masih ada. Silakan hubungi petugas."));
        break;
    case FLOW_SUBMIT_SILENT:
        page_notice(
            page, BLOCK_ALERT, _("Belum tersimpan."),
            _("Anjungan sedang menyiapkan diri. Isian Anda masih ada. Tunggu sebentar, lalu "
              "sentuh Kirim lagi."));
        break;
    default:
        page_notice(
            page, BLOCK_ALERT, _("Belum tersimpan."),
            _("Anjungan belum bisa menerima permohonan. Isian Anda masih ada. Coba lagi, atau "
              "hubungi petugas."));
        break;
    }
}

static void
answer(const struct flow *flow, struct page *page, struct spot spot, struct shown *shown)
{
    const struct question *question = &flow->service->questions[spot.question];
    const char *label = words_in(&question->short_label, flow->language);
    struct block *row = page_add(page, BLOCK_ROW);
    int64_t number = spot_number(spot);
    words_answer(flow->catalogue, question, spot_answer(flow->service, spot, flow->answers),
                 flow->language, flow->reveal == number, shown_next(shown), shown_room(shown));
    row->title = label[0] != '\0' ? label : words_in(&question->label, flow->language);
    row->text = shown_keep(shown);
    row->card = 1;
    if (strlen(row->text) > LONG) { // flows over pages, below its key and button
        struct block *text = page_add(page, BLOCK_TEXT);
        text->text = row->text;
        row->text = "";
        text->card = 1;
        text->secret = true;
    }
    row->secret = true;
    int next = 0;
    if (is_masked(question)) {
        row->buttons[next++] = (struct button){.id = row->id + 3,
                                               .kind = BUTTON_QUIET,
                                               .label = _("Tahan: lihat"),
                                               .action = FLOW_REVEAL,
                                               .arg = number,
                                               .release_arg = -1,
                                               .flags = NODE_HOLD};
    }
    row->buttons[next] = (struct button){.id = row->id + 4,
                                         .kind = BUTTON_QUIET,
                                         .label = _("Ubah"),
                                         .action = FLOW_EDIT,
                                         .arg = number};
}

/* Is there a heading above this answer? Above the first of a row or of a section, and of what
 * follows them; a form without either needs none. */
static bool
part_begins(const struct flow *flow, struct spot spot, struct spot before)
{
    const struct question *questions = flow->service->questions;
    const struct section *section = questions[spot.question].section;
    if (before.question < 0) {
        return spot.row > 0 || section != NULL;
    }
    bool in_rows = spot.row > 0 || before.row > 0;
    return in_rows ? !spot_same_row(flow->service, spot, before)
                   : section != questions[before.question].section;
}

static void
answers_blocks(const struct screen *screen, struct page *page, struct shown *shown)
{
    const struct flow *flow = screen->flow;
    struct spot before = SPOT_NONE, spot = before;
    while ((spot = spot_after(flow->service, spot, flow->answers, screen->facts->today)).question >=
           0) {
        if (part_begins(flow, spot, before)) {
            words_part(flow, spot, shown_next(shown), shown_room(shown));
            page_text(page, BLOCK_TITLE, shown_keep(shown));
            page_last(page)->card = 1;
        }
        answer(flow, page, spot, shown);
        before = spot;
    }
}

/* Below the answers: who filled them in. */
static void
filled(const struct flow *flow, struct page *page)
{
    struct block *row = page_row(page, 2, _("Diisi oleh"), words_filled(flow->filled_by));
    row->buttons[0] = (struct button){.id = row->id + 3,
                                      .kind = BUTTON_QUIET,
                                      .label = _("Ubah"),
                                      .action = FLOW_COVER,
                                      .arg = COVER_FILLED};
}

/* Where it is not this office. */
static void
processed(const struct flow *flow, struct page *page)
{
    if (flow->office != NULL && strcmp(flow->office->code, flow->home_office) != 0) {
        page_row(page, 2, _("Diproses kelurahan"), flow->office->name);
    }
}

void
screen_review(struct screen *screen)
{
    static struct block blocks[PAGE_MANY]; // one screen is drawn at a time
    static struct shown shown;             // zeroed below: answers live in the visit's memory only
    struct page page = {.many = blocks};
    const struct flow *flow = screen->flow;
    struct actions actions = {
        .back = chrome_back(),
        .other = chrome_cancel(),
        .primary =
            chrome_next(flow->mends ? _("Kirim perbaikan") : _("Kirim permohonan"), FLOW_NEXT)};
    struct rect body = chrome_draw(screen, &actions);
    failure(flow, &page);
    page_text(&page, BLOCK_HEADING, _("Periksa sebelum dikirim"));
    answers_blocks(screen, &page, &shown);
    filled(flow, &page);
    processed(flow, &page);
    struct block *notice = page_add(&page, BLOCK_BUTTON);
    notice->buttons[0] = (struct button){.id = notice->id + 3,
                                         .kind = BUTTON_SECONDARY,
                                         .label = _("Baca pemberitahuan data pribadi"),
                                         .action = FLOW_COVER,
                                         .arg = COVER_NOTICE};
    if (flow->check.problem != PROBLEM_NONE && !flow->agreed) {
        page_notice(&page, BLOCK_ALERT, NULL,
                    _("Sentuh kotak pernyataan di bawah dulu, lalu kirim."));
    }
    struct block *statement = page_add(&page, BLOCK_PICK);
    statement->title = words_in(&flow->service->statement, flow->language);
    statement->text = _("Data dipakai hanya untuk layanan ini (UU 27/2022).");
    statement->many = true;
    statement->columns = 1;
    statement->selected = flow->agreed;
    statement->action = FLOW_AGREE;
    page_draw(screen, body, &page, flow->page);
    secret_zero(shown.bytes, shown.used);
    shown.used = 0;
}
