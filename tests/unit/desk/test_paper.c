/* What staff do with the printer: another profile, another roll, the list of what has no paper. */
#include "stand.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../print/peer.h"
#include "base/clock.h"
#include "base/files.h"
#include "clock.h"

static struct stand stand;
static struct peer *peer;
static const char *source;

static const struct script good = {
    .answers = {0x12, 0x12, 0x12, 0x12}, .confirms = true, .clears = true};

static const struct script no_paper = {.answers = {0x1a, 0x32, 0x12, 0x7e}, .clears = true};

static void
make(const struct script *script, const char *more)
{
    struct stand_world world = {.more = more};
    peer = peer_start(PEER_TCP, script);
    world.printer = peer_address(peer);
    stand_make(&stand, source, &world);
}

static int
end(void **state)
{
    (void)state;
    stand_close(&stand);
    peer_stop(peer);
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

/* The next number, and what became of its paper. */
static struct desk_print_state
take(const char *expected)
{
    char number[16];
    atomic_fetch_add(&monotonic_shift_ms, 61000); // past the throttle
    assert_int_equal(stand_ticket(&stand, "A", false, number).result, TICKET_ISSUED);
    assert_string_equal(number, expected);
    return stand_paper(&stand, stand.request, 5000);
}

static void
write_profile(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/data/printers/%s.ini", stand.folder, name);
    assert_true(files_replace(path, text, strlen(text), 0600));
}

struct told {
    char printer[200];
};

static void
keep_told(void *context, const struct wire_type *type, const void *message)
{
    assert_ptr_equal(type, &ctl_status_type);
    struct told *told = context;
    const struct ctl_status *status = message;
    snprintf(told->printer, sizeof told->printer, "%s", status->printer_name);
}

static struct told
ask_status(void)
{
    struct told told = {""};
    char nothing = 0;
    assert_true(stand_ctl(&stand, &ctl_status_ask_type, &nothing, keep_told, &told).ok);
    return told;
}

static const char plain[] = "[paper]\ndots = 384\nmode = text\ncolumns = 32\n"
                            "[cut]\ncommand = none\n[status]\nconfirm = none\nrealtime = no\n";

/* With a profile that cannot be, slips come in plain letters, and the technician reads why. */
static void
a_wrong_profile_prints_by_the_safe_one(void **state)
{
    (void)state;
    make(&good, NULL);
    write_profile("quick", "[paper]\ndots = 5000\nmode = text\n");
    write_profile("safe", plain);
    stand_open(&stand);
    assert_int_equal(take("A-001").state, PRINT_PROBABLY);
    assert_int_equal(on_paper("A-001"), 1);
    struct told told = ask_status();
    if (strncmp(told.printer, "safe, for want of a usable quick tcp:", 37) != 0) {
        fail_msg("%s", told.printer);
    }
}

static void
without_any_profile_the_desk_goes_on(void **state)
{
    (void)state;
    make(&good, NULL);
    write_profile("quick", "[cut]\ncommand = axe\n");
    stand_open(&stand);
    struct desk_print_state paper = take("A-001");
    assert_int_equal(paper.state, PRINT_FAILED);
    assert_int_equal(paper.cause, PRINTER_OFFLINE);
    assert_int_equal(stand_status(&stand).tickets_unprinted, 1);
}

static bool
reprint(const char *number, const char *reason)
{
    struct ctl_reprint ask = {.number = number};
    struct ctl_end end = stand_ctl(&stand, &ctl_reprint_type, &ask, NULL, NULL);
    assert_string_equal(end.reason, reason);
    return end.ok;
}

static void
await_unprinted(int count)
{
    for (int i = 0; i < 200 && stand_status(&stand).tickets_unprinted != count; i++) {
        usleep(10 * 1000);
    }
    assert_int_equal(stand_status(&stand).tickets_unprinted, count);
}

/* The visitor has left with the number in mind; the paper came later, from staff. */
static void
staff_print_what_has_no_paper(void **state)
{
    (void)state;
    static const char none[] = "no number of today that is without paper is called so";
    make(&no_paper, NULL);
    stand_open(&stand);
    assert_int_equal(take("A-001").state, PRINT_FAILED);
    assert_int_equal(take("A-002").state, PRINT_FAILED);
    assert_true(reprint("A-002", "")); // taken, and failed: it stays on the list
    await_unprinted(2);
    peer_change(peer, &good);
    assert_int_equal(on_paper("A-00"), 0);
    assert_true(reprint("a-002", ""));
    await_unprinted(1);
    assert_int_equal(on_paper("A-002"), 1);
    assert_int_equal(on_paper("SALINAN"), 1);
    assert_false(reprint("A-002", none)); // it has its paper now
    assert_false(reprint("A-003", none));
    assert_false(reprint("", none));
    assert_int_equal(stand_status(&stand).tickets_today, 2);
    atomic_fetch_add(&wall_shift_ms, 86400000); // no number of yesterday
    assert_false(reprint("A-001", none));
}

/* The roll as a technician sees it, once it has counted so many slips. */
static struct ctl_status
await_slips(int slips)
{
    struct ctl_status status = stand_status(&stand);
    for (int i = 0; i < 200 && status.roll_slips != slips; i++) {
        usleep(10 * 1000);
        status = stand_status(&stand);
    }
    assert_int_equal(status.roll_slips, slips);
    return status;
}

static const char metres[] = "[portal]\nseal_key =\n[printer]\nroll_m = 5\n";

/* Millimetres of slips, through restarts; a slip that never came out is none. */
static void
the_roll_is_counted(void **state)
{
    (void)state;
    make(&good, metres);
    stand_open(&stand);
    struct ctl_status status = stand_status(&stand);
    assert_int_equal(status.roll_mm, 0);
    assert_int_equal(status.roll_left, 33);
    take("A-001");
    status = await_slips(1);
    int64_t slip = status.roll_mm;
    assert_in_range(slip, 60, 250);
    stand_restart(&stand);
    stand_await_intake(&stand, INTAKE_OPEN, 5000);
    status = await_slips(1);
    assert_int_equal(status.roll_mm, slip);
    for (int i = 2; i <= 6; i++) {
        char number[16];
        snprintf(number, sizeof number, "A-%03d", i);
        take(number);
    }
    status = await_slips(6);
    assert_in_range(status.roll_mm, 6 * slip - 6, 6 * slip + 6);
    assert_int_equal(status.roll_left, (5000 - status.roll_mm) / (status.roll_mm / 6));
}

/* Few slips are left: staff are told, in good time, and nobody else. */
static void
the_end_of_the_roll_is_foreseen(void **state)
{
    (void)state;
    make(&good, metres);
    stand_open(&stand);
    int taken = 0;
    struct ctl_status status = {.roll_left = INT32_MAX};
    while (status.roll_left >= 25) {
        char number[16];
        assert_true(++taken < 60);
        assert_int_equal(stand_status(&stand).printer, PRINTER_READY);
        snprintf(number, sizeof number, "A-%03d", taken);
        assert_int_equal(take(number).state, PRINT_DONE);
        status = await_slips(taken);
    }
    assert_int_equal(status.printer, PRINTER_NEAR_END);
    char nothing = 0;
    assert_true(stand_ctl(&stand, &ctl_paper_changed_type, &nothing, NULL, NULL).ok);
    status = await_slips(1); // the test slip
    assert_int_equal(on_paper("utuh dan garis tidak"), 1);
    assert_int_equal(status.printer, PRINTER_READY);
    assert_true(status.roll_changed > 0);
    assert_int_equal(status.tickets_today, taken);
}

/* Paper that was out and is there is another roll, also for a desk that came later. */
static void
a_roll_put_in_is_a_new_one(void **state)
{
    (void)state;
    make(&good, NULL);
    stand_open(&stand);
    take("A-001");
    take("A-002");
    await_slips(2);
    peer_change(peer, &no_paper);
    assert_int_equal(take("A-003").state, PRINT_FAILED);
    assert_int_equal(await_slips(2).roll_left, -1); // of no known length
    stand_restart(&stand);
    stand_await_intake(&stand, INTAKE_OPEN, 5000);
    assert_int_equal(await_slips(2).roll_changed, 0);
    peer_change(peer, &good);
    take("A-004");
    assert_true(await_slips(1).roll_changed > 0);
}

/* Letters as large as on the visitor's screen, and of no other visit. */
static void
letters_follow_the_visitor(void **state)
{
    (void)state;
    static const char tall[] = "\x1d!\x01", normal[] = "\x1d!\x22" /* the number */;
    make(&good, NULL);
    stand_open(&stand);
    take("A-001");
    assert_int_equal(on_paper(tall), 0);
    assert_int_equal(on_paper(normal), 1);
    struct face_letters letters = {.size = 2};
    stand_say(&stand, &face_letters_type, &letters);
    take("A-002");
    int lines = on_paper(tall);
    assert_true(lines > 10);
    char nothing = 0;
    assert_true(stand_ctl(&stand, &ctl_test_print_type, &nothing, NULL, NULL).ok); // nobody's
    await_slips(3);
    assert_int_equal(on_paper(tall), lines);
    struct face_visit_end visit = {.outcome = VISIT_DONE};
    stand_say(&stand, &face_visit_end_type, &visit);
    take("A-003");
    assert_int_equal(on_paper(tall), lines);
}

/* The day's figures, of nobody; and they are no ticket. */
static void
the_day_is_on_paper(void **state)
{
    (void)state;
    make(&good, NULL);
    stand_open(&stand);
    take("A-001");
    take("A-002");
    peer_change(peer, &no_paper);
    assert_int_equal(take("A-003").state, PRINT_FAILED);
    peer_change(peer, &good);
    struct face_tally tally = {"channel/form/sku=2 channel/counter/sku=1 visit/done=3"};
    stand_say(&stand, &face_tally_type, &tally);
    int before = on_paper("A-00");
    char nothing = 0;
    struct ctl_status status = stand_status(&stand); // the tally was heard before
    assert_int_equal(status.tickets_today, 3);
    assert_true(stand_ctl(&stand, &ctl_print_day_type, &nothing, NULL, NULL).ok);
    await_slips(1); // of a roll that was put in
    assert_int_equal(on_paper("Laporan hari ini"), 1);
    static const char *const lines[] = {"A Surat keterangan", "Semua nomor", "Belum dilayani",
                                        "Tanpa kertas", "2 dari 3, 66,7 %"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        assert_int_equal(on_paper(lines[i]), 1);
    }
    assert_int_equal(on_paper("A-00"), before);
    assert_int_equal(stand_status(&stand).tickets_today, 3);
}

#define CASE(name) cmocka_unit_test_teardown(name, end)

int
main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        CASE(a_wrong_profile_prints_by_the_safe_one),
        CASE(staff_print_what_has_no_paper),
        CASE(the_roll_is_counted),
        CASE(the_end_of_the_roll_is_foreseen),
        CASE(a_roll_put_in_is_a_new_one),
        CASE(letters_follow_the_visitor),
        CASE(the_day_is_on_paper),
        CASE(without_any_profile_the_desk_goes_on),
    };
    source = argc > 1 ? argv[1] : ".";
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests_name("desk paper", tests, NULL, NULL);
}
