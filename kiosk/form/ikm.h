/* The index of satisfaction (IKM) out of the survey's counts, as Permenpan RB 14/2017 has it:
 * the mean of each of the nine elements, weighed 1/9 each, times 25. Exact: neither 0,11 for 1/9
 * (at most 99,0) nor a mean that was rounded before. Classified on the value rounded half-up to
 * two decimals. Where an element has no answer there is no index. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "form/opinions.h"

struct ikm_counts {
    int64_t scores[SURVEY_ELEMENTS][SURVEY_SCORES]; /* of u1 .. u9: how many gave 1 .. 4 */
};
struct ikm {
    bool known;
    int hundredths; /* 8611: 86,11 */
    char grade;     /* 'A' .. 'D' */
};

/* "u1", "4": counts them; false when they are none. */
bool ikm_count(struct ikm_counts *counts, const char *element, const char *score, int64_t count);
int64_t ikm_answers(const struct ikm_counts *counts, int element); /* 0 .. 8 */
/* The element's mean, rounded half-up to hundredths; -1 without answers. */
int ikm_mean(const struct ikm_counts *counts, int element);
/* Known for up to a thousand million answers to each. */
struct ikm ikm_of(const struct ikm_counts *counts);
