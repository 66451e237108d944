/* The connection to the face: the desk dials, says hello, then answers. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "desk/parts.h"
#include "store/journal.h"
#include "wire/sockets.h"

/* HELP: at most one entry in the journal in so many ms, however often it is pressed. */
enum { FIRST_DIAL = 200, LAST_DIAL = 1000, LONG_DIALLED = 15, HELP = 10000 };

void
face_send(struct desk *desk, const struct wire_type *type, const void *message)
{
    if (desk->face == NULL) {
        return;
    }
    if (!link_send(desk->face, type, message) || !link_flush(desk->face)) {
        log_warning("the face does not take %s; hanging up", type->name);
        face_hang_up(desk);
    }
}

static void
forget_requests(struct desk *desk)
{
    desk->letters = 0;
    desk->asked_count = 0;
    memset(desk->asked, 0, sizeof desk->asked);
}

void
face_hang_up(struct desk *desk)
{
    link_destroy(desk->face);
    desk->face = NULL;
    desk->face_dial = clock_monotonic() + FIRST_DIAL;
    desk->told_once = false;
    // The next face counts its requests from one again: nothing of this one answers those.
    forget_requests(desk);
    lookups_forget(desk);
    for (int i = 0; i < JOBS; i++) {
        desk->jobs[i].request = 0;
    }
}

void
face_hello(struct desk *desk)
{
    const struct settings *s = desk->settings;
    struct civil now = desk_civil(desk);
    char days_off[DAYS_OFF_MAX + 1] = "";
    if (desk->office != NULL) {
        office_days_off(desk->office, desk_day(desk), days_off, sizeof days_off);
    }
    char serves[SERVES_MAX + 1] = "";
    struct text codes = text_over(serves, sizeof serves);
    const char *const *served = desk->office != NULL ? office_serves(desk->office) : NULL;
    for (; served != NULL && *served != NULL; served++) {
        text_addf(&codes, "%s%s", codes.len > 0 ? " " : "", *served);
    }
    struct desk_hello hello = {
        .protocol = FACE_PROTOCOL,
        .kiosk = s->kiosk.id,
        .office = desk->office != NULL ? office_code(desk->office) : s->kiosk.office,
        .office_name = desk->office != NULL ? office_name(desk->office) : "",
        .hours = desk->office != NULL ? office_hours_line(desk->office, &now) : "",
        .utc_offset = desk_utc_offset(desk),
        .days_off = days_off,
        .serves = serves,
        .catalogue_version = desk->bundle_version,
    };
    if (desk->knows_portal) {
        hello.portal_key = (struct wire_bytes){desk->portal_seal, SEAL_KEY};
    }
    face_send(desk, &desk_hello_type, &hello);
    status_tell(desk);
    if (desk->bundle != NULL) {
        struct desk_bundle bundle = {{(const uint8_t *)desk->bundle, (uint32_t)desk->bundle_len}};
        face_send(desk, &desk_bundle_type, &bundle);
    }
}

/* A listening socket has the user who made it: systemd (root), or the face's own, whose
 * folder this is. Anybody else would be given residents' numbers to show. */
static bool
is_the_face(const struct desk *desk, int fd)
{
    struct stat folder;
    int user = sockets_peer_user(fd);
    if (user == 0 || user == (int)geteuid() ||
        (stat(desk->settings->kiosk.socket_dir, &folder) == 0 && user == (int)folder.st_uid)) {
        return true;
    }
    log_warning("face.sock: user %d is not the face", user);
    return false;
}

void
face_dial(struct desk *desk, int64_t now)
{
    char path[PATH_BYTES];
    if (desk->face != NULL || now < desk->face_dial) {
        return;
    }
    snprintf(path, sizeof path, "%s/face.sock", desk->settings->kiosk.socket_dir);
    int fd = sockets_dial(path);
    int64_t wait = FIRST_DIAL << (desk->face_tries < 3 ? desk->face_tries : 3);
    desk->face_dial = now + (wait < LAST_DIAL ? wait : LAST_DIAL);
    if (fd >= 0 && !is_the_face(desk, fd)) {
        close(fd);
        fd = -1;
    }
    if (fd < 0) {
        if (++desk->face_tries == LONG_DIALLED) {
            log_warning("%s: %s", path,
                        access(path, F_OK) == 0 ? "no face answers"
                                                : "is not there; restart anjungan.socket");
        }
        return;
    }
    desk->face_tries = 0;
    desk->face = link_create(fd, face_to_desk);
    if (desk->face != NULL) {
        face_hello(desk);
    }
}

struct asked *
face_remember(struct desk *desk, int64_t request)
{
    struct asked *asked = &desk->asked[desk->asked_count++ % REQUESTS];
    *asked = (struct asked){.request = request};
    return asked;
}

struct asked *
face_find(struct desk *desk, int64_t request)
{
    for (int i = 0; i < REQUESTS; i++) {
        if (desk->asked[i].request == request && request != 0) {
            return &desk->asked[i];
        }
    }
    return NULL;
}

static void
help(struct desk *desk, const struct face_help *help)
{
    char what[80];
    int64_t now = clock_monotonic();
    snprintf(what, sizeof what, "help asked on %s", help->screen);
    if (desk->store != NULL && (desk->help_noted == 0 || now - desk->help_noted >= HELP)) {
        desk->help_noted = now;
        keeper_note(desk, journal_add(desk->store, clock_wall(), "visitor", what));
    }
    // The screen must not say that someone was told where nobody sits at a counter's page.
    struct desk_help_answer answer = {.request = help->request, .told = hall_help(desk)};
    face_send(desk, &desk_help_answer_type, &answer);
}

static void
visit_end(struct desk *desk)
{
    desk->visits_today = visits_today(desk) + 1;
    forget_requests(desk);
}

static void
dispatch(struct desk *desk, const struct wire_type *type, const void *message)
{
    if (type == &face_ticket_request_type) {
        tickets_request(desk, message);
    } else if (type == &face_submit_type) {
        submissions_take(desk, message);
    } else if (type == &face_reprint_type) {
        paper_reprint(desk, message);
    } else if (type == &face_checklist_type) {
        paper_checklist(desk, message);
    } else if (type == &face_letters_type) {
        desk->letters = ((const struct face_letters *)message)->size;
    } else if (type == &face_lookup_type) {
        lookups_take(desk, message);
    } else if (type == &face_payment_type) {
        paper_payment(desk, message);
    } else if (type == &face_help_type) {
        help(desk, message);
    } else if (type == &face_visit_end_type) {
        visit_end(desk);
    } else if (type == &face_tally_type) {
        tallies_take(desk, message);
    }
}

void
face_read(struct desk *desk)
{
    _Alignas(max_align_t) unsigned char message[WIRE_MESSAGE_MAX];
    bool broken = false;
    bool alive = link_fill(desk->face) && link_flush(desk->face);
    const struct wire_type *type;
    while (desk->face != NULL && (type = link_next(desk->face, message, &broken)) != NULL) {
        dispatch(desk, type, message);
    }
    if (desk->face != NULL && (!alive || broken)) {
        log_warning(broken ? "the face spoke nonsense; hanging up" : "the face is gone");
        face_hang_up(desk);
    }
}
