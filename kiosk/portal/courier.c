#include "portal/courier.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <curl/curl.h>

#include "base/log.h"
#include "portal/answers.h"
#include "portal/errand.h"
#include "portal/exchange.h"

enum { LANES = 2, WAITING = 8 };

/* A lane carries one job at a time: given by courier_take(), run on the thread,
 * its result taken by courier_result(). */
struct lane {
    bool busy;              // protected by lock; from take until its result is queued
    bool fresh;             // protected by lock; taken, not yet begun
    struct courier_job job; // the thread's while busy; body owned
    uint8_t *body;
    struct exchange *exchange; // the thread's
    bool running;              // the thread's
};

struct courier {
    struct courier_options options; // its strings owned
    struct lane lanes[LANES];
    CURLM *multi;
    pthread_t thread;
    pthread_mutex_t lock;
    struct courier_result results[WAITING]; // protected by lock, oldest first
    int waiting;                            // protected by lock
    int wake;                               // eventfd: a result waits
    atomic_bool stop;
};

static int
lane_of(enum courier_job_kind kind)
{
    return kind == COURIER_LOOKUP; // a resident waits for that one
}

/* --- one job --------------------------------------------------------------- */

static enum courier_outcome
judge(struct courier *courier, const struct courier_job *job, const struct answer *answer,
      char *error)
{
    if (job->kind != COURIER_SUBMISSION) {
        return answer_plain(job->kind, answer, courier->options.portal_sign, error);
    }
    struct expected expected = {.receipt = {.seq = job->seq},
                                .portal_sign = courier->options.portal_sign};
    snprintf(expected.receipt.id, sizeof expected.receipt.id, "%s", job->id);
    snprintf(expected.receipt.kiosk, sizeof expected.receipt.kiosk, "%s", courier->options.kiosk);
    hash_of(job->body, job->len, expected.receipt.sha256);
    return answer_receipt(answer, &expected, error);
}

/* Look-ups and bundles are handed on; receipts are judged here and nowhere else. */
static void
hand_over(struct courier_result *result, const struct answer *answer)
{
    bool wanted = result->kind == COURIER_LOOKUP || result->kind == COURIER_BUNDLE;
    snprintf(result->etag, sizeof result->etag, "%s", answer->etag);
    if (!wanted || result->outcome != COURIER_DELIVERED) {
        return;
    }
    result->body = malloc(answer->len);
    if (!result->body) {
        result->outcome = COURIER_RETRY;
        snprintf(result->error, sizeof result->error, "memory");
        return;
    }
    memcpy(result->body, answer->body, answer->len);
    result->len = answer->len;
}

static struct courier_result
conclude(struct courier *courier, struct lane *lane, int code)
{
    struct answer answer;
    struct courier_result result = {.kind = lane->job.kind, .tag = lane->job.tag};
    switch (exchange_end(lane->exchange, code, &answer, result.error)) {
    case TRANSFER_UNREACHED:
        result.outcome = COURIER_OFFLINE;
        return result;
    case TRANSFER_BROKEN:
        result.outcome = COURIER_RETRY;
        return result;
    case TRANSFER_ANSWERED:
        break;
    }
    result.outcome = judge(courier, &lane->job, &answer, result.error);
    result.retry_after = answer.retry_after;
    result.portal_time = exchange_portal_time(lane->exchange);
    hand_over(&result, &answer);
    return result;
}

/* --- the thread -------------------------------------------------------------- */

static void
wake(struct courier *courier)
{
    uint64_t one = 1;
    if (write(courier->wake, &one, sizeof one) < 0) {
        log_error("portal: cannot wake the desk: %s", strerror(errno));
    }
}

static void
finish(struct courier *courier, struct lane *lane, const struct courier_result *result)
{
    free(lane->body);
    lane->body = NULL;
    lane->running = false;
    pthread_mutex_lock(&courier->lock);
    lane->busy = false;
    courier->results[courier->waiting++] = *result; // courier_take() keeps room for it
    pthread_mutex_unlock(&courier->lock);
    wake(courier);
}

static void
begin(struct courier *courier, struct lane *lane)
{
    char path[96];
    struct request request;
    errand_describe(&lane->job, &request, path, sizeof path);
    if (exchange_begin(lane->exchange, &request) &&
        curl_multi_add_handle(courier->multi, exchange_handle(lane->exchange)) == CURLM_OK) {
        lane->running = true;
        return;
    }
    struct courier_result result = {
        .kind = lane->job.kind, .tag = lane->job.tag, .outcome = COURIER_RETRY, .error = "request"};
    finish(courier, lane, &result);
}

static void
begin_fresh(struct courier *courier)
{
    for (int i = 0; i < LANES; i++) {
        pthread_mutex_lock(&courier->lock);
        bool fresh = courier->lanes[i].fresh;
        courier->lanes[i].fresh = false;
        pthread_mutex_unlock(&courier->lock);
        if (fresh) {
            begin(courier, &courier->lanes[i]);
        }
    }
}

static void
end_done(struct courier *courier)
{
    int left = 0;
    for (CURLMsg *message; (message = curl_multi_info_read(courier->multi, &left));) {
        CURL *easy = message->easy_handle;
        int code = (int)message->data.result;
        if (message->msg != CURLMSG_DONE) {
            continue;
        }
        curl_multi_remove_handle(courier->multi, easy);
        for (int i = 0; i < LANES; i++) {
            struct lane *lane = &courier->lanes[i];
            if (lane->running && exchange_handle(lane->exchange) == easy) {
                struct courier_result result = conclude(courier, lane, code);
                finish(courier, lane, &result);
            }
        }
    }
}

static void *
run(void *context)
{
    struct courier *courier = context;
    sigset_t all;
    sigfillset(&all); // signals are the desk's; a write to a dead peer is an error, not a signal
    pthread_sigmask(SIG_BLOCK, &all, NULL);
    while (!atomic_load(&courier->stop)) {
        int running = 0;
        begin_fresh(courier);
        curl_multi_perform(courier->multi, &running);
        end_done(courier);
        // Asleep without a limit of its own: curl's timers and curl_multi_wakeup() end it.
        curl_multi_poll(courier->multi, NULL, 0, 60 * 1000, NULL);
    }
    return NULL;
}

/* --- the desk's side ---------------------------------------------------------- */

static bool
copy_options(struct courier *courier, const struct courier_options *options)
{
    struct courier_options *own = &courier->options;
    *own = *options;
    own->url = strdup(options->url);
    own->ca = strdup(options->ca);
    own->certificate = strdup(options->certificate);
    own->key = strdup(options->key);
    own->kiosk = strdup(options->kiosk);
    return own->url && own->ca && own->certificate && own->key && own->kiosk;
}

static void
destroy(struct courier *courier)
{
    for (int i = 0; i < LANES; i++) {
        struct lane *lane = &courier->lanes[i];
        if (lane->running) {
            curl_multi_remove_handle(courier->multi, exchange_handle(lane->exchange));
        }
        exchange_destroy(lane->exchange);
        free(lane->body);
    }
    for (int i = 0; i < courier->waiting; i++) {
        free(courier->results[i].body);
    }
    if (courier->multi) {
        curl_multi_cleanup(courier->multi);
    }
    if (courier->wake >= 0) {
        close(courier->wake);
    }
    pthread_mutex_destroy(&courier->lock);
    free((char *)courier->options.url);
    free((char *)courier->options.ca);
    free((char *)courier->options.certificate);
    free((char *)courier->options.key);
    free((char *)courier->options.kiosk);
    free(courier);
}

static bool
prepare(struct courier *courier, const struct courier_options *options)
{
    courier->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (!exchange_prepare()) {
        return false;
    }
    courier->multi = curl_multi_init();
    if (courier->wake < 0 || !courier->multi || !copy_options(courier, options)) {
        return false;
    }
    struct road road = {.url = courier->options.url,
                        .ca = courier->options.ca,
                        .certificate = courier->options.certificate,
                        .key = courier->options.key,
                        .connect_seconds = options->connect_seconds,
                        .whole_seconds = options->whole_seconds};
    for (int i = 0; i < LANES; i++) {
        courier->lanes[i].exchange = exchange_create(&road);
        if (!courier->lanes[i].exchange) {
            return false;
        }
    }
    return true;
}

struct courier *
courier_start(const struct courier_options *options)
{
    struct courier *courier = calloc(1, sizeof *courier);
    if (!courier) {
        log_error("portal: no memory for the courier");
        return NULL;
    }
    pthread_mutex_init(&courier->lock, NULL);
    atomic_init(&courier->stop, false);
    if (!prepare(courier, options) || pthread_create(&courier->thread, NULL, run, courier) != 0) {
        log_error("portal: the courier cannot start");
        destroy(courier);
        return NULL;
    }
    return courier;
}

void
courier_stop(struct courier *courier)
{
    if (!courier) {
        return;
    }
    atomic_store(&courier->stop, true);
    curl_multi_wakeup(courier->multi);
    pthread_join(courier->thread, NULL);
    destroy(courier);
}

int
courier_fd(const struct courier *courier)
{
    return courier->wake;
}

bool
courier_result(struct courier *courier, struct courier_result *result)
{
    uint64_t count = 0;
    if (read(courier->wake, &count, sizeof count) < 0 && errno != EAGAIN) {
        log_error("portal: eventfd: %s", strerror(errno));
    }
    pthread_mutex_lock(&courier->lock);
    bool found = courier->waiting > 0;
    if (found) {
        *result = courier->results[0];
        courier->waiting--;
        memmove(courier->results, courier->results + 1,
                (size_t)courier->waiting * sizeof *courier->results);
    }
    bool more = courier->waiting > 0;
    pthread_mutex_unlock(&courier->lock);
    if (more) { // stays readable for a caller that takes one at a time
        wake(courier);
    }
    return found;
}

bool
courier_take(struct courier *courier, const struct courier_job *job)
{
    struct lane *lane = &courier->lanes[lane_of(job->kind)];
    uint8_t *body = malloc(job->len + 1);
    if (!body) {
        return false;
    }
    if (job->len > 0) {
        memcpy(body, job->body, job->len);
    }
    pthread_mutex_lock(&courier->lock);
    bool free_lane = !lane->busy && courier->waiting + LANES <= WAITING;
    if (free_lane) {
        lane->busy = lane->fresh = true;
        lane->job = *job;
        lane->body = body;
        lane->job.body = body;
    }
    pthread_mutex_unlock(&courier->lock);
    if (!free_lane) {
        free(body);
        return false;
    }
    curl_multi_wakeup(courier->multi);
    return true;
}
