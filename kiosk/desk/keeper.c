/* The store's health decides whether the kiosk may promise anything: intake opens
 * after the check, closes on a full disk and opens by itself when it can again; a
 * damaged store is set aside and what is valid is carried over. */
#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "desk/parts.h"
#include "store/journal.h"

enum { RETRY = 5000 };

static void
store_path(const struct desk *desk, char *path, size_t size)
{
    snprintf(path, size, "%s/store.db", desk->settings->kiosk.state_dir);
}

static void
set_intake(struct desk *desk, enum intake intake)
{
    static const char *const words[] = {"open", "checking", "closed: disk full",
                                        "closed: store damaged", "paused"};
    if (desk->intake != intake) {
        log_info("intake %s", words[intake]);
        desk->intake = intake;
    }
}

/* Damaged: carry over what is valid, or begin afresh; the gap goes to the journal. */
static void
salvage(struct desk *desk, const char *reason)
{
    char path[PATH_BYTES], what[120];
    int64_t from = 0, to = 0;
    log_error("store: %s; salvaging", reason);
    store_path(desk, path, sizeof path);
    store_close(desk->store);
    desk->store = NULL;
    int64_t saved = store_salvage(path, hash_of, clock_wall(), desk_day(desk), &from, &to);
    enum store_result why = STORE_OK;
    desk->store = saved >= 0 ? store_open(path, hash_of, &why) : NULL;
    desk->store_retry = clock_monotonic() + RETRY;
    set_intake(desk, desk->store != NULL ? INTAKE_CHECKING : INTAKE_BROKEN);
    if (desk->store != NULL) {
        snprintf(what, sizeof what,
                 "salvaged %" PRId64 " submissions, missing %" PRId64 "-%" PRId64, saved, from, to);
        keeper_note(desk, journal_add(desk->store, clock_wall(), "desk", what));
        log_error("store: %s", what);
    }
}

void
keeper_open(struct desk *desk)
{
    char path[PATH_BYTES];
    store_path(desk, path, sizeof path);
    enum store_result why = STORE_OK;
    desk->store = store_open(path, hash_of, &why);
    desk->store_retry = clock_monotonic() + RETRY;
    if (desk->store == NULL && why == STORE_BROKEN) {
        salvage(desk, "cannot be opened");
        return;
    }
    set_intake(desk, desk->store != NULL ? INTAKE_CHECKING
                     : why == STORE_FULL ? INTAKE_FULL
                                         : INTAKE_BROKEN);
}

bool
keeper_busy(const struct desk *desk)
{
    return desk->store != NULL && desk->intake == INTAKE_CHECKING;
}

static void
check(struct desk *desk)
{
    char reason[160] = "";
    enum store_result result = store_check_step(desk->store, reason);
    if (result == STORE_OK) {
        set_intake(desk, INTAKE_OPEN);
        desk->mirror_due = true;
    } else if (result == STORE_BROKEN) {
        salvage(desk, reason);
    }
}

/* Is there room again? A small write says so. */
static void
try_again(struct desk *desk, int64_t now)
{
    desk->store_retry = now + RETRY;
    if (desk->store == NULL) {
        keeper_open(desk);
    } else if (desk->intake == INTAKE_FULL &&
               settings_put(desk->store, "room", "yes") == STORE_OK) {
        set_intake(desk, INTAKE_OPEN);
    }
}

void
keeper_step(struct desk *desk, int64_t now)
{
    if (keeper_busy(desk)) {
        check(desk);
    } else if (desk->intake != INTAKE_OPEN && now >= desk->store_retry) {
        try_again(desk, now);
    }
}

bool
keeper_note(struct desk *desk, enum store_result result)
{
    if (result == STORE_FULL) {
        set_intake(desk, INTAKE_FULL);
        desk->store_retry = clock_monotonic() + RETRY;
    } else if (result == STORE_BROKEN) {
        // What a failed commit left behind is unknown: reopen and check before any promise.
        log_error("store: a write failed; closing it for a check");
        store_close(desk->store);
        desk->store = NULL;
        set_intake(desk, INTAKE_BROKEN);
        desk->store_retry = clock_monotonic() + RETRY;
    }
    return result == STORE_OK;
}
