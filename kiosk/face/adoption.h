/* A new catalogue out of a bundle that the desk hands over: only the portal's own
 * signature, checked here, makes it one. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "seal/seal.h"

struct catalogue;

/* The catalogue inside, to be destroyed by the caller; NULL (logged, but for one
 * that is not newer) when it is not to be adopted. */
struct catalogue *adoption_read(const uint8_t *bundle, size_t len,
                                const uint8_t sign_key[SIGN_PUBLIC], int version_now);
