/* Time as milliseconds, and the office's calendar. Its zone is data of the office (queue/queue.h),
 * minutes east of UTC; Indonesia has no daylight saving. Thread-safe. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

int64_t clock_wall(void);      /* ms since 1970 UTC; may jump */
int64_t clock_monotonic(void); /* ms; never steps back, stops in suspend */

struct civil {
    int year, month, day; /* month 1-12, day 1-31 */
    int hour, minute, second;
    int weekday; /* 0 Sunday .. 6 Saturday */
};

enum { DATE_TEXT = 11 }; /* "2026-11-24" */
enum { CLOCK_WITA = 480 /* Samarinda's, until an office says its own */ };

/* "WIB", "WITA" or "WIT"; "" for a zone that Indonesia does not have. */
const char *clock_zone(int utc_offset_minutes);
struct civil civil_at(int64_t wall_ms, int utc_offset_minutes);
int64_t civil_to_wall(const struct civil *civil, int utc_offset_minutes);
void civil_date(const struct civil *civil, char out[DATE_TEXT]); /* years 0 to 9999 */
/* Only in that form, and of a day that exists; hours and weekday stay 0. */
bool civil_read_date(const char *text, struct civil *out);
/* "08.00" of a data file as minutes since midnight, "24.00" too; -1: no time. */
int civil_read_time(const char *text);
int civil_days_in_month(int year, int month);           /* 0 for a month outside 1-12 */
int32_t civil_day_number(int year, int month, int day); /* days since 1970-01-01, proleptic */
