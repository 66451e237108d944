/* The expressions of "relevant", "default", "constraint" and "soft_constraint": XLSForm's words,
 * as many as forms need.
 *
 *   or      = and { "or" and }                       loosest
 *   and     = equal { "and" equal }
 *   equal   = size [ ("=" | "!=") size ]             a = b = c is refused
 *   size    = sum [ ("<" | "<=" | ">" | ">=") sum ]
 *   sum     = product { ("+" | "-") product }
 *   product = unary { ("*" | "div" | "mod") unary }
 *   unary   = { "-" } operand
 *   operand = 12.5 | 'text' | "text" | ${question} | . | ( or ) | function(or, ...)
 *
 *   ${question}  the answer as it is stored (answers.h): 6472..., 2026-11-24, yes, 1250000,
 *                names of choices with spaces between. Only an earlier question may be named.
 *                Skipped, not answered or not asked: empty text. Of a repeat: how many rows.
 *                Inside a repeat a question of the same repeat is that of the same row; from
 *                outside the questions of a repeat are seen by sum() alone.
 *   .            in a constraint, the answer that is being checked
 *
 *   selected(${x}, 'name')      is that choice among those chosen?
 *   count-selected(${x})        how many are
 *   string-length(t)            characters, not bytes
 *   regex(t, 'pattern')         the whole text matches; the pattern is a literal, see pattern.h
 *   starts-with(t, s)  contains(t, s)  concat(a, b, ... up to 8)
 *   substr(t, start [, end])    from 0, the end excluded
 *   if(condition, then, else)   only the chosen one is evaluated
 *   coalesce(a, b)              b where a is empty
 *   number(t)  string(v)  int(v)   int cuts towards zero
 *   not(v)  true()  false()
 *   today()                     the office's day, 2026-11-24; empty if the clock is not known
 *   date-diff-days(from, to)    negative when `to` is earlier
 *   age-years(t)                full years from that date until today
 *   count(${repeat})            its rows; sum(${x}) the numbers of all rows together
 *   nik-birth(t)                the day of birth that a NIK tells, of the two centuries the one
 *                               that gives less than a hundred years; empty if it tells none
 *   nik-woman(t)                does it tell a woman? (domain facts on NIK: day + 40)
 *
 * Values are text, number or truth. As a number, text is what it says ("007" is 7; more than
 * 15 digits stay text, so that no NIK is rounded) or no number; arithmetic with no number is
 * no number, as is division by zero, and no number as text is empty. As truth, text is false
 * when empty, a number when 0 or none. "=" and "!=" compare truth if one side is truth, else
 * numbers if both sides are numerals, else text, byte by byte; so do "<" and the like, which
 * are false when a side is empty. Dates compare rightly as text.
 *
 * Parsing bounds all: nesting 32, 256 nodes, 4096 with the relevance of the questions asked
 * about. Evaluation cannot fail, does not allocate and leaves nothing behind. Pure. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct expression;
struct answers;
struct arena;

struct expression_context {
    const struct answers *answers;
    int row;           /* of the repeat that the question stands in; 0 outside */
    const char *self;  /* the value of "."; NULL: empty */
    const char *today; /* "2026-11-24" in the office's time zone; NULL: not known */
};

/* What ${name} is. An answer left from a question that is no longer asked counts as empty:
 * `relevant` decides that (NULL: always asked). */
struct expression_name {
    const char *question; /* its whole name; NULL: as it was given */
    const struct expression *relevant;
    const char *rows; /* name of the repeat that it is in or, with `counts`, is; NULL: none */
    int least, most;  /* rows of that */
    bool counts;      /* the repeat itself */
    bool same_row;    /* of the repeat that the expression stands in, too */
};
typedef bool expression_lookup(void *context, const char *name, struct expression_name *out);

/* NULL when malformed; `reason` (static) and `at` (byte offset) then say why and where.
 * A lookup of NULL accepts every name, as a question outside a repeat. */
const struct expression *expression_parse(struct arena *arena, const char *source,
                                          expression_lookup *lookup, void *context,
                                          const char **reason, size_t *at);
bool expression_true(const struct expression *expression, const struct expression_context *context);
/* For whoever wrote it, after the reason: "; equal is written =". "" when there is none; else in
 * `out`. */
enum { EXPRESSION_HINT = 200 };
const char *expression_hint(const char *source, size_t at, char out[EXPRESSION_HINT]);
/* Does it look at other questions, or only at "." and the day? Does it say "."? */
bool expression_asks(const struct expression *expression);
bool expression_has_self(const struct expression *expression);
/* For the loading: `fits` is asked for the constants that answers (NULL: ".") are compared with
 * by = != < <= > >= or looked for by selected(); or for those that the whole may come to, itself,
 * by if() or by coalesce(). False when one does not fit. */
typedef bool expression_fits(void *context, const char *question, const char *constant);
bool expression_compares_well(const struct expression *expression, expression_fits *fits,
                              void *context);
bool expression_ends_well(const struct expression *expression, expression_fits *fits,
                          void *context);
/* Both; NULL counts as true. */
const struct expression *expression_and(struct arena *arena, const struct expression *a,
                                        const struct expression *b);
/* The value as text into `out`; cut when it does not fit. */
void expression_text(const struct expression *expression, const struct expression_context *context,
                     char *out, size_t size);
