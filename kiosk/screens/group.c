/* The services of a life event; without one, all that can be filed here. A few are one list, each
 * with what it is. Of many the most wanted stand first, the others by their names below the
 * headings of the group; "Cari" finds all of the catalogue by the words that people use, whatever
 * group they looked in. */
#include <string.h>

#include "screens/parts.h"

static bool
belongs(const struct service *service, const struct group *group)
{
    return group != NULL ? strcmp(service->group, group->id) == 0 : service->kind == SERVICE_FORM;
}

static const char *
icon_of(const struct flow *flow, const struct service *service)
{
    const struct group *groups;
    size_t count = catalogue_groups(flow->catalogue, &groups);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(groups[i].id, service->group) == 0) {
            return groups[i].icon;
        }
    }
    return "document";
}

/* With what it is, over the whole width; or its name alone, as many in a row as fit. Beside the
 * keyboard of a slim panel the largest letters leave no room for an icon. */
static void
add_tile(const struct screen *screen, struct page *page, const struct service *service, bool told)
{
    const struct flow *flow = screen->flow;
    const struct service *list;
    bool bare = ui_slim(screen->ui) && search_is_typed(screen) && flow_searches(flow);
    catalogue_services(flow->catalogue, &list);
    const char *summary = told ? words_in(&service->summary, flow->language) : NULL;
    struct block *tile =
        page_tile(page, bare ? NULL : icon_of(flow, service),
                  words_in(&service->title, flow->language), summary, FLOW_SERVICE, service - list);
    tile->columns = told ? 1 : 0;
}

static void
add_few(const struct screen *screen, struct page *page)
{
    const struct flow *flow = screen->flow;
    const struct service *list;
    size_t count = catalogue_services(flow->catalogue, &list);
    for (size_t i = 0; i < count; i++) {
        if (belongs(&list[i], flow->group)) {
            add_tile(screen, page, &list[i], true);
        }
    }
}

/* Of a group those of one part, or without a part; the heading only where there are some. */
static void
add_part(const struct screen *screen, struct page *page, const struct group *group,
         const struct part *part, const char *heading)
{
    const struct flow *flow = screen->flow;
    const struct service *list;
    size_t count = catalogue_services(flow->catalogue, &list);
    for (size_t i = 0; i < count; i++) {
        if (belongs(&list[i], flow->group) && strcmp(list[i].group, group->id) == 0 &&
            !list[i].common && list[i].part == part) {
            page_text(page, BLOCK_TITLE, heading);
            heading = NULL;
            add_tile(screen, page, &list[i], false);
        }
    }
}

static void
add_common(const struct screen *screen, struct page *page)
{
    const struct flow *flow = screen->flow;
    const struct service *list;
    size_t count = catalogue_services(flow->catalogue, &list);
    for (size_t i = 0; i < count; i++) {
        if (belongs(&list[i], flow->group) && list[i].common) {
            add_tile(screen, page, &list[i], !ui_wide(screen->ui) && !search_is_typed(screen));
        }
    }
}

static void
add_group(const struct screen *screen, struct page *page, const struct group *group)
{
    const struct flow *flow = screen->flow;
    enum language language = flow->language;
    add_part(screen, page, group, NULL,
             flow->group == NULL ? words_in(&group->title, language) : _("Layanan lain"));
    for (size_t i = 0; i < group->part_count; i++) {
        const struct part *part = &group->parts[i];
        add_part(screen, page, group, part, words_in(&part->title, language));
    }
}

static void
add_many(const struct screen *screen, struct page *page)
{
    const struct flow *flow = screen->flow;
    const struct group *groups;
    size_t count = catalogue_groups(flow->catalogue, &groups);
    add_common(screen, page);
    for (size_t i = 0; i < count; i++) {
        if (flow->group == NULL || flow->group == &groups[i]) {
            add_group(screen, page, &groups[i]);
        }
    }
}

static void
add_found(const struct screen *screen, struct page *page)
{
    const struct flow *flow = screen->flow;
    const struct service *list;
    size_t count = catalogue_services(flow->catalogue, &list);
    for (int own = 1; own >= 0; own--) {
        for (size_t i = 0; i < count; i++) {
            if (service_is_found(&list[i], flow->search, flow->language) &&
                belongs(&list[i], flow->group) == (own == 1)) {
                add_tile(screen, page, &list[i], false);
            }
        }
    }
    if (page->count == 0) {
        page_text(page, BLOCK_SOFT, _("Tidak ditemukan. Coba kata yang lain."));
    }
}

static const char *
title_of(const struct flow *flow)
{
    return flow->group != NULL ? words_in(&flow->group->title, flow->language)
                               : _("Urus di sini sekarang");
}

static void
group_head(struct screen *screen, struct rect *body)
{
    heading_draw(screen, body, title_of(screen->flow));
}

static void
draw_few(struct screen *screen)
{
    struct page page = {.count = 0};
    const struct flow *flow = screen->flow;
    struct actions actions = {.back = chrome_back()};
    struct rect body = chrome_draw(screen, &actions);
    page_text(&page, BLOCK_HEADING, title_of(flow));
    add_few(screen, &page);
    page_tile(&page, "ticket", _("Ambil nomor antrean"), _("Bicara dengan petugas di loket"),
              FLOW_QUEUES, 0)
        ->columns = 1;
    page_draw(screen, body, &page, flow->page);
}

/* The counter and the search stand in the row of buttons, so that the page is the list's. */
static void
draw_many(struct screen *screen)
{
    static struct block blocks[PAGE_MANY]; // one screen is drawn at a time
    struct page page = {.many = blocks};
    const struct flow *flow = screen->flow;
    bool typed = search_is_typed(screen);
    struct actions actions = {.back = chrome_back()};
    bool tight = ui_slim(screen->ui) && screen->ui->enlarge > 0; // a row more for the list
    actions.other = (struct button){.id = ID_OTHER,
                                    .kind = BUTTON_SECONDARY,
                                    .label = tight ? _("Ambil nomor") : _("Ambil nomor antrean"),
                                    .spoken = _("Ambil nomor antrean"),
                                    .action = FLOW_QUEUES};
    if (!typed) {
        actions.primary = chrome_next(_("Cari"), FLOW_LAYER);
        actions.primary.arg = flow->layer | LAYER_OPEN;
        actions.primary.icon = "search";
    }
    struct rect body = chrome_draw(screen, &actions);
    if (flow->search[0] != '\0') {
        add_found(screen, &page);
    } else if (typed) {
        add_common(screen, &page);
    } else {
        add_many(screen, &page);
    }
    search_head(screen, &body, group_head);
    search_list(screen, body, &page);
}

void
screen_group(struct screen *screen)
{
    if (flow_searches(screen->flow)) {
        draw_many(screen);
    } else {
        draw_few(screen);
    }
}
