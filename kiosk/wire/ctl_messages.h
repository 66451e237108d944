/* ctl.sock: what a technician's anjunganctl asks of the desk. One command a
 * connection; the answer is none or more messages and then one ctl_end. */
#pragma once
#include "wire/wire.h"

extern const wire_table ctl_to_desk;
extern const wire_table desk_to_ctl;

/* --- commands; those that carry nothing have no struct -- */

/* Rows with seq > after, at most `limit` (1 to CTL_PAGE). */
struct ctl_outbox_ask {
    int64_t after;
    int32_t limit;
};
/* Tickets of today without paper in hand. */
struct ctl_unprinted_ask {
    int64_t after;
    int32_t limit;
};
enum { CTL_PAGE = 100 };

/* One of them, printed as a copy. */
struct ctl_reprint {
    const char *number; /* "A-017" */
};

struct ctl_enrol {
    const char *url;  /* of the portal */
    const char *code; /* one-time, from the city */
};

/* ctl_pair_ask: a one-time code for a counter's browser; ctl_unpair: none is paired any more.
 * Both carry nothing. */

/* A counter's officer. Empty salt and key: he is removed. */
struct ctl_officer {
    const char *name;
    struct wire_bytes salt, key; /* as in hall_messages.h */
};

/* --- answers ------------------------------------------------------------------ */

/* Counts and states, never contents. Times are wall ms, 0: never; `utc_offset` is the office's
 * zone, minutes, in which people are shown them. */
struct ctl_status {
    const char *kiosk, *office;
    const char *program;       /* version of the desk */
    int32_t catalogue_version; /* 0: the installed one */
    int64_t started_at;
    int32_t intake;           /* enum intake (face_messages.h) */
    int32_t printer;          /* enum printer_state */
    const char *printer_name; /* address and profile from the configuration */
    int64_t roll_mm;          /* printed on the roll that is in */
    int32_t roll_slips;
    int32_t roll_left;    /* slips, about; -1 nobody knows */
    int64_t roll_changed; /* when it was put in */
    bool face_connected;
    bool enrolled;
    bool online;
    int64_t offline_since, last_exchange, next_try;
    const char *last_error; /* of the courier: "dns", "http 500" */
    int32_t outbox;         /* waiting */
    int32_t quarantined;
    int64_t outbox_oldest; /* when the oldest was saved */
    int64_t last_seq;      /* submissions ever saved here */
    int32_t tickets_today, tickets_waiting, tickets_unprinted;
    int32_t visits_today;
    int64_t store_bytes, disk_free_bytes;
    bool clock_uncertain;
    const char *catalogue_expires; /* "2027-02-22": a newer one comes before; "" when installed */
    bool catalogue_expired;        /* and did not */
    int32_t utc_offset;
};

/* As in the store: of a forgotten or lost one only its number is left. */
enum ctl_outbox_state { CTL_WAITING, CTL_DELIVERED, CTL_QUARANTINED, CTL_FORGOTTEN, CTL_LOST };
struct ctl_outbox_row {
    int64_t seq;
    const char *service;
    int32_t state; /* enum ctl_outbox_state */
    int64_t saved_at, delivered_at, next_try;
    int32_t tries;
    const char *last_error; /* "http 500"; may be empty */
    int32_t utc_offset;
};

struct ctl_ticket_row {
    int64_t ticket;
    const char *number; /* "A-017" */
    int64_t issued_at;
    int32_t print; /* enum print_state (face_messages.h) */
    int32_t utc_offset;
};

/* What was counted today under a name (store/tallies.h). */
struct ctl_figure_row {
    const char *name;
    int64_t count;
};

struct ctl_pair_code {
    const char *code;
};

struct ctl_end {
    bool ok;
    const char *reason; /* for the technician; empty when ok */
    int64_t next;       /* `after` of the next page; 0: that was all */
};

extern const struct wire_type ctl_pair_ask_type, ctl_unpair_type, ctl_officer_type,
    ctl_pair_code_type;
extern const struct wire_type ctl_status_ask_type, ctl_test_print_type, ctl_send_now_type,
    ctl_outbox_ask_type, ctl_unprinted_ask_type, ctl_enrol_type, ctl_figures_ask_type,
    ctl_reprint_type, ctl_paper_changed_type, ctl_print_day_type;
extern const struct wire_type ctl_status_type, ctl_outbox_row_type, ctl_ticket_row_type,
    ctl_figure_row_type, ctl_end_type;
