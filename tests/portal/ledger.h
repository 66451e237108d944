/* What the portal holds, in SQL that both databases understand. Every function is one
 * transaction. Insert first, then read: no copy can slip between a check and its insert. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/id.h"
#include "seal/seal.h"

struct chain_move;
struct db;
struct text;

enum ledger_result {
    LEDGER_DONE,
    LEDGER_HELD,  /* it was there already, equal */
    LEDGER_TAKEN, /* the name is held by something else */
    LEDGER_NONE,  /* no such row, or not allowed */
    LEDGER_FAILED /* the database (logged) */
};

enum ledger_result ledger_prepare(struct db *db); /* the tables */
bool ledger_answers(struct db *db);               /* is the database there? */

/* --- kiosks ------------------------------------------------------------------ */

enum ledger_result ledger_code_issue(struct db *db, const char *code, const char *kiosk,
                                     uint32_t number, int64_t expires);
/* Bind the code to `user` (a hash of both keys), and name its kiosk. NONE: unknown, expired or
 * another's. The certificate comes later, as the kiosk's name goes into it. */
enum ledger_result ledger_code_use(struct db *db, const char *code, const uint8_t user[HASH],
                                   int64_t now, char kiosk[33], uint32_t *number);
enum ledger_result ledger_kiosk_enrol(struct db *db, const char *kiosk, uint32_t number,
                                      const uint8_t sign_key[SIGN_PUBLIC],
                                      const uint8_t key_hash[HASH], int64_t now);
/* Enrolled with this very key and not revoked: DONE, else NONE. */
enum ledger_result ledger_kiosk_check(struct db *db, const char *kiosk,
                                      const uint8_t key_hash[HASH]);
enum ledger_result ledger_kiosk_revoke(struct db *db, const char *kiosk);
enum ledger_result ledger_kiosk_by_number(struct db *db, uint32_t number, char kiosk[33],
                                          uint8_t sign_key[SIGN_PUBLIC]);
/* keys.json of the bundle, malloc'd: the kiosks that are not revoked. NULL: the database. */
char *ledger_kiosk_keys(struct db *db);
/* The version under which so much is on offer, and since when: a higher one than ever, at least
 * `least`, when the content is another or was numbered before `renew`. */
enum ledger_result ledger_bundle_number(struct db *db, const char *content, int64_t least,
                                        int64_t now, int64_t renew, int64_t *version,
                                        int64_t *issued);
enum ledger_result ledger_heartbeat(struct db *db, const char *kiosk, int64_t now,
                                    const char *body);

/* --- submissions -----------------------------------------------------------------
 * A row is for ever. Of the wordings of one request (`replaces` in the contract) the one with
 * the highest seq is in force; that is asked of the rows each time, so that no order of
 * arrival can make it wrong. Status goes to and comes from the one in force. */

/* What was read: the text of a statement or consent, of service "" the privacy notice. */
struct text_row {
    const char *service, *question, *version, *language, *sha256, *text;
};
/* Those that are here already stay. */
enum ledger_result ledger_texts_keep(struct db *db, const struct text_row *rows, size_t count);
/* Was it ever handed out? DONE or NONE; its words do not matter, their hash does. */
enum ledger_result ledger_text_find(struct db *db, const struct text_row *row);
/* What was said to it, in a document. */
struct consent_row {
    const char *question, *version, *sha256, *language, *given; /* "yes", "no"; "" the notice */
    int row;                                                    /* of a repeat; 0 none */
};

struct submission {
    const char *id, *kiosk;
    const uint8_t *sha256;
    int64_t seq;
    const char *request; /* id of the first wording, often its own */
    const char *code, *service, *office, *language, *notice, *filled_by;
    int64_t catalogue_version, written_at, received_at;
    const char *fact_nik, *fact_phone; /* last four digits, "" none */
    const char *rt;                    /* of the head who may have to agree; "" none */
    const char *answers;               /* JSON */
    const struct consent_row *consents;
    size_t consent_count;
    const struct chain_move *next; /* what follows at once; NULL nothing */
    const uint8_t *photos;         /* hash of the pass with which photos may follow; NULL none */
    int photos_most;
};
/* DONE, HELD (the same bytes, kiosk and seq), TAKEN. */
enum ledger_result ledger_submission_keep(struct db *db, const struct submission *submission);
/* HELD, TAKEN or NONE, for bytes that cannot be read any more. */
enum ledger_result ledger_submission_find(struct db *db, const char *id, const uint8_t sha256[HASH],
                                          const char *kiosk, int64_t seq);
/* Is there a row of that id? DONE or NONE. */
enum ledger_result ledger_submission_exists(struct db *db, const char *id);
/* A refused envelope, for the staff. */
enum ledger_result ledger_refusal_keep(struct db *db, const char *id, const uint8_t sha256[HASH],
                                       const char *kiosk, int64_t seq, const char *reason,
                                       const uint8_t *envelope, size_t len, int64_t now);

/* --- mendings: answers anew of a request that was sent back ------------------------------ */

struct sent_back {
    char submission[37], service[33];
    int64_t step;         /* its latest */
    char *answers, *mend; /* JSON, malloc'd */
};
/* The request of that code and second fact that waits to be mended; NONE: there is none. */
enum ledger_result ledger_sent_back_find(struct db *db, const char *code, const char *fact,
                                         struct sent_back *back);
void sent_back_free(struct sent_back *back);

struct mended {
    const char *id, *kiosk; /* of the mending */
    const uint8_t *sha256;
    int64_t seq, received_at;
    const struct sent_back *back;
    const char *answers; /* of the request from now on; what they were stays with the mending */
    const struct consent_row *consents;
    size_t consent_count;
};
/* All or nothing. DONE, HELD and TAKEN as for a submission; TAKEN also when somebody moved the
 * request meanwhile: then it is asked anew. */
enum ledger_result ledger_mending_keep(struct db *db, const struct mended *mended);

/* --- the chain (chain.h) ------------------------------------------------------------- */

struct chain_step {
    const char *submission; /* its id */
    int64_t after;          /* the number of the step that it follows */
    const struct chain_move *move;
    const char *actor, *reason;
    const char *mend; /* JSON: [{"question", "reason"}, ...]; "" none */
    int64_t at;
};
/* TAKEN: another step was quicker. */
enum ledger_result ledger_step_add(struct db *db, const struct chain_step *step);

/* Where a request stands. What a resident may not read is not in it. */
enum { REASON_TEXT = 641, MEND_TEXT = 2048 };
struct status {
    char state[16], service[33], reason[REASON_TEXT], mend[MEND_TEXT];
    int64_t since;
};
/* NONE: no such code, or the second fact is wrong. */
enum ledger_result ledger_status_find(struct db *db, const char *code, const char *fact,
                                      struct status *status);

/* --- tickets -------------------------------------------------------------------------- */

struct ticket_row {
    const char *uuid, *letter, *day, *state, *print, *service;
    int64_t number, issued_at;
    bool priority;
};
/* All or none. TAKEN: a uuid of another kiosk. */
enum ledger_result ledger_tickets_keep(struct db *db, const char *kiosk,
                                       const struct ticket_row *rows, size_t count, int64_t now);

/* Is a slip's number or code held? DONE or NONE. */
enum ledger_result ledger_ticket_find(struct db *db, const char *kiosk, const char *letter,
                                      int64_t number, const char *day);
enum ledger_result ledger_code_find(struct db *db, const char *kiosk, const char *code);

/* --- bookings (bookings.h) ---------------------------------------------------------------- */

struct booking {
    char code[CODE_TEXT], id[UUID_TEXT]; /* the id becomes its number's uuid */
    char office[11], day[11], letter[4], service[33];
    char kiosk[33];  /* that exchanged it; "" none yet */
    char number[16]; /* "A-017", once the kiosk told of it; "" */
    int minute;      /* of the day */
    bool cancelled;
    int64_t made_at;
};
/* TAKEN: all seats at that time are. */
enum ledger_result ledger_booking_make(struct db *db, const struct booking *booking, int capacity);
enum ledger_result ledger_booking_find(struct db *db, const char *code, struct booking *booking);
/* DONE: it is this kiosk's, now or already; NONE: another's, or cancelled. */
enum ledger_result ledger_booking_redeem(struct db *db, const char *code, const char *kiosk,
                                         int64_t now);
/* NONE: cancelled or exchanged already, or no such code. */
enum ledger_result ledger_booking_cancel(struct db *db, const char *code);
/* day minute count, from that day on; NULL: the database */
struct rows *ledger_bookings_taken(struct db *db, const char *office, const char *letter,
                                   const char *from);

/* --- tallies ---------------------------------------------------------------------------- */

struct tally_number {
    const char *name;
    int64_t count;
};
/* A kiosk's day, whole: what was told before is replaced. */
enum ledger_result ledger_tallies_keep(struct db *db, const char *kiosk, const char *day,
                                       const struct tally_number *numbers, size_t count);
/* day name count of a kelurahan's kiosks in a month "2026-11", summed up; NULL: the database */
struct rows *ledger_tallies_of(struct db *db, const char *kelurahan, const char *month);

/* Everything as one JSON text, malloc'd: {"submissions":[...],"tickets":[...], ...}. */
char *ledger_dump(struct db *db);
