/* The portal's signed word that it holds a submission for good, or that it
 * refuses one. Only these remove or quarantine an item of the outbox. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "seal/seal.h"

enum receipt_verdict { RECEIPT_ACCEPTED, RECEIPT_REFUSED };
struct receipt {
    enum receipt_verdict verdict;
    char id[37];
    uint8_t sha256[HASH]; /* of the envelope's bytes */
    char kiosk[33];
    int64_t seq;
    uint8_t signature[SIGNATURE]; /* Ed25519 over "anjungan-receipt-1\0" and the fields above */
};

/* Sign or check every field but the signature. */
void receipt_sign(struct receipt *receipt, const uint8_t secret_key[SIGN_SECRET]);
bool receipt_verify(const struct receipt *receipt, const uint8_t public_key[SIGN_PUBLIC]);
