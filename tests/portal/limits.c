#include "limits.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

enum { NAMES = 4096 };

struct limits {
    pthread_mutex_t lock;
    struct {
        char name[48];
        int64_t until; // monotonic ms; over: the place is free
        int count;
    } list[NAMES];
};

struct limits *
limits_create(void)
{
    struct limits *limits = calloc(1, sizeof *limits);
    if (limits) {
        pthread_mutex_init(&limits->lock, NULL);
    }
    return limits;
}

void
limits_destroy(struct limits *limits)
{
    if (limits) {
        pthread_mutex_destroy(&limits->lock);
        free(limits);
    }
}

/* The name's place, or a free one, or the one that ends first. */
static size_t
place_of(const struct limits *limits, const char *name, int64_t now)
{
    size_t best = 0;
    for (size_t i = 0; i < NAMES; i++) {
        if (limits->list[i].until > now && strcmp(limits->list[i].name, name) == 0) {
            return i;
        }
        if (limits->list[i].until < limits->list[best].until) {
            best = i;
        }
    }
    return best;
}

int
limits_count(struct limits *limits, const char *name, int most, int window_seconds)
{
    int64_t now = clock_monotonic();
    pthread_mutex_lock(&limits->lock);
    size_t at = place_of(limits, name, now);
    if (limits->list[at].until <= now || strcmp(limits->list[at].name, name) != 0) {
        snprintf(limits->list[at].name, sizeof limits->list[at].name, "%s", name);
        limits->list[at].until = now + (int64_t)window_seconds * 1000;
        limits->list[at].count = 0;
    }
    int64_t left = limits->list[at].until - now;
    bool fine = ++limits->list[at].count <= most;
    pthread_mutex_unlock(&limits->lock);
    return fine ? 0 : (int)(left / 1000) + 1;
}

void
limits_forget(struct limits *limits, const char *name)
{
    pthread_mutex_lock(&limits->lock);
    size_t at = place_of(limits, name, clock_monotonic());
    if (strcmp(limits->list[at].name, name) == 0) {
        limits->list[at].until = 0;
    }
    pthread_mutex_unlock(&limits->lock);
}
