/* hall.sock: one anjungan-hall at a time. It is told all of today when it dials, then what
 * changes: the store numbers every change of a ticket, so nothing that writes one needs to
 * think of the hall. */
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/log.h"
#include "desk/parts.h"
#include "store/calls.h"
#include "store/journal.h"
#include "wire/hall_messages.h"
#include "wire/sockets.h"

enum { LOOK = 10000, HALL_BATCH = 64 };

static const char hall_user[] = "anjungan-hall";

static void
send(struct desk *desk, const struct wire_type *type, const void *message)
{
    if (desk->hall != NULL && !link_send(desk->hall, type, message)) {
        log_warning("the hall does not take %s; hanging up", type->name);
        hall_hang_up(desk);
    }
}

void
hall_open(struct desk *desk, int64_t now)
{
    char path[PATH_BYTES];
    struct stat about;
    if (now < desk->hall_check) {
        return;
    }
    desk->hall_check = now + LOOK;
    snprintf(path, sizeof path, "%s/hall.sock", desk->settings->kiosk.socket_dir);
    bool there = lstat(path, &about) == 0;
    if (desk->hall_listener >= 0 && there && about.st_ino == desk->hall_file) {
        return;
    }
    if (desk->hall_listener >= 0) {
        log_warning("%s was removed; it is made again", path);
        close(desk->hall_listener);
    }
    desk->hall_listener = sockets_listen(path, 0666); // who dials is looked at below
    desk->hall_file = desk->hall_listener >= 0 && lstat(path, &about) == 0 ? about.st_ino : 0;
}

void
hall_hang_up(struct desk *desk)
{
    link_destroy(desk->hall);
    desk->hall = NULL;
    memset(desk->seats, 0, sizeof desk->seats);
    desk->help_since = 0;
}

static bool
is_the_hall(int fd)
{
    int user = sockets_peer_user(fd);
    const struct passwd *hall = getpwnam(hall_user);
    if (user == 0 || user == (int)geteuid() || (hall != NULL && user == (int)hall->pw_uid)) {
        return true;
    }
    log_warning("hall.sock: user %d is not the hall", user);
    return false;
}

/* A new one takes the place of the old one, which may hang. */
void
hall_accept(struct desk *desk)
{
    int fd = sockets_accept(desk->hall_listener);
    if (fd < 0) {
        desk->hall_rest = fd == SOCKETS_LATER ? clock_monotonic() + SOCKETS_REST : 0;
        return;
    }
    if (!is_the_hall(fd)) {
        close(fd);
        return;
    }
    hall_hang_up(desk);
    desk->hall = link_create(fd, hall_to_desk);
    hall_begin(desk);
}

/* --- telling ------------------------------------------------------------------------------- */

static void
tell_counters(struct desk *desk)
{
    const struct counter *list;
    size_t count = desk->office != NULL ? office_counters(desk->office, &list) : 0;
    for (size_t i = 0; i < count; i++) {
        struct hall_counter message = {list[i].number, list[i].name, list[i].series};
        send(desk, &hall_counter_type, &message);
    }
}

static void
tell_officer(void *context, const char *name, const uint8_t *salt)
{
    struct hall_officer message = {name, {salt, HALL_SALT}};
    send(context, &hall_officer_type, &message);
}

void
hall_officers(struct desk *desk)
{
    if (desk->hall != NULL) {
        staff_each_officer(desk, tell_officer, desk);
    }
}

void
hall_begin(struct desk *desk)
{
    struct civil now = desk_civil(desk);
    char day[DATE_TEXT];
    if (desk->hall == NULL) {
        return;
    }
    civil_date(&now, day);
    desk->hall_day = desk_day(desk);
    desk->hall_change = desk->hall_call = 0;
    desk->hall_writes = -1;
    struct hall_office office = {
        .kiosk = desk->settings->kiosk.id,
        .name = desk->office != NULL ? office_name(desk->office) : "",
        .day = day,
        .utc_offset = desk->office != NULL ? office_utc_offset(desk->office) : 480,
        .recalls = desk->office != NULL ? office_calling(desk->office)->recalls : 0,
        .notice = desk->office != NULL ? office_notice(desk->office, &now) : "",
    };
    send(desk, &hall_office_type, &office);
    tell_counters(desk);
    hall_officers(desk);
    struct hall_help help = {desk->help_since};
    send(desk, &hall_help_type, &help);
}

static void
tell_ticket(struct desk *desk, const struct ticket *ticket)
{
    static const enum print_state prints[] = {[TICKET_UNPRINTED] = PRINT_FAILED,
                                              [TICKET_PRINTED] = PRINT_DONE,
                                              [TICKET_PROBABLY] = PRINT_PROBABLY};
    char number[16];
    struct outbox_item item;
    const struct service *service = desk_service(desk, ticket->service);
    bool filed =
        ticket->submission != 0 && outbox_get(desk->store, ticket->submission, &item) == STORE_OK;
    number_format(number, ticket->letter, ticket->number);
    struct hall_ticket message = {
        .ticket = ticket->id,
        .number = number,
        .life = (int32_t)ticket->life,
        .print = prints[ticket->print],
        .priority = ticket->priority,
        .booking = ticket->booking,
        .service = service != NULL ? words_in(&service->title, LANGUAGE_ID) : "",
        .code = filed ? item.code : "",
        .issued_at = ticket->issued_at,
        .called_at = ticket->called_at,
        .ended_at = ticket->ended_at,
        .counter = ticket->counter,
        .aim = ticket->aim,
        .calls = ticket->calls,
        .copies = ticket->copies,
    };
    send(desk, &hall_ticket_type, &message);
}

static bool
tell_tickets(struct desk *desk)
{
    static struct ticket list[HALL_BATCH];
    int count;
    do {
        count = ticket_changed(desk->store, desk->hall_day, desk->hall_change, list, HALL_BATCH);
        for (int i = 0; i < count; i++) {
            tell_ticket(desk, &list[i]);
            desk->hall_change = list[i].change;
        }
    } while (count == HALL_BATCH && desk->hall != NULL);
    return count >= 0;
}

static void
tell_call(struct desk *desk, const struct call *call)
{
    char number[16];
    struct ticket ticket;
    if (ticket_get(desk->store, call->ticket, &ticket) != STORE_OK) {
        return;
    }
    number_format(number, ticket.letter, ticket.number);
    int most = desk->office != NULL ? office_calling(desk->office)->recalls : 0;
    struct hall_call message = {.seq = call->seq,
                                .ticket = call->ticket,
                                .number = number,
                                .counter = call->counter,
                                .at = call->at,
                                .last = call->again && ticket.calls >= most};
    send(desk, &hall_call_type, &message);
}

static void
tell_calls(struct desk *desk)
{
    struct call list[HALL_BATCH];
    int count;
    do {
        count = call_log(desk->store, desk->hall_day, desk->hall_call, list, HALL_BATCH);
        for (int i = 0; i < count; i++) {
            tell_call(desk, &list[i]);
            desk->hall_call = list[i].seq;
        }
    } while (count == HALL_BATCH && desk->hall != NULL);
}

void
hall_tell(struct desk *desk)
{
    if (desk->hall == NULL) {
        return;
    }
    if (desk->hall_day != desk_day(desk)) {
        hall_begin(desk);
    }
    if (desk->store != NULL && desk->hall_writes != store_ticket_writes(desk->store)) {
        int64_t writes = store_ticket_writes(desk->store);
        if (tell_tickets(desk)) {
            tell_calls(desk);
            desk->hall_writes = writes;
        }
    }
    if (desk->hall != NULL && !link_flush(desk->hall)) {
        hall_hang_up(desk);
    }
}

bool
hall_help(struct desk *desk)
{
    if (desk->hall == NULL) {
        return false;
    }
    bool seats = false;
    for (int i = 0; i <= COUNTER_MOST; i++) {
        seats = seats || desk->seats[i][0] != '\0';
    }
    if (desk->help_since == 0) {
        desk->help_since = clock_wall();
        struct hall_help help = {desk->help_since};
        send(desk, &hall_help_type, &help);
    }
    return seats && desk->hall != NULL; // somebody sits there to see it
}

/* --- hearing -------------------------------------------------------------------------------- */

static void
done(struct desk *desk, int64_t request, enum hall_result result, int64_t ticket, int wait,
     int count)
{
    if (desk->store != NULL) {
        hall_tell(desk); // what came of it is known before the answer
    }
    struct hall_done message = {request, (int32_t)result, ticket, wait, count};
    send(desk, &hall_done_type, &message);
}

static void
seat(struct desk *desk, const struct hall_seat *seat)
{
    if (seat->counter >= 1 && seat->counter <= COUNTER_MOST) {
        snprintf(desk->seats[seat->counter], sizeof desk->seats[0], "%s", seat->officer);
    }
}

static void
help_seen(struct desk *desk, const struct hall_help_seen *seen)
{
    struct hall_help help = {0};
    if (desk->help_since != 0 && desk->store != NULL) {
        keeper_note(desk,
                    journal_add(desk->store, clock_wall(), seen->officer, "goes to who called"));
    }
    desk->help_since = 0;
    send(desk, &hall_help_type, &help);
}

static void
hear(struct desk *desk, const struct wire_type *type, const void *message)
{
    struct ticket ticket = {0};
    int wait = 0, count = 0;
    if (type == &hall_next_type) {
        const struct hall_next *next = message;
        enum hall_result result = counters_next(desk, next->counter, &ticket);
        desk->mirror_due = desk->mirror_due || result == HALL_DONE;
        done(desk, next->request, result, ticket.id, 0, 0);
    } else if (type == &hall_do_type) {
        const struct hall_do *order = message;
        enum hall_result result = counters_do(desk, order, &ticket);
        desk->mirror_due = desk->mirror_due || result == HALL_DONE;
        done(desk, order->request, result, ticket.id, 0, 0);
    } else if (type == &hall_void_type) {
        const struct hall_void *order = message;
        enum hall_result result = counters_void(desk, order, &count);
        done(desk, order->request, result, 0, 0, count);
    } else if (type == &hall_seat_type) {
        seat(desk, message);
    } else if (type == &hall_help_seen_type) {
        help_seen(desk, message);
    } else if (type == &hall_pair_type) {
        const struct hall_pair *pair = message;
        done(desk, pair->request, staff_pair(desk, pair), 0, 0, 0);
    } else if (type == &hall_browser_type) {
        const struct hall_browser *browser = message;
        done(desk, browser->request, staff_browser(desk, browser->browser), 0, 0, 0);
    } else if (type == &hall_sign_in_type) {
        const struct hall_sign_in *sign_in = message;
        enum hall_result result = staff_sign_in(desk, sign_in->officer, sign_in->key, &wait);
        done(desk, sign_in->request, result, 0, wait, 0);
    }
}

void
hall_read(struct desk *desk)
{
    _Alignas(max_align_t) unsigned char message[WIRE_MESSAGE_MAX];
    bool broken = false, alive = link_fill(desk->hall);
    const struct wire_type *type;
    while (desk->hall != NULL && (type = link_next(desk->hall, message, &broken)) != NULL) {
        hear(desk, type, message);
    }
    if (desk->hall != NULL && (!alive || broken || !link_flush(desk->hall))) {
        hall_hang_up(desk);
    }
}
