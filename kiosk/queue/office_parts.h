/* The inside of an office, shared by the file that loads it and the one that answers. */
#pragma once
#include "queue/queue.h"

struct arena;
struct json_value;
struct reader;

enum { WEEK = 7, DAY_MINUTES = 24 * 60, LETTERS = 26 };

struct span { /* minutes since midnight, the end excluded */
    int from, to;
};
struct day {
    struct span open, pause; /* to 0: none */
    bool digital;
};
/* Hours that are others for some weeks: Ramadan. */
struct period {
    int32_t from, to; /* day numbers, both included */
    const char *hours, *notice;
    struct day week[WEEK];
};
struct office {
    struct arena *arena;
    const char *code, *name, *address, *notice, *hours;
    const char *const *serves; /* NULL-terminated */
    int utc_offset;
    bool plain_days;       /* no day leads with self-service */
    struct day week[WEEK]; /* 0 Sunday */
    struct period *periods;
    size_t period_count;
    int32_t *holidays; /* day numbers */
    size_t holiday_count;
    int quota[LETTERS];
    struct counter *counters;
    size_t counter_count;
    struct calling calling;
};

void office_read_counters(struct reader *reader, const struct json_value *root,
                          struct office *office);
void office_read_calling(struct reader *reader, const struct json_value *root,
                         struct office *office);
