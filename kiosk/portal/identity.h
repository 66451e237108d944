/* Who this kiosk is to the portal: one file, so that its parts can never be of
 * two enrolments. PEM (key, then certificate) with lines of text before it, which
 * PEM readers skip: curl takes the same file for both. Mode 0600. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "seal/seal.h"

struct identity {
    char kiosk[33];
    uint32_t number; /* in the city's register of keys */
    uint8_t portal_seal[SEAL_KEY], portal_sign[SIGN_PUBLIC];
    uint8_t sign_public[SIGN_PUBLIC], sign_secret[SIGN_SECRET]; /* the kiosk's own: slips */
};

/* False when absent or unusable (the latter logged). */
bool identity_load(const char *path, struct identity *identity);
/* `pem`: key and certificate. True: on disk, the old one gone. */
bool identity_save(const char *path, const struct identity *identity, const char *key,
                   const char *certificate);
