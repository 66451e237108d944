#include "limits.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/clock.h"
#include "seal/seal.h"

enum { ROWS = 3, PLACES = 1 << 16, KEY = 16, NAME_MOST = 64 };

struct place {
    int64_t until; // monotonic ms; over: nothing is counted here
    int count;
};

struct limits {
    pthread_mutex_t lock;
    uint8_t key[KEY]; // nobody can choose names that share a place
    struct place rows[ROWS][PLACES];
};

struct limits *
limits_create(void)
{
    struct limits *limits = calloc(1, sizeof *limits);
    if (limits && getrandom(limits->key, KEY, 0) != KEY) {
        free(limits);
        return NULL;
    }
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

static void
places_of(struct limits *limits, const char *name, struct place *places[ROWS])
{
    uint8_t text[KEY + NAME_MOST], hash[HASH];
    size_t len = strnlen(name, NAME_MOST);
    memcpy(text, limits->key, KEY);
    memcpy(text + KEY, name, len);
    hash_of(text, KEY + len, hash);
    for (int i = 0; i < ROWS; i++) {
        places[i] = &limits->rows[i][(hash[2 * i] << 8 | hash[2 * i + 1]) % PLACES];
    }
}

int
limits_count(struct limits *limits, const char *name, int most, int window_seconds)
{
    struct place *places[ROWS];
    int64_t now = clock_monotonic(), left = 0;
    bool fine = false;
    pthread_mutex_lock(&limits->lock);
    places_of(limits, name, places);
    for (int i = 0; i < ROWS; i++) {
        if (places[i]->until <= now) {
            *places[i] = (struct place){.until = now + (int64_t)window_seconds * 1000};
        }
        places[i]->count += places[i]->count < INT32_MAX;
        fine = fine || places[i]->count <= most;
        left = i == 0 || places[i]->until - now < left ? places[i]->until - now : left;
    }
    pthread_mutex_unlock(&limits->lock);
    return fine ? 0 : (int)(left / 1000) + 1;
}

void
limits_forget(struct limits *limits, const char *name)
{
    struct place *places[ROWS];
    pthread_mutex_lock(&limits->lock);
    places_of(limits, name, places);
    for (int i = 0; i < ROWS; i++) {
        places[i]->until = 0;
    }
    pthread_mutex_unlock(&limits->lock);
}
