#include "form/pattern.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "form/pattern_step.h"

enum { REPEAT_MAX = 64, GROUPS_DEEP = 8, ALTERNATIVES = 32 };

struct build {
    struct step *steps;
    size_t count;
    const char *at, *reason;
    int groups, alternatives; // how deep
};

static bool
refuse(struct build *build, const char *reason)
{
    if (build->reason == NULL) {
        build->reason = reason;
    }
    return false;
}

static struct step *
add(struct build *build, enum step_kind kind)
{
    if (build->count == PATTERN_STEPS) {
        refuse(build, "pattern too large");
        return NULL;
    }
    struct step *step = &build->steps[build->count++];
    *step = (struct step){.kind = kind};
    return step;
}

static bool
add_range(struct build *build, struct step *step, uint32_t from, uint32_t to)
{
    if (step->count == PATTERN_RANGES) {
        return refuse(build, "too many ranges in a class");
    }
    if (from > to) {
        return refuse(build, "a range runs backwards");
    }
    step->ranges[step->count++] = (struct range){from, to};
    return true;
}

/* One escaped character, also inside a class. */
static bool
add_escape(struct build *build, struct step *step)
{
    char c = *build->at;
    if (c == 'd') {
        build->at++;
        return add_range(build, step, '0', '9');
    }
    if (c == 's') {
        build->at++;
        return add_range(build, step, ' ', ' ');
    }
    if (c == '\0' || strchr("\\.[](){}|*+?^$-/'", c) == NULL) {
        return refuse(build, "unknown escape");
    }
    build->at++;
    return add_range(build, step, (unsigned char)c, (unsigned char)c);
}

static bool
add_class_item(struct build *build, struct step *step)
{
    if (*build->at == '\\') {
        build->at++;
        return add_escape(build, step);
    }
    size_t len;
    uint32_t from = utf8_at(build->at, &len), to = from;
    if (len == 0) {
        return refuse(build, "']' is missing");
    }
    build->at += len;
    if (build->at[0] == '-' && build->at[1] != ']' && build->at[1] != '\0') {
        to = utf8_at(build->at + 1, &len);
        build->at += 1 + len;
    }
    return add_range(build, step, from, to);
}

static bool
add_class(struct build *build)
{
    struct step *step = add(build, STEP_ONE);
    if (step == NULL) {
        return false;
    }
    if (*build->at == '^') {
        step->inverted = true;
        build->at++;
    }
    do {
        if (!add_class_item(build, step)) {
            return false;
        }
    } while (*build->at != ']');
    build->at++;
    return true;
}

static bool add_choice(struct build *build);

static bool
add_group(struct build *build)
{
    if (build->groups == GROUPS_DEEP) {
        return refuse(build, "pattern nested too deeply");
    }
    build->groups++;
    bool good = add_choice(build);
    build->groups--;
    if (good && *build->at != ')') {
        return refuse(build, "')' is missing");
    }
    build->at += good;
    return good;
}

static bool
add_atom(struct build *build)
{
    char c = *build->at;
    if (c == '(') {
        build->at++;
        return add_group(build);
    }
    if (c == '[') {
        build->at++;
        return add_class(build);
    }
    if (strchr("*+?{}])|^$", c) != NULL) {
        return refuse(build, "a character was expected");
    }
    struct step *step = add(build, STEP_ONE);
    if (step == NULL) {
        return false;
    }
    if (c == '\\') {
        build->at++;
        return add_escape(build, step);
    }
    size_t len;
    uint32_t code = utf8_at(build->at, &len);
    build->at += len;
    return c == '.' ? add_range(build, step, 1, 0x10FFFF) : add_range(build, step, code, code);
}

/* The steps from `begin` on once more, jumps moved along. */
static bool
add_copy(struct build *build, size_t begin, size_t end)
{
    short by = (short)(build->count - begin);
    for (size_t i = begin; i < end; i++) {
        struct step *copy = add(build, STEP_ONE);
        if (copy == NULL) {
            return false;
        }
        *copy = build->steps[i];
        copy->to = (short)(copy->to + by);
        copy->other = (short)(copy->other + by);
    }
    return true;
}

/* Make the steps from `begin` on optional: a split is put before them. */
static bool
make_optional(struct build *build, size_t begin)
{
    if (add(build, STEP_END) == NULL) {
        return false;
    }
    memmove(&build->steps[begin + 1], &build->steps[begin],
            (build->count - 1 - begin) * sizeof *build->steps);
    for (size_t i = begin + 1; i < build->count; i++) {
        build->steps[i].to++;
        build->steps[i].other++;
    }
    build->steps[begin] =
        (struct step){.kind = STEP_SPLIT, .to = (short)(begin + 1), .other = (short)build->count};
    return true;
}

static bool
add_loop_back(struct build *build, size_t begin)
{
    struct step *split = add(build, STEP_SPLIT);
    if (split == NULL) {
        return false;
    }
    split->to = (short)begin;
    split->other = (short)build->count;
    return true;
}

static bool
parse_count(struct build *build, int *out)
{
    int value = 0, digits = 0;
    for (; *build->at >= '0' && *build->at <= '9' && digits < 4; build->at++, digits++) {
        value = value * 10 + (*build->at - '0');
    }
    *out = value;
    return digits > 0 && value <= REPEAT_MAX ? true : refuse(build, "a repeat is 0 to 64");
}

/* {2} {2,} {2,4}; `most` -1: without end. */
static bool
parse_repeat(struct build *build, int *least, int *most)
{
    if (!parse_count(build, least)) {
        return false;
    }
    *most = *least;
    if (*build->at == ',') {
        build->at++;
        *most = -1;
        if (*build->at != '}' && !parse_count(build, most)) {
            return false;
        }
    }
    if (*build->at != '}' || (*most >= 0 && *most < *least) || *most == 0) {
        return refuse(build, "malformed repeat");
    }
    build->at++;
    return true;
}

/* The atom at `begin` stands once already. */
static bool
repeat(struct build *build, size_t begin, int least, int most)
{
    size_t end = build->count, last = begin;
    for (int i = 1; i < least; i++) {
        last = build->count;
        if (!add_copy(build, begin, end)) {
            return false;
        }
    }
    if (most < 0 && !add_loop_back(build, last)) {
        return false;
    }
    for (int i = least > 0 ? least : 1; i < most; i++) {
        size_t at = build->count;
        if (!add_copy(build, begin, end) || !make_optional(build, at)) {
            return false;
        }
    }
    return least > 0 || make_optional(build, begin);
}

static bool
add_piece(struct build *build)
{
    size_t begin = build->count;
    if (!add_atom(build)) {
        return false;
    }
    int least = 1, most = 1;
    char c = *build->at;
    if (c == '*' || c == '+' || c == '?') {
        least = c == '+';
        most = c == '?' ? 1 : -1;
        build->at++;
    } else if (c == '{') {
        build->at++;
        if (!parse_repeat(build, &least, &most)) {
            return false;
        }
    }
    return repeat(build, begin, least, most);
}

static bool
is_end_mark(const struct build *build)
{
    return build->groups == 0 && build->at[0] == '$' && build->at[1] == '\0';
}

static bool
add_sequence(struct build *build)
{
    while (*build->at != '\0' && *build->at != '|' && *build->at != ')' && !is_end_mark(build)) {
        if (!add_piece(build)) {
            return false;
        }
    }
    return true;
}

/* a|b: split to a or b; a jumps behind b. */
static bool
add_choice(struct build *build)
{
    size_t begin = build->count;
    if (!add_sequence(build)) {
        return false;
    }
    if (*build->at != '|') {
        return true;
    }
    build->at++;
    size_t jump = build->count;
    if (add(build, STEP_JUMP) == NULL || !make_optional(build, begin)) {
        return false;
    }
    jump++; // the split stands before it now, and leads behind it
    if (build->alternatives == ALTERNATIVES) {
        return refuse(build, "too many alternatives");
    }
    build->alternatives++; // they nest to the right
    bool good = add_choice(build);
    build->alternatives--;
    build->steps[jump].to = (short)build->count;
    return good;
}

const struct pattern *
pattern_parse(struct arena *arena, const char *source, const char **reason, size_t *at)
{
    struct step steps[PATTERN_STEPS]; // 54 KB that no lack of memory can refuse
    struct build build = {.steps = steps, .at = source + (source[0] == '^')};
    struct pattern *pattern = NULL;
    bool good = add_choice(&build);
    build.at += good && is_end_mark(&build);
    if (good && *build.at != '\0') {
        good = refuse(&build, "a character was expected");
    }
    if (good && add(&build, STEP_END) != NULL) {
        size_t size = build.count * sizeof(struct step);
        pattern = arena_alloc(arena, sizeof *pattern + size);
        pattern->count = build.count;
        memcpy(pattern->steps, build.steps, size);
    }
    *reason = build.reason;
    *at = (size_t)(build.at - source);
    return pattern;
}
