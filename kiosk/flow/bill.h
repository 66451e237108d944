/* The land tax (PBB) in a visit: a parcel and a year, what is owed, a code to pay it, and whether
 * it was paid. Only the portal's word makes a bill paid; a code that fails one of the checks of
 * form/qris.h is never shown. While a code is on screen the portal is asked every few seconds and
 * the idle prompt stays away. When the line breaks meanwhile nobody knows: the screen says that
 * the money may have arrived, and how to ask again. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/id.h"
#include "form/day.h"
#include "form/qris.h"

/* EFFECT_LOOKUP's arg */
enum ask { ASK_STATUS, ASK_BILL, ASK_PAY, ASK_PAID, ASK_BOOKING, ASK_PHOTOS };

enum bill_state { /* the portal's word, or why there is none */
                  BILL_OPEN,
                  BILL_PAID,
                  BILL_NOT_FOUND,
                  BILL_WAITING,     /* not paid yet */
                  BILL_EXPIRED,     /* not paid in time */
                  BILL_UNAVAILABLE, /* no code to be had now */
                  BILL_REFUSED,     /* a code came that must not be shown */
                  BILL_UNSURE,      /* the line broke while a code was on screen */
                  BILL_OFFLINE,
                  BILL_LIMITED,
                  BILL_FAILED
};

/* No code holds the kiosk longer, whatever the portal says. */
enum { PAY_LONGEST = 15 * 60 /* seconds */, PAY_SLIPS_MOST = 3 /* receipts a visit */ };
enum { NOP_TEXT = 19, NOP_DIGITS = 18, BILL_YEARS = 6, BILL_WORDS = 161, BILL_MOMENT = 40 };

/* By what was asked; the rest is empty. */
struct bill_answer {
    enum bill_state state;
    char owner[BILL_WORDS], place[BILL_WORDS]; /* masked by the portal */
    char due[DATE_TEXT];
    char reference[CODE_TEXT], qris[QRIS_TEXT];
    char nop[32], moment[BILL_MOMENT]; /* paid: masked; "24-11-2026 09.41" in the office's time */
    int64_t amount, fine;
    int year, seconds, minutes; /* minutes: LIMITED, to wait, 0 unknown */
};

/* In the visit's memory. */
struct flow_bill {
    char nop[NOP_TEXT], code[CODE_TEXT]; /* as they stand in the fields */
    int year;
    struct bill_answer bill, pay; /* `pay` holds the reference that is asked about */
    int64_t until;                /* monotonic: the code on screen may be paid before it */
    int64_t poll_at;              /* monotonic: asked next */
    int64_t poll_request, polled; /* that is on its way, 0 none, and when it left */
    int slips;                    /* receipts asked for in this visit */
    bool broke;                   /* the last question about the payment had no answer */
};

/* What the office takes: settings of the flow, not of a visit. */
struct bill_terms {
    const char *nmid; /* empty: nothing can be paid here */
    int64_t cap;      /* rupiah that one code may be for */
};
