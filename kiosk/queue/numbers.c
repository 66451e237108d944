#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "queue/queue.h"

enum { NUMBER_TEXT = 16, LEAST_SAMPLES = 3, MOST_SAMPLES = 64 };

void
number_format(char *out, const char *letter, int number)
{
    snprintf(out, NUMBER_TEXT, "%.3s-%03d", letter, number);
}

static int
by_size(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

int
queue_estimate(int ahead, const int *minutes, size_t samples, int counters)
{
    int sorted[MOST_SAMPLES];
    if (samples < LEAST_SAMPLES || counters < 1 || ahead < 0) {
        return -1;
    }
    if (samples > MOST_SAMPLES) {
        minutes += samples - MOST_SAMPLES; // the latest
        samples = MOST_SAMPLES;
    }
    memcpy(sorted, minutes, samples * sizeof *sorted);
    qsort(sorted, samples, sizeof *sorted, by_size);
    return (ahead * sorted[samples / 2] + counters - 1) / counters;
}
