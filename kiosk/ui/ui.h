/* The frame being built: a draw list and a list of nodes. A node is a thing that
 * can be pressed, focused, spoken or tested. Ids are explicit constants, never
 * labels; what a press does is a number pair that the ui only carries. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "ui/draw.h"

struct type;

enum role {
    ROLE_TEXT,
    ROLE_HEADING,
    ROLE_BUTTON,
    ROLE_KEY,
    ROLE_CHOICE,
    ROLE_CHECK,
    ROLE_FIELD,
    ROLE_ALERT,
    ROLE_IMAGE
};
enum {
    NODE_DISABLED = 1,
    NODE_SELECTED = 2,
    NODE_FOCUSED = 4,
    NODE_DOWN = 8,
    NODE_PRIMARY = 16,
    NODE_HOLD = 32,    /* fires `action` while down and `release_arg` when let go */
    NODE_REPEAT = 64,  /* fires again and again while held */
    NODE_SECRET = 128, /* the value is what a resident typed: never speak it aloud */
    NODE_CARET = 256   /* a field: fires the place in what was typed that was touched */
};

struct node {
    uint32_t id;
    enum role role;
    unsigned flags;
    struct rect rect;  /* what can be touched */
    struct rect seen;  /* what is drawn (the text's box for ROLE_TEXT) */
    const char *label; /* in the resident's language; in the draw list's memory */
    const char *value; /* of a field; NULL otherwise */
    int action;        /* 0: cannot be pressed */
    int64_t arg, release_arg;
    bool clipped; /* its text did not fit: the lint's business */
};

/* A line of the field on screen, for whoever touches it. */
struct typed_line {
    struct rect at;
    int px, cell;
    int64_t first;            /* code points typed before it */
    const char *text, *typed; /* in the draw list: what is shown, and for each letter of it
                                 whether it was typed ('1') or stands between ('0') */
};

enum { UI_NODES = 320, UI_TYPED = 4 };

struct ui {
    const struct panel *panel;
    const struct theme *theme;
    int enlarge;       /* 0 1 2 */
    struct type *type; /* measures text */
    struct draw_list *draw;
    struct node nodes[UI_NODES];
    size_t count;
    struct typed_line typed[UI_TYPED]; /* of the one field that a screen has at most */
    size_t typed_count;
    uint32_t down, focus; /* ids, from the pointer and the keys; 0 none */
};

/* A new frame: empties the draw list and the nodes; `down` and `focus` stay as they are. */
void ui_begin(struct ui *ui, const struct panel *panel, const struct theme *theme, int enlarge,
              struct type *type, struct draw_list *draw);
const struct node *ui_node(const struct ui *ui, uint32_t id); /* NULL when not on screen */
struct node *ui_add(struct ui *ui, uint32_t id, enum role role, struct rect rect,
                    const char *label); /* never NULL: the last one is reused when full (logged) */
uint32_t ui_colour(const struct ui *ui, enum ink ink);
int ui_mm(const struct ui *ui, double mm);
int ui_type(const struct ui *ui, enum type_size size);

/* What can be pressed: ui_add() with an action, and the marks of down, focus and `flags`. */
struct node *ui_press(struct ui *ui, uint32_t id, enum role role, unsigned flags, struct rect rect,
                      const char *label, int action, int64_t arg);
bool ui_is_down(const struct ui *ui, uint32_t id);
void ui_focus_ring(struct ui *ui, const struct node *node, int radius); /* when it has the focus */

/* The measures that every screen shares, px. Wide panels are the smaller ones. */
int ui_margin(const struct ui *ui); /* left and right of everything */
int ui_gap(const struct ui *ui);    /* between cards and tiles */
int ui_inset(const struct ui *ui);  /* inside a card */
int ui_radius(const struct ui *ui);
int ui_line(const struct ui *ui);        /* width of an edge */
int ui_target(const struct ui *ui);      /* least height and width of what is touched */
int ui_primary(const struct ui *ui);     /* height of the primary button */
int ui_wide_button(const struct ui *ui); /* height of another one as wide as the page */
bool ui_wide(const struct ui *ui);
bool ui_slim(const struct ui *ui); /* wide and not high: a 15.6" panel */
int ui_max(int a, int b);
int ui_min(int a, int b);
