/* Which name was meant by a misspelt one, for the sentence that refuses it. Pure. */
#pragma once

enum { GUESS_BYTES = 200 };

/* The nearest of the names (NULL-terminated; an empty one is passed over); NULL when none is
 * near. Capitals, '_' and '-' count for little. */
const char *guess_name(const char *word, const char *const *names);
/* "; is 'title' meant?", else "; there are form, queue" where they are few, else "". Returns
 * `out`. */
const char *guess_hint(const char *word, const char *const *names, char out[GUESS_BYTES]);
