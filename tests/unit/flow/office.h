/* A small office for the tests of a visit: four services, three counters, a clock
 * that the test sets, and the effects of every step counted. */
#pragma once
#include "flow/flow.h"

enum {
    OFFICE_IDLE = 90000,
    OFFICE_WARNING = 30000,
    OFFICE_DONE = 30000,
    OFFICE_REST = 180000,
    OFFICE_PATIENCE = 15000,
    OFFICE_MEMORY = 512 * 1024
};
extern const char office_today[]; /* "2026-11-23" */
extern const char office_pass[];  /* of the request at PLACE_PHOTOS */

struct office {
    struct flow flow;
    struct secret *memory;
    struct catalogue *catalogue;
    int64_t now;
    struct flow_effects last;      /* of the last step */
    int effects[EFFECT_ADOPT + 1]; /* how often each was asked for */
    int64_t arg[EFFECT_ADOPT + 1]; /* the latest of each kind */
    int64_t request[EFFECT_ADOPT + 1];
};

/* Home, with a desk that is up and open. */
void office_open(struct office *office);
/* The same with a folder's catalogue instead of the small one. */
void office_open_at(struct office *office, const char *folder);
void office_close(struct office *office);
int office_set_up(void **state); /* cmocka's, around each test: the office in `*state` */
int office_tear_down(void **state);

void office_step(struct office *office, struct flow_event event);
void office_press(struct office *office, enum flow_event_kind kind, int64_t arg);
void office_type(struct office *office, const char *text);
void office_scan(struct office *office, const char *text);
void office_wait(struct office *office, int64_t ms); /* ticks when ticks are due */
void office_desk(struct office *office, enum flow_event_kind kind);
void office_status(struct office *office, int intake);
void office_ticket(struct office *office, int result, const char *number);
void office_saved(struct office *office, int result, const char *number);
void office_print(struct office *office, int64_t request, int state);
void office_verified(struct office *office, enum verdict verdict);
void office_found(struct office *office, enum portal_status status);

/* Answers to the question that is waited for, or to the one about the code on screen. */
void office_bill(struct office *office, const struct bill_answer *answer);
void office_poll(struct office *office, enum bill_state state);
/* The answer to the question how many photos have come. */
void office_photos(struct office *office, enum photos_state state, int count);
extern const struct bill_answer office_owed, office_code; /* Rp125.000, and its code for 60 s */

/* The portal's word on a booking of ten o'clock for counter B, and one that is due. */
void office_booking(struct office *office, enum booking_state state);
extern const struct booking_answer office_booked;

/* Go there by what a resident does, from a fresh home. */
void office_reach(struct office *office, enum place place);
/* Answer the question on screen well and go on. */
void office_answer(struct office *office);
int office_service(const struct office *office, const char *id);
/* Nothing of a visit is left: memory zero, settings default. */
bool office_is_clean(const struct office *office);
