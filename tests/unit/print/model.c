#include "model.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

enum { PIPE = 16 * 1024, BUFFER = 96 * 1024, ANSWERS = 4096, TICK_US = 20, CLEAR = 10 };

static struct model {
    const struct printer_profile *profile;
    size_t room; /* bytes that it takes in while it cannot print */
    bool one_client;
    int64_t us;
    uint32_t noise;

    bool open; /* the host has it */
    uint8_t pipe[PIPE];
    size_t piped; /* sent by the host, not yet taken */

    uint8_t buffer[BUFFER];
    size_t held, received, strike_at;
    enum mishap fault, coming;
    uint8_t scan[PIPE + CLEAR]; /* the piece that came, after the end of the one before */
    size_t carried;
    bool automatic;

    uint8_t answers[ANSWERS];
    size_t answered;

    struct model_slip slips[2];
    int done; /* slips cut off; the one at work is slips[done % 2] */
} m;

static void say(const void *bytes, size_t len);

/* --- what it is like ----------------------------------------------------------- */

static bool
prints(void)
{
    return m.fault == FAULT_NONE || m.fault == FAULT_UNPLUG || m.fault == FAULT_FLOOD;
}

static bool
takes(void)
{
    return m.fault != FAULT_STALL && m.fault != FAULT_POWER && m.fault != FAULT_UNPLUG;
}

static bool
offline(void)
{
    return m.fault == FAULT_PAPER || m.fault == FAULT_COVER || m.fault == FAULT_CUTTER;
}

static uint8_t
status(int n)
{
    bool paper = m.fault == FAULT_PAPER, cover = m.fault == FAULT_COVER;
    bool jam = m.fault == FAULT_CUTTER;
    int bits[] = {0x08 * offline(), 0x04 * cover | 0x20 * paper | 0x40 * jam, 0x08 * jam,
                  0x6c * paper};
    return (uint8_t)(0x12 | bits[n - 1]);
}

static void
say_automatic(void)
{
    const uint8_t bytes[] = {(uint8_t)(0x10 | 0x08 * offline() | 0x20 * (m.fault == FAULT_COVER)),
                             (uint8_t)(0x08 * (m.fault == FAULT_CUTTER)),
                             (uint8_t)(0x0f * (m.fault == FAULT_PAPER)), 0};
    say(bytes, sizeof bytes);
}

static void
make_noise(void)
{
    static const uint8_t fragments[] = {0x12, 0x37, 0x22, 0x10, 0xff, 0x5f, 0x00, 0x93, 'A'};
    for (int i = 0; i < 9 && m.answered < ANSWERS; i++) {
        m.noise = m.noise * 1664525u + 1013904223u;
        m.answers[m.answered++] = m.fault == FAULT_FLOOD
                                      ? fragments[(m.noise >> 24) % sizeof fragments]
                                      : (uint8_t)(m.noise >> 24);
    }
}

static void
say(const void *bytes, size_t len)
{
    if (m.profile->confirm > CONFIRM_ASB || !m.open || !takes()) {
        return;
    }
    if (m.fault == FAULT_MADNESS) {
        make_noise();
    } else if (m.answered + len <= ANSWERS) {
        memcpy(m.answers + m.answered, bytes, len);
        m.answered += len;
    }
}

/* --- bytes become paper ------------------------------------------------------------ */

static void
put(const uint8_t *bytes, size_t len)
{
    struct model_slip *slip = &m.slips[m.done % 2];
    if (slip->len + len > MODEL_PAPER) {
        abort();
    }
    memcpy(slip->bytes + slip->len, bytes, len);
    slip->len += len;
}

static void
feed(int units)
{
    static const uint8_t white[128];
    int rows = units / (m.profile->feed_units > 0 ? m.profile->feed_units : 1);
    while (rows-- > 0) {
        put(white, (size_t)m.profile->dots / 8);
    }
}

static void
cut(void)
{
    m.done++;
    m.slips[m.done % 2].len = 0;
}

/* Length of the command at the start; 0 when more bytes are needed. */
static size_t
command_len(const uint8_t *b, size_t len)
{
    static const struct {
        uint8_t first, second;
        size_t len;
    } commands[] = {{0x1b, '@', 2},   {0x1c, '.', 2}, {0x1b, 't', 3}, {0x1b, 'a', 3},
                    {0x1b, 'E', 3},   {0x1b, 'J', 3}, {0x1b, 'i', 2}, {0x1d, 'a', 3},
                    {0x1d, '!', 3},   {0x1d, 'r', 3}, {0x1d, 'I', 3}, {0x10, 4, 3},
                    {0x10, 0x14, 10}, {0x1d, 'v', 8}, {0x1d, '(', 5}, {0x1d, 'V', 3}};
    size_t need = b[0] == 0x1b || b[0] == 0x1c || b[0] == 0x1d || b[0] == 0x10 ? 2 : 1;
    for (size_t i = 0; need == 2 && len >= 2 && i < sizeof commands / sizeof *commands; i++) {
        if (b[0] == commands[i].first && b[1] == commands[i].second) {
            need = commands[i].len;
        }
    }
    if (need == 8 && len >= 8) {
        need += (size_t)(b[4] | b[5] << 8) * (size_t)(b[6] | b[7] << 8);
    } else if (need == 5 && len >= 5) {
        need += (size_t)(b[3] | b[4] << 8);
    } else if (len >= 3 && need == 3 && b[0] == 0x1d && b[1] == 'V' && b[2] == 66) {
        need = 4;
    }
    return need <= len ? need : 0;
}

static void
obey(const uint8_t *b, size_t len)
{
    if (b[0] == 0x1d && b[1] == 'v') {
        put(b + 8, len - 8);
    } else if (b[0] == 0x1b && b[1] == 'J') {
        feed(b[2]);
    } else if ((b[0] == 0x1d && b[1] == 'V') || (b[0] == 0x1b && b[1] == 'i')) {
        cut();
    } else if (b[0] == 0x1d && b[1] == '(' && b[2] == 'H') {
        uint8_t reply[] = {0x37, 0x22, b[7], b[8], b[9], b[10], 0};
        say(reply, sizeof reply);
    } else if (b[0] == 0x1d && b[1] == 'r') {
        say("\0", 1);
    } else if (b[0] == 0x1d && b[1] == 'a') {
        m.automatic = b[2] != 0;
        say_automatic();
    } else if (len == 1 && (b[0] >= 0x20 || b[0] == '\n')) {
        put(b, 1);
    }
}

static void
print(void)
{
    size_t at = 0, len;
    while (prints() && at < m.held && (len = command_len(m.buffer + at, m.held - at)) > 0) {
        obey(m.buffer + at, len);
        at += len;
    }
    m.held -= at;
    memmove(m.buffer, m.buffer + at, m.held);
}

/* --- bytes come in ------------------------------------------------------------------ */

static void
happen(void)
{
    m.fault = m.coming;
    m.coming = FAULT_NONE;
    if (m.fault == FAULT_POWER) {
        m.held = m.answered = m.carried = 0;
        m.automatic = false;
        m.slips[m.done % 2].len = 0; // a hand takes the torn part away
    } else if (m.automatic && offline()) {
        say_automatic();
    }
}

/* Questions are answered and clearing is obeyed at once, wherever they stand, also across two
 * pieces. What of the piece is left to be printed. */
static const uint8_t *
obey_at_once(const uint8_t *left, size_t total)
{
    static const uint8_t clear[CLEAR] = {0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 8};
    const uint8_t *end = m.scan + total, *at = m.scan, *done = m.scan;
    while (at < end && (at = memchr(at, 0x10, (size_t)(end - at))) != NULL) {
        if (end - at >= 3 && at[1] == 4 && at[2] >= 1 && at[2] <= 4 && m.profile->realtime) {
            uint8_t answer = status(at[2]);
            say(&answer, 1);
            at = done = at + 3;
        } else if (end - at >= CLEAR && memcmp(at, clear, CLEAR) == 0 && m.profile->clear) {
            m.held = 0;
            m.slips[m.done % 2].len = 0;
            say("\x37\x25", 3);
            left = at = done = at + CLEAR;
        } else {
            at++;
        }
    }
    m.carried = (size_t)(end - done) < CLEAR ? (size_t)(end - done) : CLEAR - 1;
    return left;
}

static void
receive(const uint8_t *bytes, size_t len)
{
    size_t total = m.carried + len;
    memcpy(m.scan + m.carried, bytes, len);
    const uint8_t *left = obey_at_once(m.scan + m.carried, total);
    size_t rest = (size_t)(m.scan + total - left);
    memcpy(m.buffer + m.held, left, rest);
    m.held += rest;
    memmove(m.scan, m.scan + total - m.carried, m.carried);
    m.received += len;
    print();
}

static void
pump(void)
{
    while (m.piped > 0 && takes()) {
        size_t free = m.room > m.held ? m.room - m.held : 0;
        // A command that is being printed passes through a small buffer.
        free = prints() && free < 8192 ? 8192 : free;
        size_t n = m.piped < free ? m.piped : free;
        bool strikes = m.coming != FAULT_NONE && m.strike_at - m.received <= n;
        n = strikes ? m.strike_at - m.received : n;
        if (n == 0 && !strikes) {
            return;
        }
        receive(m.pipe, n);
        m.piped -= n;
        memmove(m.pipe, m.pipe + n, m.piped);
        if (strikes) {
            happen();
        }
    }
}

static void
pass(int64_t us)
{
    m.us += us;
    pump();
}

/* --- in the place of the transport ----------------------------------------------------- */

int __wrap_poll(struct pollfd *fds, nfds_t count, int ms);
int64_t __wrap_clock_monotonic(void);
bool __wrap_transport_open(struct transport *transport, int ms);
void __wrap_transport_close(struct transport *transport);
void __wrap_transport_abort(struct transport *transport);
int __wrap_transport_write(struct transport *transport, const uint8_t *bytes, size_t len, int ms);
int __wrap_transport_read(struct transport *transport, uint8_t *bytes, size_t size, int ms,
                          int stop_fd);
int __wrap_transport_lines(struct transport *transport);
int __wrap_transport_pending(struct transport *transport);

/* Nobody stops the spool meanwhile, and there is nothing real to wait for. */
int
__wrap_poll(struct pollfd *fds, nfds_t count, int ms)
{
    (void)fds, (void)count, (void)ms;
    return 0;
}

int64_t
__wrap_clock_monotonic(void)
{
    m.us += 1;
    return m.us / 1000;
}

static bool
reachable(void)
{
    return m.fault != FAULT_POWER && m.fault != FAULT_UNPLUG;
}

bool
__wrap_transport_open(struct transport *transport, int ms)
{
    if (transport->fd < 0 && reachable()) {
        transport->fd = 0;
        m.open = true;
        m.automatic = false;
        m.answered = 0;
    } else if (transport->fd < 0) {
        pass(1000 * (int64_t)ms);
    }
    return transport->fd >= 0;
}

void
__wrap_transport_close(struct transport *transport)
{
    transport->fd = -1;
    m.open = false;
    m.answered = 0;
}

void
__wrap_transport_abort(struct transport *transport)
{
    m.piped = 0;
    __wrap_transport_close(transport);
}

static int
gone(struct transport *transport)
{
    __wrap_transport_abort(transport);
    return -1;
}

int
__wrap_transport_write(struct transport *transport, const uint8_t *bytes, size_t len, int ms)
{
    size_t sent = 0;
    int64_t until = m.us + 1000 * (int64_t)ms;
    while (sent < len) {
        pass(TICK_US);
        if (!reachable() || transport->fd < 0) {
            return gone(transport);
        }
        size_t n = len - sent < PIPE - m.piped ? len - sent : PIPE - m.piped;
        memcpy(m.pipe + m.piped, bytes + sent, n);
        m.piped += n;
        sent += n;
        pump();
        if (n == 0 && m.us >= until) {
            break;
        }
        m.us = n == 0 ? until : m.us;
    }
    return (int)sent;
}

int
__wrap_transport_read(struct transport *transport, uint8_t *bytes, size_t size, int ms, int stop_fd)
{
    (void)stop_fd;
    pass(TICK_US);
    if (!reachable() || transport->fd < 0) {
        return gone(transport);
    }
    if (m.fault == FAULT_FLOOD || (m.fault == FAULT_MADNESS && ms > 0)) {
        make_noise();
        m.us += 100;
    }
    if (m.answered == 0) {
        pass(1000 * (int64_t)ms);
    }
    size_t n = m.answered < size ? m.answered : size;
    memcpy(bytes, m.answers, n);
    m.answered -= n;
    memmove(m.answers, m.answers + n, m.answered);
    return reachable() ? (int)n : gone(transport);
}

int
__wrap_transport_lines(struct transport *transport)
{
    pass(TICK_US);
    if (transport->fd < 0 || !reachable()) {
        return -1;
    }
    return m.fault == FAULT_PAPER ? 0x38 : offline() ? 0x00 : 0x18;
}

int
__wrap_transport_pending(struct transport *transport)
{
    pass(TICK_US);
    return transport->fd < 0 ? 0 : (int)m.piped;
}

/* --- for the test ------------------------------------------------------------------------ */

void
model_begin(const struct printer_profile *profile, size_t room, bool one_client)
{
    int64_t us = m.us;
    int done = m.done;
    memset(&m, 0, offsetof(struct model, slips));
    m.us = us;
    m.noise = (uint32_t)us;
    m.done = done;
    m.slips[0].len = m.slips[1].len = 0;
    m.profile = profile;
    m.room = room;
    m.one_client = one_client;
}

struct transport
model_transport(void)
{
    static const struct transport_kind kept = {.per_job = false}, shared = {.per_job = true};
    return (struct transport){.kind = m.one_client ? &shared : &kept, .fd = -1};
}

void
model_strike(enum mishap fault, size_t after)
{
    m.coming = fault;
    m.strike_at = m.received + after;
    if (after == 0 && fault != FAULT_NONE) {
        happen();
    }
}

bool
model_struck(void)
{
    return m.fault != FAULT_NONE;
}

void
model_cure(void)
{
    m.fault = m.coming = FAULT_NONE;
    m.answered = 0;
    print();
    pump();
}

void
model_let_pass(int ms)
{
    pass(1000 * (int64_t)ms);
}

int64_t
model_now(void)
{
    return m.us / 1000;
}

int
model_slips(void)
{
    return m.done;
}

const struct model_slip *
model_last(void)
{
    return &m.slips[(m.done + 1) % 2];
}

const struct model_slip *
model_strip(void)
{
    return &m.slips[m.done % 2];
}

void
model_tear(void)
{
    cut();
}

size_t
model_received(void)
{
    return m.received;
}
