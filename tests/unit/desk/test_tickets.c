/* Queue numbers: committed, then shown, then on paper, and what becomes of them when
 * there is none; days, hours, quotas, and hands that press everything. */
#include "stand.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../print/peer.h"
#include "base/clock.h"
#include "base/files.h"
#include "base/id.h"
#include "clock.h"

enum { HOUR = 3600000, OFFSET = 480 };

static struct stand stand;
static struct peer *peer;
static const char *source;

static const struct script good = {
    .answers = {0x12, 0x12, 0x12, 0x12}, .confirms = true, .clears = true};
static const struct script no_paper = {.answers = {0x1a, 0x32, 0x12, 0x7e}, .clears = true};

/* Wall time as the office's clock will show it: the next one of that hour. */
static void
go_to(int hour, int minute)
{
    struct civil now = civil_at(clock_wall(), OFFSET);
    now.hour = hour;
    now.minute = minute;
    now.second = 0;
    long long there = civil_to_wall(&now, OFFSET);
    there += there <= clock_wall() ? 24 * HOUR : 0;
    atomic_fetch_add(&wall_shift_ms, there - clock_wall());
}

static void
begin(const char *office, const struct script *script)
{
    struct stand_world world = {.office = office};
    peer = script ? peer_start(PEER_TCP, script) : NULL;
    world.printer = peer ? peer_address(peer) : NULL;
    stand_make(&stand, source, &world);
    stand_open(&stand);
}

static int
end(void **state)
{
    (void)state;
    stand_close(&stand);
    if (peer) {
        peer_stop(peer);
        peer = NULL;
    }
    atomic_store(&wall_shift_ms, 0);
    atomic_store(&monotonic_shift_ms, 0);
    return 0;
}

/* How often those letters came to the printer. */
static int
on_paper(const char *words)
{
    size_t len = 0;
    int count = 0;
    uint8_t *bytes = peer_bytes(peer, &len);
    for (uint8_t *at = bytes; (at = memmem(at, len - (size_t)(at - bytes), words, strlen(words)));
         at++) {
        count++;
    }
    free(bytes);
    return count;
}

static void
pass_the_throttle(void)
{
    atomic_fetch_add(&monotonic_shift_ms, 61000);
}

static int64_t
take(const char *queue, const char *expected)
{
    char number[16];
    pass_the_throttle();
    struct desk_ticket_answer answer = stand_ticket(&stand, queue, false, number);
    assert_int_equal(answer.result, TICKET_ISSUED);
    assert_string_equal(number, expected);
    assert_true(answer.ticket > 0);
    return stand.request;
}

struct listed {
    int count;
    char numbers[8][16];
};

static void
keep_number(void *context, const struct wire_type *type, const void *message)
{
    struct listed *listed = context;
    assert_ptr_equal(type, &ctl_ticket_row_type);
    assert_true(listed->count < 8);
    snprintf(listed->numbers[listed->count++], 16, "%s",
             ((const struct ctl_ticket_row *)message)->number);
}

/* The staff's list of numbers without paper. */
static struct listed
unprinted(void)
{
    struct listed listed = {0};
    struct ctl_unprinted_ask ask = {.limit = 8};
    assert_true(stand_ctl(&stand, &ctl_unprinted_ask_type, &ask, keep_number, &listed).ok);
    return listed;
}

static int64_t
reprint(int64_t first)
{
    struct face_reprint ask = {.request = ++stand.request, .first_request = first};
    stand_say(&stand, &face_reprint_type, &ask);
    return ask.request;
}

static void
reserved_printed_confirmed(void **state)
{
    (void)state;
    begin(NULL, &good);
    int64_t request = take("A", "A-001");
    struct desk_print_state paper = stand_paper(&stand, request, 5000);
    assert_int_equal(paper.state, PRINT_DONE);
    assert_int_equal(on_paper("A-001"), 1);
    assert_int_equal(on_paper("SALINAN"), 0);
    assert_int_equal(unprinted().count, 0);
    take("A", "A-002");
    take("B", "B-001");
    assert_int_equal(stand_status(&stand).tickets_today, 3);
}

/* The number is out before the paper is: the answer does not wait for the printer. */
static void
the_answer_comes_before_the_paper(void **state)
{
    (void)state;
    struct script deaf = good;
    deaf.stall_at = 1;
    begin(NULL, &deaf);
    int64_t began = clock_monotonic();
    int64_t request = take("A", "A-001");
    assert_true(clock_monotonic() - began - 61000 < 400);
    struct listed listed = unprinted();
    assert_int_equal(listed.count, 1);
    assert_string_equal(listed.numbers[0], "A-001");
    assert_int_not_equal(stand_paper(&stand, request, 8000).state, PRINT_DONE);
}

static void
no_paper_and_then_a_copy(void **state)
{
    (void)state;
    begin(NULL, &no_paper);
    int64_t request = take("A", "A-001");
    struct desk_print_state paper = stand_paper(&stand, request, 5000);
    assert_int_equal(paper.state, PRINT_FAILED);
    assert_int_equal(paper.cause, PRINTER_PAPER_OUT);
    assert_int_equal(on_paper("A-001"), 0);
    assert_int_equal(unprinted().count, 1);
    peer_change(peer, &good);
    paper = stand_paper(&stand, reprint(request), 5000);
    assert_int_equal(paper.state, PRINT_DONE);
    assert_int_equal(on_paper("A-001"), 1);
    assert_int_equal(on_paper("SALINAN"), 1);
    assert_int_equal(unprinted().count, 0);
    assert_int_equal(stand_status(&stand).tickets_today, 1); // no new number
    take("A", "A-002");
}

/* As the store has it; no desk holds it now. */
static int
print_state_of(const char *letter, int number)
{
    char path[128];
    sqlite3 *db;
    sqlite3_stmt *row;
    snprintf(path, sizeof path, "%s/state/store.db", stand.folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT print FROM ticket WHERE letter = ? AND number = ?",
                                        -1, &row, NULL),
                     SQLITE_OK);
    sqlite3_bind_text(row, 1, letter, -1, SQLITE_STATIC);
    sqlite3_bind_int(row, 2, number);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    int print = sqlite3_column_int(row, 0), on = 1;
    sqlite3_finalize(row);
    sqlite3_file_control(db, NULL, SQLITE_FCNTL_PERSIST_WAL, &on);
    sqlite3_close(db);
    return print;
}

/* A copy that fails does not take the confirmed paper back. */
static void
paper_in_hand_stays_in_hand(void **state)
{
    (void)state;
    begin(NULL, &good);
    int64_t request = take("A", "A-001");
    assert_int_equal(stand_paper(&stand, request, 5000).state, PRINT_DONE);
    peer_change(peer, &no_paper);
    assert_int_equal(stand_paper(&stand, reprint(request), 5000).state, PRINT_FAILED);
    struct script vague = good;
    vague.confirms = false; // it says that it is well, and nothing of the slip
    peer_change(peer, &vague);
    assert_int_equal(stand_paper(&stand, reprint(request), 5000).state, PRINT_PROBABLY);
    stand_stop(&stand);
    assert_int_equal(print_state_of("A", 1), 1); // what was confirmed stays confirmed
    stand_open(&stand);
    assert_int_equal(unprinted().count, 0);
}

static void
paper_belongs_to_its_visit(void **state)
{
    (void)state;
    begin(NULL, &good);
    int64_t request = take("A", "A-001");
    assert_int_equal(stand_paper(&stand, request, 5000).state, PRINT_DONE);
    struct face_visit_end visit = {.outcome = VISIT_DONE};
    stand_say(&stand, &face_visit_end_type, &visit);
    // Another visit may not print it again.
    assert_int_equal(stand_paper(&stand, reprint(request), 5000).state, PRINT_FAILED);
    assert_int_equal(on_paper("SALINAN"), 0);
}

static void
nothing_old_prints_by_itself(void **state)
{
    (void)state;
    struct script deaf = good;
    deaf.stall_at = 1;
    begin(NULL, &deaf);
    int64_t first = take("A", "A-001"), second = take("A", "A-002");
    const struct desk_print_state *paper = stand_hear(&stand, &desk_print_state_type, 3000);
    assert_non_null(paper);
    assert_int_equal(paper->request, second);      // both are with the printer's thread now
    atomic_fetch_add(&monotonic_shift_ms, 121000); // nobody stands there any more
    assert_int_not_equal(stand_paper(&stand, first, 8000).state, PRINT_DONE);
    assert_int_equal(stand_paper(&stand, second, 8000).state, PRINT_FAILED);
    peer_change(peer, &good);
    usleep(300 * 1000);
    assert_int_equal(on_paper("A-002"), 0);
    struct listed listed = unprinted();
    assert_string_equal(listed.numbers[listed.count - 1], "A-002");
    // Nor after a restart: paper comes only when somebody asks.
    stand_restart(&stand);
    stand_await_intake(&stand, INTAKE_OPEN, 5000);
    usleep(300 * 1000);
    assert_int_equal(on_paper("A-002"), 0);
    assert_int_equal(unprinted().count, listed.count);
    take("A", "A-003");
}

/* A desk that ends in the middle of a slip leaves the printer waiting for the rest. The next one
 * ends it and cuts it off, once; after a slip that came to its end it does nothing of the kind. */
static void
a_torn_slip_is_ended_by_the_next_desk(void **state)
{
    (void)state;
    static const char begins[] = "\x1b@";
    struct script deaf = good;
    deaf.stall_at = 300;
    begin(NULL, &deaf);
    take("A", "A-001");
    for (int i = 0; i < 100 && on_paper(begins) == 0; i++) {
        usleep(20 * 1000);
    }
    stand_stop(&stand);
    peer_change(peer, &good);
    stand_open(&stand);
    assert_int_equal(stand_paper(&stand, take("A", "A-002"), 5000).state, PRINT_DONE);
    assert_int_equal(on_paper(begins), 3); // of the torn one, of the ending, of the next
    assert_int_equal(stand_paper(&stand, take("A", "A-003"), 5000).state, PRINT_DONE);
    stand_restart(&stand);
    stand_await_intake(&stand, INTAKE_OPEN, 5000);
    assert_int_equal(stand_paper(&stand, take("A", "A-004"), 5000).state, PRINT_DONE);
    assert_int_equal(on_paper(begins), 5);
    assert_int_equal(on_paper("SALINAN"), 0);
    // One that broke off while the desk was well, and the desk ended before the next.
    struct script ends = good;
    size_t len = 0;
    free(peer_bytes(peer, &len));
    memcpy(ends.later, no_paper.answers, sizeof ends.later);
    ends.later_at = len + 300;
    peer_change(peer, &ends);
    assert_int_equal(stand_paper(&stand, take("A", "A-005"), 8000).state, PRINT_FAILED);
    stand_stop(&stand);
    peer_change(peer, &good);
    stand_open(&stand);
    assert_int_equal(stand_paper(&stand, take("A", "A-006"), 5000).state, PRINT_DONE);
    assert_int_equal(on_paper(begins), 8);
}

/* The face asks a desk that came back for what the old one may have granted. */
static void
a_wish_told_twice_is_one_number(void **state)
{
    (void)state;
    begin(NULL, &good);
    char wish[64];
    snprintf(wish, sizeof wish, "%s", stand_wish());
    struct face_ticket_request ask = {.request = ++stand.request, .id = wish, .queue = "A"};
    stand_say(&stand, &face_ticket_request_type, &ask);
    const struct desk_ticket_answer *answer = stand_hear(&stand, &desk_ticket_answer_type, 3000);
    assert_non_null(answer);
    int64_t ticket = answer->ticket;
    assert_int_equal(stand_paper(&stand, ask.request, 5000).state, PRINT_DONE);
    stand_restart(&stand);
    stand_await_intake(&stand, INTAKE_OPEN, 5000);
    stand_say(&stand, &face_ticket_request_type, &ask);
    answer = stand_hear(&stand, &desk_ticket_answer_type, 3000);
    assert_non_null(answer);
    assert_int_equal(answer->result, TICKET_ISSUED);
    assert_string_equal(answer->number, "A-001");
    assert_int_equal(answer->ticket, ticket);
    assert_int_equal(stand_paper(&stand, ask.request, 5000).state, PRINT_DONE);
    assert_int_equal(on_paper("SALINAN"), 1); // the first one may be in somebody's hand
    assert_int_equal(stand_status(&stand).tickets_today, 1);
    take("A", "A-002");
    struct face_ticket_request bad = {.request = ++stand.request, .id = "1", .queue = "A"};
    pass_the_throttle();
    stand_say(&stand, &face_ticket_request_type, &bad);
    answer = stand_hear(&stand, &desk_ticket_answer_type, 3000);
    assert_non_null(answer);
    assert_int_equal(answer->result, TICKET_FAILED);
}

static struct desk_submit_answer
file_ktp(const char *id, const char *replaces, char number[16])
{
    uint8_t sealed[200] = {(uint8_t)id[35]};
    char code[CODE_TEXT];
    code_make(code);
    struct face_submit submit = {.request = ++stand.request,
                                 .id = id,
                                 .code = code,
                                 .replaces = replaces,
                                 .service = "ktp", // the counter comes next
                                 .language = "id",
                                 .envelope = {sealed, sizeof sealed}};
    stand_say(&stand, &face_submit_type, &submit);
    const struct desk_submit_answer *answer = stand_hear(&stand, &desk_submit_answer_type, 3000);
    assert_non_null(answer);
    assert_int_equal(answer->result, SUBMIT_SAVED);
    snprintf(number, 16, "%s", answer->number);
    return *answer;
}

/* An answer that came too late for the face, and the form sent again with a change. */
static void
a_changed_form_keeps_its_number(void **state)
{
    (void)state;
    char number[16];
    begin(NULL, &good);
    struct desk_submit_answer first = file_ktp("01930000-0000-7000-8000-000000000001", "", number);
    assert_string_equal(number, "B-001");
    assert_int_equal(stand_paper(&stand, stand.request, 5000).state, PRINT_DONE);
    assert_int_equal(on_paper("SALINAN"), 0);
    struct desk_submit_answer later = file_ktp("01930000-0000-7000-8000-000000000002",
                                               "01930000-0000-7000-8000-000000000001", number);
    assert_string_equal(number, "B-001");
    assert_int_equal(later.ticket, first.ticket);
    assert_int_equal(later.seq, 2); // both are kept until the portal has signed for them
    assert_int_equal(stand_paper(&stand, stand.request, 5000).state, PRINT_DONE);
    assert_int_equal(on_paper("SALINAN"), 1);
    assert_int_equal(stand_status(&stand).outbox, 2);
    assert_int_equal(stand_status(&stand).tickets_today, 1);
    file_ktp("01930000-0000-7000-8000-000000000003", "", number); // another's
    assert_string_equal(number, "B-002");
}

static void
the_day_begins_at_the_offices_midnight(void **state)
{
    (void)state;
    begin(NULL, NULL);
    go_to(23, 59);
    take("A", "A-001");
    take("A", "A-002");
    struct face_visit_end visit = {.outcome = VISIT_DONE};
    stand_say(&stand, &face_visit_end_type, &visit);
    take("B", "B-001");
    assert_int_equal(stand_status(&stand).visits_today, 1);
    atomic_fetch_add(&wall_shift_ms, 2 * 60000); // past midnight in Samarinda, 16.01 in Greenwich
    take("A", "A-001");
    assert_int_equal(stand_status(&stand).tickets_today, 1);
    assert_int_equal(stand_status(&stand).visits_today, 0);
    assert_int_equal(unprinted().count, 1); // yesterday's are nobody's any more
    go_to(8, 0);                            // midnight in Greenwich: no new day
    take("A", "A-002");
}

/* The clock steps back a day: what was given is not given again. */
static void
a_clock_that_steps_back_gives_no_number_twice(void **state)
{
    (void)state;
    begin(NULL, NULL);
    go_to(12, 0);
    take("A", "A-001");
    atomic_fetch_add(&wall_shift_ms, 24 * HOUR);
    take("A", "A-001");
    take("A", "A-002");
    atomic_fetch_sub(&wall_shift_ms, 24 * HOUR);
    take("A", "A-002");
    assert_true(stand_status(&stand).clock_uncertain);
}

static void
the_office_is_closed(void **state)
{
    (void)state;
    char number[16];
    begin("walks/offices/closed", NULL);
    struct desk_ticket_answer answer = stand_ticket(&stand, "A", false, number);
    assert_int_equal(answer.result, TICKET_CLOSED);
    assert_string_equal(number, "");
    assert_false(stand.status.tickets_open);
    assert_int_equal(stand_submit(&stand, 1).result, SUBMIT_SAVED); // forms are taken always
}

static void
hours_open_and_close_by_themselves(void **state)
{
    (void)state;
    char number[16];
    go_to(7, 59);
    begin("unit/desk/hours", NULL);
    assert_int_equal(stand_ticket(&stand, "A", false, number).result, TICKET_CLOSED);
    atomic_fetch_add(&wall_shift_ms, 2 * 60000);
    take("A", "A-001");
    go_to(16, 1);
    pass_the_throttle();
    assert_int_equal(stand_ticket(&stand, "A", false, number).result, TICKET_CLOSED);
    assert_int_equal(stand_ticket(&stand, "Z", false, number).result, TICKET_CLOSED);
}

static void
the_quota_is_kept(void **state)
{
    (void)state;
    char number[16];
    go_to(9, 0);
    begin("unit/desk/hours", NULL); // three a day of series A
    take("A", "A-001");
    take("A", "A-002");
    take("A", "A-003");
    pass_the_throttle();
    assert_int_equal(stand_ticket(&stand, "A", false, number).result, TICKET_CLOSED);
    take("B", "B-001");
    stand_restart(&stand);
    stand_await_intake(&stand, INTAKE_OPEN, 5000);
    pass_the_throttle();
    assert_int_equal(stand_ticket(&stand, "A", false, number).result, TICKET_CLOSED);
    go_to(9, 0);
    take("A", "A-001");
}

static void
hands_that_press_everything(void **state)
{
    (void)state;
    char number[16];
    begin(NULL, NULL);
    assert_int_equal(stand_ticket(&stand, "A", false, number).result, TICKET_ISSUED);
    assert_int_equal(stand_ticket(&stand, "A", false, number).result, TICKET_RECENT);
    assert_string_equal(number, "A-001"); // "Anda baru mengambil A-001"
    assert_int_equal(stand_ticket(&stand, "B", true, number).result, TICKET_ISSUED);
    assert_int_equal(stand_ticket(&stand, "A", true, number).result, TICKET_ISSUED);
    assert_int_equal(stand_ticket(&stand, "A", true, number).result, TICKET_ASK_STAFF);
    assert_int_equal(stand_status(&stand).tickets_today, 3);
    take("A", "A-003"); // a minute later it is somebody else
}

static void
priority_has_its_own_series(void **state)
{
    (void)state;
    begin(NULL, NULL);
    struct face_ticket_request ask = {
        .request = ++stand.request, .id = stand_wish(), .queue = "A", .priority = true};
    stand_say(&stand, &face_ticket_request_type, &ask);
    const struct desk_ticket_answer *answer = stand_hear(&stand, &desk_ticket_answer_type, 3000);
    assert_non_null(answer);
    assert_string_equal(answer->number, "P-001");
}

/* Filed here, processed elsewhere: the slip says where, and the copy too. */
static void
the_slip_says_who_processes_it(void **state)
{
    (void)state;
    static const struct {
        const char *office;
        int told;
    } rows[] = {{"6472021001", 0},
                {"", 0},
                {"6472099999", 0},
                {"6472021002", 2}}; // and on what to bring where
    begin(NULL, &good);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t sealed[200] = {(uint8_t)i};
        char code[CODE_TEXT];
        code_make(code);
        struct face_submit submit = {.request = ++stand.request,
                                     .id = stand_wish(),
                                     .code = code,
                                     .service = "sku",
                                     .language = "id",
                                     .office = rows[i].office,
                                     .envelope = {sealed, sizeof sealed}};
        stand_say(&stand, &face_submit_type, &submit);
        assert_int_equal(stand_paper(&stand, submit.request, 5000).state, PRINT_DONE);
        assert_int_equal(on_paper("Kelurahan Baqa"), rows[i].told);
    }
    struct face_reprint again = {.request = stand.request + 1, .first_request = stand.request};
    stand.request++;
    stand_say(&stand, &face_reprint_type, &again);
    assert_int_equal(stand_paper(&stand, again.request, 5000).state, PRINT_DONE);
    assert_int_equal(on_paper("Kelurahan Baqa"), 4);
    assert_int_equal(on_paper("Diproses oleh"), 2);
}

static struct desk_ticket_answer
exchange(const char *id, const char *queue, const char *time)
{
    struct face_ticket_request ask = {
        .request = ++stand.request, .id = id, .queue = queue, .service = "sku", .booking = time};
    stand_say(&stand, &face_ticket_request_type, &ask);
    const struct desk_ticket_answer *answer = stand_hear(&stand, &desk_ticket_answer_type, 3000);
    assert_non_null(answer);
    return *answer;
}

/* Many who booked come at their time: none of them is sent to the officer, each has one number,
 * and nobody else is asked whether he took theirs. */
static void
a_booking_is_a_number_once(void **state)
{
    (void)state;
    char id[UUID_TEXT];
    begin(NULL, &good);
    take("A", "A-001");
    for (int i = 0; i < 5; i++) { // more than hands that press everything may
        snprintf(id, sizeof id, "%s", stand_wish());
        assert_int_equal(exchange(id, "B", "10.00").result, TICKET_ISSUED);
        assert_int_equal(stand_paper(&stand, stand.request, 5000).state, PRINT_DONE);
    }
    assert_int_equal(on_paper("Booking 10.00"), 5);
    assert_int_equal(on_paper("SALINAN"), 0);
    // The portal's answer was lost once, or the desk's: the same number, a copy.
    assert_int_equal(exchange(id, "B", "10.00").result, TICKET_ISSUED);
    assert_int_equal(stand_paper(&stand, stand.request, 5000).state, PRINT_DONE);
    assert_int_equal(on_paper("SALINAN"), 1);
    assert_int_equal(on_paper("Booking 10.00"), 6);
    assert_int_equal(stand_status(&stand).tickets_today, 6);
    char number[16];
    assert_int_equal(stand_ticket(&stand, "A", false, number).result, TICKET_RECENT);
    assert_string_equal(number, "A-001");
    take("B", "B-006");
    assert_int_equal(on_paper("Booking 10.00"), 6); // an ordinary one
}

static int
list_of(const char *service)
{
    struct face_checklist ask = {.request = ++stand.request, .service = service};
    stand_say(&stand, &face_checklist_type, &ask);
    return stand_paper(&stand, ask.request, 5000).state;
}

/* From the page of a service that the desk does not know, of another catalogue, it is a number
 * all the same. */
static void
a_number_of_an_unknown_service(void **state)
{
    (void)state;
    begin(NULL, &good);
    struct face_ticket_request ask = {
        .request = ++stand.request, .id = stand_wish(), .queue = "A", .service = "tidak-ada"};
    stand_say(&stand, &face_ticket_request_type, &ask);
    const struct desk_ticket_answer *answer = stand_hear(&stand, &desk_ticket_answer_type, 3000);
    assert_non_null(answer);
    assert_int_equal(answer->result, TICKET_ISSUED);
    assert_int_equal(stand_paper(&stand, ask.request, 5000).state, PRINT_DONE);
}

/* What to bring is printed also while the counters are closed, but not for ever. */
static void
lists_without_a_number(void **state)
{
    (void)state;
    begin("walks/offices/closed", &good);
    assert_int_equal(list_of("tidak-ada"), PRINT_FAILED);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(list_of("leg"), PRINT_DONE);
    }
    assert_int_equal(list_of("sku"), PRINT_FAILED); // hands that press everything
    assert_int_equal(stand_status(&stand).tickets_today, 0);
    atomic_fetch_add(&monotonic_shift_ms, 61000);
    assert_int_equal(list_of("sku"), PRINT_DONE);
}

/* Name and address as long as they may be, in letters that plain paper shows as "?". */
static void
the_longest_lines_are_on_paper_whole(void **state)
{
    (void)state;
    static const uint8_t nothing;
    begin("unit/desk/longest", &good);
    assert_true(stand_ctl(&stand, &ctl_test_print_type, &nothing, NULL, NULL).ok);
    for (int i = 0; i < 300 && on_paper("QR utuh") == 0; i++) {
        usleep(10000);
    }
    assert_int_equal(on_paper("?"), 60 + 120 + 1); // and the question at the end
}

int
main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN); // the peer's; the desk ignores its own
#define CASE(name) cmocka_unit_test_teardown(name, end)
    const struct CMUnitTest tests[] = {
        CASE(reserved_printed_confirmed),
        CASE(the_answer_comes_before_the_paper),
        CASE(no_paper_and_then_a_copy),
        CASE(paper_in_hand_stays_in_hand),
        CASE(paper_belongs_to_its_visit),
        CASE(nothing_old_prints_by_itself),
        CASE(a_torn_slip_is_ended_by_the_next_desk),
        CASE(a_wish_told_twice_is_one_number),
        CASE(a_changed_form_keeps_its_number),
        CASE(the_day_begins_at_the_offices_midnight),
        CASE(a_clock_that_steps_back_gives_no_number_twice),
        CASE(the_office_is_closed),
        CASE(hours_open_and_close_by_themselves),
        CASE(the_quota_is_kept),
        CASE(hands_that_press_everything),
        CASE(priority_has_its_own_series),
        CASE(a_number_of_an_unknown_service),
        CASE(the_slip_says_who_processes_it),
        CASE(a_booking_is_a_number_once),
        CASE(lists_without_a_number),
        CASE(the_longest_lines_are_on_paper_whole),
    };
    source = argc > 1 ? argv[1] : ".";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
