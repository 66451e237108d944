/* What a kiosk asks for a resident, and the answer before it is sealed. One kind of question a
 * file: status here, bills and payments in lookups_bills.c, bookings in lookups_bookings.c, photos
 * in lookups_photos.c. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/id.h"
#include "seal/seal.h"

struct json_value;
struct portal;
struct request;
struct status;
struct text;

struct query {
    char kind[8];
    char code[CODE_TEXT], fact[5]; /* status; `code` is paid's reference and booking's code too */
    char nop[19];                  /* bill, pay */
    int year;
    char pass[PASS_TEXT]; /* photos */
    uint8_t reply_key[SEAL_KEY];
};

enum { LOOKUP_ANSWER = 2048 };
/* Padded; `status` NULL is "not found". False: it does not fit. */
bool lookup_write(const struct status *status, char out[LOOKUP_ANSWER + 1]);

/* lookups_bills.c: "bill", "pay" and "paid". */
bool bill_query_read(const struct json_value *root, struct query *query);
/* Seconds to wait, 0: fine. Parcels are counted by kiosk and by number, so that a kiosk cannot
 * be used to walk through a street; a payment by its reference. */
int bill_query_wait(struct portal *portal, const struct request *request,
                    const struct query *query);
void bill_answer(struct portal *portal, const struct query *query, struct text *out);

/* lookups_bookings.c: "booking". Codes are counted one by one, wrong ones by kiosk. */
bool booking_query_read(const struct json_value *root, struct query *query);
int booking_query_wait(struct portal *portal, const struct request *request,
                       const struct query *query);
/* False: the database. */
bool booking_answer(struct portal *portal, const struct request *request, const struct query *query,
                    struct text *out);

/* lookups_photos.c: "photos", how many have come by a pass. */
bool photos_query_read(const struct json_value *root, struct query *query);
int photos_query_wait(struct portal *portal, const struct query *query);
bool photos_answer(struct portal *portal, const struct query *query, struct text *out);
