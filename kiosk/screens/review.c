/* The last look: every answer with "Ubah", numbers masked until held, the statement, and
 * what to do when sending did not work. */
#include <string.h>

#include "base/secret.h"
#include "screens/parts.h"

enum { SHOWN = 1200, LONG = 140, ALL_SHOWN = 2 * ANSWERS_BYTES };

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
answer(const struct flow *flow, struct page *page, struct spot spot, char *shown, size_t room)
{
    const struct question *question = &flow->service->questions[spot.question];
    const char *label = words_in(&question->short_label, flow->language);
    struct block *row = page_add(page, BLOCK_ROW);
    int64_t number = spot_number(spot);
    words_answer(flow->catalogue, question, spot_answer(flow->service, spot, flow->answers),
                 flow->language, flow->reveal == number, shown, room < SHOWN ? room : SHOWN);
    row->title = label[0] != '\0' ? label : words_in(&question->label, flow->language);
    row->text = shown;
    row->card = 1;
    if (strlen(shown) > LONG) { // flows over pages, below its key and button
        struct block *text = page_add(page, BLOCK_TEXT);
        row->text = "";
        text->text = shown;
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

/* The heading above the first answer of a row or a section. */
static bool
part_begins(const struct flow *flow, struct spot spot, struct spot before)
{
    const struct question *questions = flow->service->questions;
    const struct section *section = questions[spot.question].section;
    if (spot.row > 0) {
        return before.question < 0 || spot.row != before.row ||
               questions[spot.question].repeat != questions[before.question].repeat;
    }
    return section != NULL &&
           (before.question < 0 || before.row > 0 || section != questions[before.question].section);
}

/* All answers; what they say, one after another, goes into `shown`. */
static void
answers_blocks(const struct screen *screen, struct page *page, char *shown)
{
    const struct flow *flow = screen->flow;
    struct spot before = SPOT_NONE, spot = before;
    size_t used = 0;
    while ((spot = spot_after(flow->service, spot, flow->answers, screen->facts->today)).question >=
           0) {
        if (part_begins(flow, spot, before)) {
            words_part(flow, spot, shown + used, ALL_SHOWN - used);
            page_text(page, BLOCK_TITLE, shown + used);
            page->blocks[page->count - 1].card = 1;
            used += strlen(shown + used) + 1;
        }
        answer(flow, page, spot, shown + used, ALL_SHOWN - used);
        used += strlen(shown + used) + 1;
        before = spot;
    }
}

void
screen_review(struct screen *screen)
{
    static struct page page;      // one screen is drawn at a time
    static char shown[ALL_SHOWN]; // zeroed below: answers live in the visit's memory only
    const struct flow *flow = screen->flow;
    struct actions actions = {.back = chrome_back(),
                              .other = chrome_cancel(),
                              .primary = chrome_next(_("Kirim permohonan"), FLOW_NEXT)};
    struct rect body = chrome_draw(screen, &actions);
    page.count = 0;
    failure(flow, &page);
    page_text(&page, BLOCK_HEADING, _("Periksa sebelum dikirim"));
    answers_blocks(screen, &page, shown);
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
    secret_zero(shown, sizeof shown);
}
