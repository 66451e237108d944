#include "desk/enrolment.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/log.h"
#include "desk/parts.h"
#include "portal/enrol.h"

enum { CONNECT_SECONDS = 5, WHOLE_SECONDS = 30 };

struct enrolment {
    pthread_t thread;
    int over, client;
    char url[256], code[80];
    struct enrol_options options;
    /* the thread's until `over` says so */
    enum enrol_result result;
    struct identity identity;
    char error[48];
};

static void *
run(void *context)
{
    struct enrolment *e = context;
    e->result = enrol(&e->options, &e->identity, e->error);
    if (eventfd_write(e->over, 1) != 0) {
        log_error("enrolment: its end cannot be told");
    }
    return NULL;
}

const char *
enrolment_start(struct desk *desk, int client, const char *url, const char *code)
{
    const struct settings *s = desk->settings;
    static const char no_memory[] = "out of memory or threads";
    if (desk->enrolment != NULL) {
        return "an enrolment is under way";
    }
    struct enrolment *e = calloc(1, sizeof *e);
    if (e == NULL) {
        log_error("enrolment: %s", no_memory);
        return no_memory;
    }
    snprintf(e->url, sizeof e->url, "%s", url[0] != '\0' ? url : s->portal.url);
    snprintf(e->code, sizeof e->code, "%s", code);
    e->client = client;
    e->over = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    e->options = (struct enrol_options){.url = e->url,
                                        .ca = s->portal.ca,
                                        .code = e->code,
                                        .state_dir = s->kiosk.state_dir,
                                        .seal_key = desk->knows_portal ? desk->portal_seal : NULL,
                                        .sign_key = desk->knows_portal ? desk->portal_sign : NULL,
                                        .connect_seconds = CONNECT_SECONDS,
                                        .whole_seconds = WHOLE_SECONDS};
    if (e->over < 0 || pthread_create(&e->thread, NULL, run, e) != 0) {
        log_error("enrolment: %s", no_memory);
        if (e->over >= 0) {
            close(e->over);
        }
        free(e);
        return no_memory;
    }
    desk->enrolment = e;
    return NULL;
}

void
enrolment_leave(struct desk *desk, int client)
{
    if (desk->enrolment != NULL && desk->enrolment->client == client) {
        desk->enrolment->client = -1;
    }
}

int
enrolment_fd(const struct desk *desk)
{
    return desk->enrolment != NULL ? desk->enrolment->over : -1;
}

void
enrolment_finish(struct desk *desk)
{
    static const char *const words[] = {
        [ENROL_DONE] = "",
        [ENROL_CODE] = "the code is unknown, used or too old",
        [ENROL_LIMITED] = "too many tries; later",
        [ENROL_OFFLINE] = "the portal does not answer",
        [ENROL_ANSWER] = "the portal's answer makes no sense",
        [ENROL_KEYS] = "the portal's keys are not the configured ones",
        [ENROL_DISK] = "the identity cannot be kept on disk",
    };
    struct enrolment *e = desk->enrolment;
    if (e == NULL) {
        return;
    }
    pthread_join(e->thread, NULL);
    char reason[160];
    snprintf(reason, sizeof reason, "%s%s%s", words[e->result], e->error[0] != '\0' ? ": " : "",
             e->error);
    bool done = e->result == ENROL_DONE;
    if (done) {
        desk_adopt_identity(desk);
        done = desk->enrolled;
        snprintf(reason, sizeof reason, "%s",
                 done ? "" : "the identity is on disk but cannot be used; see the log");
    }
    ctl_done(desk, e->client, done, reason);
    close(e->over);
    free(e);
    desk->enrolment = NULL;
}
