/* The draw list: what a screen looks like, as data. Widgets append, the painter
 * replays, tests read. Strings are copied into the list, which is zeroed when
 * it is reset (they may hold what a resident typed). */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "ui/rect.h"
#include "ui/theme.h"

enum draw_kind { DRAW_FILL, DRAW_FRAME, DRAW_TEXT, DRAW_ICON, DRAW_QR, DRAW_WEAVE };

struct draw {
    enum draw_kind kind;
    struct rect rect;   /* for text: its line box */
    uint32_t colour;    /* 0xRRGGBB */
    int radius;         /* FILL and FRAME: corner */
    int thick;          /* FRAME: width of the line */
    int size;           /* TEXT: pixel height of the type */
    enum weight weight; /* TEXT */
    int cell;           /* TEXT: fixed advance per character in px, 0: natural */
    const char *text;   /* TEXT: one line; ICON: its name; QR: its content */
};

struct draw_list;

struct draw_list *draw_list_create(void); /* NULL: no memory that can be locked */
void draw_list_destroy(struct draw_list *list);
void draw_list_reset(struct draw_list *list); /* zeroes */
size_t draw_count(const struct draw_list *list);
const struct draw *draw_at(const struct draw_list *list, size_t index);

/* A copy of a string that lives until the list is reset; "" when the list is full. */
const char *draw_keep(struct draw_list *list, const char *text);

void draw_fill(struct draw_list *list, struct rect rect, int radius, uint32_t colour);
void draw_frame(struct draw_list *list, struct rect rect, int radius, int thick, uint32_t colour);
void draw_text(struct draw_list *list, struct rect box, int size, enum weight weight, int cell,
               uint32_t colour, const char *text);
void draw_icon(struct draw_list *list, struct rect rect, uint32_t colour, const char *name);
void draw_qr(struct draw_list *list, struct rect rect, const char *content);
void draw_weave(struct draw_list *list, struct rect rect);       /* the sarung Samarinda band */
void draw_copy(struct draw_list *list, const struct draw *item); /* an item of another list */

/* The pixels that an item may change: glyphs lean a little out of their box. */
struct rect draw_reach(const struct draw *item);

/* Where `next` differs from `last`: up to `max` rectangles that cover every changed
 * pixel, merged where they touch. `last` NULL: all. */
size_t draw_damage(const struct draw_list *last, const struct draw_list *next, struct rect screen,
                   struct rect *out, size_t max);
