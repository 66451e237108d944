#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "portal/policy.h"

enum { NOW = 1000000 };

struct after {
    const char *name;
    enum courier_outcome outcome;
    int retry_after, failures;
    double random;
    int64_t wait; // from NOW; 0: at once
};

/* `failures`: of the line, before. */
static const struct after cases[] = {
    {"delivered", COURIER_DELIVERED, 0, 5, 0.5, 0},
    {"refused speaks of one item", COURIER_REFUSED, 0, 5, 0.5, 0},
    {"unchanged", COURIER_UNCHANGED, 0, 5, 0.5, 0},
    {"an item's own trouble", COURIER_RETRY, 0, 0, 0.999, 0},
    {"first failure, least", COURIER_OFFLINE, 0, 0, 0.0, 100},
    {"first failure, half", COURIER_OFFLINE, 0, 0, 0.5, 1000},
    {"second", COURIER_OFFLINE, 0, 1, 0.5, 2000},
    {"ninth", COURIER_OFFLINE, 0, 8, 0.5, 256000},
    {"tenth is capped", COURIER_OFFLINE, 0, 9, 0.5, 450000},
    {"hundredth is capped", COURIER_OFFLINE, 0, 99, 0.999, 899100},
    {"asked for two minutes", COURIER_RETRY, 120, 0, 0.0, 120000},
    {"asked, not all at once", COURIER_RETRY, 120, 0, 0.5, 135000},
    {"asked for longer than back-off", COURIER_OFFLINE, 60, 0, 0.0, 60000},
    {"asked for shorter than back-off", COURIER_OFFLINE, 1, 9, 0.5, 450000},
    {"asked for a day", COURIER_OFFLINE, 86400, 0, 0.0, 3600000},
};

static void
after_one_outcome(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct after *c = &cases[i];
        struct policy policy = {.failures = c->failures};
        print_message("# %s\n", c->name);
        policy_after(&policy, c->outcome, c->retry_after, NOW, c->random);
        assert_int_equal(policy.wait_until, c->wait ? NOW + c->wait : 0);
        assert_true(policy_may_try(&policy, NOW + c->wait));
        assert_int_equal(policy_may_try(&policy, NOW + c->wait - 1), c->wait == 0);
    }
}

static void
stopped_until_enrolment(void **state)
{
    (void)state;
    struct policy policy;
    policy_init(&policy);
    policy_after(&policy, COURIER_STOPPED, 0, NOW, 0.5);
    assert_false(policy_may_try(&policy, INT64_MAX));
    policy_after(&policy, COURIER_DELIVERED, 0, NOW, 0.5); // the other lane's good news
    assert_false(policy_may_try(&policy, INT64_MAX));
    policy_init(&policy);
    assert_true(policy_may_try(&policy, 0));
}

static void
good_news_ends_the_wait(void **state)
{
    (void)state;
    struct policy policy;
    policy_init(&policy);
    for (int i = 0; i < 50; i++) {
        policy_after(&policy, COURIER_OFFLINE, 0, NOW, 0.9);
    }
    assert_false(policy_may_try(&policy, NOW + 60000));
    policy_after(&policy, COURIER_DELIVERED, 0, NOW, 0.9);
    assert_true(policy_may_try(&policy, NOW));
    policy_after(&policy, COURIER_OFFLINE, 0, NOW, 0.5);
    assert_int_equal(policy.wait_until, NOW + 1000); // and counting starts anew
}

static void
a_poisoned_item_waits_alone(void **state)
{
    (void)state;
    struct policy policy;
    policy_init(&policy);
    for (int i = 0; i < 1000; i++) {
        policy_after(&policy, COURIER_RETRY, 0, NOW + i, 0.999);
        assert_true(policy_may_try(&policy, NOW + i));
    }
    const struct {
        int tries;
        int64_t most;
    } steps[] = {{-1, 2000}, {0, 2000},    {1, 2000},        {2, 4000},
                 {5, 32000}, {10, 900000}, {1 << 30, 900000}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        assert_int_equal(policy_item_delay(steps[i].tries, 0.5), steps[i].most / 2);
        assert_true(policy_item_delay(steps[i].tries, 0.0) >= 100);
        assert_true(policy_item_delay(steps[i].tries, 0.9999) < steps[i].most);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(after_one_outcome),
        cmocka_unit_test(stopped_until_enrolment),
        cmocka_unit_test(good_news_ends_the_wait),
        cmocka_unit_test(a_poisoned_item_waits_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
