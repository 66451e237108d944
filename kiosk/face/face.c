#include "face/face.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/settings.h"
#include "face/inside.h"
#include "face/preview.h"
#include "wire/link.h"

enum { PATIENCE = 15000, DISPLAY_FDS = 32 };

static bool
read_key(const char *name, const char *hex, uint8_t *key)
{
    if (hex[0] == '\0') {
        log_warning("[portal] %s is empty: forms stay closed until the kiosk is enrolled", name);
        return false;
    }
    if (!hex_parse(hex, key, SEAL_KEY)) {
        log_error("[portal] %s is not a key of 64 hexadecimal digits", name);
        return false;
    }
    return true;
}

static bool
visit_init(struct face *face)
{
    const struct settings *settings = face->parts.settings;
    struct flow_times times = {
        .idle = 1000LL * settings->times.idle,
        .idle_warning = 1000LL * settings->times.idle_warning,
        .done = 1000LL * settings->times.done,
        .rest = 1000LL * settings->times.rest,
        .working_patience = PATIENCE,
    };
    face->memory = secret_create(sizeof *face->private);
    face->private = face->memory != NULL ? secret_alloc(face->memory, sizeof *face->private) : NULL;
    if (face->private == NULL) {
        return false;
    }
    flow_init(&face->flow, face->parts.memory, face->catalogue, &times, settings->kiosk.office,
              (enum language)settings->kiosk.language);
    face->flow.serves = face->facts.serves;
    face->flow.terms =
        (struct bill_terms){.nmid = settings->payment.nmid, .cap = settings->payment.cap};
    return true;
}

struct face *
face_create(const struct face_parts *parts)
{
    struct face *face = calloc(1, sizeof *face);
    if (face == NULL) {
        log_error("the face: no memory");
        catalogue_destroy(parts->catalogue);
        return NULL;
    }
    face->parts = *parts;
    face->catalogue = parts->catalogue;
    face->nodes.fd = face->notify.fd = -1;
    const struct settings *settings = parts->settings;
    if (parts->preview == NULL) { // which seals and adopts nothing
        face->has_portal_key = read_key("seal_key", settings->portal.seal_key, face->portal_key);
        face->has_sign_key = read_key("sign_key", settings->portal.sign_key, face->sign_key);
    }
    if (!visit_init(face) || !frame_init(face) || !nodes_open(&face->nodes, parts->nodes)) {
        face_destroy(face);
        return NULL;
    }
    language_load(parts->locale);
    language_set(face->flow.language);
    facts_init(&face->facts, settings, face->catalogue, face->has_portal_key);
    facts_clock(&face->facts, clock_wall(), face->flow.language);
    notify_open(&face->notify, clock_monotonic());
    effects_world(face, FLOW_TICK);
    if (parts->preview != NULL) {
        preview_begin(face);
    }
    frame_draw(face);
    return face;
}

void
face_destroy(struct face *face)
{
    if (face == NULL) {
        return;
    }
    if (face->lists[0] != NULL && face->lists[1] != NULL) {
        frame_blank(face);
    }
    link_destroy(face->link);
    notify_close(&face->notify);
    nodes_close(&face->nodes);
    frame_free(face);
    if (face->private != NULL) {
        secret_wipe(face->parts.memory);
    }
    secret_destroy(face->memory);
    catalogue_destroy(face->waiting);
    catalogue_destroy(face->catalogue);
    secret_zero(face, sizeof *face);
    free(face);
}

/* --- the loop ----------------------------------------------------------------------- */

static int64_t
sooner(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Milliseconds to sleep: every deadline of every part folded into one. */
static int
timeout(const struct face *face, int64_t now)
{
    int64_t wall = clock_wall();
    int64_t minute = now + 60000 - wall % 60000;
    int64_t next = sooner(minute, flow_deadline(&face->flow));
    next = sooner(next, pointer_deadline(&face->pointer));
    next = sooner(next, scanner_deadline(&face->private->scanner));
    next = sooner(next, notify_deadline(&face->notify));
    next = sooner(next, face->door_rest > now ? face->door_rest : INT64_MAX);
    int64_t left = next - now;
    return left < 0 ? 0 : left > 60000 ? 60000 : (int)left;
}

static void
run_due(struct face *face)
{
    int64_t now = clock_monotonic();
    input_tick(face);
    if (flow_deadline(&face->flow) <= now) {
        effects_step(face, (struct flow_event){.kind = FLOW_TICK, .now = now});
    }
    notify_tick(&face->notify, now);
    if (facts_clock(&face->facts, clock_wall(), face->flow.language)) {
        face->stale = true;
    }
}

enum { SIGNALS, LISTENER, LINK, NODES, OWN_FDS };

static void
serve(struct face *face, const struct pollfd *fds)
{
    if (fds[SIGNALS].revents != 0) {
        face->ending = true;
    }
    if (face->link != NULL && fds[LINK].revents & (POLLIN | POLLHUP | POLLERR)) {
        desk_read(face);
    }
    if (fds[LISTENER].revents != 0) {
        desk_accept(face);
    }
    if (fds[NODES].revents != 0) {
        nodes_flush(&face->nodes, &face->ui, &face->flow);
    }
}

static void
wait(struct face *face)
{
    int64_t now = clock_monotonic();
    int display[DISPLAY_FDS];
    struct pollfd fds[OWN_FDS + DISPLAY_FDS] = {
        [SIGNALS] = {face->parts.signals, POLLIN, 0},
        [LISTENER] = {now >= face->door_rest ? face->parts.listener : -1, POLLIN, 0},
        [LINK] = {-1, POLLIN, 0},
        [NODES] = {nodes_pending(&face->nodes) ? face->nodes.fd : -1, POLLOUT, 0},
    };
    if (face->link != NULL) {
        fds[LINK].fd = link_fd(face->link);
        fds[LINK].events |= link_wants_write(face->link) ? POLLOUT : 0;
    }
    int count = platform_fds(face->parts.platform, display, DISPLAY_FDS);
    for (int i = 0; i < count; i++) {
        fds[OWN_FDS + i] = (struct pollfd){display[i], POLLIN, 0};
    }
    int ready = poll(fds, OWN_FDS + (nfds_t)count, timeout(face, now));
    if (ready > 0) {
        serve(face, fds);
    } else if (ready < 0 && errno != EINTR) {
        log_error("poll: %s", strerror(errno));
        face->ending = true;
    }
}

void
face_run(struct face *face)
{
    notify_ready(&face->notify);
    while (!face->ending) {
        input_drain(face);
        run_due(face);
        desk_write(face);
        if (face->stale) {
            frame_draw(face); // may itself bring input: look before sleeping
        } else {
            wait(face);
        }
    }
    notify_stopping(&face->notify);
}
