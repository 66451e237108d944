/* face.sock: what the face asks of the desk and what the desk tells the face.
 * Every question carries a `request` number that its answer repeats; the face
 * drops answers to questions it no longer asks (another visit may be on). */
#pragma once
#include "base/states.h"
#include "wire/wire.h"

extern const wire_table face_to_desk;
extern const wire_table desk_to_face;

/* --- the desk says, unasked ------------------------------------------------ */

/* First message after dialling. */
struct desk_hello {
    int32_t protocol;          /* FACE_PROTOCOL; another value: out of service */
    const char *kiosk;         /* "6472021001-1" */
    const char *office;        /* kelurahan code */
    const char *office_name;   /* "Kelurahan Sungai Keledang" */
    const char *hours;         /* "Senin–Kamis 08.00–16.00 · Jumat 08.00–14.00" */
    int32_t utc_offset;        /* minutes */
    const char *days_off;      /* of the city, from today on: "2026-12-24 2026-12-25" */
    const char *serves;        /* codes of the kelurahan that a kecamatan's office serves, a space
                                  between; "" of a kelurahan's own */
    int32_t catalogue_version; /* of the desk's active bundle; 0: none beyond the installed one */
    struct wire_bytes portal_key; /* X25519 sealing key from root-owned configuration, 32 bytes;
                                     empty: not enrolled yet, forms stay closed */
};
enum { FACE_PROTOCOL = 9, DAYS_OFF_MAX = 2200, SERVES_MAX = 330 };

/* The active bundle as it was signed; the face verifies and adopts it between visits. */
struct desk_bundle {
    struct wire_bytes bundle;
};
enum { DESK_BUNDLE_MAX = 3 * 1024 * 1024 };

/* Sent at hello and whenever a field changes. */
struct desk_status {
    int32_t intake;                   /* enum intake */
    int32_t printer;                  /* enum printer_state */
    bool online;                      /* the last exchange with the portal succeeded */
    int64_t offline_since;            /* wall ms; 0 when online or never tried */
    int32_t waiting;                  /* tickets not yet served, all series */
    int32_t wait_minutes;             /* estimate for the next ticket; -1 unknown */
    int32_t outbox;                   /* submissions not yet delivered */
    bool tickets_open;                /* the counters take numbers now */
    const char *tickets_closed_until; /* "08.00", local; empty when open or unknown */
    bool clock_uncertain;
    bool digital_day;    /* the home screen leads with self-service */
    const char *notice;  /* the office's line for the screen; may be empty */
    const char *serving; /* numbers being served, "A-012 B-003"; may be empty */
};

/* --- tickets ------------------------------------------------------------- */

struct face_ticket_request {
    int64_t request;
    const char *id;      /* UUIDv7 of the wish, made by the face: the same wish told twice (to a
                            desk that died before it answered) is one number */
    const char *queue;   /* "A" .. "E" */
    const char *service; /* whose page it was taken from: what to bring stands on the slip; "" */
    bool priority;
    bool again;          /* the resident has seen "Anda baru mengambil ..." and insists */
    const char *booking; /* "10.00": a place taken at home for then, which the portal let this
                            kiosk exchange; `id` is the booking's. "" */
};
struct desk_ticket_answer {
    int64_t request;
    int32_t result;     /* enum ticket_result */
    int64_t ticket;     /* for reprints */
    const char *number; /* "A-017" */
    int32_t ahead;
    int32_t wait_minutes; /* -1 unknown */
};

/* --- submissions ------------------------------------------------------------- */

struct face_submit {
    int64_t request;
    const char *id;       /* UUIDv7, made by the face, inside the envelope too */
    const char *code;     /* tracking code */
    const char *replaces; /* id of the first wording of this request, when one may be saved
                             already; else empty */
    bool mends;           /* answers anew of a request that was sent back: no number goes with it */
    const char *photos;   /* the pass with which photos may follow, to print and to keep in
                             memory alone; empty: none */
    const char *service;  /* "sku" */
    int32_t catalogue_version;
    const char *language;       /* of the resident, "id" */
    const char *office;         /* code of the kelurahan that processes it; "" this office */
    struct wire_bytes envelope; /* sealed; the desk cannot read it */
};
struct desk_submit_answer {
    int64_t request;
    int32_t result; /* enum submit_result; SAVED only after COMMIT returned */
    int64_t seq;
    const char *number; /* the ticket, where the counter comes next; else empty */
    int64_t ticket;     /* 0 without one */
    int32_t ahead;
    int32_t wait_minutes;
};
/* The portal's signed receipt for a submission of the visit still on screen. */
struct desk_delivered {
    const char *id;
};

/* --- paper ---------------------------------------------------------------------- */

struct desk_print_state {
    int64_t request; /* of the ticket, submission, reprint or checklist */
    int32_t state;   /* enum print_state */
    int32_t cause;   /* enum printer_state, when FAILED */
};
struct face_reprint {
    int64_t request;       /* a new one */
    int64_t first_request; /* whose paper did not come; only of the same visit */
};

/* The letters of this visit's slips are to be as large as those of its screens; told when it is
 * another than the desk knows, before what prints. Back to 0 with the visit's end. */
struct face_letters {
    int32_t size; /* 0 normal, 1 large, 2 largest */
};

/* What a service asks for, on paper, without a number; also when the counters are closed. */
struct face_checklist {
    int64_t request;
    const char *service;
};

/* --- look-ups: sealed both ways, the desk relays ---------------------------------- */

struct face_lookup {
    int64_t request;
    struct wire_bytes query; /* sealed to the portal */
};
struct desk_lookup_answer {
    int64_t request;
    int32_t result;           /* enum lookup_result */
    struct wire_bytes answer; /* sealed to the visit's one-time key */
    int32_t wait_minutes;     /* when LIMITED: so long at least; 0 unknown */
};

/* The portal said that a land-tax bill was paid: its receipt. The portal masked the parcel. The
 * desk takes the face's word for it, as it cannot open what was sealed to the visit: a face taken
 * over could print what is not so. So no signed token stands on this slip, as on those that the
 * desk vouches for; what counts is the payment's number, of which the portal alone says whether it
 * was paid, to whoever asks with it. */
struct face_payment {
    int64_t request;
    const char *reference, *nop;
    int32_t year;
    int64_t amount;     /* rupiah */
    const char *moment; /* "24-11-2026 09.41", of the payment */
    bool copy;          /* one was printed before: SALINAN */
};

/* --- help ------------------------------------------------------------------------- */

struct face_help {
    int64_t request;
    const char *screen; /* name of the screen it was asked from, no personal data */
};
struct desk_help_answer {
    int64_t request;
    bool told; /* a member of staff sees it */
};

/* The visit is over: the desk forgets its requests; counts it. */
struct face_visit_end {
    int32_t outcome; /* enum visit_outcome */
    int32_t seconds;
};

/* What the visit adds to the day's numbers: "visit/done skm/sku/u2/4 ..." (store/tallies.h). */
struct face_tally {
    const char *counts;
};

extern const struct wire_type desk_hello_type, desk_bundle_type, desk_status_type,
    desk_ticket_answer_type, desk_submit_answer_type, desk_delivered_type, desk_print_state_type,
    desk_lookup_answer_type, desk_help_answer_type;
extern const struct wire_type face_ticket_request_type, face_submit_type, face_reprint_type,
    face_lookup_type, face_payment_type, face_help_type, face_visit_end_type, face_tally_type,
    face_checklist_type, face_letters_type;
