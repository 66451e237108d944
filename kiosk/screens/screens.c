#include "screens/screens.h"

#include "screens/parts.h"

static screen_draw *const places[PLACE_COUNT] = {
    [PLACE_HOME] = screen_home,
    [PLACE_RESTING] = screen_resting,
    [PLACE_GROUP] = screen_group,
    [PLACE_SERVICE] = screen_service,
    [PLACE_OFFICE] = screen_office,
    [PLACE_QUESTION] = screen_question,
    [PLACE_REVIEW] = screen_review,
    [PLACE_WORKING] = screen_working,
    [PLACE_DONE] = screen_done,
    [PLACE_PHOTOS] = screen_photos,
    [PLACE_QUEUES] = screen_queues,
    [PLACE_TICKET_AGAIN] = screen_ticket_again,
    [PLACE_TICKET] = screen_ticket,
    [PLACE_TICKET_FAILED] = screen_ticket_failed,
    [PLACE_BOOKING_CODE] = screen_booking_code,
    [PLACE_BOOKING] = screen_booking,
    [PLACE_STATUS_CODE] = screen_status_code,
    [PLACE_STATUS_FACT] = screen_status_fact,
    [PLACE_STATUS] = screen_status,
    [PLACE_INFO] = screen_info,
    [PLACE_INFO_PAGE] = screen_info_page,
    [PLACE_VERIFY] = screen_verify,
    [PLACE_VERIFIED] = screen_verified,
    [PLACE_SURVEY] = screen_survey,
    [PLACE_POLL] = screen_poll,
    [PLACE_BILL_NOP] = screen_bill_nop,
    [PLACE_BILL_YEAR] = screen_bill_year,
    [PLACE_BILL] = screen_bill,
    [PLACE_PAY] = screen_pay,
    [PLACE_PAID] = screen_paid,
    [PLACE_PAY_TROUBLE] = screen_pay_trouble,
    [PLACE_PAY_CHECK] = screen_pay_check,
    [PLACE_OUT_OF_SERVICE] = screen_out_of_service,
    [PLACE_SORRY] = screen_sorry,
};

/* A cover takes the whole screen: what lies under it is not shown, so that the
 * idle prompt hides the answers. */
static screen_draw *const covers[COVER_COUNT] = {
    [COVER_HELP] = screen_help,     [COVER_LANGUAGE] = screen_language,
    [COVER_SIZE] = screen_size,     [COVER_SOUND] = screen_sound,
    [COVER_NOTICE] = screen_notice, [COVER_HINT] = screen_hint,
    [COVER_CANCEL] = screen_cancel, [COVER_IDLE] = screen_idle,
    [COVER_FILLED] = screen_filled,
};

void
screens_draw(struct ui *ui, const struct flow *flow, const struct screen_facts *facts)
{
    struct screen screen = {.ui = ui, .flow = flow, .facts = facts};
    if (flow->cover != COVER_NONE) {
        covers[flow->cover](&screen);
    } else {
        places[flow->place](&screen);
    }
}
