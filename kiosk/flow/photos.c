#include "flow/photos.h"

#include "flow/turn.h"

void
photos_open(struct turn *turn)
{
    turn->flow->photos.poll_at = turn->flow->now;
    turn->flow->photos.poll_request = 0;
    turn_go(turn, PLACE_PHOTOS);
}

void
photos_answered(struct turn *turn)
{
    struct flow_photos *photos = &turn->flow->photos;
    const struct photos_answer *answer = turn->event->photos.answer;
    if (photos->poll_request == 0 || turn->event->photos.request != photos->poll_request) {
        return; // of another visit
    }
    photos->poll_request = 0;
    photos->poll_at = turn->flow->now + FLOW_PHOTOS_POLL;
    photos->state = answer->state;
    if (answer->state != PHOTOS_OPEN && answer->state != PHOTOS_CLOSED) {
        return;
    }
    if (answer->count > photos->count) {
        photos->news = turn->flow->now;
        turn_sound(turn, SOUND_DONE);
    }
    photos->count = answer->count;
    photos->most = answer->most;
}

int64_t
photos_due(const struct flow *flow)
{
    const struct flow_photos *photos = &flow->photos;
    return photos->poll_request == 0 ? photos->poll_at
                                     : photos->polled + flow->times.working_patience;
}

void
photos_tick(struct turn *turn)
{
    struct flow *flow = turn->flow;
    struct flow_photos *photos = &flow->photos;
    if (photos->poll_request != 0 || !flow->desk_up) {
        photos->state = PHOTOS_BROKEN;
    }
    photos->poll_at = flow->now + FLOW_PHOTOS_POLL;
    photos->poll_request = 0;
    if (flow->desk_up) {
        photos->poll_request = ++flow->request;
        photos->polled = flow->now;
        turn_effect(turn, EFFECT_LOOKUP, photos->poll_request, ASK_PHOTOS);
    }
}
