/* The services of a life event; without one, all that can be filed here. */
#include <string.h>

#include "screens/parts.h"

void
screen_group(struct screen *screen)
{
    struct page page = {.count = 0};
    const struct service *services;
    const struct group *group = screen->flow->group;
    enum language language = screen->flow->language;
    size_t count = catalogue_services(screen->flow->catalogue, &services);
    struct actions actions = {.back = chrome_back()};
    struct rect body = chrome_draw(screen, &actions);
    page_text(&page, BLOCK_HEADING,
              group != NULL ? words_in(&group->title, language) : _("Urus di sini sekarang"));
    for (size_t i = 0; i < count; i++) {
        if (group == NULL || strcmp(services[i].group, group->id) == 0) {
            struct block *tile =
                page_tile(&page, group != NULL ? group->icon : "document",
                          words_in(&services[i].title, language),
                          words_in(&services[i].summary, language), FLOW_SERVICE, (int64_t)i);
            tile->columns = 1;
        }
    }
    page_tile(&page, "ticket", _("Ambil nomor antrean"), _("Bicara dengan petugas di loket"),
              FLOW_QUEUES, 0)
        ->columns = 1;
    page_draw(screen, body, &page, screen->flow->page);
}
