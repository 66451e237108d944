/* Number series, opening hours, priority, estimates: pure arithmetic over data.
 * The office's file (assets/offices/CODE.json) is loaded and checked here. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct office; /* hours, breaks, periods with other hours, holidays, quotas, notices */
struct civil;
struct fault;

/* NULL when anything is wrong; the fault says "name:line: key: reason". */
struct office *office_load(const char *bytes, size_t len, const char *name, struct fault *fault);
void office_destroy(struct office *office);
const char *office_code(const struct office *office); /* kelurahan code */
const char *office_name(const struct office *office); /* "Kelurahan Sungai Keledang" */
const char *office_address(const struct office *office);
/* What concerns everybody these days; may be empty. */
const char *office_notice(const struct office *office, const struct civil *now);
int office_utc_offset(const struct office *office); /* minutes */
bool office_digital_day(const struct office *office, const struct civil *now);
/* One line for the screen; the face is told at hello, so that a period's notice, which goes
 * with every status, should name its hours too. "Senin–Kamis 08.00–16.00 · Jumat 08.00–14.00". */
const char *office_hours_line(const struct office *office, const struct civil *now);

enum opening { OFFICE_OPEN, OFFICE_BREAK /* numbers are given, nobody calls */, OFFICE_CLOSED };
/* State now; `until` gets "08.00" of the next change today, or "" if none. */
enum opening office_opening(const struct office *office, const struct civil *now, char until[8]);
/* Greatest number of the series per day; 0 none. */
int office_quota(const struct office *office, const char *letter);

/* "A-017"; numbers beyond 999 keep counting, "A-1000". `out` 16 bytes. */
void number_format(char *out, const char *letter, int number);
/* Honest estimate: waiting people times the median of recent service minutes over
 * open counters; -1 with fewer than three samples. */
int queue_estimate(int ahead, const int *minutes, size_t samples, int counters);
