/* The last look: every answer with "Ubah", numbers masked until held, the statement, and
 * what to do when sending did not work. */
#include <string.h>

#include "base/secret.h"
#include "screens/parts.h"

enum { SHOWN = 1200, LONG = 140 };

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
answer(const struct flow *flow, struct page *page, int index, char *shown)
{
    const struct question *question = &flow->service->questions[index];
    const char *label = words_in(&question->short_label, flow->language);
    struct block *row = page_add(page, BLOCK_ROW);
    words_answer(flow->catalogue, question, answers_get(flow->answers, question->name),
                 flow->language, flow->reveal == index, shown, SHOWN);
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
                                               .arg = index,
                                               .release_arg = -1,
                                               .flags = NODE_HOLD};
    }
    row->buttons[next] = (struct button){.id = row->id + 4,
                                         .kind = BUTTON_QUIET,
                                         .label = _("Ubah"),
                                         .action = FLOW_EDIT,
                                         .arg = index};
}

void
screen_review(struct screen *screen)
{
    static struct page page;               // one screen is drawn at a time
    static char shown[ANSWERS_MAX][SHOWN]; // zeroed below: answers live in the visit's memory only
    const struct flow *flow = screen->flow;
    struct actions actions = {.back = chrome_back(),
                              .other = chrome_cancel(),
                              .primary = chrome_next(_("Kirim permohonan"), FLOW_NEXT)};
    struct rect body = chrome_draw(screen, &actions);
    page.count = 0;
    failure(flow, &page);
    page_text(&page, BLOCK_HEADING, _("Periksa sebelum dikirim"));
    for (int i = 0; i < (int)flow->service->question_count && i < ANSWERS_MAX; i++) {
        if (check_relevant(&flow->service->questions[i], flow->answers, screen->facts->today)) {
            answer(flow, &page, i, shown[i]);
        }
    }
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
