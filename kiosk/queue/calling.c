#include "queue/calling.h"

enum { MINUTE = 60000 };

static bool
booked_in_time(const struct calling *calling, const struct waiting *one)
{
    return one->due != 0 && one->since <= one->due + (int64_t)calling->late * MINUTE;
}

bool
calling_goes_first(const struct calling *calling, const struct waiting *one, int64_t now)
{
    return one->priority || (booked_in_time(calling, one) && now >= one->due);
}

/* Came before the booked time. */
static bool
too_early(const struct calling *calling, const struct waiting *one, int64_t now)
{
    return !one->priority && booked_in_time(calling, one) && now < one->due;
}

/* From when on somebody waits. */
static int64_t
place(const struct calling *calling, const struct waiting *one)
{
    return booked_in_time(calling, one) && one->due > one->since ? one->due : one->since;
}

int
calling_next(const struct calling *calling, const struct waiting *list, size_t count, int others,
             int64_t now)
{
    int first = -1, other = -1, early = -1;
    for (size_t i = 0; i < count; i++) {
        int *best = &other;
        if (too_early(calling, &list[i], now)) {
            best = &early;
        } else if (calling_goes_first(calling, &list[i], now)) {
            best = &first;
        }
        if (*best < 0 || place(calling, &list[i]) < place(calling, &list[*best])) {
            *best = (int)i;
        }
    }
    if (first < 0 || other < 0) {
        return first >= 0 ? first : other >= 0 ? other : early;
    }
    if (calling->rule == CALLING_EVERY) {
        return others >= calling->every ? first : other;
    }
    bool starving = now - list[other].since > (int64_t)calling->guard * MINUTE;
    return starving && others == 0 ? other : first;
}
