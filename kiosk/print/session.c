#include "print/session.h"

#include <linux/lp.h>
#include <poll.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"

enum { OPEN_MS = 2000 };

bool
session_stops(const struct session *session)
{
    struct pollfd poll_fd = {.fd = session->stop_fd, .events = POLLIN};
    return poll(&poll_fd, 1, 0) > 0;
}

static void
take_reply(struct session *session, const struct reply *reply)
{
    switch (reply->kind) {
    case REPLY_REALTIME:
        status_apply(&session->status, reply, session->asked);
        session->answered = session->answered || session->asked != 0;
        session->asked = 0;
        break;
    case REPLY_JOB:
        session->job_seen =
            session->job_seen || memcmp(reply->bytes, session->serial, sizeof session->serial) == 0;
        break;
    case REPLY_QUEUED:
        session->drained = true;
        status_apply(&session->status, reply, 0);
        break;
    case REPLY_ASB: // never the answer to a question: that is still on its way
        status_apply(&session->status, reply, 0);
        break;
    case REPLY_CLEARED:
        session->cleared = true;
        break;
    case REPLY_NONE:
        break;
    }
}

/* Take in what the printer says for up to `ms`, but no longer than until
 * something came. False when it is gone. */
bool
session_hear(struct session *session, int ms)
{
    uint8_t bytes[64];
    // A stop wakes whoever waits here. Who goes on after it has a deadline, and really waits.
    int stop_fd = ms > 0 && !session_stops(session) ? session->stop_fd : -1;
    int n = transport_read(&session->transport, bytes, sizeof bytes, ms, stop_fd);
    if (n < 0) {
        return false;
    }
    if (n == 0 && ms > 0) {
        status_give_up(&session->parser);
    }
    struct reply reply;
    for (int at = 0; at < n;) {
        at += (int)status_push(&session->parser, bytes + at, (size_t)(n - at));
        while (status_next(&session->parser, &reply) != REPLY_NONE) {
            take_reply(session, &reply);
        }
    }
    while (n == 0 && status_next(&session->parser, &reply) != REPLY_NONE) {
        take_reply(session, &reply);
    }
    return true;
}

/* Hear until `*done` or the time is up. */
bool
session_hear_until(struct session *session, const bool *done, int ms)
{
    int64_t until = clock_monotonic() + ms;
    while (!*done) {
        int64_t left = until - clock_monotonic();
        if (left <= 0 || session_stops(session)) {
            break;
        }
        if (!session_hear(session, left < SESSION_SLICE_MS ? (int)left : SESSION_SLICE_MS)) {
            return false;
        }
    }
    return true;
}

/* A printer that was left in the head of a picture takes the bytes of a question, which it obeys
 * all the same, for the picture's size: it would then wait for megabytes, and swallow the next
 * slips. Zeros end the head as a picture of no rows; elsewhere they are dots or nothing. */
static bool
align(struct session *session)
{
    static const uint8_t zeros[ESCPOS_HEAD];
    session->aligned =
        session->aligned || transport_write(&session->transport, zeros, sizeof zeros,
                                            session->profile.reply_ms) == (int)sizeof zeros;
    return session->aligned;
}

bool
session_say(struct session *session, const uint8_t *bytes, size_t len)
{
    return align(session) &&
           transport_write(&session->transport, bytes, len, session->profile.reply_ms) == (int)len;
}

/* One status question; no other goes out before its answer, as the manuals ask. */
static bool
ask(struct session *session, int n)
{
    const uint8_t question[] = {0x10, 0x04, (uint8_t)n};
    session->answered = false;
    session->asked = n;
    bool good = session_say(session, question, sizeof question) &&
                session_hear_until(session, &session->answered, session->profile.reply_ms);
    session->asked = 0;
    return good && session->answered;
}

static bool
ask_all(struct session *session)
{
    // What came late belongs to an earlier question.
    session->status = (struct printer_status){0};
    session_hear(session, 0);
    session->parser.count = 0;
    if (!ask(session, 1)) {
        return false;
    }
    // After a question without an answer the next answer could be the late one.
    for (int n = 2; n <= 4 && ask(session, n); n++) {
    }
    return true;
}

enum spool_state
session_lines(struct session *session)
{
    int lines = transport_lines(&session->transport);
    if (lines < 0) {
        return SPOOL_UNKNOWN;
    }
    if (lines & LP_POUTPA) {
        return SPOOL_PAPER_OUT;
    }
    return (lines & LP_PSELECD) && (lines & LP_PERRORP) ? SPOOL_READY : SPOOL_OFFLINE;
}

/* What is known of an open printer right now. */
enum spool_state
session_look(struct session *session)
{
    if (session->profile.confirm == CONFIRM_USB) {
        return session_lines(session);
    }
    if (!session->profile.realtime) {
        return SPOOL_UNKNOWN;
    }
    if (ask_all(session)) {
        session->answers = true;
        return status_state(&session->status);
    }
    // A full one answers no more, but it may have said why by itself.
    if (state_stops(status_state(&session->status))) {
        return status_state(&session->status);
    }
    // Silence from one that used to answer is a printer switched off or stuck;
    // from one that never did, a cable that goes one way.
    return session->answers || session->transport.fd < 0 ? SPOOL_OFFLINE : SPOOL_UNKNOWN;
}

bool
session_reach(struct session *session)
{
    if (session->transport.fd >= 0) {
        return true;
    }
    session->parser = (struct status_parser){0};
    session->aligned = session->aligned && !session->unsettled;
    return transport_open(&session->transport, OPEN_MS);
}

enum spool_state
session_probe(struct session *session)
{
    // A serial line and a USB port may have come back as something else.
    enum spool_state state = session_reach(session) ? session_look(session) : SPOOL_OFFLINE;
    if (state == SPOOL_OFFLINE && session->transport.fd >= 0 && !session->answered) {
        transport_close(&session->transport);
    }
    return state;
}

void
session_release(struct session *session)
{
    if (session->transport.kind->per_job) {
        transport_close(&session->transport);
    }
}
