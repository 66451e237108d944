/* A small matcher for the patterns of forms: every match is a walk over at most
 * PATTERN_STEPS states a character, so no pattern of an author can hold the screen.
 *   a  .  [a-z0-9]  [^x]  \d \s \.  (a|b)  * + ? {2} {2,} {2,4}
 * The whole text must match; ^ at the start and $ at the end are allowed and mean
 * nothing more. Characters are code points. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct pattern;

enum { PATTERN_STEPS = 512 };

/* NULL when malformed or too large: `reason` (static) and `at` say why and where. */
const struct pattern *pattern_parse(struct arena *arena, const char *source, const char **reason,
                                    size_t *at);
/* Pure, without allocation; time is at most length × PATTERN_STEPS. */
bool pattern_matches(const struct pattern *pattern, const char *text);
