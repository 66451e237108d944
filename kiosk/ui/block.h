/* This room's own: one block of a page, its height and its looks. Where it stands on
 * which page is blocks.c's business. */
#pragma once
#include "ui/blocks.h"
#include "ui/label.h"

enum { BLOCK_WORDS = 4096 }; /* bytes of one piece of a text */

bool block_is_words(const struct block *block); /* a text that may go over pages */
struct label block_words_style(const struct block *block);
/* What stands left of the words: a bullet, or the mark of a heading. */
int block_words_indent(const struct ui *ui, const struct block *block);
int block_words_least(const struct ui *ui, const struct block *block); /* height of that mark */

int block_height(const struct ui *ui, const struct block *block, int width);
/* Space above a block, after the one before it (NULL: none). */
int block_space(const struct ui *ui, const struct block *before, const struct block *block);

/* `line`: a quiet line below, another row follows. */
void block_draw(struct ui *ui, const struct block *block, const struct block_piece *piece,
                bool line);
