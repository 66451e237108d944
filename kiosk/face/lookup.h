/* "Cek berkas saya", the land tax, bookings, and how many photos have come: the question goes
 * sealed to the portal with a one-time key of this visit, the answer comes sealed to that key. The
 * desk relays both unread. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "flow/flow.h"
#include "seal/seal.h"

struct link;

/* An answer is longer where it says what to mend; room for twice what a portal sends today. */
enum { LOOKUP_QUERY = 1024, LOOKUP_PLAIN = 4096 };

/* Lives in secret memory. */
struct lookup {
    int64_t request; /* 0: nothing asked */
    enum ask ask;
    uint8_t public_key[SEAL_KEY], secret_key[SEAL_KEY];
    char plain[LOOKUP_PLAIN];
};

/* `effect`: its request and what it asks (enum ask), of what stands in the flow. */
bool lookup_send(struct lookup *lookup, const struct flow *flow, const struct flow_effect *effect,
                 const uint8_t portal_key[SEAL_KEY], struct link *link);
/* Open and read an answer. What cannot be read is STATUS_FAILED. */
struct flow_found lookup_read(struct lookup *lookup, int utc_offset, const uint8_t *envelope,
                              size_t len);
/* The same of ASK_BILL, ASK_PAY, ASK_PAID; false: cannot be read, `answer` is BILL_FAILED. */
bool lookup_read_bill(struct lookup *lookup, int utc_offset, const uint8_t *envelope, size_t len,
                      struct bill_answer *answer);
/* The same of ASK_BOOKING; BOOKING_FAILED where it makes no sense. */
void lookup_read_booking(struct lookup *lookup, const uint8_t *envelope, size_t len,
                         struct booking_answer *answer);
/* The same of ASK_PHOTOS; what cannot be read is PHOTOS_BROKEN. */
void lookup_read_photos(struct lookup *lookup, const uint8_t *envelope, size_t len,
                        struct photos_answer *answer);
/* STATUS_OFFLINE and the like from the desk's own result (enum lookup_result). */
enum portal_status lookup_refusal(int result);
enum bill_state lookup_bill_refusal(int result);
enum booking_state lookup_booking_refusal(int result);
void lookup_forget(struct lookup *lookup);
