#include "desk/desk.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "desk/enrolment.h"
#include "desk/parts.h"
#include "portal/exchange.h"

enum { LONGEST_SLEEP = 10000, CLOCK_SLACK = 5 * 60000, MEND = 60000 };

/* So long after the build a clock that nobody confirmed may be right. */
static const int64_t believed = INT64_C(5) * 365 * 86400000;

/* When this program was built: no true clock is earlier. */
static const int64_t built_at = (int64_t)BUILD_TIME * 1000;

int
desk_utc_offset(const struct desk *desk)
{
    return desk->office != NULL ? office_utc_offset(desk->office) : CLOCK_WITA;
}

struct civil
desk_civil(const struct desk *desk)
{
    return civil_at(clock_wall(), desk_utc_offset(desk));
}

int32_t
desk_day(const struct desk *desk)
{
    struct civil now = desk_civil(desk);
    return civil_day_number(now.year, now.month, now.day);
}

/* The portal's clock, once it was heard, is the measure: it runs on here by the clock that
 * nobody can set. Until then a time before the build or before what was saved is wrong, and
 * one long after the build is not to be believed without a word from outside. */
bool
desk_clock_uncertain(const struct desk *desk)
{
    int64_t now = clock_wall();
    int64_t newest = desk->store != NULL ? store_newest(desk->store) : 0;
    if (desk->portal_heard != 0) {
        int64_t true_time = desk->portal_clock + clock_monotonic() - desk->portal_heard;
        return llabs(now - true_time) > CLOCK_SLACK;
    }
    return now < built_at || now + CLOCK_SLACK < newest || now - built_at > believed;
}

/* The kiosk's own keys come from enrolment; the portal's from there too, unless
 * root-owned configuration names them. False: not enrolled. */
static bool
load_identity(struct desk *desk)
{
    const struct settings *s = desk->settings;
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/identity.pem", s->kiosk.state_dir);
    desk->enrolled = identity_load(path, &desk->identity);
    if (!desk->enrolled) {
        log_warning("not enrolled yet: requests stay here until anjunganctl enrol");
    }
    if (s->portal.seal_key[0] != '\0' || s->portal.sign_key[0] != '\0') {
        desk->knows_portal = hex_parse(s->portal.seal_key, desk->portal_seal, SEAL_KEY) &&
                             hex_parse(s->portal.sign_key, desk->portal_sign, SIGN_PUBLIC);
    } else if (desk->enrolled) {
        memcpy(desk->portal_seal, desk->identity.portal_seal, SEAL_KEY);
        memcpy(desk->portal_sign, desk->identity.portal_sign, SIGN_PUBLIC);
        desk->knows_portal = true;
    }
    if (!desk->knows_portal) {
        log_warning("[portal] seal_key and sign_key are missing or wrong: forms stay closed");
    }
    return desk->enrolled;
}

void
desk_adopt_identity(struct desk *desk)
{
    load_identity(desk);
    delivery_start(desk);
    // The face learns of it by a new hello.
    face_hang_up(desk);
}

const struct service *
desk_service(const struct desk *desk, const char *id)
{
    return desk->catalogue != NULL ? catalogue_service(desk->catalogue, id) : NULL;
}

bool
desk_has_spare(const struct desk *desk)
{
    return desk->catalogue == NULL || catalogue_version(desk->catalogue) == 0;
}

/* Has come since: a file that could not be read at the start. */
static bool
load_missing(struct desk *desk)
{
    bool office = desk->office == NULL;
    bool catalogue = desk_has_spare(desk) || desk->bundle_missed;
    if (catalogue) {
        bundles_load(desk);
    }
    if (desk->office == NULL) {
        desk->office = offices_installed(desk);
    }
    return (office && desk->office != NULL) ||
           (catalogue && !desk_has_spare(desk) && !desk->bundle_missed);
}

static bool
identity_waits(const struct desk *desk)
{
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/identity.pem", desk->settings->kiosk.state_dir);
    return !desk->enrolled && access(path, F_OK) == 0;
}

/* What could not be had at the start (a machine short of memory or descriptors, files that
 * an update was moving) is tried again once a minute, so that nobody has to restart a desk. */
static void
mend(struct desk *desk, int64_t now)
{
    if (now < desk->mend_at) {
        return;
    }
    desk->mend_at = now + MEND;
    bundles_watch(desk);
    bool enrolled = identity_waits(desk) && load_identity(desk);
    if (desk->courier == NULL) {
        delivery_start(desk);
    }
    if (desk->spool == NULL) {
        paper_start(desk);
    }
    if (load_missing(desk) || enrolled) {
        face_hang_up(desk); // a new hello says what there is now
    }
}

struct desk *
desk_create(const struct settings *settings, struct type *type)
{
    struct desk *desk = calloc(1, sizeof *desk);
    if (desk == NULL) {
        log_error("out of memory");
        return NULL;
    }
    *desk = (struct desk){.settings = settings,
                          .type = type,
                          .started_at = clock_wall(),
                          .mend_at = clock_monotonic() + MEND,
                          .intake = INTAKE_CHECKING,
                          .printer = PRINTER_UNKNOWN,
                          .ctl_listener = -1,
                          .hall_listener = -1};
    if (!exchange_prepare()) { // now, while there are no threads
        log_error("portal: curl does not start: nothing is sent");
    }
    load_identity(desk);
    if (!bundles_load(desk)) {
        log_error("no catalogue: forms and numbers stay closed");
    }
    if (desk->office == NULL) { // none in the bundle
        desk->office = offices_installed(desk);
    }
    ctl_open(desk, clock_monotonic());
    hall_open(desk, clock_monotonic());
    policy_init(&desk->policy);
    if (!keeper_open(desk)) {
        desk_destroy(desk); // two desks would take the face from each other
        return NULL;
    }
    paper_start(desk);
    delivery_start(desk);
    return desk;
}

void
desk_destroy(struct desk *desk)
{
    if (desk == NULL) {
        return;
    }
    face_hang_up(desk);
    for (int i = 0; i < CTL_CLIENTS; i++) {
        ctl_hang_up(desk, i);
    }
    if (desk->ctl_listener >= 0) {
        close(desk->ctl_listener);
    }
    hall_hang_up(desk);
    if (desk->hall_listener >= 0) {
        close(desk->hall_listener);
    }
    enrolment_finish(desk);
    if (desk->courier != NULL) {
        courier_stop(desk->courier);
    }
    if (desk->spool != NULL) {
        spool_stop(desk->spool); // finishes its band, so before the store goes
    }
    roll_save(desk);
    profile_destroy(desk->profile);
    store_close(desk->store);
    catalogue_destroy(desk->catalogue);
    office_destroy(desk->office);
    free(desk->bundle);
    free(desk);
}

/* --- the loop ---------------------------------------------------------------- */

/* What may be waited for; the order of the pollfds. */
enum {
    POLL_STOP,
    POLL_SPOOL,
    POLL_COURIER,
    POLL_FACE,
    POLL_CTL,
    POLL_HALLS,
    POLL_HALL,
    POLL_ENROLMENT,
    POLL_CLIENT,
    POLL_COUNT = POLL_CLIENT + CTL_CLIENTS
};

static short
link_events(const struct link *link)
{
    return (short)(link_wants_write(link) ? POLLIN | POLLOUT : POLLIN);
}

static void
fill_fds(const struct desk *desk, int stop_fd, int64_t now, struct pollfd *fds)
{
    for (int i = 0; i < POLL_COUNT; i++) {
        fds[i] = (struct pollfd){.fd = -1, .events = POLLIN};
    }
    fds[POLL_STOP].fd = stop_fd;
    fds[POLL_SPOOL].fd = desk->spool != NULL ? spool_fd(desk->spool) : -1;
    fds[POLL_COURIER].fd = desk->courier != NULL ? courier_fd(desk->courier) : -1;
    fds[POLL_CTL].fd = now >= desk->ctl_rest ? desk->ctl_listener : -1;
    fds[POLL_HALLS].fd = now >= desk->hall_rest ? desk->hall_listener : -1;
    if (desk->hall != NULL) {
        fds[POLL_HALL] =
            (struct pollfd){.fd = link_fd(desk->hall), .events = link_events(desk->hall)};
    }
    fds[POLL_ENROLMENT].fd = enrolment_fd(desk);
    if (desk->face != NULL) {
        fds[POLL_FACE] =
            (struct pollfd){.fd = link_fd(desk->face), .events = link_events(desk->face)};
    }
    for (int i = 0; i < CTL_CLIENTS; i++) {
        const struct link *link = desk->ctl[i].link;
        if (link != NULL) {
            fds[POLL_CLIENT + i] =
                (struct pollfd){.fd = link_fd(link), .events = link_events(link)};
        }
    }
}

static int
sleep_for(struct desk *desk, int64_t now)
{
    if (keeper_busy(desk)) {
        return 0;
    }
    int64_t until = now + LONGEST_SLEEP;
    int64_t deadlines[] = {delivery_deadline(desk), ctl_deadline(desk, now),
                           desk->settle_at != 0 ? desk->settle_at : INT64_MAX};
    for (size_t i = 0; i < sizeof deadlines / sizeof *deadlines; i++) {
        until = deadlines[i] < until ? deadlines[i] : until;
    }
    if (desk->face == NULL && desk->face_dial < until) {
        until = desk->face_dial;
    }
    if (desk->intake != INTAKE_OPEN && desk->store_retry < until) {
        until = desk->store_retry;
    }
    return until <= now ? 0 : (int)(until - now);
}

static void
serve(struct desk *desk, const struct pollfd *fds)
{
    if (fds[POLL_SPOOL].revents != 0) {
        paper_events(desk);
    }
    if (fds[POLL_COURIER].revents != 0) {
        delivery_results(desk);
    }
    if (fds[POLL_FACE].revents != 0 && desk->face != NULL) {
        face_read(desk);
    }
    if (fds[POLL_CTL].revents != 0) {
        ctl_accept(desk);
    }
    if (fds[POLL_HALL].revents != 0 && desk->hall != NULL) {
        hall_read(desk);
    }
    if (fds[POLL_HALLS].revents != 0) {
        hall_accept(desk);
    }
    if (fds[POLL_ENROLMENT].revents != 0) {
        enrolment_finish(desk);
    }
    for (int i = 0; i < CTL_CLIENTS; i++) {
        // The place may have been given up by what came before.
        if (fds[POLL_CLIENT + i].revents != 0 && desk->ctl[i].link != NULL) {
            ctl_read(desk, i);
        }
    }
}

bool
desk_run(struct desk *desk, int stop_fd)
{
    bool good = true;
    sd_notify(0, "READY=1");
    while (!desk->stopping) {
        struct pollfd fds[POLL_COUNT];
        int64_t now = clock_monotonic();
        mend(desk, now);
        ctl_open(desk, now);
        hall_open(desk, now);
        face_dial(desk, now);
        keeper_step(desk, now);
        roll_step(desk, now);
        delivery_pump(desk, now);
        status_tell(desk);
        hall_tell(desk);
        fill_fds(desk, stop_fd, now, fds);
        if (poll(fds, POLL_COUNT, sleep_for(desk, now)) < 0 && errno != EINTR) {
            log_error("poll: %s", strerror(errno));
            good = false;
            break;
        }
        desk->stopping = fds[POLL_STOP].revents != 0;
        serve(desk, fds);
        sd_notify(0, "WATCHDOG=1");
    }
    sd_notify(0, "STOPPING=1");
    return good;
}
