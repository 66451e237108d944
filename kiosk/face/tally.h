/* What a visit adds to the day's numbers (wire/face_messages.h, face_tally): how it ended and
 * where it was left, seconds and looks a step, errors a field, the settings, each request and
 * number by its channel, and what the resident thinks. Counts under names of the catalogue and
 * of screens, never what was typed; they are said once, when the visit ends, and zeroed then.
 * Pure: the flow is watched before and after each of its steps.
 *
 *   visit/done|cancelled|idle|looked      left/SERVICE/QUESTION  left/PLACE (not when done)
 *   channel/kiosk-self/SERVICE            channel/kiosk-assisted/SERVICE   channel/counter/QUEUE
 *   skm/SERVICE/ELEMENT/SCORE             poll/ID/CHOICE
 *   set/language/id  set/size/0  set/contrast/1  set/sound/2
 *   error/SERVICE/QUESTION  error/PLACE   step/SERVICE/QUESTION=seconds  step/PLACE=seconds
 *   seen/PLACE=looks, of forms seen/SERVICE/QUESTION
 *
 * The seconds after the last touch are nobody's and do not count. */
#pragma once
#include "flow/flow.h"

enum {
    TALLY_COUNTS = 4001 /* a message's most, with its NUL */,
    TALLY_STEPS = 128,
    TALLY_MARKS = 32
};

struct tally_step {                 // of a visit: a place, or a question of a form
    const char *service, *question; // the catalogue's names; NULL: the place itself
    int place;
    int64_t ms;
    int looks, errors;
};

enum tally_kind { TALLY_FILED, TALLY_NUMBER, TALLY_SCORE, TALLY_VOTE };
struct tally_mark { // what it came to; the strings are the catalogue's
    enum tally_kind kind;
    const char *of, *what;
    int score, count;
};

struct tally {
    struct tally_step steps[TALLY_STEPS]; // more are not counted
    size_t step_count;
    struct tally_mark marks[TALLY_MARKS];
    size_t mark_count;
    struct tally_step last; // where somebody was before home
    struct tally_before {   // the flow as it was before the step that is being taken
        struct tally_step at;
        int64_t now, touched;
        bool somebody, submitted, contrast;
        enum language language;
        int size, volume;
    } before;
};

void tally_before(struct tally *tally, const struct flow *flow);
void tally_after(struct tally *tally, const struct flow *flow, const struct flow_effects *effects);
/* After the step that ended the visit: all of it, the least useful left out where it is too
 * much for `size`. */
void tally_write(const struct tally *tally, enum visit_outcome outcome, char *out, size_t size);
void tally_zero(struct tally *tally);
