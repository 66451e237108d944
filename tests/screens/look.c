#include "lint.h"

#include <limits.h>
#include <stdio.h>

#include "face/language.h"
#include "screens/screens.h"

enum { SAID_MAX = 12, PAGES_MAX = 40 };

/* The panels of design.md, by the width that one can see. */
static const struct {
    const char *name;
    int width, height;
    double width_mm;
} screens[] = {{"1080x1920", 1080, 1920, 268},
               {"1366x768", 1366, 768, 344},
               {"1920x1080", 1920, 1080, 476},
               {"2160x3840", 2160, 3840, 336}};
_Static_assert(sizeof screens / sizeof screens[0] == PANELS, "panels");

bool
lint_open(struct lint *lint, const char *assets, const char *locale, bool all)
{
    for (int i = 0; i < PANELS; i++) {
        lint->panels[i] = (struct panel){screens[i].width, screens[i].height,
                                         screens[i].width / screens[i].width_mm, 0};
    }
    lint->say_most = all ? INT_MAX : SAID_MAX;
    language_load(locale);
    lint->type = type_create(NULL);
    lint->list = draw_list_create();
    return lint->type != NULL && lint->list != NULL && stage_open(&lint->stage, assets);
}

void
lint_close(struct lint *lint)
{
    stage_close(&lint->stage);
    draw_list_destroy(lint->list);
    type_destroy(lint->type);
}

void
lint_say(void *context, const char *words)
{
    struct lint *lint = context;
    const struct flow *flow = &lint->stage.flow;
    lint->breaches++;
    if (lint->said++ < lint->say_most) {
        printf("#   %s · %s · size %d · %s%s · page %d: %s\n", lint->scene->name,
               language_code(flow->language), flow->size, screens[lint->panel].name,
               flow->contrast ? " · contrast" : "", lint->page + 1, words);
    }
}

void
lint_draw(struct lint *lint)
{
    struct flow *flow = &lint->stage.flow;
    *(flow->cover != COVER_NONE ? &flow->cover_page : &flow->page) = lint->page;
    ui_begin(&lint->ui, &lint->panels[lint->panel], flow->contrast ? &theme_contrast : &theme_day,
             flow->size, lint->type, lint->list);
    screens_draw(&lint->ui, flow, &lint->stage.facts);
}

static bool
has_next_page(const struct lint *lint)
{
    for (size_t i = 0; i < lint->ui.count; i++) {
        const struct node *node = &lint->ui.nodes[i];
        if (node->action == FLOW_PAGE && node->arg > lint->page) {
            return true;
        }
    }
    return false;
}

bool
lint_first_page(struct lint *lint)
{
    lint->page = 0;
    lint_draw(lint);
    return true;
}

bool
lint_next_page(struct lint *lint)
{
    if (!has_next_page(lint) || ++lint->page == PAGES_MAX) {
        return false;
    }
    lint_draw(lint);
    return true;
}

void
lint_speak(struct lint *lint, enum language language)
{
    static char date[DATE_LINE];
    const struct civil when = {2026, 11, 23, 9, 41, 0, 1};
    lint->stage.flow.language = language;
    language_set(language);
    language_date_line(language, &when, 480, date);
    lint->stage.facts.date_line = date;
}

void
lint_set(struct lint *lint, const struct scene *scene)
{
    lint->scene = scene;
    stage_reset(&lint->stage);
    scene->set(&lint->stage, scene);
}
