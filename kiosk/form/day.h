/* Calendar days as text, "2026-11-23". Pure. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/clock.h"

struct day {
    int year, month, day;
};

bool day_exists(int year, int month, int day);
/* Only the canonical ISO form of a day that exists. */
bool day_parse(const char *iso, struct day *out);
void day_write(const struct day *day, char out[DATE_TEXT]);
int32_t day_number(const struct day *day);
/* Full years lived on `today`; negative before birth. */
int day_age(const struct day *birth, const struct day *today);
