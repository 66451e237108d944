#include "face/submission.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/settings.h"
#include "base/text.h"
#include "face/language.h"
#include "flow/flow.h"
#include "form/document.h"
#include "wire/face_messages.h"
#include "wire/link.h"

static bool
write_document(struct flow *flow, const struct settings *settings, const char *today,
               struct text *out)
{
    static const char *const filled_by[FILLED_COUNT] = {
        [FILLED_SELF] = "self", [FILLED_COMPANION] = "companion", [FILLED_OFFICER] = "officer"};
    struct document document = {
        .id = flow->id,
        .code = flow->code,
        .replaces = flow->mends ? NULL : flow->replaces,
        .mends = flow->mends ? flow->status_fact : NULL,
        .photos = flow->pass,
        .kiosk = settings->kiosk.id,
        .office = flow->office != NULL ? flow->office->code : settings->kiosk.office,
        .service = flow->service,
        .catalogue_version = catalogue_version(flow->catalogue),
        .language = flow->language,
        .written_at = clock_wall(),
        .filled_by = filled_by[flow->filled_by],
        .answers = flow->answers,
        .today = today,
        .hash = hash_of,
    };
    document_notice(&document, flow->catalogue, flow->language);
    return document_write(out, &document);
}

static bool
seal_document(struct submission *submission, struct flow *flow, const struct settings *settings,
              const uint8_t portal_key[SEAL_KEY], const char *today, char *plain)
{
    struct text out = text_over(plain, SUBMISSION_DOCUMENT);
    uuid7_make(flow->id, clock_wall());
    if (flow->code[0] == '\0') { // a later wording keeps the code that may be on paper already
        code_make(flow->code);
    }
    bool photos = flow->service->photos.most > 0 && !flow->mends &&
                  settings->portal.public_url[0] != '\0'; // else no address could be shown
    if (photos && flow->pass[0] == '\0') {                // kept as the code is
        pass_make(flow->pass);
    }
    bool good = write_document(flow, settings, today, &out) && !out.cut &&
                seal_envelope(portal_key, (const uint8_t *)plain, out.len, submission->envelope);
    submission->len = good ? out.len + ENVELOPE_OVERHEAD : 0;
    secret_zero(plain, SUBMISSION_DOCUMENT);
    if (good) {
        text_copy(submission->id, sizeof submission->id, flow->id);
    } else {
        flow->id[0] = '\0';
        log_error("a submission for %s could not be written or sealed", flow->service->id);
    }
    return good;
}

bool
submission_send(struct submission *submission, struct flow *flow, int64_t request,
                const struct settings *settings, const uint8_t portal_key[SEAL_KEY],
                const char *today, char *plain, struct link *link)
{
    bool sealed =
        submission->len > 0 && flow->id[0] != '\0' && strcmp(submission->id, flow->id) == 0;
    if (!sealed && !seal_document(submission, flow, settings, portal_key, today, plain)) {
        return false;
    }
    struct face_submit message = {
        .request = request,
        .id = flow->id,
        .code = flow->code,
        .replaces = flow->replaces,
        .mends = flow->mends,
        .photos = flow->pass,
        .service = flow->service->id,
        .catalogue_version = catalogue_version(flow->catalogue),
        .language = language_code(flow->language),
        .office = flow->office != NULL ? flow->office->code : "",
        .envelope = {submission->envelope, (uint32_t)submission->len},
    };
    return link_send(link, &face_submit_type, &message);
}

void
submission_forget(struct submission *submission)
{
    secret_zero(submission->id, sizeof submission->id);
    secret_zero(submission->envelope, submission->len);
    submission->len = 0;
}
