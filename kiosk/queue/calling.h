/* Who is called next: pure arithmetic over the people who wait for one counter.
 *
 * Some go first: who said to be 60 or older, disabled, pregnant or nursing, or with a small
 * child (UU 25/2009 article 29; nobody is asked for a proof), and who booked a time and is in
 * time for it. How often they do is the office's policy, data of its file:
 *   every   after so many others comes one who goes first; at once where none of them waits
 *   strict  who goes first always does, but when one of the others has waited longer than the
 *           guard, every second call is theirs
 * Within both groups the longest wait comes first. A booking counts from its own time on: who
 * comes early is called earlier only when nobody else waits, who comes later than `late`
 * minutes after it waits with the others from then on. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum calling_rule { CALLING_EVERY, CALLING_STRICT };
struct calling {
    enum calling_rule rule;
    int every;   /* others */
    int guard;   /* minutes */
    int late;    /* minutes */
    int recalls; /* calls of one number in all, before it counts as absent */
    int last;    /* minutes before closing in which no more numbers are given */
};

struct waiting {
    int64_t since; /* wall ms: when the number was taken */
    int64_t due;   /* wall ms: the time that was booked; 0 none */
    bool priority;
};

enum { CALLING_FRESH = 10000 /* nobody who goes first was called today */ };

/* The index of the next one, -1: nobody waits. `others` were called since the last one who
 * went first. */
int calling_next(const struct calling *calling, const struct waiting *list, size_t count,
                 int others, int64_t now);
/* Does this call count as of one who goes first? */
bool calling_goes_first(const struct calling *calling, const struct waiting *one, int64_t now);
