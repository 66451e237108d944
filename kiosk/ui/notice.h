/* What is read, not pressed: notices and alerts (never by colour alone: an icon and
 * words), progress, numbered steps, rows of an answer, large numbers, QR codes. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "ui/button.h"
#include "ui/ui.h"

/* CHECK: it may be right, look at it again; DANGER: it is wrong, or did not work. */
enum notice_kind { NOTICE_GOLD, NOTICE_DANGER, NOTICE_GOOD, NOTICE_CHECK };

struct notice {
    uint32_t id;
    enum notice_kind kind;
    const char *title, *text; /* either may be NULL */
    bool tight;               /* smaller letters and less air, where room is short */
};
int notice_height(const struct ui *ui, const struct notice *notice, int width);
struct node *notice_draw(struct ui *ui, struct rect rect, const struct notice *notice);

/* Bars, `position` of `total` filled. The words beside it are the screen's. */
void progress_draw(struct ui *ui, struct rect rect, int position, int total);
int progress_height(const struct ui *ui);

enum numbered_state { NUMBERED_NOW, NUMBERED_DONE /* a tick */, NUMBERED_LATER /* only a ring */ };
struct numbered { /* a step */
    uint32_t id;
    int number;
    enum numbered_state state;
    const char *title, *detail; /* detail may be NULL */
};
int numbered_height(const struct ui *ui, const struct numbered *step, int width);
struct node *numbered_draw(struct ui *ui, struct rect rect, const struct numbered *step);

struct answer_row { /* "NIK   6472 .... 0012   [Tahan: lihat] [Ubah]" */
    uint32_t id;
    const char *key, *value;
    bool secret;              /* the value is what a resident typed */
    struct button buttons[2]; /* a label of NULL: none */
    bool line;                /* a quiet line below */
};
int answer_row_height(const struct ui *ui, const struct answer_row *row, int width);
void answer_row_draw(struct ui *ui, struct rect rect, const struct answer_row *row);

/* As large as the rectangle allows, in its middle. */
struct node *number_draw(struct ui *ui, uint32_t id, struct rect rect, const char *number);
/* `most`: px of its letters, 0 for what becomes the page's hero. */
int number_height(const struct ui *ui, int width, int most, const char *number);
int number_least(const struct ui *ui); /* where there is less room: still above a heading */

/* Black on white in both themes, with its quiet zone; `label` says in words what it is. */
struct node *code_draw(struct ui *ui, uint32_t id, struct rect rect, const char *content,
                       const char *label);
