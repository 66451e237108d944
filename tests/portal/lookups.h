/* The answer to a look-up, before it is sealed. */
#pragma once
#include <stdbool.h>

struct status;

enum { LOOKUP_ANSWER = 2048 };
/* Padded; `status` NULL is "not found". False: it does not fit. */
bool lookup_write(const struct status *status, char out[LOOKUP_ANSWER + 1]);
