/* Queue numbers: reserved and committed before anything is printed or shown. */
#pragma once
#include "store/store.h"

enum ticket_print { TICKET_UNPRINTED, TICKET_PRINTED, TICKET_PROBABLY };
enum ticket_life {
    TICKET_WAITING,
    TICKET_CALLED, /* at a counter */
    TICKET_SERVED,
    TICKET_VOID,    /* by the staff: nobody holds it */
    TICKET_PARKED,  /* comes back to its counter */
    TICKET_SKIPPED, /* did not come at once; may still be called */
    TICKET_ABSENT   /* did not come at all */
};

struct ticket_order {
    const char *uuid;    /* NULL: one is made */
    const char *letter;  /* the series: "A" */
    int32_t day;         /* office-local day number (clock.h) */
    int64_t now;         /* wall ms */
    const char *service; /* may be empty */
    bool priority;
    int quota;           /* 0 none; STORE_NONE when it is reached */
    const char *booking; /* "10.00": of a place taken at home; NULL none */
};
struct ticket {
    int64_t id;
    char uuid[37];
    char letter[4];
    char service[32];
    bool priority;
    int number;
    int32_t day;
    int64_t issued_at;
    enum ticket_print print;
    enum ticket_life life;
    int copies;                  /* reprints so far */
    int revision;                /* counts the changes */
    int64_t submission;          /* seq, 0 none */
    char booking[6];             /* "10.00", "" none */
    int counter;                 /* that called it last; 0 none */
    int aim;                     /* waits for this counter alone; 0 for any that calls its series */
    int64_t called_at, ended_at; /* wall ms; 0 not yet */
    int calls;
    int64_t change; /* orders the changes of all tickets */
};

/* Next number of the series on that day, unique by a rule of the database. */
enum store_result ticket_issue(struct store *store, const struct ticket_order *order,
                               struct ticket *ticket);
enum store_result ticket_get(struct store *store, int64_t id, struct ticket *ticket);
enum store_result ticket_find(struct store *store, const char *uuid, struct ticket *ticket);
/* Paper that was confirmed once stays confirmed, whatever became of a copy. */
enum store_result ticket_set_print(struct store *store, int64_t id, enum ticket_print print);
enum store_result ticket_copied(struct store *store, int64_t id); /* one more SALINAN */

/* Tickets that day (letter NULL: of all series): given, not yet served, without paper. Those of
 * all series are counted anew only after a ticket was written, or for another day. */
struct ticket_counts {
    int issued, waiting, unprinted;
};
enum store_result ticket_counts(struct store *store, int32_t day, const char *letter,
                                struct ticket_counts *counts);
/* The whole day of a series ("": of all): what became of its numbers. Waiting are those that may
 * still be called or are at a counter. */
struct ticket_day {
    int issued, served, waiting, absent, voided, unprinted;
};
enum store_result ticket_day(struct store *store, int32_t day, const char *letter,
                             struct ticket_day *counts);
/* Tickets of the day without paper in hand, oldest first, id > after; how many, -1 when they
 * cannot be read. */
int ticket_unprinted(struct store *store, int32_t day, int64_t after, struct ticket *list, int max);

/* For the portal's mirror: tickets changed since the last confirmation. A change made
 * while the portal answers is seen by its revision and goes with the next batch. How many, -1
 * when they cannot be read. */
int ticket_unmirrored(struct store *store, struct ticket *list, int max);
enum store_result ticket_mirrored(struct store *store, const struct ticket *list, int count);
/* Mirrored tickets of earlier days go (promise P6), but for the newest ticket of all. */
enum store_result ticket_forget(struct store *store, int32_t before_day);
