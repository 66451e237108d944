/* A request that was sent back: the questions to mend, as a form of their own. It knows nothing
 * of the other answers (they never come back to a kiosk), so each question stands alone: asked
 * whatever they are, without rules that look at them. Pure. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "form/catalogue.h"

enum { MENDING_NAMES = 16, MENDING_QUESTIONS = 48 };

struct mending {
    struct service service; /* the one it is of, with these questions */
    struct question questions[MENDING_QUESTIONS];
};

/* In the service's order. Of a repeat all rows are answered anew. False when one is not of the
 * service, stands in a repeat, or there are none or too many. */
bool mending_make(struct mending *mending, const struct service *service, const char *const *names,
                  size_t count);
