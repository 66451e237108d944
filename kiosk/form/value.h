/* A value of an expression: text, number or truth, and each seen as another; what that
 * means is told in expression.h. Private to the evaluator. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum value_kind { VALUE_TEXT, VALUE_NUMBER, VALUE_TRUTH };

struct value {
    enum value_kind kind;
    const char *text; /* in an answer, the expression or the scratch */
    double number;    /* NAN: no number */
    bool truth;
};

/* Texts that come up on the way stand here, behind one another, and are zeroed
 * at the end: they are pieces of answers. */
struct scratch {
    size_t used;
    char bytes[4096];
};

struct value value_of_text(const char *text);
struct value value_of_number(double number);
struct value value_of_truth(bool truth);

/* Copy `len` bytes in; cut at a code point when it is full. */
const char *scratch_keep(struct scratch *scratch, const char *bytes, size_t len);

double value_as_number(const struct value *value);
bool value_as_truth(const struct value *value);
const char *value_as_text(struct scratch *scratch, const struct value *value);
bool value_equal(struct scratch *scratch, const struct value *a, const struct value *b);
/* Below 0, 0 or above; false when one of them is empty and has no order. */
bool value_order(struct scratch *scratch, const struct value *a, const struct value *b,
                 double *order);
