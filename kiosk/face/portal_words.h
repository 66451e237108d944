/* Texts of the portal's answers, as a screen or a slip may carry them. The portal is believed in
 * what it says, not in how: its words are one line that anybody can see whole, its codes, days and
 * times have their shape or are none at all (""). */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/clock.h"
#include "base/id.h"

struct json_value;

/* Cut where they do not fit. What breaks a line is a blank, what cannot be seen is left out. */
void portal_words(const struct json_value *value, char *out, size_t size);
/* The same, but what does not fit is none: half a name would be another one. */
void portal_name(const struct json_value *value, char *out, size_t size);
/* A code of ours, as it is written. */
void portal_code(const struct json_value *value, char out[CODE_TEXT]);
void portal_day(const struct json_value *value, char out[DATE_TEXT]);
/* "10:00" of the contract as offices write it, "10.00". */
enum { PORTAL_TIME = 6 };
void portal_time(const struct json_value *value, char out[PORTAL_TIME]);
/* The letters of a series, "A" or "AB", and with `number` a queue number of it, "A-012". */
void portal_series(const struct json_value *value, bool number, char *out, size_t size);
