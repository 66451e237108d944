/* What is read rather than asked: pages of information, the city's kiosks and their keys. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/reader.h"
#include "form/agency.h"
#include "form/catalogue_parts.h"
#include "form/words.h"

enum { TITLE = 60, SUMMARY = 80, PART_TITLE = 80, PART = 600, KEYS_MAX = 1000 };

static struct agency_day
read_agency_day(struct reader *reader, const struct json_value *week, const char *name)
{
    const struct json_value *day = json_get(week, name);
    struct agency_day hours = {0};
    if (day != NULL) {
        const struct json_value *list = reader_array(reader, week, name, 2, 2);
        hours.from = civil_read_time(json_text(json_at(list, 0), ""));
        hours.to = civil_read_time(json_text(json_at(list, 1), ""));
        if (hours.from < 0 || hours.to <= hours.from) {
            reader_refuse(reader, day, "two times like \"08.00\" are needed, the earlier first");
        }
    }
    return hours;
}

void
load_agencies(struct reader *reader, const struct json_value *page, struct info_page *out)
{
    static const char *const keys[] = {"name", "week", NULL};
    static const char *const days[] = {"minggu", "senin", "selasa", "rabu",
                                       "kamis",  "jumat", "sabtu",  NULL};
    const struct json_value *list = reader_array(reader, page, "hours", 0, AGENCIES_MAX);
    struct agency *agencies = arena_alloc(reader->arena, (json_count(list) + 1) * sizeof *agencies);
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        const struct json_value *item = json_at(list, i), *week = json_get(item, "week");
        reader_object(reader, item, keys);
        agencies[i].name = words_read_key(reader, item, "name", true, TITLE);
        if (week == NULL) {
            reader_refuse(reader, item, "'week' is missing");
        } else if (reader_object(reader, week, days)) {
            for (int day = 0; day < AGENCY_WEEK; day++) {
                agencies[i].week[day] = read_agency_day(reader, week, days[day]);
            }
        }
    }
    out->agencies = agencies;
    out->agency_count = json_count(list);
}

/* {"icon", "title", "summary", "hours", "parts": [{"title", "text"}], "link": {"label", "url"}} */
void
load_page(struct reader *reader, const struct json_value *root, struct info_page *page)
{
    static const char *const keys[] = {"icon", "title", "summary", "hours", "parts", "link", NULL};
    static const char *const part_keys[] = {"title", "text", NULL};
    static const char *const link_keys[] = {"label", "url", NULL};
    if (!reader_object(reader, root, keys)) {
        return;
    }
    page->icon = reader_name(reader, root, "icon", "-", 24);
    page->title = words_read_key(reader, root, "title", true, TITLE);
    page->summary = words_read_key(reader, root, "summary", true, SUMMARY);
    load_agencies(reader, root, page);
    const struct json_value *list = reader_array(reader, root, "parts", 1, 12);
    struct step *parts = arena_alloc(reader->arena, (json_count(list) + 1) * sizeof *parts);
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        const struct json_value *item = json_at(list, i);
        reader_object(reader, item, part_keys);
        parts[i].title = words_read_key(reader, item, "title", false, PART_TITLE);
        parts[i].detail = words_read_key(reader, item, "text", true, PART);
    }
    page->parts = parts;
    page->part_count = json_count(list);
    const struct json_value *link = json_get(root, "link");
    if (link != NULL && reader_object(reader, link, link_keys)) {
        page->link_label = words_read_key(reader, link, "label", true, SUMMARY);
        page->link = reader_text(reader, link, "url", true, 120);
        if (strncmp(page->link, "https://", 8) != 0 && strncmp(page->link, "tel:", 4) != 0) {
            reader_refuse(reader, json_get(link, "url"), "https:// or tel: was expected");
        }
    }
}

static bool
is_hex(const char *text, size_t len)
{
    return strlen(text) == len && text[strspn(text, "0123456789abcdef")] == '\0';
}

/* {"kiosks": [{"number": 17, "kiosk": "6472021001-1", "key": "..."}]}: who may have made a
 * slip. The portal adds the file to the bundle that it signs. */
void
load_keys(struct reader *reader, const struct json_value *root, struct catalogue *catalogue)
{
    static const char *const keys[] = {"kiosks", NULL};
    static const char *const kiosk_keys[] = {"number", "kiosk", "key", NULL};
    if (!reader_object(reader, root, keys)) {
        return;
    }
    const struct json_value *list = reader_array(reader, root, "kiosks", 0, KEYS_MAX);
    catalogue->keys = arena_alloc(reader->arena, (json_count(list) + 1) * sizeof *catalogue->keys);
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        const struct json_value *item = json_at(list, i);
        reader_object(reader, item, kiosk_keys);
        struct kiosk_key key = {
            .number = (uint32_t)reader_int(reader, item, "number", 0, 1, 4000000000LL),
            .kiosk = reader_text(reader, item, "kiosk", true, 48),
            .key = reader_text(reader, item, "key", true, 64),
        };
        if (!is_hex(key.key, 64)) {
            reader_refuse(reader, json_get(item, "key"), "64 hexadecimal digits were expected");
        }
        if (catalogue_kiosk_key(catalogue, key.number) != NULL) {
            reader_refuse(reader, json_get(item, "number"), "the number stands twice");
        }
        catalogue->keys[catalogue->key_count++] = key;
    }
}
