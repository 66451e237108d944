#include "form/day.h"

#include <stddef.h>

#include "base/clock.h"

bool
day_exists(int year, int month, int day)
{
    return day >= 1 && day <= civil_days_in_month(year, month);
}

/* `count` digits; false at anything else. */
static bool
take_digits(const char **at, int count, int *out)
{
    *out = 0;
    for (; count > 0; count--, ++*at) {
        if (**at < '0' || **at > '9') {
            return false;
        }
        *out = *out * 10 + (**at - '0');
    }
    return true;
}

bool
day_parse(const char *iso, struct day *out)
{
    return iso != NULL && take_digits(&iso, 4, &out->year) && *iso++ == '-' &&
           take_digits(&iso, 2, &out->month) && *iso++ == '-' && take_digits(&iso, 2, &out->day) &&
           *iso == '\0' && day_exists(out->year, out->month, out->day);
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
