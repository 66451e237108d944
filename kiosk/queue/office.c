/* An office's data file: hours by weekday, breaks, holidays, quotas, notices. */
#include "queue/queue.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/text.h"

enum { WEEK = 7, DAY_MINUTES = 24 * 60, LETTERS = 26 };

struct span { /* minutes since midnight, the end excluded */
    int from, to;
};
struct day {
    struct span open, pause; /* to 0: none */
    bool digital;
};
struct office {
    struct arena *arena;
    const char *code, *name, *address, *notice, *hours;
    int utc_offset;
    struct day week[WEEK]; /* 0 Sunday */
    size_t holiday_count;
    int32_t *holidays; /* day numbers */
    int quota[LETTERS];
};

/* While a file is being read. */
struct reading {
    struct office *office;
    const struct json *json;
    const char *name;
    struct fault *fault;
};

static bool refuse(const struct reading *r, const struct json_value *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool
refuse(const struct reading *r, const struct json_value *at, const char *format, ...)
{
    struct text text = text_over(r->fault->text, sizeof r->fault->text);
    char reason[160];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    text_addf(&text, "%s:%d: %s", r->name, json_line(r->json, at), reason);
    return false;
}

static const struct json_value *
root(const struct reading *r)
{
    return json_root(r->json);
}

static bool
read_text(const struct reading *r, const char *key, bool needed, const char **out)
{
    const struct json_value *value = json_get(root(r), key);
    if (json_kind(value) != JSON_TEXT && (needed || value != NULL)) {
        return refuse(r, value != NULL ? value : root(r), "%s: a text is needed", key);
    }
    *out = arena_text(r->office->arena, json_text(value, ""));
    return true;
}

/* "08.00" as minutes; -1 when it is no time. */
static int
minutes_of(const char *text)
{
    const char *at = text;
    int hour = (int)text_take_number(&at, 2);
    at += *at == '.';
    int minute = (int)text_take_number(&at, 2);
    int minutes = hour * 60 + minute;
    bool good = strlen(text) == 5 && text[2] == '.' && at == text + 5 && minute < 60;
    return good && minutes <= DAY_MINUTES ? minutes : -1;
}

/* "2027-01-01" as a day number. */
static bool
day_number_of(const char *date, int32_t *number)
{
    const char *at = date;
    int year = (int)text_take_number(&at, 4);
    at += *at == '-';
    int month = (int)text_take_number(&at, 2);
    at += *at == '-';
    int day = (int)text_take_number(&at, 2);
    bool form = strlen(date) == 10 && date[4] == '-' && date[7] == '-' && at == date + 10;
    if (!form || day < 1 || day > civil_days_in_month(year, month)) {
        return false;
    }
    *number = civil_day_number(year, month, day);
    return true;
}

/* ["08.00", "16.00"]; absent: closed. */
static bool
read_span(const struct reading *r, const struct json_value *value, const char *what,
          struct span *span)
{
    *span = (struct span){0, 0};
    if (value == NULL) {
        return true;
    }
    span->from = minutes_of(json_text(json_at(value, 0), ""));
    span->to = minutes_of(json_text(json_at(value, 1), ""));
    if (json_count(value) != 2 || span->from < 0 || span->to <= span->from) {
        return refuse(r, value, "%s: two times like \"08.00\" are needed, the earlier first", what);
    }
    return true;
}

static bool
read_week(const struct reading *r)
{
    static const char *const names[WEEK] = {"minggu", "senin", "selasa", "rabu",
                                            "kamis",  "jumat", "sabtu"};
    const struct json_value *week = json_get(root(r), "week");
    if (json_kind(week) != JSON_OBJECT) {
        return refuse(r, root(r), "week: hours by day are needed");
    }
    for (size_t i = 0; i < json_count(week); i++) {
        const struct json_value *value = json_at(week, i);
        int at = 0;
        while (at < WEEK && strcmp(names[at], json_key(value)) != 0) {
            at++;
        }
        if (at == WEEK) {
            return refuse(r, value, "week: '%s' is no day", json_key(value));
        }
        struct day *day = &r->office->week[at];
        if (!read_span(r, json_get(value, "open"), "open", &day->open) ||
            !read_span(r, json_get(value, "break"), "break", &day->pause)) {
            return false;
        }
        day->digital = json_bool(json_get(value, "digital"), false);
    }
    return true;
}

static bool
read_holidays(const struct reading *r)
{
    const struct json_value *list = json_get(root(r), "holidays");
    struct office *office = r->office;
    office->holidays = arena_alloc(office->arena, (json_count(list) + 1) * sizeof(int32_t));
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json_value *value = json_at(list, i);
        if (!day_number_of(json_text(json_get(value, "date"), ""),
                           &office->holidays[office->holiday_count])) {
            return refuse(r, value, "holidays: a date like \"2027-01-01\" is needed");
        }
        office->holiday_count++;
    }
    return true;
}

static bool
read_quotas(const struct reading *r)
{
    const struct json_value *quotas = json_get(root(r), "quotas");
    for (size_t i = 0; i < json_count(quotas); i++) {
        const struct json_value *value = json_at(quotas, i);
        const char *letter = json_key(value);
        int64_t most;
        if (letter == NULL || letter[0] < 'A' || letter[0] > 'Z' || letter[1] != '\0' ||
            !json_int(value, &most) || most < 0 || most > 9999) {
            return refuse(r, value, "quotas: a letter with a number up to 9999 is needed");
        }
        r->office->quota[letter[0] - 'A'] = (int)most;
    }
    return true;
}

static bool
read_all(const struct reading *r)
{
    static const char *const known[] = {"code", "name", "address", "notice",   "hours",
                                        "note", "week", "quotas",  "holidays", "utc_offset"};
    int64_t offset = 480;
    for (size_t i = 0; i < json_count(root(r)); i++) {
        const struct json_value *value = json_at(root(r), i);
        size_t at = 0;
        while (at < sizeof known / sizeof *known && strcmp(known[at], json_key(value)) != 0) {
            at++;
        }
        if (at == sizeof known / sizeof *known) {
            return refuse(r, value, "'%s' is not a key of an office", json_key(value));
        }
    }
    const struct json_value *zone = json_get(root(r), "utc_offset");
    if (zone != NULL && (!json_int(zone, &offset) || offset < -720 || offset > 840)) {
        return refuse(r, zone, "utc_offset: minutes from -720 to 840 are needed");
    }
    r->office->utc_offset = (int)offset;
    return read_text(r, "code", true, &r->office->code) &&
           read_text(r, "name", true, &r->office->name) &&
           read_text(r, "address", false, &r->office->address) &&
           read_text(r, "notice", false, &r->office->notice) &&
           read_text(r, "hours", true, &r->office->hours) && read_week(r) && read_holidays(r) &&
           read_quotas(r);
}

struct office *
office_load(const char *bytes, size_t len, const char *name, struct fault *fault)
{
    int line;
    const char *reason;
    struct json *json = json_parse(bytes, len, &line, &reason);
    if (json == NULL) {
        snprintf(fault->text, sizeof fault->text, "%s:%d: %s", name, line, reason);
        return NULL;
    }
    struct arena *arena = arena_create();
    struct office *office = arena_alloc(arena, sizeof *office);
    office->arena = arena;
    struct reading reading = {.office = office, .json = json, .name = name, .fault = fault};
    if (json_kind(json_root(json)) != JSON_OBJECT ? !refuse(&reading, NULL, "an object is needed")
                                                  : !read_all(&reading)) {
        office_destroy(office);
        office = NULL;
    }
    json_destroy(json);
    return office;
}

void
office_destroy(struct office *office)
{
    if (office != NULL) {
        arena_destroy(office->arena);
    }
}

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

const char *
office_notice(const struct office *office)
{
    return office->notice;
}

int
office_utc_offset(const struct office *office)
{
    return office->utc_offset;
}

const char *
office_hours_line(const struct office *office)
{
    return office->hours;
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

bool
office_digital_day(const struct office *office, const struct civil *now)
{
    return office->week[now->weekday].digital && !is_holiday(office, now);
}

static void
write_time(char out[8], int minutes)
{
    snprintf(out, 8, "%02d.%02d", minutes / 60 % 100, minutes % 60);
}

enum opening
office_opening(const struct office *office, const struct civil *now, char until[8])
{
    const struct day *day = &office->week[now->weekday];
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

int
office_quota(const struct office *office, const char *letter)
{
    return letter[0] >= 'A' && letter[0] <= 'Z' ? office->quota[letter[0] - 'A'] : 0;
}
