#include "print/spool.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "print/session.h"

enum {
    JOBS = 8,            /* waiting, printing and reported ones together */
    TOO_OLD_MS = 120000, /* nobody stands there any more */
    TCP_PROBE_FACTOR = 3 /* a look takes the one place for a client */
};

struct job {
    int64_t id, asked_at;
    struct escpos bytes; /* owned */
    char serial[ESCPOS_SERIAL];
};

struct spool {
    struct session session;         /* the thread's alone */
    struct printer_profile profile; /* never changes */
    uint32_t serial;                /* the owner's alone */
    pthread_t thread;
    int wake_fd;  /* to the thread: a job */
    int stop_fd;  /* to the thread: stop; never read */
    int event_fd; /* to the owner */

    pthread_mutex_t mutex; /* protects all below */
    struct job jobs[JOBS];
    size_t job_count;
    struct spool_event done[JOBS];
    size_t done_count;
    size_t busy; /* jobs in hand: 0 or 1 */
    bool broke_off;
    enum spool_state state;
    bool state_changed;
};

static void
signal_fd(int fd)
{
    uint64_t one = 1;
    if (write(fd, &one, sizeof one) != sizeof one) {
        log_error("print: an event counter refused");
    }
}

static void
drain_fd(int fd)
{
    uint64_t count;
    while (read(fd, &count, sizeof count) == (ssize_t)sizeof count) {
    }
}

static void
set_state(struct spool *spool, enum spool_state state)
{
    pthread_mutex_lock(&spool->mutex);
    bool changed = state != spool->state;
    spool->state = state;
    spool->state_changed = spool->state_changed || changed;
    pthread_mutex_unlock(&spool->mutex);
    if (changed) {
        signal_fd(spool->event_fd);
    }
}

static void
report(struct spool *spool, int64_t job, struct verdict verdict, int mm)
{
    pthread_mutex_lock(&spool->mutex);
    // There is room: a job is taken in only while its report has a place.
    spool->done[spool->done_count++] = (struct spool_event){.is_job = true,
                                                            .job = job,
                                                            .outcome = verdict.outcome,
                                                            .state = verdict.state,
                                                            .mm = mm,
                                                            .torn = spool->session.unsettled};
    spool->busy = 0;
    pthread_mutex_unlock(&spool->mutex);
    signal_fd(spool->event_fd);
}

static bool
take_job(struct spool *spool, struct job *job)
{
    pthread_mutex_lock(&spool->mutex);
    bool found = spool->job_count > 0;
    if (found) {
        *job = spool->jobs[0];
        spool->job_count--;
        for (size_t i = 0; i < spool->job_count; i++) {
            spool->jobs[i] = spool->jobs[i + 1];
        }
        spool->busy = 1;
        spool->session.unsettled = spool->session.unsettled || spool->broke_off;
        spool->broke_off = false;
    }
    pthread_mutex_unlock(&spool->mutex);
    return found;
}

static void
print_job(struct spool *spool, struct job *job)
{
    struct verdict verdict = {.outcome = SPOOL_FAILED, .state = spool_state(spool)};
    if (clock_monotonic() - job->asked_at > TOO_OLD_MS) {
        log_warning("print: job %lld is too old to print", (long long)job->id);
    } else {
        verdict = session_print(&spool->session, &job->bytes, job->serial);
        set_state(spool, verdict.state);
    }
    int mm = verdict.outcome != SPOOL_FAILED ? (int)job->bytes.mm : 0;
    escpos_destroy(&job->bytes);
    report(spool, job->id, verdict, mm);
    session_release(&spool->session);
}

static bool
stopped(const struct spool *spool)
{
    struct pollfd poll_fd = {.fd = spool->stop_fd, .events = POLLIN};
    return poll(&poll_fd, 1, 0) > 0;
}

static int
pause_ms(struct spool *spool)
{
    bool sparse = spool->session.transport.kind->per_job && !state_stops(spool_state(spool));
    return spool->profile.probe_ms * (sparse ? TCP_PROBE_FACTOR : 1);
}

static void *
run(void *context)
{
    struct spool *spool = context;
    int64_t probe_at = 0;
    while (!stopped(spool)) {
        struct job job;
        while (!stopped(spool) && take_job(spool, &job)) {
            print_job(spool, &job);
            probe_at = clock_monotonic() + pause_ms(spool);
        }
        int64_t left = probe_at - clock_monotonic();
        if (left <= 0) {
            set_state(spool, session_probe(&spool->session));
            session_release(&spool->session);
            left = pause_ms(spool);
            probe_at = clock_monotonic() + left;
        }
        struct pollfd fds[] = {{.fd = spool->wake_fd, .events = POLLIN},
                               {.fd = spool->stop_fd, .events = POLLIN}};
        poll(fds, 2, (int)left);
        drain_fd(spool->wake_fd);
    }
    transport_close(&spool->session.transport);
    return NULL;
}

/* Signals are for the program's own loop, and a dead printer is no SIGPIPE. */
static bool
start_thread(struct spool *spool)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool good = pthread_create(&spool->thread, NULL, run, spool) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return good;
}

static void
destroy(struct spool *spool)
{
    for (size_t i = 0; i < spool->job_count; i++) {
        escpos_destroy(&spool->jobs[i].bytes);
    }
    int fds[] = {spool->wake_fd, spool->stop_fd, spool->event_fd};
    for (size_t i = 0; i < sizeof fds / sizeof *fds; i++) {
        if (fds[i] >= 0) {
            close(fds[i]);
        }
    }
    pthread_mutex_destroy(&spool->mutex);
    free(spool);
}

struct spool *
spool_start_on(const struct transport *transport, const struct printer_profile *profile)
{
    struct spool *spool = calloc(1, sizeof *spool);
    if (!spool) {
        log_error("print: no memory for the spool");
        return NULL;
    }
    spool->profile = *profile;
    spool->state = SPOOL_UNKNOWN;
    spool->serial = (uint32_t)clock_wall(); // differs from what an earlier run may have left
    spool->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    spool->stop_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    spool->event_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    pthread_mutex_init(&spool->mutex, NULL);
    spool->session =
        (struct session){.transport = *transport, .profile = *profile, .stop_fd = spool->stop_fd};
    if (spool->wake_fd < 0 || spool->stop_fd < 0 || spool->event_fd < 0 || !start_thread(spool)) {
        log_error("print: the spool cannot start");
        destroy(spool);
        return NULL;
    }
    return spool;
}

/* A drawn slip is 50 to 70 KB: on a line slower than 57,600 baud whoever waits for it would wait
 * ten seconds to a minute. There it goes as letters, and the printer draws the QR if it can. */
static bool
is_slow(const struct transport *transport)
{
    return transport->kind == &transport_serial && transport->number < 57600;
}

struct spool *
spool_start(const char *address, const struct printer_profile *profile)
{
    struct transport transport;
    struct printer_profile used = *profile;
    if (!transport_parse(&transport, address)) {
        return NULL;
    }
    used.text = used.text || is_slow(&transport);
    return spool_start_on(&transport, &used);
}

void
spool_broke_off(struct spool *spool)
{
    pthread_mutex_lock(&spool->mutex);
    spool->broke_off = true;
    pthread_mutex_unlock(&spool->mutex);
}

void
spool_stop(struct spool *spool)
{
    if (!spool) {
        return;
    }
    signal_fd(spool->stop_fd);
    pthread_join(spool->thread, NULL);
    destroy(spool);
}

int
spool_fd(const struct spool *spool)
{
    return spool->event_fd;
}

bool
spool_event(struct spool *spool, struct spool_event *event)
{
    bool found = true;
    pthread_mutex_lock(&spool->mutex);
    if (spool->done_count > 0) {
        *event = spool->done[0];
        spool->done_count--;
        for (size_t i = 0; i < spool->done_count; i++) {
            spool->done[i] = spool->done[i + 1];
        }
    } else if (spool->state_changed) {
        *event = (struct spool_event){.state = spool->state};
        spool->state_changed = false;
    } else {
        drain_fd(spool->event_fd);
        found = false;
    }
    pthread_mutex_unlock(&spool->mutex);
    return found;
}

bool
spool_draws_qr(const struct spool *spool)
{
    return !spool->profile.text || spool->profile.native_qr;
}

enum spool_state
spool_state(struct spool *spool)
{
    pthread_mutex_lock(&spool->mutex);
    enum spool_state state = spool->state;
    pthread_mutex_unlock(&spool->mutex);
    return state;
}

static void
next_serial(struct spool *spool, char serial[ESCPOS_SERIAL])
{
    static const char letters[] = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    uint32_t number = spool->serial++;
    for (int i = ESCPOS_SERIAL - 1; i >= 0; i--) {
        serial[i] = letters[number % (sizeof letters - 1)];
        number /= sizeof letters - 1;
    }
}

/* Takes over the job's bytes, also when it is refused. */
static bool
enqueue(struct spool *spool, struct job *job)
{
    pthread_mutex_lock(&spool->mutex);
    bool room = spool->job_count + spool->busy + spool->done_count < JOBS;
    if (room) {
        spool->jobs[spool->job_count++] = *job;
    }
    pthread_mutex_unlock(&spool->mutex);
    if (room) {
        signal_fd(spool->wake_fd);
    } else {
        log_warning("print: job %lld refused, %d are waiting", (long long)job->id, JOBS);
        escpos_destroy(&job->bytes);
    }
    return room;
}

bool
spool_print(struct spool *spool, int64_t id, const struct raster *raster, int64_t now)
{
    struct job job = {.id = id, .asked_at = now};
    next_serial(spool, job.serial);
    if (!escpos_raster(&job.bytes, raster, &spool->profile, job.serial)) {
        escpos_destroy(&job.bytes);
        return false;
    }
    return enqueue(spool, &job);
}

bool
spool_print_slip(struct spool *spool, int64_t id, const struct slip *slip, struct type *type,
                 int64_t now)
{
    if (spool->profile.text) {
        struct job job = {.id = id, .asked_at = now};
        next_serial(spool, job.serial);
        if (!escpos_text(&job.bytes, slip, &spool->profile, job.serial)) {
            escpos_destroy(&job.bytes);
            return false;
        }
        return enqueue(spool, &job);
    }
    struct raster *raster =
        slip_raster(slip, type, spool->profile.dots, spool->profile.dots_per_mm);
    bool good = raster && spool_print(spool, id, raster, now);
    raster_destroy(raster);
    return good;
}
