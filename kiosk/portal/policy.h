/* When to try again: pure, table-tested. Full jitter back-off, 2 s base, 15 min
 * cap; Retry-After honoured (capped at one hour); a refusal or a poisoned item
 * never delays another; 401 and 403 stop the round until enrolment changes. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "portal/courier.h"

struct policy {
    int failures;       /* of the line, in a row */
    int64_t wait_until; /* monotonic ms */
    bool stopped;
};
void policy_init(struct policy *policy);
/* `random` in [0, 1). */
void policy_after(struct policy *policy, enum courier_outcome outcome, int retry_after, int64_t now,
                  double random);
bool policy_may_try(const struct policy *policy, int64_t now);
int64_t policy_item_delay(int tries, double random); /* ms until this item's next try */
