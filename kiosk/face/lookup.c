#include "face/lookup.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/states.h"
#include "base/text.h"
#include "wire/face_messages.h"
#include "wire/link.h"

static const char *const words[] = {
    [STATUS_SENT] = "sent",           [STATUS_WAIT_RT] = "waiting_rt",
    [STATUS_RT_AGREED] = "rt_agreed", [STATUS_RT_REFUSED] = "rt_refused",
    [STATUS_CHECKING] = "checking",   [STATUS_MEND] = "mend",
    [STATUS_SIGNING] = "signing",     [STATUS_SIGNED] = "signed",
    [STATUS_READY] = "ready",         [STATUS_DELIVERED] = "delivered",
    [STATUS_FINISHED] = "finished",   [STATUS_NOT_FOUND] = "not_found",
};

bool
lookup_send(struct lookup *lookup, const struct flow *flow, int64_t request,
            const uint8_t portal_key[SEAL_KEY], struct link *link)
{
    char key[2 * SEAL_KEY + 1];
    uint8_t query[LOOKUP_QUERY + ENVELOPE_OVERHEAD];
    struct text out = text_over(lookup->plain, LOOKUP_QUERY + 1);
    seal_keypair(lookup->public_key, lookup->secret_key);
    hex_of(lookup->public_key, SEAL_KEY, key);
    text_add(&out, "{\"v\":1,\"kind\":\"status\",\"code\":");
    json_write_text(&out, flow->status_code);
    text_add(&out, ",\"fact\":");
    json_write_text(&out, flow->status_fact);
    text_addf(&out, ",\"reply_key\":\"%s\"}", key);
    bool sealed =
        !out.cut && seal_envelope(portal_key, (const uint8_t *)lookup->plain, out.len, query);
    struct face_lookup message = {request, {query, (uint32_t)(out.len + ENVELOPE_OVERHEAD)}};
    secret_zero(lookup->plain, sizeof lookup->plain);
    lookup->request = request;
    return sealed && link_send(link, &face_lookup_type, &message);
}

static enum portal_status
status_of(const char *word)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i], word) == 0) {
            return (enum portal_status)i;
        }
    }
    return STATUS_FAILED;
}

/* What to answer anew; where there is more than fits here, the counter is the way. */
static void
read_mends(const struct json_value *list, struct flow_found *found)
{
    size_t count = json_count(list);
    for (size_t i = 0; i < count && count <= FLOW_MENDS; i++) {
        const struct json_value *item = json_at(list, i);
        struct flow_mend *mend = &found->mend[i];
        text_copy(mend->question, sizeof mend->question, json_text(json_get(item, "question"), ""));
        text_copy(mend->reason, sizeof mend->reason, json_text(json_get(item, "reason"), ""));
    }
    found->mends = count <= FLOW_MENDS ? (int)count : 0;
}

static struct flow_found
understand(int utc_offset, const struct json_value *root)
{
    struct flow_found found = {.status = status_of(json_text(json_get(root, "status"), ""))};
    int64_t since;
    text_copy(found.service, sizeof found.service, json_text(json_get(root, "service"), ""));
    text_copy(found.reason, sizeof found.reason, json_text(json_get(root, "reason"), ""));
    read_mends(json_get(root, "mend"), &found);
    if (json_int(json_get(root, "since"), &since) && since > 0) {
        struct civil when = civil_at(since, utc_offset);
        civil_date(&when, found.since);
    }
    return found;
}

struct flow_found
lookup_read(struct lookup *lookup, int utc_offset, const uint8_t *envelope, size_t len)
{
    struct flow_found found = {.status = STATUS_FAILED};
    if (len <= ENVELOPE_OVERHEAD || len - ENVELOPE_OVERHEAD > sizeof lookup->plain ||
        !open_envelope(lookup->public_key, lookup->secret_key, envelope, len,
                       (uint8_t *)lookup->plain)) {
        log_warning("the portal's answer to a look-up does not open");
        return found;
    }
    int line;
    const char *reason;
    struct json *json = json_parse(lookup->plain, len - ENVELOPE_OVERHEAD, &line, &reason);
    if (json != NULL) {
        found = understand(utc_offset, json_root(json));
    } else {
        log_warning("the portal's answer to a look-up is no JSON: %s", reason);
    }
    json_destroy(json);
    lookup_forget(lookup);
    return found;
}

enum portal_status
lookup_refusal(int result)
{
    return result == LOOKUP_OFFLINE   ? STATUS_OFFLINE
           : result == LOOKUP_LIMITED ? STATUS_LIMITED
                                      : STATUS_FAILED;
}

void
lookup_forget(struct lookup *lookup)
{
    secret_zero(lookup, sizeof *lookup);
}
