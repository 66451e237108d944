/* The reference portal: what its parts share. Everything but `lies`, `limits`
 * and `provider` (which lock) is written before the first request and only read afterwards. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "seal/seal.h"

struct authority;
struct bills;
struct catalogue;
struct db;
struct lies;
struct limits;
struct provider;

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
    struct portal_keys keys;
    char *bundle; /* signed, NULL without a catalogue */
    size_t bundle_len;
    char bundle_etag[72];
    int utc_offset; /* minutes */
};

/* The keys of the folder, made when it has none. */
bool portal_keys_load(const char *folder, struct portal_keys *keys);
/* Read, check and sign the catalogue's folder. */
bool portal_bundle_load(struct portal *portal, const char *folder);

/* "2026-11-24" of a moment, in the office's time. */
enum { DAY_TEXT = 32 };
void portal_day(int64_t wall_ms, int utc_offset, char out[DAY_TEXT]);
