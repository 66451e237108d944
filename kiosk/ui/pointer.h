/* From touches, mouse and keys to presses. Arm on down, fire on up inside the same
 * node, cancel on drag outside, on a second finger, on a changed screen. Pure: the
 * time comes in. One pointer: the first finger or the mouse. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "ui/ui.h"

enum input_kind { INPUT_DOWN, INPUT_MOVE, INPUT_UP, INPUT_CANCEL,
                  INPUT_KEY_NEXT, INPUT_KEY_PREVIOUS, INPUT_KEY_PRESS };
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
    int64_t finger;
    bool armed, held, multi;
    uint32_t id;        /* armed node */
    uint32_t focus;
    int64_t since, next_repeat, last_fire;
    uint32_t last_id;
    int64_t release_arg;
    int action;
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
