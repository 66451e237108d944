/* A kiosk becomes known to the portal: makes its keys, sends a one-time code and
 * a certificate request, keeps what comes back in STATE_DIR/identity.pem. A failed
 * try leaves the identity that is there; its keys wait in identity.new, so that a
 * repeated try with the same code is the same request. Blocks up to whole_seconds. */
#pragma once
#include <stdbool.h>
#include "portal/identity.h"

enum enrol_result {
    ENROL_DONE,
    ENROL_CODE,    /* unknown, used or too old */
    ENROL_LIMITED, /* too many tries: later */
    ENROL_OFFLINE, /* nobody answered */
    ENROL_ANSWER,  /* it makes no sense, or it is for another key */
    ENROL_KEYS,    /* the portal's keys are not the configured ones */
    ENROL_DISK     /* cannot keep it */
};

struct enrol_options {
    const char *url, *ca;
    const char *code;
    const char *state_dir;
    const uint8_t *seal_key, *sign_key; /* configured keys of the portal; NULL: any */
    int connect_seconds, whole_seconds;
};

/* `error` (48 bytes) as in courier_result. */
enum enrol_result enrol(const struct enrol_options *options, struct identity *identity,
                        char *error);
