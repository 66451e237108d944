/* The desk's own parts: one struct, a file a noun. Only this folder includes it. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include "base/id.h"
#include "base/settings.h"
#include "base/states.h"
#include "desk/desk.h"
#include "form/catalogue.h"
#include "portal/courier.h"
#include "portal/identity.h"
#include "portal/policy.h"
#include "print/spool.h"
#include "queue/queue.h"
#include "seal/seal.h"
#include "store/outbox.h"
#include "store/tickets.h"
#include "wire/face_messages.h"
#include "wire/hall_messages.h"
#include "wire/link.h"

enum {
    PATH_BYTES = 512,
    REQUESTS = 32,
    JOBS = 16,
    DELAYED = 64,
    CTL_CLIENTS = 4,
    BATCH = 100,
    SERVING = 121,
    LOOKUP_QUERY = 8 * 1024 /* as long as the face may ask */
};

/* A request of the visit that is on: what a reprint or a print state belongs to. */
struct asked {
    int64_t request;
    int64_t ticket;         /* id, 0 none */
    int64_t seq;            /* submission, 0 none */
    char photos[PASS_TEXT]; /* that stands on its paper, and on no disk; "" none */
    char office[16];        /* that processes it, "" this one */
    bool mends;             /* what an officer sent back, answered anew */
};

struct job { /* at the printer */
    int64_t job, request, ticket;
};

struct roll {           /* of paper, since it was put in */
    int64_t mm, slips;  /* printed */
    int64_t changed_at; /* wall; 0 nobody knows */
    bool out;           /* it was seen to be empty */
    bool loaded;        /* what the store has is in the count */
    int64_t save_at;    /* monotonic, 0 nothing to save */
};

struct ctl_client {
    struct link *link; /* NULL: a free place */
    int64_t until;     /* monotonic: it hangs up or is hung up on */
    bool answered;     /* hang up once all is out */
};

struct lookup {
    bool busy;       /* one is on its way */
    int64_t request; /* the face's that waits for an answer, 0 nobody */
    size_t len;      /* of the query that waits for the lane, 0 none */
    uint8_t query[LOOKUP_QUERY];
};

struct delayed {        /* an item that failed by itself */
    int64_t seq, until; /* monotonic ms */
};

struct desk {
    const struct settings *settings;
    struct type *type;
    int64_t started_at; /* wall */
    int64_t mend_at;    /* monotonic: what is missing is tried again */
    bool stopping;

    /* store */
    bool checked; /* since it was opened */
    enum intake intake;
    struct store *store;  /* NULL: closed for now */
    int64_t store_retry;  /* monotonic: next attempt to open or to write */
    int64_t settle_at;    /* monotonic: the log is emptied, 0 nothing to do */
    int32_t forgot_day;   /* when old metadata was last removed */
    unsigned store_tries; /* since the intake was open */

    /* what is offered */
    int bundle_version; /* of the active bundle, 0: the installed catalogue */
    struct office *office;
    struct catalogue *catalogue;
    char *bundle; /* its bytes, to send to the face */
    size_t bundle_len;
    char bundle_etag[72];
    bool bundle_old;    /* its last day is over, and that was said */
    bool bundle_missed; /* it lies there and there was no memory for it: tried again */

    /* face */
    struct link *face;
    int64_t face_dial; /* monotonic: next try */
    struct asked asked[REQUESTS];
    size_t asked_count; /* ever; the ring's place is modulo REQUESTS */
    char last_number[16];
    int64_t last_ticket_at; /* monotonic */
    int64_t help_noted;     /* monotonic: last help in the journal, 0 never */
    int face_tries;
    int in_a_row;
    int64_t last_list_at; /* monotonic: of the checklists */
    int lists_in_a_row;
    int visits_today;
    int32_t visits_day;
    struct desk_status told; /* what the face was told last; its strings live below */
    bool told_once;
    char told_serving[SERVING];
    char serving[SERVING]; /* numbers at counters as they were after so many writes, that day */
    int64_t serving_writes;
    int32_t serving_day;

    /* paper */
    enum printer_state printer;
    struct printer_profile *profile;
    const char *profile_name; /* the one in use, which may be the spare one */
    struct spool *spool;      /* NULL: no printer configured */
    struct job jobs[JOBS];
    struct roll roll;
    int letters; /* of the visit's slips: 0 to 2 */
    int64_t next_job;

    /* portal */
    struct courier *courier; /* NULL: not enrolled */
    struct policy policy;
    int64_t last_seq_tried; /* where the round goes on */
    struct delayed delayed[DELAYED];
    int64_t next_heartbeat, next_bundle, next_tallies; /* monotonic */
    int32_t tally_day;                                 /* whose numbers went last */
    int64_t tally_changes;                             /* as they were after so many */
    bool tally_runs;                                   /* that day was not over */
    int32_t running_day; /* as the portal has heard of a day that was not over */
    int64_t running_changes;
    int64_t mirror_after; /* monotonic */
    int mirror_tries;
    int mirrored_count;
    struct ticket mirrored[BATCH]; /* on their way */
    bool lane_busy;                /* the lane of submissions, tickets, heartbeat, bundle */
    struct lookup lookup;
    bool mirror_due;
    bool online;
    bool enrolled, knows_portal;
    char last_error[48];
    int64_t offline_since, last_exchange; /* wall */
    int64_t portal_clock;                 /* its time when it was last heard, wall ms */
    int64_t portal_heard;                 /* then, monotonic; 0 never */
    struct identity identity;             /* when enrolled */
    uint8_t portal_sign[SIGN_PUBLIC], portal_seal[SEAL_KEY];

    /* hall */
    struct link *hall; /* NULL: none dialled */
    int hall_listener;
    ino_t hall_file;
    int64_t hall_check, hall_rest;    /* monotonic, as for ctl */
    int32_t hall_day;                 /* that it is told of */
    int64_t hall_writes;              /* tickets as they were after so many were told */
    int64_t hall_change, hall_call;   /* the last change and call told */
    char seats[COUNTER_MOST + 1][32]; /* by a counter's number: who sits there, "" nobody */
    int64_t help_since;               /* wall: somebody at this kiosk calls, 0 nobody */
    char pair_code[CODE_TEXT];        /* "" none */
    int64_t pair_until;               /* monotonic */
    int pair_tries;

    /* ctl */
    struct enrolment *enrolment; /* under way, or NULL */
    struct ctl_client ctl[CTL_CLIENTS];
    int ctl_listener;
    ino_t ctl_file;    /* its name's, to see whether it was removed */
    int64_t ctl_check; /* monotonic: looked at next */
    int64_t ctl_rest;  /* monotonic: not asked who waits before */
};

/* keeper.c: the store's health, and with it the intake. */
bool keeper_open(struct desk *desk);       /* false: another process has the store */
bool keeper_busy(const struct desk *desk); /* the check goes on: do not sleep */
void keeper_step(struct desk *desk, int64_t now);
/* Note what a call of the store said; true when it succeeded. */
bool keeper_note(struct desk *desk, enum store_result result);

/* office time */
struct civil;
int desk_utc_offset(const struct desk *desk); /* minutes */
struct civil desk_civil(const struct desk *desk);
int32_t desk_day(const struct desk *desk);
bool desk_clock_uncertain(const struct desk *desk);

/* the catalogue */
const struct service *desk_service(const struct desk *desk, const char *id); /* NULL: unknown */
bool desk_has_spare(const struct desk *desk); /* no catalogue but the counter's numbers */

/* face_port.c */
void face_dial(struct desk *desk, int64_t now);
void face_hello(struct desk *desk); /* once more: office, hours or catalogue are others */
void face_read(struct desk *desk);
void face_send(struct desk *desk, const struct wire_type *type, const void *message);
void face_hang_up(struct desk *desk);
struct asked *face_remember(struct desk *desk, int64_t request);
struct asked *face_find(struct desk *desk, int64_t request);

/* tickets.c, submissions.c */
void tickets_request(struct desk *desk, const struct face_ticket_request *request);
/* False: closed now; else the order of the next number of a series. */
bool tickets_order(struct desk *desk, const char *letter, const char *service, bool priority,
                   struct ticket_order *order);
void submissions_take(struct desk *desk, const struct face_submit *submit);

/* counters.c */
struct hall_do;
struct hall_void;
/* The next number to that counter, or a deed on one: `ticket` as it is then. */
enum hall_result counters_next(struct desk *desk, int counter, struct ticket *ticket);
enum hall_result counters_do(struct desk *desk, const struct hall_do *order, struct ticket *ticket);
enum hall_result counters_void(struct desk *desk, const struct hall_void *order, int *count);
/* People before this ticket at the counters that may call it; `minutes` until its turn, -1:
 * nobody knows, because fewer than three were served today or nobody sits there. */
int tickets_ahead(struct desk *desk, const struct ticket *ticket, int *minutes);
/* The numbers at counters now, "A-012 B-003". */
const char *counters_serving(struct desk *desk); /* until the next call */

/* staff.c; a const char * says what is wrong, NULL: done */
struct hall_pair;
const char *staff_set_officer(struct desk *desk, const char *name, struct wire_bytes salt,
                              struct wire_bytes key);
const char *staff_remove_officer(struct desk *desk, const char *name);
typedef void staff_row(void *context, const char *name, const uint8_t *salt);
void staff_each_officer(struct desk *desk, staff_row *row, void *context);
enum hall_result staff_sign_in(struct desk *desk, const char *name, struct wire_bytes key,
                               int *wait /* seconds, when locked */);
void staff_pair_code(struct desk *desk, char code[CODE_TEXT]); /* takes the place of the last one */
enum hall_result staff_pair(struct desk *desk, const struct hall_pair *pair);
enum hall_result staff_browser(struct desk *desk, struct wire_bytes browser);
const char *staff_unpair(struct desk *desk);

/* hall_port.c */
void hall_open(struct desk *desk, int64_t now);
void hall_accept(struct desk *desk);
void hall_read(struct desk *desk);
void hall_hang_up(struct desk *desk);
void hall_begin(struct desk *desk); /* tell it all: who is new, another day, other data */
void hall_officers(struct desk *desk);
void hall_tell(struct desk *desk); /* what changed */
/* Somebody at this kiosk calls for help: true when somebody sits where it shows. */
bool hall_help(struct desk *desk);

/* paper.c */
void paper_start(struct desk *desk);
/* False: no printer takes it, and the face was told. */
bool paper_ticket(struct desk *desk, const struct asked *asked, const struct ticket *ticket,
                  bool copy);
void paper_receipt(struct desk *desk, struct asked *asked, const struct outbox_item *item,
                   const struct ticket *ticket, bool copy);
/* The receipt of a payment: nothing of it is kept. */
void paper_payment(struct desk *desk, const struct face_payment *payment);
void paper_checklist(struct desk *desk, const struct face_checklist *checklist);
void paper_reprint(struct desk *desk, const struct face_reprint *reprint);
/* Staff print a number of today that has no paper ("A-017"), as a copy. NULL: it is on its way;
 * else why not. */
const char *paper_copy(struct desk *desk, const char *number);
/* The same of a ticket; false: no printer takes it. */
bool paper_again(struct desk *desk, const struct ticket *ticket);
bool paper_test(struct desk *desk);
/* The day's report. NULL: it is on its way; else why not. */
const char *paper_day(struct desk *desk);
bool paper_changed(struct desk *desk); /* a new roll: the count starts, and a test slip comes */
void paper_events(struct desk *desk);

/* roll.c */
void roll_step(struct desk *desk, int64_t now);
void roll_save(struct desk *desk); /* at once, what is not saved yet */
void roll_used(struct desk *desk, int mm);
void roll_changed(struct desk *desk);
void roll_watch(struct desk *desk);     /* the printer's state is another */
int roll_left(const struct desk *desk); /* slips, about; -1 nobody knows */
bool roll_low(const struct desk *desk); /* somebody should look for a new one */
/* The printer's, which does not know how long a roll is. */
enum printer_state paper_state(const struct desk *desk);

/* slips.c, slips_day.c, slips_receipt.c */
/* Today's figures; false: the store cannot be read now. */
bool slip_of_day(struct desk *desk, struct slip *slip);
void slip_of_ticket(const struct desk *desk, const struct ticket *ticket, int ahead, int minutes,
                    bool copy, struct slip *slip);
void slip_of_receipt(const struct desk *desk, const struct outbox_item *item,
                     const struct ticket *ticket, const struct asked *asked, int ahead, int minutes,
                     bool copy, struct slip *slip);
void slip_of_payment(const struct desk *desk, const struct face_payment *payment,
                     struct slip *slip);
void slip_of_checklist(const struct desk *desk, const struct service *service, struct slip *slip);
void slip_of_test(const struct desk *desk, struct slip *slip);

/* delivery.c, mirror.c */
void delivery_start(struct desk *desk);
void delivery_pump(struct desk *desk, int64_t now);
void delivery_results(struct desk *desk);
int64_t delivery_deadline(const struct desk *desk); /* monotonic ms */
void delivery_now(struct desk *desk);               /* a person asked: forget the waiting */
bool mirror_tickets(struct desk *desk, int64_t now);
bool mirror_heartbeat(struct desk *desk);

/* lookups.c */
void lookups_take(struct desk *desk, const struct face_lookup *message);
void lookups_back(struct desk *desk, const struct courier_result *result);
void lookups_forget(struct desk *desk); /* the face is another */

/* tallies.c: what is counted, for whom no name stands */
void tallies_take(struct desk *desk, const struct face_tally *message);
bool tallies_send(struct desk *desk);
void tallies_back(struct desk *desk, const struct courier_result *result);
bool mirror_done(struct desk *desk);

/* bundles.c */
bool bundles_load(struct desk *desk); /* the active bundle, or the installed catalogue */
void bundles_received(struct desk *desk, char *bytes, size_t len,
                      const char *etag); /* takes the bytes over */
/* Its last day is over, by a clock that is not in doubt: somebody keeps newer ones from us. */
bool bundles_expired(const struct desk *desk);
void bundles_watch(struct desk *desk); /* say so, once */

/* offices.c: NULL and said why not, unless the bundle has none. */
struct json_value;
struct office *offices_installed(const struct desk *desk);
/* False and a fault: the bundle is refused. `office` is the caller's; NULL: none in it. */
bool offices_bundled(const struct desk *desk, const struct json_value *files,
                     const struct catalogue *catalogue, struct office **office,
                     struct fault *fault);

/* status.c */
int visits_today(struct desk *desk); /* since the office's local midnight */
void status_tell(struct desk *desk); /* the face, when something changed */

/* ctl_port.c */
/* Listens, and after a while again where the file in the folder is not ours any more. */
void ctl_open(struct desk *desk, int64_t now);
void ctl_accept(struct desk *desk);
void ctl_read(struct desk *desk, int client);
void ctl_done(struct desk *desk, int client, bool ok, const char *reason);
void ctl_hang_up(struct desk *desk, int client);
/* Hangs up on those whose time is over; when the next one's is. */
int64_t ctl_deadline(struct desk *desk, int64_t now);

/* desk.c: after enrolment, and at start. */
void desk_adopt_identity(struct desk *desk);
