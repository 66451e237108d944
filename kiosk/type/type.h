/* The only SDL2_ttf: a line of text to coverage pixels, for screen and paper
 * alike. Faces are opened once (before the program locks itself). One thread. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct type;
enum type_weight { TYPE_REGULAR, TYPE_SEMIBOLD, TYPE_BOLD, TYPE_WEIGHTS };

/* `folder` of the Inter faces; NULL: the system package's. NULL with a log line
 * that names the missing file and package. */
struct type *type_create(const char *folder);
void type_destroy(struct type *type);
/* Let go of what was last shaped, in every size: the visit is over. */
void type_forget(struct type *type);

/* Advance width in px of one line at this pixel height. `cell` > 0: every
 * character takes that width. */
int type_width(struct type *type, enum type_weight weight, int px, int cell, const char *line);
int type_line_height(struct type *type, enum type_weight weight, int px);
int type_ascent(struct type *type, enum type_weight weight, int px);
int type_cap_height(struct type *type, enum type_weight weight, int px);
/* Bytes of `text` that fit into `width` at a word boundary (a lone word that is too
 * wide is cut at a code point); at least one code point, 0 at the end. The blanks
 * after the last word are counted in and need no room. */
int type_fit(struct type *type, enum type_weight weight, int px, const char *text, int width);

/* Draw one line into 8-bit coverage: callback per non-empty row span, so that no
 * bitmap of a resident's text outlives the call (it is zeroed). `y` 0 is the top of
 * the line box. */
typedef void type_span(void *context, int x, int y, const uint8_t *coverage, int length);
void type_draw(struct type *type, enum type_weight weight, int px, int cell, const char *line,
               type_span *span, void *context);
bool type_has(struct type *type, uint32_t code_point); /* does the face cover it? */
