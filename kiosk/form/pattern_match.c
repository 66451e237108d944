/* All states that the text so far can be in are held at once: nothing is ever tried
 * twice. */
#include "base/text.h"
#include "form/pattern_step.h"

struct states {
    short list[PATTERN_STEPS];
    size_t count;
    bool has[PATTERN_STEPS];
};

/* Put a state in, and all that follow from it without a character. */
static void
enter(const struct pattern *pattern, struct states *states, short first)
{
    short stack[PATTERN_STEPS];
    size_t depth = 0;
    if (!states->has[first]) {
        states->has[first] = true;
        stack[depth++] = first;
    }
    while (depth > 0) {
        short at = stack[--depth];
        const struct step *step = &pattern->steps[at];
        if (step->kind == STEP_ONE || step->kind == STEP_END) {
            states->list[states->count++] = at;
            continue;
        }
        short next[2] = {step->to, step->kind == STEP_SPLIT ? step->other : step->to};
        for (int i = 0; i < 2; i++) {
            if (!states->has[next[i]]) {
                states->has[next[i]] = true;
                stack[depth++] = next[i];
            }
        }
    }
}

static bool
takes(const struct step *step, uint32_t code)
{
    if (step->kind != STEP_ONE) {
        return false;
    }
    for (int i = 0; i < step->count; i++) {
        if (code >= step->ranges[i].from && code <= step->ranges[i].to) {
            return !step->inverted;
        }
    }
    return step->inverted;
}

bool
pattern_matches(const struct pattern *pattern, const char *text)
{
    struct states sets[2] = {0};
    struct states *now = &sets[0], *next = &sets[1];
    enter(pattern, now, 0);
    while (*text != '\0' && now->count > 0) {
        size_t len;
        uint32_t code = utf8_at(text, &len);
        text += len;
        *next = (struct states){0};
        for (size_t i = 0; i < now->count; i++) {
            if (takes(&pattern->steps[now->list[i]], code)) {
                enter(pattern, next, (short)(now->list[i] + 1));
            }
        }
        struct states *swap = now;
        now = next;
        next = swap;
    }
    for (size_t i = 0; i < now->count; i++) {
        if (pattern->steps[now->list[i]].kind == STEP_END) {
            return *text == '\0';
        }
    }
    return false;
}
