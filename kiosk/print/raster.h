/* Dots on paper: one bit each, 1 is black. */
#pragma once
#include "print/slip.h"

struct raster *raster_create(int width, int height); /* white; NULL out of memory (logged) */
/* At least so many rows, new ones white; false out of memory (logged). */
bool raster_grow(struct raster *raster, int rows);
void raster_end(struct raster *raster, int height); /* cut off what is below */
void raster_dot(struct raster *raster, int x, int y);
void raster_clear(struct raster *raster, int x, int y);
void raster_fill(struct raster *raster, int x, int y, int width, int height); /* clipped */
bool raster_row_is_white(const struct raster *raster, int y);

/* Real-time commands are obeyed even inside picture data: 10 04, 10 05 and 10 14
 * would ask, restart or clear the printer. One dot more beside the lone black one
 * of 0x10 breaks each such pair; a QR module is never a lone dot. Idempotent. */
void raster_scrub(uint8_t *bits, size_t len);
