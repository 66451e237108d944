#include "bookings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fault.h"
#include "base/files.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "form/catalogue.h"
#include "portal.h"
#include "queue/queue.h"

enum { FILE_MOST = 256 * 1024, DAY = 24 * 60, LEAST_EVERY = 5 };

struct span {
    int from, to; // minutes; to 0: none
};
struct bookings {
    struct booking_terms terms;
    int every;
    struct span week[7]; // 0 Sunday
    size_t count;
    struct booking_office offices[];
};

static bool
read_number(const struct json_value *root, const char *key, int64_t least, int64_t most, int *out)
{
    int64_t value = 0;
    bool good = json_int(json_get(root, key), &value) && value >= least && value <= most;
    *out = (int)value;
    return good;
}

/* A day that is not named has no times. */
static bool
read_week(const struct json_value *week, struct span out[7])
{
    static const char *const days[] = {"minggu", "senin", "selasa", "rabu",
                                       "kamis",  "jumat", "sabtu"};
    bool good = json_count(week) > 0;
    for (int i = 0; i < 7 && good; i++) {
        const struct json_value *day = json_get(week, days[i]);
        if (day) {
            out[i].from = civil_read_time(json_text(json_at(day, 0), ""));
            out[i].to = civil_read_time(json_text(json_at(day, 1), ""));
            good = json_count(day) == 2 && out[i].from >= 0 && out[i].to > out[i].from;
        }
    }
    return good;
}

static bool
read_office(const struct json_value *value, struct booking_office *office)
{
    const char *code = json_text(json_get(value, "code"), "");
    return strlen(code) == 10 && text_is_digits(code) &&
           text_copy(office->code, sizeof office->code, code) &&
           text_copy(office->name, sizeof office->name, json_text(json_get(value, "name"), "")) &&
           office->name[0];
}

static struct bookings *
read_all(const struct json_value *root)
{
    const struct json_value *list = json_get(root, "offices");
    size_t count = json_count(list);
    struct bookings *bookings = calloc(1, sizeof *bookings + count * sizeof *bookings->offices);
    if (!bookings) {
        return NULL;
    }
    struct booking_terms *terms = &bookings->terms;
    bool good = read_number(root, "before", 0, DAY, &terms->before) &&
                read_number(root, "after", 0, DAY, &terms->after) &&
                read_number(root, "days", 1, 31, &terms->days) &&
                read_number(root, "capacity", 1, 100, &terms->capacity) &&
                read_number(root, "every", LEAST_EVERY, DAY, &bookings->every) &&
                read_week(json_get(root, "week"), bookings->week);
    for (; good && bookings->count < count; bookings->count++) {
        good = read_office(json_at(list, bookings->count), &bookings->offices[bookings->count]);
    }
    if (!good) {
        log_error("bookings: a number, the week or an office is wrong");
        free(bookings);
        return NULL;
    }
    return bookings;
}

struct bookings *
bookings_load(const char *path)
{
    size_t len = 0;
    int line = 0;
    const char *reason = "cannot be read";
    char *bytes = files_read(path, FILE_MOST, &len);
    struct json *json = bytes ? json_parse(bytes, len, &line, &reason) : NULL;
    if (!json) {
        log_error("%s:%d: %s", path, line, reason);
    }
    struct bookings *bookings = json ? read_all(json_root(json)) : NULL;
    json_destroy(json);
    free(bytes);
    return bookings;
}

void
bookings_destroy(struct bookings *bookings)
{
    free(bookings);
}

const struct booking_terms *
bookings_terms(const struct bookings *bookings)
{
    return &bookings->terms;
}

size_t
bookings_offices(const struct bookings *bookings, const struct booking_office **list)
{
    *list = bookings->offices;
    return bookings->count;
}

const struct booking_office *
bookings_office(const struct bookings *bookings, const char *code)
{
    for (size_t i = 0; bookings && i < bookings->count; i++) {
        if (strcmp(bookings->offices[i].code, code) == 0) {
            return &bookings->offices[i];
        }
    }
    return NULL;
}

/* --- the office's own hours ---------------------------------------------------------------- */

static char *
read_file(const struct portal *portal, const char *name, struct office_file *file)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s.json", portal->offices_folder, name);
    char *bytes = files_read(path, FILE_MOST, &file->len);
    file->name = name;
    file->bytes = bytes;
    return bytes;
}

/* NULL: the portal has no hours of it, or cannot read them (logged). */
static struct office *
hours_of(const struct portal *portal, const struct booking_office *office)
{
    struct office_file own, city;
    struct office_place place = {.code = office->code, .name = office->name, .address = ""};
    struct fault fault = {""};
    char *of_office = read_file(portal, office->code, &own);
    char *of_city = read_file(portal, "kota", &city);
    struct office *hours =
        of_office || of_city
            ? office_load(of_office ? &own : NULL, of_city ? &city : NULL, &place, &fault)
            : NULL;
    if (fault.text[0]) {
        log_error("bookings: %s", fault.text);
    }
    free(of_office);
    free(of_city);
    return hours;
}

size_t
bookings_slots(const struct portal *portal, const char *code, const struct civil *day,
               int slots[SLOTS_MOST])
{
    const struct booking_office *office = bookings_office(portal->bookings, code);
    if (!office) {
        return 0;
    }
    size_t count = 0;
    const struct span *span = &portal->bookings->week[day->weekday];
    struct office *hours = portal->offices_folder ? hours_of(portal, office) : NULL;
    for (int at = span->from; at < span->to && count < SLOTS_MOST; at += portal->bookings->every) {
        char until[8];
        struct civil then = *day;
        then.hour = at / 60;
        then.minute = at % 60;
        if (!hours || office_opening(hours, &then, until) == OFFICE_OPEN) {
            slots[count++] = at;
        }
    }
    office_destroy(hours);
    return count;
}
