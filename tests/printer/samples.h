/* Slips like those the desk makes, for looking at and for measuring. */
#pragma once
#include "print/slip.h"

/* "number", "receipt", or "short": a number without a QR; false for another name. */
bool sample_slip(struct slip *slip, const char *name);
