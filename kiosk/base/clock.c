#include "base/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/text.h"

enum { DAY_SECONDS = 86400, MINUTE_MS = 60000 };

static int64_t
read_clock(clockid_t id)
{
    struct timespec time;
    clock_gettime(id, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

int64_t
clock_wall(void)
{
    return read_clock(CLOCK_REALTIME);
}

int64_t
clock_monotonic(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

const char *
clock_zone(int utc_offset_minutes)
{
    enum { WIB = 420, WIT = 540 };
    return utc_offset_minutes == WIB          ? "WIB"
           : utc_offset_minutes == CLOCK_WITA ? "WITA"
           : utc_offset_minutes == WIT        ? "WIT"
                                              : "";
}

int
civil_days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12) {
        return 0;
    }
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* Counted in years that begin in March, so that the leap day comes last. */
int32_t
civil_day_number(int year, int month, int day)
{
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int year_of_era = year - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static void
date_of_day(int32_t day, struct civil *civil)
{
    day += 719468;
    int era = (day >= 0 ? day : day - 146096) / 146097;
    int of_era = day - era * 146097;
    int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year + year / 4 - year / 100);
    int month = (5 * of_year + 2) / 153;
    civil->day = of_year - (153 * month + 2) / 5 + 1;
    civil->month = month < 10 ? month + 3 : month - 9;
    civil->year = year + era * 400 + (civil->month <= 2);
}

struct civil
civil_at(int64_t wall_ms, int utc_offset_minutes)
{
    int64_t local = wall_ms + (int64_t)utc_offset_minutes * MINUTE_MS;
    int64_t seconds = local / 1000 - (local % 1000 < 0);
    int64_t day = seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0);
    int rest = (int)(seconds - day * DAY_SECONDS);
    struct civil civil = {.hour = rest / 3600, .minute = rest / 60 % 60, .second = rest % 60};
    date_of_day((int32_t)day, &civil);
    civil.weekday = (int)(((day + 4) % 7 + 7) % 7); // 1970-01-01 was a Thursday
    return civil;
}

int64_t
civil_to_wall(const struct civil *civil, int utc_offset_minutes)
{
    int64_t day = civil_day_number(civil->year, civil->month, civil->day);
    int64_t seconds = day * DAY_SECONDS + civil->hour * 3600 + civil->minute * 60 + civil->second;
    return seconds * 1000 - (int64_t)utc_offset_minutes * MINUTE_MS;
}

void
civil_date(const struct civil *civil, char out[DATE_TEXT])
{
    snprintf(out, DATE_TEXT, "%04u-%02u-%02u", (unsigned)civil->year % 10000,
             (unsigned)civil->month % 100, (unsigned)civil->day % 100);
}

/* `count` digits; false at anything else. */
static bool
take_digits(const char **at, int count, int *out)
{
    for (*out = 0; count > 0; count--, ++*at) {
        if (**at < '0' || **at > '9') {
            return false;
        }
        *out = *out * 10 + (**at - '0');
    }
    return true;
}

bool
civil_read_date(const char *text, struct civil *out)
{
    *out = (struct civil){0};
    return take_digits(&text, 4, &out->year) && *text++ == '-' &&
           take_digits(&text, 2, &out->month) && *text++ == '-' &&
           take_digits(&text, 2, &out->day) && *text == '\0' && out->day >= 1 &&
           out->day <= civil_days_in_month(out->year, out->month);
}

int
civil_read_time(const char *text)
{
    const char *at = text;
    int hour = (int)text_take_number(&at, 2);
    at += *at == '.';
    int minute = (int)text_take_number(&at, 2);
    int minutes = hour * 60 + minute;
    bool good = strlen(text) == 5 && text[2] == '.' && at == text + 5 && minute < 60;
    return good && minutes <= 24 * 60 ? minutes : -1;
}
