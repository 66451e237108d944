/* An office's data: hours by weekday, breaks, periods with other hours, holidays, quotas,
 * notices, from its own file over the city's. assets/catalogue/schema/office.schema.json tells
 * authors the same. */
#include "queue/office_parts.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/reader.h"
#include "base/text.h"

enum { CODE = 10, NAME = 60, LINE = 120, NOTICE = 200, PERIODS = 12, HOLIDAYS = 400, SERVES = 30 };

/* One of the two files; without one, its root is NULL, which has no key. */
struct source {
    struct reader reader;
    struct json *json;
    const struct json_value *root;
};

/* --- times and dates ------------------------------------------------------------- */

/* ["08.00", "16.00"]; absent: no such hours. */
static struct span
read_span(struct reader *reader, const struct json_value *day, const char *key)
{
    const struct json_value *list = reader_array(reader, day, key, 0, 2);
    if (list == NULL) {
        return (struct span){0, 0};
    }
    struct span span = {civil_read_time(json_text(json_at(list, 0), "")),
                        civil_read_time(json_text(json_at(list, 1), ""))};
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

static bool
has_date(const int32_t *dates, size_t count, int32_t date)
{
    for (size_t i = 0; i < count; i++) {
        if (dates[i] == date) {
            return true;
        }
    }
    return false;
}

/* Days of one file, each once: [{"date", "name"}]. */
static size_t
read_dates(struct reader *reader, const struct json_value *root, const char *key, int32_t *out)
{
    static const char *const keys[] = {"date", "name", NULL};
    const struct json_value *list = reader_array(reader, root, key, 0, HOLIDAYS);
    size_t count = 0;
    for (; count < json_count(list) && !reader->faulty; count++) {
        const struct json_value *item = json_at(list, count);
        reader_object(reader, item, keys);
        reader_text(reader, item, "name", true, NAME);
        out[count] = read_date(reader, item, "date");
        if (has_date(out, count, out[count])) {
            reader_refuse(reader, json_get(item, "date"), "the date stands twice");
        }
    }
    return count;
}

/* The city's days off and its own, without those on which it works all the same. */
static void
read_holidays(struct source *own, struct source *city, struct office *office)
{
    int32_t found[2 * HOLIDAYS], works[HOLIDAYS];
    size_t count = read_dates(&city->reader, city->root, "holidays", found);
    count += read_dates(&own->reader, own->root, "holidays", found + count);
    size_t working = read_dates(&own->reader, own->root, "working_days", works);
    office->holidays = arena_alloc(office->arena, (count + 1) * sizeof *office->holidays);
    for (size_t i = 0; i < count; i++) {
        if (!has_date(works, working, found[i])) {
            office->holidays[office->holiday_count++] = found[i];
        }
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

/* --- the files ---------------------------------------------------------------------- */

/* Its own file where that has the key, else the city's. */
static struct source *
with(struct source *own, struct source *city, const char *key)
{
    return json_get(own->root, key) != NULL || city->root == NULL ? own : city;
}

static void
read_serves(struct reader *reader, const struct json_value *root, struct office *office)
{
    const struct json_value *list = reader_array(reader, root, "serves", 0, SERVES);
    const char **codes = arena_alloc(office->arena, (json_count(list) + 1) * sizeof *codes);
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        codes[i] = reader_item_text(reader, json_at(list, i), CODE);
        if (strlen(codes[i]) != CODE || !text_is_digits(codes[i])) {
            reader_refuse(reader, json_at(list, i), "ten digits were expected");
        }
        for (size_t k = 0; k < i; k++) {
            if (strcmp(codes[k], codes[i]) == 0) {
                reader_refuse(reader, json_at(list, i), "the code stands twice");
            }
        }
    }
    office->serves = codes;
}

static void
read_own(struct source *own, const struct office_place *place, struct office *office)
{
    struct reader *reader = &own->reader;
    office->serves = arena_alloc(office->arena, sizeof *office->serves);
    if (own->root == NULL) {
        office->code = arena_text(office->arena, place->code);
        office->name = arena_text(office->arena, place->name);
        office->address = arena_text(office->arena, place->address);
        return;
    }
    office->code = reader_text(reader, own->root, "code", true, CODE);
    if (strlen(office->code) != CODE || !text_is_digits(office->code)) {
        reader_refuse(reader, json_get(own->root, "code"), "ten digits were expected");
    }
    office->name = reader_text(reader, own->root, "name", true, NAME);
    office->address = reader_text(reader, own->root, "address", false, LINE);
    read_serves(reader, own->root, office);
}

static void
read_hours(struct source *own, struct source *city, struct office *office)
{
    struct source *from = with(own, city, "hours");
    office->hours = reader_text(&from->reader, from->root, "hours", true, LINE);
    from = with(own, city, "notice");
    const char *notice = json_text(json_get(from->root, "notice"), NULL);
    office->notice = notice != NULL && notice[0] == '\0' // a place kept free for one
                         ? ""
                         : reader_text(&from->reader, from->root, "notice", false, NOTICE);
    from = with(own, city, "utc_offset");
    office->utc_offset = (int)reader_int(&from->reader, from->root, "utc_offset", 480, -720, 840);
    if (office->utc_offset % 15 != 0) {
        reader_refuse(&from->reader, json_get(from->root, "utc_offset"),
                      "minutes are meant: 480 for WITA");
    }
    from = with(own, city, "week");
    read_week(&from->reader, from->root, office->week);
    from = with(own, city, "periods");
    read_periods(&from->reader, from->root, office);
    from = with(own, city, "quotas");
    read_quotas(&from->reader, from->root, office);
    from = with(own, city, "counters");
    office_read_counters(&from->reader, from->root, office);
    from = with(own, city, "calling");
    office_read_calling(&from->reader, from->root, office);
    from = with(own, city, "digital_days");
    office->plain_days = json_get(from->root, "digital_days") != NULL &&
                         !reader_bool(&from->reader, from->root, "digital_days");
}

/* False: the file is no JSON, and the fault says so; no file is an empty one. */
static bool
open_source(struct source *source, const struct office_file *file, struct office *office,
            struct fault *fault)
{
    int line;
    const char *reason;
    *source = (struct source){.reader = {.arena = office->arena, .fault = fault}};
    if (file == NULL) {
        return true;
    }
    struct json *json = json_parse(file->bytes, file->len, &line, &reason);
    if (json == NULL) {
        snprintf(fault->text, sizeof fault->text, "%s:%d: %s", file->name, line, reason);
        return false;
    }
    source->json = json;
    source->reader.file = file->name;
    source->reader.json = json;
    source->root = json_root(json);
    return true;
}

static bool
read_both(struct source *own, struct source *city, const struct office_place *place,
          struct office *office)
{
    static const char *const city_keys[] = {"notice",     "hours",   "week",   "holidays",
                                            "utc_offset", "periods", "quotas", "digital_days",
                                            "counters",   "calling", NULL};
    static const char *const own_keys[] = {"code",    "name",     "address",      "notice",
                                           "hours",   "week",     "holidays",     "utc_offset",
                                           "periods", "quotas",   "digital_days", "working_days",
                                           "serves",  "counters", "calling",      NULL};
    bool good = (own->root == NULL || reader_object(&own->reader, own->root, own_keys)) &&
                (city->root == NULL || reader_object(&city->reader, city->root, city_keys));
    if (good) {
        read_own(own, place, office);
        read_hours(own, city, office);
        read_holidays(own, city, office);
    }
    return !own->reader.faulty && !city->reader.faulty;
}

struct office *
office_load(const struct office_file *own, const struct office_file *city,
            const struct office_place *place, struct fault *fault)
{
    struct source own_source = {0}, city_source = {0};
    if (own == NULL && (city == NULL || place == NULL)) {
        snprintf(fault->text, sizeof fault->text, "no file says which office this is");
        return NULL;
    }
    struct arena *arena = arena_create();
    struct office *office = arena_alloc(arena, sizeof *office);
    office->arena = arena;
    bool good = open_source(&own_source, own, office, fault) &&
                open_source(&city_source, city, office, fault) &&
                read_both(&own_source, &city_source, place, office);
    json_destroy(own_source.json);
    json_destroy(city_source.json);
    if (!good) {
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
