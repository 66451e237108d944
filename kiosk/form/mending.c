#include "form/mending.h"

#include <string.h>

#include "form/expression.h"

static bool
is_named(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static const struct expression *
alone(const struct expression *expression)
{
    return expression != NULL && !expression_asks(expression) ? expression : NULL;
}

/* Whether a question in a row is asked may depend on that row's other answers: it may be left
 * out where nobody can tell. */
static struct question
stand_alone(const struct question *question)
{
    struct question copy = *question;
    copy.required = copy.required && (question->repeat < 0 || question->relevant == NULL);
    copy.relevant = copy.preset = NULL;
    copy.constraint = alone(question->constraint);
    copy.soft_constraint = alone(question->soft_constraint);
    copy.section = NULL;
    copy.reuse = false;
    copy.repeat = -1;
    return copy;
}

/* A repeat with the questions of its rows before it. */
static bool
take(struct mending *mending, const struct service *service, int index)
{
    const struct question *question = &service->questions[index];
    int first = question->type == QUESTION_REPEAT ? question->first : index;
    size_t from = mending->service.question_count;
    if (from + (size_t)(index - first) + 1 > MENDING_QUESTIONS) {
        return false;
    }
    for (int i = first; i <= index; i++) {
        struct question *copy = &mending->questions[mending->service.question_count++];
        *copy = stand_alone(&service->questions[i]);
        if (i < index) {
            copy->repeat = (int)from + index - first;
        } else if (question->type == QUESTION_REPEAT) {
            copy->first = (int)from;
        }
    }
    return true;
}

bool
mending_make(struct mending *mending, const struct service *service, const char *const *names,
             size_t count)
{
    size_t taken = 0;
    mending->service = *service;
    mending->service.questions = mending->questions;
    mending->service.question_count = 0;
    mending->service.asks_office = false;
    for (size_t i = 0; i < service->question_count; i++) {
        const struct question *question = &service->questions[i];
        if (question->repeat < 0 && is_named(names, count, question->name)) {
            taken++;
            if (!take(mending, service, (int)i)) {
                return false;
            }
        }
    }
    return taken == count && count > 0;
}
