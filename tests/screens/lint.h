/* One run over the scenes: a scene at a time in one look after the other (language, text
 * size, contrast, panel), drawn page by page, and what was said against it. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "stage.h"
#include "type/type.h"
#include "ui/draw.h"
#include "ui/ui.h"

enum { PANELS = 4, SIZES = 3 };

struct lint {
    struct stage stage;
    struct type *type;
    struct draw_list *list;
    struct ui ui;
    struct panel panels[PANELS];
    struct rect primary[PANELS][SIZES][LANGUAGE_COUNT]; /* where the first screen had it */
    const struct scene *scene;
    int panel, page;
    int breaches, said, say_most;                   /* of this scene */
    int looks;                                      /* taken in all */
    bool in_turn[PANELS][LANGUAGE_COUNT][SIZES][2]; /* by a scene that is not seen in every look */
};

bool lint_open(struct lint *lint, const char *assets, const char *locale, bool say_all);
void lint_close(struct lint *lint);

void lint_set(struct lint *lint, const struct scene *scene);
void lint_speak(struct lint *lint, enum language language);
void lint_draw(struct lint *lint); /* the page that `page` says */
/* for (bool more = lint_first_page(lint); more; more = lint_next_page(lint)): every page. */
bool lint_first_page(struct lint *lint);
bool lint_next_page(struct lint *lint);
void lint_say(void *lint, const char *words); /* a breach of the page that is drawn */

void check_pages(struct lint *lint, const struct scene *scene); /* in every look */
bool check_turns(struct lint *lint); /* did they take every look together? */
void check_states(struct lint *lint, const struct scene *scene); /* held down, focused */
void check_words(struct lint *lint, const struct scene *scene);  /* translated */
