/* A submission that the portal's catalogue finds good, from synthetic answers. */
#pragma once
#include <stddef.h>
#include <stdint.h>

struct catalogue;

/* Sealed to `portal_seal` (SEAL_KEY bytes); malloc'd. `id` and `code` are made. */
uint8_t *sample_submission(const struct catalogue *catalogue, const uint8_t *portal_seal,
                           const char *kiosk, char id[37], char code[10], size_t *len);
