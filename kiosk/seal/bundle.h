/* A signed set of files (the catalogue, offices, public keys): one line
 * "anjungan-bundle 1 <signature in base64>", then the JSON that is signed:
 * {"name":"catalogue","version":7,"issued":"2026-11-24","expires":"2027-11-24",
 *  "files":{"services/sku.json":"..."}}. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "seal/seal.h"

/* The signed body inside `bytes`; NULL when malformed or the signature is wrong. */
const char *bundle_verify(const char *bytes, size_t len, const uint8_t public_key[SIGN_PUBLIC],
                          size_t *body_len);
/* The header line for a body, to be written before it. `out` holds 128 bytes. */
void bundle_header(const char *body, size_t len, const uint8_t secret_key[SIGN_SECRET], char *out);
