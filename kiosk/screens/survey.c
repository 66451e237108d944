/* One face, then eight more for whoever likes: the survey after a filed form. Nothing here says
 * who filed it. */
#include <stdio.h>

#include "screens/parts.h"

static struct button
enough(const char *label)
{
    return (struct button){
        .id = ID_BACK, .kind = BUTTON_SECONDARY, .label = label, .action = FLOW_DONE};
}

static void
faces(const struct screen *screen, struct page *page, const struct survey_element *element)
{
    static const char *const icons[SURVEY_SCORES] = {"face-poor", "face-fair", "face-good",
                                                     "face-great"};
    for (int i = 0; i < SURVEY_SCORES; i++) {
        struct block *tile =
            page_tile(page, icons[i], words_in(&element->answers[i], screen->flow->language), NULL,
                      FLOW_SCORE, i + 1);
        tile->columns = 2;
        tile->face = true;
    }
}

static void
question(struct screen *screen, const struct survey_element *element)
{
    struct page page = {.count = 0};
    char where[60];
    const struct flow *flow = screen->flow;
    bool first = flow->survey_step == 0;
    struct actions actions = {.back = enough(first ? _("Lewati") : _("Sudah cukup"))};
    if (!first) {
        actions.other = (struct button){
            .id = ID_SKIP, .kind = BUTTON_SECONDARY, .label = _("Lewati"), .action = FLOW_SKIP};
    }
    struct rect body = chrome_draw(screen, &actions);
    snprintf(where, sizeof where, _("%d dari %d pertanyaan"), (int)flow->survey_step + 1,
             SURVEY_ELEMENTS);
    page_text(&page, BLOCK_SOFT, first ? _("Satu pertanyaan, kalau Anda mau") : where);
    page_text(&page, BLOCK_HEADING, words_in(&element->question, flow->language));
    faces(screen, &page, element);
    page_text(&page, BLOCK_NOTE, _("Tanpa nama. Jawaban hanya dihitung."));
    page_draw(screen, body, &page, flow->page);
}

static void
more(struct screen *screen)
{
    struct page page = {.count = 0};
    struct actions actions = {.back = enough(_("Sudah cukup")),
                              .primary = chrome_next(_("Lanjut"), FLOW_NEXT)};
    struct rect body = chrome_draw(screen, &actions);
    page_text(&page, BLOCK_HEADING, _("Terima kasih. 8 pertanyaan lagi?"));
    page_text(&page, BLOCK_TEXT, _("Sama singkatnya, dan boleh dilewati satu per satu."));
    page_draw(screen, body, &page, screen->flow->page);
}

void
thanks_draw(struct screen *screen, const char *text, const char *note)
{
    struct page page = {.count = 0};
    struct actions actions = {.primary = chrome_next(_("Selesai"), FLOW_DONE)};
    struct rect body = chrome_draw(screen, &actions);
    page_heading(&page, "check", _("Terima kasih"));
    page_text(&page, BLOCK_TEXT, text);
    if (note != NULL) {
        page_text(&page, BLOCK_SOFT, note);
    }
    page_draw(screen, body, &page, screen->flow->page);
}

void
screen_survey(struct screen *screen)
{
    const struct flow *flow = screen->flow;
    const struct survey_element *element =
        survey_at(catalogue_survey(flow->catalogue), flow->survey_step);
    if (element != NULL) {
        question(screen, element);
    } else if (flow->survey_step == FLOW_SURVEY_MORE) {
        more(screen);
    } else {
        thanks_draw(screen, _("Pendapat Anda membantu kantor ini melayani lebih baik."), NULL);
    }
}
