/* An office's data file: hours by weekday, breaks, periods with other hours, holidays,
 * quotas, notices. assets/catalogue/schema/office.schema.json tells authors the same. */
#include "queue/office_parts.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/reader.h"
#include "base/text.h"

enum { CODE = 10, NAME = 60, LINE = 120, NOTICE = 200, PERIODS = 12, HOLIDAYS = 400 };

/* --- times and dates ------------------------------------------------------------- */

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

/* ["08.00", "16.00"]; absent: no such hours. */
static struct span
read_span(struct reader *reader, const struct json_value *day, const char *key)
{
    const struct json_value *list = reader_array(reader, day, key, 0, 2);
    if (list == NULL) {
        return (struct span){0, 0};
    }
    struct span span = {minutes_of(json_text(json_at(list, 0), "")),
                        minutes_of(json_text(json_at(list, 1), ""))};
    if (span.from < 0 || span.to <= span.from) {
        reader_refuse(reader, list, "two times like \"08.00\" are needed, the earlier first");
    }
    return span;
}

/* "2027-01-01" under a key as the number of its day. */
static int32_t
read_date(struct reader *reader, const struct json_value *object, const char *key)
{
    const char *text = reader_text(reader, object, key, true, DATE_TEXT - 1);
    struct civil date;
    if (!civil_read_date(text, &date) || date.year < 2000) {
        reader_refuse(reader, json_get(object, key), "a date like \"2027-01-01\" is needed");
        return 0;
    }
    return civil_day_number(date.year, date.month, date.day);
}

/* --- weeks ----------------------------------------------------------------------- */

static struct day
read_day(struct reader *reader, const struct json_value *value)
{
    static const char *const keys[] = {"open", "break", "digital", NULL};
    if (!reader_object(reader, value, keys)) {
        return (struct day){0};
    }
    struct day day = {.open = read_span(reader, value, "open"),
                      .pause = read_span(reader, value, "break"),
                      .digital = reader_bool(reader, value, "digital")};
    bool inside = day.pause.from > day.open.from && day.pause.to < day.open.to;
    if (day.pause.to != 0 && !inside) {
        reader_refuse(reader, json_get(value, "break"), "a break lies between the opening hours");
    }
    return day;
}

static void
read_week(struct reader *reader, const struct json_value *object, struct day week[WEEK])
{
    static const char *const names[] = {"minggu", "senin", "selasa", "rabu",
                                        "kamis",  "jumat", "sabtu",  NULL};
    const struct json_value *value = json_get(object, "week");
    if (value == NULL) {
        reader_refuse(reader, object, "'week' is missing");
    } else if (reader_object(reader, value, names)) {
        for (int i = 0; i < WEEK; i++) {
            const struct json_value *day = json_get(value, names[i]);
            week[i] = day != NULL ? read_day(reader, day) : (struct day){0};
        }
    }
}

static struct period
read_period(struct reader *reader, const struct json_value *value)
{
    static const char *const keys[] = {"name", "from", "to", "hours", "notice", "week", NULL};
    struct period period = {0};
    reader_object(reader, value, keys);
    reader_text(reader, value, "name", true, NAME); // for whoever reads the file
    period.from = read_date(reader, value, "from");
    period.to = read_date(reader, value, "to");
    period.hours = reader_text(reader, value, "hours", true, LINE);
    period.notice = reader_text(reader, value, "notice", false, NOTICE);
    read_week(reader, value, period.week);
    if (period.to < period.from) {
        reader_refuse(reader, json_get(value, "to"), "ends before it begins");
    }
    return period;
}

static void
read_periods(struct reader *reader, const struct json_value *root, struct office *office)
{
    const struct json_value *list = reader_array(reader, root, "periods", 0, PERIODS);
    office->periods = arena_alloc(office->arena, json_count(list) * sizeof *office->periods);
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        struct period period = read_period(reader, json_at(list, i));
        for (size_t j = 0; j < i; j++) {
            const struct period *other = &office->periods[j];
            if (period.from <= other->to && other->from <= period.to) {
                reader_refuse(reader, json_at(list, i), "overlaps another period");
            }
        }
        office->periods[office->period_count++] = period;
    }
}

/* --- days off and quotas ---------------------------------------------------------- */

static void
read_holidays(struct reader *reader, const struct json_value *root, struct office *office)
{
    static const char *const keys[] = {"date", "name", NULL};
    const struct json_value *list = reader_array(reader, root, "holidays", 0, HOLIDAYS);
    office->holidays = arena_alloc(office->arena, json_count(list) * sizeof *office->holidays);
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        const struct json_value *item = json_at(list, i);
        reader_object(reader, item, keys);
        reader_text(reader, item, "name", true, NAME);
        int32_t date = read_date(reader, item, "date");
        for (size_t j = 0; j < i; j++) {
            if (office->holidays[j] == date) {
                reader_refuse(reader, json_get(item, "date"), "the date stands twice");
            }
        }
        office->holidays[office->holiday_count++] = date;
    }
}

static void
read_quotas(struct reader *reader, const struct json_value *root, struct office *office)
{
    static const char *const letters[] = {"A", "B", "C", "D", "E", "F", "G", "H", "I",
                                          "J", "K", "L", "M", "N", "O", "P", "Q", "R",
                                          "S", "T", "U", "V", "W", "X", "Y", "Z", NULL};
    const struct json_value *quotas = json_get(root, "quotas");
    if (quotas != NULL && reader_object(reader, quotas, letters)) {
        for (int i = 0; i < LETTERS; i++) {
            office->quota[i] = (int)reader_int(reader, quotas, letters[i], 0, 0, 9999);
        }
    }
}

/* --- the file ---------------------------------------------------------------------- */

static void
read_head(struct reader *reader, const struct json_value *root, struct office *office)
{
    office->code = reader_text(reader, root, "code", true, CODE);
    if (strlen(office->code) != CODE || !text_is_digits(office->code)) {
        reader_refuse(reader, json_get(root, "code"), "ten digits were expected");
    }
    office->name = reader_text(reader, root, "name", true, NAME);
    office->address = reader_text(reader, root, "address", false, LINE);
    office->hours = reader_text(reader, root, "hours", true, LINE);
    const char *notice = json_text(json_get(root, "notice"), NULL);
    office->notice = notice != NULL && notice[0] == '\0' // a place kept free for one
                         ? ""
                         : reader_text(reader, root, "notice", false, NOTICE);
    office->utc_offset = (int)reader_int(reader, root, "utc_offset", 480, -720, 840);
}

static void
read_root(struct reader *reader, struct office *office)
{
    static const char *const keys[] = {"code",    "name",   "address",  "notice",
                                       "hours",   "week",   "holidays", "utc_offset",
                                       "periods", "quotas", NULL};
    const struct json_value *root = json_root(reader->json);
    if (reader_object(reader, root, keys)) {
        read_head(reader, root, office);
        read_week(reader, root, office->week);
        read_periods(reader, root, office);
        read_holidays(reader, root, office);
        read_quotas(reader, root, office);
    }
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
    struct reader reader = {.arena = arena, .fault = fault, .file = name, .json = json};
    read_root(&reader, office);
    json_destroy(json);
    if (reader.faulty) {
        office_destroy(office);
        return NULL;
    }
    return office;
}

void
office_destroy(struct office *office)
{
    if (office != NULL) {
        arena_destroy(office->arena);
    }
}
