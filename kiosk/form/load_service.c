#include "form/catalogue_parts.h"

#include <string.h>

#include "base/arena.h"
#include "base/guess.h"
#include "base/reader.h"
#include "form/words.h"

enum { TITLE = 60, SENTENCE = 160, PARAGRAPH = 400 };

static struct words *
load_requirements(struct reader *reader, const struct json_value *root, size_t *count)
{
    const struct json_value *list = reader_array(reader, root, "requirements", 1, 10);
    struct words *words = arena_alloc(reader->arena, json_count(list) * sizeof *words);
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        words[i] = words_read(reader, json_at(list, i), SENTENCE);
    }
    *count = json_count(list);
    return words;
}

static const char *const *
load_search(struct reader *reader, const struct json_value *root)
{
    const struct json_value *list = reader_array(reader, root, "search", 0, 40);
    const char **words = arena_alloc(reader->arena, (json_count(list) + 1) * sizeof *words);
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        words[i] = reader_item_text(reader, json_at(list, i), 40);
    }
    return words;
}

/* {"next": "counter_now", "steps": [{"title", "detail"}]} */
static void
load_after(struct reader *reader, const struct json_value *root, struct service *service)
{
    static const char *const keys[] = {"next", "steps", NULL};
    static const char *const step_keys[] = {"title", "detail", NULL};
    static const char *const nexts[] = {"none", "come_back", "counter_now", NULL};
    const struct json_value *after = json_get(root, "after_submit");
    if (after == NULL) {
        reader_refuse(reader, root, "'after_submit' is missing");
        return;
    }
    reader_object(reader, after, keys);
    service->after_submit = (enum after_submit)reader_choice(reader, after, "next", nexts);
    const struct json_value *list = reader_array(reader, after, "steps", 1, 6);
    struct step *steps = arena_alloc(reader->arena, json_count(list) * sizeof *steps);
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        const struct json_value *item = json_at(list, i);
        reader_object(reader, item, step_keys);
        steps[i].title = words_read_key(reader, item, "title", true, 80);
        steps[i].detail = words_read_key(reader, item, "detail", false, 200);
    }
    service->steps = steps;
    service->step_count = json_count(list);
}

static void
find_part(struct reader *reader, const struct json_value *root, const struct group *group,
          struct service *service)
{
    const char *id = reader_text(reader, root, "part", false, 24);
    for (size_t i = 0; i < group->part_count; i++) {
        if (strcmp(group->parts[i].id, id) == 0) {
            service->part = &group->parts[i];
        }
    }
    if (service->part == NULL && json_get(root, "part") != NULL) {
        const char **names = arena_alloc(reader->arena, (group->part_count + 1) * sizeof *names);
        char hint[GUESS_BYTES];
        for (size_t i = 0; i < group->part_count; i++) {
            names[i] = group->parts[i].id;
        }
        reader_refuse(reader, json_get(root, "part"), "unknown part '%s' of the group%s", id,
                      guess_hint(id, names, hint));
    }
}

/* Its group and its counter must be among the catalogue's. */
static void
check_places(struct reader *reader, const struct json_value *root,
             const struct catalogue *catalogue, struct service *service)
{
    bool group = false, queue = false;
    const char **groups = arena_alloc(reader->arena, (catalogue->group_count + 1) * sizeof *groups);
    const char **queues = arena_alloc(reader->arena, (catalogue->queue_count + 1) * sizeof *queues);
    size_t counters = 0;
    char hint[GUESS_BYTES];
    for (size_t i = 0; i < catalogue->group_count; i++) {
        groups[i] = catalogue->groups[i].id;
        if (strcmp(catalogue->groups[i].id, service->group) == 0) {
            group = true;
            find_part(reader, root, &catalogue->groups[i], service);
        }
    }
    for (size_t i = 0; i < catalogue->queue_count; i++) {
        const struct queue_series *series = &catalogue->queues[i];
        queue |= strcmp(series->letter, service->queue) == 0 && !series->priority;
        if (!series->priority) {
            queues[counters++] = series->letter;
        }
    }
    if (!group) {
        reader_refuse(reader, json_get(root, "group"), "unknown group '%s'%s", service->group,
                      guess_hint(service->group, groups, hint));
    }
    if (!queue) {
        reader_refuse(reader, json_get(root, "queue"), "no such queue, or the priority one%s",
                      guess_hint("", queues, hint));
    }
}

/* No two services go by one code. */
static void
check_code(struct reader *reader, const struct json_value *root, const struct catalogue *catalogue,
           const struct service *service)
{
    for (const struct service *other = catalogue->services; other < service; other++) {
        if (strcmp(other->code, service->code) == 0) {
            reader_refuse(reader, json_get(root, "code"), "service '%s' has the same code",
                          other->id);
        }
    }
}

static bool
is_code(const char *code)
{
    return *code != '\0' && code[strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")] == '\0';
}

static void
load_standard(struct reader *reader, const struct json_value *root, struct service *service)
{
    service->title = words_read_key(reader, root, "title", true, TITLE);
    service->summary = words_read_key(reader, root, "summary", true, SENTENCE);
    service->search = load_search(reader, root);
    service->requirements = load_requirements(reader, root, &service->requirement_count);
    service->procedure = words_read_key(reader, root, "procedure", true, PARAGRAPH);
    service->time = words_read_key(reader, root, "time", true, SENTENCE);
    service->cost = words_read_key(reader, root, "cost", true, SENTENCE);
    service->product = words_read_key(reader, root, "product", true, SENTENCE);
    service->complaints = words_read_key(reader, root, "complaints", true, PARAGRAPH);
    service->ready = words_read_key(reader, root, "ready", true, SENTENCE);
    service->offline = words_read_key(reader, root, "offline", true, PARAGRAPH);
}

/* "rt" stands for the head of the RT that the form asks for: one that may be left out would
 * leave a request that nobody can approve. */
static void
check_rt_asked(struct reader *reader, const struct json_value *approval,
               const struct service *service)
{
    for (size_t i = 0; i < service->question_count; i++) {
        const struct question *question = &service->questions[i];
        if (question->type == QUESTION_RT && question->repeat < 0) {
            if (!question->required || question->relevant != NULL) {
                reader_refuse(reader, approval, "the question '%s' may be left out",
                              question->name);
            }
            return;
        }
    }
    reader_refuse(
        reader, approval,
        "no question asks for the RT; one of type \"rt\", outside of a repeat, is needed");
}

/* ["rt", "kelurahan"]: whose word the result needs. */
static void
load_approval(struct reader *reader, const struct json_value *root, struct service *service)
{
    const struct json_value *list = reader_array(reader, root, "approval", 0, 2);
    for (size_t i = 0; i < json_count(list) && !reader->faulty; i++) {
        const struct json_value *item = json_at(list, i);
        const char *who = reader_item_text(reader, item, 16);
        bool *needed = strcmp(who, "rt") == 0          ? &service->approval_rt
                       : strcmp(who, "kelurahan") == 0 ? &service->approval_kelurahan
                                                       : NULL;
        if (needed == NULL) {
            reader_refuse(reader, item, "unknown approval '%s'; there are rt, kelurahan", who);
        } else if (*needed) {
            reader_refuse(reader, item, "the approval stands twice");
        } else {
            *needed = true;
        }
    }
    if (service->approval_rt && !reader->faulty) {
        check_rt_asked(reader, list, service);
    }
}

/* {"label", "max"}: what may be sent from a phone once the request is filed. */
static void
load_photos(struct reader *reader, const struct json_value *root, struct service *service)
{
    static const char *const keys[] = {"label", "max", NULL};
    const struct json_value *photos = json_get(root, "photos");
    if (photos == NULL) {
        return;
    }
    if (service->kind != SERVICE_FORM) {
        reader_refuse(reader, photos, "a queue takes no photos");
        return;
    }
    reader_object(reader, photos, keys);
    service->photos.label = words_read_key(reader, photos, "label", true, SENTENCE);
    service->photos.most = (int)reader_int(reader, photos, "max", PHOTOS_MOST, 1, PHOTOS_MOST);
}

void
load_service(struct reader *reader, const struct json_value *root,
             const struct catalogue *catalogue, struct service *service)
{
    static const char *const keys[] = {
        "code",      "version",     "kind",      "group",        "queue",    "title",
        "part",      "common",      "summary",   "search",       "time",     "requirements",
        "procedure", "cost",        "product",   "complaints",   "ready",    "offline",
        "statement", "asks_office", "anonymous", "after_submit", "approval", "photos",
        "questions", NULL};
    static const char *const kinds[] = {"form", "queue", NULL};
    if (!reader_object(reader, root, keys)) {
        return;
    }
    service->code = reader_text(reader, root, "code", true, 8);
    if (!is_code(service->code)) {
        reader_refuse(reader, json_get(root, "code"), "A-Z, 0-9 and '-' were expected, not '%.8s'",
                      service->code);
    }
    check_code(reader, root, catalogue, service);
    service->version = (int)reader_int(reader, root, "version", -1, 1, 1000000);
    service->kind = (enum service_kind)reader_choice(reader, root, "kind", kinds);
    service->group = reader_text(reader, root, "group", true, 24);
    service->queue = reader_text(reader, root, "queue", true, 1);
    service->common = reader_bool(reader, root, "common");
    check_places(reader, root, catalogue, service);
    load_standard(reader, root, service);
    service->asks_office = reader_bool(reader, root, "asks_office");
    service->anonymous = reader_bool(reader, root, "anonymous");
    load_after(reader, root, service);
    bool form = service->kind == SERVICE_FORM;
    service->statement = words_read_key(reader, root, "statement", form, 300);
    if (form) {
        load_questions(reader, root, catalogue, service);
    } else if (json_get(root, "questions") != NULL) {
        reader_refuse(reader, json_get(root, "questions"), "a queue asks no questions");
    }
    load_approval(reader, root, service);
    load_photos(reader, root, service);
}
