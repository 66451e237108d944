/* Tickets, paper, status, scans, typing, idleness and the end of a visit. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "office.h"

/* --- tickets and paper ----------------------------------------------------------- */

static void
a_number_takes_two_touches(void **state)
{
    struct office *office = *state;
    office_press(office, FLOW_QUEUES, 0);
    office_press(office, FLOW_QUEUE, 1);
    assert_int_equal(office->effects[EFFECT_TICKET], 1);
    assert_int_equal(office->arg[EFFECT_TICKET], 0);
    assert_string_equal(office->flow.queue->letter, "B");
    office_ticket(office, TICKET_ISSUED, "B-004");
    assert_int_equal(office->flow.place, PLACE_TICKET);
    assert_string_equal(office->flow.ticket.number, "B-004");
    assert_int_equal(office->flow.ticket.ahead, 6);
    assert_int_equal(office->flow.ticket.print, PRINT_WORKING);
}

static void
pressing_everything_ends_with_the_officer(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_TICKET_AGAIN);
    assert_string_equal(office->flow.ticket.number, "A-016");
    assert_false(office->flow.ticket.have);
    office_press(office, FLOW_TICKET_AGAIN, 0);
    assert_int_equal(office->effects[EFFECT_TICKET], 2);
    assert_int_equal(office->arg[EFFECT_TICKET], 1); // seen and insisted
    office_ticket(office, TICKET_ASK_STAFF, "");
    assert_int_equal(office->flow.cover, COVER_HELP);
    assert_int_equal(office->effects[EFFECT_HELP], 1); // the officer is told at once
    assert_int_equal(office->flow.ticket_result, TICKET_ASK_STAFF);
    office_step(office, (struct flow_event){.kind = FLOW_HELP_ANSWER,
                                            .help = {office->request[EFFECT_HELP], true}});
    assert_int_equal(office->flow.help, HELP_TOLD);
}

static void
a_priority_number_is_asked_for(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_QUEUES);
    office_press(office, FLOW_PRIORITY, 0);
    assert_true(office->flow.priority);
    office_press(office, FLOW_PRIORITY, 0);
    assert_false(office->flow.priority);
    office_press(office, FLOW_PRIORITY, 0);
    office_press(office, FLOW_QUEUE, 0);
    assert_true(office->flow.priority);
}

static void
a_service_that_is_a_number_gives_one(void **state)
{
    struct office *office = *state;
    office_press(office, FLOW_GROUP, 2);
    assert_int_equal(office->flow.place, PLACE_SERVICE);
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->effects[EFFECT_TICKET], 1);
    assert_string_equal(office->flow.queue->letter, "A");
    office_ticket(office, TICKET_FAILED, "");
    assert_int_equal(office->flow.place, PLACE_SORRY);
    office_press(office, FLOW_BACK, 0);
    assert_int_equal(office->flow.place, PLACE_SERVICE);
}

/* The slip of a number tells what to bring where it was taken from a service's page. */
static void
a_number_knows_its_service(void **state)
{
    struct office *office = *state;
    office_press(office, FLOW_GROUP, 2);
    office_press(office, FLOW_NEXT, 0);
    assert_ptr_equal(office->flow.ticket_service, office->flow.service);
    office_ticket(office, TICKET_RECENT, "A-001");
    office_press(office, FLOW_TICKET_AGAIN, 0);
    assert_ptr_equal(office->flow.ticket_service, office->flow.service);
    office_ticket(office, TICKET_ISSUED, "A-002");
    office_press(office, FLOW_DONE, 0);
    office_press(office, FLOW_QUEUES, 0);
    office_press(office, FLOW_QUEUE, 0);
    assert_null(office->flow.ticket_service);
}

static void
a_list_is_printed_once(void **state)
{
    struct office *office = *state;
    struct flow *flow = &office->flow;
    office_press(office, FLOW_GROUP, 2);
    office_press(office, FLOW_PAGE, 1);
    office_press(office, FLOW_CHECKLIST, 0);
    assert_int_equal(office->effects[EFFECT_CHECKLIST], 1);
    assert_int_equal(flow->page, 0);
    office_press(office, FLOW_CHECKLIST, 0); // it is on its way
    assert_int_equal(office->effects[EFFECT_CHECKLIST], 1);
    office_print(office, flow->list.request, PRINT_FAILED);
    assert_int_equal(flow->place, PLACE_SERVICE);
    assert_int_equal(flow->list.print_cause, PRINTER_PAPER_OUT);
    office_press(office, FLOW_CHECKLIST, 0); // there is paper again
    assert_int_equal(office->effects[EFFECT_CHECKLIST], 2);
    office_wait(office, FLOW_PAPER_PATIENCE + 1000); // the desk says nothing
    assert_int_equal(flow->list.print, PRINT_FAILED);
    office_press(office, FLOW_CHECKLIST, 0);
    office_print(office, flow->list.request, PRINT_DONE);
    office_press(office, FLOW_CHECKLIST, 0); // it is out
    assert_int_equal(office->effects[EFFECT_CHECKLIST], 3);
    office_press(office, FLOW_HOME, 0);
    office_press(office, FLOW_GROUP, 1); // another service, another list
    assert_int_equal(flow->list.request, 0);
    office_desk(office, FLOW_DESK_DOWN);
    office_press(office, FLOW_CHECKLIST, 0); // nobody would print it
    assert_int_equal(office->effects[EFFECT_CHECKLIST], 3);
}

static void
paper_is_waited_for(void **state)
{
    static const struct {
        int print;
        enum place place;
        int countdown; /* seconds shown */
    } cases[] = {
        {PRINT_WORKING, PLACE_TICKET, -1},
        {PRINT_DONE, PLACE_TICKET, OFFICE_DONE / 1000},
        {PRINT_PROBABLY, PLACE_TICKET, OFFICE_DONE / 1000},
        {PRINT_FAILED, PLACE_TICKET_FAILED, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct office *office = *state;
        office_reach(office, PLACE_TICKET);
        office_print(office, office->request[EFFECT_TICKET], cases[i].print);
        assert_int_equal(office->flow.place, cases[i].place);
        assert_int_equal(flow_countdown(&office->flow), cases[i].countdown);
        assert_string_equal(office->flow.ticket.number, "A-017");
        office_press(office, FLOW_DONE, 0);
        assert_int_equal(office->arg[EFFECT_VISIT_END], VISIT_DONE);
    }
}

static void
a_reprint_is_the_same_number(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_TICKET_FAILED);
    int64_t first = office->request[EFFECT_TICKET];
    office_press(office, FLOW_REPRINT, 0);
    assert_int_equal(office->effects[EFFECT_TICKET], 1);
    assert_int_equal(office->effects[EFFECT_REPRINT], 1);
    assert_int_equal(office->arg[EFFECT_REPRINT], first);
    assert_int_equal(office->flow.place, PLACE_TICKET);
    office_print(office, office->request[EFFECT_REPRINT], PRINT_FAILED);
    assert_int_equal(office->flow.place, PLACE_TICKET_FAILED);
    assert_int_equal(office->flow.ticket.print_cause, PRINTER_PAPER_OUT);
    office_press(office, FLOW_REPRINT, 0);
    office_print(office, office->request[EFFECT_REPRINT], PRINT_DONE);
    assert_int_equal(office->flow.place, PLACE_TICKET);
    assert_string_equal(office->flow.ticket.number, "A-017");
}

static void
paper_of_others_is_not_ours(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_TICKET);
    office_print(office, office->request[EFFECT_TICKET] + 7, PRINT_FAILED);
    office_print(office, 0, PRINT_FAILED);
    assert_int_equal(office->flow.place, PLACE_TICKET);
    office_press(office, FLOW_DONE, 0);
    office_print(office, office->request[EFFECT_TICKET], PRINT_FAILED); // the visit is over
    assert_int_equal(office->flow.place, PLACE_HOME);
    assert_true(office_is_clean(office));
}

static void
silence_of_the_printer_counts_as_failure(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_TICKET);
    office_wait(office, FLOW_PAPER_PATIENCE);
    assert_int_equal(office->flow.place, PLACE_TICKET_FAILED);
    assert_int_equal(office->flow.ticket.print_cause, PRINTER_UNKNOWN);
    // the paper comes after all
    office_print(office, office->request[EFFECT_TICKET], PRINT_DONE);
    assert_int_equal(office->flow.place, PLACE_TICKET);
}

static void
the_last_page_goes_by_itself(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_TICKET);
    office_wait(office, 2000);
    office_print(office, office->request[EFFECT_TICKET], PRINT_DONE);
    office_wait(office, OFFICE_DONE - 1);
    assert_int_equal(office->flow.place, PLACE_TICKET);
    assert_int_equal(flow_countdown(&office->flow), 1);
    office_wait(office, 1);
    assert_int_equal(office->flow.place, PLACE_HOME);
    assert_int_equal(office->arg[EFFECT_VISIT_END], VISIT_DONE);
}

static void
the_last_page_stays_when_kept(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_DONE);
    office_print(office, office->request[EFFECT_SUBMIT], PRINT_DONE);
    office_press(office, FLOW_KEEP, 0);
    assert_int_equal(flow_countdown(&office->flow), -1);
    office_wait(office, OFFICE_DONE + 1000);
    assert_int_equal(office->flow.place, PLACE_DONE);
    office_wait(office, OFFICE_IDLE - OFFICE_DONE); // but not for the next visitor to read
    assert_int_equal(office->flow.cover, COVER_IDLE);
}

static void
a_receipt_without_paper_stays_on_the_page(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_DONE);
    office_print(office, office->request[EFFECT_SUBMIT], PRINT_FAILED);
    assert_int_equal(office->flow.place, PLACE_DONE);
    assert_int_equal(office->flow.ticket.print, PRINT_FAILED);
    office_wait(office, OFFICE_DONE + 1000);
    assert_int_equal(office->flow.place, PLACE_DONE);
    office_press(office, FLOW_REPRINT, 0);
    assert_int_equal(office->arg[EFFECT_REPRINT], office->request[EFFECT_SUBMIT]);
    assert_int_equal(office->flow.place, PLACE_DONE);
}

/* --- status and scans ------------------------------------------------------------- */

static void
a_code_is_checked_before_it_is_asked(void **state)
{
    static const struct {
        const char *typed;
        enum problem problem;
    } cases[] = {
        {"", PROBLEM_REQUIRED},
        {"7K3F9Q", PROBLEM_TOO_SHORT},
        {"7K3F9QXX", PROBLEM_CHOICE},
        {"7K3F-9QX0", PROBLEM_CHOICE},
    };
    struct office *office = *state;
    office_reach(office, PLACE_STATUS_CODE);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        office_press(office, FLOW_CLEAR, 0);
        office_type(office, cases[i].typed);
        office_press(office, FLOW_NEXT, 0);
        assert_int_equal(office->flow.place, PLACE_STATUS_CODE);
        assert_int_equal(office->flow.check.problem, cases[i].problem);
    }
    office_press(office, FLOW_CLEAR, 0);
    office_type(office, "7k3f9qx3");
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->flow.place, PLACE_STATUS_FACT);
    assert_string_equal(office->flow.status_code, "7K3F-9QX3");
    office_type(office, "84889"); // no room for a fifth
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->effects[EFFECT_LOOKUP], 1);
    assert_string_equal(office->flow.status_fact, "8488");
    office_found(office, STATUS_MEND);
    assert_int_equal(office->flow.place, PLACE_STATUS);
    assert_int_equal(office->flow.found->status, STATUS_MEND);
    assert_string_equal(office->flow.found->reason, "Mohon lengkapi alamat.");
}

static void
a_lookup_without_an_answer_says_so(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_STATUS_FACT);
    office_press(office, FLOW_SKIP, 0);
    office_wait(office, OFFICE_PATIENCE);
    assert_int_equal(office->flow.place, PLACE_STATUS);
    assert_int_equal(office->flow.found->status, STATUS_FAILED);
    office_found(office, STATUS_READY); // too late: the page is not changed under the reader
    assert_int_equal(office->flow.found->status, STATUS_FAILED);
}

/* A kecamatan's kiosk has no kelurahan of its own: it asks for each form which of those it serves.
 */
static void
a_kecamatan_asks_which_kelurahan(void **state)
{
    struct office *office = *state;
    office->flow.home_office = "6472020000";
    office->flow.serves = "6472021001 6472021009";
    office->flow.office = NULL;
    assert_true(flow_serves(&office->flow, "6472021001"));
    assert_false(flow_serves(&office->flow, "6472021002"));
    office_press(office, FLOW_SERVICE, office_service(office, "sku")); // which asks nobody else
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->flow.place, PLACE_OFFICE);
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->flow.check.problem, PROBLEM_REQUIRED);
    office_press(office, FLOW_OFFICE, 1); // one that is another's may be chosen too
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->flow.place, PLACE_QUESTION);
    assert_string_equal(office->flow.office->code, "6472021002");
    office_press(office, FLOW_BACK, 0);
    assert_int_equal(office->flow.place, PLACE_OFFICE);
}

static void
scans_go_only_where_they_are_wanted(void **state)
{
    static const struct {
        enum place from;
        const char *text;
        enum place to;
        const char *field;
    } cases[] = {
        {PLACE_HOME, "7K3F-9QX3", PLACE_STATUS_FACT, ""},
        {PLACE_HOME, "6472031708900001", PLACE_HOME, NULL},
        {PLACE_HOME, "https://example.org/", PLACE_HOME, NULL},
        {PLACE_HOME, "", PLACE_HOME, NULL},
        {PLACE_STATUS_CODE, "7K3F-9QX3", PLACE_STATUS_FACT, ""},
        {PLACE_STATUS_CODE, "7K3F-9QXX", PLACE_STATUS_CODE, ""},
        {PLACE_QUEUES, "7K3F-9QX3", PLACE_QUEUES, NULL}, // a slip's, not a booking's
        {PLACE_BOOKING_CODE, "7K3F-9QX3", PLACE_BOOKING_CODE, "7K3F-9QX3"},
        {PLACE_BOOKING_CODE, "https://example.org/", PLACE_BOOKING_CODE, ""},
        {PLACE_QUESTION, "6472031708900001", PLACE_QUESTION, "6472031708900001"},
        {PLACE_QUESTION, "6472.0317.0890.0001.", PLACE_QUESTION, "6472031708900001"},
        {PLACE_QUESTION, "647203170890000", PLACE_QUESTION, ""},
        {PLACE_QUESTION, "6472031708900001x", PLACE_QUESTION, ""},
        {PLACE_QUESTION, "7K3F-9QX3", PLACE_QUESTION, ""},
        {PLACE_OFFICE, "6472031708900001", PLACE_OFFICE, ""},
        {PLACE_STATUS_FACT, "6472031708900001", PLACE_STATUS_FACT, ""},
        {PLACE_REVIEW, "6472031708900001", PLACE_REVIEW, NULL},
        {PLACE_TICKET, "7K3F-9QX3", PLACE_TICKET, NULL},
        {PLACE_INFO, "7K3F-9QX3", PLACE_INFO, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct office office;
        (void)state;
        office_open(&office);
        office_reach(&office, cases[i].from);
        office_scan(&office, cases[i].text);
        assert_int_equal(office.flow.place, cases[i].to);
        const char *field = flow_field(&office.flow);
        if (cases[i].field == NULL) {
            assert_null(field);
        } else {
            assert_string_equal(field, cases[i].field);
        }
        office_close(&office);
    }
}

/* --- typing ------------------------------------------------------------------------ */

static void
open_text(struct office *office)
{
    office_press(office, FLOW_SERVICE, office_service(office, "aduan"));
    office_press(office, FLOW_NEXT, 0);
    office_press(office, FLOW_SKIP, 0);
}

static void
the_caret_stands_between_letters(void **state)
{
    struct office *office = *state;
    open_text(office);
    office_type(office, "caf\u00e9 'x\u00e8");
    assert_string_equal(office->flow.draft, "caf\u00e9 'x\u00e8");
    office_press(office, FLOW_CARET, 4);
    assert_int_equal(office->flow.caret, 5);
    office_press(office, FLOW_ERASE, 0);
    assert_string_equal(office->flow.draft, "caf 'x\u00e8");
    office_type(office, "e");
    office_press(office, FLOW_CARET_RIGHT, 0);
    office_type(office, "!");
    assert_string_equal(office->flow.draft, "cafe !'x\u00e8");
    for (int i = 0; i < 20; i++) {
        office_press(office, FLOW_CARET_LEFT, 0);
    }
    office_press(office, FLOW_ERASE, 0); // nothing before it
    assert_int_equal(office->flow.caret, 0);
    office_press(office, FLOW_CARET, 99);
    assert_int_equal(office->flow.caret, strlen(office->flow.draft));
    office_press(office, FLOW_CARET, -5);
    assert_int_equal(office->flow.caret, 0);
}

static void
a_field_takes_only_its_letters(void **state)
{
    static const struct {
        int64_t code;
        bool taken; /* by a text */
    } cases[] = {
        {'a', true},
        {' ', true},
        {'\'', true},
        {0xE9, true},
        {0x1F600, true},
        {0x4E2D, true},
        {0, false},
        {-1, false},
        {'\n', false},
        {0x1B, false},
        {0x7F, false},
        {0x9B, false},
        {0x200B, false},
        {0x202E, false},
        {0x2066, false},
        {0x2028, false},
        {0xD800, false},
        {0xE000, false},
        {0xFEFF, false},
        {0xFFFE, false},
        {0x110000, false},
        {INT64_MAX, false},
        {(int64_t)1 << 32 | 'a', false},
    };
    struct office *office = *state;
    open_text(office);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        office_press(office, FLOW_CLEAR, 0);
        office_press(office, FLOW_TYPE, cases[i].code);
        assert_int_equal(office->flow.draft[0] != '\0', cases[i].taken);
    }
    office_press(office, FLOW_CANCEL, 0);
    office_press(office, FLOW_CANCEL_YES, 0);
    office_reach(office, PLACE_QUESTION); // a NIK
    office_type(office, "6a4-7 2x0317089000019999");
    assert_string_equal(office->flow.draft, "6472031708900001");
}

static void
a_long_text_ends_at_the_brim(void **state)
{
    struct office *office = *state;
    open_text(office);
    for (int i = 0; i < 3000; i++) {
        office_press(office, FLOW_TYPE, 0x1F600);
    }
    size_t len = strlen(office->flow.draft);
    assert_true(len > 0 && len < FLOW_DRAFT && len % 4 == 0);
}

/* --- idleness and the end ------------------------------------------------------------ */

static void
still_here_goes_on_without_limit(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_QUESTION);
    office_type(office, "6472");
    for (int i = 0; i < 5; i++) {
        office_wait(office, OFFICE_IDLE);
        assert_int_equal(office->flow.cover, COVER_IDLE);
        assert_int_equal(office->arg[EFFECT_SOUND], SOUND_ATTENTION);
        assert_int_equal(flow_countdown(&office->flow), OFFICE_WARNING / 1000);
        office_wait(office, OFFICE_WARNING - 1000);
        office_press(office, FLOW_TOUCH, 0);  // beside the buttons: does not say who
        office_press(office, FLOW_TYPE, '9'); // nor does a key
        office_scan(office, "6472031708900001");
        assert_int_equal(flow_countdown(&office->flow), 1);
        office_press(office, FLOW_STILL_HERE, 0);
        assert_int_equal(office->flow.place, PLACE_QUESTION);
        assert_string_equal(office->flow.draft, "6472");
    }
    office_wait(office, OFFICE_IDLE);
    office_press(office, FLOW_NEW_VISITOR, 0);
    assert_int_equal(office->flow.place, PLACE_HOME);
    assert_int_equal(office->arg[EFFECT_VISIT_END], VISIT_IDLE);
    assert_true(office_is_clean(office));
}

static void
an_open_cover_comes_back_after_the_prompt(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_REVIEW);
    office_press(office, FLOW_COVER, COVER_NOTICE);
    office_wait(office, OFFICE_IDLE);
    office_press(office, FLOW_STILL_HERE, 0);
    assert_int_equal(office->flow.cover, COVER_NOTICE);
}

static void
touches_put_the_prompt_off(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_REVIEW);
    for (int i = 0; i < 10; i++) {
        office_wait(office, OFFICE_IDLE - 1);
        assert_int_equal(office->flow.cover, COVER_NONE);
        office_press(office, FLOW_TOUCH, 0);
    }
}

static void
home_forgets_settings_and_rests(void **state)
{
    struct office *office = *state;
    office_press(office, FLOW_LANGUAGE, LANGUAGE_EN);
    assert_int_equal(office->flow.language, LANGUAGE_EN);
    office_wait(office, OFFICE_IDLE);
    assert_int_equal(office->flow.cover, COVER_IDLE);
    office_wait(office, OFFICE_WARNING);
    assert_int_equal(office->effects[EFFECT_LANGUAGE], 2);
    assert_int_equal(office->flow.language, LANGUAGE_ID);
    assert_true(office_is_clean(office));
    office_wait(office, OFFICE_REST);
    assert_int_equal(office->flow.place, PLACE_RESTING);
    assert_int_equal(flow_deadline(&office->flow), INT64_MAX); // asleep
    office_press(office, FLOW_TOUCH, 0);
    assert_int_equal(office->flow.place, PLACE_HOME);
}

static void
the_end_names_its_effects_in_full(void **state)
{
    struct office *office = *state;
    office_press(office, FLOW_LANGUAGE, LANGUAGE_EN);
    office_press(office, FLOW_SIZE, 1);
    office_press(office, FLOW_VOLUME, 0);
    office_press(office, FLOW_CATALOGUE, 0);
    assert_int_equal(office->effects[EFFECT_ADOPT], 0); // somebody is here
    office_reach(office, PLACE_QUESTION);
    office_type(office, "6");
    office_press(office, FLOW_CANCEL, 0);
    office_press(office, FLOW_CANCEL_YES, 0);
    assert_int_equal(office->arg[EFFECT_VISIT_END], VISIT_CANCELLED);
    assert_int_equal(office->effects[EFFECT_LANGUAGE], 2);
    assert_int_equal(office->effects[EFFECT_LOOK], 2);
    assert_int_equal(office->effects[EFFECT_VOLUME], 2);
    assert_int_equal(office->effects[EFFECT_ADOPT], 1);
    assert_true(office_is_clean(office));
    office_press(office, FLOW_CATALOGUE, 0); // nobody here: at once
    assert_int_equal(office->effects[EFFECT_ADOPT], 2);
}

static void
without_a_desk_home_closes_and_opens(void **state)
{
    struct office *office = *state;
    office_desk(office, FLOW_DESK_DOWN);
    office_wait(office, FLOW_DESK_GRACE - 1);
    assert_int_equal(office->flow.place, PLACE_HOME); // a restart is not worth a word
    office_wait(office, 1);
    assert_int_equal(office->flow.place, PLACE_OUT_OF_SERVICE);
    office_desk(office, FLOW_DESK_UP);
    assert_int_equal(office->flow.place, PLACE_HOME);
}

static void
a_number_without_a_desk_says_sorry(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_QUEUES);
    office_desk(office, FLOW_DESK_DOWN);
    office_press(office, FLOW_QUEUE, 0);
    assert_int_equal(office->flow.place, PLACE_WORKING);
    office_wait(office, OFFICE_PATIENCE);
    assert_int_equal(office->flow.place, PLACE_SORRY);
    office_press(office, FLOW_BACK, 0);
    assert_int_equal(office->flow.place, PLACE_QUEUES);
    office_press(office, FLOW_BACK, 0);
    assert_int_equal(office->flow.place, PLACE_OUT_OF_SERVICE);
}

/* From "sorry" the counters lead back to the form that one came from. */
static void
sorry_knows_the_way_back(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_QUESTION);
    office_type(office, "6472");
    office_press(office, FLOW_UNKNOWN, 0);
    office_press(office, FLOW_QUEUE, 0);
    office_ticket(office, TICKET_CLOSED, "");
    assert_int_equal(office->flow.place, PLACE_SORRY);
    office_press(office, FLOW_QUEUES, 0);
    office_press(office, FLOW_BACK, 0);
    assert_int_equal(office->flow.place, PLACE_QUESTION);
    assert_string_equal(office->flow.draft, "6472");
}

static void
answer_late(struct office *office, const char *number)
{
    office_step(office, (struct flow_event){.kind = FLOW_TICKET_ANSWER,
                                            .ticket = {.request = office->request[EFFECT_TICKET],
                                                       .result = TICKET_ISSUED,
                                                       .number = number,
                                                       .minutes = -1}});
}

/* The paper of a number asked for once more may come after the patience too. */
static void
a_late_number_is_shown(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_TICKET_AGAIN);
    office_press(office, FLOW_TICKET_AGAIN, 0);
    office_wait(office, OFFICE_PATIENCE);
    assert_int_equal(office->flow.place, PLACE_SORRY);
    office_press(office, FLOW_BACK, 0);
    assert_int_equal(office->flow.place, PLACE_TICKET_AGAIN);
    answer_late(office, "A-018");
    assert_int_equal(office->flow.place, PLACE_TICKET);
    assert_string_equal(office->flow.ticket.number, "A-018");
}

/* So may the number to collect what is ready: one goes back to where it was asked for. */
static void
a_late_number_to_collect_is_shown(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_STATUS);
    office_press(office, FLOW_COLLECT, 0);
    office_wait(office, OFFICE_PATIENCE);
    assert_int_equal(office->flow.place, PLACE_SORRY);
    office_press(office, FLOW_BACK, 0);
    assert_int_equal(office->flow.place, PLACE_STATUS);
    answer_late(office, "C-004");
    assert_int_equal(office->flow.place, PLACE_TICKET);
    assert_string_equal(office->flow.ticket.number, "C-004");
}

/* "Saya tidak tahu NIK" belongs to a NIK or KK: elsewhere it is a stray press. */
static void
unknown_is_for_numbers_only(void **state)
{
    struct office *office = *state;
    office_press(office, FLOW_SERVICE, office_service(office, "ktp"));
    office_press(office, FLOW_NEXT, 0);
    office_press(office, FLOW_OFFICE, 0);
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->flow.place, PLACE_QUESTION);
    office_press(office, FLOW_UNKNOWN, 0);
    assert_int_equal(office->flow.place, PLACE_QUESTION);
}

static void
help_is_called_and_answered(void **state)
{
    struct office *office = *state;
    office_press(office, FLOW_COVER, COVER_HELP);
    office_press(office, FLOW_CALL_STAFF, 0);
    office_press(office, FLOW_CALL_STAFF, 0);
    assert_int_equal(office->effects[EFFECT_HELP], 1); // once is enough
    assert_int_equal(office->flow.help, HELP_ASKING);
    office_wait(office, OFFICE_PATIENCE);
    assert_int_equal(office->flow.help, HELP_NOT_TOLD);
    office_press(office, FLOW_CALL_STAFF, 0);
    office_desk(office, FLOW_DESK_DOWN);
    assert_int_equal(office->flow.help, HELP_NOT_TOLD);
    office_press(office, FLOW_CALL_STAFF, 0);
    assert_int_equal(office->effects[EFFECT_HELP], 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, office_set_up, office_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_number_takes_two_touches),
        TEST(pressing_everything_ends_with_the_officer),
        TEST(a_priority_number_is_asked_for),
        TEST(a_service_that_is_a_number_gives_one),
        TEST(a_number_knows_its_service),
        TEST(a_list_is_printed_once),
        TEST(paper_is_waited_for),
        TEST(a_reprint_is_the_same_number),
        TEST(paper_of_others_is_not_ours),
        TEST(silence_of_the_printer_counts_as_failure),
        TEST(the_last_page_goes_by_itself),
        TEST(the_last_page_stays_when_kept),
        TEST(a_receipt_without_paper_stays_on_the_page),
        TEST(a_code_is_checked_before_it_is_asked),
        TEST(a_lookup_without_an_answer_says_so),
        TEST(a_kecamatan_asks_which_kelurahan),
        TEST(scans_go_only_where_they_are_wanted),
        TEST(the_caret_stands_between_letters),
        TEST(a_field_takes_only_its_letters),
        TEST(a_long_text_ends_at_the_brim),
        TEST(still_here_goes_on_without_limit),
        TEST(an_open_cover_comes_back_after_the_prompt),
        TEST(touches_put_the_prompt_off),
        TEST(home_forgets_settings_and_rests),
        TEST(the_end_names_its_effects_in_full),
        TEST(without_a_desk_home_closes_and_opens),
        TEST(a_number_without_a_desk_says_sorry),
        TEST(sorry_knows_the_way_back),
        TEST(a_late_number_is_shown),
        TEST(a_late_number_to_collect_is_shown),
        TEST(unknown_is_for_numbers_only),
        TEST(help_is_called_and_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
