/* Promise L2: the real program, killed before every write-class call of one submission,
 * says "saved" of nothing that is not there after the restart, and the portal has each form
 * once; every allocation and every descriptor refused in turn, it says so or goes on.
 * RIG_STEP=1 tries every allocation and descriptor of a start (minutes); the default is a
 * sample that RIG_SEED or the day chooses. Usage:
 *   test_weather SOURCE SCRIPTS PROGRAM CATALOGUE DESK CARELESS_DESK WEATHER_LIBRARY */
#include "unit/desk/stand.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/files.h"
#include "portal/office.h"
#include "rigs/weather.h"

extern char **environ;

enum { QUIET = 150, STARTS = 10, SENDS = 60, FIRST_SENDS = 1500 };

static struct stand stand;
static struct office office;
static struct weather *weather;
static char **arguments, weather_path[128], log_path[128];
static pid_t desk;
static int acknowledged, forms;

/* --- the program -------------------------------------------------------------------- */

static void
start(const char *program)
{
    char config[128], seen[160], preload[512];
    snprintf(config, sizeof config, "%s/anjungan.ini", stand.folder);
    snprintf(seen, sizeof seen, "WEATHER=%s", weather_path);
    snprintf(preload, sizeof preload, "LD_PRELOAD=%s", arguments[6]);
    char *command[] = {(char *)program, (char *)"--config", config, NULL};
    char *environment[] = {seen, preload, (char *)"LANG=C.UTF-8", NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log_path,
                                     O_WRONLY | O_CREAT | O_APPEND, 0600);
    assert_int_equal(posix_spawn(&desk, program, &actions, NULL, command, environment), 0);
    posix_spawn_file_actions_destroy(&actions);
}

/* Its status once it ended within `ms`; -1: it runs. */
static int
ended(int ms)
{
    int status = 0;
    for (int64_t until = clock_monotonic() + ms;; usleep(2000)) {
        if (waitpid(desk, &status, WNOHANG) == desk) {
            desk = 0;
            return status;
        }
        if (clock_monotonic() >= until) {
            return -1;
        }
    }
}

static void
stop(void)
{
    if (desk != 0) {
        kill(desk, SIGTERM);
        if (ended(10000) == -1) {
            kill(desk, SIGKILL);
            fail_msg("the desk does not stop, status %d", ended(5000));
        }
    }
    link_destroy(stand.face);
    stand.face = NULL;
}

static void
calm(void)
{
    for (int i = 0; i < WEATHER_KINDS; i++) {
        atomic_store(&weather->at[i], 0);
    }
}

/* The nth call of that kind from now on. */
static void
arm(enum weather_kind kind, int nth)
{
    atomic_store(&weather->at[kind], atomic_load(&weather->counted[kind]) + nth);
}

static void
serve(const char *program)
{
    calm();
    start(program);
    stand_greet(&stand);
    stand_await_intake(&stand, INTAKE_OPEN, 10000);
}

static void
forget_log(void)
{
    if (truncate(log_path, 0) != 0 && errno != ENOENT) {
        fail_msg("%s: %s", log_path, strerror(errno));
    }
}

static bool
log_says(const char *words)
{
    size_t len = 0;
    char *log = files_read(log_path, 16 * 1024 * 1024, &len);
    bool found = log != NULL && strstr(log, words) != NULL;
    free(log);
    return found;
}

/* --- forms --------------------------------------------------------------------------- */

struct form {
    char id[37], code[10];
    uint8_t *envelope;
    size_t len;
};

static struct form
make_form(void)
{
    struct form form;
    form.envelope = office_submission(&office, form.id, form.code, &form.len);
    forms++;
    return form;
}

/* What the desk answers; false: nothing. */
static bool
hand_in(const struct form *form, struct desk_submit_answer *answer)
{
    struct face_submit submit = {.request = ++stand.request,
                                 .id = form->id,
                                 .code = form->code,
                                 .service = "sku",
                                 .language = "id",
                                 .envelope = {form->envelope, (uint32_t)form->len}};
    if (stand.face == NULL || !link_send(stand.face, &face_submit_type, &submit) ||
        !link_flush(stand.face)) {
        return false;
    }
    const struct desk_submit_answer *heard = stand_hear(&stand, &desk_submit_answer_type, 5000);
    if (heard != NULL) {
        *answer = *heard;
    }
    return heard != NULL;
}

/* After the restart: what was called saved is there under its number, and handing it in
 * again, as the face does, changes nothing. Returns false for a false "Tersimpan". */
static bool
kept(const struct form *form, bool was_saved, int64_t seq)
{
    struct desk_submit_answer again = {0};
    int64_t last = stand_status(&stand).last_seq, until = clock_monotonic() + 20000;
    while (hand_in(form, &again) && again.result != SUBMIT_SAVED) {
        assert_true(again.result == SUBMIT_FULL || again.result == SUBMIT_BROKEN);
        assert_true(clock_monotonic() < until); // it opens by itself
        usleep(200 * 1000);
    }
    assert_int_equal(again.result, SUBMIT_SAVED);
    bool there = stand_status(&stand).last_seq == last;
    return !was_saved || (there && again.seq == seq);
}

/* Kills the desk before the nth write of one submission. False: it lived through all. */
static bool
kill_at(const char *program, int nth, int *lies)
{
    struct form form = make_form();
    struct desk_submit_answer answer = {0};
    int64_t seq = 0;
    arm(WEATHER_WRITE, nth);
    bool answered = hand_in(&form, &answer);
    bool saved = answered && answer.result == SUBMIT_SAVED;
    seq = answer.seq;
    acknowledged += saved;
    int status = ended(QUIET);
    if (status == -1) { // more writes than a submission has
        calm();
        free(form.envelope);
        return false;
    }
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    serve(arguments[4]); // the honest one looks
    *lies += !kept(&form, saved, seq);
    free(form.envelope);
    if (program != arguments[4]) {
        stop();
        serve(program);
    }
    return true;
}

/* Also after something was refused: that ended one round, and the next one sends. A slow disk
 * takes its time for many, but not so long for one. */
static void
await_all_sent(void)
{
    char nothing = 0;
    int64_t until = clock_monotonic() + 30000;
    int last = stand_status(&stand).outbox, left;
    stand_ctl(&stand, &ctl_send_now_type, &nothing, NULL, NULL);
    while ((left = stand_status(&stand).outbox) > 0) {
        until = left < last ? clock_monotonic() + 30000 : until;
        last = left;
        assert_true(clock_monotonic() < until);
        usleep(20 * 1000);
    }
}

/* --- tests --------------------------------------------------------------------------- */

static void
killed_at_every_write(void **state)
{
    (void)state;
    int lies = 0, nth = 1, alive = 0;
    serve(arguments[4]);
    while (alive < 3) { // other writes, as of a heartbeat, make a run longer by chance
        alive += !kill_at(arguments[4], nth++, &lies);
    }
    print_message("# %d places, %d acknowledged before the end, %d false\n", nth - 1, acknowledged,
                  lies);
    assert_true(nth > 12);
    assert_true(acknowledged > 3 && acknowledged < nth); // on both sides of the commit
    assert_int_equal(lies, 0);
    await_all_sent();
    assert_int_equal(office_rows(&office), forms);
    stop();
}

static void
control_a_promise_before_the_commit(void **state)
{
    (void)state;
    int lies = 0;
    serve(arguments[5]);
    for (int nth = 1; nth <= 12 && lies == 0; nth++) {
        kill_at(arguments[5], nth, &lies);
    }
    assert_true(lies > 0);
    stop();
}

/* One submission with each call of that kind refused: an answer that is true, and the desk
 * goes on, or ends with its word. */
static void
refuse_in_a_submission(enum weather_kind kind, int most)
{
    int saved = 0, refused = 0, silent = 0, restarts = 0, nth = 1;
    serve(arguments[4]);
    for (; nth <= most; nth++) {
        struct form form = make_form();
        struct desk_submit_answer answer = {0};
        forget_log();
        int before = atomic_load(&weather->counted[kind]);
        arm(kind, nth);
        bool answered = hand_in(&form, &answer);
        bool said = answered && answer.result == SUBMIT_SAVED;
        int64_t seq = answer.seq;
        bool struck = atomic_load(&weather->counted[kind]) - before >= nth;
        calm();
        int status = ended(0);
        if (status != -1) {
            assert_true(WIFEXITED(status) || WTERMSIG(status) == SIGABRT);
            assert_true(log_says("<3>"));
            restarts++;
        }
        if (!answered) { // it hung up, or it is gone: the face hands in again
            assert_true(log_says("<3>") || log_says("<4>"));
            silent++;
        } else if (!said) {
            assert_true(log_says("<3>"));
            refused++;
        }
        if (status != -1) {
            serve(arguments[4]);
        } else if (!answered) {
            stand_greet(&stand);
        }
        stand_await_intake(&stand, INTAKE_OPEN, 15000);
        assert_true(kept(&form, said, seq));
        saved += said;
        free(form.envelope);
        if (!struck && nth > 3) {
            break;
        }
    }
    print_message("# %d calls: %d saved, %d refused, %d without an answer, %d restarts\n", nth,
                  saved, refused, silent, restarts);
    assert_true(saved > 0);
    await_all_sent();
    assert_int_equal(office_rows(&office), forms);
    stop();
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
    struct pollfd dialled = {.fd = stand.listener, .events = POLLIN};
    forget_log();
    for (int i = 0; i < WEATHER_KINDS; i++) {
        atomic_store(&weather->counted[i], 0);
    }
    calm();
    atomic_store(&weather->at[kind], nth);
    start(arguments[4]);
    int status = -1;
    for (int64_t until = clock_monotonic() + 10000;
         (status = ended(0)) == -1 && poll(&dialled, 1, 5) == 0;) {
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
    if (!log_says("<3>")) {
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
    stand_greet(&stand);
    struct form form = make_form();
    struct desk_submit_answer answer = {0};
    bool closed = log_says("only the counter's numbers"); // no catalogue: it said so
    if (!closed) {
        stand_await_intake(&stand, INTAKE_OPEN, 15000);
    }
    bool saved = hand_in(&form, &answer) && answer.result == SUBMIT_SAVED;
    assert_true(!(saved && closed) && (saved || log_says("<3>")));
    int64_t seq = answer.seq;
    stop();
    serve(arguments[4]);
    assert_true(kept(&form, saved, seq));
    free(form.envelope);
    stop();
    return true;
}

static void
refuse_in_a_start(enum weather_kind kind)
{
    int seed = number_of("RIG_SEED", (int)(clock_wall() / 86400000)), served = 0, tried = 0;
    for (int i = 0; i < WEATHER_KINDS; i++) {
        atomic_store(&weather->counted[i], 0);
    }
    serve(arguments[4]);
    int calls = atomic_load(&weather->counted[kind]);
    stop();
    int step = number_of("RIG_STEP", calls / STARTS + 1);
    for (int nth = 1 + seed % step; nth <= calls; nth += step, tried++) {
        served += starts_or_says_so(kind, nth);
    }
    print_message("# %d calls in a start, %d refused in turn (RIG_SEED=%d): %d served all the "
                  "same, %d ended with a word\n",
                  calls, tried, seed, served, tried - served);
    assert_true(tried > 5);
    serve(arguments[4]);
    await_all_sent();
    assert_int_equal(office_rows(&office), forms);
    stop();
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
    atomic_store(&weather->counted[WEATHER_ALLOCATION], 0);
    serve(arguments[4]);
    int from = atomic_load(&weather->counted[WEATHER_ALLOCATION]);
    stop();
    for (int nth = from + seed % step; nth < from + FIRST_SENDS; nth += step, tried++) {
        struct form form = make_form();
        if (!starts(WEATHER_ALLOCATION, nth)) {
            fail_msg("call %d: ended", nth);
        }
        stand_greet(&stand);
        stand_await_intake(&stand, INTAKE_OPEN, 15000);
        struct desk_submit_answer answer = {0};
        if (!hand_in(&form, &answer)) {
            stand_greet(&stand); // hung up: no memory for the message
        }
        calm();
        stand_await_intake(&stand, INTAKE_OPEN, 15000);
        assert_true(kept(&form, answer.result == SUBMIT_SAVED && answer.seq > 0, answer.seq));
        await_all_sent();
        free(form.envelope);
        stop();
    }
    print_message("# %d of %d allocations refused (RIG_SEED=%d)\n", tried, FIRST_SENDS, seed);
    assert_true(tried > 5);
    assert_int_equal(office_rows(&office), forms);
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

/* --- the world ------------------------------------------------------------------------ */

static void
map_weather(void)
{
    snprintf(weather_path, sizeof weather_path, "%s/weather", stand.folder);
    snprintf(log_path, sizeof log_path, "%s/desk.log", stand.folder);
    int fd = open(weather_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_int_equal(ftruncate(fd, sizeof *weather), 0);
    weather = mmap(NULL, sizeof *weather, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    assert_true(weather != MAP_FAILED);
    close(fd);
}

static int
set_up(void **state)
{
    (void)state;
    char *portal[] = {arguments[1], arguments[2], arguments[3], NULL};
    office_open(&office, portal);
    office_enrol(&office, "6472021001-1", 1);
    stand_make(&stand, arguments[0], &(struct stand_world){.more = office_settings(&office)});
    road_run("cp %s %s/state/identity.pem", office.identity_path, stand.folder);
    map_weather();
    acknowledged = forms = 0;
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    if (desk != 0) { // a test that failed left it
        kill(desk, SIGKILL);
        ended(5000);
        link_destroy(stand.face);
        stand.face = NULL;
    }
    munmap(weather, sizeof *weather);
    stand_remove(&stand);
    office_close(&office);
    return 0;
}

int
main(int argc, char **argv)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
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
    arguments = argv + 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
