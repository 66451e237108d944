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
    struct page page = {.many = blocks};
    const struct flow *flow = screen->flow;
    struct actions actions = {.back = chrome_back(),
                              .other = chrome_cancel(),
                              .primary = chrome_next(_("Lanjut"), FLOW_NEXT)};
    struct rect body = chrome_draw(screen, &actions);
    search_head(screen, &body, office_head);
    kelurahan_picks(flow, &page, flow->office != NULL ? flow->office->code : "", FLOW_OFFICE);
    search_list(screen, body, &page);
}
