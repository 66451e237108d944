/* What the parser of expressions makes and the others of its files read. Private to them. */
#pragma once
#include <stddef.h>
#include "form/expression.h"

struct pattern;

enum operation {
    /* operands */
    OP_TEXT,
    OP_NUMBER,
    OP_ANSWER /* ${text}, asked only if `name.relevant` */,
    OP_SELF,
    /* one or two of them */
    OP_OR,
    OP_AND,
    OP_EQUAL,
    OP_UNEQUAL,
    OP_LESS,
    OP_AT_MOST,
    OP_MORE,
    OP_AT_LEAST,
    OP_ADD,
    OP_SUBTRACT,
    OP_MULTIPLY,
    OP_DIVIDE,
    OP_MODULO,
    OP_NEGATE,
    /* functions */
    OP_NOT,
    OP_SELECTED,
    OP_COUNT_SELECTED,
    OP_LENGTH,
    OP_REGEX,
    OP_STARTS,
    OP_CONTAINS,
    OP_CONCAT,
    OP_SUBSTR,
    OP_IF,
    OP_COALESCE,
    OP_INT,
    OP_TO_NUMBER,
    OP_TO_STRING,
    OP_TODAY,
    OP_TRUE,
    OP_FALSE,
    OP_DAYS_BETWEEN,
    OP_AGE,
    OP_COUNT,
    OP_SUM,
    OP_NIK_BIRTH,
    OP_NIK_WOMAN
};

struct node {
    enum operation op;
    const char *text; /* TEXT: itself; ANSWER: the question */
    double number;
    struct expression_name name; /* ANSWER */
    const struct pattern *pattern;
    const struct node *first; /* operands, a chain by `next` */
    const struct node *next;
};

struct expression {
    const struct node *root;
    bool asks; /* for other questions */
    bool self; /* says "." */
    int cost;  /* nodes visited at most, those of the questions it asks about included */
    int chain; /* how many relevant expressions stand behind one another, this one included */
};

struct function {
    const char *name, *takes; /* "from, to" */
    enum operation op;
    int least, most; /* operands */
};
/* NULL when there is none of these letters. */
const struct function *function_find(const char *name, size_t len);
