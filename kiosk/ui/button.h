/* What can be pressed: buttons, tiles, rows to choose, the row that turns pages. Each
 * draws itself into the given rectangle and adds its node. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "ui/ui.h"

enum button_kind { BUTTON_PRIMARY, BUTTON_SECONDARY, BUTTON_QUIET /* small, in a row of a card */ };

struct button {
    uint32_t id;
    enum button_kind kind;
    const char *label, *icon; /* icon may be NULL */
    const char *spoken;       /* the node's label when `label` alone says too little; or NULL */
    int action;
    int64_t arg, release_arg;
    unsigned flags; /* NODE_HOLD, NODE_REPEAT, NODE_DISABLED, NODE_SELECTED */
};

struct node *button_draw(struct ui *ui, struct rect rect, const struct button *button);
int button_width(const struct ui *ui, const struct button *button); /* of its label on one line */
int button_least_width(const struct ui *ui, const struct button *button); /* no word breaks */
int button_height(const struct ui *ui, const struct button *button, int width);

struct tile {
    uint32_t id;
    const char *icon, *title, *summary; /* icon and summary may be NULL */
    bool primary;                       /* the one to press next, in the primary colour */
    bool face;                          /* the icon is what is chosen: large, without a ground */
    int air;                            /* px above its words, more than they need */
    int action;
    int64_t arg;
    unsigned flags;
};

struct node *tile_draw(struct ui *ui, struct rect rect, const struct tile *tile);
int tile_height(const struct ui *ui, const struct tile *tile, int width);

/* One of several (a ring) or any of several (a box with a tick). */
struct pick {
    uint32_t id;
    const char *label, *detail; /* detail may be NULL */
    int px;                     /* height of the label's letters; 0: as all */
    bool many, selected;
    int action;
    int64_t arg;
};

struct node *pick_draw(struct ui *ui, struct rect rect, const struct pick *pick);
int pick_height(const struct ui *ui, const struct pick *pick, int width);

/* "Sebelumnya", "Halaman 1 dari 2", "Berikutnya". The buttons take id and id + 1,
 * the words id + 2; "1/2" stands for them where large letters leave no room. */
struct pager {
    uint32_t id;
    const char *previous, *where, *where_short, *next;
    int page, pages;
    int action; /* arg: the page to show */
};

void pager_draw(struct ui *ui, struct rect rect, const struct pager *pager);
int pager_height(const struct ui *ui);
