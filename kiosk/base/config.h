/* The one INI file. A wrong value is named with file and line in the log, and
 * the default stands; the kiosk starts. Keys nobody asked for are named too. */
#pragma once
#include <stdbool.h>

struct config;

/* NULL only when there is no such regular file, or it cannot be read or is far too large
 * (logged). No path: as an empty file. A line that is no text, or longer than 198 bytes, is
 * named and does not count. */
struct config *config_load(const char *path);
void config_destroy(struct config *config);

/* The string belongs to the config; `fallback` may be NULL. A key without a
 * value counts as absent. */
const char *config_text(struct config *config, const char *section, const char *key,
                        const char *fallback);
int config_int(struct config *config, const char *section, const char *key, int fallback, int min,
               int max);
double config_number(struct config *config, const char *section, const char *key, double fallback,
                     double min, double max);
bool config_bool(struct config *config, const char *section, const char *key, bool fallback);
/* One of `choices` (NULL-terminated); its index. */
int config_choice(struct config *config, const char *section, const char *key,
                  const char *const *choices, int fallback);

/* From here on the log promises no default: the caller refuses a file with problems. */
void config_strict(struct config *config);
int config_problems(const struct config *config); /* wrong values and lines so far */

/* For a text that the caller found wrong: named like the others. */
void config_refuse(struct config *config, const char *section, const char *key, const char *wanted);

/* Log every key that no call above asked for; returns the problems so far. */
int config_finish(struct config *config);
