#include "wire/face_messages.h"

#include "wire/table.h"

enum {
    NUMBER_MAX = 15,
    ID_MAX = 36,
    CODE_MAX = 9,
    PASS_MAX = 32,
    SERVICE_MAX = 31,
    LANGUAGE_MAX = 3,
    KIOSK_MAX = 32,
    OFFICE_MAX = 15,
    OFFICE_NAME_MAX = 4 * 60, // the characters that an office's file may have, in bytes
    HOURS_MAX = 4 * 120,
    HOUR_MAX = 15,
    NOTICE_MAX = 4 * 200,
    SERVING_MAX = 120,
    SCREEN_MAX = 31,
    KEY_MAX = 32,
    ENVELOPE_MAX = 64 * 1024,
    LOOKUP_MAX = 8 * 1024,
    COUNTS_MAX = 4000,
    NOP_MAX = 31,
    MOMENT_MAX = 39,
    TIME_MAX = 5
};

// Numbers are for ever: a message that goes leaves its number unused.

WIRE_TYPE(1, face_ticket_request, LARGE(face_ticket_request, request),
          TEXT(face_ticket_request, id, ID_MAX), TEXT(face_ticket_request, queue, 3),
          TEXT(face_ticket_request, service, SERVICE_MAX), FLAG(face_ticket_request, priority),
          FLAG(face_ticket_request, again), TEXT(face_ticket_request, booking, TIME_MAX));
WIRE_TYPE(2, face_submit, LARGE(face_submit, request), TEXT(face_submit, id, ID_MAX),
          TEXT(face_submit, code, CODE_MAX), TEXT(face_submit, replaces, ID_MAX),
          FLAG(face_submit, mends), TEXT(face_submit, photos, PASS_MAX),
          TEXT(face_submit, service, SERVICE_MAX), ANY_SMALL(face_submit, catalogue_version),
          TEXT(face_submit, language, LANGUAGE_MAX), TEXT(face_submit, office, OFFICE_MAX),
          BYTES(face_submit, envelope, ENVELOPE_MAX));
WIRE_TYPE(3, face_reprint, LARGE(face_reprint, request), LARGE(face_reprint, first_request));
WIRE_TYPE(4, face_lookup, LARGE(face_lookup, request), BYTES(face_lookup, query, LOOKUP_MAX));
WIRE_TYPE(5, face_help, LARGE(face_help, request), TEXT(face_help, screen, SCREEN_MAX));
WIRE_TYPE(6, face_visit_end, SMALL(face_visit_end, outcome, VISIT_LOOKED),
          ANY_SMALL(face_visit_end, seconds));
WIRE_TYPE(7, face_tally, TEXT(face_tally, counts, COUNTS_MAX));
WIRE_TYPE(8, face_payment, LARGE(face_payment, request), TEXT(face_payment, reference, CODE_MAX),
          TEXT(face_payment, nop, NOP_MAX), ANY_SMALL(face_payment, year),
          LARGE(face_payment, amount), TEXT(face_payment, moment, MOMENT_MAX),
          FLAG(face_payment, copy));
WIRE_TYPE(9, face_checklist, LARGE(face_checklist, request),
          TEXT(face_checklist, service, SERVICE_MAX));
WIRE_TYPE(10, face_letters, SMALL(face_letters, size, 2));

WIRE_TYPE(101, desk_hello, ANY_SMALL(desk_hello, protocol), TEXT(desk_hello, kiosk, KIOSK_MAX),
          TEXT(desk_hello, office, OFFICE_MAX), TEXT(desk_hello, office_name, OFFICE_NAME_MAX),
          TEXT(desk_hello, hours, HOURS_MAX), ANY_SMALL(desk_hello, utc_offset),
          TEXT(desk_hello, days_off, DAYS_OFF_MAX), TEXT(desk_hello, serves, SERVES_MAX),
          ANY_SMALL(desk_hello, catalogue_version), BYTES(desk_hello, portal_key, KEY_MAX));
WIRE_TYPE(102, desk_bundle, BYTES(desk_bundle, bundle, DESK_BUNDLE_MAX));
WIRE_TYPE(103, desk_status, SMALL(desk_status, intake, INTAKE_PAUSED),
          SMALL(desk_status, printer, PRINTER_UNKNOWN), FLAG(desk_status, online),
          LARGE(desk_status, offline_since), ANY_SMALL(desk_status, waiting),
          ANY_SMALL(desk_status, wait_minutes), ANY_SMALL(desk_status, outbox),
          FLAG(desk_status, tickets_open), TEXT(desk_status, tickets_closed_until, HOUR_MAX),
          FLAG(desk_status, clock_uncertain), FLAG(desk_status, digital_day),
          TEXT(desk_status, notice, NOTICE_MAX), TEXT(desk_status, serving, SERVING_MAX));
WIRE_TYPE(104, desk_ticket_answer, LARGE(desk_ticket_answer, request),
          SMALL(desk_ticket_answer, result, TICKET_FAILED), LARGE(desk_ticket_answer, ticket),
          TEXT(desk_ticket_answer, number, NUMBER_MAX), ANY_SMALL(desk_ticket_answer, ahead),
          ANY_SMALL(desk_ticket_answer, wait_minutes));
WIRE_TYPE(105, desk_submit_answer, LARGE(desk_submit_answer, request),
          SMALL(desk_submit_answer, result, SUBMIT_REFUSED), LARGE(desk_submit_answer, seq),
          TEXT(desk_submit_answer, number, NUMBER_MAX), LARGE(desk_submit_answer, ticket),
          ANY_SMALL(desk_submit_answer, ahead), ANY_SMALL(desk_submit_answer, wait_minutes));
WIRE_TYPE(106, desk_delivered, TEXT(desk_delivered, id, ID_MAX));
WIRE_TYPE(107, desk_print_state, LARGE(desk_print_state, request),
          SMALL(desk_print_state, state, PRINT_FAILED),
          SMALL(desk_print_state, cause, PRINTER_UNKNOWN));
WIRE_TYPE(108, desk_lookup_answer, LARGE(desk_lookup_answer, request),
          SMALL(desk_lookup_answer, result, LOOKUP_FAILED),
          BYTES(desk_lookup_answer, answer, LOOKUP_MAX),
          SMALL(desk_lookup_answer, wait_minutes, 24 * 60));
WIRE_TYPE(109, desk_help_answer, LARGE(desk_help_answer, request), FLAG(desk_help_answer, told));

static const struct wire_type *const to_desk[] = {
    &face_ticket_request_type,
    &face_submit_type,
    &face_reprint_type,
    &face_lookup_type,
    &face_help_type,
    &face_visit_end_type,
    &face_checklist_type,
    &face_tally_type,
    &face_payment_type,
    &face_letters_type,
    NULL,
};
const wire_table face_to_desk = to_desk;

static const struct wire_type *const to_face[] = {
    &desk_hello_type,         &desk_bundle_type,
    &desk_status_type,        &desk_ticket_answer_type,
    &desk_submit_answer_type, &desk_delivered_type,
    &desk_print_state_type,   &desk_lookup_answer_type,
    &desk_help_answer_type,   NULL,
};
const wire_table desk_to_face = to_face;
