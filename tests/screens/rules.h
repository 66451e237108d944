/* What promise U1 asks of one drawn page, read from its nodes and its draw list.
 *
 * Decisions, where the promise leaves them open:
 * - "Never below 29 px" (look.md, at 4.03 px/mm) and "capital height 5.2 mm" say the same
 *   thing: Inter's capitals are 0.727 of the em, and 29 px of em are 7.2 mm. So there is no
 *   smaller class of text: second lines, captions, key legends and the logo's letter too have
 *   capitals of 5.2 mm, 6.8 with large and 8.7 with largest letters.
 * - Letters of the on-screen keyboards grow like all others; the keys keep their size.
 * - A text counts as its ink: from the top of capitals down to where a "p" ends.
 * - An icon is a picture beside its word: 3:1 by day (WCAG 1.4.11), 7:1 in high contrast. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "ui/ui.h"

struct rules;
/* Called for each breach; the words live for the call. */
typedef void breach(void *context, const char *words);

enum { RULE_HELP = 1, RULE_BACK = 2, RULE_HEADING = 4 };

/* Everything about a page but the words. `wants` says what kind of screen it is. */
void rules_check(const struct ui *ui, unsigned wants, breach *report, void *context);
/* Only colours: for controls that are held down or focused. */
void rules_colours(const struct ui *ui, breach *report, void *context);
