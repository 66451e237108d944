/* The chain, row by row: everything that is allowed stands here a second time, in other
 * words, and everything else is tried and must not happen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "chain.h"
#include "form/catalogue.h"

static const char *const states[] = {
    "sent",   "waiting_rt", "rt_agreed", "rt_refused", "checking", "mend", "signing",
    "signed", "ready",      "delivered", "finished",   "",         "eaten"};
static const char *const deeds[] = {
    "receive", "route", "take",   "agree", "refuse",    "paper", "ask_again", "return",    "mended",
    "verify",  "ready", "answer", "sign",  "give_back", "send",  "collect",   "came_back", ""};
enum { STATES = sizeof states / sizeof *states, DEEDS = sizeof deeds / sizeof *deeds };

static const struct service letter = {
    .id = "letter", .approval_rt = true, .approval_kelurahan = true};
static const struct service plain = {.id = "plain"};

/* "role: from -deed-> to"; for a letter through RT and lurah, and for what nobody signs. */
static const char *const letters[] = {"portal: sent -route-> waiting_rt",
                                      "petugas: sent -take-> checking",
                                      "rt: waiting_rt -agree-> rt_agreed",
                                      "rt: waiting_rt -refuse-> rt_refused",
                                      "petugas: waiting_rt -paper-> checking",
                                      "petugas: rt_refused -ask_again-> waiting_rt",
                                      "petugas: rt_agreed -take-> checking",
                                      "petugas: checking -return-> mend",
                                      "petugas: mend -mended-> checking",
                                      "petugas: checking -verify-> signing",
                                      "lurah: signing -sign-> signed",
                                      "lurah: signing -give_back-> checking",
                                      "petugas: signed -ready-> ready",
                                      "petugas: signed -send-> delivered",
                                      "petugas: ready -send-> delivered",
                                      "petugas: ready -collect-> finished",
                                      "petugas: delivered -collect-> finished",
                                      "petugas: delivered -came_back-> ready",
                                      NULL};
static const char *const others[] = {
    "petugas: sent -take-> checking", "petugas: checking -return-> mend",
    "petugas: mend -mended-> checking", "petugas: checking -ready-> ready",
    "petugas: checking -answer-> finished", "petugas: ready -send-> delivered",
    "petugas: ready -collect-> finished", "petugas: delivered -collect-> finished",
    "petugas: delivered -came_back-> ready",
    /* for a request that came in while its service still wanted them */
    "rt: waiting_rt -agree-> rt_agreed", "rt: waiting_rt -refuse-> rt_refused",
    "petugas: waiting_rt -paper-> checking", "petugas: rt_refused -ask_again-> waiting_rt",
    "petugas: rt_agreed -take-> checking", "lurah: signing -sign-> signed",
    "lurah: signing -give_back-> checking", "petugas: signed -ready-> ready",
    "petugas: signed -send-> delivered", NULL};

static bool
is_named(const char *const *list, const char *words)
{
    while (*list && strcmp(*list, words) != 0) {
        list++;
    }
    return *list != NULL;
}

static size_t
count(const char *const *list)
{
    size_t many = 0;
    while (list[many]) {
        many++;
    }
    return many;
}

static void
hold(const struct service *service, const char *const *allowed)
{
    size_t found = 0;
    for (int role = 0; role < ROLE_COUNT; role++) {
        for (size_t s = 0; s < STATES; s++) {
            for (size_t d = 0; d < DEEDS; d++) {
                char words[96];
                const struct chain_move *move =
                    chain_find(states[s], deeds[d], (enum role)role, service);
                if (!move) {
                    continue;
                }
                snprintf(words, sizeof words, "%s: %s -%s-> %s", role_name((enum role)role),
                         move->from, move->deed, move->to);
                if (!is_named(allowed, words)) {
                    fail_msg("not allowed: %s", words);
                }
                found++;
            }
        }
    }
    assert_int_equal(found, count(allowed));
}

static void
test_allowed(void **state)
{
    (void)state;
    hold(&letter, letters);
    hold(&plain, others);
}

/* A service that is gone goes on as one that is signed; but nothing is sent to an RT anew. */
static void
test_gone(void **state)
{
    (void)state;
    assert_non_null(chain_find("checking", "verify", ROLE_OFFICER, NULL));
    assert_null(chain_find("checking", "answer", ROLE_OFFICER, NULL));
    assert_null(chain_find("sent", "route", ROLE_PORTAL, NULL));
}

static void
test_options(void **state)
{
    (void)state;
    const struct chain_move *list[CHAIN_OPTIONS];
    assert_int_equal(chain_options("checking", ROLE_OFFICER, &letter, list), 2);
    assert_string_equal(list[0]->deed, "return");
    assert_string_equal(list[1]->deed, "verify");
    assert_int_equal(chain_options("waiting_rt", ROLE_RT, &letter, list), 2);
    for (size_t s = 0; s < STATES; s++) {
        assert_int_equal(chain_options(states[s], ROLE_ADMIN, &letter, list), 0);
    }
    assert_int_equal(chain_options("finished", ROLE_OFFICER, &letter, list), 0);
}

/* From each state that is reached there is a way to the end. */
static void
test_no_dead_end(void **state)
{
    (void)state;
    const struct service *const services[] = {&letter, &plain};
    for (int i = 0; i < 2; i++) {
        for (size_t s = 0; s < STATES - 2; s++) {
            size_t ways = 0;
            for (int role = 0; role < ROLE_COUNT; role++) {
                const struct chain_move *list[CHAIN_OPTIONS];
                ways += chain_options(states[s], (enum role)role, services[i], list);
            }
            assert_int_equal(ways == 0, strcmp(states[s], "finished") == 0);
        }
    }
}

/* What the office notes for itself is not told; every state and deed has words of its own. */
static void
test_words(void **state)
{
    (void)state;
    static const char *const told[] = {"refuse", "ask_again", "return",
                                       "answer", "came_back", NULL};
    for (size_t d = 0; d < DEEDS - 1; d++) {
        assert_int_equal(chain_tells(deeds[d]), is_named(told, deeds[d]));
        assert_string_not_equal(chain_deed_words(deeds[d]), deeds[d]);
    }
    for (size_t s = 0; s < STATES - 2; s++) {
        assert_string_not_equal(chain_state_words(states[s]), states[s]);
    }
    assert_string_equal(chain_state_words("eaten"), "eaten");
}

static void
test_roles(void **state)
{
    (void)state;
    enum role role;
    for (int i = ROLE_RT; i < ROLE_COUNT; i++) {
        assert_true(role_parse(role_name((enum role)i), &role));
        assert_int_equal(role, i);
    }
    assert_false(role_parse("portal", &role)); // nobody is the portal
    assert_false(role_parse("", &role));
    assert_false(role_parse("RT", &role));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_allowed), cmocka_unit_test(test_gone),
        cmocka_unit_test(test_options), cmocka_unit_test(test_no_dead_end),
        cmocka_unit_test(test_words),   cmocka_unit_test(test_roles)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
