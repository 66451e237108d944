/* A whole desk for tests: its loop on a thread of its own, a real store in a folder of
 * its own, and the test in the place of the face and of the technician, on the real
 * sockets. cmocka's assertions inside. */
#pragma once
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "wire/ctl_messages.h"
#include "wire/face_messages.h"
#include "wire/link.h"

struct stand {
    char folder[64];
    struct settings *settings;
    struct type *type;
    struct desk *desk; /* the thread's while it runs */
    pthread_t thread;
    int stop, listener;
    struct link *face;         /* NULL: not dialled yet */
    struct desk_status status; /* the last one told; its texts are gone */
    int statuses;
    int64_t request; /* last number used */
};

struct stand_world {
    const char *office;  /* a file beside tests/walks/offices, without ".json"; "open" */
    const char *printer; /* address; "none" */
    int in_a_row;        /* numbers that one pair of hands may take; 0: three */
    const char *more;    /* further lines of the configuration, from "[portal]" on; "" */
};

/* `source`: the project's top folder. */
void stand_make(struct stand *stand, const char *source, const struct stand_world *world);
bool stand_start(struct stand *stand); /* false: no desk can run there */
void stand_stop(struct stand *stand);
void stand_remove(struct stand *stand); /* the folder goes */
void stand_open(struct stand *stand);   /* start, the face's hello, and the intake is open */
void stand_close(struct stand *stand);  /* stop and remove */
/* Stop, start, and the face's hello again. */
void stand_restart(struct stand *stand);

/* Wait for the desk to dial, and for its hello. */
void stand_greet(struct stand *stand);
void stand_say(struct stand *stand, const struct wire_type *type, const void *message);
/* The next message of that type within `ms`, or NULL; what else comes is passed by, but for
 * the status, which is kept. Valid until the next call. */
const void *stand_hear(struct stand *stand, const struct wire_type *type, int ms);
/* Until the status says so; fails after `ms`. */
void stand_await_intake(struct stand *stand, enum intake intake, int ms);
void stand_await_outbox(struct stand *stand, int count, int ms);

/* Submission `n` is always the same bytes under the same id. */
struct desk_submit_answer stand_submit(struct stand *stand, int n);
void stand_send_submission(struct stand *stand, int64_t request, int n);
const char *stand_wish(void); /* an id for a number asked for; until the next call */
/* `number` gets the number (16 bytes). */
struct desk_ticket_answer stand_ticket(struct stand *stand, const char *queue, bool again,
                                       char *number);
/* The last word about a request's paper. */
struct desk_print_state stand_paper(struct stand *stand, int64_t request, int ms);

/* A technician's command; `each` may be NULL. */
typedef void stand_row(void *context, const struct wire_type *type, const void *message);
struct ctl_end stand_ctl(struct stand *stand, const struct wire_type *type, const void *message,
                         stand_row *each, void *context);
struct ctl_status stand_status(struct stand *stand); /* its texts are gone */
int stand_dial_ctl(struct stand *stand);
/* In the place of another program, on a socket of the desk's. */
struct link *stand_dial(struct stand *stand, const char *name, wire_table in);
/* The next message of it until then (monotonic), or NULL. */
const struct wire_type *stand_listen(struct link *link, void *message, int64_t until);
/* CPU time of the desk's thread so far, ms. */
int64_t stand_cpu(struct stand *stand);
