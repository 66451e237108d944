/* The reference portal: what its parts share. Everything but `lies`, `limits` and `provider`
 * (which lock) is written before the first request and only read afterwards; what is on offer
 * may be published anew, and is read under the lock that http.c holds while it answers. */
#pragma once
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "seal/seal.h"

struct authority;
struct bills;
struct bookings;
struct catalogue;
struct db;
struct lies;
struct limits;
struct provider;
struct offer;

struct portal_keys {
    uint8_t seal_public[SEAL_KEY], seal_secret[SEAL_KEY];
    uint8_t sign_public[SIGN_PUBLIC], sign_secret[SIGN_SECRET];
};

struct portal {
    struct db *db;
    struct authority *authority;
    struct catalogue *catalogue;
    struct lies *lies;
    struct limits *limits;
    struct bills *bills; /* NULL: nobody owes anything */
    struct provider *provider;
    struct bookings *bookings; /* NULL: nothing can be booked */
    struct portal_keys keys;
    struct offer *offer; /* NULL without a catalogue */
    pthread_rwlock_t lock;
    const char *catalogue_folder, *offices_folder; /* NULL: none */
    int utc_offset;                                /* minutes */
};

/* The keys of the folder, made when it has none. */
bool portal_keys_load(const char *folder, struct portal_keys *keys);

/* "2026-11-24" of a moment, in the office's time. */
enum { DAY_TEXT = 32 };
void portal_day(int64_t wall_ms, int utc_offset, char out[DAY_TEXT]);
