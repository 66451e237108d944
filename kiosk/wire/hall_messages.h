/* hall.sock: what the office's counters ask of the desk, and what the desk tells the hall.
 * The desk listens; anjungan-hall dials, and is told at once all that concerns today: the
 * office, its counters and officers, every ticket, the last calls. From then on it is told
 * each change. `hall_office` begins all anew: another day, other data.
 *
 * A person's PIN never comes here: the hall derives a key from it (argon2id with the officer's
 * salt, seal/password.h), and the desk counts the try on disk before it compares. */
#pragma once
#include "wire/wire.h"

extern const wire_table hall_to_desk;
extern const wire_table desk_to_hall;

enum { HALL_BROWSER = 32, HALL_SALT = 16, HALL_KEY = 32 };

/* --- the hall asks; each is answered by one hall_done with its `request` ------------- */

/* A browser of the office, for good: with a one-time code of the staff menu. */
struct hall_pair {
    int64_t request;
    const char *code;          /* "4821 7730", blanks do not matter */
    struct wire_bytes browser; /* SHA-256 of the secret that it keeps as a cookie */
    const char *name;          /* "Chrome di loket 1" */
};
/* Is it paired? */
struct hall_browser {
    int64_t request;
    struct wire_bytes browser;
};
struct hall_sign_in {
    int64_t request;
    const char *officer;
    struct wire_bytes key;
};
/* Who sits where, told when it changes and anew after a break; "": nobody. Not answered. */
struct hall_seat {
    int32_t counter;
    const char *officer;
};
/* The next one by the office's policy. */
struct hall_next {
    int64_t request;
    int32_t counter;
};
enum hall_deed {
    DEED_CALL,     /* this one, waiting, parked or skipped */
    DEED_AGAIN,    /* the one at the counter once more */
    DEED_SERVED,   /* ... is done */
    DEED_ABSENT,   /* ... did not come */
    DEED_SKIP,     /* ... did not come yet */
    DEED_PARK,     /* ... comes back */
    DEED_TRANSFER, /* ... goes to counter `aim` */
    DEED_REPRINT   /* paper for a number: SALINAN */
};
struct hall_do {
    int64_t request;
    int32_t counter;
    int32_t deed; /* enum hall_deed */
    int64_t ticket;
    int32_t aim; /* a counter, 0 none */
};
/* Numbers of a series that nobody is to call. */
struct hall_void {
    int64_t request;
    const char *letter;
    int32_t from, to;
    const char *officer; /* for the journal */
};
/* Somebody goes to whom called for help. Not answered. */
struct hall_help_seen {
    const char *officer;
};

/* --- the desk says --------------------------------------------------------------------- */

struct hall_office {
    const char *kiosk; /* "6472021001-1" */
    const char *name;  /* "Kelurahan Sungai Keledang" */
    const char *day;   /* "2026-11-24" */
    int32_t utc_offset;
    int32_t recalls; /* calls of one number in all */
    const char *notice;
};
struct hall_counter {
    int32_t number;
    const char *name, *series;
};
struct hall_officer {
    const char *name;
    struct wire_bytes salt;
};
struct hall_ticket {
    int64_t ticket;
    const char *number; /* "A-017" */
    int32_t life;       /* enum hall_life */
    int32_t print;      /* enum print_state: PRINT_DONE ... */
    bool priority;
    const char *booking;                    /* "10.00", "" none */
    const char *service;                    /* title, Indonesian; "" of no service */
    const char *code;                       /* tracking code of its request, "" none */
    int64_t issued_at, called_at, ended_at; /* wall ms, 0 not yet */
    int32_t counter, aim, calls, copies;
};
/* As in the store. */
enum hall_life {
    HALL_WAITING,
    HALL_CALLED,
    HALL_SERVED,
    HALL_VOID,
    HALL_PARKED,
    HALL_SKIPPED,
    HALL_ABSENT
};
/* For the board and the voice, in order. */
struct hall_call {
    int64_t seq;
    int64_t ticket;
    const char *number;
    int32_t counter;
    int64_t at; /* wall ms */
    bool last;  /* of as many as there are */
};
/* At this kiosk; 0: nobody calls any more. */
struct hall_help {
    int64_t since; /* wall ms */
};
enum hall_result {
    HALL_DONE,
    HALL_NOBODY, /* waits for this counter */
    HALL_TAKEN,  /* another counter was quicker, or the number is not in that state any more */
    HALL_OFTEN,  /* was called as often as numbers are */
    HALL_WRONG,  /* code, browser or PIN */
    HALL_LOCKED, /* too many wrong PINs: `wait` seconds */
    HALL_PAPER,  /* the printer cannot take it */
    HALL_CLOSED  /* the store cannot be written now */
};
struct hall_done {
    int64_t request;
    int32_t result; /* enum hall_result */
    int64_t ticket; /* that was called; 0 none */
    int32_t wait;
    int32_t count; /* voided */
};

extern const struct wire_type hall_pair_type, hall_browser_type, hall_sign_in_type, hall_seat_type,
    hall_next_type, hall_do_type, hall_void_type, hall_help_seen_type;
extern const struct wire_type hall_office_type, hall_counter_type, hall_officer_type,
    hall_ticket_type, hall_call_type, hall_help_type, hall_done_type;
