#include "form/day.h"

#include <stddef.h>

bool
day_exists(int year, int month, int day)
{
    return day >= 1 && day <= civil_days_in_month(year, month);
}

bool
day_parse(const char *iso, struct day *out)
{
    struct civil civil;
    bool good = iso != NULL && civil_read_date(iso, &civil);
    *out = good ? (struct day){civil.year, civil.month, civil.day} : (struct day){0};
    return good;
}

void
day_write(const struct day *day, char out[DATE_TEXT])
{
    civil_date(&(struct civil){.year = day->year, .month = day->month, .day = day->day}, out);
}

int32_t
day_number(const struct day *day)
{
    return civil_day_number(day->year, day->month, day->day);
}

int
day_age(const struct day *birth, const struct day *today)
{
    bool before =
        today->month < birth->month || (today->month == birth->month && today->day < birth->day);
    return today->year - birth->year - before;
}
