#include "form/catalogue_parts.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/reader.h"
#include "base/text.h"
#include "form/answers.h"
#include "form/words.h"

enum {
    SERVICES_MAX = 128,
    SETS_MAX = 32,
    PAGES_MAX = 32,
    HOSTS_MAX = 32,
    CHOICE_LISTS_MAX = 64,
    CHOICES_MAX = 300,
    KELURAHAN_MAX = 200
};

/* --- groups and queues ---------------------------------------------------------- */

/* Headings among the services of a group; most have none. */
static void
load_parts(struct reader *reader, const struct json_value *item, struct group *group)
{
    static const char *const keys[] = {"id", "title", NULL};
    const struct json_value *list = reader_array(reader, item, "parts", 0, 12);
    struct part *parts = arena_alloc(reader->arena, (json_count(list) + 1) * sizeof *parts);
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        const struct json_value *part = json_at(list, i);
        reader_object(reader, part, keys);
        parts[i].id = reader_name(reader, part, "id", "-", 24);
        parts[i].title = words_read_key(reader, part, "title", true, 40);
        for (size_t j = 0; j < i; j++) {
            if (strcmp(parts[i].id, parts[j].id) == 0) {
                reader_refuse(reader, json_get(part, "id"), "the id stands twice: '%s'",
                              parts[i].id);
            }
        }
    }
    group->parts = parts;
    group->part_count = json_count(list);
}

static void
load_groups(struct reader *reader, const struct json_value *root, struct catalogue *catalogue)
{
    static const char *const keys[] = {"id", "icon", "title", "summary", "parts", NULL};
    const struct json_value *list = reader_array(reader, root, "groups", 1, 12);
    catalogue->groups = arena_alloc(reader->arena, json_count(list) * sizeof(struct group));
    catalogue->group_lines = arena_alloc(reader->arena, json_count(list) * sizeof(int));
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        const struct json_value *item = json_at(list, i);
        reader_object(reader, item, keys);
        struct group group = {
            .id = reader_name(reader, item, "id", "-", 24),
            .icon = reader_name(reader, item, "icon", "-", 24),
            .title = words_read_key(reader, item, "title", true, 40),
            .summary = words_read_key(reader, item, "summary", true, 80),
        };
        load_parts(reader, item, &group);
        for (size_t j = 0; j < i; j++) {
            if (strcmp(catalogue->groups[j].id, group.id) == 0) {
                reader_refuse(reader, json_get(item, "id"), "the id stands twice: '%s'", group.id);
            }
        }
        catalogue->group_lines[i] = json_line(reader->json, item);
        catalogue->groups[catalogue->group_count++] = group;
    }
}

static void
load_queues(struct reader *reader, const struct json_value *root, struct catalogue *catalogue)
{
    static const char *const keys[] = {"letter",   "icon",       "title", "summary",
                                       "priority", "collection", NULL};
    const struct json_value *list = reader_array(reader, root, "queues", 1, 12);
    size_t priority = 0, collection = 0;
    catalogue->queues = arena_alloc(reader->arena, json_count(list) * sizeof(struct queue_series));
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        const struct json_value *item = json_at(list, i);
        reader_object(reader, item, keys);
        struct queue_series queue = {
            .letter = reader_text(reader, item, "letter", true, 1),
            .icon = reader_name(reader, item, "icon", "-", 24),
            .title = words_read_key(reader, item, "title", true, 40),
            .summary = words_read_key(reader, item, "summary", true, 80),
            .priority = reader_bool(reader, item, "priority"),
            .collection = reader_bool(reader, item, "collection"),
        };
        if (queue.letter[0] < 'A' || queue.letter[0] > 'Z') {
            reader_refuse(reader, json_get(item, "letter"), "one letter A to Z was expected");
        }
        for (size_t j = 0; j < i; j++) {
            if (catalogue->queues[j].letter[0] == queue.letter[0]) {
                reader_refuse(reader, json_get(item, "letter"), "the letter stands twice: '%s'",
                              queue.letter);
            }
        }
        priority += queue.priority;
        collection += queue.collection;
        catalogue->queues[catalogue->queue_count++] = queue;
    }
    if (priority > 1) {
        reader_refuse(reader, list, "only one series may be the priority one");
    }
    if (collection > 1) {
        reader_refuse(reader, list, "only one series may be the one that hands out");
    }
}

/* --- which files belong to the set ------------------------------------------------ */

static size_t
load_names(struct reader *reader, const struct json_value *root, const char *key, size_t least,
           size_t most, const char *names[])
{
    const struct json_value *list = reader_array(reader, root, key, least, most);
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        const struct json_value *item = json_at(list, i);
        names[i] = reader_item_text(reader, item, 24);
        if (!reader_is_name(names[i], "-", 24)) {
            reader_refuse(reader, item,
                          "the name of a file, a-z, 0-9 and '-', was expected, without '.json'");
        }
        for (size_t j = 0; j < i; j++) {
            if (strcmp(names[i], names[j]) == 0) {
                reader_refuse(reader, item, "the name stands twice: '%s'", names[i]);
            }
        }
    }
    return reader->faulty ? 0 : json_count(list);
}

static void
load_contents(struct reader *reader, const struct json_value *root, struct catalogue *catalogue)
{
    const char *names[SERVICES_MAX] = {NULL};
    size_t count = load_names(reader, root, "choices", 1, CHOICE_LISTS_MAX, names);
    catalogue->choices = arena_alloc(reader->arena, count * sizeof(struct choices));
    for (size_t i = 0; i < count; i++) {
        catalogue->choices[catalogue->choices_count++].name = names[i];
    }
    count = load_names(reader, root, "questions", 0, SETS_MAX, names);
    catalogue->sets = arena_alloc(reader->arena, (count + 1) * sizeof(struct question_set));
    for (size_t i = 0; i < count; i++) {
        catalogue->sets[catalogue->set_count++].name = names[i];
    }
    count = load_names(reader, root, "pages", 0, PAGES_MAX, names);
    catalogue->pages = arena_alloc(reader->arena, (count + 1) * sizeof(struct info_page));
    for (size_t i = 0; i < count; i++) {
        catalogue->pages[catalogue->page_count++].id = names[i];
    }
    count = load_names(reader, root, "services", 1, SERVICES_MAX, names);
    catalogue->services = arena_alloc(reader->arena, count * sizeof(struct service));
    for (size_t i = 0; i < count; i++) {
        catalogue->services[catalogue->service_count++].id = names[i];
    }
}

/* "samarindakota.go.id": lower case, no scheme, no path. */
static void
load_hosts(struct reader *reader, const struct json_value *root, struct catalogue *catalogue)
{
    const struct json_value *list = reader_array(reader, root, "document_hosts", 0, HOSTS_MAX);
    const char **hosts = arena_alloc(reader->arena, (json_count(list) + 1) * sizeof *hosts);
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        hosts[i] = reader_item_text(reader, json_at(list, i), 80);
        if (hosts[i][strspn(hosts[i], "abcdefghijklmnopqrstuvwxyz0123456789.-")] != '\0' ||
            strchr(hosts[i], '.') == NULL || hosts[i][0] == '.') {
            reader_refuse(reader, json_at(list, i), "the name of a host was expected");
        }
    }
    catalogue->hosts = hosts;
}

void
load_head(struct reader *reader, const struct json_value *root, struct catalogue *catalogue)
{
    static const char *const keys[] = {"version",  "notice",    "groups", "queues",
                                       "choices",  "questions", "pages",  "document_hosts",
                                       "services", NULL};
    static const char *const notice_keys[] = {"version", "text", NULL};
    if (!reader_object(reader, root, keys)) {
        return;
    }
    catalogue->version = (int)reader_int(reader, root, "version", -1, 1, 1000000000);
    const struct json_value *notice = json_get(root, "notice");
    if (notice == NULL) {
        reader_refuse(reader, root, "'notice' is missing");
        return;
    }
    reader_object(reader, notice, notice_keys);
    catalogue->notice_version = reader_text(reader, notice, "version", true, 24);
    catalogue->notice = words_read_key(reader, notice, "text", true, 2000);
    load_groups(reader, root, catalogue);
    load_queues(reader, root, catalogue);
    load_hosts(reader, root, catalogue);
    load_contents(reader, root, catalogue);
}

/* --- kelurahan ------------------------------------------------------------------------ */

static bool
is_digits(const char *text, size_t count)
{
    return strlen(text) == count && text_is_digits(text);
}

static struct kelurahan
load_one_kelurahan(struct reader *reader, const struct json_value *item)
{
    static const char *const keys[] = {"code", "name", "kecamatan", "postal", "pilot", NULL};
    reader_object(reader, item, keys);
    struct kelurahan kelurahan = {
        .code = reader_text(reader, item, "code", true, 10),
        .name = reader_text(reader, item, "name", true, 40),
        .kecamatan = reader_text(reader, item, "kecamatan", true, 40),
        .postal = reader_text(reader, item, "postal", true, 5),
        .pilot = reader_bool(reader, item, "pilot"),
    };
    if (!is_digits(kelurahan.code, 10)) {
        reader_refuse(reader, json_get(item, "code"), "ten digits were expected");
    }
    if (!is_digits(kelurahan.postal, 5)) {
        reader_refuse(reader, json_get(item, "postal"), "five digits were expected");
    }
    return kelurahan;
}

static const char *
join_names(struct arena *arena, const struct kelurahan *kelurahan)
{
    char name[2 * 40 * 4 + 8];
    snprintf(name, sizeof name, "%s (%s)", kelurahan->name, kelurahan->kecamatan);
    return arena_text(arena, name);
}

void
load_kelurahan(struct reader *reader, const struct json_value *root, struct catalogue *catalogue)
{
    static const char *const keys[] = {"kelurahan", NULL};
    reader_object(reader, root, keys);
    const struct json_value *list = reader_array(reader, root, "kelurahan", 1, KELURAHAN_MAX);
    size_t count = json_count(list);
    struct choice *choices = arena_alloc(reader->arena, count * sizeof *choices);
    catalogue->kelurahan = arena_alloc(reader->arena, count * sizeof(struct kelurahan));
    for (size_t i = 0; i < count && !reader->faulty; i++) {
        const struct json_value *item = json_at(list, i);
        struct kelurahan kelurahan = load_one_kelurahan(reader, item);
        if (i > 0 && strcmp(kelurahan.code, catalogue->kelurahan[i - 1].code) <= 0) {
            reader_refuse(reader, json_get(item, "code"), "codes must rise");
        }
        choices[i].name = kelurahan.code;
        choices[i].label.in[LANGUAGE_ID] = join_names(reader->arena, &kelurahan);
        catalogue->kelurahan[catalogue->kelurahan_count++] = kelurahan;
    }
    catalogue->office_choices =
        (struct choices){.name = "kelurahan", .list = choices, .count = count};
}

/* --- lists of choices -------------------------------------------------------------------- */

/* Whoever reads one cannot tell it from the other. */
static bool
looks_like(const struct words *a, const struct words *b)
{
    return a->in[LANGUAGE_ID] != NULL && b->in[LANGUAGE_ID] != NULL &&
           strcmp(a->in[LANGUAGE_ID], b->in[LANGUAGE_ID]) == 0;
}

void
load_choices(struct reader *reader, const struct json_value *root, struct choices *choices)
{
    static const char *const root_keys[] = {"choices", NULL};
    static const char *const keys[] = {"name", "label", "common", NULL};
    reader_object(reader, root, root_keys);
    const struct json_value *list = reader_array(reader, root, "choices", 2, CHOICES_MAX);
    struct choice *items = arena_alloc(reader->arena, json_count(list) * sizeof *items);
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        const struct json_value *item = json_at(list, i);
        reader_object(reader, item, keys);
        items[i] = (struct choice){
            .name = reader_name(reader, item, "name", "_-", 32),
            .label = words_read_key(reader, item, "label", true, 80),
            .common = reader_bool(reader, item, "common"),
        };
        for (size_t j = 0; j < i; j++) {
            if (strcmp(items[i].name, items[j].name) == 0) {
                reader_refuse(reader, json_get(item, "name"), "the name stands twice: '%s'",
                              items[i].name);
            } else if (looks_like(&items[i].label, &items[j].label)) {
                reader_refuse(reader, json_get(item, "label"), "'%s' looks the same: '%s'",
                              items[j].name, items[j].label.in[LANGUAGE_ID]);
            }
        }
    }
    choices->list = items;
    choices->count = json_count(list);
}
