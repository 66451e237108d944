/* Who did what when, append-only and hash-chained, no personal data; and small
 * settings that must survive a restart. Entries are cut to 63 and 255 bytes. */
#pragma once
#include "store/store.h"

enum store_result journal_add(struct store *store, int64_t now, const char *who, const char *what);
enum store_result settings_put(struct store *store, const char *key, const char *value);
/* false when absent; cut to size. */
bool settings_get(struct store *store, const char *key, char *out, size_t size);
enum store_result settings_drop(struct store *store, const char *key);
/* All whose key begins so. `each` must not write. */
typedef void settings_row(void *context, const char *key, const char *value);
enum store_result settings_each(struct store *store, const char *prefix, settings_row *each,
                                void *context);
enum store_result settings_drop_all(struct store *store, const char *prefix);
