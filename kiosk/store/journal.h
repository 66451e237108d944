/* Who did what when, append-only and hash-chained, no personal data; and small
 * settings that must survive a restart. Entries are cut to 63 and 255 bytes. */
#pragma once
#include "store/store.h"

enum store_result journal_add(struct store *store, int64_t now, const char *who, const char *what);
enum store_result settings_put(struct store *store, const char *key, const char *value);
/* false when absent; cut to size. */
bool settings_get(struct store *store, const char *key, char *out, size_t size);
