#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"
#include "store/sql.h"

/* One line of fixed length, so that one write replaces it whole. */
#define WITNESS_SEQ "anjungan-store seq "
#define WITNESS_TICKET " ticket "
#define WITNESS_LINE WITNESS_SEQ "%019" PRId64 WITNESS_TICKET "%019" PRId64 "\n"
enum { WITNESS_DIGITS = 19, WITNESS_BYTES = 66 };

static void
witness_read(struct store *store)
{
    char line[WITNESS_BYTES + 1];
    ssize_t got = pread(store->lock, line, WITNESS_BYTES, 0);
    if (got <= 0) {
        return; // a new store
    }
    line[got] = '\0';
    const char *seq = line + strlen(WITNESS_SEQ);
    const char *ticket = seq + WITNESS_DIGITS + strlen(WITNESS_TICKET);
    bool form = got == WITNESS_BYTES && strncmp(line, WITNESS_SEQ, strlen(WITNESS_SEQ)) == 0;
    struct witness seen = {form ? text_take_number(&seq, WITNESS_DIGITS) : -1,
                           form ? text_take_number(&ticket, WITNESS_DIGITS) : -1};
    if (seen.seq < 0 || seen.ticket < 0) {
        log_warning("store: %s.lock makes no sense, it is written anew", store->path);
        return;
    }
    store->witness = seen;
}

bool
witness_open(struct store *store, enum store_result *why)
{
    char *path = NULL;
    if (asprintf(&path, "%s.lock", store->path) < 0) {
        log_error("store: out of memory");
        *why = STORE_FULL;
        return false;
    }
    store->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool locked = store->lock >= 0 && flock(store->lock, LOCK_EX | LOCK_NB) == 0;
    if (!locked) {
        bool taken = store->lock >= 0 && errno == EWOULDBLOCK;
        *why = taken ? STORE_TAKEN : STORE_FULL;
        log_error("store: %s: %s", path, taken ? "another process has the store" : strerror(errno));
    }
    free(path);
    if (locked) {
        witness_read(store);
    }
    return locked;
}

/* Not flushed: after a crash of the program it is right, after a power cut it may
 * lag, and ahead of the log it never is. */
void
witness_note(struct store *store)
{
    char line[WITNESS_BYTES + 1];
    snprintf(line, sizeof line, WITNESS_LINE, store->witness.seq, store->witness.ticket);
    if (pwrite(store->lock, line, WITNESS_BYTES, 0) != WITNESS_BYTES) {
        log_warning("store: %s.lock: %s", store->path, strerror(errno));
    }
}
