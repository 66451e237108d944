/* Promise L2: the real program, killed before every write-class call of one submission,
 * says "saved" of nothing that is not there after the restart, and the portal has each form
 * once; every allocation and every descriptor refused in turn, it says so or goes on.
 * RIG_STEP=1 tries every allocation and descriptor of a start (minutes); the default is a
 * sample that RIG_SEED or the day chooses. Usage:
 *   test_weather SOURCE SCRIPTS PROGRAM CATALOGUE DESK CARELESS_DESK WEATHER_LIBRARY */
#include "rigs/patient.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

enum { QUIET = 150, STARTS = 10, SENDS = 60, FIRST_SENDS = 1500 };

static int acknowledged;

/* Kills the desk before the nth write of one submission. False: it lived through all. */
static bool
kill_at(const char *program, int nth, int *lies)
{
    struct form form = patient_make_form();
    struct desk_submit_answer answer = {0};
    int64_t seq = 0;
    patient_arm(WEATHER_WRITE, nth);
    bool answered = patient_hand_in(&form, &answer);
    bool saved = answered && answer.result == SUBMIT_SAVED;
    seq = answer.seq;
    acknowledged += saved;
    int status = patient_ended(QUIET);
    if (status == -1) { // more writes than a submission has
        patient_calm();
        free(form.envelope);
        return false;
    }
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    patient_serve(patient.arguments[4]); // the honest one looks
    *lies += !patient_kept(&form, saved, seq);
    free(form.envelope);
    if (program != patient.arguments[4]) {
        patient_stop();
        patient_serve(program);
    }
    return true;
}

/* --- tests --------------------------------------------------------------------------- */

static void
killed_at_every_write(void **state)
{
    (void)state;
    acknowledged = 0;
    int lies = 0, nth = 1, alive = 0;
    patient_serve(patient.arguments[4]);
    while (alive < 3) { // other writes, as of a heartbeat, make a run longer by chance
        alive += !kill_at(patient.arguments[4], nth++, &lies);
    }
    print_message("# %d places, %d acknowledged before the end, %d false\n", nth - 1, acknowledged,
                  lies);
    assert_true(nth > 12);
    assert_true(acknowledged > 3 && acknowledged < nth); // on both sides of the commit
    assert_int_equal(lies, 0);
    patient_await_all_sent();
    assert_int_equal(office_rows(&patient.office), patient.forms);
    patient_stop();
}

static void
control_a_promise_before_the_commit(void **state)
{
    (void)state;
    int lies = 0;
    patient_serve(patient.arguments[5]);
    for (int nth = 1; nth <= 12 && lies == 0; nth++) {
        kill_at(patient.arguments[5], nth, &lies);
    }
    assert_true(lies > 0);
    patient_stop();
}

/* One submission with each call of that kind refused: an answer that is true, and the desk
 * goes on, or ends with its word. */
static void
refuse_in_a_submission(enum weather_kind kind, int most)
{
    int saved = 0, refused = 0, silent = 0, restarts = 0, nth = 1;
    patient_serve(patient.arguments[4]);
    for (; nth <= most; nth++) {
        struct form form = patient_make_form();
        struct desk_submit_answer answer = {0};
        patient_forget_log();
        int before = atomic_load(&patient.weather->counted[kind]);
        patient_arm(kind, nth);
        bool answered = patient_hand_in(&form, &answer);
        bool said = answered && answer.result == SUBMIT_SAVED;
        int64_t seq = answer.seq;
        bool struck = atomic_load(&patient.weather->counted[kind]) - before >= nth;
        patient_calm();
        int status = patient_ended(0);
        if (status != -1) {
            assert_true(WIFEXITED(status) || WTERMSIG(status) == SIGABRT);
            assert_true(patient_log_says("<3>"));
            restarts++;
        }
        if (!answered) { // it hung up, or it is gone: the face hands in again
            assert_true(patient_log_says("<3>") || patient_log_says("<4>"));
            silent++;
        } else if (!said) {
            assert_true(patient_log_says("<3>"));
            refused++;
        }
        if (status != -1) {
            patient_serve(patient.arguments[4]);
        } else if (!answered) {
            stand_greet(&patient.stand);
        }
        stand_await_intake(&patient.stand, INTAKE_OPEN, 15000);
        assert_true(patient_kept(&form, said, seq));
        saved += said;
        free(form.envelope);
        if (!struck && nth > 3) {
            break;
        }
    }
    print_message("# %d calls: %d saved, %d refused, %d without an answer, %d restarts\n", nth,
                  saved, refused, silent, restarts);
    assert_true(saved > 0);
    patient_await_all_sent();
    assert_int_equal(office_rows(&patient.office), patient.forms);
    patient_stop();
}

static void
memory_fails_in_a_submission(void **state)
{
    (void)state;
    refuse_in_a_submission(WEATHER_ALLOCATION, 400);
}

static void
descriptors_fail_in_a_submission(void **state)
{
    (void)state;
    refuse_in_a_submission(WEATHER_OPEN, 20);
}

static int
number_of(const char *name, int fallback)
{
    const char *value = getenv(name);
    return value && atoi(value) > 0 ? atoi(value) : fallback;
}

/* Starts a desk that is refused that call. False: it ended, and not without a word. */
static bool
starts(enum weather_kind kind, int nth)
{
    struct pollfd dialled = {.fd = patient.stand.listener, .events = POLLIN};
    patient_forget_log();
    for (int i = 0; i < WEATHER_KINDS; i++) {
        atomic_store(&patient.weather->counted[i], 0);
    }
    patient_calm();
    atomic_store(&patient.weather->at[kind], nth);
    patient_start(patient.arguments[4]);
    int status = -1;
    for (int64_t until = clock_monotonic() + 10000;
         (status = patient_ended(0)) == -1 && poll(&dialled, 1, 5) == 0;) {
        assert_true(clock_monotonic() < until); // neither alive nor dead
    }
    if (status == -1) {
        return true;
    }
    bool quiet_end = WIFEXITED(status) && WEXITSTATUS(status) != 0;
    bool abort_end = WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
    if (!quiet_end && !abort_end) {
        fail_msg("call %d: ended with status %x", nth, (unsigned)status);
    }
    if (!patient_log_says("<3>")) {
        fail_msg("call %d: ended without a word", nth);
    }
    return false;
}

/* A start with one call refused ends in a desk that serves, or in an end with a word. */
static bool
starts_or_says_so(enum weather_kind kind, int nth)
{
    if (!starts(kind, nth)) {
        return false;
    }
    stand_greet(&patient.stand);
    struct form form = patient_make_form();
    struct desk_submit_answer answer = {0};
    bool closed = patient_log_says("only the counter's numbers"); // no catalogue: it said so
    if (!closed) {
        stand_await_intake(&patient.stand, INTAKE_OPEN, 15000);
    }
    bool saved = patient_hand_in(&form, &answer) && answer.result == SUBMIT_SAVED;
    assert_true(!(saved && closed) && (saved || patient_log_says("<3>")));
    int64_t seq = answer.seq;
    patient_stop();
    patient_serve(patient.arguments[4]);
    assert_true(patient_kept(&form, saved, seq));
    free(form.envelope);
    patient_stop();
    return true;
}

static void
refuse_in_a_start(enum weather_kind kind)
{
    int seed = number_of("RIG_SEED", (int)(clock_wall() / 86400000)), served = 0, tried = 0;
    for (int i = 0; i < WEATHER_KINDS; i++) {
        atomic_store(&patient.weather->counted[i], 0);
    }
    patient_serve(patient.arguments[4]);
    int calls = atomic_load(&patient.weather->counted[kind]);
    patient_stop();
    int step = number_of("RIG_STEP", calls / STARTS + 1);
    for (int nth = 1 + seed % step; nth <= calls; nth += step, tried++) {
        served += starts_or_says_so(kind, nth);
    }
    print_message("# %d calls in a start, %d refused in turn (RIG_SEED=%d): %d served all the "
                  "same, %d ended with a word\n",
                  calls, tried, seed, served, tried - served);
    assert_true(tried > 5);
    patient_serve(patient.arguments[4]);
    patient_await_all_sent();
    assert_int_equal(office_rows(&patient.office), patient.forms);
    patient_stop();
}

/* The first handshakes of a process are where its libraries set up what they keep. Whatever
 * is refused there, the same process sends: a desk that could not any more would look well,
 * and keep everything. */
static void
memory_fails_on_the_way(void **state)
{
    (void)state;
    int seed = number_of("RIG_SEED", (int)(clock_wall() / 86400000)), tried = 0;
    int step = number_of("RIG_STEP", FIRST_SENDS / SENDS);
    atomic_store(&patient.weather->counted[WEATHER_ALLOCATION], 0);
    patient_serve(patient.arguments[4]);
    int from = atomic_load(&patient.weather->counted[WEATHER_ALLOCATION]);
    patient_stop();
    for (int nth = from + seed % step; nth < from + FIRST_SENDS; nth += step, tried++) {
        struct form form = patient_make_form();
        if (!starts(WEATHER_ALLOCATION, nth)) {
            fail_msg("call %d: ended", nth);
        }
        stand_greet(&patient.stand);
        stand_await_intake(&patient.stand, INTAKE_OPEN, 15000);
        struct desk_submit_answer answer = {0};
        if (!patient_hand_in(&form, &answer)) {
            stand_greet(&patient.stand); // hung up: no memory for the message
        }
        patient_calm();
        stand_await_intake(&patient.stand, INTAKE_OPEN, 15000);
        assert_true(
            patient_kept(&form, answer.result == SUBMIT_SAVED && answer.seq > 0, answer.seq));
        patient_await_all_sent();
        free(form.envelope);
        patient_stop();
    }
    print_message("# %d of %d allocations refused (RIG_SEED=%d)\n", tried, FIRST_SENDS, seed);
    assert_true(tried > 5);
    assert_int_equal(office_rows(&patient.office), patient.forms);
}

static void
memory_fails_in_a_start(void **state)
{
    (void)state;
    refuse_in_a_start(WEATHER_ALLOCATION);
}

static void
descriptors_fail_in_a_start(void **state)
{
    (void)state;
    refuse_in_a_start(WEATHER_OPEN);
}

int
main(int argc, char **argv)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, patient_set_up, patient_tear_down)
    const struct CMUnitTest tests[] = {
        CASE(killed_at_every_write),        CASE(control_a_promise_before_the_commit),
        CASE(memory_fails_in_a_submission), CASE(descriptors_fail_in_a_submission),
        CASE(memory_fails_on_the_way),      CASE(memory_fails_in_a_start),
        CASE(descriptors_fail_in_a_start),
    };
    if (argc != 8) {
        fputs("test_weather SOURCE SCRIPTS PROGRAM CATALOGUE DESK CARELESS_DESK LIBRARY\n", stderr);
        return 2;
    }
    patient.arguments = argv + 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
