/* The strict half of reading JSON: what cJSON lets through is refused here, and
 * a value's line is found again by counting values in document order. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

bool json_scan_check(const char *bytes, size_t len, int *line, const char **reason);
/* The line of the value that so many stand before, parents before children. */
int json_scan_line(const char *bytes, size_t len, long ordinal);
