/* Text on the screen: measuring, wrapping, drawing. Lines break at blanks and at
 * '\n', rather at a " · " between two facts, and no last line is left with one word where
 * two fit; what does not fit is left out and said so. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "ui/ui.h"

enum align { ALIGN_LEFT, ALIGN_CENTRE };

struct label {
    enum type_size size;
    enum weight weight;
    enum ink ink;
    enum align align;
    int px;      /* pixel height instead of `size`; 0: of `size` */
    int cell;    /* px that each character takes, on one line; 0: what it takes by itself */
    int lines;   /* at most so many; 0: as many as the box holds */
    bool middle; /* vertically in the middle of the box */
    bool typed;  /* what a resident typed: words may break anywhere, never spoken aloud */
};

int label_line_height(const struct ui *ui, const struct label *style); /* of one line, px */
/* Height of the wrapped text in px. */
int label_height(const struct ui *ui, const struct label *style, int width, const char *text);
/* Width of the longest line when nothing wraps, px. */
int label_width(const struct ui *ui, const struct label *style, const char *text);
/* Width of the widest word, px: less room breaks it. */
int label_word_width(const struct ui *ui, const struct label *style, const char *text);
/* The largest px of `style` and the steps below it (never below SIZE_NOTE) at which the
 * text fits into the box whole; the smallest one when none does. */
int label_fit(const struct ui *ui, const struct label *style, int width, int height,
              const char *text);
bool label_fits(const struct ui *ui, const struct label *style, int width, int height,
                const char *text); /* whole, at the size that `style` says */
/* Bytes of `text` that fill the first lines of a box this high, at least one line. */
size_t label_split(const struct ui *ui, const struct label *style, int width, int height,
                   const char *text);

/* Draw without a node (the caller's node carries the words). Returns the height used;
 * `*clipped` is only ever set to true. */
int label_paint(struct ui *ui, const struct label *style, struct rect box, const char *text,
                bool *clipped);
/* Draw with a node of its own (ROLE_TEXT, or ROLE_HEADING for SIZE_HEADING). */
int label_draw(struct ui *ui, uint32_t id, const struct label *style, struct rect box,
               const char *text);

extern const struct label label_heading, label_title, label_body, label_soft, label_note;
