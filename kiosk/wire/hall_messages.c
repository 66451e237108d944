#include "wire/hall_messages.h"

#include "wire/face_messages.h"
#include "wire/table.h"

enum {
    KIOSK_MAX = 32,
    OFFICE_NAME_MAX = 4 * 60,
    COUNTER_NAME_MAX = 4 * 40,
    LETTERS_MAX = 26,
    LETTER_MAX = 3,
    OFFICER_MAX = 31,
    BROWSER_NAME_MAX = 40,
    PAIR_CODE_MAX = 16,
    NUMBER_MAX = 15,
    TIME_MAX = 5,
    DATE_MAX = 10,
    TITLE_MAX = 400,
    TRACKING_MAX = 16,
    NOTICE_MAX = 4 * 200,
    COUNTERS = 20
};

// Numbers are for ever: a message that goes leaves its number unused.

WIRE_TYPE(401, hall_pair, LARGE(hall_pair, request), TEXT(hall_pair, code, PAIR_CODE_MAX),
          BYTES(hall_pair, browser, HALL_BROWSER), TEXT(hall_pair, name, BROWSER_NAME_MAX));
WIRE_TYPE(402, hall_browser, LARGE(hall_browser, request),
          BYTES(hall_browser, browser, HALL_BROWSER));
WIRE_TYPE(403, hall_sign_in, LARGE(hall_sign_in, request), TEXT(hall_sign_in, officer, OFFICER_MAX),
          BYTES(hall_sign_in, key, HALL_KEY));
WIRE_TYPE(404, hall_seat, SMALL(hall_seat, counter, COUNTERS),
          TEXT(hall_seat, officer, OFFICER_MAX));
WIRE_TYPE(405, hall_next, LARGE(hall_next, request), SMALL(hall_next, counter, COUNTERS));
WIRE_TYPE(406, hall_do, LARGE(hall_do, request), SMALL(hall_do, counter, COUNTERS),
          SMALL(hall_do, deed, DEED_REPRINT), LARGE(hall_do, ticket),
          SMALL(hall_do, aim, COUNTERS));
WIRE_TYPE(407, hall_void, LARGE(hall_void, request), TEXT(hall_void, letter, LETTER_MAX),
          SMALL(hall_void, from, 9999), SMALL(hall_void, to, 9999),
          TEXT(hall_void, officer, OFFICER_MAX));
WIRE_TYPE(408, hall_help_seen, TEXT(hall_help_seen, officer, OFFICER_MAX));

WIRE_TYPE(501, hall_office, TEXT(hall_office, kiosk, KIOSK_MAX),
          TEXT(hall_office, name, OFFICE_NAME_MAX), TEXT(hall_office, day, DATE_MAX),
          ANY_SMALL(hall_office, utc_offset), SMALL(hall_office, recalls, 9),
          TEXT(hall_office, notice, NOTICE_MAX));
WIRE_TYPE(502, hall_counter, SMALL(hall_counter, number, COUNTERS),
          TEXT(hall_counter, name, COUNTER_NAME_MAX), TEXT(hall_counter, series, LETTERS_MAX));
WIRE_TYPE(503, hall_officer, TEXT(hall_officer, name, OFFICER_MAX),
          BYTES(hall_officer, salt, HALL_SALT));
WIRE_TYPE(504, hall_ticket, LARGE(hall_ticket, ticket), TEXT(hall_ticket, number, NUMBER_MAX),
          SMALL(hall_ticket, life, HALL_ABSENT), SMALL(hall_ticket, print, PRINT_FAILED),
          FLAG(hall_ticket, priority), TEXT(hall_ticket, booking, TIME_MAX),
          TEXT(hall_ticket, service, TITLE_MAX), TEXT(hall_ticket, code, TRACKING_MAX),
          LARGE(hall_ticket, issued_at), LARGE(hall_ticket, called_at),
          LARGE(hall_ticket, ended_at), SMALL(hall_ticket, counter, COUNTERS),
          SMALL(hall_ticket, aim, COUNTERS), ANY_SMALL(hall_ticket, calls),
          ANY_SMALL(hall_ticket, copies));
WIRE_TYPE(505, hall_call, LARGE(hall_call, seq), LARGE(hall_call, ticket),
          TEXT(hall_call, number, NUMBER_MAX), SMALL(hall_call, counter, COUNTERS),
          LARGE(hall_call, at), FLAG(hall_call, last));
WIRE_TYPE(506, hall_help, LARGE(hall_help, since));
WIRE_TYPE(507, hall_done, LARGE(hall_done, request), SMALL(hall_done, result, HALL_CLOSED),
          LARGE(hall_done, ticket), ANY_SMALL(hall_done, wait), ANY_SMALL(hall_done, count));

static const struct wire_type *const to_desk[] = {
    &hall_pair_type, &hall_browser_type,   &hall_sign_in_type,
    &hall_seat_type, &hall_next_type,      &hall_do_type,
    &hall_void_type, &hall_help_seen_type, NULL,
};
const wire_table hall_to_desk = to_desk;

static const struct wire_type *const to_hall[] = {
    &hall_office_type, &hall_counter_type, &hall_officer_type, &hall_ticket_type,
    &hall_call_type,   &hall_help_type,    &hall_done_type,    NULL,
};
const wire_table desk_to_hall = to_hall;
