/* The one wrapper around libqrencode, for screen and paper. */
#pragma once
#include <stdint.h>

enum { QR_MAX = 89 * 89 }; /* version 18: a payment code of 512 letters */

/* Error correction M, version 18 at most. One byte a module, row by row, 1 is dark,
 * without the quiet zone. The side in modules, or 0 when the text does not fit. */
int qr_encode(const char *text, uint8_t modules[QR_MAX]);
