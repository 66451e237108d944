/* A receipt printer in memory, with a clock of its own: what it is sent becomes rows on paper, and
 * at a given byte something happens to it. It takes the place of the transport (the linker wraps
 * its functions), so that the real session talks to it without a wait. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "print/profile.h"
#include "print/transport.h"

enum mishap {
    FAULT_NONE,
    FAULT_PAPER,   /* the roll is out */
    FAULT_COVER,   /* opened */
    FAULT_CUTTER,  /* jammed */
    FAULT_POWER,   /* switched off: what it held is gone */
    FAULT_UNPLUG,  /* the cable; it prints what it holds */
    FAULT_STALL,   /* takes nothing, says nothing, prints nothing */
    FAULT_MADNESS, /* answers with noise and prints nothing */
    FAULT_FLOOD,   /* prints well, and never stops talking */
    FAULT_COUNT
};

enum { MODEL_PAPER = 400 * 1024 };
struct model_slip { /* rows of a slip, white ones too, or its letters */
    uint8_t bytes[MODEL_PAPER];
    size_t len;
};

void model_begin(const struct printer_profile *profile, size_t room, bool one_client);
struct transport model_transport(void);
/* After so many more bytes have come (questions count); 0: now. */
void model_strike(enum mishap fault, size_t after);
bool model_struck(void);
void model_cure(void); /* a hand mends it, changes the roll, plugs it in */
void model_let_pass(int ms);
int64_t model_now(void);
/* Cut slips since the beginning; the last of them; what hangs out uncut. */
int model_slips(void);
const struct model_slip *model_last(void);
const struct model_slip *model_strip(void); /* ... itself */
void model_tear(void);                      /* a hand takes what hangs out */
size_t model_received(void);                /* bytes, ever since the beginning */
