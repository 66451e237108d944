/* The office's people at the portal: who they are, that they are signed in, and what they
 * may see. An account is of one role and one kelurahan; a head of an RT is of one RT. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "chain.h"
#include "ledger.h"
#include "seal/password.h"

struct db;
struct rows;

struct officer {
    char name[33]; /* a-z, 0-9, '.', '-' */
    enum role role;
    char kelurahan[11], rt[4]; /* "" but for an RT */
    bool enabled;
};
enum { PASSWORD_LEAST = 10 /* code points */, PASSWORD_MOST = 128 /* bytes */ };
/* "NAME ROLE KELURAHAN [RT]", each checked; false: one of them is wrong. */
bool officer_read(const char *const words[4], struct officer *officer);

/* Made, or replaced: then its sessions end. */
enum ledger_result ledger_officer_keep(struct db *db, const struct officer *officer,
                                       const char *hash, int64_t now);
enum ledger_result ledger_officer_find(struct db *db, const char *name, struct officer *officer,
                                       char hash[PASSWORD_HASH]);
/* One of that kelurahan; its sessions end. */
enum ledger_result ledger_officer_enable(struct db *db, const char *name, const char *kelurahan,
                                         bool enabled);
struct rows *ledger_officers(struct db *db, const char *kelurahan); /* name role rt enabled */

/* --- sessions: the token itself is the browser's alone -------------------------------- */

enum { SESSION_IDLE_MS = 30 * 60 * 1000, SESSION_WHOLE_MS = 10 * 3600 * 1000 };
enum ledger_result ledger_session_begin(struct db *db, const uint8_t token_hash[HASH],
                                        const char *officer, int64_t now);
/* DONE: whose it is, and it counts as used. NONE: unknown, too old, or the account is off. */
enum ledger_result ledger_session_find(struct db *db, const uint8_t token_hash[HASH], int64_t now,
                                       struct officer *officer);
enum ledger_result ledger_session_end(struct db *db, const uint8_t token_hash[HASH]);

/* --- requests, as an officer may see them ---------------------------------------------- */

struct filed {
    char id[37], request[37] /* id of its first wording */;
    char code[10], service[33], rt[4], language[4], filled_by[16], state[16];
    char kiosk[33];
    int64_t step, since, received_at;
    char *answers; /* JSON, malloc'd */
};
/* NONE: no such code there. */
enum ledger_result ledger_filed_find(struct db *db, const char *code, const struct officer *who,
                                     struct filed *filed);
void filed_free(struct filed *filed);
/* code service state since rt, the longest waiting first, at most FILED_MOST: for an RT those
 * that wait for him, for the others all that are under way. */
enum { FILED_MOST = 200 };
struct rows *ledger_filed_list(struct db *db, const struct officer *who);
/* at was state deed role actor reason mend, oldest first; the last hundred steps */
struct rows *ledger_filed_history(struct db *db, const char *id);
/* code service deed at: the last ones of that officer */
struct rows *ledger_deeds_of(struct db *db, const char *officer);
/* The newest queue number of that name that came with a request of the kelurahan: its code. */
enum ledger_result ledger_code_of_ticket(struct db *db, const char *letter, int64_t number,
                                         const char *kelurahan, char code[10]);

/* --- moving a request --------------------------------------------------------------------- */

struct portal;
enum moved {
    MOVED,
    MOVED_BARRED,  /* not in the table for that role, or nobody of that name */
    MOVED_UNKNOWN, /* no such request for that officer */
    MOVED_LATE,    /* somebody else was quicker */
    MOVED_SAYS,    /* a sentence that must come with it is missing, unfit or too long */
    MOVED_FAILED   /* the database */
};
struct mend {
    const char *question, *reason;
};
struct wish {
    const char *code, *deed, *reason;
    const struct mend *mend; /* answers of that form, by name */
    size_t mend_count;
    int64_t after; /* the step the officer saw; 0: whichever */
};
enum moved officer_move(struct portal *portal, const struct officer *officer,
                        const struct wish *wish);
