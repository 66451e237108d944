/* Number series, opening hours, priority, estimates: pure arithmetic over data.
 * An office's files are loaded and checked here: its own (assets/offices/CODE.json) and the
 * city's (kota.json), which holds what all offices have in common. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "queue/calling.h"

struct office; /* hours, breaks, periods with other hours, holidays, quotas, notices */
struct civil;
struct fault;

struct office_file { /* JSON, and the name that a fault gives it */
    const char *name, *bytes;
    size_t len;
};
struct office_place { /* what an office without a file of its own is called */
    const char *code, *name, *address;
};
/* What stands in its own file counts, key by key: hours, weeks, periods, quotas; what does not
 * stands in the city's. The city's days off are its own too, but for those on which its file
 * says that it works. No own file: `place` must say which office it is; no file of the city:
 * all must stand in its own. NULL when anything is wrong; the fault says
 * "name:line: key: reason". */
struct office *office_load(const struct office_file *own, const struct office_file *city,
                           const struct office_place *place, struct fault *fault);
void office_destroy(struct office *office);
const char *office_code(const struct office *office); /* kelurahan code */
const char *office_name(const struct office *office); /* "Kelurahan Sungai Keledang" */
/* Codes of the kelurahan that a kecamatan's office serves, NULL-terminated; none: its own. */
const char *const *office_serves(const struct office *office);
const char *office_address(const struct office *office);
/* What concerns everybody these days; may be empty. */
const char *office_notice(const struct office *office, const struct civil *now);
int office_utc_offset(const struct office *office); /* minutes */
bool office_digital_day(const struct office *office, const struct civil *now);
/* One line for the screen; the face is told at hello, so that a period's notice, which goes
 * with every status, should name its hours too. "Senin–Kamis 08.00–16.00 · Jumat 08.00–14.00". */
const char *office_hours_line(const struct office *office, const struct civil *now);

/* Its days off from that day on, "2026-12-24 2026-12-25", as far as they fit. */
void office_days_off(const struct office *office, int32_t from, char *out, size_t size);

/* Where residents are served; an office may have none, whose numbers nobody calls. */
struct counter {
    int number;         /* "silakan menuju loket dua" */
    const char *name;   /* "Loket 2 Kependudukan" */
    const char *series; /* the letters that it calls: "BEP" */
};
enum { COUNTER_MOST = 20 };
size_t office_counters(const struct office *office, const struct counter **list);
const struct counter *office_counter(const struct office *office, int number); /* NULL: none */
bool counter_calls(const struct counter *counter, const char *letter);
const struct calling *office_calling(const struct office *office);

enum opening { OFFICE_OPEN, OFFICE_BREAK /* numbers are given, nobody calls */, OFFICE_CLOSED };
/* State now; `until` gets "08.00" of the next change today, or "" if none. */
enum opening office_opening(const struct office *office, const struct civil *now, char until[8]);
/* Greatest number of the series per day; 0 none. */
int office_quota(const struct office *office, const char *letter);
/* Are numbers given now? Not when it is closed, nor in the last minutes before it closes. */
bool office_gives_numbers(const struct office *office, const struct civil *now);

/* "A-017"; numbers beyond 999 keep counting, "A-1000". `out` 16 bytes. */
void number_format(char *out, const char *letter, int number);
/* Honest estimate: waiting people times the median of recent service minutes over
 * open counters; -1 with fewer than three samples. */
int queue_estimate(int ahead, const int *minutes, size_t samples, int counters);
