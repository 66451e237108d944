/* gettext and the words around the date. Catalogues are loaded before the program
 * locks itself; switching only points at another one. */
#pragma once
#include <stddef.h>
#include "base/clock.h"
#include "form/catalogue.h"

void language_load(const char *folder);
void language_set(enum language language);
const char *language_code(enum language language); /* "id" */

enum { DATE_LINE = 96 };
/* "Senin, 23 November 2026 · 09.41 WITA" */
void language_date_line(enum language language, const struct civil *when, int utc_offset,
                        char out[DATE_LINE]);
