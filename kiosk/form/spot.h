/* Where one stands in a form: at a question and, inside a repeat, in one of its rows. A form
 * is walked from spot to spot; how many there are depends on the answers. Pure. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "form/catalogue.h"

struct answers;

struct spot {
    int question; /* index in the service; -1: none */
    int row;      /* 1 .. of a repeat; 0 outside */
};
enum { SPOT_KEY = 40, ROWS_MAX = 20 };

#define SPOT_NONE ((struct spot){-1, 0})

/* The next or the one before that is asked, given the answers; the first after SPOT_NONE.
 * SPOT_NONE at the end. `spot_last` is the last one. */
struct spot spot_after(const struct service *service, struct spot spot,
                       const struct answers *answers, const char *today);
struct spot spot_before(const struct service *service, struct spot spot,
                        const struct answers *answers, const char *today);
struct spot spot_last(const struct service *service, const struct answers *answers,
                      const char *today);
bool spot_equal(struct spot a, struct spot b);

/* Rows of a REPEAT: what was answered, or its least. */
int spot_rows(const struct question *repeat, const struct answers *answers);
/* Under which key answers.h keeps it: "nama", "nama.2". Returns `out`. */
const char *spot_key(const char *question, int row, char out[SPOT_KEY]);
/* Beside the answer to a statement stands in which language it was read, a digit of enum
 * language, under this name ("@wa") in the same row. Returns `out`. */
const char *spot_mark(const char *question, char out[SPOT_KEY]);
const char *spot_answer(const struct service *service, struct spot spot,
                        const struct answers *answers);

/* Is there such a question and such a row, and does one stand there? Not at a REPEAT whose rows
 * nobody counts. */
bool spot_is_asked(const struct service *service, struct spot spot, const struct answers *answers,
                   const char *today);
/* Do both stand in the same row of the same repeat? */
bool spot_same_row(const struct service *service, struct spot a, struct spot b);

/* A spot as the number of an event, and back; SPOT_NONE is -1. */
int64_t spot_number(struct spot spot);
struct spot spot_of_number(int64_t number);
