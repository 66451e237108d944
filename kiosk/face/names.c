#include "face/names.h"

static const char *const places[PLACE_COUNT] = {
    [PLACE_HOME] = "home",
    [PLACE_RESTING] = "resting",
    [PLACE_GROUP] = "group",
    [PLACE_SERVICE] = "service",
    [PLACE_OFFICE] = "office",
    [PLACE_QUESTION] = "question",
    [PLACE_REVIEW] = "review",
    [PLACE_WORKING] = "working",
    [PLACE_DONE] = "done",
    [PLACE_PHOTOS] = "photos",
    [PLACE_QUEUES] = "queues",
    [PLACE_TICKET_AGAIN] = "ticket_again",
    [PLACE_TICKET] = "ticket",
    [PLACE_TICKET_FAILED] = "ticket_failed",
    [PLACE_BOOKING_CODE] = "booking_code",
    [PLACE_BOOKING] = "booking",
    [PLACE_STATUS_CODE] = "status_code",
    [PLACE_STATUS_FACT] = "status_fact",
    [PLACE_STATUS] = "status",
    [PLACE_INFO] = "info",
    [PLACE_INFO_PAGE] = "info_page",
    [PLACE_VERIFY] = "verify",
    [PLACE_VERIFIED] = "verified",
    [PLACE_SURVEY] = "survey",
    [PLACE_POLL] = "poll",
    [PLACE_BILL_NOP] = "bill_nop",
    [PLACE_BILL_YEAR] = "bill_year",
    [PLACE_BILL] = "bill",
    [PLACE_PAY] = "pay",
    [PLACE_PAID] = "paid",
    [PLACE_PAY_TROUBLE] = "pay_trouble",
    [PLACE_PAY_CHECK] = "pay_check",
    [PLACE_OUT_OF_SERVICE] = "out_of_service",
    [PLACE_SORRY] = "sorry",
};

static const char *const covers[COVER_COUNT] = {
    [COVER_NONE] = "none",     [COVER_HELP] = "help",     [COVER_LANGUAGE] = "language",
    [COVER_SIZE] = "size",     [COVER_SOUND] = "sound",   [COVER_NOTICE] = "notice",
    [COVER_HINT] = "hint",     [COVER_CANCEL] = "cancel", [COVER_IDLE] = "idle",
    [COVER_FILLED] = "filled",
};

const char *
name_of_place(enum place place)
{
    return places[place];
}

const char *
name_of_cover(enum cover cover)
{
    return covers[cover];
}
