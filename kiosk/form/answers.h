/* What a resident answered: canonical text by question (spot_key, spot.h), in the visit's
 * memory.
 * NIK and KK are 16 digits, dates "2026-11-23", times "08.30", money and numbers plain digits,
 * phones "+62...", RT "007", many-of names separated by one space, yes/no "yes"
 * or "no", kelurahan its ten-digit code, of a repeat the number of its rows. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct answers;
struct secret;

enum { ANSWER_BYTES = 1536, ANSWERS_BYTES = 24 * 1024 };

/* Lives in the visit's memory and goes with its wipe; NULL when that is full. */
struct answers *answers_create(struct secret *memory);

/* NULL when not answered. An empty string is "skipped". Good until the next change. */
const char *answers_get(const struct answers *answers, const char *key);
/* Zeroes the old value, which `value` may be; NULL removes; false when full or too long. */
bool answers_set(struct answers *answers, const char *key, const char *value);
/* What stands under `from` stands under `to` afterwards, in place of what stood there; nothing
 * can fail. `to` is no longer than `from`. */
void answers_move(struct answers *answers, const char *from, const char *to);
/* A number that was answered, held between these; `least` when none was. */
int answers_number(const struct answers *answers, const char *key, int least, int most);
void answers_clear(struct answers *answers); /* zeroed */
bool answers_empty(const struct answers *answers);
/* Is this value the answer of a question whose name begins so? */
bool answers_hold(const struct answers *answers, const char *prefix, const char *value);
