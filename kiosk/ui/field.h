/* The field of a question: what was typed, grouped as people read it, and the caret,
 * which is always in view and goes where it is touched. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "ui/ui.h"

enum field_group {
    FIELD_TEXT,
    FIELD_FOURS,  /* 6472 0363 0790 0012 */
    FIELD_PHONE,  /* 0812-3456-8488 */
    FIELD_MONEY,  /* Rp1.250.000 */
    FIELD_DATE,   /* DD / MM / YYYY, from the digits DDMMYYYY; placeholders for the rest */
    FIELD_TIME,   /* HH.MM, from the digits HHMM; placeholders too */
    FIELD_NUMBER, /* plain, wide digits */
    FIELD_CODE,   /* 7K3F-9QXM */
    FIELD_NOP     /* 64.72.021.001.001-0001.0 */
};

struct field {
    uint32_t id;
    const char *label; /* the question, for the node */
    const char *text;
    size_t caret; /* byte offset in `text` */
    enum field_group group;
    const char *before; /* "Rp", "RT" in front of what is typed; or NULL */
    /* FIELD_DATE, FIELD_TIME: one placeholder a digit, "HHBBTTTT"; else an example; or NULL */
    const char *blank;
    int lines; /* of text at most; 1 to UI_TYPED */
    bool wrong;
    int caret_action; /* a touch puts the caret there; arg: code points before it; 0 none */
};

struct node *field_draw(struct ui *ui, struct rect rect, const struct field *field);
int field_height(const struct ui *ui, int lines);
/* Code points before the place that was touched in the field on screen. */
int64_t field_place(const struct ui *ui, int x, int y);
