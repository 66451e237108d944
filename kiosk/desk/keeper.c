/* The store's health decides whether the kiosk may promise anything: intake opens
 * after the check, closes on a full disk and opens by itself when it can again; a
 * damaged store is set aside and what is valid is carried over. */
#include <inttypes.h>
#include <stdio.h>
#include <sys/statvfs.h>

#include "base/clock.h"
#include "base/log.h"
#include "desk/parts.h"
#include "store/journal.h"
#include "store/tallies.h"

/* SETTLE: from the first change to the emptying of the log. ROOM: with less on the disk a
 * form would be refused after it was filled in. RETENTION: days; promise P6 says 30. */
enum { FIRST_RETRY = 500, RETRY = 5000, SETTLE = 2000, ROOM = 1024 * 1024, RETENTION = 29 };

/* Soon at first: what was short for a moment, as memory is, closes nobody's form for long. */
static void
retry_later(struct desk *desk, int64_t now)
{
    int64_t wait = (int64_t)FIRST_RETRY << (desk->store_tries < 4 ? desk->store_tries : 4);
    desk->store_tries++;
    desk->store_retry = now + (wait < RETRY ? wait : RETRY);
}

static void
store_path(const struct desk *desk, char *path, size_t size)
{
    snprintf(path, size, "%s/store.db", desk->settings->kiosk.state_dir);
}

static void
set_intake(struct desk *desk, enum intake intake)
{
    static const char *const words[] = {"open", "checking", "closed: disk full or not writable",
                                        "closed: store damaged", "paused"};
    if (desk->intake != intake) {
        log_info("intake %s", words[intake]);
        desk->intake = intake;
        desk->store_tries = intake == INTAKE_OPEN ? 0 : desk->store_tries;
    }
}

static void
close_store(struct desk *desk)
{
    store_close(desk->store);
    desk->store = NULL;
    desk->checked = false;
    desk->settle_at = 0;
}

/* Damaged: carry over what is valid, or begin afresh; the gap goes to the journal. */
static void
salvage(struct desk *desk, const char *reason)
{
    char path[PATH_BYTES], what[120];
    int64_t from = 0, to = 0;
    log_error("store: %s; salvaging", reason);
    store_path(desk, path, sizeof path);
    close_store(desk);
    int64_t saved = store_salvage(path, hash_of, clock_wall(), desk_day(desk), &from, &to);
    enum store_result why = STORE_OK;
    desk->store = saved >= 0 ? store_open(path, hash_of, &why) : NULL;
    retry_later(desk, clock_monotonic());
    set_intake(desk, desk->store != NULL ? INTAKE_CHECKING : INTAKE_BROKEN);
    if (desk->store != NULL) {
        snprintf(what, sizeof what,
                 "salvaged %" PRId64 " submissions, missing %" PRId64 "-%" PRId64, saved, from, to);
        keeper_note(desk, journal_add(desk->store, clock_wall(), "desk", what));
        log_error("store: %s", what);
    }
}

bool
keeper_open(struct desk *desk)
{
    char path[PATH_BYTES];
    store_path(desk, path, sizeof path);
    enum store_result why = STORE_OK;
    desk->store = store_open(path, hash_of, &why);
    retry_later(desk, clock_monotonic());
    if (desk->store == NULL && why == STORE_BROKEN) {
        salvage(desk, "cannot be opened");
        return true;
    }
    set_intake(desk, desk->store != NULL ? INTAKE_CHECKING
                     : why == STORE_FULL ? INTAKE_FULL
                                         : INTAKE_BROKEN);
    return why != STORE_TAKEN;
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
        desk->checked = true;
        desk->mirror_due = true;
        set_intake(desk, INTAKE_OPEN);
    } else if (result == STORE_BROKEN) {
        salvage(desk, reason);
    } else {
        keeper_note(desk, result);
    }
}

static bool
has_room(const struct desk *desk)
{
    struct statvfs disk;
    return statvfs(desk->settings->kiosk.state_dir, &disk) == 0 &&
           (uint64_t)disk.f_bavail * disk.f_frsize >= ROOM;
}

/* Is there room again? A small write says so. What was not yet checked still is to be. */
static void
try_again(struct desk *desk, int64_t now)
{
    retry_later(desk, now);
    if (desk->store == NULL) {
        keeper_open(desk);
    } else if (desk->intake == INTAKE_FULL && has_room(desk) &&
               keeper_note(desk, settings_put(desk->store, "room", "yes"))) {
        set_intake(desk, desk->checked ? INTAKE_OPEN : INTAKE_CHECKING);
    }
}

/* Soon after a change nothing of what was delivered lingers in the log, and the next
 * commit finds it short. */
static void
settle(struct desk *desk, int64_t now)
{
    if (store_is_settled(desk->store)) {
        desk->settle_at = 0;
    } else if (desk->settle_at == 0) {
        desk->settle_at = now + SETTLE;
    } else if (now >= desk->settle_at) {
        desk->settle_at = 0;
        keeper_note(desk, store_idle(desk->store));
    }
}

/* Once a day. Only once the portal's clock was heard, and ours goes with it: a wrong year must not
 * take the numbers of today away. It runs on beside ours while the line is down, so that weeks of
 * that keep nothing longer. */
static void
forget(struct desk *desk)
{
    int32_t today = desk_day(desk);
    if (desk->portal_heard == 0 || desk_clock_uncertain(desk) || desk->forgot_day == today) {
        return;
    }
    desk->forgot_day = today;
    if (keeper_note(desk,
                    outbox_forget(desk->store, clock_wall() - (int64_t)RETENTION * 86400000))) {
        keeper_note(desk, ticket_forget(desk->store, today - RETENTION));
        keeper_note(desk, tally_forget(desk->store, today - RETENTION));
    }
}

/* A read that met damage is answered as if nothing were there; the store knows better. */
static void
notice_damage(struct desk *desk)
{
    if (desk->store != NULL && store_is_broken(desk->store)) {
        keeper_note(desk, STORE_BROKEN);
    }
}

void
keeper_step(struct desk *desk, int64_t now)
{
    notice_damage(desk);
    if (keeper_busy(desk)) {
        check(desk);
    } else if (desk->intake != INTAKE_OPEN && now >= desk->store_retry) {
        try_again(desk, now);
    }
    if (desk->store != NULL && desk->intake == INTAKE_OPEN) {
        forget(desk);
    }
    if (desk->store != NULL && desk->intake == INTAKE_OPEN) {
        settle(desk, now);
    }
}

bool
keeper_note(struct desk *desk, enum store_result result)
{
    if (result == STORE_FULL && desk->intake != INTAKE_FULL) { // else a try is due already
        set_intake(desk, INTAKE_FULL);
        retry_later(desk, clock_monotonic());
    } else if (result == STORE_BROKEN && desk->store != NULL) {
        // What a failed commit left behind is unknown: reopen and check before any promise.
        log_error("store: a read or a write failed; closing it for a check");
        close_store(desk);
        set_intake(desk, INTAKE_BROKEN);
        retry_later(desk, clock_monotonic());
    }
    return result == STORE_OK;
}
