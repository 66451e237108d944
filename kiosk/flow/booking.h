/* A place in the queue that was taken at home ("Sudah punya nomor dari rumah?"): its code is typed
 * or its QR scanned, the portal says what becomes of it, and what is due is exchanged for a queue
 * number in the ordinary way (tickets.c). The number is asked for under the id that the portal
 * gave the booking, so that one booking is one number, whatever answer is lost. What is not due
 * is told with a way on, at the worst an ordinary number: nobody is sent home by a booking. */
#pragma once
#include <stdbool.h>
#include "base/clock.h"
#include "base/id.h"

enum booking_state { /* the portal's word, or why there is none */
                     BOOKING_DUE,
                     BOOKING_EARLY,
                     BOOKING_LATE,
                     BOOKING_OTHER_DAY,
                     BOOKING_OTHER_OFFICE,
                     BOOKING_DONE, /* exchanged before */
                     BOOKING_NOT_FOUND,
                     BOOKING_OFFLINE,
                     BOOKING_LIMITED,
                     BOOKING_FAILED
};

enum { BOOKING_TIME = 6 /* "10.00" */, BOOKING_OFFICE = 4 * 95 + 1 };

/* By the state; the rest is empty. */
struct booking_answer {
    enum booking_state state;
    char id[UUID_TEXT], letter[4], service[33]; /* of its number */
    char day[DATE_TEXT], time[BOOKING_TIME], from[BOOKING_TIME];
    char office[BOOKING_OFFICE]; /* name */
    char number[16];             /* DONE: "" unknown */
    int minutes;                 /* LIMITED: to wait, 0 unknown */
};

/* In the visit's memory. */
struct flow_booking {
    char code[CODE_TEXT]; /* as it stands in the field */
    struct booking_answer answer;
};
