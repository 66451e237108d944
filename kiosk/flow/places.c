#include "flow/turn.h"

#include <string.h>

#include "base/secret.h"

/* The only service of a group, or NULL. */
static const struct service *
only_service(const struct flow *flow, const struct group *group)
{
    const struct service *list, *found = NULL;
    size_t count = catalogue_services(flow->catalogue, &list);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].group, group->id) == 0) {
            if (found != NULL) {
                return NULL;
            }
            found = &list[i];
        }
    }
    return found;
}

bool
place_is_long_group(const struct flow *flow)
{
    const struct service *list;
    size_t count = catalogue_services(flow->catalogue, &list), found = 0;
    for (size_t i = 0; i < count && flow->place == PLACE_GROUP; i++) {
        found += flow->group == NULL || strcmp(list[i].group, flow->group->id) == 0;
    }
    return found > FLOW_LONG_GROUP;
}

/* A group with one service is that service: no page to choose from. */
static void
open_group(struct turn *turn)
{
    struct flow *flow = turn->flow;
    const struct group *list;
    catalogue_groups(flow->catalogue, &list);
    flow->group = turn->event->arg >= 0 ? &list[turn->event->arg] : NULL;
    flow->service = flow->group != NULL ? only_service(flow, flow->group) : NULL;
    typing_search_end(flow);
    flow->list = (struct flow_ticket){0};
    turn_go(turn, flow->service != NULL ? PLACE_SERVICE : PLACE_GROUP);
}

static void
open_service(struct turn *turn)
{
    struct flow *flow = turn->flow;
    const struct service *list;
    catalogue_services(flow->catalogue, &list);
    flow->service = &list[turn->event->arg];
    // another request altogether
    flow->id[0] = flow->code[0] = flow->replaces[0] = flow->pass[0] = '\0';
    flow->list = (struct flow_ticket){0};
    turn_go(turn, PLACE_SERVICE);
}

static void
back_from_service(struct turn *turn)
{
    struct flow *flow = turn->flow;
    bool alone = flow->group != NULL && only_service(flow, flow->group) != NULL;
    if (visit_dirty(flow) || alone) {
        visit_go_home(turn);
    } else {
        flow->service = NULL;
        turn_go(turn, PLACE_GROUP);
    }
}

/* The keyboard first, if it is open or something is searched. */
static void
back_from_group(struct turn *turn)
{
    struct flow *flow = turn->flow;
    if (flow->search[0] != '\0' || (flow->layer & ~FLOW_LAYER_KEPT) != 0) {
        typing_search_end(flow);
    } else {
        visit_go_home(turn);
    }
}

static void
back_from_first_question(struct turn *turn)
{
    struct flow *flow = turn->flow;
    if (flow->mends) {
        flow->mends = false;
        flow->service = NULL;
        turn_go(turn, PLACE_STATUS);
    } else {
        turn_go(turn, flow_asks_office(flow) ? PLACE_OFFICE : PLACE_SERVICE);
    }
}

static void
back_from_question(struct turn *turn)
{
    struct flow *flow = turn->flow;
    const char *today = turn->event->today;
    struct spot here = flow->spot, spot = spot_before(flow->service, here, flow->answers, today);
    if (flow->in_row && spot_same_row(flow->service, spot, here)) {
        question_keep(flow, today);
        question_open(turn, spot);
    } else if (flow->in_row) {
        question_keep(flow, today);
        rows_leave(turn);
    } else if (flow->editing) {
        flow->editing = false;
        secret_zero(flow->draft, FLOW_DRAFT);
        turn_go(turn, PLACE_REVIEW);
    } else if (spot.question >= 0) {
        question_keep(flow, today);
        question_open(turn, spot);
    } else {
        question_keep(flow, today);
        flow->spot = SPOT_NONE;
        back_from_first_question(turn);
    }
}

static void
back_from_review(struct turn *turn)
{
    struct flow *flow = turn->flow;
    struct spot last = spot_last(flow->service, flow->answers, turn->event->today);
    if (last.question >= 0) {
        question_open(turn, last);
    } else {
        back_from_first_question(turn);
    }
}

/* From a question one came to the counters by "Saya tidak tahu NIK". */
static void
back_from_queues(struct turn *turn)
{
    struct flow *flow = turn->flow;
    if (flow->before == PLACE_QUESTION) {
        question_open(turn, flow->spot);
    } else if (flow->before == PLACE_HOME) {
        visit_go_home(turn);
    } else {
        turn_go(turn, flow->before);
    }
}

void
place_back(struct turn *turn)
{
    struct flow *flow = turn->flow;
    switch (flow->place) {
    case PLACE_GROUP:
        back_from_group(turn);
        break;
    case PLACE_SERVICE:
        back_from_service(turn);
        break;
    case PLACE_OFFICE:
        turn_go(turn, PLACE_SERVICE);
        break;
    case PLACE_QUESTION:
        back_from_question(turn);
        break;
    case PLACE_REVIEW:
        back_from_review(turn);
        break;
    case PLACE_WORKING:
        wait_failed(turn);
        break;
    case PLACE_QUEUES:
        back_from_queues(turn);
        break;
    case PLACE_SORRY:
        turn_go(turn, flow->asked_at);
        break;
    case PLACE_TICKET_AGAIN:
        turn_go(turn, PLACE_QUEUES);
        break;
    case PLACE_INFO_PAGE:
        turn_go(turn, PLACE_INFO);
        break;
    case PLACE_BILL_YEAR:
    case PLACE_BILL:
    case PLACE_PAY_TROUBLE:
    case PLACE_PAY_CHECK:
        bill_back(turn);
        break;
    case PLACE_BOOKING_CODE:
    case PLACE_BOOKING:
        booking_back(turn);
        break;
    case PLACE_PHOTOS:
        turn_go(turn, PLACE_DONE);
        break;
    case PLACE_STATUS_FACT:
    case PLACE_STATUS:
        turn_go(turn, PLACE_STATUS_CODE);
        break;
    default:
        visit_go_home(turn);
        break;
    }
}

static void
open_page(struct turn *turn)
{
    const struct info_page *pages;
    catalogue_pages(turn->flow->catalogue, &pages);
    turn->flow->info = &pages[turn->event->arg];
    turn_go(turn, PLACE_INFO_PAGE);
}

static void
verified(struct turn *turn)
{
    *turn->flow->verified = *turn->event->verified;
    turn_go(turn, PLACE_VERIFIED);
    turn_sound(turn, turn->flow->verified->verdict == VERDICT_TRUE ? SOUND_DONE : SOUND_ATTENTION);
}

static void
open_info(struct turn *turn)
{
    turn_go(turn, PLACE_INFO);
}

static void
open_verify(struct turn *turn)
{
    turn_go(turn, PLACE_VERIFY);
}

static void
turn_page(struct turn *turn)
{
    turn->flow->page = (int)turn->event->arg;
}

typedef void handler(struct turn *turn);

/* Events that mean the same wherever they are offered. */
static handler *const by_event[] = {
    [FLOW_GROUP] = open_group,       [FLOW_SERVICE] = open_service,
    [FLOW_INFO] = open_info,         [FLOW_INFO_PAGE] = open_page,
    [FLOW_VERIFY] = open_verify,     [FLOW_VERIFIED] = verified,
    [FLOW_PAGE] = turn_page,         [FLOW_MEND] = mend_begin,
    [FLOW_SCORE] = survey_event,     [FLOW_POLL] = poll_event,
    [FLOW_VOTE] = poll_event,        [FLOW_BILL] = bill_event,
    [FLOW_BILL_YEAR] = bill_event,   [FLOW_PAY] = bill_event,
    [FLOW_PAY_CHECK] = bill_event,   [FLOW_BOOKING] = booking_event,
    [FLOW_CANCEL] = visit_event,     [FLOW_HOME] = visit_event,
    [FLOW_DONE] = visit_event,       [FLOW_KEEP] = visit_event,
    [FLOW_ANOTHER] = visit_event,    [FLOW_QUEUES] = ticket_event,
    [FLOW_QUEUE] = ticket_event,     [FLOW_COLLECT] = ticket_event,
    [FLOW_PRIORITY] = ticket_event,  [FLOW_TICKET_AGAIN] = ticket_event,
    [FLOW_PLAIN] = ticket_event,     [FLOW_REPRINT] = ticket_event,
    [FLOW_CHECKLIST] = ticket_event, [FLOW_EDIT] = review_event,
    [FLOW_REVEAL] = review_event,    [FLOW_AGREE] = review_event,
    [FLOW_CHOOSE] = choice_event,    [FLOW_OFFICE] = choice_event,
    [FLOW_ROW_ADD] = rows_event,     [FLOW_ROW_EDIT] = rows_event,
    [FLOW_ROW_REMOVE] = rows_event,  [FLOW_PHOTOS] = photos_open,
};

/* What "Lanjut", "Lewati" and the like mean depends on where; elsewhere a question is asked. */
static handler *const by_place[PLACE_COUNT] = {
    [PLACE_REVIEW] = review_event,        [PLACE_SURVEY] = survey_event,
    [PLACE_HOME] = status_event,          [PLACE_INFO] = status_event,
    [PLACE_STATUS_CODE] = status_event,   [PLACE_STATUS_FACT] = status_event,
    [PLACE_BILL_NOP] = bill_event,        [PLACE_PAY_CHECK] = bill_event,
    [PLACE_BOOKING_CODE] = booking_event,
};

void
place_event(struct turn *turn)
{
    size_t kind = turn->event->kind;
    handler *take = kind < sizeof by_event / sizeof *by_event ? by_event[kind] : NULL;
    take = take != NULL ? take : by_place[turn->flow->place];
    take = take != NULL ? take : question_event;
    take(turn);
}
