/* The only SQLite, and the only connection. WAL, synchronous=FULL, STRICT tables.
 * What a function reports as done is on disk. One thread: the desk's main one. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

enum store_result {
    STORE_OK,
    STORE_NONE,   /* no such row */
    STORE_TAKEN,  /* a UNIQUE rule: it is there already; of a file: another process has it */
    STORE_FULL,   /* disk full or read-only: try again later */
    STORE_BROKEN, /* EIO or corruption: intake closes until restart and check */
    STORE_NEWER   /* of a file: a later program made it, and only that one can read it */
};

/* SHA-256, given by the owner: this room links no cryptography. */
typedef void store_hash(const void *data, size_t len, uint8_t out[32]);

/* Opens, locks against a second process, migrates. NULL and a log line when it
 * cannot: `why` is then TAKEN, FULL (no room, no right, no folder), NEWER (left alone) or BROKEN
 * (damaged: salvage). `path` is the database file, its folder must exist. */
struct store *store_open(const char *path, store_hash *hash, enum store_result *why);
void store_close(struct store *store); /* NULL is fine */

/* After EIO or corruption every write is refused until the file is opened anew. */
bool store_is_broken(const struct store *store);
/* Wall ms of the newest row of any kind, 0 none: an earlier clock is wrong. */
int64_t store_newest(const struct store *store);
/* Tickets were written so many times: what was read before the last is stale. */
int64_t store_ticket_writes(const struct store *store);
int64_t store_bytes(const struct store *store); /* on disk, log included */

/* The integrity check that comes before intake opens: pages, hash chains, payloads,
 * gapless sequence. In steps, so that the loop stays awake: call until it is not
 * STORE_NONE. `reason` says what is wrong. */
enum store_result store_check_step(struct store *store, char reason[160]);

/* When nothing else is to be done: moves the log into the database and empties
 * it, so that no commit has to, and nothing delivered lingers there or in memory. */
enum store_result store_idle(struct store *store);
bool store_is_settled(const struct store *store); /* nothing was written since */

/* Damaged: copies what is valid into a fresh store and puts it in the place of the
 * damaged files, which stay beside it as `path`.damaged-old. Returns the number of submissions
 * saved; -1 when the fresh one could not be made (the next call goes on from there).
 * The numbers of those that are gone lie from `lost_from` to `lost_to` (0, 0: none); they are
 * never given again, and neither are ticket numbers that may have been given. */
int64_t store_salvage(const char *path, store_hash *hash, int64_t now, int32_t today,
                      int64_t *lost_from, int64_t *lost_to);
