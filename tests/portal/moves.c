/* An officer moves a request: the table allows it, what must be said is said, and it
 * still stands where the officer saw it. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "form/catalogue.h"
#include "lookups.h"
#include "officers.h"
#include "portal.h"

static bool
is_sentence(const char *text)
{
    if (!utf8_valid(text, strlen(text)) || utf8_count(text) > CHAIN_WORDS) {
        return false;
    }
    for (size_t len; *text; text += len) {
        if (utf8_is_hidden(utf8_at(text, &len))) {
            return false;
        }
    }
    return true;
}

/* What the resident will be told must fit the sealed answer, which has one length. */
static bool
fits(const struct chain_move *move, const struct filed *filed, const struct wish *wish)
{
    char answer[LOOKUP_ANSWER + 1];
    struct status status = {.since = clock_wall()};
    bool copied = text_copy(status.state, sizeof status.state, move->to) &&
                  text_copy(status.service, sizeof status.service, filed->service) &&
                  text_copy(status.reason, sizeof status.reason, wish->reason) &&
                  text_copy(status.mend, sizeof status.mend, wish->mend);
    return copied && lookup_write(&status, answer);
}

static bool
is_said(const struct chain_move *move, const struct filed *filed, const struct wish *wish)
{
    bool reason = *wish->reason != '\0', mend = *wish->mend != '\0';
    if (!is_sentence(wish->reason) || !fits(move, filed, wish)) {
        return false;
    }
    switch (move->says) {
    case SAYS_NOTHING:
        return !reason && !mend;
    case SAYS_REASON:
    case SAYS_NOTE:
        return reason && !mend;
    case SAYS_MEND:
        return mend;
    }
    return false;
}

static enum moved
take_step(struct portal *portal, const struct officer *officer, const struct filed *filed,
          const struct wish *wish)
{
    const struct service *service =
        portal->catalogue ? catalogue_service(portal->catalogue, filed->service) : NULL;
    const struct chain_move *move = chain_find(filed->state, wish->deed, officer->role, service);
    if (wish->after > 0 && wish->after != filed->step) {
        return MOVED_LATE;
    }
    if (!move) {
        return MOVED_BARRED;
    }
    if (!is_said(move, filed, wish)) {
        return MOVED_SAYS;
    }
    struct chain_step step = {.submission = filed->id,
                              .after = filed->step,
                              .move = move,
                              .actor = officer->name,
                              .reason = wish->reason,
                              .mend = wish->mend,
                              .at = clock_wall()};
    switch (ledger_step_add(portal->db, &step)) {
    case LEDGER_DONE:
        log_info("%s: %s to %s by %s", filed->code, filed->state, move->to, officer->name);
        return MOVED;
    case LEDGER_TAKEN:
        return MOVED_LATE;
    default:
        return MOVED_FAILED;
    }
}

enum moved
officer_move(struct portal *portal, const struct officer *officer, const struct wish *wish)
{
    struct filed filed;
    enum ledger_result found = ledger_filed_find(portal->db, wish->code, officer, &filed);
    enum moved moved = found == LEDGER_DONE   ? take_step(portal, officer, &filed, wish)
                       : found == LEDGER_NONE ? MOVED_UNKNOWN
                                              : MOVED_FAILED;
    filed_free(&filed);
    return moved;
}
