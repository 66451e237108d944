/* The hours of an agency that people ask about before they travel (a counter of the public service
 * mall, a health centre): by weekday, closed on the city's days off. Is it open now, and when
 * next? Pure: the day and the minute come in. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/clock.h"
#include "form/catalogue.h"

struct reader;

enum { AGENCY_WEEK = 7, AGENCIES_MAX = 12 };

struct agency_day { /* minutes since midnight; to 0: closed */
    int from, to;
};
struct agency {
    struct words name;
    struct agency_day week[AGENCY_WEEK]; /* 0 Sunday */
};

struct agency_next {
    bool open;           /* now, until `minute`; else from `minute` of the day named */
    int minute;          /* since midnight */
    int ahead, weekday;  /* days from today; 0 Sunday */
    char day[DATE_TEXT]; /* "2026-11-24" */
};
/* `today` "2026-11-24"; `days_off` such dates with a space between. False: not within two months,
 * or today is no day. */
bool agency_at(const struct agency *agency, const char *days_off, const char *today, int minute,
               struct agency_next *next);

/* load_info.c: [{"name", "week": {"senin": ["08.00", "15.00"]}}] under a page's "hours". */
void load_agencies(struct reader *reader, const struct json_value *page, struct info_page *out);
