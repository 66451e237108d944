/* An office's month in numbers, out of what its kiosks counted: how visits ended and where they
 * were left, by which channel requests came (60/40), what people think. Of nobody. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "form/ikm.h"

struct rows;

enum { FIGURES_DAYS = 31, FIGURES_NAMES = 400, FIGURES_SERVICES = 160, FIGURES_NAME = 64 };
enum { CHANNEL_SELF, CHANNEL_ASSISTED, CHANNEL_APP, CHANNEL_COUNTER, CHANNELS };

struct figures_day {
    int64_t channels[CHANNELS];
};
struct figures_name { /* a place, a question, a choice */
    char name[FIGURES_NAME];
    int64_t left, errors, seconds, looks, votes;
};
struct figures_service {
    char service[33];
    struct ikm_counts counts;
};

struct figures {
    struct figures_day days[FIGURES_DAYS], month;
    int64_t visits[4]; /* done, cancelled, idle, looked */
    struct figures_name names[FIGURES_NAMES];
    size_t name_count;
    struct figures_service services[FIGURES_SERVICES];
    size_t service_count;
    struct ikm_counts all; /* services together */
};

/* One name of a day, 1 to 31; what is none of these is left out. */
void figures_add(struct figures *figures, int day, const char *name, int64_t count);
/* Hundredths of a per cent, half-up; -1 without anything. An assisted request is digital: it
 * was filed at the kiosk. */
int figures_digital(const struct figures_day *day);
int64_t figures_transactions(const struct figures_day *day);
