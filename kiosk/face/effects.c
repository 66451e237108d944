#include "face/inside.h"

#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/log.h"
#include "base/secret.h"
#include "face/names.h"
#include "face/preview.h"
#include "wire/face_messages.h"
#include "wire/link.h"

enum { STACK_USED = 128 * 1024 };

static void
fault(struct face *face, enum flow_event_kind kind)
{
    effects_step(face, (struct flow_event){.kind = kind, .now = clock_monotonic()});
}

static void
ask_ticket(struct face *face, const struct flow_effect *effect)
{
    if (face->wish_request != effect->request) { // not the old one told again
        face->wish_request = effect->request;
        uuid7_make(face->wish, clock_wall());
    }
    const struct flow *flow = &face->flow;
    struct face_ticket_request message = {
        .request = effect->request,
        .id = flow->booked ? flow->booking->answer.id : face->wish,
        .booking = flow->booked ? flow->booking->answer.time : "",
        .queue = face->flow.queue->letter,
        .service = face->flow.ticket_service != NULL ? face->flow.ticket_service->id : "",
        .priority = face->flow.priority,
        .again = effect->arg != 0};
    link_send(face->link, &face_ticket_request_type, &message);
}

static void
submit(struct face *face, const struct flow_effect *effect)
{
    if (!face->has_portal_key ||
        !submission_send(&face->submission, &face->flow, effect->request, face->parts.settings,
                         face->portal_key, face->facts.today, face->private->document,
                         face->link)) {
        fault(face, FLOW_SUBMIT_FAULT);
    }
}

void
effects_unanswered(struct face *face, const struct flow_effect *look_up, int result)
{
    struct bill_answer bill = {.state = lookup_bill_refusal(result)};
    struct booking_answer booking = {.state = lookup_booking_refusal(result)};
    struct photos_answer photos = {.state = PHOTOS_BROKEN};
    struct flow_event event = {.now = clock_monotonic()};
    if (look_up->arg == ASK_STATUS) {
        event.kind = FLOW_STATUS_ANSWER;
        event.status.request = look_up->request;
        event.status.status = lookup_refusal(result);
    } else if (look_up->arg == ASK_BOOKING) {
        event.kind = FLOW_BOOKING_ANSWER;
        event.booking.request = look_up->request;
        event.booking.answer = &booking;
    } else if (look_up->arg == ASK_PHOTOS) {
        event.kind = FLOW_PHOTOS_ANSWER;
        event.photos.request = look_up->request;
        event.photos.answer = &photos;
    } else {
        event.kind = FLOW_BILL_ANSWER;
        event.bill.request = look_up->request;
        event.bill.answer = &bill;
    }
    effects_step(face, event);
}

static void
look_up(struct face *face, const struct flow_effect *effect)
{
    if (face->has_portal_key &&
        lookup_send(&face->private->lookup, &face->flow, effect, face->portal_key, face->link)) {
        return;
    }
    effects_unanswered(face, effect, LOOKUP_FAILED);
}

static void
pay_slip(struct face *face, const struct flow_effect *effect)
{
    const struct bill_answer *pay = &face->flow.bill->pay;
    struct face_payment message = {.request = effect->request,
                                   .reference = pay->reference,
                                   .nop = pay->nop,
                                   .year = pay->year,
                                   .amount = pay->amount,
                                   .moment = pay->moment,
                                   .copy = effect->arg != 0};
    link_send(face->link, &face_payment_type, &message);
}

static void
reprint(struct face *face, const struct flow_effect *effect)
{
    struct face_reprint message = {effect->request, effect->arg};
    link_send(face->link, &face_reprint_type, &message);
}

static void
print_checklist(struct face *face, const struct flow_effect *effect)
{
    struct face_checklist message = {effect->request, face->flow.service->id};
    link_send(face->link, &face_checklist_type, &message);
}

static void
call_help(struct face *face, const struct flow_effect *effect)
{
    struct face_help message = {effect->request, name_of_place(face->flow.place)};
    link_send(face->link, &face_help_type, &message);
}

/* What functions that have returned left on the stack. */
static void __attribute__((noinline)) scrub_stack(void)
{
    char used[STACK_USED];
    secret_zero(used, sizeof used);
}

static void
end_visit(struct face *face, const struct flow_effect *effect)
{
    struct face_visit_end message = {(int32_t)effect->arg,
                                     (int32_t)((face->flow.now - face->visit_began) / 1000)};
    struct face_tally tally = {face->private->counts};
    tally_write(&face->private->tally, (enum visit_outcome)effect->arg, face->private->counts,
                sizeof face->private->counts);
    if (face->link != NULL && face->greeted) {
        link_send(face->link, &face_visit_end_type, &message);
        face->letters = 0;
        link_send(face->link, &face_tally_type, &tally);
    }
    tally_zero(&face->private->tally);
    secret_zero(face->private->counts, sizeof face->private->counts);
    scanner_forget(&face->private->scanner);
    lookup_forget(&face->private->lookup);
    submission_forget(&face->submission);
    frame_forget(face);
    scrub_stack();
}

static void
adopt(struct face *face)
{
    if (face->waiting != NULL) {
        struct catalogue *old = face->catalogue;
        face->catalogue = face->waiting;
        face->waiting = NULL;
        flow_adopt(&face->flow, face->catalogue);
        catalogue_destroy(old);
        log_info("catalogue %d adopted", catalogue_version(face->catalogue));
    }
}

static void
sound(struct face *face, int64_t which)
{
    static const int tones[] = {
        [SOUND_PRESS] = PLATFORM_SOUND_PRESS,
        [SOUND_ERROR] = PLATFORM_SOUND_ERROR,
        [SOUND_ATTENTION] = PLATFORM_SOUND_ATTENTION,
        [SOUND_DONE] = PLATFORM_SOUND_DONE,
    };
    platform_sound(face->parts.platform, tones[which], face->flow.volume);
}

/* Who chose larger letters on the screen gets them on paper. */
static void
tell_letters(struct face *face)
{
    struct face_letters message = {face->flow.size};
    if (message.size != face->letters) {
        face->letters = message.size;
        link_send(face->link, &face_letters_type, &message);
    }
}

/* What goes to the desk; while that is away the flow waits and asks again. */
static void
tell_desk(struct face *face, const struct flow_effect *effect)
{
    if (face->parts.preview != NULL) {
        preview_answer(face, effect);
        return;
    }
    if (face->link == NULL) {
        return;
    }
    tell_letters(face);
    switch (effect->kind) {
    case EFFECT_TICKET:
        ask_ticket(face, effect);
        break;
    case EFFECT_SUBMIT:
        submit(face, effect);
        break;
    case EFFECT_REPRINT:
        reprint(face, effect);
        break;
    case EFFECT_CHECKLIST:
        print_checklist(face, effect);
        break;
    case EFFECT_LOOKUP:
        look_up(face, effect);
        break;
    case EFFECT_PAY_SLIP:
        pay_slip(face, effect);
        break;
    default:
        call_help(face, effect);
        break;
    }
}

static void
run(struct face *face, const struct flow_effect *effect)
{
    switch (effect->kind) {
    case EFFECT_TICKET:
    case EFFECT_SUBMIT:
    case EFFECT_REPRINT:
    case EFFECT_CHECKLIST:
    case EFFECT_LOOKUP:
    case EFFECT_PAY_SLIP:
    case EFFECT_HELP:
        tell_desk(face, effect);
        break;
    case EFFECT_LANGUAGE:
        language_set(face->flow.language);
        facts_clock(&face->facts, clock_wall(), face->flow.language);
        break;
    case EFFECT_LOOK: // the next frame has it
    case EFFECT_SCORE:
    case EFFECT_VOTE: // counted by the tally, said at the end
        break;
    case EFFECT_VOLUME:
        sound(face, SOUND_PRESS); // to hear it
        break;
    case EFFECT_SOUND:
        sound(face, effect->arg);
        break;
    case EFFECT_VISIT_END:
        end_visit(face, effect);
        break;
    case EFFECT_ADOPT:
        adopt(face);
        break;
    }
}

struct view { // what makes another screen of it
    enum place place;
    enum cover cover;
    struct spot spot;
    int page, cover_page;
};

static struct view
view_of(const struct flow *flow)
{
    return (struct view){flow->place, flow->cover, flow->spot, flow->page, flow->cover_page};
}

static bool
same_view(struct view a, struct view b)
{
    return a.place == b.place && a.cover == b.cover && spot_equal(a.spot, b.spot) &&
           a.page == b.page && a.cover_page == b.cover_page;
}

void
effects_step(struct face *face, struct flow_event event)
{
    struct view before = view_of(&face->flow);
    event.today = face->facts.today;
    face->visit_began = face->flow.visit_began != 0 ? face->flow.visit_began : event.now;
    tally_before(&face->private->tally, &face->flow);
    struct flow_effects effects = flow_step(&face->flow, &event);
    tally_after(&face->private->tally, &face->flow, &effects);
    face->stale = true;
    for (size_t i = 0; i < effects.count; i++) {
        run(face, &effects.list[i]);
    }
    if (!same_view(before, view_of(&face->flow))) {
        // A finger that is still down must not press the new screen.
        struct press release = pointer_leave(&face->pointer);
        if (release.id != 0) {
            effects_step(face, (struct flow_event){.kind = (enum flow_event_kind)release.action,
                                                   .arg = release.arg,
                                                   .now = event.now});
        }
    }
}

void
effects_world(struct face *face, enum flow_event_kind kind)
{
    effects_step(face, (struct flow_event){.kind = kind, .now = clock_monotonic()});
}
