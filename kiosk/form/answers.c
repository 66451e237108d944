#include "form/answers.h"

#include <string.h>

#include "base/secret.h"

/* Slots never move, so that the visit's memory is asked for them once. A slot
 * without a value is free; names are the catalogue's and short. */
enum { NAME_BYTES = 33 };

struct slot {
    char name[NAME_BYTES];
    bool answered;
    char value[ANSWER_BYTES];
};

struct answers {
    struct slot slots[ANSWERS_MAX];
};

struct answers *
answers_create(struct secret *memory)
{
    return secret_alloc(memory, sizeof(struct answers));
}

static const struct slot *
find(const struct answers *answers, const char *question)
{
    for (size_t i = 0; i < ANSWERS_MAX; i++) {
        const struct slot *slot = &answers->slots[i];
        if (slot->answered && strcmp(slot->name, question) == 0) {
            return slot;
        }
    }
    return NULL;
}

static struct slot *
free_slot(struct answers *answers)
{
    for (size_t i = 0; i < ANSWERS_MAX; i++) {
        if (!answers->slots[i].answered) {
            return &answers->slots[i];
        }
    }
    return NULL;
}

const char *
answers_get(const struct answers *answers, const char *question)
{
    const struct slot *slot = answers != NULL ? find(answers, question) : NULL;
    return slot != NULL ? slot->value : NULL;
}

bool
answers_set(struct answers *answers, const char *question, const char *value)
{
    struct slot *slot = (struct slot *)find(answers, question);
    size_t len = value != NULL ? strlen(value) : 0;
    if (strlen(question) >= NAME_BYTES || len >= ANSWER_BYTES) {
        return false;
    }
    if (value == NULL) {
        if (slot != NULL) {
            secret_zero(slot, sizeof *slot);
        }
        return true;
    }
    slot = slot != NULL ? slot : free_slot(answers);
    if (slot == NULL) {
        return false;
    }
    // the new value may be the old one: move first, then forget what is behind it
    memmove(slot->value, value, len + 1);
    secret_zero(slot->value + len, ANSWER_BYTES - len);
    memmove(slot->name, question, strlen(question) + 1);
    slot->answered = true;
    return true;
}

bool
answers_hold(const struct answers *answers, const char *prefix, const char *value)
{
    for (size_t i = 0; answers != NULL && i < ANSWERS_MAX; i++) {
        const struct slot *slot = &answers->slots[i];
        if (slot->answered && strncmp(slot->name, prefix, strlen(prefix)) == 0 &&
            strcmp(slot->value, value) == 0) {
            return true;
        }
    }
    return false;
}
