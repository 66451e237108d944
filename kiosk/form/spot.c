#include "form/spot.h"

#include <stdio.h>

#include "form/answers.h"
#include "form/check.h"

enum { STRIDE = 1024 }; // more than any form has questions

/* Of as many rows always: nobody is asked for how many. */
static bool
is_fixed(const struct question *question)
{
    return question->type == QUESTION_REPEAT && question->min == question->max;
}

static bool
applies(const struct service *service, struct spot spot, const struct answers *answers,
        const char *today)
{
    const struct question *question = &service->questions[spot.question];
    return !is_fixed(question) && check_relevant(question, spot.row, answers, today);
}

int
spot_rows(const struct question *repeat, const struct answers *answers)
{
    return answers_number(answers, repeat->name, (int)repeat->min, (int)repeat->max);
}

/* The question in its first row, or in its last one; outside a repeat itself. With no rows
 * the questions of a repeat are passed over, to the one that counts them or before them. */
static struct spot
enter(const struct service *service, int index, const struct answers *answers, bool forward)
{
    if (index < 0 || index >= (int)service->question_count) {
        return SPOT_NONE;
    }
    int repeat = service->questions[index].repeat;
    if (repeat < 0) {
        return (struct spot){index, 0};
    }
    int rows = spot_rows(&service->questions[repeat], answers);
    if (rows > 0) {
        return (struct spot){index, forward ? 1 : rows};
    }
    int beyond = forward ? repeat : service->questions[repeat].first - 1;
    return enter(service, beyond, answers, forward);
}

static struct spot
step(const struct service *service, struct spot spot, const struct answers *answers, bool forward)
{
    int repeat = spot.question >= 0 ? service->questions[spot.question].repeat : -1;
    int next = spot.question + (forward ? 1 : -1);
    if (repeat < 0) {
        return enter(service, next, answers, forward);
    }
    int first = service->questions[repeat].first, last = repeat - 1;
    if (next >= first && next <= last) {
        return (struct spot){next, spot.row};
    }
    int row = spot.row + (forward ? 1 : -1);
    if (row >= 1 && row <= spot_rows(&service->questions[repeat], answers)) {
        return (struct spot){forward ? first : last, row};
    }
    return enter(service, next, answers, forward);
}

static struct spot
walk(const struct service *service, struct spot spot, const struct answers *answers,
     const char *today, bool forward)
{
    do {
        spot = step(service, spot, answers, forward);
    } while (spot.question >= 0 && !applies(service, spot, answers, today));
    return spot;
}

struct spot
spot_after(const struct service *service, struct spot spot, const struct answers *answers,
           const char *today)
{
    return walk(service, spot, answers, today, true);
}

struct spot
spot_before(const struct service *service, struct spot spot, const struct answers *answers,
            const char *today)
{
    return walk(service, spot, answers, today, false);
}

struct spot
spot_last(const struct service *service, const struct answers *answers, const char *today)
{
    struct spot end = enter(service, (int)service->question_count - 1, answers, false);
    bool there = end.question < 0 || applies(service, end, answers, today);
    return there ? end : spot_before(service, end, answers, today);
}

bool
spot_equal(struct spot a, struct spot b)
{
    return a.question == b.question && a.row == b.row;
}

bool
spot_same_row(const struct service *service, struct spot a, struct spot b)
{
    return a.question >= 0 && b.question >= 0 && a.row > 0 && a.row == b.row &&
           service->questions[a.question].repeat == service->questions[b.question].repeat;
}

bool
spot_is_asked(const struct service *service, struct spot spot, const struct answers *answers,
              const char *today)
{
    if (spot.question < 0 || spot.question >= (int)service->question_count) {
        return false;
    }
    int repeat = service->questions[spot.question].repeat;
    int rows = repeat >= 0 ? spot_rows(&service->questions[repeat], answers) : 0;
    bool there = repeat >= 0 ? spot.row >= 1 && spot.row <= rows : spot.row == 0;
    return there && applies(service, spot, answers, today);
}

const char *
spot_key(const char *question, int row, char out[SPOT_KEY])
{
    if (row > 0) {
        snprintf(out, SPOT_KEY, "%s.%d", question, row);
    } else {
        snprintf(out, SPOT_KEY, "%s", question);
    }
    return out;
}

const char *
spot_mark(const char *question, char out[SPOT_KEY])
{
    snprintf(out, SPOT_KEY, "@%s", question);
    return out;
}

const char *
spot_answer(const struct service *service, struct spot spot, const struct answers *answers)
{
    char key[SPOT_KEY];
    return answers_get(answers, spot_key(service->questions[spot.question].name, spot.row, key));
}

int64_t
spot_number(struct spot spot)
{
    return spot.question < 0 ? -1 : (int64_t)spot.row * STRIDE + spot.question;
}

struct spot
spot_of_number(int64_t number)
{
    return number < 0 ? SPOT_NONE : (struct spot){(int)(number % STRIDE), (int)(number / STRIDE)};
}
