/* A slip as the bytes one printer wants. Pure. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct raster;
struct slip;
struct printer_profile;

enum {
    ESCPOS_PARTS = 512,
    ESCPOS_SERIAL = 4,
    ESCPOS_HEAD = 8 /* bytes before the dots of a picture */
};

/* Owned bytes. Stopping after ends[i] bytes leaves the printer between two
 * commands; anywhere else it may wait for the rest of a picture. */
struct escpos {
    uint8_t *bytes;
    size_t len, size;
    size_t ends[ESCPOS_PARTS];
    size_t parts;
    bool tall;   /* letters twice as high, where letters are sent */
    double mm;   /* of paper, the feed to the blade too */
    bool failed; /* out of memory: nothing may be sent */
};

/* The whole job: start, picture in bands, cut, and what the profile's way of
 * confirming needs; `serial` (printable ASCII) comes back with a job reply. False
 * when memory fails or the raster is wider than the paper (logged). */
bool escpos_raster(struct escpos *out, const struct raster *raster,
                   const struct printer_profile *profile, const char serial[ESCPOS_SERIAL]);
/* The same slip in plain ASCII letters, for a printer that draws no pictures. */
bool escpos_text(struct escpos *out, const struct slip *slip, const struct printer_profile *profile,
                 const char serial[ESCPOS_SERIAL]);
/* What makes a printer whole again that lost its host inside a job: zeros to end
 * any picture it waits for, a fresh start, and a cut, so that no slip begins with
 * the rest of another. */
bool escpos_recover(struct escpos *out, const struct printer_profile *profile);
void escpos_destroy(struct escpos *out); /* zeroes; `out` itself is the caller's */

/* For the files of this room that write commands. */
void escpos_add(struct escpos *out, const void *bytes, size_t len);
void escpos_part(struct escpos *out); /* a command ends here */
void escpos_begin(struct escpos *out, const struct printer_profile *profile);
void escpos_finish(struct escpos *out, const struct printer_profile *profile,
                   const char serial[ESCPOS_SERIAL]);
#define ESCPOS_ADD(out, ...) \
    escpos_add(out, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))
