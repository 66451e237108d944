/* XLSForm expressions, the part that forms need (grammar in expression.c):
 *   or and = != < <= > >= + - * div mod   ( )   'text' 12.5   ${question} .
 *   not() selected() count-selected() string-length() regex() starts-with()
 *   contains() concat() substr() if() coalesce() int() number() string() today()
 *   true() false() date-diff-days() age-years()
 * Values are text, number or boolean; a comparison of two numerals compares
 * numbers, dates are ISO text and compare as text. A comparison of size with
 * something empty is false. Evaluation never fails, never allocates and is bounded:
 * nesting <= 32, nodes <= 256, and <= 4096 with the relevance of the questions asked
 * about. Patterns of regex() are literals (see pattern.h) and match the whole text.
 * date-diff-days(a, b) counts from a to b; substr(text, start, end) from 0. Pure. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct expression;
struct answers;
struct arena;

struct expression_context {
    const struct answers *answers;
    const char *self;  /* the value of "."; NULL: empty */
    const char *today; /* "2026-11-24" in the office's time zone */
};

/* Does ${name} exist? `relevant` gets the expression that decides whether that
 * question is asked (NULL: always): an answer left from a question that is no longer
 * asked counts as empty. */
typedef bool expression_lookup(void *context, const char *name, const struct expression **relevant);

/* NULL when malformed; `reason` (static) and `at` (byte offset) then say why and where.
 * A lookup of NULL accepts every name. */
const struct expression *expression_parse(struct arena *arena, const char *source,
                                          expression_lookup *lookup, void *context,
                                          const char **reason, size_t *at);
bool expression_true(const struct expression *expression, const struct expression_context *context);
/* The value as text into `out`; cut when it does not fit. */
void expression_text(const struct expression *expression, const struct expression_context *context,
                     char *out, size_t size);
