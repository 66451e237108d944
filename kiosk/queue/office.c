/* What an office's hours mean at a moment. */
#include "queue/office_parts.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/text.h"

const char *
office_code(const struct office *office)
{
    return office->code;
}

const char *
office_name(const struct office *office)
{
    return office->name;
}

const char *
office_address(const struct office *office)
{
    return office->address;
}

const char *const *
office_serves(const struct office *office)
{
    return office->serves;
}

/* The hours of these days, if they are not the usual ones. */
static const struct period *
period_of(const struct office *office, const struct civil *now)
{
    int32_t today = civil_day_number(now->year, now->month, now->day);
    for (size_t i = 0; i < office->period_count; i++) {
        const struct period *period = &office->periods[i];
        if (today >= period->from && today <= period->to) {
            return period;
        }
    }
    return NULL;
}

static const struct day *
day_of(const struct office *office, const struct civil *now)
{
    const struct period *period = period_of(office, now);
    return period != NULL ? &period->week[now->weekday] : &office->week[now->weekday];
}

const char *
office_notice(const struct office *office, const struct civil *now)
{
    const struct period *period = period_of(office, now);
    return period != NULL && period->notice[0] != '\0' ? period->notice : office->notice;
}

int
office_utc_offset(const struct office *office)
{
    return office->utc_offset;
}

const char *
office_hours_line(const struct office *office, const struct civil *now)
{
    const struct period *period = period_of(office, now);
    return period != NULL ? period->hours : office->hours;
}

static bool
is_holiday(const struct office *office, const struct civil *now)
{
    int32_t today = civil_day_number(now->year, now->month, now->day);
    for (size_t i = 0; i < office->holiday_count; i++) {
        if (office->holidays[i] == today) {
            return true;
        }
    }
    return false;
}

void
office_days_off(const struct office *office, int32_t from, char *out, size_t size)
{
    struct text text = text_over(out, size);
    for (size_t i = 0; i < office->holiday_count; i++) {
        char day[DATE_TEXT];
        struct civil civil = civil_at(office->holidays[i] * INT64_C(86400000), 0);
        civil_date(&civil, day);
        if (office->holidays[i] >= from && text.len + DATE_TEXT < size) {
            text_addf(&text, "%s%s", text.len > 0 ? " " : "", day);
        }
    }
}

bool
office_digital_day(const struct office *office, const struct civil *now)
{
    return !office->plain_days && day_of(office, now)->digital && !is_holiday(office, now);
}

static void
write_time(char out[8], int minutes)
{
    snprintf(out, 8, "%02d.%02d", minutes / 60 % 100, minutes % 60);
}

enum opening
office_opening(const struct office *office, const struct civil *now, char until[8])
{
    const struct day *day = day_of(office, now);
    int minute = now->hour * 60 + now->minute;
    until[0] = '\0';
    if (day->open.to == 0 || is_holiday(office, now) || minute >= day->open.to) {
        return OFFICE_CLOSED;
    }
    if (minute < day->open.from) {
        write_time(until, day->open.from);
        return OFFICE_CLOSED;
    }
    if (minute >= day->pause.from && minute < day->pause.to) {
        write_time(until, day->pause.to);
        return OFFICE_BREAK;
    }
    write_time(until, minute < day->pause.from ? day->pause.from : day->open.to);
    return OFFICE_OPEN;
}

bool
office_gives_numbers(const struct office *office, const struct civil *now)
{
    char until[8];
    int left = day_of(office, now)->open.to - (now->hour * 60 + now->minute);
    return office_opening(office, now, until) != OFFICE_CLOSED && left > office->calling.last;
}

int
office_quota(const struct office *office, const char *letter)
{
    return letter[0] >= 'A' && letter[0] <= 'Z' ? office->quota[letter[0] - 'A'] : 0;
}
