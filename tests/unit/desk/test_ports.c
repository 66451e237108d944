/* What comes in by the desk's two sockets: from the right user, whole or in halves,
 * sense or nonsense, and to somebody who does not listen. */
#include "stand.h"

#include <grp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "clock.h"
#include "store/outbox.h"
#include "wire/sockets.h"

enum { NOBODY = 65534 };

static struct stand stand;
static const char *source;

static int
set_up(void **state)
{
    (void)state;
    stand_make(&stand, source, &(struct stand_world){0});
    stand_open(&stand);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    stand_close(&stand);
    return 0;
}

/* Does the desk close that descriptor within `ms`? What it still says is passed by. */
static bool
hung_up_on(int fd, int ms)
{
    char bytes[4096];
    int64_t until = clock_monotonic() + ms;
    while (clock_monotonic() < until) {
        struct pollfd one = {.fd = fd, .events = POLLIN};
        if (poll(&one, 1, 50) > 0 && recv(fd, bytes, sizeof bytes, 0) <= 0) {
            return true;
        }
    }
    return false;
}

static void
still_alive(void)
{
    stand_greet(&stand);
    assert_int_equal(stand_submit(&stand, 900).result, SUBMIT_SAVED);
}

/* --- the face's side ---------------------------------------------------------- */

static void
nonsense_ends_the_connection_and_the_desk_dials_again(void **state)
{
    (void)state;
    static const struct {
        const char *name, *bytes;
        size_t len;
    } rows[] = {
        {"a length beyond all frames", "\xff\xff\xff\xff", 4},
        {"a type that is not the face's to say", "\x02\0\0\0\x2d\x01", 6}, // ctl_status
        {"a type that nobody says", "\x02\0\0\0\xff\xff", 6},
        {"an empty frame", "\0\0\0\0", 4},
        {"a frame with bytes left over",
         "\x13\0\0\0\x03\0"
         "12345678"
         "12345678"
         "9",
         23},
        {"a text beyond its limit",
         "\x12\0\0\0\x05\0"
         "12345678"
         "\x20\x4e\0\0"
         "xxxx",
         22},
        {"GET / HTTP/1.1", "GET / HTTP/1.1\r\n\r\n", 18},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("# %s\n", rows[i].name);
        assert_int_equal(send(link_fd(stand.face), rows[i].bytes, rows[i].len, MSG_NOSIGNAL),
                         rows[i].len);
        assert_true(hung_up_on(link_fd(stand.face), 3000));
        still_alive();
    }
}

static void
a_frame_in_halves_waits_for_its_rest(void **state)
{
    (void)state;
    uint8_t frame[256];
    struct face_help help = {.request = 77, .screen = "home"};
    size_t len = wire_encode(&face_help_type, &help, frame, sizeof frame);
    for (size_t i = 0; i < len; i++) {
        assert_null(stand_hear(&stand, &desk_help_answer_type, i < 3 ? 60 : 0));
        assert_int_equal(send(link_fd(stand.face), frame + i, 1, MSG_NOSIGNAL), 1);
    }
    const struct desk_help_answer *answer = stand_hear(&stand, &desk_help_answer_type, 3000);
    assert_non_null(answer);
    assert_int_equal(answer->request, 77);
    assert_false(answer->told); // nobody watches yet: the screen must not say so
    // Half a frame and gone: the rest of the world goes on.
    assert_int_equal(send(link_fd(stand.face), frame, len / 2, MSG_NOSIGNAL), len / 2);
    still_alive();
}

/* What was said before the end is heard, and what it wanted is done. */
static void
a_face_that_leaves_at_once_is_still_served(void **state)
{
    (void)state;
    stand_send_submission(&stand, 5, 1);
    stand_greet(&stand);                              // hangs up first
    assert_int_equal(stand_submit(&stand, 1).seq, 1); // known already
    assert_int_equal(stand_status(&stand).last_seq, 1);
}

/* A face that reads nothing fills the desk's buffer up to its limit, not beyond; and what it
 * wanted meanwhile is saved. */
static void
a_reader_that_sleeps_is_hung_up_on(void **state)
{
    (void)state;
    int sent = 0;
    struct face_lookup ask = {.request = 1, .query = {(const uint8_t *)"q", 1}};
    for (int64_t until = clock_monotonic() + 20000; clock_monotonic() < until; sent++) {
        if (!link_send(stand.face, &face_lookup_type, &ask) || !link_flush(stand.face)) {
            break;
        }
        struct pollfd fd = {.fd = link_fd(stand.face), .events = POLLOUT};
        if (link_wants_write(stand.face)) {
            poll(&fd, 1, 1000);
        }
    }
    print_message("# hung up after %d questions\n", sent);
    assert_true(sent > 10000); // each answer has 18 bytes: megabytes were held for it
    still_alive();
}

static void
nothing_of_one_face_answers_the_next(void **state)
{
    (void)state;
    char number[16];
    stand_ticket(&stand, "A", false, number);
    int64_t first = stand.request;
    stand_greet(&stand); // the face was restarted: it counts from one again
    struct face_reprint again = {.request = 50, .first_request = first};
    stand_say(&stand, &face_reprint_type, &again);
    const struct desk_print_state *paper = stand_hear(&stand, &desk_print_state_type, 3000);
    assert_non_null(paper);
    assert_int_equal(paper->request, 50);
    assert_int_equal(paper->state, PRINT_FAILED);
}

/* As another user, in a child: what does the desk do with it? */
static bool
as_nobody(void (*act)(void))
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        bool dropped = setgroups(0, NULL) == 0 && setgid(NOBODY) == 0 && setuid(NOBODY) == 0;
        if (dropped) {
            act();
        }
        _exit(dropped ? 0 : 1);
    }
    return waitpid(child, &status, 0) == child && status == 0;
}

static void
ask_status_as_nobody(void)
{
    static char nothing;
    _Alignas(max_align_t) unsigned char message[WIRE_MESSAGE_MAX];
    struct link *link = link_create(stand_dial_ctl(&stand), desk_to_ctl);
    bool alive = link != NULL, broken = false, refused = false;
    if (!alive || (link_send(link, &ctl_status_ask_type, &nothing) && !link_flush(link))) {
        _exit(alive ? 0 : 2); // refused while it spoke
    }
    for (int64_t until = clock_monotonic() + 3000; alive && clock_monotonic() < until;) {
        struct pollfd fd = {.fd = link_fd(link), .events = POLLIN};
        poll(&fd, 1, 100);
        alive = link_fill(link);
        const struct wire_type *type = link_next(link, message, &broken);
        refused = refused || (type == &ctl_end_type && !((struct ctl_end *)(void *)message)->ok);
        if (type != NULL && !refused) {
            _exit(3); // it was told something
        }
    }
    _exit(alive ? 4 : 0);
}

static void
another_user_commands_nothing(void **state)
{
    (void)state;
    char path[128];
    if (geteuid() != 0) {
        fail_msg("only root can be somebody else: run the tests as CI does");
    }
    assert_int_equal(chmod(stand.folder, 0755), 0);
    snprintf(path, sizeof path, "%s/run", stand.folder);
    assert_int_equal(chmod(path, 0755), 0);
    snprintf(path, sizeof path, "%s/run/ctl.sock", stand.folder);
    assert_int_equal(chmod(path, 0666), 0); // the file's mode is not the only lock
    assert_true(as_nobody(ask_status_as_nobody));
    assert_int_equal(stand_status(&stand).last_seq, 0);
}

static void
listen_as_nobody(void)
{
    char path[128];
    snprintf(path, sizeof path, "%s/run/face.sock", stand.folder);
    unlink(path);
    int listener = sockets_listen(path, 0666);
    struct pollfd fd = {.fd = listener, .events = POLLIN};
    char bytes[64];
    if (listener < 0 || poll(&fd, 1, 5000) != 1) {
        _exit(2);
    }
    int line = sockets_accept(listener);
    fd.fd = line;
    if (poll(&fd, 1, 3000) != 1 || recv(line, bytes, sizeof bytes, 0) > 0) {
        _exit(3); // it was greeted
    }
}

static void
another_user_is_not_the_face(void **state)
{
    (void)state;
    char path[128];
    assert_int_equal(chmod(stand.folder, 0755), 0);
    snprintf(path, sizeof path, "%s/run", stand.folder);
    assert_int_equal(chmod(path, 0777), 0);
    link_destroy(stand.face);
    stand.face = NULL;
    close(stand.listener);
    assert_true(as_nobody(listen_as_nobody));
    snprintf(path, sizeof path, "%s/run/face.sock", stand.folder);
    unlink(path);
    stand.listener = sockets_listen(path, 0600);
    still_alive();
}

/* --- the technician's side ------------------------------------------------------ */

static void
ctl_takes_sense_only(void **state)
{
    (void)state;
    static const char *const rows[] = {"\xff\xff\xff\xff", "status\n", "\x02\xff\xff\xff\x01"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int fd = stand_dial_ctl(&stand);
        assert_true(fd >= 0);
        assert_int_equal(send(fd, rows[i], strlen(rows[i]), MSG_NOSIGNAL), strlen(rows[i]));
        assert_true(hung_up_on(fd, 3000));
        close(fd);
    }
    // A message of the face's table means nothing here.
    uint8_t frame[64];
    struct face_help help = {.request = 1, .screen = "home"};
    size_t len = wire_encode(&face_help_type, &help, frame, sizeof frame);
    int fd = stand_dial_ctl(&stand);
    assert_int_equal(send(fd, frame, len, MSG_NOSIGNAL), len);
    assert_true(hung_up_on(fd, 3000));
    close(fd);
}

static void
ctl_answers_once_and_closes(void **state)
{
    (void)state;
    uint8_t frames[192];
    char nothing = 0;
    size_t len = 0;
    while (len < 3 * 6) { // three commands at once: one is answered
        len += wire_encode(&ctl_status_ask_type, &nothing, frames + len, sizeof frames - len);
    }
    int fd = stand_dial_ctl(&stand);
    assert_int_equal(send(fd, frames, len, MSG_NOSIGNAL), len);
    struct link *link = link_create(fd, desk_to_ctl);
    _Alignas(max_align_t) unsigned char message[WIRE_MESSAGE_MAX];
    int statuses = 0, ends = 0;
    bool broken = false, alive = true;
    for (int64_t until = clock_monotonic() + 3000; alive && clock_monotonic() < until;) {
        struct pollfd one = {.fd = fd, .events = POLLIN};
        poll(&one, 1, 100);
        alive = link_fill(link);
        const struct wire_type *type;
        while ((type = link_next(link, message, &broken)) != NULL) {
            statuses += type == &ctl_status_type;
            ends += type == &ctl_end_type;
        }
    }
    assert_false(alive);
    assert_int_equal(statuses, 1);
    assert_int_equal(ends, 1);
    link_destroy(link);
}

/* Four that say nothing hold the four places; a fifth is told at once, none waits for ever. */
static void
ctl_has_few_places(void **state)
{
    (void)state;
    int silent[4];
    for (int i = 0; i < 4; i++) {
        silent[i] = stand_dial_ctl(&stand);
        assert_true(silent[i] >= 0);
    }
    int fifth = stand_dial_ctl(&stand);
    assert_true(hung_up_on(fifth, 3000));
    close(fifth);
    for (int i = 0; i < 4; i++) {
        assert_false(hung_up_on(silent[i], 60));
        close(silent[i]);
    }
    for (int i = 0; i < 20; i++) {
        assert_true(stand_status(&stand).face_connected);
    }
}

static void
count_row(void *context, const struct wire_type *type, const void *message)
{
    assert_ptr_equal(type, &ctl_outbox_row_type);
    const struct ctl_outbox_row *row = message;
    int64_t *last = context;
    assert_int_equal(row->seq, *last + 1); // gapless, in order
    assert_string_equal(row->service, "aduan");
    assert_int_equal(row->state, CTL_WAITING);
    *last = row->seq;
}

static void
the_outbox_is_listed_in_pages(void **state)
{
    (void)state;
    int64_t last = 0;
    for (int i = 1; i <= 25; i++) {
        assert_int_equal(stand_submit(&stand, i).seq, i);
    }
    struct ctl_outbox_ask page = {.limit = 10};
    int pages = 0;
    do {
        struct ctl_end end = stand_ctl(&stand, &ctl_outbox_ask_type, &page, count_row, &last);
        assert_true(end.ok);
        page.after = end.next;
        pages++;
    } while (page.after != 0);
    assert_int_equal(last, 25);
    assert_int_equal(pages, 3);
}

static void
status_tells_what_is(void **state)
{
    (void)state;
    char nothing = 0, number[16];
    struct face_visit_end visit = {.outcome = VISIT_DONE, .seconds = 20};
    assert_int_equal(stand_submit(&stand, 1).result, SUBMIT_SAVED);
    assert_int_equal(stand_ticket(&stand, "A", false, number).result, TICKET_ISSUED);
    stand_say(&stand, &face_visit_end_type, &visit);
    stand_await_outbox(&stand, 1, 3000);
    struct ctl_status status = stand_status(&stand);
    assert_int_equal(status.intake, INTAKE_OPEN);
    assert_int_equal(status.printer, PRINTER_OFFLINE);
    assert_int_equal(status.outbox, 1);
    assert_int_equal(status.quarantined, 0);
    assert_int_equal(status.tickets_today, 1);
    assert_int_equal(status.tickets_waiting, 1);
    assert_int_equal(status.tickets_unprinted, 1);
    assert_int_equal(status.visits_today, 1);
    assert_true(status.face_connected);
    assert_false(status.enrolled);
    assert_true(status.store_bytes > 0 && status.disk_free_bytes > 0);
    assert_false(status.clock_uncertain);
    struct ctl_end end = stand_ctl(&stand, &ctl_send_now_type, &nothing, NULL, NULL);
    assert_false(end.ok);
    assert_string_equal(end.reason, "not enrolled");
    end = stand_ctl(&stand, &ctl_test_print_type, &nothing, NULL, NULL);
    assert_false(end.ok);
    assert_string_equal(end.reason, "no printer takes it");
}

static void
keep_zone(void *context, const struct wire_type *type, const void *message)
{
    int32_t *zones = context;
    if (type == &ctl_outbox_row_type) {
        zones[0] = ((const struct ctl_outbox_row *)message)->utc_offset;
    } else if (type == &ctl_ticket_row_type) {
        zones[1] = ((const struct ctl_ticket_row *)message)->utc_offset;
    }
}

static void
times_come_with_the_office_s_zone(void **state)
{
    (void)state;
    char number[16], line[200];
    int32_t zones[2] = {0};
    stand_stop(&stand);
    snprintf(line, sizeof line,
             "sed -i 's/\"utc_offset\": 480/\"utc_offset\": 540/' %s/data/offices/*", stand.folder);
    assert_int_equal(system(line), 0);
    stand_open(&stand);
    stand_submit(&stand, 1);
    stand_ticket(&stand, "A", false, number);
    assert_int_equal(stand_status(&stand).utc_offset, 540);
    struct ctl_outbox_ask outbox = {.limit = 1};
    struct ctl_unprinted_ask unprinted = {.limit = 1};
    stand_ctl(&stand, &ctl_outbox_ask_type, &outbox, keep_zone, zones);
    stand_ctl(&stand, &ctl_unprinted_ask_type, &unprinted, keep_zone, zones);
    assert_int_equal(zones[0], 540);
    assert_int_equal(zones[1], 540);
}

/* Somebody cleaned up the folder, or put something else there. */
static void
a_removed_ctl_comes_back(void **state)
{
    (void)state;
    char path[128];
    snprintf(path, sizeof path, "%s/run/ctl.sock", stand.folder);
    for (int round = 0; round < 2; round++) {
        assert_int_equal(unlink(path), 0);
        int other = round == 1 ? sockets_listen(path, 0600) : -1;
        assert_true(round == 0 || other >= 0);
        close(other); // left behind by a program that is gone
        atomic_fetch_add(&monotonic_shift_ms, 11000);
        assert_int_equal(stand_submit(&stand, round + 1).result, SUBMIT_SAVED); // wakes the loop
        assert_int_equal(stand_submit(&stand, round + 1).result, SUBMIT_SAVED);
        assert_int_equal(stand_status(&stand).outbox, round + 1);
        struct stat about;
        assert_int_equal(lstat(path, &about), 0);
        assert_int_equal(about.st_mode & 0777, 0600);
    }
    // While another program listens there its name is left alone.
    assert_int_equal(unlink(path), 0);
    int other = sockets_listen(path, 0600);
    for (int i = 0; i < 3; i++) {
        atomic_fetch_add(&monotonic_shift_ms, 11000);
        assert_int_equal(stand_submit(&stand, 3).result, SUBMIT_SAVED);
    }
    close(other);
    atomic_fetch_add(&monotonic_shift_ms, 11000);
    stand_submit(&stand, 3);
    stand_submit(&stand, 3);
    assert_int_equal(stand_status(&stand).outbox, 3);
}

/* Promise L5, and no tug-of-war over the face. */
static void
a_second_desk_does_not_start(void **state)
{
    (void)state;
    struct stand second = stand;
    assert_false(stand_start(&second));
    assert_int_equal(stand_submit(&stand, 1).result, SUBMIT_SAVED);
    assert_int_equal(stand_status(&stand).outbox, 1);
}

static void
keep_figure(void *context, const struct wire_type *type, const void *message)
{
    const struct ctl_figure_row *row = message;
    assert_ptr_equal(type, &ctl_figure_row_type);
    size_t len = strlen(context);
    snprintf((char *)context + len, 200 - len, "%s=%d ", row->name, (int)row->count);
}

/* What visits add is told as one day; a thousand names too. */
static void
the_days_numbers_are_told(void **state)
{
    (void)state;
    char told[200] = "", nothing = 0, many[3600] = "";
    struct face_tally tally = {"visit/done skm/sku/u2/4 step/review=7"};
    assert_true(stand_ctl(&stand, &ctl_figures_ask_type, &nothing, keep_figure, told).ok);
    assert_string_equal(told, "");
    stand_say(&stand, &face_tally_type, &tally);
    stand_say(&stand, &face_tally_type, &tally);
    for (int tries = 0; tries < 100 && told[0] == '\0'; tries++) {
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
        assert_true(stand_ctl(&stand, &ctl_figures_ask_type, &nothing, keep_figure, told).ok);
        if (strstr(told, "done=2") == NULL) {
            told[0] = '\0';
        }
    }
    assert_string_equal(told, "skm/sku/u2/4=2 step/review=14 visit/done=2 ");
    for (int i = 0; i < 1000; i++) {
        size_t len = strlen(many);
        snprintf(many + len, sizeof many - len, "left/a-place-with-a-long-name/%d ", i);
        if (strlen(many) > sizeof many - 50 || i == 999) {
            tally.counts = many;
            stand_say(&stand, &face_tally_type, &tally);
            many[0] = '\0';
        }
    }
    assert_true(stand_ctl(&stand, &ctl_figures_ask_type, &nothing, NULL, NULL).ok);
}

int
main(int argc, char **argv)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(the_days_numbers_are_told),
        CASE(nonsense_ends_the_connection_and_the_desk_dials_again),
        CASE(a_frame_in_halves_waits_for_its_rest),
        CASE(a_face_that_leaves_at_once_is_still_served),
        CASE(a_reader_that_sleeps_is_hung_up_on),
        CASE(nothing_of_one_face_answers_the_next),
        CASE(another_user_commands_nothing),
        CASE(another_user_is_not_the_face),
        CASE(ctl_takes_sense_only),
        CASE(ctl_answers_once_and_closes),
        CASE(ctl_has_few_places),
        CASE(the_outbox_is_listed_in_pages),
        CASE(status_tells_what_is),
        CASE(times_come_with_the_office_s_zone),
        CASE(a_removed_ctl_comes_back),
        CASE(a_second_desk_does_not_start),
    };
    source = argc > 1 ? argv[1] : ".";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
