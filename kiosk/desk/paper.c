/* What goes to the printer and what comes of it. The number is committed before it
 * comes here; here it only becomes paper, or the screen and the staff learn why not. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "desk/parts.h"
#include "store/journal.h"

static enum printer_state
state_of(enum spool_state state)
{
    static const enum printer_state words[] = {
        [SPOOL_READY] = PRINTER_READY,         [SPOOL_NEAR_END] = PRINTER_NEAR_END,
        [SPOOL_PAPER_OUT] = PRINTER_PAPER_OUT, [SPOOL_COVER_OPEN] = PRINTER_COVER_OPEN,
        [SPOOL_CUTTER] = PRINTER_CUTTER,       [SPOOL_HOT] = PRINTER_HOT,
        [SPOOL_OFFLINE] = PRINTER_OFFLINE,     [SPOOL_UNKNOWN] = PRINTER_UNKNOWN,
    };
    return words[state];
}

/* The first slip would pay for opening every size of the letters: draw one for nobody. */
static void
warm_up(struct desk *desk)
{
    struct slip slip = {.count = 0};
    slip_of_test(desk, &slip);
    raster_destroy(slip_raster(&slip, desk->type, profile_dots(desk->profile),
                               profile_dots_per_mm(desk->profile)));
}

/* A file says that a slip is under way, or that one broke off. A desk that finds it at its start
 * follows one that ended before that was mended: the printer may wait for the rest of a picture,
 * and would take the next slip for it. Not flushed: after a power cut the printer has forgotten
 * too. */
static const char *
under_way(const struct desk *desk, char path[PATH_BYTES])
{
    snprintf(path, PATH_BYTES, "%s/printing", desk->settings->kiosk.state_dir);
    return path;
}

static void
note_begin(const struct desk *desk)
{
    char path[PATH_BYTES];
    int fd = open(under_way(desk, path), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        log_warning("%s: %s", path, strerror(errno)); // prints all the same
        return;
    }
    close(fd);
}

static void
note_end(const struct desk *desk)
{
    char path[PATH_BYTES];
    for (int i = 0; i < JOBS; i++) {
        if (desk->jobs[i].job != 0) {
            return;
        }
    }
    unlink(under_way(desk, path));
}

static bool
take_profile(struct desk *desk, const char *name)
{
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/printers/%s.ini", desk->settings->kiosk.data_dir, name);
    profile_destroy(desk->profile); // of an earlier try
    desk->profile = profile_load(path);
    desk->profile_name = name;
    if (desk->profile == NULL) {
        log_error("%s: no printer profile that can be used", path);
    }
    return desk->profile != NULL;
}

/* With a profile that is missing or wrong the kiosk goes on in plain letters: every printer
 * knows them. */
static bool
load_profile(struct desk *desk)
{
    static const char spare[] = "safe";
    const char *wanted = desk->settings->printer.profile;
    if (take_profile(desk, wanted)) {
        return true;
    }
    if (strcmp(wanted, spare) == 0 || !take_profile(desk, spare)) {
        log_error("nothing prints");
        return false;
    }
    log_error("slips are printed in plain letters, by the profile %s", spare);
    return true;
}

void
paper_start(struct desk *desk)
{
    char path[PATH_BYTES];
    const struct settings *s = desk->settings;
    desk->printer = PRINTER_OFFLINE;
    desk->profile_name = s->printer.profile;
    if (strcmp(s->printer.address, "none") == 0 || !load_profile(desk)) {
        return;
    }
    desk->spool = spool_start(s->printer.address, desk->profile);
    desk->printer = desk->spool != NULL ? PRINTER_UNKNOWN : PRINTER_OFFLINE;
    if (desk->spool != NULL && access(under_way(desk, path), F_OK) == 0) {
        spool_broke_off(desk->spool);
    }
    warm_up(desk);
}

static void
tell_print(struct desk *desk, int64_t request, enum print_state state, enum printer_state cause)
{
    if (request == 0) {
        return; // a test slip: nobody's visit
    }
    struct desk_print_state message = {.request = request, .state = state, .cause = cause};
    face_send(desk, &desk_print_state_type, &message);
}

/* A place for a job that is on its way, the oldest if all are taken. */
static struct job *
new_job(struct desk *desk)
{
    struct job *oldest = &desk->jobs[0];
    for (int i = 0; i < JOBS; i++) {
        if (desk->jobs[i].job < oldest->job) {
            oldest = &desk->jobs[i];
        }
    }
    *oldest = (struct job){.job = ++desk->next_job};
    return oldest;
}

static bool
print(struct desk *desk, int64_t request, int64_t ticket, struct slip *slip)
{
    slip->letters = request != 0 ? desk->letters : 0; // what staff print is nobody's visit
    struct job *job = new_job(desk);
    job->request = request;
    job->ticket = ticket;
    if (desk->spool != NULL) {
        note_begin(desk);
    }
    bool taken = desk->spool != NULL &&
                 spool_print_slip(desk->spool, job->job, slip, desk->type, clock_monotonic());
    if (!taken) {
        job->job = 0;
    }
    tell_print(desk, request, taken ? PRINT_WORKING : PRINT_FAILED,
               taken ? PRINTER_READY : PRINTER_OFFLINE);
    return taken;
}

bool
paper_ticket(struct desk *desk, const struct asked *asked, const struct ticket *ticket, bool copy)
{
    struct slip slip = {.count = 0};
    int minutes, ahead = tickets_ahead(desk, ticket, &minutes);
    slip_of_ticket(desk, ticket, ahead, minutes, copy, &slip);
    return print(desk, asked->request, ticket->id, &slip);
}

void
paper_receipt(struct desk *desk, struct asked *asked, const struct outbox_item *item,
              const struct ticket *ticket, bool copy)
{
    struct slip slip = {.count = 0};
    int minutes = -1, ahead = ticket != NULL ? tickets_ahead(desk, ticket, &minutes) : 0;
    slip_of_receipt(desk, item, ticket, asked, ahead, minutes, copy, &slip);
    print(desk, asked->request, ticket != NULL ? ticket->id : 0, &slip);
}

void
paper_payment(struct desk *desk, const struct face_payment *payment)
{
    struct slip slip = {.count = 0};
    slip_of_payment(desk, payment, &slip);
    print(desk, payment->request, 0, &slip);
}

/* The same number or code again, marked as a copy; only what this visit was given. */
void
paper_reprint(struct desk *desk, const struct face_reprint *reprint)
{
    struct asked *first = face_find(desk, reprint->first_request);
    struct ticket ticket;
    struct outbox_item item;
    if (first == NULL || desk->store == NULL) {
        tell_print(desk, reprint->request, PRINT_FAILED, PRINTER_UNKNOWN);
        return;
    }
    bool has_ticket =
        first->ticket != 0 && ticket_get(desk->store, first->ticket, &ticket) == STORE_OK;
    bool has_item = first->seq != 0 && outbox_get(desk->store, first->seq, &item) == STORE_OK;
    if (has_ticket) {
        keeper_note(desk, ticket_copied(desk->store, ticket.id));
    }
    struct asked again = *first;
    again.request = reprint->request;
    if (desk->store != NULL && has_item) {
        paper_receipt(desk, &again, &item, has_ticket ? &ticket : NULL, true);
    } else if (desk->store != NULL && has_ticket) {
        paper_ticket(desk, &again, &ticket, true);
    } else {
        tell_print(desk, reprint->request, PRINT_FAILED, PRINTER_UNKNOWN);
        return;
    }
    if (desk->face != NULL) {
        *face_remember(desk, reprint->request) = again;
    }
}

/* Today's ticket without paper that has this number on the screen. */
static bool
find_unprinted(struct desk *desk, const char *number, struct ticket *found)
{
    struct ticket list[BATCH / 4];
    const int most = sizeof list / sizeof *list;
    int count = most;
    for (int64_t after = 0; count == most; after = list[most - 1].id) {
        count = ticket_unprinted(desk->store, desk_day(desk), after, list, most);
        for (int i = 0; i < count; i++) {
            char own[16];
            number_format(own, list[i].letter, list[i].number);
            if (strcasecmp(own, number) == 0) {
                *found = list[i];
                return true;
            }
        }
    }
    return false;
}

bool
paper_again(struct desk *desk, const struct ticket *ticket)
{
    static const struct asked nobody = {.request = 0};
    keeper_note(desk, ticket_copied(desk->store, ticket->id));
    return paper_ticket(desk, &nobody, ticket, true);
}

const char *
paper_copy(struct desk *desk, const char *number)
{
    struct ticket ticket;
    if (desk->store == NULL) {
        return "the store is closed now";
    }
    if (!find_unprinted(desk, number, &ticket)) {
        return "no number of today that is without paper is called so";
    }
    return paper_again(desk, &ticket) ? NULL : "no printer takes it";
}

/* Paper is not for playing: so many lists in a row, then a pause as for numbers. */
static bool
too_many_lists(struct desk *desk, int64_t now)
{
    bool recent = desk->last_list_at != 0 &&
                  now - desk->last_list_at < (int64_t)desk->settings->tickets.recent * 1000;
    desk->lists_in_a_row = recent ? desk->lists_in_a_row : 0;
    return desk->lists_in_a_row >= desk->settings->tickets.in_a_row;
}

/* What to bring. Nothing is promised by it, so it needs neither store nor opening hours. */
void
paper_checklist(struct desk *desk, const struct face_checklist *checklist)
{
    struct slip slip = {.count = 0};
    const struct service *service = desk_service(desk, checklist->service);
    int64_t now = clock_monotonic();
    if (service == NULL || too_many_lists(desk, now)) {
        tell_print(desk, checklist->request, PRINT_FAILED, PRINTER_UNKNOWN);
        return;
    }
    slip_of_checklist(desk, service, &slip);
    if (print(desk, checklist->request, 0, &slip)) {
        desk->last_list_at = now;
        desk->lists_in_a_row++;
    }
}

bool
paper_test(struct desk *desk)
{
    struct slip slip = {.count = 0};
    slip_of_test(desk, &slip);
    return print(desk, 0, 0, &slip);
}

const char *
paper_day(struct desk *desk)
{
    struct slip slip = {.count = 0};
    if (!slip_of_day(desk, &slip)) {
        return "the store is closed or cannot be read now";
    }
    return print(desk, 0, 0, &slip) ? NULL : "no printer takes it";
}

bool
paper_changed(struct desk *desk)
{
    roll_changed(desk);
    return paper_test(desk);
}

static void
job_ended(struct desk *desk, const struct spool_event *event)
{
    static const enum print_state states[] = {[SPOOL_PRINTED] = PRINT_DONE,
                                              [SPOOL_PROBABLY] = PRINT_PROBABLY,
                                              [SPOOL_FAILED] = PRINT_FAILED};
    struct job *job = NULL;
    for (int i = 0; i < JOBS; i++) {
        if (desk->jobs[i].job == event->job) {
            job = &desk->jobs[i];
        }
    }
    if (job == NULL || event->job == 0) {
        return;
    }
    if (job->ticket != 0 && event->outcome != SPOOL_FAILED && desk->store != NULL) {
        keeper_note(desk, ticket_set_print(desk->store, job->ticket,
                                           event->outcome == SPOOL_PRINTED ? TICKET_PRINTED
                                                                           : TICKET_PROBABLY));
        desk->mirror_due = true;
    }
    tell_print(desk, job->request, states[event->outcome], state_of(event->state));
    *job = (struct job){0};
    if (!event->torn) {
        note_end(desk);
    }
}

void
paper_events(struct desk *desk)
{
    struct spool_event event;
    while (spool_event(desk->spool, &event)) {
        desk->printer = state_of(spool_state(desk->spool));
        roll_watch(desk); // before the slip is counted: it is the first of a new roll
        if (event.is_job) {
            job_ended(desk, &event);
        }
        if (event.mm > 0) {
            roll_used(desk, event.mm);
        }
    }
}
