/* Words that the programs share: what a printer, a ticket, a submission can be.
 * They cross the sockets as numbers: add at the end, never renumber. */
#pragma once

enum intake { INTAKE_OPEN, INTAKE_CHECKING, INTAKE_FULL, INTAKE_BROKEN, INTAKE_PAUSED };

enum printer_state {
    PRINTER_READY,
    PRINTER_NEAR_END,
    PRINTER_PAPER_OUT,
    PRINTER_COVER_OPEN,
    PRINTER_CUTTER,
    PRINTER_HOT,
    PRINTER_OFFLINE,
    PRINTER_UNKNOWN
};

enum print_state { PRINT_WORKING, PRINT_DONE, PRINT_PROBABLY, PRINT_FAILED };

enum ticket_result {
    TICKET_ISSUED,    /* committed; print states follow */
    TICKET_RECENT,    /* one was taken here moments ago: ask first; the number is that one */
    TICKET_ASK_STAFF, /* too many in a row */
    TICKET_CLOSED,    /* outside hours or the quota is reached */
    TICKET_FAILED     /* the store cannot promise anything now */
};

enum submit_result {
    SUBMIT_SAVED,  /* COMMIT returned */
    SUBMIT_FULL,   /* the disk is full */
    SUBMIT_BROKEN, /* the store is damaged */
    SUBMIT_CLOSED, /* intake is paused or still checking */
    SUBMIT_REFUSED /* the message made no sense */
};

enum lookup_result { LOOKUP_ANSWERED, LOOKUP_OFFLINE, LOOKUP_LIMITED, LOOKUP_FAILED };

enum visit_outcome { VISIT_DONE, VISIT_CANCELLED, VISIT_IDLE, VISIT_LOOKED };
