#include "portal/policy.h"

enum {
    BASE_MS = 2000,
    CAP_MS = 15 * 60 * 1000,
    LEAST_MS = 100, // full jitter reaches zero: never a busy loop
    ASKED_CAP_S = 3600
};

void
policy_init(struct policy *policy)
{
    *policy = (struct policy){0};
}

static int64_t
jittered(int tries, double random)
{
    int64_t ceiling = CAP_MS;
    if (tries < 1) {
        tries = 1;
    }
    if (tries < 10) {
        ceiling = (int64_t)BASE_MS << (tries - 1);
    }
    if (ceiling > CAP_MS) {
        ceiling = CAP_MS;
    }
    int64_t delay = (int64_t)((double)ceiling * random);
    return delay < LEAST_MS ? LEAST_MS : delay;
}

/* Never earlier than asked, and not all kiosks at once. */
static int64_t
asked(int retry_after, double random)
{
    int64_t seconds = retry_after < ASKED_CAP_S ? retry_after : ASKED_CAP_S;
    return seconds * 1000 + (int64_t)((double)seconds * 250.0 * random);
}

static void
wait_at_least(struct policy *policy, int64_t until)
{
    if (policy->wait_until < until) {
        policy->wait_until = until;
    }
}

void
policy_after(struct policy *policy, enum courier_outcome outcome, int retry_after, int64_t now,
             double random)
{
    switch (outcome) {
    case COURIER_DELIVERED:
    case COURIER_REFUSED:
    case COURIER_UNCHANGED:
        policy->failures = 0;
        policy->wait_until = 0;
        return;
    case COURIER_STOPPED:
        policy->stopped = true;
        return;
    case COURIER_OFFLINE:
        if (policy->failures < 30) {
            policy->failures++;
        }
        wait_at_least(policy, now + jittered(policy->failures, random));
        break;
    case COURIER_RETRY:
        break; // the item waits, the line does not
    }
    if (retry_after > 0) {
        wait_at_least(policy, now + asked(retry_after, random));
    }
}

bool
policy_may_try(const struct policy *policy, int64_t now)
{
    return !policy->stopped && now >= policy->wait_until;
}

int64_t
policy_item_delay(int tries, double random)
{
    return jittered(tries, random);
}
