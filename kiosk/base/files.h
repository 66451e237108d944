/* Whole files, read and replaced. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

/* The bytes plus a NUL, to be freed; NULL when unreadable or above `max`
 * (one log line, unless the file is merely absent). */
char *files_read(const char *path, size_t max, size_t *len);
/* Replace by write, fsync, rename, fsync of the folder. false: the old one is there still, or,
 * where only the folder could not be flushed, one of the two whole. */
bool files_replace(const char *path, const void *bytes, size_t len, unsigned mode);
