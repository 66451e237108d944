/* How often is too often: counts by name in windows of time. Thread-safe. */
#pragma once

struct limits;
struct limits *limits_create(void);
void limits_destroy(struct limits *limits);
/* Counts one. 0: fine; else the seconds until the window of that name is over. */
int limits_count(struct limits *limits, const char *name, int most, int window_seconds);
/* That name begins anew. */
void limits_forget(struct limits *limits, const char *name);
