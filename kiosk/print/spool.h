/* The printer's thread: one job at a time, status read where the printer answers.
 * A job never prints by itself once it is older than two minutes. The desk hands
 * in finished bytes and gets events; nothing here knows tickets or residents. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "print/slip.h"

struct spool;
struct printer_profile;
struct type;

enum spool_state {
    SPOOL_READY,
    SPOOL_NEAR_END,
    SPOOL_PAPER_OUT,
    SPOOL_COVER_OPEN,
    SPOOL_CUTTER,
    SPOOL_HOT,
    SPOOL_OFFLINE,
    SPOOL_UNKNOWN
};
enum spool_outcome { SPOOL_PRINTED, SPOOL_PROBABLY, SPOOL_FAILED };
struct spool_event {
    bool is_job; /* else only the state changed */
    int64_t job;
    enum spool_outcome outcome;
    enum spool_state state; /* cause, when failed */
    int mm;                 /* of paper that a job used; 0 when it failed */
    bool torn;              /* of a job: the printer may hold a part of it */
};

/* `address`: "tcp:127.0.0.1:9100", "usb:/dev/usb/lp0", "serial:/dev/ttyUSB0:115200".
 * HOST is a number: no printer waits for a name server. The profile is copied.
 * Starts the thread. NULL with a log line for a bad address. */
struct spool *spool_start(const char *address, const struct printer_profile *profile);
/* An earlier run was killed in the middle of a slip: what the printer holds of it is ended and
 * cut off before the next one. */
void spool_broke_off(struct spool *spool);
void spool_stop(struct spool *spool);    /* finishes the band it is in, joins, frees */
int spool_fd(const struct spool *spool); /* readable when an event waits */
bool spool_event(struct spool *spool, struct spool_event *event);
/* Copies the raster's bytes as ESC/POS for the profile. `now` monotonic ms. */
bool spool_print(struct spool *spool, int64_t job, const struct raster *raster, int64_t now);
/* Draws and prints, or prints plain letters where the profile says so: what most
 * callers want. The drawing is done here, in the caller's thread. */
bool spool_print_slip(struct spool *spool, int64_t job, const struct slip *slip, struct type *type,
                      int64_t now);
enum spool_state spool_state(struct spool *spool); /* latest known */
bool spool_draws_qr(const struct spool *spool);    /* else it writes the address of one */

/* Profiles are data: assets/printers/NAME.ini. NULL: missing, or refused for a wrong value, which
 * the log names with file and line. A guess at a printer's width or cut would spoil every slip. */
struct printer_profile *profile_load(const char *path);
void profile_destroy(struct printer_profile *profile);
int profile_dots(const struct printer_profile *profile);
double profile_dots_per_mm(const struct printer_profile *profile);
