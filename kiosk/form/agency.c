#include "form/agency.h"

#include <string.h>

#include "form/day.h"

enum { LOOKED_AT = 62 };

static bool
is_day_off(const char *days_off, const char *day)
{
    return strstr(days_off, day) != NULL; // all of them are written alike
}

bool
agency_at(const struct agency *agency, const char *days_off, const char *today, int minute,
          struct agency_next *next)
{
    struct day day;
    if (!day_parse(today, &day)) {
        return false;
    }
    int32_t first = day_number(&day);
    for (int ahead = 0; ahead < LOOKED_AT; ahead++) {
        struct civil civil = civil_at((first + ahead) * INT64_C(86400000), 0);
        struct agency_day hours = agency->week[civil.weekday];
        *next = (struct agency_next){.ahead = ahead, .weekday = civil.weekday};
        civil_date(&civil, next->day);
        bool over = ahead == 0 && minute >= hours.to;
        if (hours.to != 0 && !over && !is_day_off(days_off, next->day)) {
            next->open = ahead == 0 && minute >= hours.from;
            next->minute = next->open ? hours.to : hours.from;
            return true;
        }
    }
    return false;
}
