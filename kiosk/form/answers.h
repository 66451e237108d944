/* What a resident answered: canonical text by question, in the visit's memory.
 * NIK and KK are 16 digits, dates "2026-11-23", money and numbers plain digits,
 * phones "+62...", RT "007", many-of names separated by one space, yes/no "yes"
 * or "no", kelurahan its ten-digit code. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct answers;
struct secret;

enum { ANSWERS_MAX = 64, ANSWER_BYTES = 1536 };

/* Lives in the visit's memory and goes with its wipe; NULL when that is full. */
struct answers *answers_create(struct secret *memory);

/* NULL when not answered. An empty string is "skipped". */
const char *answers_get(const struct answers *answers, const char *question);
/* Overwrites (and zeroes) the old value; NULL removes; false when full or too long. */
bool answers_set(struct answers *answers, const char *question, const char *value);
/* Is this value the answer of a question whose name begins so? */
bool answers_hold(const struct answers *answers, const char *prefix, const char *value);
