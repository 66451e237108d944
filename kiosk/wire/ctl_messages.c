#include "wire/ctl_messages.h"

#include "wire/face_messages.h"
#include "wire/hall_messages.h"
#include "wire/table.h"

enum {
    NAME_MAX_BYTES = 32,
    OFFICE_NAME_MAX = 4 * 60,
    SERVICE_MAX = 31,
    NUMBER_MAX = 15,
    ERROR_MAX = 47,
    PRINTER_NAME_MAX = 160,
    URL_MAX = 200,
    CODE_MAX = 64,
    REASON_MAX = 400,
    DATE_MAX = 10,
    FIGURE_MAX = 63,
    OFFICER_MAX = 31
};

// Numbers are for ever: a message that goes leaves its number unused.

WIRE_SIGNAL(201, ctl_status_ask);
WIRE_SIGNAL(202, ctl_test_print);
WIRE_SIGNAL(203, ctl_send_now);
WIRE_TYPE(204, ctl_outbox_ask, LARGE(ctl_outbox_ask, after),
          SMALL(ctl_outbox_ask, limit, CTL_PAGE));
WIRE_TYPE(205, ctl_unprinted_ask, LARGE(ctl_unprinted_ask, after),
          SMALL(ctl_unprinted_ask, limit, CTL_PAGE));
WIRE_TYPE(206, ctl_enrol, TEXT(ctl_enrol, url, URL_MAX), TEXT(ctl_enrol, code, CODE_MAX));
WIRE_SIGNAL(207, ctl_figures_ask);
WIRE_TYPE(208, ctl_reprint, TEXT(ctl_reprint, number, NUMBER_MAX));
WIRE_SIGNAL(209, ctl_paper_changed);
WIRE_SIGNAL(210, ctl_print_day);
WIRE_SIGNAL(220, ctl_pair_ask);
WIRE_SIGNAL(221, ctl_unpair);
WIRE_TYPE(222, ctl_officer, TEXT(ctl_officer, name, OFFICER_MAX),
          BYTES(ctl_officer, salt, HALL_SALT), BYTES(ctl_officer, key, HALL_KEY));

WIRE_TYPE(301, ctl_status, TEXT(ctl_status, kiosk, NAME_MAX_BYTES),
          TEXT(ctl_status, office, OFFICE_NAME_MAX), TEXT(ctl_status, program, NAME_MAX_BYTES),
          ANY_SMALL(ctl_status, catalogue_version), LARGE(ctl_status, started_at),
          SMALL(ctl_status, intake, INTAKE_PAUSED), SMALL(ctl_status, printer, PRINTER_UNKNOWN),
          TEXT(ctl_status, printer_name, PRINTER_NAME_MAX), LARGE(ctl_status, roll_mm),
          ANY_SMALL(ctl_status, roll_slips), ANY_SMALL(ctl_status, roll_left),
          LARGE(ctl_status, roll_changed), FLAG(ctl_status, face_connected),
          FLAG(ctl_status, enrolled), FLAG(ctl_status, online), LARGE(ctl_status, offline_since),
          LARGE(ctl_status, last_exchange), LARGE(ctl_status, next_try),
          TEXT(ctl_status, last_error, ERROR_MAX), ANY_SMALL(ctl_status, outbox),
          ANY_SMALL(ctl_status, quarantined), LARGE(ctl_status, outbox_oldest),
          LARGE(ctl_status, last_seq), ANY_SMALL(ctl_status, tickets_today),
          ANY_SMALL(ctl_status, tickets_waiting), ANY_SMALL(ctl_status, tickets_unprinted),
          ANY_SMALL(ctl_status, visits_today), LARGE(ctl_status, store_bytes),
          LARGE(ctl_status, disk_free_bytes), FLAG(ctl_status, clock_uncertain),
          TEXT(ctl_status, catalogue_expires, DATE_MAX), FLAG(ctl_status, catalogue_expired),
          ANY_SMALL(ctl_status, utc_offset));
WIRE_TYPE(302, ctl_outbox_row, LARGE(ctl_outbox_row, seq),
          TEXT(ctl_outbox_row, service, SERVICE_MAX), SMALL(ctl_outbox_row, state, CTL_LOST),
          LARGE(ctl_outbox_row, saved_at), LARGE(ctl_outbox_row, delivered_at),
          LARGE(ctl_outbox_row, next_try), ANY_SMALL(ctl_outbox_row, tries),
          TEXT(ctl_outbox_row, last_error, ERROR_MAX), ANY_SMALL(ctl_outbox_row, utc_offset));
WIRE_TYPE(303, ctl_ticket_row, LARGE(ctl_ticket_row, ticket),
          TEXT(ctl_ticket_row, number, NUMBER_MAX), LARGE(ctl_ticket_row, issued_at),
          SMALL(ctl_ticket_row, print, PRINT_FAILED), ANY_SMALL(ctl_ticket_row, utc_offset));
WIRE_TYPE(320, ctl_pair_code, TEXT(ctl_pair_code, code, CODE_MAX));
WIRE_TYPE(304, ctl_end, FLAG(ctl_end, ok), TEXT(ctl_end, reason, REASON_MAX), LARGE(ctl_end, next));
WIRE_TYPE(305, ctl_figure_row, TEXT(ctl_figure_row, name, FIGURE_MAX),
          LARGE(ctl_figure_row, count));

static const struct wire_type *const to_desk[] = {
    &ctl_status_ask_type,    &ctl_test_print_type,
    &ctl_send_now_type,      &ctl_outbox_ask_type,
    &ctl_unprinted_ask_type, &ctl_enrol_type,
    &ctl_figures_ask_type,   &ctl_reprint_type,
    &ctl_paper_changed_type, &ctl_print_day_type,
    &ctl_pair_ask_type,      &ctl_unpair_type,
    &ctl_officer_type,       NULL,
};
const wire_table ctl_to_desk = to_desk;

static const struct wire_type *const to_ctl[] = {
    &ctl_status_type,
    &ctl_outbox_row_type,
    &ctl_ticket_row_type,
    &ctl_figure_row_type,
    &ctl_pair_code_type,
    &ctl_end_type,
    NULL,
};
const wire_table desk_to_ctl = to_ctl;
