/* Who is signed in: a browser of the office that was paired for good (cookie "peramban"), and
 * on it an officer at a counter until he leaves, another day comes or the hall is started anew
 * (cookie "sesi"). Cookies hold random passes; only their hashes are compared or told. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/id.h"
#include "seal/seal.h"

enum { SESSIONS = 40, OFFICER_NAME = 32 };

struct session {
    uint8_t hash[HASH];         /* of its cookie */
    char officer[OFFICER_NAME]; /* "": a free place */
    int counter;
};
struct sessions {
    struct session list[SESSIONS];
};

/* The one of a cookie's text; NULL: none. */
struct session *sessions_find(struct sessions *sessions, const char *cookie);
/* A new one; who sat at that counter is signed out. NULL: all places are taken. */
struct session *sessions_begin(struct sessions *sessions, const char *officer, int counter,
                               char cookie[PASS_TEXT]);
void sessions_end(struct session *session);
/* Who sits at a counter; "" nobody. */
const char *sessions_at(const struct sessions *sessions, int counter);
