#include "flow/turn.h"

/* Is a question on screen, not what stands between and after them? */
static bool
survey_asks(const struct flow *flow)
{
    return flow->survey_step < SURVEY_ELEMENTS;
}

bool
survey_offers(const struct flow *flow, const struct flow_event *event)
{
    switch (event->kind) {
    case FLOW_SCORE:
        return event->arg > 0 && survey_asks(flow);
    case FLOW_SKIP: // of the first one there is nothing to go on to
        return flow->survey_step > 0 && survey_asks(flow);
    default:
        return flow->survey_step == FLOW_SURVEY_MORE;
    }
}

/* The request is filed, not mended: who mends was asked before. What it was about is all that
 * stays, not who filed it. Paper that failed is settled too; those who wait for it still are not
 * asked. */
bool
survey_begins(struct turn *turn)
{
    struct flow *flow = turn->flow;
    const struct service *service = flow->service;
    bool filed = flow->place == PLACE_DONE || flow->place == PLACE_PHOTOS;
    if (!filed || flow->mends || flow->ticket.print == PRINT_WORKING ||
        catalogue_survey(flow->catalogue) == NULL) {
        return false;
    }
    visit_wipe(flow);
    flow->service = service;
    turn_go(turn, PLACE_SURVEY);
    return true;
}

static void
survey_go(struct turn *turn, size_t step)
{
    turn->flow->survey_step = step;
    turn_go(turn, PLACE_SURVEY);
}

static void
survey_next(struct turn *turn)
{
    size_t step = turn->flow->survey_step;
    survey_go(turn, step == 0                     ? FLOW_SURVEY_MORE
                    : step == FLOW_SURVEY_MORE    ? 1
                    : step + 1 == SURVEY_ELEMENTS ? FLOW_SURVEY_THANKS
                                                  : step + 1);
}

/* "Cukup", "Lewati" of the first one, "Selesai". */
static void
survey_enough(struct turn *turn)
{
    size_t step = turn->flow->survey_step;
    if (step == 0 || step == FLOW_SURVEY_THANKS) {
        visit_end(turn, VISIT_DONE);
    } else {
        survey_go(turn, FLOW_SURVEY_THANKS);
    }
}

void
survey_event(struct turn *turn)
{
    struct flow *flow = turn->flow;
    switch (turn->event->kind) {
    case FLOW_SCORE:
        turn_effect(turn, EFFECT_SCORE, (int64_t)flow->survey_step, turn->event->arg);
        survey_next(turn);
        break;
    case FLOW_DONE:
        survey_enough(turn);
        break;
    default:
        survey_next(turn);
        break;
    }
}

void
poll_event(struct turn *turn)
{
    struct flow *flow = turn->flow;
    if (turn->event->kind == FLOW_POLL) {
        flow->poll = catalogue_poll_on(flow->catalogue, turn->event->today);
        turn_go(turn, PLACE_POLL);
    } else {
        flow->voted = true;
        turn_effect(turn, EFFECT_VOTE, 0, turn->event->arg);
        turn_go(turn, PLACE_POLL);
    }
}
