/* What an HTTP answer of the portal means: pure. Nothing but the portal's
 * signature over exactly what was sent says "delivered" or "refused". */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "portal/courier.h"

struct answer {
    int status;
    int retry_after; /* seconds, 0 none */
    const uint8_t *body;
    size_t len;
    const char *etag; /* "" none */
};

/* What a receipt has to be about; `receipt.signature` and verdict are not read. */
struct expected {
    struct receipt receipt;
    const uint8_t *portal_sign;
};

/* `error` (48 bytes) says why in words without data: "receipt: signature", "http 500",
 * "refused: document"; empty when delivered. */
enum courier_outcome answer_receipt(const struct answer *answer, const struct expected *expected,
                                    char *error);
/* The other kinds: the right status and a body of the right shape. */
enum courier_outcome answer_plain(enum courier_job_kind kind, const struct answer *answer,
                                  const uint8_t portal_sign[SIGN_PUBLIC], char *error);
/* "120" -> 120; anything else, dates too, -> 0; capped at a day. */
int answer_retry_after(const char *value);
