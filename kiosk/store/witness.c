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
#include "store/tickets.h"

/* One line of fixed length, so that one write replaces it whole. */
static const char *const names[] = {"anjungan-store seq ", " ticket ", " day ", " number "};
enum { FIELDS = sizeof names / sizeof *names, WITNESS_DIGITS = 19, WITNESS_BYTES = 117 };

static bool
parse(const char *at, int64_t values[FIELDS])
{
    for (size_t i = 0; i < FIELDS; i++) {
        if (strncmp(at, names[i], strlen(names[i])) != 0) {
            return false;
        }
        at += strlen(names[i]);
        values[i] = text_take_number(&at, WITNESS_DIGITS);
        if (values[i] < 0) {
            return false;
        }
    }
    return strcmp(at, "\n") == 0;
}

static void
witness_read(struct store *store)
{
    char line[WITNESS_BYTES + 1];
    int64_t values[FIELDS];
    ssize_t got = pread(store->lock, line, WITNESS_BYTES, 0);
    if (got <= 0) {
        return; // a new store
    }
    line[got] = '\0';
    if (!parse(line, values)) {
        log_warning("store: %s.lock makes no sense, it is written anew", store->path);
        return;
    }
    store->witness = (struct witness){values[0], values[1], values[2], values[3]};
}

void
witness_ticket(struct store *store, const struct ticket *ticket)
{
    struct witness *witness = &store->witness;
    if (ticket->id <= witness->ticket) {
        return; // an earlier one, for the same request
    }
    bool same_day = witness->day == ticket->day;
    witness->number =
        same_day && witness->number > ticket->number ? witness->number : ticket->number;
    witness->day = ticket->day;
    witness->ticket = ticket->id;
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
    const struct witness *witness = &store->witness;
    const int64_t values[] = {witness->seq, witness->ticket, witness->day, witness->number};
    char line[WITNESS_BYTES + 1];
    struct text text = text_over(line, sizeof line);
    for (size_t i = 0; i < FIELDS; i++) {
        text_addf(&text, "%s%0*" PRId64, names[i], WITNESS_DIGITS, values[i]);
    }
    text_add(&text, "\n");
    if (pwrite(store->lock, line, WITNESS_BYTES, 0) != WITNESS_BYTES) {
        log_warning("store: %s.lock: %s", store->path, strerror(errno));
    }
}
