/* What leads to each scene of scenes.c: the events that a resident's hand and the desk send,
 * by the numbers and the text of the scene. */
#pragma once
#include "stage.h"

/* `a` of home. */
enum home_state {
    DIGITAL = 1,
    CLOSED = 2,
    CLOSED_TODAY = 4,
    NO_PAPER = 8,
    NOTICE = 16,
    NOBODY = 32,
    NO_LINE = 64
};

/* `b` of done. */
enum done_state { WITH_NUMBER = 1, OFFLINE = 2, DELIVERED = 4, KEPT = 8, ELSEWHERE = 16 };

/* `c` of done and of ticket: a print state, and why it failed. */
#define PRINT_FAILED_BY(cause) (PRINT_FAILED + 16 * (cause))

act act_booking, act_cancel, act_cover, act_done, act_photos, act_group, act_help, act_hint,
    act_home, act_idle, act_info, act_office, act_out_of_service, act_question_empty,
    act_question_full, act_question_layer, act_question_searched, act_question_wrong, act_queues,
    act_resting, act_review, act_service, act_status, act_status_code, act_status_fact, act_ticket,
    act_verify, act_info_page, act_mend, act_working, act_poll, act_poll_tile, act_survey,
    act_bill_nop, act_bill, act_pay, act_pay_check, act_pay_cancel;
/* acts_rows.c, on a catalogue of the tests' own */
act act_filled, act_rows, act_rows_empty, act_rows_none, act_rows_removing, act_rows_review;

/* To a question in the middle of a form, as if all before it were answered. */
void acts_open_question(struct stage *stage, int service, int question);
void acts_fill(struct stage *stage); /* its field, as full as it gets */
