/* How often is too often: counts by name in windows of time. Thread-safe.
 *
 * A name has no place of its own but one in each of three rows, where others may count too; only
 * where all three are full it is too often. So the memory is fixed and yet nothing that counts is
 * ever forgotten for another name's sake: whoever comes with a hundred thousand names wins no
 * further try for one of them. Callers ask what counts a sender before what he names, and do not
 * count the second where the first is over: then he fills no rows either. */
#pragma once

struct limits;
struct limits *limits_create(void);
void limits_destroy(struct limits *limits);
/* Counts one. 0: fine; else the seconds until the window of that name is over. */
int limits_count(struct limits *limits, const char *name, int most, int window_seconds);
/* That name begins anew. */
void limits_forget(struct limits *limits, const char *name);
