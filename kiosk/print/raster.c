#include "print/raster.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"

struct raster *
raster_create(int width, int height)
{
    struct raster *raster = calloc(1, sizeof *raster);
    int stride = (width + 7) / 8;
    uint8_t *bits = width > 0 && height > 0 ? calloc((size_t)height, (size_t)stride) : NULL;
    if (!raster || !bits) {
        log_error("print: no memory for a slip of %d x %d dots", width, height);
        free(bits);
        free(raster);
        return NULL;
    }
    *raster = (struct raster){.width = width, .height = height, .stride = stride, .bits = bits};
    return raster;
}

static void
free_bits(struct raster *raster)
{
    explicit_bzero(raster->bits, (size_t)raster->stride * (size_t)raster->height);
    free(raster->bits);
}

void
raster_destroy(struct raster *raster)
{
    if (!raster) {
        return;
    }
    free_bits(raster);
    free(raster);
}

bool
raster_grow(struct raster *raster, int rows)
{
    if (rows <= raster->height) {
        return true;
    }
    int height = rows + rows / 2;
    uint8_t *bits = calloc((size_t)height, (size_t)raster->stride);
    if (!bits) {
        log_error("print: no memory for a slip of %d x %d dots", raster->width, height);
        return false;
    }
    memcpy(bits, raster->bits, (size_t)raster->stride * (size_t)raster->height);
    free_bits(raster);
    raster->bits = bits;
    raster->height = height;
    return true;
}

void
raster_end(struct raster *raster, int height)
{
    if (height < raster->height) {
        size_t kept = (size_t)height * (size_t)raster->stride;
        size_t all = (size_t)raster->height * (size_t)raster->stride;
        explicit_bzero(raster->bits + kept, all - kept);
        raster->height = height;
    }
}

void
raster_dot(struct raster *raster, int x, int y)
{
    if (x >= 0 && x < raster->width && y >= 0 && y < raster->height) {
        raster->bits[y * raster->stride + x / 8] |= (uint8_t)(0x80u >> (x % 8));
    }
}

void
raster_clear(struct raster *raster, int x, int y)
{
    if (x >= 0 && x < raster->width && y >= 0 && y < raster->height) {
        raster->bits[y * raster->stride + x / 8] &= (uint8_t) ~(0x80u >> (x % 8));
    }
}

void
raster_fill(struct raster *raster, int x, int y, int width, int height)
{
    for (int row = y; row < y + height; row++) {
        for (int column = x; column < x + width; column++) {
            raster_dot(raster, column, row);
        }
    }
}

bool
raster_row_is_white(const struct raster *raster, int y)
{
    const uint8_t *row = raster->bits + (size_t)y * (size_t)raster->stride;
    for (int i = 0; i < raster->stride; i++) {
        if (row[i]) {
            return false;
        }
    }
    return true;
}

void
raster_scrub(uint8_t *bits, size_t len)
{
    for (size_t i = 0; i + 1 < len; i++) {
        if (bits[i] == 0x10 &&
            (bits[i + 1] == 0x04 || bits[i + 1] == 0x05 || bits[i + 1] == 0x14)) {
            bits[i] = 0x30;
        }
    }
}
