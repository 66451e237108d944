/* A fault of each kind at every 64th byte of a ticket, for every profile: what the desk tells the
 * screen, what the store and the staff's list have, and what comes out of the printer afterwards.
 * The desk's own functions, a real store, the real session; the printer is print/model.c, whose
 * clock runs ahead of ours. One ticket's picture serves for all numbers: drawing is not in doubt
 * here, and would take longer than all the rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../base/sanitized.h"
#include "../print/model.h"
#include "base/settings.h"
#include "desk/parts.h"
#include "print/session.h"
#include "seal/seal.h"
#include "type/type.h"
#include "wire/link.h"

enum {
    STEP = SANITIZED ? 1024 : 64, /* bytes between two places; sanitizers are slow */
    A_DAY = 100,
    SMALL_ROOM = 4096,
    LARGE_ROOM = 65536,
    QUESTIONS = 64
};

static struct settings settings = {.portal = {.public_url = "https://santer.example"},
                                   .city = {.name = "Pemerintah Kota Samarinda"}};
static struct desk desk = {.settings = &settings, .intake = INTAKE_OPEN};
static struct link *face;
static const char *profiles; /* their folder */
static char folder[] = "/dev/shm/anjungan-faults-XXXXXX";

static struct session session;
static struct job_bytes { /* a slip as it is sent, and as it looks */
    struct escpos bytes;
    struct model_slip paper;
} ticket_job, copy_job;
static struct spool_event waiting;
static bool event_waits;

/* --- the spool without its thread --------------------------------------------------------- */

bool __wrap_spool_print_slip(struct spool *spool, int64_t job, const struct slip *slip,
                             struct type *type, int64_t now);
bool __wrap_spool_event(struct spool *spool, struct spool_event *event);
enum spool_state __wrap_spool_state(struct spool *spool);
bool __wrap_spool_draws_qr(const struct spool *spool);

static bool
is_copy(const struct slip *slip)
{
    for (size_t i = 0; i < slip->count; i++) {
        if (strcmp(slip->lines[i].text, "SALINAN") == 0) {
            return true;
        }
    }
    return false;
}

static void
draw(struct escpos *out, const struct slip *slip, const struct printer_profile *profile)
{
    if (profile->text) {
        assert_true(escpos_text(out, slip, profile, "0000"));
        return;
    }
    struct raster *raster = slip_raster(slip, desk.type, profile->dots, profile->dots_per_mm);
    assert_true(escpos_raster(out, raster, profile, "0000"));
    raster_destroy(raster);
}

bool
__wrap_spool_print_slip(struct spool *spool, int64_t id, const struct slip *slip, struct type *type,
                        int64_t now)
{
    static unsigned serial;
    char text[ESCPOS_SERIAL + 1];
    (void)spool, (void)type, (void)now;
    struct job_bytes *job = is_copy(slip) ? &copy_job : &ticket_job;
    if (job->bytes.len == 0) {
        draw(&job->bytes, slip, desk.profile);
    }
    snprintf(text, sizeof text, "%04u", serial++ % 10000);
    if (desk.profile->confirm == CONFIRM_JOB) {
        memcpy(job->bytes.bytes + job->bytes.len - ESCPOS_SERIAL, text, ESCPOS_SERIAL);
    }
    struct verdict verdict = session_print(&session, &job->bytes, text);
    session_release(&session);
    waiting = (struct spool_event){.is_job = true,
                                   .job = id,
                                   .outcome = verdict.outcome,
                                   .state = verdict.state,
                                   .torn = session.unsettled};
    event_waits = true;
    return true;
}

bool
__wrap_spool_event(struct spool *spool, struct spool_event *event)
{
    (void)spool;
    bool waits = event_waits;
    *event = waiting;
    event_waits = false;
    return waits;
}

enum spool_state
__wrap_spool_state(struct spool *spool)
{
    (void)spool;
    return waiting.state;
}

bool
__wrap_spool_draws_qr(const struct spool *spool)
{
    (void)spool; // is no spool
    return true;
}

/* --- one visitor ------------------------------------------------------------------------------ */

/* The last word that the screen is told of a request's paper. */
static struct desk_print_state
told(int64_t request)
{
    static _Alignas(max_align_t) unsigned char message[WIRE_MESSAGE_MAX];
    struct desk_print_state last = {.state = -1};
    const struct wire_type *type;
    bool broken = false;
    link_flush(desk.face);
    link_fill(face);
    while ((type = link_next(face, message, &broken)) != NULL) {
        const struct desk_print_state *state = (const void *)message;
        if (type == &desk_print_state_type && state->request == request) {
            last = *state;
        }
    }
    return last;
}

struct outcome {
    struct ticket ticket;
    struct desk_print_state told;
    bool listed;  /* among those without paper */
    int64_t took; /* ms */
};

static struct ticket
stored(int64_t id)
{
    struct ticket ticket;
    assert_int_equal(ticket_get(desk.store, id, &ticket), STORE_OK);
    return ticket;
}

static bool
is_listed(int64_t id)
{
    struct ticket list[2];
    int count = ticket_unprinted(desk.store, desk_day(&desk), id - 1, list, 2);
    return count > 0 && list[0].id == id;
}

static struct outcome
visit(void)
{
    static int64_t request;
    struct outcome outcome = {.told = {.state = -1}};
    struct asked asked = {.request = ++request};
    struct ticket_order order = {
        .letter = "A", .day = desk_day(&desk), .now = 1795500000000, .service = ""};
    assert_int_equal(ticket_issue(desk.store, &order, &outcome.ticket), STORE_OK);
    int64_t began = model_now();
    assert_true(paper_ticket(&desk, &asked, &outcome.ticket, false));
    outcome.took = model_now() - began;
    paper_events(&desk);
    outcome.ticket = stored(outcome.ticket.id);
    outcome.told = told(request);
    outcome.listed = is_listed(outcome.ticket.id);
    return outcome;
}

/* Store, screen and staff's list say the same. */
static bool
agree(const struct outcome *outcome)
{
    switch (outcome->told.state) {
    case PRINT_DONE:
        return outcome->ticket.print == TICKET_PRINTED && !outcome->listed;
    case PRINT_PROBABLY:
        return outcome->ticket.print == TICKET_PROBABLY && !outcome->listed;
    case PRINT_FAILED:
        return outcome->ticket.print == TICKET_UNPRINTED && outcome->listed;
    default:
        return false;
    }
}

static bool
same(const struct model_slip *a, const struct model_slip *b)
{
    return a->len == b->len && memcmp(a->bytes, b->bytes, a->len) == 0;
}

/* --- what must be
 * --------------------------------------------------------------------------------- */

/* What the printer can say of this fault. */
static enum printer_state
cause_of(enum mishap fault)
{
    static const enum printer_state answered[] = {
        [FAULT_PAPER] = PRINTER_PAPER_OUT, [FAULT_COVER] = PRINTER_COVER_OPEN,
        [FAULT_CUTTER] = PRINTER_CUTTER,   [FAULT_POWER] = PRINTER_OFFLINE,
        [FAULT_UNPLUG] = PRINTER_OFFLINE,  [FAULT_STALL] = PRINTER_OFFLINE};
    bool by_lines = desk.profile->confirm == CONFIRM_USB;
    return by_lines && fault != FAULT_PAPER ? PRINTER_OFFLINE : answered[fault];
}

/* Would anybody know? One that says nothing takes all bytes, and then it is believed. */
static bool
is_known(enum mishap fault, size_t at)
{
    size_t whole = ticket_job.bytes.len;
    bool lost = fault == FAULT_POWER || fault == FAULT_UNPLUG;
    if (fault == FAULT_MADNESS || fault == FAULT_FLOOD) {
        return false;
    }
    if (desk.profile->realtime) {
        return true;
    }
    if (desk.profile->confirm == CONFIRM_USB) {
        return fault != FAULT_STALL || at < whole;
    }
    return lost || fault == FAULT_STALL ? at < whole : false;
}

static const char *
judge(enum mishap fault, const struct outcome *outcome, bool whole, bool known)
{
    bool talks = fault == FAULT_MADNESS || fault == FAULT_FLOOD;
    if (!agree(outcome)) {
        return "screen, store and list say different things";
    }
    if (outcome->told.state == PRINT_DONE && !whole) {
        return "said to be printed, and is not";
    }
    if (known && !whole && outcome->told.state != PRINT_FAILED) {
        return "not on paper, and nobody was told";
    }
    if (outcome->told.state == PRINT_FAILED && !talks &&
        outcome->told.cause != (int32_t)cause_of(fault)) {
        return "another cause was named";
    }
    if (outcome->took > (talks ? 65000 : 30000)) {
        return "that took too long";
    }
    return NULL;
}

/* After the hand that mends it nothing of the old slip comes out by itself; but what a printer
 * holds that nobody can tell to forget, and no byte more of it is sent. */
static const char *
judge_after(enum mishap fault)
{
    bool forgets = desk.profile->clear && fault != FAULT_UNPLUG && fault != FAULT_STALL &&
                   fault != FAULT_MADNESS;
    int slips = model_slips();
    size_t hanging = model_strip()->len, received = model_received();
    model_cure();
    model_let_pass(5000);
    if (model_received() - received > QUESTIONS) {
        return "more of the old slip was sent";
    }
    if (forgets && (model_slips() != slips || model_strip()->len > hanging)) {
        return "the old slip came out by itself";
    }
    return NULL;
}

/* From the last cut, or the last tear, on. A slip without a blade may hang on the rest of one. */
static bool
is_whole(int slips, const struct model_slip *wanted)
{
    if (desk.profile->cut != CUT_NONE) {
        return model_slips() > slips && same(model_last(), wanted);
    }
    const struct model_slip *strip = model_strip();
    bool whole = strip->len >= wanted->len &&
                 memcmp(strip->bytes + strip->len - wanted->len, wanted->bytes, wanted->len) == 0;
    if (whole) {
        model_tear();
    }
    return whole;
}

static const char *
reprint(const struct outcome *first)
{
    char number[16];
    int slips = model_slips();
    number_format(number, first->ticket.letter, first->ticket.number);
    if (paper_copy(&desk, number) != NULL) {
        return "no copy for the staff";
    }
    paper_events(&desk);
    if (is_listed(first->ticket.id) || stored(first->ticket.id).copies != 1) {
        return "the copy did not end the matter";
    }
    return is_whole(slips, &copy_job.paper) ? NULL : "the copy is not whole";
}

/* `at` counts what the printer hears, the questions before the slip too. */
static const char *
try_fault(enum mishap fault, size_t at, struct outcome *outcome)
{
    size_t number = at / STEP;
    model_begin(desk.profile, number % 2 ? SMALL_ROOM : LARGE_ROOM, number % 4 < 2);
    session.transport = model_transport();
    session.unsettled = false;
    int slips = model_slips();
    model_strike(fault, at);
    *outcome = visit();
    bool struck = model_struck(), whole = is_whole(slips, &ticket_job.paper);
    const char *wrong = judge(fault, outcome, whole, is_known(fault, at));
    if (!wrong && !struck) {
        wrong = "nothing happened";
    }
    if (!wrong) {
        wrong = judge_after(fault);
    }
    return wrong || !outcome->listed ? wrong : reprint(outcome);
}

/* --- the cases
 * --------------------------------------------------------------------------------------- */

static void
open_store(void)
{
    char path[128];
    enum store_result why;
    snprintf(path, sizeof path, "rm -f %s/store.db*", folder);
    assert_int_equal(system(path), 0);
    snprintf(path, sizeof path, "%s/store.db", folder);
    desk.store = store_open(path, hash_of, &why);
    assert_non_null(desk.store);
}

/* Both slips without a fault: what they look like, and that they are told of. */
static void
learn(void)
{
    struct outcome outcome;
    escpos_destroy(&ticket_job.bytes);
    escpos_destroy(&copy_job.bytes);
    session = (struct session){.transport = {.kind = NULL}};
    model_begin(desk.profile, LARGE_ROOM, true);
    session =
        (struct session){.transport = model_transport(), .profile = *desk.profile, .stop_fd = -1};
    outcome = visit();
    assert_true(agree(&outcome));
    assert_int_equal(outcome.told.state,
                     desk.profile->confirm == CONFIRM_JOB ? PRINT_DONE : PRINT_PROBABLY);
    ticket_job.paper = desk.profile->cut == CUT_NONE ? *model_strip() : *model_last();
    if (desk.profile->cut == CUT_NONE) {
        model_tear();
    }
    static const struct asked nobody = {.request = 0};
    assert_true(paper_ticket(&desk, &nobody, &outcome.ticket, true));
    paper_events(&desk);
    copy_job.paper = desk.profile->cut == CUT_NONE ? *model_strip() : *model_last();
    assert_true(ticket_job.paper.len > 0 && !same(&ticket_job.paper, &copy_job.paper));
}

struct counted {
    int tries, failed;
    int64_t longest;
};

/* One kind of fault at all its places. */
static struct counted
run_fault(const char *profile, enum mishap fault)
{
    static const char *const names[] = {"",      "no paper", "cover", "cutter", "power",
                                        "cable", "stall",    "noise", "flood"};
    struct counted counted = {0};
    open_store();
    for (size_t at = 1; at < ticket_job.bytes.len; at += STEP) {
        struct outcome outcome;
        if (counted.tries % A_DAY == A_DAY - 1) { // counting the numbers of a day takes its time
            store_close(desk.store);
            open_store();
        }
        const char *wrong = try_fault(fault, at, &outcome);
        if (wrong) {
            fail_msg("%s, %s at byte %zu: %s (told %d %d, stored %d, listed %d, %lld ms)", profile,
                     names[fault], at, wrong, outcome.told.state, outcome.told.cause,
                     outcome.ticket.print, outcome.listed, (long long)outcome.took);
        }
        counted.tries++;
        counted.failed += outcome.told.state == PRINT_FAILED;
        counted.longest = outcome.took > counted.longest ? outcome.took : counted.longest;
    }
    store_close(desk.store);
    print_message("# %s, %s: %d places, %d without paper, at most %lld ms\n", profile, names[fault],
                  counted.tries, counted.failed, (long long)counted.longest);
    return counted;
}

static void
a_fault_at_every_place(void **state)
{
    const char *name = *state;
    char path[512];
    snprintf(path, sizeof path, "%s/%s.ini", profiles, name);
    desk.profile = profile_load(path);
    assert_non_null(desk.profile);
    desk.profile_name = name;
    open_store();
    learn();
    store_close(desk.store);
    for (enum mishap fault = FAULT_PAPER; fault < FAULT_COUNT; fault++) {
        run_fault(name, fault);
    }
    profile_destroy(desk.profile);
}

static void
furnish(void)
{
    int pair[2];
    uint8_t public_key[SIGN_PUBLIC];
    assert_true(seal_init());
    sign_keypair(public_key, desk.identity.sign_secret);
    desk.enrolled = true;
    settings.kiosk.state_dir = mkdtemp(folder);
    assert_non_null(settings.kiosk.state_dir);
    desk.type = type_create(NULL);
    desk.spool = (struct spool *)&session; // never looked at: its functions are wrapped
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair), 0);
    desk.face = link_create(pair[0], face_to_desk);
    face = link_create(pair[1], desk_to_face);
}

static void
clear_up(void)
{
    char command[128];
    link_destroy(desk.face);
    link_destroy(face);
    type_destroy(desk.type);
    escpos_destroy(&ticket_job.bytes);
    escpos_destroy(&copy_job.bytes);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    assert_int_equal(system(command), 0);
}

#define PROFILE(name)                                            \
    {                                                            \
        name, a_fault_at_every_place, NULL, NULL, (void *)(name) \
    }

int
main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        PROFILE("epson-80"),    PROFILE("epson-t88"), PROFILE("bixolon"), PROFILE("bixolon-180"),
        PROFILE("xprinter-80"), PROFILE("pos-58"),    PROFILE("safe"),
    };
    profiles = argc > 1 ? argv[1] : "assets/printers";
    furnish();
    if (!freopen("/dev/null", "w", stderr)) { // a line for each slip that failed
        return 1;
    }
    int failed = cmocka_run_group_tests_name("desk paper faults", tests, NULL, NULL);
    clear_up();
    return failed;
}
