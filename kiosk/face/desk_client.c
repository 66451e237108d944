#include "face/inside.h"

#include <stdalign.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/states.h"
#include "face/adoption.h"
#include "wire/face_messages.h"
#include "wire/link.h"
#include "wire/sockets.h"

void
desk_hang_up(struct face *face)
{
    if (face->link == NULL) {
        return;
    }
    bool greeted = face->greeted;
    link_destroy(face->link);
    face->link = NULL;
    face->greeted = false;
    facts_desk_gone(&face->facts);
    if (greeted) {
        log_warning("the desk is gone");
        effects_world(face, FLOW_DESK_DOWN);
    }
}

void
desk_accept(struct face *face)
{
    int fd = sockets_accept(face->parts.listener);
    if (fd >= 0) {
        desk_hang_up(face); // a desk that dials again is the desk now
        face->link = link_create(fd, desk_to_face);
    } else if (fd == SOCKETS_LATER) {
        face->door_rest = clock_monotonic() + SOCKETS_REST;
    }
}

static void
hello(struct face *face, const struct desk_hello *message)
{
    if (message->protocol != FACE_PROTOCOL) {
        log_error("the desk speaks protocol %d, the face %d: not served", (int)message->protocol,
                  FACE_PROTOCOL);
        return;
    }
    if (face->has_portal_key && message->portal_key.len == SEAL_KEY &&
        memcmp(message->portal_key.data, face->portal_key, SEAL_KEY) != 0) {
        log_warning("the desk names another sealing key than the configuration, which counts");
    }
    facts_hello(&face->facts, message);
    facts_clock(&face->facts, clock_wall(), face->flow.language);
    if (!face->greeted) {
        face->greeted = true;
        face->letters = 0;
        log_info("the desk is here");
        effects_world(face, FLOW_DESK_UP);
    }
}

static void
status(struct face *face, const struct desk_status *message)
{
    facts_status(&face->facts, message);
    effects_step(face, (struct flow_event){.kind = FLOW_DESK_STATUS,
                                           .now = clock_monotonic(),
                                           .desk = {.intake = face->facts.view.intake,
                                                    .tickets_open = message->tickets_open,
                                                    .online = message->online}});
}

static void
bundle(struct face *face, const struct desk_bundle *message)
{
    if (!face->has_sign_key) {
        log_warning("a bundle came, but no key to check it is configured ([portal] sign_key)");
        return;
    }
    const struct catalogue *newest = face->waiting != NULL ? face->waiting : face->catalogue;
    struct catalogue *catalogue = adoption_read(message->bundle.data, message->bundle.len,
                                                face->sign_key, catalogue_version(newest));
    if (catalogue != NULL) {
        catalogue_destroy(face->waiting);
        face->waiting = catalogue;
        effects_world(face, FLOW_CATALOGUE);
    }
}

static void
ticket(struct face *face, const struct desk_ticket_answer *message)
{
    effects_step(face,
                 (struct flow_event){.kind = FLOW_TICKET_ANSWER,
                                     .now = clock_monotonic(),
                                     .ticket = {message->request, message->result, message->number,
                                                message->ahead, message->wait_minutes}});
}

static void
submitted(struct face *face, const struct desk_submit_answer *message)
{
    effects_step(face,
                 (struct flow_event){.kind = FLOW_SUBMIT_ANSWER,
                                     .now = clock_monotonic(),
                                     .submit = {message->request, message->result, message->number,
                                                message->ahead, message->wait_minutes}});
}

static void
printed(struct face *face, const struct desk_print_state *message)
{
    effects_step(face,
                 (struct flow_event){.kind = FLOW_PRINT_STATE,
                                     .now = clock_monotonic(),
                                     .print = {message->request, message->state, message->cause}});
}

static void
bill(struct face *face, const struct desk_lookup_answer *message)
{
    struct bill_answer answer = {.state = lookup_bill_refusal(message->result),
                                 .minutes = message->wait_minutes};
    if (message->result == LOOKUP_ANSWERED) {
        lookup_read_bill(&face->private->lookup, face->facts.utc_offset, message->answer.data,
                         message->answer.len, &answer);
    }
    effects_step(face, (struct flow_event){.kind = FLOW_BILL_ANSWER,
                                           .now = clock_monotonic(),
                                           .bill = {message->request, &answer}});
    secret_zero(&answer, sizeof answer);
}

static void
booking(struct face *face, const struct desk_lookup_answer *message)
{
    struct booking_answer answer = {.state = lookup_booking_refusal(message->result),
                                    .minutes = message->wait_minutes};
    if (message->result == LOOKUP_ANSWERED) {
        lookup_read_booking(&face->private->lookup, message->answer.data, message->answer.len,
                            &answer);
    }
    effects_step(face, (struct flow_event){.kind = FLOW_BOOKING_ANSWER,
                                           .now = clock_monotonic(),
                                           .booking = {message->request, &answer}});
    secret_zero(&answer, sizeof answer);
}

static void
photos(struct face *face, const struct desk_lookup_answer *message)
{
    struct photos_answer answer = {.state = PHOTOS_BROKEN};
    if (message->result == LOOKUP_ANSWERED) {
        lookup_read_photos(&face->private->lookup, message->answer.data, message->answer.len,
                           &answer);
    }
    effects_step(face, (struct flow_event){.kind = FLOW_PHOTOS_ANSWER,
                                           .now = clock_monotonic(),
                                           .photos = {message->request, &answer}});
}

static void
found(struct face *face, const struct desk_lookup_answer *message)
{
    struct lookup *lookup = &face->private->lookup;
    if (lookup->request == 0 || message->request != lookup->request) {
        return; // of an earlier visit
    }
    if (lookup->ask == ASK_BOOKING) {
        booking(face, message);
        return;
    }
    if (lookup->ask == ASK_PHOTOS) {
        photos(face, message);
        return;
    }
    if (lookup->ask != ASK_STATUS) {
        bill(face, message);
        return;
    }
    struct flow_found found = {.status = lookup_refusal(message->result)};
    if (message->result == LOOKUP_ANSWERED) {
        found =
            lookup_read(lookup, face->facts.utc_offset, message->answer.data, message->answer.len);
    }
    effects_step(face,
                 (struct flow_event){.kind = FLOW_STATUS_ANSWER,
                                     .now = clock_monotonic(),
                                     .status = {message->request, found.status, found.service,
                                                found.reason, found.since, message->wait_minutes,
                                                found.mend, found.mends}});
    secret_zero(&found, sizeof found);
}

static void
understand(struct face *face, const struct wire_type *type, const void *message)
{
    if (type == &desk_hello_type) {
        hello(face, message);
    } else if (!face->greeted) {
        log_warning("the desk said %s before its hello", type->name);
    } else if (type == &desk_status_type) {
        status(face, message);
    } else if (type == &desk_bundle_type) {
        bundle(face, message);
    } else if (type == &desk_ticket_answer_type) {
        ticket(face, message);
    } else if (type == &desk_submit_answer_type) {
        submitted(face, message);
    } else if (type == &desk_print_state_type) {
        printed(face, message);
    } else if (type == &desk_lookup_answer_type) {
        found(face, message);
    } else if (type == &desk_help_answer_type) {
        const struct desk_help_answer *answer = message;
        effects_step(face, (struct flow_event){.kind = FLOW_HELP_ANSWER,
                                               .now = clock_monotonic(),
                                               .help = {answer->request, answer->told}});
    } else if (type == &desk_delivered_type &&
               strcmp(((const struct desk_delivered *)message)->id, face->flow.id) == 0) {
        effects_world(face, FLOW_DELIVERED);
    }
}

void
desk_read(struct face *face)
{
    alignas(max_align_t) char message[WIRE_MESSAGE_MAX];
    struct link *link = face->link;
    bool alive = link_fill(link), broken = false;
    const struct wire_type *type;
    while (face->link == link && (type = link_next(link, message, &broken)) != NULL) {
        understand(face, type, message);
    }
    if (face->link == link && (!alive || broken)) {
        desk_hang_up(face);
    }
}

void
desk_write(struct face *face)
{
    if (face->link != NULL && link_wants_write(face->link) && !link_flush(face->link)) {
        desk_hang_up(face);
    }
}
