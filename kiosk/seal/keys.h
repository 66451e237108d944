/* Key pairs in files: one line "ed25519 HEX" or "x25519 HEX", mode 0600, made
 * at the first start. A file that is there and wrong is never replaced: what
 * was sealed to its key, or verified by it, would be lost for good. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "seal/seal.h"

/* Load, or make and keep; false and one log line when neither works. */
bool keys_sign_pair(const char *path, uint8_t public_key[SIGN_PUBLIC],
                    uint8_t secret_key[SIGN_SECRET]);
bool keys_seal_pair(const char *path, uint8_t public_key[SEAL_KEY], uint8_t secret_key[SEAL_KEY]);
