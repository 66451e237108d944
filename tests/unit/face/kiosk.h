/* A whole face for tests: a display that nobody sees, the project's own catalogue, a desk
 * that says what the test says, and a clock that stands still until it is set on. */
#pragma once
#include "face/inside.h"
#include "seal/seal.h"
#include "wire/wire.h"

struct kiosk {
    struct face *face;
    struct settings *settings;
    struct platform *platform;
    struct type *type;
    struct secret *memory;
    struct link *desk; /* the desk's end; NULL: not dialled in */
    char folder[64], address[96];
    int signals; /* always readable: a turn of the loop ends */
    uint8_t portal_public[SEAL_KEY], portal_secret[SEAL_KEY];
    uint8_t sign_public[SIGN_PUBLIC], sign_secret[SIGN_SECRET];
};

extern int64_t kiosk_now;  /* the monotonic clock, ms */
extern int64_t kiosk_step; /* how far each look at it moves it on; kiosk_open: not at all */

/* `catalogue` is the folder of the project's; without keys the kiosk is not enrolled. */
void kiosk_open(struct kiosk *kiosk, const char *catalogue, bool keys);
void kiosk_close(struct kiosk *kiosk);
/* Everything that waits, through the face's own loop. */
void kiosk_turn(struct kiosk *kiosk);
void kiosk_wait(struct kiosk *kiosk, int64_t ms); /* a turn whenever one is due */

void kiosk_dial(struct kiosk *kiosk);  /* without a word */
void kiosk_greet(struct kiosk *kiosk); /* dialled in, hello, open */
void kiosk_say(struct kiosk *kiosk, const struct wire_type *type, const void *message);
void kiosk_status(struct kiosk *kiosk, int intake);
/* The next thing that the face says; `message` holds WIRE_MESSAGE_MAX bytes. NULL: nothing. */
const struct wire_type *kiosk_hear(struct kiosk *kiosk, void *message);

void kiosk_press(struct kiosk *kiosk, enum flow_event_kind kind, int64_t arg);
/* Through SDL, a letter every 80 ms. */
void kiosk_type(struct kiosk *kiosk, const char *text);
/* Answer every question of a service well, up to its review. */
void kiosk_fill(struct kiosk *kiosk, const char *service);
