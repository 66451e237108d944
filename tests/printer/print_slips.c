/* The spool by hand: print_slips PROFILE.ini ADDRESS. Each line on standard input
 * names a sample slip; each answer is a line of JSON: what became of it, the cause
 * or the printer's state, and how long it took. */
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "print/spool.h"
#include "samples.h"
#include "type/type.h"

static const char *const outcomes[] = {"printed", "probably", "failed"};
static const char *const states[] = {"ready",  "near-end", "paper-out", "cover-open",
                                     "cutter", "hot",      "offline",   "unknown"};

static struct spool_event
await_job(struct spool *spool)
{
    struct spool_event event = {.is_job = false};
    while (!event.is_job) {
        struct pollfd poll_fd = {.fd = spool_fd(spool), .events = POLLIN};
        poll(&poll_fd, 1, -1);
        while (!event.is_job && spool_event(spool, &event)) {
        }
    }
    return event;
}

static bool
print(struct spool *spool, struct type *type, const char *name)
{
    struct slip slip;
    int64_t start = clock_monotonic();
    if (!sample_slip(&slip, name) || !spool_print_slip(spool, 1, &slip, type, start)) {
        return false;
    }
    struct spool_event event = await_job(spool);
    printf("{\"outcome\": \"%s\", \"state\": \"%s\", \"ms\": %lld}\n", outcomes[event.outcome],
           states[event.state], (long long)(clock_monotonic() - start));
    return fflush(stdout) == 0;
}

int
main(int argc, char **argv)
{
    struct printer_profile *profile = argc == 3 ? profile_load(argv[1]) : NULL;
    struct type *type = profile ? type_create(NULL) : NULL;
    struct spool *spool = type ? spool_start(argv[2], profile) : NULL;
    char name[32];
    bool good = spool != NULL;
    while (good && fgets(name, sizeof name, stdin)) {
        name[strcspn(name, "\n")] = '\0';
        good = print(spool, type, name);
    }
    spool_stop(spool);
    type_destroy(type);
    profile_destroy(profile);
    return good ? 0 : 1;
}
