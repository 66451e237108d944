#include "print/escpos.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "print/profile.h"
#include "print/raster.h"

enum {
    ESC = 0x1b,
    GS = 0x1d,
    FS = 0x1c,
    FEED_FROM = 24 /* white rows from which a feed is shorter than dots */
};

static bool
reserve(struct escpos *out, size_t more)
{
    if (out->failed || out->len + more <= out->size) {
        return !out->failed;
    }
    size_t size = out->size ? out->size : 4096;
    while (size < out->len + more) {
        size *= 2;
    }
    // Not realloc: what moved away would stay readable in the old block.
    uint8_t *bytes = malloc(size);
    if (!bytes) {
        log_error("print: no memory for %zu bytes of a slip", size);
        out->failed = true;
        return false;
    }
    if (out->bytes) {
        memcpy(bytes, out->bytes, out->len);
        explicit_bzero(out->bytes, out->size);
        free(out->bytes);
    }
    out->bytes = bytes;
    out->size = size;
    return true;
}

void
escpos_add(struct escpos *out, const void *bytes, size_t len)
{
    if (reserve(out, len)) {
        memcpy(out->bytes + out->len, bytes, len);
        out->len += len;
    }
}

void
escpos_part(struct escpos *out)
{
    size_t i = out->parts;
    // When the list is full the last part grows: later stops, never a wrong one.
    if (i == ESCPOS_PARTS) {
        i--;
    } else {
        out->parts++;
    }
    out->ends[i] = out->len;
}

void
escpos_destroy(struct escpos *out)
{
    if (out->bytes) {
        explicit_bzero(out->bytes, out->size);
        free(out->bytes);
    }
    *out = (struct escpos){0};
}

void
escpos_begin(struct escpos *out, const struct printer_profile *profile)
{
    ESCPOS_ADD(out, ESC, '@');
    // Chinese clones start in a two-byte mode that eats letters above 0x7F.
    ESCPOS_ADD(out, FS, '.');
    // A full printer cannot be asked any more: it is to speak up by itself.
    if (profile->confirm == CONFIRM_JOB || profile->confirm == CONFIRM_ASB) {
        ESCPOS_ADD(out, GS, 'a', 0x0e); // online, errors, paper
    }
    escpos_part(out);
}

static void
feed_dots(struct escpos *out, const struct printer_profile *profile, int dots)
{
    int unit = profile->feed_units > 0 ? profile->feed_units : 1;
    int units = dots * unit;
    while (units > 0) {
        int step = units < 255 ? units : 255 / unit * unit;
        ESCPOS_ADD(out, ESC, 'J', (uint8_t)step);
        units -= step;
    }
    escpos_part(out);
}

static void
cut(struct escpos *out, const struct printer_profile *profile)
{
    if (profile->cut != CUT_FEED_PARTIAL) {
        feed_dots(out, profile, (int)(profile->feed_mm * profile->dots_per_mm));
    }
    switch (profile->cut) {
    case CUT_FEED_PARTIAL:
        ESCPOS_ADD(out, GS, 'V', 66, 0);
        break;
    case CUT_PARTIAL:
        ESCPOS_ADD(out, GS, 'V', 1);
        break;
    case CUT_OLD:
        ESCPOS_ADD(out, ESC, 'i');
        break;
    case CUT_NONE:
        break;
    }
    if (profile->buzzer) {
        ESCPOS_ADD(out, ESC, 'B', 1, 2);
    }
    escpos_part(out);
}

void
escpos_finish(struct escpos *out, const struct printer_profile *profile,
              const char serial[ESCPOS_SERIAL])
{
    cut(out, profile);
    out->mm += profile->feed_mm;
    if (profile->confirm == CONFIRM_JOB) {
        ESCPOS_ADD(out, GS, '(', 'H', 6, 0, '0', '0');
        escpos_add(out, serial, ESCPOS_SERIAL);
    } else if (profile->confirm == CONFIRM_ASB) {
        ESCPOS_ADD(out, GS, 'r', 1);
    }
    escpos_part(out);
}

static int
white_rows(const struct raster *raster, int y)
{
    int rows = 0;
    while (y + rows < raster->height && raster_row_is_white(raster, y + rows)) {
        rows++;
    }
    return rows;
}

/* Rows from y that belong into one band: up to the profile's limit or to the
 * next white stretch that is worth a feed. */
static int
band_rows(const struct raster *raster, const struct printer_profile *profile, int y)
{
    int rows = 0;
    while (rows < profile->band_rows && y + rows < raster->height) {
        if (profile->feed_units > 0 && white_rows(raster, y + rows) >= FEED_FROM) {
            break;
        }
        rows++;
    }
    return rows;
}

static void
add_band(struct escpos *out, const struct raster *raster, int y, int rows)
{
    uint8_t stride_low = (uint8_t)(raster->stride & 0xff);
    uint8_t stride_high = (uint8_t)(raster->stride >> 8);
    ESCPOS_ADD(out, GS, 'v', '0', 0, stride_low, stride_high, (uint8_t)rows, 0);
    size_t at = out->len, len = (size_t)rows * (size_t)raster->stride;
    escpos_add(out, raster->bits + (size_t)y * (size_t)raster->stride, len);
    if (!out->failed) {
        raster_scrub(out->bytes + at, len);
    }
    escpos_part(out);
}

bool
escpos_raster(struct escpos *out, const struct raster *raster,
              const struct printer_profile *profile, const char serial[ESCPOS_SERIAL])
{
    *out = (struct escpos){0};
    if (raster->width > profile->dots) {
        log_error("print: a slip of %d dots on paper of %d", raster->width, profile->dots);
        return false;
    }
    escpos_begin(out, profile);
    out->mm = raster->height / profile->dots_per_mm;
    for (int y = 0; y < raster->height;) {
        int white = profile->feed_units > 0 ? white_rows(raster, y) : 0;
        if (white >= FEED_FROM) {
            feed_dots(out, profile, white);
            y += white;
            continue;
        }
        int rows = band_rows(raster, profile, y);
        add_band(out, raster, y, rows);
        y += rows;
    }
    escpos_finish(out, profile, serial);
    return !out->failed;
}

bool
escpos_recover(struct escpos *out, const struct printer_profile *profile)
{
    *out = (struct escpos){0};
    size_t band = (size_t)((profile->dots + 7) / 8) * (size_t)profile->band_rows;
    size_t zeros = ESCPOS_HEAD + band;
    if (reserve(out, zeros)) {
        memset(out->bytes, 0, zeros);
        out->len = zeros;
    }
    ESCPOS_ADD(out, ESC, '@');
    escpos_part(out);
    cut(out, profile);
    return !out->failed;
}
