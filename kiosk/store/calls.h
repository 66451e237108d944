/* What a counter does with the day's numbers. Each deed is one transaction and leaves a word
 * in the log of calls where somebody is called; two counters never have one number. A deed
 * that the number's state does not allow (another counter was quicker) answers STORE_TAKEN and
 * changes nothing. */
#pragma once
#include "store/tickets.h"

struct call {
    int64_t seq, ticket, at; /* at: wall ms */
    int counter;
    bool again; /* a repetition */
};

/* Those who wait that day, by id; how many, -1 when they cannot be read. */
int call_waiting(struct store *store, int32_t day, struct ticket *list, int max);
/* So many were called that day since the last one who went first; `fresh` when none did. */
int call_others(struct store *store, int32_t day, int fresh);

/* A waiting, parked or skipped number to a counter. `first`: it goes first (calling.h). */
enum store_result call_ticket(struct store *store, int64_t id, int counter, bool first, int64_t now,
                              struct ticket *ticket);
/* The number at a counter that day; STORE_NONE: none. */
enum store_result call_current(struct store *store, int32_t day, int counter,
                               struct ticket *ticket);
/* Once more, `most` times in all; STORE_NONE: it was called that often. */
enum store_result call_again(struct store *store, int64_t id, int counter, int most, int64_t now,
                             struct ticket *ticket);
/* The one at this counter is served, absent, skipped or parked. */
enum store_result call_end(struct store *store, int64_t id, int counter, enum ticket_life life,
                           int64_t now, struct ticket *ticket);
/* The one at this counter waits for another one, in its old place. */
enum store_result call_transfer(struct store *store, int64_t id, int counter, int aim,
                                struct ticket *ticket);
/* Numbers of that series that nobody is to call: those waiting, parked or skipped from `from`
 * to `to`. How many they were, -1 on failure (`why`). */
int call_void(struct store *store, int32_t day, const char *letter, int from, int to,
              enum store_result *why);

/* Tickets of the day that changed after `change`, in the order of their changes; each once,
 * as it is now. How many, -1. */
int ticket_changed(struct store *store, int32_t day, int64_t change, struct ticket *list, int max);
/* Calls of the day after `seq`, in order. How many, -1. */
int call_log(struct store *store, int32_t day, int64_t seq, struct call *list, int max);
/* Minutes of the day's last services, at least one each, the oldest first. How many, -1. */
int call_minutes(struct store *store, int32_t day, int *minutes, int max);
