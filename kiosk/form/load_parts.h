/* Reading the questions of a service: shared by the files that do it. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "form/catalogue_parts.h"

struct json_value;
struct reader;

enum { LOAD_NAME = 33, QUESTIONS_MAX = 128, SUFFIXED = 2 * LOAD_NAME };

struct loading {
    struct reader *reader; /* of the service's file, or of the set that is being used */
    const struct catalogue *catalogue;
    struct question *questions; /* read so far: the ones that may be referred to */
    size_t count;
    const struct question_set *set;    /* that is being used; NULL: the service's own */
    const char *suffix;                /* of its names; "" */
    struct words whom;                 /* of whom it asks, for "{whom}"; empty */
    const struct section *section;     /* that is open; NULL */
    const struct expression *relevant; /* of what is open; NULL */
    const struct question *open;       /* the repeat that is open; NULL */
    const struct question *asked;      /* that is being read, a "." in its rules; NULL */
    bool alone; /* a set without a service: what its rules ask about stands elsewhere */
};

/* A set that is used twice in a form (for a father, for a mother) is told apart by a suffix. */
const char *load_suffixed(const struct loading *loading, const char *name, char out[SUFFIXED]);
/* The words under a key; "{whom}" in them is whom the set asks about. */
struct words load_words(struct loading *loading, const struct json_value *item, const char *key,
                        bool needed, size_t most);
void load_question(struct loading *loading, const struct json_value *item,
                   struct question *question);
void load_name(struct loading *loading, const struct json_value *item, struct question *question);
const struct expression *load_expression(struct loading *loading, const struct json_value *item,
                                         const char *key);
void load_rules(struct loading *loading, const struct json_value *item, struct question *question);
