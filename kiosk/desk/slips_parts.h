/* The lines that several kinds of slips have, put below what a slip has already. Only slips*.c
 * include it. */
#pragma once
#include "desk/parts.h"
#include "print/slip.h"
#include "seal/token.h"

/* Tenths of mm: heights of type, and gaps between groups of lines. */
enum { NUMBER = 240, CODE = 110, TITLE = 48, LINE = 38, PAIR = 34, SMALL = 33, FINE = 29 };
enum { GAP = 14, WIDE_GAP = 22 };

/* What a number is for, in a line. */
#define SLIP_CALLED "Dipanggil 3 kali. Terlewat? Hubungi petugas."

struct slip_line *slip_put(struct slip *slip, enum slip_kind kind, int size, bool bold,
                           const char *text); /* NULL: full */
void slip_put_gap(struct slip *slip, int tenths);
/* One line, shrunk to the paper. */
void slip_put_fit(struct slip *slip, int size, const char *text);
void slip_put_pair(struct slip *slip, const char *text, const char *value);
void slip_put_step(struct slip *slip, const char *title, const char *detail);

void slip_put_head(const struct desk *desk, bool copy, struct slip *slip);
void slip_put_foot(struct slip *slip);
/* "Senin, 23-11-2026, 09.41 WITA", of what happened then; not sure where the clock is not. */
void slip_put_time(const struct desk *desk, const char *what, int64_t at, struct slip *slip);
void slip_put_number(const struct desk *desk, const struct ticket *ticket, struct slip *slip);
void slip_put_ahead(struct slip *slip, int ahead, int minutes);
/* What to bring, to be ticked at home. */
void slip_put_checklist(struct slip *slip, const struct service *service, const char *title);
void slip_put_hours(const struct desk *desk, struct slip *slip);

/* Does the printer draw QRs? One that gets plain letters may not: then a slip has addresses to
 * type. */
bool slip_has_qrs(const struct desk *desk);
/* The signed token as a QR. None that lies: without enrolment there is no key, and a clock that
 * starts in 1970 tells no day of a token. False: there is none to be scanned. */
bool slip_put_qr(const struct desk *desk, enum token_kind kind, const char *code, int64_t at,
                 struct slip *slip);
