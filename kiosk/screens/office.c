/* Which kelurahan processes it: this one at a touch, the others by search. */
#include "screens/parts.h"

static void
office_head(struct screen *screen, struct rect *body)
{
    heading_draw(screen, body, _("Anda warga kelurahan mana?"));
}

void
screen_office(struct screen *screen)
{
    static struct block blocks[PAGE_MANY]; // one screen is drawn at a time
    static const struct question which = {.type = QUESTION_KELURAHAN};
    char problem[200];
    struct page page = {.many = blocks};
    const struct flow *flow = screen->flow;
    struct actions actions = {.back = chrome_back(),
                              .other = chrome_cancel(),
                              .primary = chrome_next(_("Lanjut"), FLOW_NEXT)};
    struct rect body = chrome_draw(screen, &actions);
    search_head(screen, &body, office_head);
    words_problem(&flow->check, &which, flow->language, problem, sizeof problem);
    if (problem[0] != '\0') { // of a kecamatan's kiosk, where none is chosen yet
        wrong_draw(screen, &body, problem);
    }
    kelurahan_picks(flow, &page, flow->office != NULL ? flow->office->code : "", FLOW_OFFICE);
    search_list(screen, body, &page);
}
