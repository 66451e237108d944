/* One submission: written, sealed to the portal, handed to the desk. Sealed once:
 * asked again, the same bytes go out, so that the desk can tell a repetition. After an
 * edit it is another submission with an id of its own, under the same tracking code, that
 * says which one it replaces: in the sealed document for the portal (Document in
 * portal-api.yaml has the rule), and in clear for the desk, which moves the queue number. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/id.h"
#include "seal/seal.h"

struct flow;
struct link;
struct settings;

enum { SUBMISSION_DOCUMENT = 60 * 1024 };

struct submission {
    char id[UUID_TEXT];
    uint8_t envelope[SUBMISSION_DOCUMENT + ENVELOPE_OVERHEAD];
    size_t len; /* 0: none sealed */
};

/* `plain` is secret memory of SUBMISSION_DOCUMENT bytes, zeroed again here. Gives the
 * flow its id and code when it has none. False (logged): not sealed or not sent. */
bool submission_send(struct submission *submission, struct flow *flow, int64_t request,
                     const struct settings *settings, const uint8_t portal_key[SEAL_KEY],
                     const char *today, char *plain, struct link *link);
void submission_forget(struct submission *submission);
