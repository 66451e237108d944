/* What is offered where, and with which numbers. What is not is ignored. */
#include "flow/turn.h"

/* Places as a set. */
#define AT(place) (UINT64_C(1) << (place))
_Static_assert(PLACE_COUNT < 64, "a set of places is one number");

#define NOBODYS (AT(PLACE_HOME) | AT(PLACE_RESTING) | AT(PLACE_OUT_OF_SERVICE))
#define ENDINGS                                                                       \
    (AT(PLACE_DONE) | AT(PLACE_PHOTOS) | AT(PLACE_TICKET) | AT(PLACE_TICKET_FAILED) | \
     AT(PLACE_SURVEY) | AT(PLACE_PAID))
#define ANYWHERE (AT(PLACE_COUNT) - 1)
#define TYPED                                                                          \
    (AT(PLACE_GROUP) | AT(PLACE_OFFICE) | AT(PLACE_QUESTION) | AT(PLACE_STATUS_CODE) | \
     AT(PLACE_STATUS_FACT) | AT(PLACE_BILL_NOP) | AT(PLACE_PAY_CHECK) | AT(PLACE_BOOKING_CODE))

/* Where an event means something, as long as nothing covers the place. What is not
 * offered is ignored: a press of an earlier screen cannot do anything on this one. */
static const uint64_t offered[] = {
    [FLOW_GROUP] = AT(PLACE_HOME),
    [FLOW_SERVICE] = AT(PLACE_HOME) | AT(PLACE_GROUP),
    [FLOW_QUEUES] = AT(PLACE_HOME) | AT(PLACE_GROUP) | AT(PLACE_SERVICE) | AT(PLACE_INFO) |
                    AT(PLACE_INFO_PAGE) | AT(PLACE_VERIFIED) | AT(PLACE_SORRY) | AT(PLACE_STATUS) |
                    AT(PLACE_BOOKING),
    [FLOW_QUEUE] = AT(PLACE_QUEUES),
    [FLOW_PRIORITY] = AT(PLACE_QUEUES),
    [FLOW_TICKET_AGAIN] = AT(PLACE_TICKET_AGAIN),
    [FLOW_BOOKING] = AT(PLACE_QUEUES) | AT(PLACE_BOOKING),
    [FLOW_PLAIN] = AT(PLACE_BOOKING),
    [FLOW_REPRINT] = AT(PLACE_TICKET_FAILED) | AT(PLACE_DONE) | AT(PLACE_PAID),
    [FLOW_CHECKLIST] = AT(PLACE_SERVICE),
    [FLOW_STATUS] = AT(PLACE_HOME) | AT(PLACE_INFO),
    [FLOW_MEND] = AT(PLACE_STATUS),
    [FLOW_COLLECT] = AT(PLACE_STATUS),
    [FLOW_INFO] = AT(PLACE_HOME),
    [FLOW_INFO_PAGE] = AT(PLACE_INFO),
    [FLOW_VERIFY] = AT(PLACE_HOME) | AT(PLACE_VERIFIED),
    [FLOW_VERIFIED] = AT(PLACE_VERIFY) | AT(PLACE_VERIFIED),
    [FLOW_BILL] = AT(PLACE_HOME) | AT(PLACE_BILL),
    [FLOW_BILL_YEAR] = AT(PLACE_BILL_YEAR),
    [FLOW_PAY] = AT(PLACE_BILL),
    [FLOW_PAY_CHECK] = AT(PLACE_BILL_NOP) | AT(PLACE_BILL) | AT(PLACE_PAY_TROUBLE),
    [FLOW_NEXT] = AT(PLACE_SERVICE) | AT(PLACE_OFFICE) | AT(PLACE_QUESTION) | AT(PLACE_REVIEW) |
                  AT(PLACE_STATUS_CODE) | AT(PLACE_STATUS_FACT) | AT(PLACE_BILL_NOP) |
                  AT(PLACE_PAY_CHECK) | AT(PLACE_SURVEY) | AT(PLACE_BOOKING_CODE),
    [FLOW_BACK] = (ANYWHERE & ~(NOBODYS | ENDINGS | AT(PLACE_PAY))) | AT(PLACE_PHOTOS),
    [FLOW_CANCEL] = ANYWHERE & ~(NOBODYS | AT(PLACE_WORKING)),
    [FLOW_HOME] = ANYWHERE & ~(NOBODYS | AT(PLACE_WORKING)),
    [FLOW_DONE] = ENDINGS | AT(PLACE_STATUS) | AT(PLACE_INFO) | AT(PLACE_INFO_PAGE) |
                  AT(PLACE_VERIFIED) | AT(PLACE_SORRY) | AT(PLACE_TICKET_AGAIN) | AT(PLACE_BILL) |
                  AT(PLACE_PAY_TROUBLE) | AT(PLACE_POLL) | AT(PLACE_BOOKING),
    [FLOW_KEEP] = ENDINGS & ~(AT(PLACE_SURVEY) | AT(PLACE_PHOTOS)),
    [FLOW_PHOTOS] = AT(PLACE_DONE),
    [FLOW_CHOOSE] = AT(PLACE_QUESTION),
    [FLOW_SKIP] = AT(PLACE_QUESTION) | AT(PLACE_STATUS_FACT) | AT(PLACE_SURVEY),
    [FLOW_SCORE] = AT(PLACE_SURVEY),
    [FLOW_POLL] = AT(PLACE_HOME),
    [FLOW_VOTE] = AT(PLACE_POLL),
    [FLOW_UNKNOWN] = AT(PLACE_QUESTION),
    [FLOW_EDIT] = AT(PLACE_REVIEW),
    [FLOW_ROW_ADD] = AT(PLACE_QUESTION),
    [FLOW_ROW_EDIT] = AT(PLACE_QUESTION),
    [FLOW_ROW_REMOVE] = AT(PLACE_QUESTION),
    [FLOW_ANOTHER] = AT(PLACE_DONE),
    [FLOW_REVEAL] = AT(PLACE_REVIEW),
    [FLOW_AGREE] = AT(PLACE_REVIEW),
    [FLOW_OFFICE] = AT(PLACE_OFFICE),
    [FLOW_PAGE] = ANYWHERE,
    [FLOW_TYPE] = TYPED,
    [FLOW_ERASE] = TYPED,
    [FLOW_CLEAR] = TYPED,
    [FLOW_CARET] = TYPED,
    [FLOW_CARET_LEFT] = TYPED,
    [FLOW_CARET_RIGHT] = TYPED,
    [FLOW_LAYER] = TYPED,
};

bool
place_is_nobodys(enum place place)
{
    return (NOBODYS & AT(place)) != 0;
}

bool
place_is_ending(enum place place)
{
    return (ENDINGS & AT(place)) != 0;
}

static bool
in_range(const struct flow_event *event, int64_t end)
{
    return event->arg >= 0 && event->arg < end;
}

static bool
row_fits(const struct flow *flow, const struct flow_event *event)
{
    const struct question *repeat = rows_now(flow);
    int64_t least = event->kind == FLOW_ROW_REMOVE ? 0 : 1;
    return repeat != NULL &&
           (event->kind == FLOW_ROW_ADD ||
            (event->arg >= least && event->arg <= spot_rows(repeat, flow->answers)));
}

static bool
spot_fits(const struct flow *flow, const struct flow_event *event)
{
    return spot_is_asked(flow->service, spot_of_number(event->arg), flow->answers, event->today);
}

/* The number of an event, held against what there is. */
static bool
argument_fits(const struct flow *flow, const struct flow_event *event)
{
    const struct group *groups;
    const struct service *services;
    const struct queue_series *queues;
    const struct kelurahan *offices;
    const struct info_page *pages;
    switch (event->kind) {
    case FLOW_GROUP:
        return event->arg == -1 ||
               in_range(event, (int64_t)catalogue_groups(flow->catalogue, &groups));
    case FLOW_SERVICE:
        return in_range(event, (int64_t)catalogue_services(flow->catalogue, &services));
    case FLOW_VERIFIED:
        return event->verified != NULL;
    case FLOW_PHOTOS:
        return flow->pass[0] != '\0';
    case FLOW_INFO_PAGE:
        return in_range(event, (int64_t)catalogue_pages(flow->catalogue, &pages));
    case FLOW_QUEUE:
        return in_range(event, (int64_t)catalogue_queues(flow->catalogue, &queues));
    case FLOW_OFFICE:
        return in_range(event, (int64_t)catalogue_kelurahan(flow->catalogue, &offices));
    case FLOW_UNKNOWN:
        return question_now(flow)->type == QUESTION_NIK || question_now(flow)->type == QUESTION_KK;
    case FLOW_EDIT:
        return spot_fits(flow, event);
    case FLOW_REVEAL:
        return event->arg == -1 || spot_fits(flow, event);
    case FLOW_ROW_ADD:
    case FLOW_ROW_EDIT:
    case FLOW_ROW_REMOVE:
        return row_fits(flow, event);
    case FLOW_SCORE:
        return in_range(event, SURVEY_SCORES + 1) && survey_offers(flow, event);
    case FLOW_POLL:
        return !flow->voted && catalogue_poll_on(flow->catalogue, event->today) != NULL;
    case FLOW_VOTE:
        return !flow->voted && in_range(event, (int64_t)flow->poll->count);
    case FLOW_NEXT:
    case FLOW_SKIP:
        return flow->place != PLACE_SURVEY || survey_offers(flow, event);
    case FLOW_PLAIN:
        return flow->booking->answer.state == BOOKING_LATE;
    case FLOW_BILL_YEAR:
        return in_range(event, BILL_YEARS);
    case FLOW_PAY:
        return bill_is_payable(flow);
    case FLOW_PAGE:
        return in_range(event, FLOW_LAST_PAGE + 1);
    case FLOW_LANGUAGE:
        return in_range(event, LANGUAGE_COUNT);
    case FLOW_SIZE:
        return in_range(event, 3);
    case FLOW_VOLUME:
        return in_range(event, 4);
    case FLOW_COVER:
        return in_range(event, COVER_COUNT);
    case FLOW_FILLED:
        return in_range(event, FILLED_COUNT);
    default:
        return true;
    }
}

/* With a cover open only the cover is there; the idle prompt leaves two choices. */
static bool
cover_offers(const struct flow *flow, const struct flow_event *event)
{
    enum flow_event_kind kind = event->kind;
    if (flow->cover == COVER_IDLE) {
        return kind == FLOW_STILL_HERE || kind == FLOW_NEW_VISITOR;
    }
    if (kind == FLOW_STILL_HERE || kind == FLOW_NEW_VISITOR) {
        return false;
    }
    if (kind == FLOW_CANCEL_YES) {
        return flow->cover == COVER_CANCEL;
    }
    if (kind == FLOW_FILLED) {
        return flow->cover == COVER_FILLED;
    }
    if (kind == FLOW_COVER) {
        return event->arg != COVER_IDLE && event->arg != COVER_CANCEL &&
               (event->arg != COVER_FILLED || flow->place == PLACE_REVIEW);
    }
    return cover_takes(kind) || kind == FLOW_BACK || kind == FLOW_PAGE;
}

bool
place_offers(const struct flow *flow, const struct flow_event *event)
{
    enum flow_event_kind kind = event->kind;
    if (flow->place == PLACE_RESTING) {
        return false; // the touch itself leads home
    }
    if (flow->cover != COVER_NONE || cover_takes(kind)) {
        return cover_offers(flow, event) && argument_fits(flow, event);
    }
    if (flow->waiting_for != 0 && flow->place != PLACE_WORKING) {
        return false;
    }
    if (kind == FLOW_SCAN) {
        return typing_takes_scan(flow);
    }
    return kind < sizeof offered / sizeof *offered && (offered[kind] & AT(flow->place)) != 0 &&
           argument_fits(flow, event);
}
