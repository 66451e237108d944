/* One job's way: out, and confirmed, or taken back. */
#include "print/session.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"

enum {
    LOOK_MS = 1000,  /* between status questions inside a job */
    FINISH_MS = 2000 /* for the band in hand when the spool stops */
};

/* Make the printer forget what it holds, where it knows how; else say so. */
static void
clear(struct session *session)
{
    static const uint8_t forget[] = {0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08};
    session->cleared = false;
    if (session->profile.clear && session_reach(session) &&
        session_say(session, forget, sizeof forget)) {
        session_hear_until(session, &session->cleared, 2 * session->profile.reply_ms);
    }
    if (!session->cleared) {
        log_warning("print: the printer may still put out the rest of a failed slip");
    }
}

static bool
recover(struct session *session)
{
    struct escpos flush;
    bool good = escpos_recover(&flush, &session->profile) &&
                transport_write(&session->transport, flush.bytes, flush.len,
                                session->profile.stall_ms) == (int)flush.len;
    escpos_destroy(&flush);
    session->unsettled = session->unsettled && !good;
    return good;
}

struct sending {
    const struct escpos *job;
    size_t sent;
    int64_t moved; /* when bytes last went on their way */
    int64_t deadline;
    int64_t looked;
    int64_t stop_by; /* 0 until the spool stops */
};

/* Nothing moves any more, or too slowly for anyone to wait. */
static bool
stuck(struct session *session, struct sending *sending)
{
    int64_t now = clock_monotonic();
    if (sending->stop_by == 0 && session_stops(session)) {
        sending->stop_by = now + FINISH_MS;
    }
    return now - sending->moved > session->profile.stall_ms || now > sending->deadline ||
           (sending->stop_by != 0 && now > sending->stop_by);
}

/* Send up to `end`. READY when it is out, else what stopped it. */
static enum spool_state
send_part(struct session *session, struct sending *sending, size_t end)
{
    // Before the first byte: a line that breaks may have taken some all the same.
    session->unsettled = true;
    while (sending->sent < end) {
        int n = transport_write(&session->transport, sending->job->bytes + sending->sent,
                                end - sending->sent, SESSION_SLICE_MS);
        if (n < 0 || !session_hear(session, 0)) {
            return SPOOL_OFFLINE;
        }
        if (n > 0) {
            sending->sent += (size_t)n;
            sending->moved = clock_monotonic();
        }
        if (state_stops(status_state(&session->status))) {
            return status_state(&session->status);
        }
        if (stuck(session, sending)) {
            return SPOOL_UNKNOWN;
        }
    }
    return SPOOL_READY;
}

/* What the printer said by itself since the job began counts before what it is asked: full
 * to the brim and out of paper it answers nothing. */
static enum spool_state
look(struct session *session)
{
    session_hear(session, 0);
    enum spool_state said = status_state(&session->status);
    return state_stops(said) ? said : session_look(session);
}

static enum spool_state
look_sometimes(struct session *session, struct sending *sending)
{
    int64_t now = clock_monotonic();
    if (now - sending->looked < LOOK_MS) {
        return SPOOL_READY;
    }
    enum spool_state state = look(session);
    sending->looked = clock_monotonic();
    return state_stops(state) ? state : SPOOL_READY;
}

/* Everything the machine still holds of the job goes out, or it is stuck. */
static enum spool_state
drain(struct session *session, struct sending *sending)
{
    int before = -1, now;
    while ((now = transport_pending(&session->transport)) > 0) {
        if (now != before) {
            sending->moved = clock_monotonic();
            before = now;
        }
        if (stuck(session, sending)) {
            return SPOOL_UNKNOWN;
        }
        if (!session_hear(session, SESSION_SLICE_MS / 2)) {
            return SPOOL_OFFLINE;
        }
        if (state_stops(status_state(&session->status))) {
            return status_state(&session->status);
        }
    }
    return session->transport.fd >= 0 ? SPOOL_READY : SPOOL_OFFLINE;
}

static enum spool_state
send_job(struct session *session, const struct escpos *job)
{
    int64_t now = clock_monotonic();
    struct sending sending = {
        .job = job, .moved = now, .looked = now, .deadline = now + session->profile.job_ms};
    for (size_t i = 0; i < job->parts; i++) {
        if (i + 1 == job->parts) {
            session->drained = false; // only the answer to the last command counts
        }
        enum spool_state state = send_part(session, &sending, job->ends[i]);
        if (state == SPOOL_READY && session->answers) {
            state = look_sometimes(session, &sending);
        }
        if (state != SPOOL_READY) {
            return state;
        }
        if (sending.stop_by != 0 || session_stops(session)) {
            return SPOOL_UNKNOWN;
        }
    }
    return drain(session, &sending);
}

static struct verdict
failed(enum spool_state cause)
{
    return (struct verdict){.outcome = SPOOL_FAILED, .state = cause};
}

static struct verdict
probably(enum spool_state state)
{
    return (struct verdict){.outcome = SPOOL_PROBABLY, .state = state};
}

/* Wait for the printer's word about the job, looking at its state meanwhile.
 * READY when the word came; a stopping state when something else came; UNKNOWN
 * when the time is up. */
static enum spool_state
await(struct session *session, const bool *word)
{
    // A printer that never answered anything is not waited for in earnest.
    int ms = session->answers || session->confirms ? session->profile.confirm_ms
                                                   : session->profile.confirm_ms / 5;
    int64_t until = clock_monotonic() + ms;
    while (!*word && clock_monotonic() < until && !session_stops(session)) {
        int64_t left = until - clock_monotonic();
        if (!session_hear_until(session, word, left < LOOK_MS ? (int)left : LOOK_MS)) {
            return SPOOL_OFFLINE;
        }
        enum spool_state state =
            *word || !session->answers ? status_state(&session->status) : look(session);
        if (!*word && state_stops(state) && state != SPOOL_OFFLINE) {
            return state;
        }
    }
    return *word ? SPOOL_READY : SPOOL_UNKNOWN;
}

/* The time is up without a word: what does the printer say now? */
static struct verdict
judge_silence(struct session *session)
{
    enum spool_state state = look(session);
    return state_stops(state) ? failed(state) : probably(state);
}

static struct verdict
confirm_job(struct session *session)
{
    enum spool_state state = await(session, &session->job_seen);
    if (state == SPOOL_READY) {
        session->confirms = true;
        return (struct verdict){.outcome = SPOOL_PRINTED, .state = status_state(&session->status)};
    }
    return state_stops(state) ? failed(state) : judge_silence(session);
}

static struct verdict
confirm_asb(struct session *session)
{
    enum spool_state state = await(session, &session->drained);
    return state_stops(state) ? failed(state) : judge_silence(session);
}

static struct verdict
confirm_lines(struct session *session)
{
    // Such a port never says that a slip is out: watch for the time one takes.
    int64_t until = clock_monotonic() + session->profile.confirm_ms / 6;
    enum spool_state state = session_lines(session);
    while (!state_stops(state) && clock_monotonic() < until && !session_stops(session)) {
        if (!session_hear(session, SESSION_SLICE_MS)) {
            return failed(SPOOL_OFFLINE);
        }
        state = session_lines(session);
    }
    return state_stops(state) ? failed(state) : probably(state);
}

static struct verdict
confirm(struct session *session)
{
    switch (session->profile.confirm) {
    case CONFIRM_JOB:
        return confirm_job(session);
    case CONFIRM_ASB:
        return confirm_asb(session);
    case CONFIRM_USB:
        return confirm_lines(session);
    case CONFIRM_NONE:
        break;
    }
    return probably(SPOOL_UNKNOWN);
}

/* The job broke off: what this machine still holds of it is dropped, and a new
 * line may tell the cause that a stuck one hides. */
static struct verdict
give_up(struct session *session, enum spool_state cause)
{
    if (session_stops(session)) {
        transport_close(&session->transport);
        return failed(SPOOL_OFFLINE);
    }
    transport_abort(&session->transport);
    session->aligned = false;
    if (cause == SPOOL_UNKNOWN || cause == SPOOL_OFFLINE) {
        cause = session_reach(session) ? session_look(session) : SPOOL_OFFLINE;
        cause = state_stops(cause) ? cause : SPOOL_OFFLINE;
    }
    if (session->unsettled) {
        clear(session);
    }
    return failed(cause);
}

struct verdict
session_print(struct session *session, const struct escpos *job, const char serial[ESCPOS_SERIAL])
{
    memcpy(session->serial, serial, sizeof session->serial);
    session->job_seen = session->drained = session->answered = false;
    session->status = (struct printer_status){0};
    enum spool_state state = session_probe(session);
    if (state_stops(state)) {
        return failed(state);
    }
    if (session->unsettled && !recover(session)) {
        return give_up(session, SPOOL_UNKNOWN);
    }
    state = send_job(session, job);
    if (state != SPOOL_READY) {
        return give_up(session, state);
    }
    struct verdict verdict = confirm(session);
    if (verdict.outcome == SPOOL_FAILED) {
        return give_up(session, verdict.state);
    }
    // One that confirms, and says nothing of this slip, may stand in the middle of it.
    session->unsettled = verdict.outcome == SPOOL_PROBABLY && session->confirms;
    return verdict;
}
