/* The way of a request through RT and kelurahan ("e-Kelurahan") as one table: who may take
 * it from where to where, for which services, and what is said with it. Pure. What is not
 * in the table does not happen: officers, the control socket and the portal itself all
 * move a request by a row of it.
 *
 * Decided here: a request that needs the head of the RT waits for him from the moment it
 * is held ("sent" is only what nobody has to agree to and nobody has taken up yet). A paper
 * letter shown at the counter stands for his word. What needs no signature is ready, or
 * answered, right after it was checked. A lurah who does not sign gives it back with a note
 * that only the office reads; what is said to the resident is a reason. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct service;

enum role { ROLE_PORTAL, ROLE_RT, ROLE_OFFICER, ROLE_LURAH, ROLE_ADMIN, ROLE_COUNT };
const char *role_name(enum role role);             /* "petugas" */
bool role_parse(const char *name, enum role *out); /* not the portal's own */

enum chain_says {
    SAYS_NOTHING,
    SAYS_REASON, /* a sentence to the resident */
    SAYS_NOTE,   /* a sentence that stays in the office */
    SAYS_MEND    /* which answers to mend, each with a sentence; a reason beside them or none */
};
enum chain_when { WHEN_ALWAYS, WHEN_RT, WHEN_SIGNED, WHEN_UNSIGNED };

struct chain_move {
    const char *from, *deed;
    enum role role;
    const char *to;
    enum chain_when when;
    enum chain_says says;
    const char *label; /* on the officer's button */
};

enum { CHAIN_OPTIONS = 8, CHAIN_WORDS = 160 /* code points of a sentence */ };

/* `service` may be NULL (no longer in the catalogue): it is taken for one that is signed. */
const struct chain_move *chain_find(const char *from, const char *deed, enum role role,
                                    const struct service *service);
/* What that role may do now; how many. */
size_t chain_options(const char *from, enum role role, const struct service *service,
                     const struct chain_move *list[CHAIN_OPTIONS]);
/* Does that deed's sentence go to the resident? */
bool chain_tells(const char *deed);

const char *chain_state_words(const char *state); /* Indonesian, for pages */
const char *chain_deed_words(const char *deed);   /* "disetujui" */
