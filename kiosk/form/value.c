#include "form/value.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"

enum { NUMERAL_MAX = 15 };

struct value
value_of_text(const char *text)
{
    return (struct value){.kind = VALUE_TEXT, .text = text};
}

struct value
value_of_number(double number)
{
    return (struct value){.kind = VALUE_NUMBER, .number = number};
}

struct value
value_of_truth(bool truth)
{
    return (struct value){.kind = VALUE_TRUTH, .truth = truth};
}

const char *
scratch_keep(struct scratch *scratch, const char *bytes, size_t len)
{
    size_t room = sizeof scratch->bytes - scratch->used;
    if (room == 0) {
        return "";
    }
    struct text text = text_over(scratch->bytes + scratch->used, room);
    text_add_bytes(&text, bytes, len);
    scratch->used += text.len + 1;
    return text.data;
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

double
value_as_number(const struct value *value)
{
    switch (value->kind) {
    case VALUE_NUMBER:
        return value->number;
    case VALUE_TRUTH:
        return value->truth;
    default:
        return is_numeral(value->text) ? strtod(value->text, NULL) : (double)NAN;
    }
}

bool
value_as_truth(const struct value *value)
{
    switch (value->kind) {
    case VALUE_NUMBER:
        return !isnan(value->number) && (value->number < 0 || value->number > 0);
    case VALUE_TRUTH:
        return value->truth;
    default:
        return *value->text != '\0';
    }
}

const char *
value_as_text(struct scratch *scratch, const struct value *value)
{
    char digits[40];
    if (value->kind == VALUE_TEXT) {
        return value->text;
    }
    if (value->kind == VALUE_TRUTH) {
        return value->truth ? "true" : "false";
    }
    if (!isfinite(value->number)) {
        return "";
    }
    int len = snprintf(digits, sizeof digits, "%.15g", value->number);
    const char *kept = scratch_keep(scratch, digits, (size_t)len);
    secret_zero(digits, sizeof digits);
    return kept;
}

/* --- comparisons ---------------------------------------------------------------- */

static bool
both_numeral(const struct value *a, const struct value *b)
{
    return !isnan(value_as_number(a)) && !isnan(value_as_number(b));
}

bool
value_equal(struct scratch *scratch, const struct value *a, const struct value *b)
{
    if (a->kind == VALUE_TRUTH || b->kind == VALUE_TRUTH) {
        return value_as_truth(a) == value_as_truth(b);
    }
    if (both_numeral(a, b)) {
        double x = value_as_number(a), y = value_as_number(b);
        return x <= y && x >= y;
    }
    return strcmp(value_as_text(scratch, a), value_as_text(scratch, b)) == 0;
}

bool
value_order(struct scratch *scratch, const struct value *a, const struct value *b, double *order)
{
    if (both_numeral(a, b)) {
        *order = value_as_number(a) - value_as_number(b);
        return true;
    }
    const char *x = value_as_text(scratch, a), *y = value_as_text(scratch, b);
    *order = (double)strcmp(x, y);
    return *x != '\0' && *y != '\0';
}
