/* The catalogue's inside, shared by the files that load it. */
#pragma once
#include "form/catalogue.h"
#include "form/opinions.h"

struct arena;
struct json;
struct json_value;
struct reader;

/* Questions that several services ask: "questions/pemohon.json". */
struct question_set {
    const char *name, *file;
    struct json *json; /* while the catalogue is being loaded */
    bool used;         /* by a service, which is what reads it */
};

struct catalogue {
    struct arena *arena;
    int version;
    const char *expires; /* NULL: never */
    struct words notice;
    const char *notice_version;
    struct group *groups;
    int *group_lines; /* where each stands in its file */
    size_t group_count;
    struct queue_series *queues;
    size_t queue_count;
    struct kelurahan *kelurahan;
    size_t kelurahan_count;
    struct choices office_choices; /* the kelurahan as choices */
    struct choices *choices;
    size_t choices_count;
    struct info_page *pages;
    size_t page_count;
    struct kiosk_key *keys;
    size_t key_count;
    const char *const *hosts;
    const struct survey *survey; /* NULL: none */
    struct poll *polls;
    size_t poll_count;
    struct question_set *sets;
    size_t set_count;
    struct service *services;
    size_t service_count;
};

enum { CATALOGUE_FILES = 320 };

/* Each reads one file, given by its root; faults stay in the reader. */
void load_head(struct reader *reader, const struct json_value *root, struct catalogue *catalogue);
void load_kelurahan(struct reader *reader, const struct json_value *root,
                    struct catalogue *catalogue);
void load_choices(struct reader *reader, const struct json_value *root, struct choices *choices);
void load_page(struct reader *reader, const struct json_value *root, struct info_page *page);
void load_keys(struct reader *reader, const struct json_value *root, struct catalogue *catalogue);
void load_survey(struct reader *reader, const struct json_value *root, struct catalogue *catalogue);
void load_polls(struct reader *reader, const struct json_value *root, struct catalogue *catalogue);
void load_set(struct reader *reader, const struct json_value *root,
              const struct catalogue *catalogue);
void load_service(struct reader *reader, const struct json_value *root,
                  const struct catalogue *catalogue, struct service *service);
void load_questions(struct reader *reader, const struct json_value *root,
                    const struct catalogue *catalogue, struct service *service);

const struct choices *find_choices(const struct catalogue *catalogue, const char *name);
