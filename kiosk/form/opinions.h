/* What residents are asked about the service and about their neighbourhood: the nine elements of
 * the satisfaction survey (SKM, Permenpan RB 14/2017) and the office's polls. Part of the
 * catalogue, from survey.json and polls.json; a catalogue without them asks nothing. Strings
 * belong to the catalogue. */
#pragma once
#include <stdbool.h>
#include "form/catalogue.h"

enum { SURVEY_ELEMENTS = 9, SURVEY_SCORES = 4, POLL_CHOICES = 6 };

struct survey_element {
    const char *id; /* "u1" .. "u9": what it counts under, wherever it stands */
    struct words question;
    struct words answers[SURVEY_SCORES]; /* score 1, the worst, to 4 */
};
struct survey {
    int version;
    size_t first; /* index of the one that is asked alone */
    struct survey_element elements[SURVEY_ELEMENTS];
};

struct poll {
    const char *id;
    struct words question;
    const struct choice *choices; /* 2 to POLL_CHOICES */
    size_t count;
    const char *from, *to; /* "2026-11-24", both days included */
};

/* NULL: the catalogue has none. */
const struct survey *catalogue_survey(const struct catalogue *catalogue);
/* The element that is asked as the step-th, 0 the first one; NULL beyond the last. */
const struct survey_element *survey_at(const struct survey *survey, size_t step);
size_t catalogue_polls(const struct catalogue *catalogue, const struct poll **list);
/* The one that is asked on a day: no two are asked at once. NULL: none. */
const struct poll *catalogue_poll_on(const struct catalogue *catalogue, const char *today);
