#include "store/tallies.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/sql.h"

enum { PARTS = 8, AT_ONCE = 100000 };

/* A long form has many steps: they leave room for what people think and how visits end. */
static int64_t
names_for(const char *name)
{
    bool of_steps = strncmp(name, "step/", 5) == 0 || strncmp(name, "seen/", 5) == 0 ||
                    strncmp(name, "error/", 6) == 0;
    return of_steps ? TALLY_STEP_NAMES : TALLY_NAMES;
}

bool
tally_is_name(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    size_t len = strlen(name);
    int parts = 0;
    if (len >= TALLY_NAME) {
        return false;
    }
    for (const char *at = name;; at++) {
        size_t part = strspn(at, letters);
        at += part;
        if (part == 0 || ++parts > PARTS) {
            return false;
        }
        if (*at != '/') {
            return *at == '\0';
        }
    }
}

static enum store_result
add_one(struct store *store, int32_t day, const char *name, int64_t count)
{
    return sql_run(store,
                   "INSERT INTO tally SELECT ?1, ?2, ?3 WHERE (SELECT count(*) FROM tally"
                   "  WHERE day = ?1) < ?4 OR EXISTS(SELECT 1 FROM tally WHERE day = ?1"
                   "  AND name = ?2) ON CONFLICT(day, name) DO UPDATE SET count = count + ?3",
                   "itii", (int64_t)day, name, count, names_for(name));
}

/* "name" or "name=3", out of a list; false at its end. */
static bool
next_count(const char **at, char name[TALLY_NAME], int64_t *count)
{
    for (;;) {
        *at += strspn(*at, " ");
        size_t len = strcspn(*at, " "), name_len = strcspn(*at, " =");
        if (len == 0) {
            return false;
        }
        const char *number = *at + name_len + 1;
        *count = name_len < len ? strtoll(number, NULL, 10) : 1;
        bool fits = name_len < TALLY_NAME;
        text_copy(name, TALLY_NAME, "");
        if (fits) {
            memcpy(name, *at, name_len);
            name[name_len] = '\0';
        }
        *at += len;
        if (fits && tally_is_name(name) && *count >= 1 && *count <= AT_ONCE) {
            return true;
        }
    }
}

enum store_result
tally_add(struct store *store, int32_t day, const char *counts)
{
    char name[TALLY_NAME];
    int64_t count;
    bool any = false;
    enum store_result result = sql_transaction(store);
    while (result == STORE_OK && next_count(&counts, name, &count)) {
        result = add_one(store, day, name, count);
        any = true;
    }
    if (result == STORE_OK && any) {
        result = sql_run(store,
                         "INSERT INTO tally_day VALUES(?, 1, 0) ON CONFLICT(day)"
                         " DO UPDATE SET changes = changes + 1",
                         "i", (int64_t)day);
    }
    return sql_finish(store, result);
}

enum store_result
tally_untold(struct store *store, int32_t *day, int64_t *changes)
{
    struct sqlite3_stmt *row = sql_begin(
        store,
        "SELECT day, changes FROM tally_day WHERE changes > told ORDER BY day <= ?, day LIMIT 1",
        "i", (int64_t)*day);
    enum store_result result = sql_next(store, row);
    if (result == STORE_OK) {
        *day = (int32_t)column_int(row, 0);
        *changes = column_int(row, 1);
        sql_end(row);
    }
    return result;
}

enum store_result
tally_each(struct store *store, int32_t day, tally_row *row, void *context)
{
    struct sqlite3_stmt *found = sql_begin(
        store, "SELECT name, count FROM tally WHERE day = ? ORDER BY name", "i", (int64_t)day);
    enum store_result result;
    while ((result = sql_next(store, found)) == STORE_OK) {
        char name[TALLY_NAME];
        column_text(found, 0, name, sizeof name);
        row(context, name, column_int(found, 1));
    }
    return result == STORE_NONE ? STORE_OK : result;
}

enum store_result
tally_told(struct store *store, int32_t day, int64_t changes)
{
    return sql_run(store, "UPDATE tally_day SET told = max(told, ?) WHERE day = ?", "ii", changes,
                   (int64_t)day);
}

enum store_result
tally_forget(struct store *store, int32_t before)
{
    enum store_result result = sql_transaction(store);
    if (result == STORE_OK) {
        result = sql_run(store,
                         "DELETE FROM tally WHERE day < ?1 AND day NOT IN"
                         " (SELECT day FROM tally_day WHERE changes > told)",
                         "i", (int64_t)before);
    }
    if (result == STORE_OK) {
        result = sql_run(store, "DELETE FROM tally_day WHERE day < ? AND changes = told", "i",
                         (int64_t)before);
    }
    return sql_finish(store, result);
}
