#include "timing.h"

#include <stdlib.h>
#include <time.h>

double
timing_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static int
by_size(const void *a, const void *b)
{
    double difference = *(const double *)a - *(const double *)b;
    return (difference > 0) - (difference < 0);
}

struct timing
timing_of(double *times, size_t count)
{
    qsort(times, count, sizeof *times, by_size);
    return (struct timing){.p50 = times[count / 2],
                           .p99 = times[count * 99 / 100],
                           .min = times[0],
                           .max = times[count - 1]};
}
