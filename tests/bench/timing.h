/* Times of the benches, ms. */
#pragma once
#include <stddef.h>

struct timing {
    double p50, p99, min, max;
};

double timing_now(void);
struct timing timing_of(double *times, size_t count); /* one or more; sorts them */
