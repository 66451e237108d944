/* Sealed submissions: saved, then promised, then printed, then sent. */
#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/text.h"
#include "desk/parts.h"

static enum submit_result
result_of(enum store_result result)
{
    switch (result) {
    case STORE_OK:
    case STORE_TAKEN: // the same bytes again: an answer was lost
        return SUBMIT_SAVED;
    case STORE_FULL:
        return SUBMIT_FULL;
    case STORE_NONE:
    case STORE_BROKEN:
    case STORE_NEWER:
        break;
    }
    return SUBMIT_BROKEN;
}

static enum submit_result
closed_because(const struct desk *desk)
{
    return desk->intake == INTAKE_FULL     ? SUBMIT_FULL
           : desk->intake == INTAKE_BROKEN ? SUBMIT_BROKEN
                                           : SUBMIT_CLOSED;
}

static void
refuse(struct desk *desk, int64_t request, enum submit_result why)
{
    struct desk_submit_answer answer = {
        .request = request, .result = why, .number = "", .wait_minutes = -1};
    face_send(desk, &desk_submit_answer_type, &answer);
}

/* Is the number of the request in somebody's hand already? */
static bool
has_number(struct desk *desk, const struct face_submit *submit)
{
    struct ticket ticket;
    return submit->replaces[0] != '\0' &&
           ticket_find(desk->store, submit->replaces, &ticket) == STORE_OK;
}

/* The id under which a request was first handed in, or none: it is handed in now. */
static bool
replaces_is_good(const struct face_submit *submit)
{
    return submit->replaces[0] == '\0' ||
           (uuid_is_valid(submit->replaces) && strcmp(submit->replaces, submit->id) != 0);
}

/* The number where the counter comes next; the same transaction issues both. */
static enum store_result
save(struct desk *desk, const struct face_submit *submit, const struct service *service,
     struct ticket *ticket, int64_t *seq)
{
    struct ticket_order order;
    bool counter = service->after_submit == AFTER_COUNTER_NOW && !submit->mends &&
                   tickets_order(desk, service->queue, service->id, false, &order);
    struct submission submission = {.id = submit->id,
                                    .code = submit->code,
                                    .replaces = submit->replaces,
                                    .service = service->id,
                                    .language = submit->language,
                                    .envelope = submit->envelope.data,
                                    .len = submit->envelope.len};
    return outbox_put(desk->store, &submission, clock_wall(), counter ? &order : NULL, ticket, seq);
}

void
submissions_take(struct desk *desk, const struct face_submit *submit)
{
    struct ticket ticket = {0};
    struct outbox_item item;
    char number[16] = "", code[CODE_TEXT];
    int64_t seq = 0;
    const struct service *service = desk_service(desk, submit->service);
    if (service == NULL && desk_has_spare(desk)) { // ours is the fault, not the form's
        refuse(desk, submit->request, SUBMIT_BROKEN);
        return;
    }
    if (service == NULL || !uuid_is_valid(submit->id) || !replaces_is_good(submit) ||
        (submit->photos[0] != '\0' && !pass_is_valid(submit->photos)) ||
        !code_parse(submit->code, code) || submit->envelope.len <= ENVELOPE_OVERHEAD) {
        refuse(desk, submit->request, SUBMIT_REFUSED);
        return;
    }
    if (desk->store == NULL || desk->intake != INTAKE_OPEN) {
        refuse(desk, submit->request, closed_because(desk));
        return;
    }
    bool again = has_number(desk, submit);
    enum store_result saved = save(desk, submit, service, &ticket, &seq);
    if (result_of(saved) != SUBMIT_SAVED || seq == 0) { // 0: the id is held with other bytes
        keeper_note(desk, saved);
        refuse(desk, submit->request,
               seq == 0 && saved == STORE_TAKEN ? SUBMIT_REFUSED : result_of(saved));
        return;
    }
    struct asked *asked = face_remember(desk, submit->request);
    asked->seq = seq;
    asked->ticket = ticket.id;
    text_copy(asked->photos, sizeof asked->photos, submit->photos);
    asked->mends = submit->mends;
    text_copy(asked->office, sizeof asked->office, submit->office);
    struct desk_submit_answer answer = {.request = submit->request,
                                        .result = SUBMIT_SAVED,
                                        .seq = seq,
                                        .number = number,
                                        .ticket = ticket.id,
                                        .wait_minutes = -1};
    if (ticket.id != 0) {
        int minutes;
        number_format(number, ticket.letter, ticket.number);
        answer.ahead = tickets_ahead(desk, &ticket, &minutes);
        answer.wait_minutes = minutes;
        desk->mirror_due = true;
    }
    face_send(desk, &desk_submit_answer_type, &answer);
    if (desk->store != NULL && outbox_get(desk->store, seq, &item) == STORE_OK) {
        paper_receipt(desk, asked, &item, ticket.id != 0 ? &ticket : NULL,
                      again || saved == STORE_TAKEN);
    }
}
