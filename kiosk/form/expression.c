#include "form/expression.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "form/expression_node.h"
#include "form/pattern.h"

enum { NESTING = 32, NODES = 256, COST = 4096, CHAIN = 8, SOURCE_MAX = 2000, WORD_MAX = 33 };

struct parser {
    struct arena *arena;
    const char *at;
    expression_lookup *lookup;
    void *context;
    const char *reason;
    bool summing; // inside sum()
    bool asks, self;
    int depth, nodes, cost, chain;
};

static struct node *
refuse(struct parser *parser, const char *reason)
{
    if (parser->reason == NULL) {
        parser->reason = reason;
    }
    return NULL;
}

static struct node *
make(struct parser *parser, enum operation op)
{
    if (++parser->nodes > NODES) {
        return refuse(parser, "expression too long");
    }
    parser->cost++;
    struct node *node = arena_alloc(parser->arena, sizeof *node);
    node->op = op;
    return node;
}

static void
skip_space(struct parser *parser)
{
    parser->at += strspn(parser->at, " \t\r\n");
}

static bool
is_word_char(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* Take a sign; "<" is not the beginning of "<=". */
static bool
take(struct parser *parser, const char *sign)
{
    skip_space(parser);
    size_t len = strlen(sign);
    if (strncmp(parser->at, sign, len) != 0) {
        return false;
    }
    bool word = islower((unsigned char)sign[0]);
    if ((word && is_word_char(parser->at[len])) ||
        (strchr("<>", sign[0]) != NULL && len == 1 && parser->at[1] == '=')) {
        return false;
    }
    parser->at += len;
    return true;
}

static struct node *parse_or(struct parser *parser);

/* --- operands --------------------------------------------------------------- */

static char *
copy(struct parser *parser, const char *from, size_t len)
{
    char *text = arena_alloc(parser->arena, len + 1);
    memcpy(text, from, len);
    return text;
}

static struct node *
parse_text(struct parser *parser)
{
    char quote = *parser->at;
    const char *end = strchr(parser->at + 1, quote);
    if (end == NULL) {
        return refuse(parser, "the text has no end");
    }
    struct node *node = make(parser, OP_TEXT);
    if (node != NULL) {
        node->text = copy(parser, parser->at + 1, (size_t)(end - parser->at - 1));
        parser->at = end + 1;
    }
    return node;
}

static struct node *
parse_number(struct parser *parser)
{
    size_t whole = strspn(parser->at, "0123456789"), part = 0;
    if (parser->at[whole] == '.') {
        part = 1 + strspn(parser->at + whole + 1, "0123456789");
    }
    if (whole > 15 || part == 1 || part > 10) {
        return refuse(parser, "malformed number");
    }
    struct node *node = make(parser, OP_NUMBER);
    if (node != NULL) {
        node->number = strtod(copy(parser, parser->at, whole + part), NULL);
        parser->at += whole + part;
    }
    return node;
}

/* An answer costs what it takes to know whether its question is asked; in sum() once a row. */
static bool
count_relevance(struct parser *parser, const struct expression_name *name)
{
    int times = parser->summing ? name->most : 1;
    parser->cost += times - 1;
    if (name->relevant != NULL) {
        parser->cost += times * name->relevant->cost;
        parser->chain =
            name->relevant->chain > parser->chain ? name->relevant->chain : parser->chain;
    }
    if (parser->cost > COST || parser->chain >= CHAIN) {
        refuse(parser, "questions depend on one another too deeply");
        return false;
    }
    return true;
}

/* From outside a repeat only sum() sees what is in it. */
static bool
rows_fit(struct parser *parser, const struct expression_name *name)
{
    bool of_rows = name->rows != NULL && !name->counts && !name->same_row;
    if (of_rows != parser->summing) {
        refuse(parser, of_rows ? "a question of a repeat: only sum() may ask for it"
                               : "sum() wants a question of a repeat");
        return false;
    }
    return true;
}

static struct node *
parse_answer(struct parser *parser)
{
    const char *name = parser->at + 2;
    size_t len = 0;
    while (is_word_char(name[len])) {
        len++;
    }
    if (len == 0 || len >= WORD_MAX || name[len] != '}') {
        return refuse(parser, "a question is written ${name}");
    }
    struct node *node = make(parser, OP_ANSWER);
    if (node == NULL) {
        return NULL;
    }
    parser->asks = true;
    node->text = copy(parser, name, len);
    if (parser->lookup != NULL && !parser->lookup(parser->context, node->text, &node->name)) {
        return refuse(parser, "unknown question, or not an earlier one");
    }
    if (!rows_fit(parser, &node->name) || !count_relevance(parser, &node->name)) {
        return NULL;
    }
    node->text = node->name.question != NULL ? node->name.question : node->text;
    parser->at = name + len + 1;
    return node;
}

/* --- functions -------------------------------------------------------------- */

static bool
compile_pattern(struct parser *parser, struct node *node)
{
    const struct node *source = node->first->next;
    if (source->op != OP_TEXT) {
        refuse(parser, "the pattern of regex() must be a literal text");
        return false;
    }
    size_t at;
    const char *reason;
    node->pattern = pattern_parse(parser->arena, source->text, &reason, &at);
    if (node->pattern == NULL) {
        refuse(parser, reason);
    }
    return node->pattern != NULL;
}

static int
parse_operands(struct parser *parser, struct node *node)
{
    const struct node **end = &node->first;
    int count = 0;
    if (take(parser, ")")) {
        return 0;
    }
    do {
        struct node *operand = parse_or(parser);
        if (operand == NULL) {
            return -1;
        }
        *end = operand;
        end = &operand->next;
        count++;
    } while (take(parser, ","));
    if (!take(parser, ")")) {
        refuse(parser, "')' is missing");
        return -1;
    }
    return count;
}

static struct node *
parse_function(struct parser *parser)
{
    const char *begin = parser->at;
    size_t len = 0;
    while (is_word_char(parser->at[len])) {
        len++;
    }
    const struct function *function = function_find(parser->at, len);
    if (function == NULL) {
        bool called = parser->at[len + strspn(parser->at + len, " ")] == '(';
        return refuse(parser, len == 0 ? "a value was expected"
                              : called ? "unknown function"
                                       : "a word of its own");
    }
    struct node *node = make(parser, function->op);
    parser->at += len;
    if (node == NULL || !take(parser, "(")) {
        parser->at = begin;
        return refuse(parser, "'(' is missing");
    }
    bool summing = parser->summing;
    parser->summing = node->op == OP_SUM;
    int count = parse_operands(parser, node);
    parser->summing = summing;
    if (count >= 0 && (count < function->least || count > function->most)) {
        parser->at = begin; // a hint tells its operands
        return refuse(parser, "wrong number of operands");
    }
    if ((node->op == OP_SUM || node->op == OP_COUNT) && count > 0 &&
        (node->first->op != OP_ANSWER || (node->op == OP_COUNT && !node->first->name.counts))) {
        return refuse(parser, "sum() wants ${a question of a repeat}, count() ${a repeat}");
    }
    return count < 0 || (node->op == OP_REGEX && !compile_pattern(parser, node)) ? NULL : node;
}

static struct node *
parse_operand(struct parser *parser)
{
    skip_space(parser);
    char c = *parser->at;
    if (c == '\'' || c == '"') {
        return parse_text(parser);
    }
    if (isdigit((unsigned char)c)) {
        return parse_number(parser);
    }
    if (c == '$' && parser->at[1] == '{') {
        return parse_answer(parser);
    }
    if (c == '.') {
        parser->at++;
        parser->self = true;
        return make(parser, OP_SELF);
    }
    if (c == '(') {
        parser->at++;
        struct node *inner = parse_or(parser);
        return inner != NULL && !take(parser, ")") ? refuse(parser, "')' is missing") : inner;
    }
    return parse_function(parser);
}

/* --- operators -------------------------------------------------------------- */

static struct node *
join(struct parser *parser, enum operation op, struct node *left, struct node *right)
{
    struct node *node = left != NULL && right != NULL ? make(parser, op) : NULL;
    if (node != NULL) {
        node->first = left;
        left->next = right;
    }
    return node;
}

static struct node *
parse_unary(struct parser *parser)
{
    if (!take(parser, "-")) {
        return parse_operand(parser);
    }
    if (parser->depth == NESTING) {
        return refuse(parser, "nested too deeply");
    }
    parser->depth++;
    struct node *operand = parse_unary(parser);
    parser->depth--;
    struct node *node = operand != NULL ? make(parser, OP_NEGATE) : NULL;
    if (node != NULL) {
        node->first = operand;
    }
    return node;
}

/* From the loosest to the tightest; "<=" is looked for before "<". */
enum { LEVEL_EQUAL = 2, LEVEL_SIZE = 3, LEVELS = 6 };

static const struct sign {
    const char *text;
    enum operation op;
    int level;
} signs[] = {
    {"or", OP_OR, 0},
    {"and", OP_AND, 1},
    {"!=", OP_UNEQUAL, LEVEL_EQUAL},
    {"=", OP_EQUAL, LEVEL_EQUAL},
    {"<=", OP_AT_MOST, LEVEL_SIZE},
    {">=", OP_AT_LEAST, LEVEL_SIZE},
    {"<", OP_LESS, LEVEL_SIZE},
    {">", OP_MORE, LEVEL_SIZE},
    {"+", OP_ADD, 4},
    {"-", OP_SUBTRACT, 4},
    {"*", OP_MULTIPLY, 5},
    {"div", OP_DIVIDE, 5},
    {"mod", OP_MODULO, 5},
};

static const struct sign *
take_sign(struct parser *parser, int level)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (signs[i].level == level && take(parser, signs[i].text)) {
            return &signs[i];
        }
    }
    return NULL;
}

static struct node *
parse_level(struct parser *parser, int level)
{
    if (level == LEVELS) {
        return parse_unary(parser);
    }
    struct node *left = parse_level(parser, level + 1);
    bool once = level == LEVEL_EQUAL || level == LEVEL_SIZE;
    const struct sign *sign;
    while (left != NULL && (sign = take_sign(parser, level)) != NULL) {
        left = join(parser, sign->op, left, parse_level(parser, level + 1));
        if (once) {
            break;
        }
    }
    return left;
}

static struct node *
parse_or(struct parser *parser)
{
    if (parser->depth == NESTING) {
        return refuse(parser, "nested too deeply");
    }
    parser->depth++;
    struct node *node = parse_level(parser, 0);
    parser->depth--;
    return node;
}

const struct expression *
expression_parse(struct arena *arena, const char *source, expression_lookup *lookup, void *context,
                 const char **reason, size_t *at)
{
    struct parser parser = {.arena = arena, .at = source, .lookup = lookup, .context = context};
    struct expression *expression = NULL;
    if (strlen(source) > SOURCE_MAX) {
        refuse(&parser, "expression too long");
    } else {
        const struct node *root = parse_or(&parser);
        skip_space(&parser);
        if (root != NULL && *parser.at != '\0') {
            refuse(&parser, "an operator was expected");
        }
        if (parser.reason == NULL) {
            expression = arena_alloc(arena, sizeof *expression);
            *expression =
                (struct expression){root, parser.asks, parser.self, parser.cost, parser.chain + 1};
        }
    }
    *reason = parser.reason;
    *at = (size_t)(parser.at - source);
    return expression;
}

bool
expression_asks(const struct expression *expression)
{
    return expression->asks;
}

bool
expression_has_self(const struct expression *expression)
{
    return expression->self;
}

const struct expression *
expression_and(struct arena *arena, const struct expression *a, const struct expression *b)
{
    if (a == NULL || b == NULL) {
        return a != NULL ? a : b;
    }
    struct node *sides = arena_alloc(arena, 2 * sizeof *sides);
    struct node *root = arena_alloc(arena, sizeof *root);
    struct expression *both = arena_alloc(arena, sizeof *both);
    sides[0] = *a->root; // a root has no `next` of its own to lose
    sides[1] = *b->root;
    sides[0].next = &sides[1];
    sides[1].next = NULL;
    *root = (struct node){.op = OP_AND, .first = sides};
    *both = (struct expression){.root = root,
                                .asks = a->asks || b->asks,
                                .self = a->self || b->self,
                                .cost = a->cost + b->cost + 1,
                                .chain = a->chain > b->chain ? a->chain : b->chain};
    return both;
}
