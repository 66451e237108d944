#include "rigs/patient.h"

#include <errno.h>
#include <fcntl.h>
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

extern char **environ;

struct patient patient;

/* --- the program -------------------------------------------------------------------- */

void
patient_start(const char *program)
{
    char config[128], seen[160], preload[512];
    snprintf(config, sizeof config, "%s/anjungan.ini", patient.stand.folder);
    snprintf(seen, sizeof seen, "WEATHER=%s", patient.weather_path);
    snprintf(preload, sizeof preload, "LD_PRELOAD=%s", patient.arguments[6]);
    char *command[] = {(char *)program, (char *)"--config", config, NULL};
    char *environment[] = {seen, preload, (char *)"LANG=C.UTF-8", NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, patient.log_path,
                                     O_WRONLY | O_CREAT | O_APPEND, 0600);
    assert_int_equal(posix_spawn(&patient.desk, program, &actions, NULL, command, environment), 0);
    posix_spawn_file_actions_destroy(&actions);
}

int
patient_ended(int ms)
{
    int status = 0;
    for (int64_t until = clock_monotonic() + ms;; usleep(2000)) {
        if (waitpid(patient.desk, &status, WNOHANG) == patient.desk) {
            patient.desk = 0;
            return status;
        }
        if (clock_monotonic() >= until) {
            return -1;
        }
    }
}

void
patient_stop(void)
{
    if (patient.desk != 0) {
        kill(patient.desk, SIGTERM);
        if (patient_ended(10000) == -1) {
            kill(patient.desk, SIGKILL);
            fail_msg("the desk does not stop, status %d", patient_ended(5000));
        }
    }
    link_destroy(patient.stand.face);
    patient.stand.face = NULL;
}

void
patient_calm(void)
{
    for (int i = 0; i < WEATHER_KINDS; i++) {
        atomic_store(&patient.weather->at[i], 0);
    }
}

void
patient_arm(enum weather_kind kind, int nth)
{
    atomic_store(&patient.weather->at[kind], atomic_load(&patient.weather->counted[kind]) + nth);
}

void
patient_serve(const char *program)
{
    patient_calm();
    patient_start(program);
    stand_greet(&patient.stand);
    stand_await_intake(&patient.stand, INTAKE_OPEN, 10000);
}

void
patient_forget_log(void)
{
    if (truncate(patient.log_path, 0) != 0 && errno != ENOENT) {
        fail_msg("%s: %s", patient.log_path, strerror(errno));
    }
}

bool
patient_log_says(const char *words)
{
    size_t len = 0;
    char *log = files_read(patient.log_path, 16 * 1024 * 1024, &len);
    bool found = log != NULL && strstr(log, words) != NULL;
    free(log);
    return found;
}

/* --- forms --------------------------------------------------------------------------- */

struct form
patient_make_form(void)
{
    struct form form;
    form.envelope = office_submission(&patient.office, form.id, form.code, &form.len);
    patient.forms++;
    return form;
}

bool
patient_hand_in(const struct form *form, struct desk_submit_answer *answer)
{
    struct face_submit submit = {.request = ++patient.stand.request,
                                 .id = form->id,
                                 .code = form->code,
                                 .service = "sku",
                                 .language = "id",
                                 .envelope = {form->envelope, (uint32_t)form->len}};
    if (patient.stand.face == NULL || !link_send(patient.stand.face, &face_submit_type, &submit) ||
        !link_flush(patient.stand.face)) {
        return false;
    }
    const struct desk_submit_answer *heard =
        stand_hear(&patient.stand, &desk_submit_answer_type, 5000);
    if (heard != NULL) {
        *answer = *heard;
    }
    return heard != NULL;
}

bool
patient_kept(const struct form *form, bool was_saved, int64_t seq)
{
    struct desk_submit_answer again = {0};
    int64_t last = stand_status(&patient.stand).last_seq, until = clock_monotonic() + 20000;
    while (patient_hand_in(form, &again) && again.result != SUBMIT_SAVED) {
        assert_true(again.result == SUBMIT_FULL || again.result == SUBMIT_BROKEN);
        assert_true(clock_monotonic() < until); // it opens by itself
        usleep(200 * 1000);
    }
    assert_int_equal(again.result, SUBMIT_SAVED);
    bool there = stand_status(&patient.stand).last_seq == last;
    return !was_saved || (there && again.seq == seq);
}

/* Also after something was refused: that ended one round, and the next one sends. A slow disk
 * takes its time for many, but not so long for one. */
void
patient_await_all_sent(void)
{
    char nothing = 0;
    int64_t until = clock_monotonic() + 30000;
    int last = stand_status(&patient.stand).outbox, left;
    stand_ctl(&patient.stand, &ctl_send_now_type, &nothing, NULL, NULL);
    while ((left = stand_status(&patient.stand).outbox) > 0) {
        until = left < last ? clock_monotonic() + 30000 : until;
        last = left;
        assert_true(clock_monotonic() < until);
        usleep(20 * 1000);
    }
}

/* --- the world ------------------------------------------------------------------------ */

static void
map_weather(void)
{
    snprintf(patient.weather_path, sizeof patient.weather_path, "%s/weather", patient.stand.folder);
    snprintf(patient.log_path, sizeof patient.log_path, "%s/desk.log", patient.stand.folder);
    int fd = open(patient.weather_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_int_equal(ftruncate(fd, sizeof *patient.weather), 0);
    patient.weather =
        mmap(NULL, sizeof *patient.weather, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    assert_true(patient.weather != MAP_FAILED);
    close(fd);
}

int
patient_set_up(void **state)
{
    (void)state;
    char *portal[] = {patient.arguments[1], patient.arguments[2], patient.arguments[3], NULL};
    office_open(&patient.office, portal);
    office_enrol(&patient.office, "6472021001-1", 1);
    stand_make(&patient.stand, patient.arguments[0],
               &(struct stand_world){.more = office_settings(&patient.office)});
    road_run("cp %s %s/state/identity.pem", patient.office.identity_path, patient.stand.folder);
    map_weather();
    patient.forms = 0;
    return 0;
}

int
patient_tear_down(void **state)
{
    (void)state;
    if (patient.desk != 0) { // a test that failed left it
        kill(patient.desk, SIGKILL);
        patient_ended(5000);
        link_destroy(patient.stand.face);
        patient.stand.face = NULL;
    }
    munmap(patient.weather, sizeof *patient.weather);
    stand_remove(&patient.stand);
    office_close(&patient.office);
    return 0;
}
