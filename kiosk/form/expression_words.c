/* The functions of expressions, and what to tell an author who wrote something else. */
#include <ctype.h>
#include <string.h>

#include "base/guess.h"
#include "base/text.h"
#include "form/expression.h"
#include "form/expression_node.h"

static const struct function functions[] = {
    {"not", "value", OP_NOT, 1, 1},
    {"selected", "${question}, 'name'", OP_SELECTED, 2, 2},
    {"count-selected", "${question}", OP_COUNT_SELECTED, 1, 1},
    {"string-length", "text", OP_LENGTH, 1, 1},
    {"regex", "text, 'pattern'", OP_REGEX, 2, 2},
    {"starts-with", "text, begin", OP_STARTS, 2, 2},
    {"contains", "text, part", OP_CONTAINS, 2, 2},
    {"concat", "text, text, ... up to 8", OP_CONCAT, 1, 8},
    {"substr", "text, start, end", OP_SUBSTR, 2, 3},
    {"if", "condition, then, else", OP_IF, 3, 3},
    {"coalesce", "value, instead", OP_COALESCE, 2, 2},
    {"int", "value", OP_INT, 1, 1},
    {"number", "text", OP_TO_NUMBER, 1, 1},
    {"string", "value", OP_TO_STRING, 1, 1},
    {"today", "", OP_TODAY, 0, 0},
    {"true", "", OP_TRUE, 0, 0},
    {"false", "", OP_FALSE, 0, 0},
    {"date-diff-days", "from, to", OP_DAYS_BETWEEN, 2, 2},
    {"age-years", "date", OP_AGE, 1, 1},
    {"count", "${repeat}", OP_COUNT, 1, 1},
    {"sum", "${question of a repeat}", OP_SUM, 1, 1},
    {"nik-birth", "nik", OP_NIK_BIRTH, 1, 1},
    {"nik-woman", "nik", OP_NIK_WOMAN, 1, 1},
};
enum { FUNCTIONS = sizeof functions / sizeof *functions, WORD = 40 };

const struct function *
function_find(const char *name, size_t len)
{
    for (size_t i = 0; i < FUNCTIONS; i++) {
        if (strlen(functions[i].name) == len && memcmp(functions[i].name, name, len) == 0) {
            return &functions[i];
        }
    }
    return NULL;
}

/* --- hints ------------------------------------------------------------------------ */

/* Signs of other languages, where they begin. */
static const struct {
    const char *written, *hint;
} signs[] = {
    {"==", "; equal is written ="},
    {"=>", "; it is written >="},
    {"=<", "; it is written <="},
    {"<>", "; not equal is written !="},
    {"&&", "; it is written and"},
    {"||", "; it is written or"},
    {"!", "; not is written not(...)"},
    {"/", "; to divide is written div"},
    {"%", "; the remainder is written mod"},
    {"$(", "; a question is written ${name}"},
    {"{", "; a question is written ${name}"},
    {"$", "; a question is written ${name}"},
    {"\xe2\x80", "; texts stand in straight quotes: 'text'"},
};

static const char *
hint_of_sign(const char *source, size_t at)
{
    for (size_t back = 0; back <= 1 && back <= at; back++) {
        for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
            size_t len = strlen(signs[i].written);
            if (len > back && strncmp(source + at - back, signs[i].written, len) == 0) {
                return signs[i].hint;
            }
        }
    }
    return "";
}

static const char *
hint_of_function(const char *word, char out[EXPRESSION_HINT])
{
    const char *names[FUNCTIONS + 1] = {NULL};
    char hint[GUESS_BYTES];
    for (size_t i = 0; i < FUNCTIONS; i++) {
        names[i] = functions[i].name;
    }
    struct text text = text_over(out, EXPRESSION_HINT);
    text_add(&text, guess_name(word, names) != NULL
                        ? guess_hint(word, names, hint)
                        : "; kiosk/form/expression.h has all functions");
    return out;
}

const char *
expression_hint(const char *source, size_t at, char out[EXPRESSION_HINT])
{
    char word[WORD];
    size_t len = 0;
    for (const char *c = source + at; isalnum((unsigned char)*c) || *c == '-' || *c == '_'; c++) {
        len++;
    }
    if (len == 0 || len >= WORD) {
        return hint_of_sign(source, at);
    }
    struct text whole = text_over(word, sizeof word), text = text_over(out, EXPRESSION_HINT);
    text_add_bytes(&whole, source + at, len);
    const char *behind = source + at + len;
    const struct function *function = function_find(word, len);
    if (function != NULL) {
        text_addf(&text, "; it is %s(%s)", function->name, function->takes);
    } else if (behind[strspn(behind, " ")] == '(') {
        return hint_of_function(word, out);
    } else if (isalpha((unsigned char)word[0])) {
        text_addf(&text, "; a question is written ${%s}, a text '%s'", word, word);
    }
    return out;
}
