/* The constants of an expression, for the loading to hold against the questions they belong to:
 * ${jk} = 'pria' is never true where the list has 'l' and 'p', and nobody would see why. */
#include "form/expression.h"
#include "form/expression_node.h"

static bool
is_comparison(enum operation op)
{
    return op == OP_EQUAL || op == OP_UNEQUAL || op == OP_LESS || op == OP_AT_MOST ||
           op == OP_MORE || op == OP_AT_LEAST;
}

static bool
is_answer(const struct node *node)
{
    return node->op == OP_SELF || (node->op == OP_ANSWER && !node->name.counts);
}

static bool
pair_fits(const struct node *answer, const struct node *constant, expression_fits *fits,
          void *context)
{
    bool asked = is_answer(answer) && constant->op == OP_TEXT && constant->text[0] != '\0';
    return !asked || fits(context, answer->op == OP_ANSWER ? answer->text : NULL, constant->text);
}

static bool
all_fit(const struct node *node, expression_fits *fits, void *context)
{
    const struct node *left = node->first, *right = left != NULL ? left->next : NULL;
    bool fit = true;
    if (right != NULL && is_comparison(node->op)) {
        fit = pair_fits(left, right, fits, context) && pair_fits(right, left, fits, context);
    } else if (right != NULL && node->op == OP_SELECTED) {
        fit = pair_fits(left, right, fits, context);
    }
    for (const struct node *inner = left; inner != NULL && fit; inner = inner->next) {
        fit = all_fit(inner, fits, context); // as deep as parsing let it be
    }
    return fit;
}

bool
expression_compares_well(const struct expression *expression, expression_fits *fits, void *context)
{
    return all_fit(expression->root, fits, context);
}

static bool
is_constant(const struct node *node)
{
    bool constant = node->op != OP_ANSWER && node->op != OP_SELF && node->op != OP_TODAY &&
                    node->op != OP_AGE && node->op != OP_NIK_BIRTH;
    for (const struct node *inner = node->first; inner != NULL && constant; inner = inner->next) {
        constant = is_constant(inner);
    }
    return constant;
}

bool
expression_ends_well(const struct expression *expression, expression_fits *fits, void *context)
{
    enum { VALUE = 256 };
    const struct node *node = expression->root;
    if (node->op == OP_IF || node->op == OP_COALESCE) {
        bool fit = true;
        const struct node *inner = node->op == OP_IF ? node->first->next : node->first;
        for (; inner != NULL && fit; inner = inner->next) {
            struct expression part = {.root = inner};
            fit = expression_ends_well(&part, fits, context);
        }
        return fit;
    }
    char value[VALUE] = "";
    struct expression_context nothing = {0};
    if (is_constant(node)) {
        expression_text(expression, &nothing, value, sizeof value);
    }
    return value[0] == '\0' || fits(context, NULL, value);
}
