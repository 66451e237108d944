/* An officer moves a request: the table allows it, what must be said is said, and it
 * still stands where the officer saw it. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
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

/* The answers to mend as JSON; false: one of them the form does not have, or no sentence. */
static bool
write_mend(const struct filed *filed, const struct wish *wish, char out[MEND_TEXT])
{
    int line = 0;
    const char *reason = NULL;
    struct text text = text_over(out, MEND_TEXT);
    struct json *json = json_parse(filed->answers, strlen(filed->answers), &line, &reason);
    bool good = json != NULL;
    for (size_t i = 0; good && i < wish->mend_count; i++) {
        const struct mend *mend = &wish->mend[i];
        good =
            *mend->reason && is_sentence(mend->reason) && json_get(json_root(json), mend->question);
        text_add(&text, i ? ",{\"question\":" : "[{\"question\":");
        json_write_text(&text, mend->question);
        text_add(&text, ",\"reason\":");
        json_write_text(&text, mend->reason);
        text_add(&text, "}");
    }
    text_add(&text, wish->mend_count ? "]" : "");
    json_destroy(json);
    return good && !text.cut;
}

/* What the resident will be told must fit the sealed answer, which has one length. */
static bool
fits(const struct chain_move *move, const struct filed *filed, const char *reason, const char *mend)
{
    char answer[LOOKUP_ANSWER + 1];
    struct status status = {.since = clock_wall()};
    bool copied = text_copy(status.state, sizeof status.state, move->to) &&
                  text_copy(status.service, sizeof status.service, filed->service) &&
                  text_copy(status.reason, sizeof status.reason, reason) &&
                  text_copy(status.mend, sizeof status.mend, mend);
    return copied && lookup_write(&status, answer);
}

static bool
is_said(const struct chain_move *move, const struct wish *wish)
{
    bool reason = *wish->reason != '\0', mend = wish->mend_count > 0;
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
    char mend[MEND_TEXT];
    const struct service *service =
        portal->catalogue ? catalogue_service(portal->catalogue, filed->service) : NULL;
    const struct chain_move *move = chain_find(filed->state, wish->deed, officer->role, service);
    if (wish->after > 0 && wish->after != filed->step) {
        return MOVED_LATE;
    }
    if (!move) {
        return MOVED_BARRED;
    }
    if (!is_said(move, wish) || !is_sentence(wish->reason) || !write_mend(filed, wish, mend) ||
        !fits(move, filed, wish->reason, mend)) {
        return MOVED_SAYS;
    }
    struct chain_step step = {.submission = filed->id,
                              .after = filed->step,
                              .move = move,
                              .actor = officer->name,
                              .reason = wish->reason,
                              .mend = mend,
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
