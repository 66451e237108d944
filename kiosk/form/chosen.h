/* An answer of several choices: their names with blanks between. Pure. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

bool chosen_has(const char *names, const char *name);
size_t chosen_count(const char *names);
