/* What people type in letters: names and free text. `out` holds ANSWER_BYTES. Pure. */
#pragma once
#include "form/check.h"

/* A name of 1 to 60 characters as identity cards have them. */
struct check check_name(const char *typed, char *out);
/* `least` to `most` characters, spaces at the ends left out; a line break is a space. */
struct check check_text(const char *typed, int least, int most, char *out);
