#include "form/expression.h"

#include <math.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "form/answers.h"
#include "form/check.h"
#include "form/chosen.h"
#include "form/day.h"
#include "form/expression_node.h"
#include "form/pattern.h"
#include "form/spot.h"
#include "form/value.h"

struct evaluator {
    const struct expression_context *context;
    struct scratch scratch;
};

static struct value evaluate(struct evaluator *evaluator, const struct node *node);

/* --- arithmetic and order ---------------------------------------------------------- */

static bool
compare_size(struct evaluator *evaluator, enum operation op, const struct value *a,
             const struct value *b)
{
    double order;
    if (!value_order(&evaluator->scratch, a, b, &order)) {
        return false;
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
    return scratch_keep(&evaluator->scratch, text + from, to > from ? to - from : 0);
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
        pieces[count++] = value_as_text(&evaluator->scratch, &value);
    }
    begin = evaluator->scratch.used;
    if (begin == sizeof evaluator->scratch.bytes) {
        return "";
    }
    struct text text =
        text_over(evaluator->scratch.bytes + begin, sizeof evaluator->scratch.bytes - begin);
    for (size_t i = 0; i < count; i++) {
        text_add(&text, pieces[i]);
    }
    evaluator->scratch.used += text.len + 1;
    return text.data;
}

static const char *
text_at(struct evaluator *evaluator, const struct node *node)
{
    struct value value = evaluate(evaluator, node);
    return value_as_text(&evaluator->scratch, &value);
}

static double
number_at(struct evaluator *evaluator, const struct node *node)
{
    struct value value = evaluate(evaluator, node);
    return value_as_number(&value);
}

static bool
truth_at(struct evaluator *evaluator, const struct node *node)
{
    struct value value = evaluate(evaluator, node);
    return value_as_truth(&value);
}

static struct value
call_substr(struct evaluator *evaluator, const struct node *node)
{
    const struct node *start = node->first->next, *end = start->next;
    const char *text = text_at(evaluator, node->first);
    double from = number_at(evaluator, start);
    double to = end != NULL ? number_at(evaluator, end) : HUGE_VAL;
    if (isnan(from) || isnan(to)) {
        return value_of_text("");
    }
    return value_of_text(part_of(evaluator, text, from < 0 ? 0 : from, to));
}

static struct value
call_two_texts(struct evaluator *evaluator, const struct node *node)
{
    const char *a = text_at(evaluator, node->first);
    const char *b = text_at(evaluator, node->first->next);
    switch (node->op) {
    case OP_SELECTED:
        return value_of_truth(chosen_has(a, b));
    case OP_STARTS:
        return value_of_truth(strncmp(a, b, strlen(b)) == 0);
    case OP_CONTAINS:
        return value_of_truth(strstr(a, b) != NULL);
    case OP_COALESCE:
        return value_of_text(*a != '\0' ? a : b);
    default:
        return value_of_number(days_between(a, b));
    }
}

static struct value answer_of(struct evaluator *evaluator, const struct node *node);

/* The numbers of one question in all rows; what is no number adds nothing. */
static double
sum_rows(struct evaluator *evaluator, const struct node *node)
{
    const struct expression_context *outside = evaluator->context;
    struct expression_context inside = *outside;
    int rows = answers_number(outside->answers, node->name.rows, node->name.least, node->name.most);
    double sum = 0;
    evaluator->context = &inside;
    for (inside.row = 1; inside.row <= rows; inside.row++) {
        struct value value = answer_of(evaluator, node);
        double number = value_as_number(&value);
        sum += isnan(number) ? 0 : number;
    }
    evaluator->context = outside;
    return sum;
}

static double
count_rows(struct evaluator *evaluator, const struct node *node)
{
    double rows = number_at(evaluator, node);
    return isnan(rows) ? 0 : rows;
}

static const char *
birth_in(struct evaluator *evaluator, const char *nik)
{
    char birth[DATE_TEXT];
    nik_birth(nik, today_of(evaluator), birth);
    const char *kept = scratch_keep(&evaluator->scratch, birth, strlen(birth));
    secret_zero(birth, sizeof birth);
    return kept;
}

static struct value
call(struct evaluator *evaluator, const struct node *node)
{
    const struct node *first = node->first;
    switch (node->op) {
    case OP_NOT:
        return value_of_truth(!truth_at(evaluator, first));
    case OP_COUNT_SELECTED:
        return value_of_number((double)chosen_count(text_at(evaluator, first)));
    case OP_LENGTH:
        return value_of_number((double)utf8_count(text_at(evaluator, first)));
    case OP_REGEX:
        return value_of_truth(pattern_matches(node->pattern, text_at(evaluator, first)));
    case OP_CONCAT:
        return value_of_text(join_all(evaluator, node));
    case OP_SUBSTR:
        return call_substr(evaluator, node);
    case OP_IF:
        return evaluate(evaluator, truth_at(evaluator, first) ? first->next : first->next->next);
    case OP_INT:
        return value_of_number(trunc(number_at(evaluator, first)));
    case OP_TO_NUMBER:
        return value_of_number(number_at(evaluator, first));
    case OP_TO_STRING:
        return value_of_text(text_at(evaluator, first));
    case OP_TODAY:
        return value_of_text(today_of(evaluator));
    case OP_TRUE:
    case OP_FALSE:
        return value_of_truth(node->op == OP_TRUE);
    case OP_AGE:
        return value_of_number(age(evaluator, text_at(evaluator, first)));
    case OP_COUNT:
        return value_of_number(count_rows(evaluator, first));
    case OP_SUM:
        return value_of_number(sum_rows(evaluator, first));
    case OP_NIK_BIRTH:
        return value_of_text(birth_in(evaluator, text_at(evaluator, first)));
    case OP_NIK_WOMAN:
        return value_of_truth(nik_is_womans(text_at(evaluator, first)));
    default:
        return call_two_texts(evaluator, node);
    }
}

/* --- the tree ----------------------------------------------------------------------- */

static struct value
answer_of(struct evaluator *evaluator, const struct node *node)
{
    const struct expression_context *context = evaluator->context;
    const struct expression_name *name = &node->name;
    if (name->relevant != NULL && !truth_at(evaluator, name->relevant->root)) {
        return value_of_text("");
    }
    if (name->counts) {
        return value_of_number(
            answers_number(context->answers, node->text, name->least, name->most));
    }
    char key[SPOT_KEY];
    bool in_row = name->rows != NULL;
    const char *answer =
        answers_get(context->answers, spot_key(node->text, in_row ? context->row : 0, key));
    return value_of_text(answer != NULL ? answer : "");
}

static struct value
evaluate(struct evaluator *evaluator, const struct node *node)
{
    const struct node *first = node->first;
    switch (node->op) {
    case OP_TEXT:
        return value_of_text(node->text);
    case OP_NUMBER:
        return value_of_number(node->number);
    case OP_ANSWER:
        return answer_of(evaluator, node);
    case OP_SELF:
        return value_of_text(evaluator->context->self != NULL ? evaluator->context->self : "");
    case OP_OR:
        return value_of_truth(truth_at(evaluator, first) || truth_at(evaluator, first->next));
    case OP_AND:
        return value_of_truth(truth_at(evaluator, first) && truth_at(evaluator, first->next));
    case OP_NEGATE:
        return value_of_number(-number_at(evaluator, first));
    case OP_ADD:
    case OP_SUBTRACT:
    case OP_MULTIPLY:
    case OP_DIVIDE:
    case OP_MODULO: {
        double left = number_at(evaluator, first);
        return value_of_number(calculate(node->op, left, number_at(evaluator, first->next)));
    }
    case OP_EQUAL:
    case OP_UNEQUAL:
    case OP_LESS:
    case OP_AT_MOST:
    case OP_MORE:
    case OP_AT_LEAST: {
        struct value a = evaluate(evaluator, first), b = evaluate(evaluator, first->next);
        if (node->op == OP_EQUAL || node->op == OP_UNEQUAL) {
            return value_of_truth(value_equal(&evaluator->scratch, &a, &b) ==
                                  (node->op == OP_EQUAL));
        }
        return value_of_truth(compare_size(evaluator, node->op, &a, &b));
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
    evaluator.scratch.used = 0;
    bool truth = truth_at(&evaluator, expression->root);
    secret_zero(evaluator.scratch.bytes, evaluator.scratch.used);
    return truth;
}

void
expression_text(const struct expression *expression, const struct expression_context *context,
                char *out, size_t size)
{
    struct evaluator evaluator;
    evaluator.context = context;
    evaluator.scratch.used = 0;
    text_copy(out, size, text_at(&evaluator, expression->root));
    secret_zero(evaluator.scratch.bytes, evaluator.scratch.used);
}
