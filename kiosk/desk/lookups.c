/* Sealed questions of the visit, relayed. One is on its way at a time; a later one waits for the
 * lane, as nobody may wait any more for the one that has it (a portal that is slow or silent holds
 * it for half a minute). Of several the last one counts: a screen asks one thing at a time. Whoever
 * asks anew has not tried too often: only the portal says so. */
#include <string.h>

#include "desk/parts.h"

static void
answer(struct desk *desk, struct desk_lookup_answer *message)
{
    if (wire_size(&desk_lookup_answer_type, message) == 0) { // longer than any true answer
        *message =
            (struct desk_lookup_answer){.request = message->request, .result = LOOKUP_FAILED};
    }
    face_send(desk, &desk_lookup_answer_type, message);
}

static void
refuse(struct desk *desk, int64_t request, enum lookup_result why)
{
    struct desk_lookup_answer message = {.request = request, .result = why};
    answer(desk, &message);
}

/* What waits goes out once the lane is free. */
static void
send(struct desk *desk)
{
    struct lookup *lookup = &desk->lookup;
    struct courier_job job = {
        .kind = COURIER_LOOKUP, .tag = lookup->request, .body = lookup->query, .len = lookup->len};
    if (lookup->busy || lookup->len == 0) {
        return;
    }
    lookup->len = 0;
    lookup->busy = courier_take(desk->courier, &job);
    if (!lookup->busy) {
        int64_t request = lookup->request;
        lookup->request = 0;
        refuse(desk, request, LOOKUP_FAILED);
    }
}

void
lookups_take(struct desk *desk, const struct face_lookup *message)
{
    struct lookup *lookup = &desk->lookup;
    if (desk->courier == NULL) {
        refuse(desk, message->request, LOOKUP_OFFLINE);
        return;
    }
    if (message->query.len == 0 || message->query.len > sizeof lookup->query) {
        refuse(desk, message->request, LOOKUP_FAILED);
        return;
    }
    memcpy(lookup->query, message->query.data, message->query.len);
    lookup->len = message->query.len;
    lookup->request = message->request;
    send(desk);
}

void
lookups_back(struct desk *desk, const struct courier_result *result)
{
    struct lookup *lookup = &desk->lookup;
    struct desk_lookup_answer message = {.request = result->tag, .result = LOOKUP_FAILED};
    lookup->busy = false;
    if (lookup->len > 0 || lookup->request != result->tag) {
        send(desk); // whoever asked this is gone, or asks something else
        return;
    }
    lookup->request = 0;
    if (result->outcome == COURIER_DELIVERED && result->body != NULL) {
        message.result = LOOKUP_ANSWERED;
        message.answer = (struct wire_bytes){result->body, (uint32_t)result->len};
    } else if (result->outcome == COURIER_OFFLINE) {
        message.result = LOOKUP_OFFLINE;
    } else if (strcmp(result->error, "http 429") == 0) {
        message.result = LOOKUP_LIMITED;
        message.wait_minutes = (result->retry_after + 59) / 60;
    }
    answer(desk, &message);
}

/* The next face counts its requests from one again: no answer to this one's is for it. */
void
lookups_forget(struct desk *desk)
{
    desk->lookup.request = 0;
    desk->lookup.len = 0;
}
