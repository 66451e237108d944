#include "form/expression.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "form/answers.h"
#include "form/day.h"
#include "form/expression_node.h"
#include "form/pattern.h"

/* Texts that come up on the way stand here, behind one another, and are zeroed
 * at the end: they are pieces of answers. */
enum { SCRATCH = 4096, NUMERAL_MAX = 15 };

enum kind { KIND_TEXT, KIND_NUMBER, KIND_BOOLEAN };

struct value {
    enum kind kind;
    const char *text;
    double number;
    bool boolean;
};

struct evaluator {
    const struct expression_context *context;
    char scratch[SCRATCH];
    size_t used;
};

static struct value evaluate(struct evaluator *evaluator, const struct node *node);

static struct value
of_text(const char *text)
{
    return (struct value){.kind = KIND_TEXT, .text = text};
}

static struct value
of_number(double number)
{
    return (struct value){.kind = KIND_NUMBER, .number = number};
}

static struct value
of_boolean(bool boolean)
{
    return (struct value){.kind = KIND_BOOLEAN, .boolean = boolean};
}

/* --- one kind as another ------------------------------------------------------ */

static bool
is_numeral(const char *text)
{
    text += *text == '-';
    size_t whole = strspn(text, "0123456789");
    text += whole;
    if (whole == 0 || whole > NUMERAL_MAX) {
        return false; // NIK and KK are too long for a double: they stay text
    }
    if (*text == '.') {
        size_t part = strspn(text + 1, "0123456789");
        return part > 0 && part < NUMERAL_MAX && text[1 + part] == '\0';
    }
    return *text == '\0';
}

static double
as_number(const struct value *value)
{
    switch (value->kind) {
    case KIND_NUMBER:
        return value->number;
    case KIND_BOOLEAN:
        return value->boolean;
    default:
        return is_numeral(value->text) ? strtod(value->text, NULL) : (double)NAN;
    }
}

static bool
as_boolean(const struct value *value)
{
    switch (value->kind) {
    case KIND_NUMBER:
        return !isnan(value->number) && (value->number < 0 || value->number > 0);
    case KIND_BOOLEAN:
        return value->boolean;
    default:
        return *value->text != '\0';
    }
}

/* Keep `len` bytes in the scratch; cut at a code point when it is full. */
static const char *
keep(struct evaluator *evaluator, const char *bytes, size_t len)
{
    size_t room = SCRATCH - evaluator->used;
    if (room == 0) {
        return "";
    }
    struct text text = text_over(evaluator->scratch + evaluator->used, room);
    text_add_bytes(&text, bytes, len);
    evaluator->used += text.len + 1;
    return text.data;
}

static const char *
as_text(struct evaluator *evaluator, const struct value *value)
{
    char digits[40];
    if (value->kind == KIND_TEXT) {
        return value->text;
    }
    if (value->kind == KIND_BOOLEAN) {
        return value->boolean ? "true" : "false";
    }
    if (!isfinite(value->number)) {
        return "";
    }
    int len = snprintf(digits, sizeof digits, "%.15g", value->number);
    const char *kept = keep(evaluator, digits, (size_t)len);
    secret_zero(digits, sizeof digits);
    return kept;
}

/* --- comparisons ---------------------------------------------------------------- */

static bool
both_numeral(const struct value *a, const struct value *b)
{
    return !isnan(as_number(a)) && !isnan(as_number(b));
}

static bool
is_equal(struct evaluator *evaluator, const struct value *a, const struct value *b)
{
    if (a->kind == KIND_BOOLEAN || b->kind == KIND_BOOLEAN) {
        return as_boolean(a) == as_boolean(b);
    }
    if (both_numeral(a, b)) {
        double x = as_number(a), y = as_number(b);
        return x <= y && x >= y;
    }
    return strcmp(as_text(evaluator, a), as_text(evaluator, b)) == 0;
}

static bool
compare_size(struct evaluator *evaluator, enum operation op, const struct value *a,
             const struct value *b)
{
    double order;
    if (both_numeral(a, b)) {
        order = as_number(a) - as_number(b);
    } else {
        const char *x = as_text(evaluator, a), *y = as_text(evaluator, b);
        if (*x == '\0' || *y == '\0') {
            return false;
        }
        order = (double)strcmp(x, y);
    }
    switch (op) {
    case OP_LESS:
        return order < 0;
    case OP_AT_MOST:
        return order <= 0;
    case OP_MORE:
        return order > 0;
    default:
        return order >= 0;
    }
}

static double
calculate(enum operation op, double a, double b)
{
    bool by_zero = b >= 0 && b <= 0;
    switch (op) {
    case OP_ADD:
        return a + b;
    case OP_SUBTRACT:
        return a - b;
    case OP_MULTIPLY:
        return a * b;
    case OP_DIVIDE:
        return by_zero ? (double)NAN : a / b;
    default:
        return by_zero ? (double)NAN : fmod(a, b);
    }
}

/* --- functions -------------------------------------------------------------------- */

/* `name` among names with spaces between. */
static bool
is_selected(const char *list, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = list; len > 0 && *at != '\0';) {
        size_t piece = strcspn(at, " ");
        if (piece == len && memcmp(at, name, len) == 0) {
            return true;
        }
        at += piece;
        at += strspn(at, " ");
    }
    return false;
}

static int
count_selected(const char *list)
{
    int count = 0;
    for (list += strspn(list, " "); *list != '\0'; list += strspn(list, " "), count++) {
        list += strcspn(list, " ");
    }
    return count;
}

static const char *
part_of(struct evaluator *evaluator, const char *text, double start, double end)
{
    size_t from = 0, len = strlen(text), to = len, step;
    size_t count = 0;
    for (size_t at = 0; at <= len; count++) {
        from = (double)count <= start ? at : from;
        if ((double)count >= end) {
            to = at;
            break;
        }
        utf8_at(text + at, &step);
        at += step > 0 ? step : 1;
    }
    from = start > (double)count ? to : from;
    return keep(evaluator, text + from, to > from ? to - from : 0);
}

static double
days_between(const char *from, const char *to)
{
    struct day a, b;
    return day_parse(from, &a) && day_parse(to, &b) ? day_number(&b) - day_number(&a) : (double)NAN;
}

static const char *
today_of(const struct evaluator *evaluator)
{
    return evaluator->context->today != NULL ? evaluator->context->today : "";
}

static double
age(const struct evaluator *evaluator, const char *birth)
{
    struct day a, b;
    return day_parse(birth, &a) && day_parse(today_of(evaluator), &b) ? day_age(&a, &b)
                                                                      : (double)NAN;
}

static const char *
join_all(struct evaluator *evaluator, const struct node *node)
{
    const char *pieces[8];
    size_t count = 0, begin;
    for (const struct node *at = node->first; at != NULL && count < 8; at = at->next) {
        struct value value = evaluate(evaluator, at);
        pieces[count++] = as_text(evaluator, &value);
    }
    begin = evaluator->used;
    if (begin == SCRATCH) {
        return "";
    }
    struct text text = text_over(evaluator->scratch + begin, SCRATCH - begin);
    for (size_t i = 0; i < count; i++) {
        text_add(&text, pieces[i]);
    }
    evaluator->used += text.len + 1;
    return text.data;
}

static const char *
text_at(struct evaluator *evaluator, const struct node *node)
{
    struct value value = evaluate(evaluator, node);
    return as_text(evaluator, &value);
}

static double
number_at(struct evaluator *evaluator, const struct node *node)
{
    struct value value = evaluate(evaluator, node);
    return as_number(&value);
}

static bool
truth_at(struct evaluator *evaluator, const struct node *node)
{
    struct value value = evaluate(evaluator, node);
    return as_boolean(&value);
}

static struct value
call_substr(struct evaluator *evaluator, const struct node *node)
{
    const struct node *start = node->first->next, *end = start->next;
    const char *text = text_at(evaluator, node->first);
    double from = number_at(evaluator, start);
    double to = end != NULL ? number_at(evaluator, end) : HUGE_VAL;
    if (isnan(from) || isnan(to)) {
        return of_text("");
    }
    return of_text(part_of(evaluator, text, from < 0 ? 0 : from, to));
}

static struct value
call_two_texts(struct evaluator *evaluator, const struct node *node)
{
    const char *a = text_at(evaluator, node->first);
    const char *b = text_at(evaluator, node->first->next);
    switch (node->op) {
    case OP_SELECTED:
        return of_boolean(is_selected(a, b));
    case OP_STARTS:
        return of_boolean(strncmp(a, b, strlen(b)) == 0);
    case OP_CONTAINS:
        return of_boolean(strstr(a, b) != NULL);
    case OP_COALESCE:
        return of_text(*a != '\0' ? a : b);
    default:
        return of_number(days_between(a, b));
    }
}

static struct value
call(struct evaluator *evaluator, const struct node *node)
{
    const struct node *first = node->first;
    switch (node->op) {
    case OP_NOT:
        return of_boolean(!truth_at(evaluator, first));
    case OP_COUNT_SELECTED:
        return of_number(count_selected(text_at(evaluator, first)));
    case OP_LENGTH:
        return of_number((double)utf8_count(text_at(evaluator, first)));
    case OP_REGEX:
        return of_boolean(pattern_matches(node->pattern, text_at(evaluator, first)));
    case OP_CONCAT:
        return of_text(join_all(evaluator, node));
    case OP_SUBSTR:
        return call_substr(evaluator, node);
    case OP_IF:
        return evaluate(evaluator, truth_at(evaluator, first) ? first->next : first->next->next);
    case OP_INT:
        return of_number(trunc(number_at(evaluator, first)));
    case OP_TO_NUMBER:
        return of_number(number_at(evaluator, first));
    case OP_TO_STRING:
        return of_text(text_at(evaluator, first));
    case OP_TODAY:
        return of_text(today_of(evaluator));
    case OP_TRUE:
    case OP_FALSE:
        return of_boolean(node->op == OP_TRUE);
    case OP_AGE:
        return of_number(age(evaluator, text_at(evaluator, first)));
    default:
        return call_two_texts(evaluator, node);
    }
}

/* --- the tree ----------------------------------------------------------------------- */

static struct value
answer_of(struct evaluator *evaluator, const struct node *node)
{
    const char *answer = answers_get(evaluator->context->answers, node->text);
    if (answer == NULL || (node->relevant != NULL && !truth_at(evaluator, node->relevant->root))) {
        return of_text("");
    }
    return of_text(answer);
}

static struct value
evaluate(struct evaluator *evaluator, const struct node *node)
{
    const struct node *first = node->first;
    switch (node->op) {
    case OP_TEXT:
        return of_text(node->text);
    case OP_NUMBER:
        return of_number(node->number);
    case OP_ANSWER:
        return answer_of(evaluator, node);
    case OP_SELF:
        return of_text(evaluator->context->self != NULL ? evaluator->context->self : "");
    case OP_OR:
        return of_boolean(truth_at(evaluator, first) || truth_at(evaluator, first->next));
    case OP_AND:
        return of_boolean(truth_at(evaluator, first) && truth_at(evaluator, first->next));
    case OP_NEGATE:
        return of_number(-number_at(evaluator, first));
    case OP_ADD:
    case OP_SUBTRACT:
    case OP_MULTIPLY:
    case OP_DIVIDE:
    case OP_MODULO: {
        double left = number_at(evaluator, first);
        return of_number(calculate(node->op, left, number_at(evaluator, first->next)));
    }
    case OP_EQUAL:
    case OP_UNEQUAL:
    case OP_LESS:
    case OP_AT_MOST:
    case OP_MORE:
    case OP_AT_LEAST: {
        struct value a = evaluate(evaluator, first), b = evaluate(evaluator, first->next);
        if (node->op == OP_EQUAL || node->op == OP_UNEQUAL) {
            return of_boolean(is_equal(evaluator, &a, &b) == (node->op == OP_EQUAL));
        }
        return of_boolean(compare_size(evaluator, node->op, &a, &b));
    }
    default:
        return call(evaluator, node);
    }
}

bool
expression_true(const struct expression *expression, const struct expression_context *context)
{
    struct evaluator evaluator;
    evaluator.context = context;
    evaluator.used = 0;
    bool truth = truth_at(&evaluator, expression->root);
    secret_zero(evaluator.scratch, evaluator.used);
    return truth;
}

void
expression_text(const struct expression *expression, const struct expression_context *context,
                char *out, size_t size)
{
    struct evaluator evaluator;
    evaluator.context = context;
    evaluator.used = 0;
    text_copy(out, size, text_at(&evaluator, expression->root));
    secret_zero(evaluator.scratch, evaluator.used);
}
