/* What pattern.c makes of a pattern and pattern_match.c walks: a program for Thompson's
 * machine. Private to the two. */
#pragma once
#include "form/pattern.h"

enum { PATTERN_RANGES = 12 };

enum step_kind { STEP_ONE, STEP_SPLIT, STEP_JUMP, STEP_END };

struct range {
    uint32_t from, to;
};

struct step {
    enum step_kind kind;
    bool inverted; // ONE: none of the ranges
    unsigned char count;
    short to, other; // SPLIT: both; JUMP: `to`
    struct range ranges[PATTERN_RANGES];
};

struct pattern {
    size_t count;
    struct step steps[];
};
