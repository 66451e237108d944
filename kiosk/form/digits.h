/* Numbers as people write them: "6472 0317-0890.0001". Pure. */
#pragma once
#include <stdbool.h>

enum { DIGITS_MAX = 24 };

struct digits {
    int count;  /* digits that were typed, also beyond those kept */
    bool other; /* something stood there that is neither a digit nor a separator */
    char text[DIGITS_MAX + 1];
};

/* Digits without the spaces, dots and dashes between them. */
struct digits digits_of(const char *typed);
/* Zero the copy: it is an answer. */
void digits_forget(struct digits *digits);
