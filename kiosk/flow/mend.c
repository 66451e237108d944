#include "flow/turn.h"

#include <string.h>

#include "base/id.h"
#include "base/secret.h"
#include "base/text.h"

/* The questions in the words of the office: what was wrong stands where a hint stands. */
static void
say_what_was_wrong(struct flow *flow)
{
    for (size_t i = 0; i < flow->mending.service.question_count; i++) {
        struct question *question = &flow->mending.questions[i];
        for (int k = 0; k < flow->found->mends; k++) {
            const struct flow_mend *mend = &flow->found->mend[k];
            if (strcmp(question->name, mend->question) == 0) {
                question->hint = (struct words){.in = {[LANGUAGE_ID] = mend->reason}};
            }
        }
    }
}

bool
mend_is_possible(const struct flow *flow, struct mending *mending)
{
    const char *names[FLOW_MENDS];
    const struct service *service = flow->found->status == STATUS_MEND
                                        ? catalogue_service(flow->catalogue, flow->found->service)
                                        : NULL;
    for (int i = 0; i < flow->found->mends; i++) {
        names[i] = flow->found->mend[i].question;
    }
    return service != NULL && service->kind == SERVICE_FORM &&
           mending_make(mending, service, names, (size_t)flow->found->mends);
}

void
mend_begin(struct turn *turn)
{
    struct flow *flow = turn->flow;
    bool closed = flow->desk_up && flow->intake != INTAKE_OPEN && flow->intake != INTAKE_CHECKING;
    if (closed || !mend_is_possible(flow, &flow->mending)) {
        turn_sound(turn, SOUND_ERROR);
        return;
    }
    say_what_was_wrong(flow);
    flow->mends = true;
    flow->service = &flow->mending.service;
    text_copy(flow->code, CODE_TEXT, flow->status_code); // it stays the request that it is
    flow->id[0] = flow->replaces[0] = flow->pass[0] = '\0';
    question_first(turn);
}
