#include "face/preview.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/states.h"
#include "face/inside.h"
#include "wire/face_messages.h"

static void
step(struct face *face, struct flow_event event)
{
    event.now = clock_monotonic();
    effects_step(face, event);
}

void
preview_begin(struct face *face)
{
    // As from the wire: no word is missing, whoever reads it.
    static const struct desk_hello hello = {.kiosk = "",
                                            .office = "",
                                            .office_name = "Pratinjau: tidak dikirim",
                                            .hours = "",
                                            .utc_offset = CLOCK_WITA,
                                            .days_off = "",
                                            .serves = ""};
    static const struct desk_status status = {.intake = INTAKE_OPEN,
                                              .printer = PRINTER_READY,
                                              .online = true,
                                              .waiting = 0,
                                              .wait_minutes = -1,
                                              .tickets_open = true,
                                              .tickets_closed_until = "",
                                              .notice = "",
                                              .serving = ""};
    const struct service *list;
    size_t count = catalogue_services(face->catalogue, &list);
    face->facts.enrolled = true; // else forms stay closed
    facts_hello(&face->facts, &hello);
    facts_status(&face->facts, &status);
    step(face, (struct flow_event){.kind = FLOW_DESK_UP});
    step(face, (struct flow_event){
                   .kind = FLOW_DESK_STATUS,
                   .desk = {.intake = INTAKE_OPEN, .tickets_open = true, .online = true}});
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].id, face->parts.preview) == 0) {
            step(face, (struct flow_event){.kind = FLOW_GROUP, .arg = -1});
            step(face, (struct flow_event){.kind = FLOW_SERVICE, .arg = (int64_t)i});
        }
    }
}

void
preview_answer(struct face *face, const struct flow_effect *effect)
{
    switch (effect->kind) {
    case EFFECT_TICKET:
        log_info("preview: a number would be taken and printed now");
        step(face, (struct flow_event){.kind = FLOW_TICKET_ANSWER,
                                       .ticket = {effect->request, TICKET_FAILED, "", 0, -1}});
        break;
    case EFFECT_SUBMIT:
        log_info("preview: the request would be saved and sent now");
        step(face, (struct flow_event){.kind = FLOW_SUBMIT_FAULT});
        break;
    case EFFECT_LOOKUP:
        log_info("preview: the portal would be asked now");
        effects_unanswered(face, effect, LOOKUP_OFFLINE);
        break;
    case EFFECT_HELP:
        log_info("preview: an officer would be called now");
        step(face, (struct flow_event){.kind = FLOW_HELP_ANSWER, .help = {effect->request, false}});
        break;
    default:
        log_info("preview: something would be printed now");
        break;
    }
}
