/* A long list and its search. A slim panel, or the largest letters, leave no room for
 * question, list and keyboard together: there the list stands alone below "Cari", and the keyboard,
 * once asked for, comes in place of the question. So it does among services, whose tiles want
 * the room, and where many find theirs without a letter typed. */
#include "screens/parts.h"

static bool
is_cramped(const struct screen *screen)
{
    const struct ui *ui = screen->ui;
    return screen->flow->place == PLACE_GROUP || ui_slim(ui) || (!ui_wide(ui) && ui->enlarge == 2);
}

bool
search_is_typed(const struct screen *screen)
{
    const struct flow *flow = screen->flow;
    bool asked = (flow->layer & LAYER_OPEN) != 0 && flow->check.problem == PROBLEM_NONE;
    bool typed = flow->place == PLACE_GROUP && flow->search[0] != '\0'; // on a real keyboard
    return !is_cramped(screen) || asked || typed;
}

void
search_head(struct screen *screen, struct rect *body, screen_head *head)
{
    bool typed = search_is_typed(screen);
    bool alone = typed && is_cramped(screen);
    head_and_keys(screen, body, alone ? NULL : head,
                  typed ? keyboard_to_search(screen->flow->layer) : NULL);
}

static void
field(struct screen *screen, struct rect *body)
{
    struct ui *ui = screen->ui;
    const struct flow *flow = screen->flow;
    struct field box = {.id = ID_FIELD,
                        .label = _("Cari"),
                        .text = flow->search,
                        .caret = flow->caret,
                        .blank = _("Ketik untuk mencari"),
                        .lines = 1,
                        .caret_action = FLOW_CARET};
    field_draw(ui, rect_cut_top(body, field_height(ui, 1)), &box);
    rect_cut_top(body, ui_mm(ui, 4));
}

/* Where an error takes its room, the list goes first. Services have it among their buttons. */
static void
opener(struct screen *screen, struct rect *body)
{
    struct ui *ui = screen->ui;
    if (screen->flow->place == PLACE_GROUP) {
        return;
    }
    struct button button = {.id = ID_SEARCH,
                            .kind = BUTTON_SECONDARY,
                            .label = _("Cari"),
                            .icon = "search",
                            .action = FLOW_LAYER,
                            .arg = screen->flow->layer | LAYER_OPEN};
    int width = ui_max(button_width(ui, &button), ui_mm(ui, 60));
    int height = button_height(ui, &button, width);
    if (body->h - height < 5 * ui_type(ui, SIZE_BODY)) {
        return;
    }
    struct rect row = rect_cut_top(body, height);
    row.w = width;
    button_draw(ui, row, &button);
    rect_cut_top(body, ui_gap(ui));
}

void
search_list(struct screen *screen, struct rect body, const struct page *page)
{
    struct page none = {.count = 0};
    if (page->count == 0) {
        page_text(&none, BLOCK_SOFT, _("Tidak ditemukan. Coba kata yang lain."));
        page = &none;
    }
    if (!search_is_typed(screen)) {
        opener(screen, &body);
        page_draw(screen, body, page, screen->flow->page);
        return;
    }
    field(screen, &body);
    if (ui_slim(screen->ui)) {
        page_draw_first(screen, body, page);
    } else {
        page_draw(screen, body, page, screen->flow->page);
    }
}
