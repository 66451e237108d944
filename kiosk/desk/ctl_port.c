/* ctl.sock: one command of a technician a connection, answered and closed. Places are
 * few: who says nothing, or does not take the answer, is hung up on. A file that somebody
 * removed is made again: nobody could command the desk until a restart otherwise. (face.sock
 * is not the desk's: sockets.h says whose.) */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "desk/enrolment.h"
#include "desk/parts.h"
#include "store/journal.h"
#include "store/tallies.h"
#include "wire/ctl_messages.h"
#include "wire/sockets.h"

enum { PATIENCE = 60000 /* longer than an enrolment */, LOOK = 10000 };

/* The file's inode; 0 when there is none. */
static ino_t
file_of(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0 ? about.st_ino : 0;
}

void
ctl_open(struct desk *desk, int64_t now)
{
    char path[PATH_BYTES];
    if (now < desk->ctl_check) {
        return;
    }
    desk->ctl_check = now + LOOK;
    snprintf(path, sizeof path, "%s/ctl.sock", desk->settings->kiosk.socket_dir);
    if (desk->ctl_listener >= 0 && file_of(path) == desk->ctl_file) {
        return;
    }
    if (desk->ctl_listener >= 0) {
        log_warning("%s was removed; it is made again", path);
        close(desk->ctl_listener);
    }
    desk->ctl_listener = sockets_listen(path, 0600);
    desk->ctl_file = desk->ctl_listener >= 0 ? file_of(path) : 0;
}

static bool
say_end(struct link *link, bool ok, const char *reason, int64_t next)
{
    struct ctl_end message = {.ok = ok, .reason = reason, .next = next};
    return link_send(link, &ctl_end_type, &message);
}

/* Hang up on somebody, and say why. */
static void
turn_away(int fd, const char *why)
{
    struct link *link = link_create(fd, ctl_to_desk);
    if (link != NULL) {
        say_end(link, false, why, 0);
        link_flush(link);
        link_destroy(link);
    }
}

void
ctl_accept(struct desk *desk)
{
    int fd = sockets_accept(desk->ctl_listener);
    if (fd < 0) {
        desk->ctl_rest = fd == SOCKETS_LATER ? clock_monotonic() + SOCKETS_REST : 0;
        return;
    }
    int user = sockets_peer_user(fd);
    if (user != 0 && user != (int)geteuid()) {
        log_warning("ctl.sock: user %d may not command this desk", user);
        turn_away(fd, "only root and the desk's own user may command the desk");
        return;
    }
    for (int i = 0; i < CTL_CLIENTS; i++) {
        if (desk->ctl[i].link == NULL) {
            desk->ctl[i] = (struct ctl_client){.link = link_create(fd, ctl_to_desk),
                                               .until = clock_monotonic() + PATIENCE};
            return;
        }
    }
    log_warning("ctl.sock: too many at once");
    turn_away(fd, "too many commands at once; try again");
}

void
ctl_hang_up(struct desk *desk, int client)
{
    link_destroy(desk->ctl[client].link);
    desk->ctl[client] = (struct ctl_client){0};
    enrolment_leave(desk, client); // its answer is not the next one's
}

int64_t
ctl_deadline(struct desk *desk, int64_t now)
{
    int64_t first = desk->ctl_rest > now ? desk->ctl_rest : INT64_MAX;
    for (int i = 0; i < CTL_CLIENTS; i++) {
        struct ctl_client *client = &desk->ctl[i];
        if (client->link != NULL && client->until <= now) {
            log_warning("ctl.sock: a silent client; hanging up");
            ctl_hang_up(desk, i);
        } else if (client->link != NULL && client->until < first) {
            first = client->until;
        }
    }
    return first;
}

static void
end(struct ctl_client *client, bool ok, const char *reason, int64_t next)
{
    say_end(client->link, ok, reason, next);
    client->answered = true;
}

/* Bytes free where the state lies; 0 unknown. */
static int64_t
disk_free(const struct desk *desk)
{
    struct statvfs disk;
    return statvfs(desk->settings->kiosk.state_dir, &disk) == 0
               ? (int64_t)disk.f_bavail * (int64_t)disk.f_frsize
               : 0;
}

static void
fill_store(struct desk *desk, struct ctl_status *status)
{
    struct outbox_counts outbox;
    struct ticket_counts tickets = {0};
    if (desk->store == NULL) {
        return;
    }
    outbox_counts(desk->store, &outbox);
    status->store_bytes = store_bytes(desk->store);
    status->outbox = (int32_t)outbox.waiting;
    status->outbox_oldest = outbox.oldest;
    status->quarantined = (int32_t)outbox.quarantined;
    status->last_seq = outbox.last_seq;
    keeper_note(desk, ticket_counts(desk->store, desk_day(desk), NULL, &tickets));
    status->tickets_today = tickets.issued;
    status->tickets_waiting = tickets.waiting;
    status->tickets_unprinted = tickets.unprinted;
}

/* Profile and address, and whether the profile is another than was asked for. */
static void
name_printer(const struct desk *desk, char *out, size_t size)
{
    const struct settings *s = desk->settings;
    bool spare = strcmp(desk->profile_name, s->printer.profile) != 0;
    snprintf(out, size, "%s%s%s %s", desk->profile_name, spare ? ", for want of a usable " : "",
             spare ? s->printer.profile : "", s->printer.address);
}

static void
tell_status(struct desk *desk, struct ctl_client *client)
{
    char printer[160];
    const struct settings *s = desk->settings;
    int64_t wait = desk->policy.wait_until - clock_monotonic();
    name_printer(desk, printer, sizeof printer);
    struct ctl_status status = {
        .kiosk = s->kiosk.id,
        .office = desk->office != NULL ? office_name(desk->office) : s->kiosk.office,
        .program = VERSION,
        .catalogue_version = desk->bundle_version,
        .started_at = desk->started_at,
        .intake = desk->intake,
        .printer = paper_state(desk),
        .roll_mm = desk->roll.mm,
        .roll_slips = (int32_t)desk->roll.slips,
        .roll_left = roll_left(desk),
        .roll_changed = desk->roll.changed_at,
        .printer_name = printer,
        .face_connected = desk->face != NULL,
        .enrolled = desk->enrolled,
        .online = desk->online,
        .offline_since = desk->offline_since,
        .last_exchange = desk->last_exchange,
        .next_try = desk->online || wait <= 0 ? 0 : clock_wall() + wait,
        .last_error = desk->online ? "" : desk->last_error,
        .visits_today = visits_today(desk),
        .clock_uncertain = desk_clock_uncertain(desk),
        .catalogue_expires = desk->catalogue != NULL ? catalogue_expires(desk->catalogue) : "",
        .catalogue_expired = bundles_expired(desk),
        .utc_offset = desk_utc_offset(desk),
    };
    fill_store(desk, &status);
    status.disk_free_bytes = disk_free(desk);
    bool sent = link_send(client->link, &ctl_status_type, &status);
    end(client, sent, sent ? "" : "the status does not fit its message", 0);
}

/* Half a list is not given out as a whole one. */
static const char unreadable[] = "the store is closed or cannot be read now";

static void
tell_outbox(struct desk *desk, struct ctl_client *client, const struct ctl_outbox_ask *ask)
{
    struct outbox_item item;
    int64_t after = ask->after;
    int32_t told = 0;
    enum store_result result = desk->store != NULL ? STORE_OK : STORE_BROKEN;
    while (result == STORE_OK && told < ask->limit &&
           (result = outbox_list(desk->store, after, &item)) == STORE_OK) {
        struct ctl_outbox_row row = {.seq = item.seq,
                                     .service = item.service,
                                     .state = item.state,
                                     .saved_at = item.saved_at,
                                     .delivered_at = item.delivered_at,
                                     .next_try = item.next_try,
                                     .tries = item.tries,
                                     .last_error = item.last_error,
                                     .utc_offset = desk_utc_offset(desk)};
        link_send(client->link, &ctl_outbox_row_type, &row);
        after = item.seq;
        told++;
    }
    keeper_note(desk, result);
    bool whole = result == STORE_OK || result == STORE_NONE;
    end(client, whole, whole ? "" : unreadable, told == ask->limit ? after : 0);
}

static void
tell_unprinted(struct desk *desk, struct ctl_client *client, const struct ctl_unprinted_ask *ask)
{
    struct ticket list[CTL_PAGE];
    int limit = ask->limit < CTL_PAGE ? ask->limit : CTL_PAGE;
    int count = desk->store != NULL
                    ? ticket_unprinted(desk->store, desk_day(desk), ask->after, list, limit)
                    : -1;
    for (int i = 0; i < count; i++) {
        char number[16];
        number_format(number, list[i].letter, list[i].number);
        struct ctl_ticket_row row = {.ticket = list[i].id,
                                     .number = number,
                                     .issued_at = list[i].issued_at,
                                     .print = PRINT_FAILED,
                                     .utc_offset = desk_utc_offset(desk)};
        link_send(client->link, &ctl_ticket_row_type, &row);
    }
    end(client, count >= 0, count >= 0 ? "" : unreadable,
        count == limit && count > 0 ? list[count - 1].id : 0);
}

struct telling {
    struct link *link;
    bool whole;
};

static void
tell_figure(void *context, const char *name, int64_t count)
{
    struct telling *telling = context;
    struct ctl_figure_row row = {.name = name, .count = count};
    telling->whole = telling->whole && link_send(telling->link, &ctl_figure_row_type, &row);
}

/* A thousand names of 63 letters fit what a connection holds back. */
static void
tell_figures(struct desk *desk, struct ctl_client *client)
{
    struct telling telling = {client->link, desk->store != NULL};
    if (telling.whole) {
        telling.whole =
            keeper_note(desk, tally_each(desk->store, desk_day(desk), tell_figure, &telling)) &&
            telling.whole;
    }
    end(client, telling.whole, telling.whole ? "" : unreadable, 0);
}

static void
tell_pair_code(struct desk *desk, struct ctl_client *client)
{
    char code[CODE_TEXT];
    staff_pair_code(desk, code);
    struct ctl_pair_code message = {code};
    link_send(client->link, &ctl_pair_code_type, &message);
    end(client, true, "", 0);
}

static void
order_done(struct ctl_client *client, const char *fault)
{
    end(client, fault == NULL, fault != NULL ? fault : "", 0);
}

static void
note(struct desk *desk, const char *what)
{
    if (desk->store != NULL) {
        keeper_note(desk, journal_add(desk->store, clock_wall(), "technician", what));
    }
}

/* Answers at once, but for enrolment: that waits for the portal. */
static void
command(struct desk *desk, int place, const struct wire_type *type, const void *message)
{
    struct ctl_client *client = &desk->ctl[place];
    if (type == &ctl_status_ask_type) {
        tell_status(desk, client);
    } else if (type == &ctl_outbox_ask_type) {
        tell_outbox(desk, client, message);
    } else if (type == &ctl_unprinted_ask_type) {
        tell_unprinted(desk, client, message);
    } else if (type == &ctl_figures_ask_type) {
        tell_figures(desk, client);
    } else if (type == &ctl_test_print_type) {
        bool taken = paper_test(desk);
        note(desk, "test print");
        end(client, taken, taken ? "" : "no printer takes it", 0);
    } else if (type == &ctl_print_day_type) {
        const char *fault = paper_day(desk);
        end(client, fault == NULL, fault != NULL ? fault : "", 0);
    } else if (type == &ctl_paper_changed_type) {
        bool taken = paper_changed(desk);
        note(desk, "a new roll of paper");
        end(client, taken, taken ? "" : "the count starts anew, but no printer takes a test slip",
            0);
    } else if (type == &ctl_reprint_type) {
        const struct ctl_reprint *ask = message;
        const char *fault = paper_copy(desk, ask->number);
        note(desk, "a number without paper, printed as a copy");
        end(client, fault == NULL, fault != NULL ? fault : "", 0);
    } else if (type == &ctl_send_now_type) {
        delivery_now(desk);
        note(desk, "send now");
        end(client, desk->courier != NULL, desk->courier != NULL ? "" : "not enrolled", 0);
    } else if (type == &ctl_pair_ask_type) {
        tell_pair_code(desk, client);
    } else if (type == &ctl_unpair_type) {
        order_done(client, staff_unpair(desk));
    } else if (type == &ctl_officer_type) {
        const struct ctl_officer *officer = message;
        order_done(client, officer->key.len == 0 ? staff_remove_officer(desk, officer->name)
                                                 : staff_set_officer(desk, officer->name,
                                                                     officer->salt, officer->key));
    } else if (type == &ctl_enrol_type) {
        const struct ctl_enrol *ask = message;
        const char *fault = enrolment_start(desk, place, ask->url, ask->code);
        note(desk, "enrolment");
        client->until = clock_monotonic() + PATIENCE;
        if (fault != NULL) {
            end(client, false, fault, 0);
        }
    }
}

/* What is queued goes out; the last word said, or nobody there, the place is free. */
static void
move_on(struct desk *desk, int place, bool alive)
{
    struct ctl_client *client = &desk->ctl[place];
    if (!link_flush(client->link) || !alive ||
        (client->answered && !link_wants_write(client->link))) {
        ctl_hang_up(desk, place);
    }
}

void
ctl_done(struct desk *desk, int client, bool ok, const char *reason)
{
    if (client >= 0 && desk->ctl[client].link != NULL) {
        end(&desk->ctl[client], ok, reason, 0);
        move_on(desk, client, true);
    }
}

void
ctl_read(struct desk *desk, int client)
{
    _Alignas(max_align_t) unsigned char message[WIRE_MESSAGE_MAX];
    bool broken = false;
    struct link *link = desk->ctl[client].link;
    bool alive = link_fill(link);
    const struct wire_type *type =
        desk->ctl[client].answered ? NULL : link_next(link, message, &broken);
    if (type != NULL) {
        command(desk, client, type, message);
    }
    move_on(desk, client, alive && !broken);
}
