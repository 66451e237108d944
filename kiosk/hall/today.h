/* What the desk told of today: counters, officers, every number, the last call. Kept only to
 * be shown; the desk decides everything, and after a break tells it all anew. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "wire/hall_messages.h"

struct today;
struct text;

struct today *today_create(void); /* NULL: no memory */
void today_destroy(struct today *today);
/* Takes a message of the desk's over; true: browsers should be told. */
bool today_hear(struct today *today, const struct wire_type *type, const void *message);
void today_forget(struct today *today); /* the desk is gone: nothing of it is shown as true */

/* The salt of an officer's PIN; NULL: nobody is called so. */
const uint8_t *today_salt(const struct today *today, const char *officer);
bool today_has_counter(const struct today *today, int number);
int64_t today_version(const struct today *today); /* rises with each change */
/* All of it as JSON, for a page that has just opened or missed something. */
void today_write(const struct today *today, struct text *out);
