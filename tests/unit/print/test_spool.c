#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "peer.h"
#include "print/profile.h"
#include "print/raster.h"
#include "print/session.h"
#include "print/spool.h"
#include "type/type.h"

#define FINE                   \
    {                          \
        0x12, 0x12, 0x12, 0x12 \
    }
#define NO_PAPER               \
    {                          \
        0x1a, 0x32, 0x12, 0x7e \
    }
#define COVER                  \
    {                          \
        0x1a, 0x16, 0x12, 0x12 \
    }

static struct printer_profile
quick(enum profile_confirm confirm)
{
    return (struct printer_profile){
        .dots = 576,
        .dots_per_mm = 8,
        .band_rows = 64,
        .cut = CUT_FEED_PARTIAL,
        .confirm = confirm,
        .realtime = confirm != CONFIRM_USB && confirm != CONFIRM_NONE,
        .clear = confirm == CONFIRM_JOB,
        .reply_ms = 150,
        .confirm_ms = 250,
        .stall_ms = 250,
        .job_ms = 3000,
        .probe_ms = 60000,
    };
}

/* A picture without a byte pair that means anything; 640 rows are 46 KB. */
static struct raster *
dark(int rows)
{
    struct raster *raster = raster_create(576, rows);
    raster_fill(raster, 0, 0, 576, rows);
    return raster;
}

static struct raster *
dark_slip(void)
{
    return dark(640);
}

/* The next report of a job; state changes pass by. */
static struct spool_event
await_job(struct spool *spool)
{
    int64_t until = clock_monotonic() + 6000;
    for (;;) {
        struct pollfd poll_fd = {.fd = spool_fd(spool), .events = POLLIN};
        int64_t left = until - clock_monotonic();
        assert_true(left > 0 && poll(&poll_fd, 1, (int)left) == 1);
        struct spool_event event;
        while (spool_event(spool, &event)) {
            if (event.is_job) {
                return event;
            }
        }
    }
}

static struct spool_event
print_one(struct spool *spool, int64_t id)
{
    struct raster *raster = dark_slip();
    assert_true(spool_print(spool, id, raster, clock_monotonic()));
    raster_destroy(raster);
    struct spool_event event = await_job(spool);
    assert_int_equal(event.job, id);
    return event;
}

static size_t
find(const uint8_t *bytes, size_t len, const char *what, size_t what_len)
{
    const uint8_t *at = memmem(bytes, len, what, what_len);
    return at ? (size_t)(at - bytes) : SIZE_MAX;
}

struct talk {
    const char *what;
    enum profile_confirm confirm;
    struct script script;
    enum spool_outcome outcome;
    enum spool_state state;
    bool untouched; /* nothing of the job went out */
};

static const struct talk talks[] = {
    {"a printer that confirms",
     CONFIRM_JOB,
     {.answers = FINE, .confirms = true},
     SPOOL_PRINTED,
     SPOOL_READY,
     false},
    {"the roll nearly empty",
     CONFIRM_JOB,
     {.answers = {0x12, 0x12, 0x12, 0x1e}, .confirms = true},
     SPOOL_PRINTED,
     SPOOL_NEAR_END,
     false},
    {"no paper",
     CONFIRM_JOB,
     {.answers = NO_PAPER, .confirms = true},
     SPOOL_FAILED,
     SPOOL_PAPER_OUT,
     true},
    {"cover open",
     CONFIRM_JOB,
     {.answers = COVER, .confirms = true},
     SPOOL_FAILED,
     SPOOL_COVER_OPEN,
     true},
    {"cutter jammed",
     CONFIRM_JOB,
     {.answers = {0x1a, 0x52, 0x1a, 0x12}},
     SPOOL_FAILED,
     SPOOL_CUTTER,
     true},
    {"somebody else's confirmation",
     CONFIRM_JOB,
     {.answers = FINE, .confirms = true, .wrong_serial = true},
     SPOOL_PROBABLY,
     SPOOL_READY,
     false},
    {"silent about the job", CONFIRM_JOB, {.answers = FINE}, SPOOL_PROBABLY, SPOOL_READY, false},
    {"silent about everything",
     CONFIRM_JOB,
     {.confirms = false},
     SPOOL_PROBABLY,
     SPOOL_UNKNOWN,
     false},
    {"confirms, but answers no status",
     CONFIRM_JOB,
     {.confirms = true},
     SPOOL_PRINTED,
     SPOOL_READY,
     false},
    {"paper ends inside the slip",
     CONFIRM_JOB,
     {.answers = FINE, .later = NO_PAPER, .later_at = 20000, .confirms = true, .clears = true},
     SPOOL_FAILED,
     SPOOL_PAPER_OUT,
     false},
    {"goes mute inside the slip",
     CONFIRM_JOB,
     {.answers = FINE, .later_at = 20000, .confirms = true},
     SPOOL_FAILED,
     SPOOL_OFFLINE,
     false},
    {"answers with noise",
     CONFIRM_JOB,
     {.answers = FINE, .babbles = true},
     SPOOL_PROBABLY,
     SPOOL_READY,
     false},
    {"takes a few bytes at a time",
     CONFIRM_JOB,
     {.answers = FINE, .confirms = true, .piece = 500},
     SPOOL_PRINTED,
     SPOOL_READY,
     false},
    {"drained",
     CONFIRM_ASB,
     {.answers = FINE, .asb = {0x10, 0, 0, 0x0f}, .drains = true},
     SPOOL_PROBABLY,
     SPOOL_READY,
     false},
    {"tells by itself that paper ends",
     CONFIRM_ASB,
     {.answers = FINE,
      .later = FINE,
      .later_at = 20000,
      .asb = {0x10, 0, 0, 0x0f},
      .later_asb = {0x18, 0, 0x0c, 0x0f}},
     SPOOL_FAILED,
     SPOOL_PAPER_OUT,
     false},
    {"never drained, but alive",
     CONFIRM_ASB,
     {.answers = FINE},
     SPOOL_PROBABLY,
     SPOOL_READY,
     false},
    {"never answers", CONFIRM_NONE, {.answers = NO_PAPER}, SPOOL_PROBABLY, SPOOL_UNKNOWN, false},
};

static void
run_talk(const struct talk *talk, int where)
{
    struct printer_profile profile = quick(talk->confirm);
    struct peer *peer = peer_start(where, &talk->script);
    struct spool *spool = spool_start(peer_address(peer), &profile);
    struct spool_event event = print_one(spool, 7);
    print_message("# %s: outcome %d, state %d\n", talk->what, (int)event.outcome, (int)event.state);
    assert_int_equal(event.outcome, talk->outcome);
    assert_int_equal(event.state, talk->state);
    assert_int_equal(spool_state(spool), talk->state);
    spool_stop(spool);
    size_t len;
    uint8_t *bytes = peer_bytes(peer, &len);
    assert_int_equal(find(bytes, len, "\x1b@", 2) == SIZE_MAX, talk->untouched);
    free(bytes);
    peer_stop(peer);
}

static void
test_talks_over_tcp(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof talks / sizeof *talks; i++) {
        run_talk(&talks[i], PEER_TCP);
    }
}

static void
test_talks_over_a_serial_line(void **state)
{
    (void)state;
    static const size_t some[] = {0, 2, 9};
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        run_talk(&talks[some[i]], PEER_PTY);
    }
}

/* On a slow line a slip is letters, and its QR the printer's own; on a fast one it is drawn. */
static void
test_a_slow_line_gets_letters(void **state)
{
    (void)state;
    static const struct {
        const char *baud;
        bool letters;
    } lines[] = {{"9600", true}, {"38400", true}, {"57600", false}, {"115200", false}};
    struct slip slip = {.count = 0};
    snprintf(slip_add(&slip, SLIP_TEXT)->text, SLIP_WORDS, "A-017");
    slip.lines[0].size = 240;
    snprintf(slip_add(&slip, SLIP_QR)->text, SLIP_WORDS, "https://santer.example/t/#x");
    struct type *type = type_create(NULL);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct printer_profile profile = quick(CONFIRM_JOB);
        profile.native_qr = true;
        profile.columns = 48;
        struct script script = {.answers = FINE, .confirms = true};
        struct peer *peer = peer_start(PEER_PTY, &script);
        char address[80];
        size_t len = strlen(peer_address(peer)) - strlen("115200");
        snprintf(address, sizeof address, "%.*s%s", (int)len, peer_address(peer), lines[i].baud);
        struct spool *spool = spool_start(address, &profile);
        assert_true(spool_print_slip(spool, 1, &slip, type, clock_monotonic()));
        assert_int_equal(await_job(spool).outcome, SPOOL_PRINTED);
        spool_stop(spool);
        uint8_t *bytes = peer_bytes(peer, &len);
        assert_int_equal(find(bytes, len, "A-017", 5) != SIZE_MAX, lines[i].letters);
        assert_int_equal(find(bytes, len, "\x1d(k", 3) != SIZE_MAX, lines[i].letters);
        assert_int_equal(find(bytes, len, "\x1dv0", 3) == SIZE_MAX, lines[i].letters);
        free(bytes);
        peer_stop(peer);
    }
    type_destroy(type);
}

static void
test_nobody_there(void **state)
{
    (void)state;
    struct printer_profile profile = quick(CONFIRM_JOB);
    static const char *const addresses[] = {"tcp:127.0.0.1:1", "usb:/dev/anjungan-none",
                                            "serial:/dev/anjungan-none:9600",
                                            "serial:/dev/null:9600"};
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        struct spool *spool = spool_start(addresses[i], &profile);
        struct spool_event event = print_one(spool, 1);
        assert_int_equal(event.outcome, SPOOL_FAILED);
        assert_int_equal(event.state, SPOOL_OFFLINE);
        spool_stop(spool);
    }
}

static void
test_wrong_addresses(void **state)
{
    (void)state;
    struct printer_profile profile = quick(CONFIRM_JOB);
    static const char *const addresses[] = {"",
                                            "none",
                                            "tcp:",
                                            "tcp:127.0.0.1",
                                            "tcp:1.2.3.4:0",
                                            "tcp:1.2.3.4:65536",
                                            "tcp:1.2.3.4:9100x",
                                            "usb:lp0",
                                            "serial:/dev/ttyS0",
                                            "serial:ttyS0:9600",
                                            "lpt:1"};
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        assert_null(spool_start(addresses[i], &profile));
    }
}

/* The printer breaks off at this byte of the first job, then is well again. */
static void
break_off(struct script script, enum spool_state cause)
{
    struct printer_profile profile = quick(CONFIRM_JOB);
    struct peer *peer = peer_start(PEER_TCP, &script);
    struct spool *spool = spool_start(peer_address(peer), &profile);
    struct spool_event event = print_one(spool, 1);
    assert_int_equal(event.outcome, SPOOL_FAILED);
    assert_int_equal(event.state, cause);
    size_t before, len;
    free(peer_bytes(peer, &before));
    struct script well = {.answers = FINE, .confirms = true, .clears = true};
    peer_change(peer, &well);
    event = print_one(spool, 2);
    assert_int_equal(event.outcome, SPOOL_PRINTED);
    uint8_t *bytes = peer_bytes(peer, &len);
    static const char flush[64 * 72 + 2 + 4 + 2] = {
        [64 * 72] = 0x1b, '@', 0x1d, 'V', 66, 0, 0x1b, '@'};
    // Before it come questions, and what the printer had taken in without reading.
    assert_true(find(bytes + before, len - before, flush, sizeof flush) < 40000);
    free(bytes);
    spool_stop(spool);
    peer_stop(peer);
}

static void
test_death_at_a_byte(void **state)
{
    (void)state;
    // The first byte (12 of questions go before it, 24 when the printer was looked at
    // before), inside the first command, a header, a picture, the cut.
    static const size_t places[] = {13 + 12, 13 + 12 + 3, 13 + 12 + 7, 30000, 46000};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        print_message("# dies at %zu\n", places[i]);
        break_off((struct script){.answers = FINE, .confirms = true, .die_at = places[i]},
                  SPOOL_OFFLINE);
    }
}

static void
test_stall_at_a_byte(void **state)
{
    (void)state;
    static const size_t places[] = {40, 20000};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        print_message("# stalls at %zu\n", places[i]);
        break_off((struct script){.answers = FINE, .confirms = true, .stall_at = places[i]},
                  SPOOL_OFFLINE);
    }
}

/* What the kernel still held of a failed job must not trickle out later. */
static void
test_nothing_old_comes_out(void **state)
{
    (void)state;
    struct printer_profile profile = quick(CONFIRM_JOB);
    struct script script = {.answers = FINE, .confirms = true, .stall_at = 10000};
    struct peer *peer = peer_start(PEER_TCP, &script);
    struct spool *spool = spool_start(peer_address(peer), &profile);
    assert_int_equal(print_one(spool, 1).outcome, SPOOL_FAILED);
    struct script well = {.answers = FINE, .confirms = true};
    peer_change(peer, &well);
    nanosleep(&(struct timespec){.tv_nsec = 150000000}, NULL);
    size_t len;
    uint8_t *bytes = peer_bytes(peer, &len);
    // At most what its own small buffer held; the cut of the old slip never.
    assert_int_equal(find(bytes, len, "\x1dV\x42", 3), SIZE_MAX);
    free(bytes);
    spool_stop(spool);
    peer_stop(peer);
}

static void
test_a_failed_job_is_cleared_in_the_printer(void **state)
{
    (void)state;
    struct printer_profile profile = quick(CONFIRM_JOB);
    struct script script = {
        .answers = FINE, .later = NO_PAPER, .later_at = 30000, .confirms = true, .clears = true};
    struct peer *peer = peer_start(PEER_TCP, &script);
    struct spool *spool = spool_start(peer_address(peer), &profile);
    assert_int_equal(print_one(spool, 1).outcome, SPOOL_FAILED);
    spool_stop(spool);
    size_t len;
    uint8_t *bytes = peer_bytes(peer, &len);
    assert_true(find(bytes, len, "\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08", 10) != SIZE_MAX);
    free(bytes);
    peer_stop(peer);
}

/* How many slips, or endings of one, began at the printer. */
static int
beginnings(struct peer *peer)
{
    size_t len, at = 0, next;
    int count = 0;
    uint8_t *bytes = peer_bytes(peer, &len);
    while ((next = find(bytes + at, len - at, "\x1b@", 2)) != SIZE_MAX) {
        at += next + 2;
        count++;
    }
    free(bytes);
    return count;
}

/* Of one that always confirmed silence says that it stands in the middle of the slip: what it
 * holds is ended before the next, which it would take for the rest. Of one that never did it
 * says nothing, and no paper is fed for it. */
static void
test_silence_of_one_that_confirms_is_a_torn_slip(void **state)
{
    (void)state;
    struct printer_profile profile = quick(CONFIRM_JOB);
    struct script silent = {.answers = FINE}, well = {.answers = FINE, .confirms = true};
    struct peer *peer = peer_start(PEER_TCP, &silent);
    struct spool *spool = spool_start(peer_address(peer), &profile);
    struct spool_event event = print_one(spool, 1);
    assert_int_equal(event.outcome, SPOOL_PROBABLY);
    assert_false(event.torn);
    peer_change(peer, &well);
    assert_int_equal(print_one(spool, 2).outcome, SPOOL_PRINTED);
    assert_int_equal(beginnings(peer), 2);
    peer_change(peer, &silent);
    event = print_one(spool, 3);
    assert_int_equal(event.outcome, SPOOL_PROBABLY);
    assert_true(event.torn);
    peer_change(peer, &well);
    event = print_one(spool, 4);
    assert_int_equal(event.outcome, SPOOL_PRINTED);
    assert_false(event.torn);
    assert_int_equal(beginnings(peer), 5);
    spool_stop(spool);
    peer_stop(peer);
}

static void
test_too_old_never_prints(void **state)
{
    (void)state;
    struct printer_profile profile = quick(CONFIRM_JOB);
    struct script script = {.answers = FINE, .confirms = true};
    struct peer *peer = peer_start(PEER_TCP, &script);
    struct spool *spool = spool_start(peer_address(peer), &profile);
    struct raster *raster = dark_slip();
    assert_true(spool_print(spool, 1, raster, clock_monotonic() - 120500));
    assert_int_equal(await_job(spool).outcome, SPOOL_FAILED);
    assert_true(spool_print(spool, 2, raster, clock_monotonic() - 110000));
    assert_int_equal(await_job(spool).outcome, SPOOL_PRINTED);
    raster_destroy(raster);
    spool_stop(spool);
    size_t len;
    uint8_t *bytes = peer_bytes(peer, &len);
    size_t first = find(bytes, len, "\x1b@", 2);
    assert_int_equal(find(bytes + first + 2, len - first - 2, "\x1b@", 2), SIZE_MAX);
    free(bytes);
    peer_stop(peer);
}

static void
test_full_queue_refuses(void **state)
{
    (void)state;
    struct printer_profile profile = quick(CONFIRM_JOB);
    struct script script = {.answers = FINE, .confirms = true};
    struct peer *peer = peer_start(PEER_TCP, &script);
    struct spool *spool = spool_start(peer_address(peer), &profile);
    struct raster *raster = dark_slip();
    int taken = 0;
    for (int i = 0; i < 20; i++) {
        taken += spool_print(spool, i, raster, clock_monotonic());
    }
    assert_int_equal(taken, 8);
    for (int i = 0; i < taken; i++) {
        struct spool_event event = await_job(spool);
        assert_int_equal(event.job, i); // in the order they were asked for
        assert_int_equal(event.outcome, SPOOL_PRINTED);
    }
    assert_true(spool_print(spool, 99, raster, clock_monotonic()));
    assert_int_equal(await_job(spool).job, 99);
    raster_destroy(raster);
    spool_stop(spool);
    peer_stop(peer);
}

static enum spool_state
await_state(struct spool *spool)
{
    struct pollfd poll_fd = {.fd = spool_fd(spool), .events = POLLIN};
    struct spool_event event = {.is_job = true};
    while (event.is_job || !spool_event(spool, &event)) {
        assert_int_equal(poll(&poll_fd, 1, 3000), 1);
        event.is_job = false;
    }
    return event.state;
}

static void
test_state_is_told_without_jobs(void **state)
{
    (void)state;
    struct printer_profile profile = quick(CONFIRM_JOB);
    profile.probe_ms = 20;
    struct script script = {.answers = FINE};
    struct peer *peer = peer_start(PEER_PTY, &script);
    struct spool *spool = spool_start(peer_address(peer), &profile);
    assert_int_equal(await_state(spool), SPOOL_READY);
    static const struct {
        uint8_t answers[4];
        enum spool_state state;
    } steps[] = {{NO_PAPER, SPOOL_PAPER_OUT},
                 {COVER, SPOOL_COVER_OPEN},
                 {{0x12, 0x12, 0x12, 0x1e}, SPOOL_NEAR_END},
                 {FINE, SPOOL_READY},
                 {{0, 0, 0, 0}, SPOOL_OFFLINE}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        memcpy(script.answers, steps[i].answers, 4);
        peer_change(peer, &script);
        assert_int_equal(await_state(spool), steps[i].state);
    }
    struct spool_event event;
    assert_false(spool_event(spool, &event));
    spool_stop(spool);
    peer_stop(peer);
}

static void
test_stop_ends_between_two_commands(void **state)
{
    (void)state;
    struct printer_profile profile = quick(CONFIRM_JOB);
    struct script script = {.answers = FINE, .piece = 200};
    struct peer *peer = peer_start(PEER_TCP, &script);
    struct spool *spool = spool_start(peer_address(peer), &profile);
    struct raster *raster = dark(64 * 60);
    assert_true(spool_print(spool, 1, raster, clock_monotonic()));
    raster_destroy(raster);
    size_t len = 0;
    uint8_t *bytes = NULL;
    while (len < 6000) {
        free(bytes);
        bytes = peer_bytes(peer, &len);
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    free(bytes);
    int64_t start = clock_monotonic();
    spool_stop(spool);
    assert_true(clock_monotonic() - start < 3000);
    nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
    bytes = peer_bytes(peer, &len);
    size_t job = find(bytes, len, "\x1b@", 2);
    assert_true(len - job < 250000);
    assert_int_equal((len - job - 7) % (8 + 64 * 72), 0); // whole bands
    free(bytes);
    peer_stop(peer);
}

static int64_t
processor_ms(void)
{
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return (int64_t)used.tv_sec * 1000 + used.tv_nsec / 1000000;
}

/* The slip is out of our hands and waits in the machine, for a printer that takes no more. */
static void
test_a_stop_waits_asleep(void **state)
{
    (void)state;
    struct printer_profile profile = quick(CONFIRM_JOB);
    profile.stall_ms = profile.job_ms = 10000;
    struct script script = {.answers = FINE, .stall_at = 600};
    struct peer *peer = peer_start(PEER_TCP, &script);
    struct spool *spool = spool_start(peer_address(peer), &profile);
    struct raster *raster = dark(64 * 8);
    assert_true(spool_print(spool, 1, raster, clock_monotonic()));
    raster_destroy(raster);
    nanosleep(&(struct timespec){.tv_nsec = 500000000}, NULL);
    int64_t start = clock_monotonic(), used = processor_ms();
    spool_stop(spool);
    int64_t took = clock_monotonic() - start;
    assert_in_range(took, 1000, 4000); // it did wait for the printer
    assert_in_range(processor_ms() - used, 0, took / 5);
    peer_stop(peer);
}

/* A USB port without the port: the same bytes, the lines as told. */
static int usb_lines; /* set before the spool starts */

static bool
pair_open(struct transport *transport, int ms)
{
    (void)ms;
    transport->fd = dup(transport->number);
    return transport->fd >= 0;
}

static int
pair_lines(struct transport *transport)
{
    (void)transport;
    return usb_lines;
}

static void
test_port_lines(void **state)
{
    (void)state;
    static const struct {
        int lines;
        enum spool_outcome outcome;
        enum spool_state state;
    } cases[] = {{0x18, SPOOL_PROBABLY, SPOOL_READY},
                 {0x38, SPOOL_FAILED, SPOOL_PAPER_OUT},
                 {0x08, SPOOL_FAILED, SPOOL_OFFLINE},
                 {-1, SPOOL_PROBABLY, SPOOL_UNKNOWN}};
    static const struct transport_kind kind = {.open = pair_open, .lines = pair_lines};
    struct script script = {.confirms = false};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct peer *peer = peer_start(PEER_PAIR, &script);
        struct printer_profile profile = quick(CONFIRM_USB);
        usb_lines = cases[i].lines;
        struct transport transport = {.kind = &kind, .fd = -1, .number = peer_line(peer)};
        struct spool *spool = spool_start_on(&transport, &profile);
        struct spool_event event = print_one(spool, 1);
        assert_int_equal(event.outcome, cases[i].outcome);
        assert_int_equal(event.state, cases[i].state);
        spool_stop(spool);
        peer_stop(peer);
    }
}

static void
test_one_connection_a_job(void **state)
{
    (void)state;
    struct printer_profile profile = quick(CONFIRM_JOB);
    struct script script = {.answers = FINE, .confirms = true};
    struct peer *peer = peer_start(PEER_TCP, &script);
    struct spool *spool = spool_start(peer_address(peer), &profile);
    print_one(spool, 1);
    int before = peer_connections(peer);
    print_one(spool, 2);
    assert_int_equal(peer_connections(peer), before + 1);
    spool_stop(spool);
    peer_stop(peer);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_talks_over_tcp),
        cmocka_unit_test(test_talks_over_a_serial_line),
        cmocka_unit_test(test_a_slow_line_gets_letters),
        cmocka_unit_test(test_nobody_there),
        cmocka_unit_test(test_wrong_addresses),
        cmocka_unit_test(test_death_at_a_byte),
        cmocka_unit_test(test_stall_at_a_byte),
        cmocka_unit_test(test_nothing_old_comes_out),
        cmocka_unit_test(test_a_failed_job_is_cleared_in_the_printer),
        cmocka_unit_test(test_silence_of_one_that_confirms_is_a_torn_slip),
        cmocka_unit_test(test_too_old_never_prints),
        cmocka_unit_test(test_full_queue_refuses),
        cmocka_unit_test(test_state_is_told_without_jobs),
        cmocka_unit_test(test_stop_ends_between_two_commands),
        cmocka_unit_test(test_a_stop_waits_asleep),
        cmocka_unit_test(test_port_lines),
        cmocka_unit_test(test_one_connection_a_job),
    };
    signal(SIGPIPE, SIG_IGN); // the peer's; the spool's thread blocks it itself
    return cmocka_run_group_tests_name("print spool", tests, NULL, NULL);
}
