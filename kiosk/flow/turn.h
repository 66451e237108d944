/* Inside flow only: one step being taken, and what its parts offer each other. Each
 * file is a noun of the visit; flow.c hands events to them. */
#pragma once
#include "flow/flow.h"

struct turn {
    struct flow *flow;
    const struct flow_event *event;
    struct flow_effects out;
};

void turn_effect(struct turn *turn, enum effect_kind kind, int64_t request, int64_t arg);
void turn_sound(struct turn *turn, enum flow_sound sound);
/* Another screen: first page, no cover, nothing known to be wrong. */
void turn_go(struct turn *turn, enum place place);
/* Something is wrong with what was pressed or typed: heard and, by `check`, seen. */
void turn_wrong(struct turn *turn, struct check check);

/* visit.c: the visit's memory and its end */
bool visit_prepare(struct flow *flow); /* allocate after a wipe; false: no memory */
void visit_wipe(struct flow *flow);    /* zero what was typed; settings stay */
/* Saved: the same, but id, code, service and office, and what is asked once in a visit. */
void visit_wipe_form(struct flow *flow);
bool visit_dirty(const struct flow *flow);
bool visit_is_default(const struct flow *flow); /* settings and cover as the next visitor wants */
void visit_end(struct turn *turn, enum visit_outcome outcome);
void visit_go_home(struct turn *turn); /* asks first when something was typed */
void visit_event(struct turn *turn);   /* home, cancel, done, keep */

/* offers.c: what is offered where */
bool place_is_nobodys(enum place place); /* no visit is under way there */
bool place_is_ending(enum place place);  /* saved, or a number was given */
bool place_offers(const struct flow *flow, const struct flow_event *event);

/* places.c: what is offered leads somewhere */
bool place_is_long_group(const struct flow *flow); /* more services than one looks through? */
void place_back(struct turn *turn);
void place_event(struct turn *turn); /* groups, services, information, pages */

/* covers.c: what lies over a place, and the settings chosen there */
bool cover_takes(enum flow_event_kind kind);
void cover_event(struct turn *turn);
void cover_call_staff(struct turn *turn); /* unless that is under way */

/* questions.c: the form, a question a screen */
const struct question *question_now(const struct flow *flow); /* NULL elsewhere */
void question_open(struct turn *turn, struct spot spot);
void question_first(struct turn *turn); /* after the service page or the office */
/* Leaving a field before it is good. */
void question_keep(struct flow *flow, const char *today);
/* Another answer or office makes another wording of the request. The sealed one may have been
 * saved although no answer said so (the desk was slow, or went down), so that the next one says
 * what it replaces. */
void question_unseal(struct flow *flow);
void question_event(struct turn *turn);

/* rows.c: the list of a repeat's rows */
const struct question *rows_now(const struct flow *flow); /* NULL elsewhere */
void rows_event(struct turn *turn);
/* Back from the first question of a row: to the list, and a new row that is empty goes. */
void rows_leave(struct turn *turn);

/* mend.c: what was sent back */
void mend_begin(struct turn *turn);

/* choices.c: answers that are pressed */
void choice_event(struct turn *turn);

/* review.c: the last look, and the submission */
void review_event(struct turn *turn);
void review_submitted(struct turn *turn); /* the desk's answer */
void review_failed(struct turn *turn, int result);

/* typing.c: the field of a place */
enum { STATUS_LETTERS = 8, STATUS_DIGITS = 4 }; /* of a tracking code; of its second fact */
struct field {
    char *text;
    size_t room; /* bytes, the NUL included */
    size_t max;  /* code points */
    bool digits, letters_and_digits, plus;
};
bool field_of(const struct flow *flow, struct field *field);
void typing_event(struct turn *turn);
bool typing_takes_scan(const struct flow *flow);
void typing_scan(struct turn *turn);
void typing_caret_end(struct flow *flow);
void typing_search_end(struct flow *flow); /* nothing is searched, its keyboard is closed */

/* waits.c: questions to the desk */
void wait_for(struct turn *turn, enum effect_kind effect, int64_t arg);
void wait_shown(struct turn *turn);
void wait_failed(struct turn *turn);
bool wait_answered(struct turn *turn, enum effect_kind effect, int64_t request); /* waited for? */
void wait_desk(struct turn *turn); /* up, down, status */

/* tickets.c, status.c */
void ticket_event(struct turn *turn);
bool ticket_of_booking(struct turn *turn); /* false: its counter is not known here */
void ticket_answered(struct turn *turn);
void ticket_give(struct flow *flow, const struct flow_answer *answer);
void paper_event(struct turn *turn);
void paper_lost(struct turn *turn);
void list_lost(struct turn *turn);
bool paper_is_out(const struct flow *flow);
/* What a tracking code, a payment's number or a booking's code is, as typed. */
struct check code_typed(const char *typed, char code[CODE_TEXT]);
void status_event(struct turn *turn);
void status_answered(struct turn *turn);

/* opinions.c: the survey after a filed form, and the office's poll */
bool survey_offers(const struct flow *flow, const struct flow_event *event);
/* From "Selesai" of the last page: once the paper is settled, and where the catalogue asks. */
bool survey_begins(struct turn *turn);
void survey_event(struct turn *turn);
void poll_event(struct turn *turn);
/* bill.c, payment.c */
void bill_event(struct turn *turn);
void bill_back(struct turn *turn);
void bill_answered(struct turn *turn);
void bill_failed(struct turn *turn);                                     /* no answer came */
bool payment_begin(struct flow *flow, const struct bill_answer *answer); /* false: refused */
bool payment_is_ours(const struct flow *flow, const struct bill_answer *answer); /* "paid" */
void payment_polled(struct turn *turn, const struct bill_answer *answer);
void payment_done(struct turn *turn); /* the portal's word */
void payment_reprint(struct turn *turn);
void payment_trouble(struct turn *turn, enum bill_state why);
int64_t payment_due(const struct flow *flow); /* when payment_tick() has something to do */
void payment_tick(struct turn *turn);

/* booking.c */
void booking_event(struct turn *turn);
void booking_scanned(struct turn *turn);
void booking_back(struct turn *turn);
void booking_answered(struct turn *turn);
void booking_failed(struct turn *turn);

/* photos.c */
void photos_open(struct turn *turn);
void photos_answered(struct turn *turn);
int64_t photos_due(const struct flow *flow); /* when photos_tick() has something to do */
void photos_tick(struct turn *turn);

/* timers.c */
void timers_run(struct turn *turn);
