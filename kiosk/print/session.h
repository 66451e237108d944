/* The talk with one printer: what to send, what it answered, what that means for
 * a job. The spool's thread only; every wait is time-boxed, and a stop ends it. */
#pragma once
#include "print/escpos.h"
#include "print/profile.h"
#include "print/status.h"
#include "print/transport.h"

struct session {
    struct transport transport;
    struct printer_profile profile;
    int stop_fd; /* readable: the spool stops; not owned */
    struct status_parser parser;
    struct printer_status status;
    int asked;                  /* the n of a DLE EOT on its way, else 0 */
    bool answers;               /* it has answered a status question since it was reached */
    bool confirms;              /* it has confirmed a job */
    bool unsettled;             /* a job broke off: the printer may hold a part of it */
    bool aligned;               /* it holds no head of a command that would swallow a question */
    char serial[ESCPOS_SERIAL]; /* of the job being printed */
    bool job_seen, drained, cleared, answered;
};
struct verdict {
    enum spool_outcome outcome;
    enum spool_state state; /* the cause, when failed */
};

/* Look at the printer: reachable, and what it says. */
enum spool_state session_probe(struct session *session);
/* Send the job and learn what became of it. The job's bytes carry `serial`. */
struct verdict session_print(struct session *session, const struct escpos *job,
                             const char serial[ESCPOS_SERIAL]);
/* Between jobs: give a printer with one place for a client free. */
void session_release(struct session *session);

/* spool_start for a road that is already known (also the seam for tests). */
struct spool *spool_start_on(const struct transport *transport,
                             const struct printer_profile *profile);

/* Between the two files of this noun. */
enum { SESSION_SLICE_MS = 100 }; /* of a wait, between two looks at what came back */
bool session_stops(const struct session *session);
bool session_reach(struct session *session); /* open, or opened now */
/* Take in what the printer says for up to `ms`, but no longer than until something
 * came; or until `*done`. False when it is gone. */
bool session_hear(struct session *session, int ms);
bool session_hear_until(struct session *session, const bool *done, int ms);
/* A word to be obeyed at once. */
bool session_say(struct session *session, const uint8_t *bytes, size_t len);
enum spool_state session_look(struct session *session);  /* what an open printer says now */
enum spool_state session_lines(struct session *session); /* what its port says */
