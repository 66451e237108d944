/* From touches, mouse and keys to presses. Arm on down, fire on up inside the same
 * node, cancel on drag outside, on a second finger, on a changed screen. Pure: the
 * time comes in. One pointer: the first finger or the mouse.
 *
 * Taps are never dropped for being quick, on one target or on several. One thing is:
 * the second half of a double tap that changed the screen, which would press what came
 * up under the finger (the same place within POINTER_BOUNCE ms, after pointer_leave).
 *
 * Some drivers tell a touch as a mouse too: a mouse that speaks within POINTER_ECHO ms
 * of a finger is that finger. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "ui/ui.h"

enum input_kind {
    INPUT_DOWN,
    INPUT_MOVE,
    INPUT_UP,
    INPUT_CANCEL,
    INPUT_KEY_NEXT,
    INPUT_KEY_PREVIOUS,
    INPUT_KEY_PRESS
};
enum {
    POINTER_BOUNCE = 250,
    POINTER_FIRST_REPEAT = 500,
    POINTER_REPEAT = 110,
    POINTER_FINGERS = 5,
    POINTER_ECHO = 500,
    POINTER_STALE = 3000 /* a finger without news is not there */
};

struct input {
    enum input_kind kind;
    int64_t finger; /* 0 the mouse */
    int x, y;       /* px */
    int64_t now;    /* monotonic ms */
};
struct press { /* what a node asked for */
    int action;
    int64_t arg;
    uint32_t id; /* 0: nothing fired */
};
struct pointer {
    int64_t finger; /* that armed */
    bool armed;     /* show `id` as pressed */
    bool held;      /* a NODE_HOLD fired and waits to be let go */
    uint32_t id;    /* armed or held node */
    uint32_t focus; /* of the tactile keys; 0: none shown */
    int action;     /* of the held node */
    int64_t release_arg;
    int64_t next_repeat; /* INT64_MAX: none */
    bool repeated;
    struct pointer_finger {
        int64_t finger, seen;
        bool down;
    } fingers[POINTER_FINGERS];
    int64_t touched;   /* the last news of a finger that is no mouse */
    int64_t last_fire; /* of a tap, and where */
    int last_x, last_y;
    bool left; /* the screen changed since */
};

void pointer_init(struct pointer *pointer);
/* The ui is the frame that the resident saw. */
struct press pointer_input(struct pointer *pointer, const struct ui *ui, const struct input *input);
/* Repeats of a held key, and their deadline (monotonic ms, INT64_MAX: none). */
struct press pointer_tick(struct pointer *pointer, const struct ui *ui, int64_t now);
int64_t pointer_deadline(const struct pointer *pointer);
/* The screen changed: a finger that is still down must not press the new one. A
 * held node fires its release, returned. */
struct press pointer_leave(struct pointer *pointer);
