/* The only SQLite, and the only connection. WAL, synchronous=FULL, STRICT tables.
 * What a function reports as done is on disk. One thread: the desk's main one. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

enum store_result {
    STORE_OK,
    STORE_NONE,    /* no such row */
    STORE_TAKEN,   /* a UNIQUE rule: it is there already */
    STORE_FULL,    /* disk full or read-only: try again later */
    STORE_BROKEN   /* EIO or corruption: intake closes until restart and check */
};

/* Opens, locks against a second process, migrates. NULL and a log line when it
 * cannot; `path` is the database file, its folder must exist. */
struct store *store_open(const char *path);
void store_close(struct store *store);
/* The integrity check that comes before intake opens: pages, hash chain, gapless
 * sequence. In steps, so that the loop stays awake: call until it is not STORE_NONE. */
enum store_result store_check_step(struct store *store, char reason[160]);
/* Damaged: move the file aside, salvage what is valid into a fresh one. Returns
 * the number of submissions saved, -1 when nothing could be read. */
int64_t store_salvage(const char *path, int64_t *lost_from, int64_t *lost_to);
