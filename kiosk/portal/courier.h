/* The road to the portal. Policy is pure (policy.h); this is its thread. It takes
 * jobs and gives results; it never touches the store. Nothing waits for it. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "seal/receipt.h"

struct courier;

struct courier_options {
    const char *url;               /* "https://santer.example:8443" */
    const char *ca;                /* pinned private CA, PEM file */
    const char *certificate, *key; /* client's, PEM files */
    const char *kiosk;
    uint8_t portal_sign[SIGN_PUBLIC];   /* verifies receipts, bundles */
    int connect_seconds, whole_seconds; /* 5 and 30 */
};

enum courier_job_kind {
    COURIER_SUBMISSION,
    COURIER_TICKETS,
    COURIER_LOOKUP,
    COURIER_TALLIES,
    COURIER_HEARTBEAT,
    COURIER_BUNDLE
};
struct courier_job {
    enum courier_job_kind kind;
    int64_t tag; /* comes back with the result */
    char id[37]; /* submission */
    int64_t seq;
    const uint8_t *body; /* copied */
    size_t len;
    char etag[72]; /* bundle: what we have */
};

enum courier_outcome {
    COURIER_DELIVERED, /* receipt verified, or 2xx of the right shape for the other kinds */
    COURIER_REFUSED,   /* signed refusal of this one item */
    COURIER_RETRY,     /* this item later; the line may be fine */
    COURIER_OFFLINE,   /* nobody answered: the whole round waits */
    COURIER_STOPPED,   /* 401 or 403: stop and alarm */
    COURIER_UNCHANGED  /* bundle: 304 */
};
struct courier_result {
    enum courier_job_kind kind;
    int64_t tag;
    enum courier_outcome outcome;
    char error[48];  /* "dns", "connect", "tls: expired", "http 500", "receipt: signature" */
    int retry_after; /* seconds the portal asked for; 0 none */
    uint8_t *body;   /* owned by the receiver: look-up answer, bundle; else NULL */
    size_t len;
    char etag[72];
    int64_t portal_time; /* wall ms of its Date header, 0 unknown */
};

struct courier *courier_start(const struct courier_options *options);
void courier_stop(struct courier *courier);    /* aborts the transfer, joins */
int courier_fd(const struct courier *courier); /* readable when a result waits */
bool courier_result(struct courier *courier, struct courier_result *result);
/* One submission-class job and one lookup-class job run at once; false: that lane is busy. */
bool courier_take(struct courier *courier, const struct courier_job *job);
