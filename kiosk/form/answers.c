#include "form/answers.h"

#include <stdlib.h>
#include <string.h>

#include "base/secret.h"

/* Keys and values behind one another, "nik\0" "6472...\0", so that a form of 200 short
 * answers takes no more of the locked memory than it must. What is taken out is closed
 * up and the end zeroed. */
struct answers {
    size_t used;
    char bytes[ANSWERS_BYTES];
};

enum { KEY_BYTES = 40 };

struct answers *
answers_create(struct secret *memory)
{
    return secret_alloc(memory, sizeof(struct answers));
}

static const char *
value_of(const char *entry)
{
    return entry + strlen(entry) + 1;
}

static const char *
next_of(const char *entry)
{
    const char *value = value_of(entry);
    return value + strlen(value) + 1;
}

static const char *
find(const struct answers *answers, const char *key)
{
    const char *end = answers->bytes + answers->used;
    for (const char *entry = answers->bytes; entry < end; entry = next_of(entry)) {
        if (strcmp(entry, key) == 0) {
            return entry;
        }
    }
    return NULL;
}

const char *
answers_get(const struct answers *answers, const char *key)
{
    const char *entry = answers != NULL ? find(answers, key) : NULL;
    return entry != NULL ? value_of(entry) : NULL;
}

static void
take_out(struct answers *answers, const char *entry)
{
    size_t at = (size_t)(entry - answers->bytes), len = (size_t)(next_of(entry) - entry);
    memmove(answers->bytes + at, answers->bytes + at + len, answers->used - at - len);
    answers->used -= len;
    secret_zero(answers->bytes + answers->used, len);
}

bool
answers_set(struct answers *answers, const char *key, const char *value)
{
    const char *old = find(answers, key);
    size_t name = strlen(key) + 1, len = value != NULL ? strlen(value) + 1 : 0;
    if (value != NULL) {
        if (name > KEY_BYTES || len > ANSWER_BYTES || name + len > ANSWERS_BYTES - answers->used) {
            return false;
        }
        // first the new one, which may be part of the old one, then that goes
        memcpy(answers->bytes + answers->used, key, name);
        memcpy(answers->bytes + answers->used + name, value, len);
        answers->used += name + len;
    }
    if (old != NULL) {
        take_out(answers, old);
    }
    return true;
}

void
answers_move(struct answers *answers, const char *from, const char *to)
{
    const char *old = find(answers, to);
    if (old != NULL) {
        take_out(answers, old);
    }
    const char *entry = find(answers, from);
    if (entry != NULL) {
        size_t at = (size_t)(entry - answers->bytes), less = strlen(from) - strlen(to);
        memmove(answers->bytes + at, answers->bytes + at + less, answers->used - at - less);
        memcpy(answers->bytes + at, to, strlen(to));
        answers->used -= less;
        secret_zero(answers->bytes + answers->used, less);
    }
}

bool
answers_hold(const struct answers *answers, const char *prefix, const char *value)
{
    const char *end = answers != NULL ? answers->bytes + answers->used : NULL;
    for (const char *entry = answers != NULL ? answers->bytes : NULL; entry < end;
         entry = next_of(entry)) {
        if (strncmp(entry, prefix, strlen(prefix)) == 0 && strcmp(value_of(entry), value) == 0) {
            return true;
        }
    }
    return false;
}

int
answers_number(const struct answers *answers, const char *key, int least, int most)
{
    const char *said = answers_get(answers, key);
    long number = said != NULL ? strtol(said, NULL, 10) : least;
    return number < least ? least : number > most ? most : (int)number;
}

void
answers_clear(struct answers *answers)
{
    secret_zero(answers, sizeof *answers);
}

bool
answers_empty(const struct answers *answers)
{
    return answers->used == 0;
}
