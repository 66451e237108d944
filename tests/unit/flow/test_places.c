/* Every place against the events that matter there: where they lead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "office.h"

static const struct row {
    enum place from;
    enum flow_event_kind kind;
    int64_t arg;
    enum place to;
    enum cover cover;
} rows[] = {
    // home leads everywhere, and takes nothing of other screens
    {PLACE_HOME, FLOW_GROUP, 0, PLACE_GROUP, 0},
    {PLACE_HOME, FLOW_GROUP, 1, PLACE_SERVICE, 0}, // a group of one service is that service
    {PLACE_HOME, FLOW_GROUP, -1, PLACE_GROUP, 0},
    {PLACE_HOME, FLOW_GROUP, -2, PLACE_HOME, 0},
    {PLACE_HOME, FLOW_GROUP, 3, PLACE_HOME, 0},
    {PLACE_HOME, FLOW_SERVICE, 0, PLACE_SERVICE, 0},
    {PLACE_HOME, FLOW_SERVICE, 99, PLACE_HOME, 0},
    {PLACE_HOME, FLOW_QUEUES, 0, PLACE_QUEUES, 0},
    {PLACE_HOME, FLOW_STATUS, 0, PLACE_STATUS_CODE, 0},
    {PLACE_HOME, FLOW_INFO, 0, PLACE_INFO, 0},
    {PLACE_HOME, FLOW_BACK, 0, PLACE_HOME, 0},
    {PLACE_HOME, FLOW_CANCEL, 0, PLACE_HOME, 0},
    {PLACE_HOME, FLOW_NEXT, 0, PLACE_HOME, 0},
    {PLACE_HOME, FLOW_EDIT, 0, PLACE_HOME, 0},
    {PLACE_HOME, FLOW_QUEUE, 0, PLACE_HOME, 0},
    {PLACE_HOME, FLOW_REVEAL, 0, PLACE_HOME, 0},
    {PLACE_HOME, FLOW_TYPE, 'a', PLACE_HOME, 0},
    {PLACE_HOME, FLOW_CANCEL_YES, 0, PLACE_HOME, 0},
    {PLACE_HOME, FLOW_COVER, COVER_HELP, PLACE_HOME, COVER_HELP},
    {PLACE_HOME, FLOW_COVER, COVER_IDLE, PLACE_HOME, COVER_NONE},
    {PLACE_HOME, FLOW_COVER, COVER_CANCEL, PLACE_HOME, COVER_NONE},
    {PLACE_HOME, FLOW_COVER, COVER_COUNT, PLACE_HOME, COVER_NONE},
    // a touch wakes; a press of what was under it does not count
    {PLACE_RESTING, FLOW_TOUCH, 0, PLACE_HOME, 0},
    {PLACE_RESTING, FLOW_QUEUES, 0, PLACE_RESTING, 0},
    {PLACE_GROUP, FLOW_SERVICE, 0, PLACE_SERVICE, 0},
    {PLACE_GROUP, FLOW_QUEUES, 0, PLACE_QUEUES, 0},
    {PLACE_GROUP, FLOW_BACK, 0, PLACE_HOME, 0},
    {PLACE_GROUP, FLOW_GROUP, 1, PLACE_GROUP, 0},
    {PLACE_SERVICE, FLOW_NEXT, 0, PLACE_QUESTION, 0},
    {PLACE_SERVICE, FLOW_QUEUES, 0, PLACE_QUEUES, 0},
    {PLACE_SERVICE, FLOW_CANCEL, 0, PLACE_HOME, 0},
    {PLACE_OFFICE, FLOW_NEXT, 0, PLACE_QUESTION, 0},
    {PLACE_OFFICE, FLOW_OFFICE, 1, PLACE_OFFICE, 0},
    {PLACE_OFFICE, FLOW_BACK, 0, PLACE_SERVICE, 0},
    {PLACE_QUESTION, FLOW_BACK, 0, PLACE_SERVICE, 0},
    {PLACE_QUESTION, FLOW_NEXT, 0, PLACE_QUESTION, 0}, // nothing answered
    {PLACE_QUESTION, FLOW_SKIP, 0, PLACE_QUESTION, 0}, // it is needed
    {PLACE_QUESTION, FLOW_UNKNOWN, 0, PLACE_QUEUES, 0},
    {PLACE_QUESTION, FLOW_CANCEL, 0, PLACE_HOME, 0}, // nothing typed: nothing to ask
    {PLACE_QUESTION, FLOW_COVER, COVER_HINT, PLACE_QUESTION, COVER_HINT},
    {PLACE_QUESTION, FLOW_GROUP, 0, PLACE_QUESTION, 0},
    {PLACE_REVIEW, FLOW_EDIT, 1, PLACE_QUESTION, 0},
    {PLACE_REVIEW, FLOW_EDIT, 99, PLACE_REVIEW, 0},
    {PLACE_REVIEW, FLOW_EDIT, -1, PLACE_REVIEW, 0},
    {PLACE_REVIEW, FLOW_BACK, 0, PLACE_QUESTION, 0},
    {PLACE_REVIEW, FLOW_NEXT, 0, PLACE_REVIEW, 0}, // not agreed
    {PLACE_REVIEW, FLOW_CANCEL, 0, PLACE_REVIEW, COVER_CANCEL},
    {PLACE_REVIEW, FLOW_HOME, 0, PLACE_REVIEW, COVER_CANCEL},
    {PLACE_REVIEW, FLOW_COVER, COVER_NOTICE, PLACE_REVIEW, COVER_NOTICE},
    {PLACE_WORKING, FLOW_BACK, 0, PLACE_REVIEW, 0},
    {PLACE_WORKING, FLOW_HOME, 0, PLACE_WORKING, 0},
    {PLACE_WORKING, FLOW_NEXT, 0, PLACE_WORKING, 0},
    {PLACE_WORKING, FLOW_COVER, COVER_HELP, PLACE_WORKING, COVER_HELP},
    {PLACE_DONE, FLOW_DONE, 0, PLACE_HOME, 0},
    {PLACE_DONE, FLOW_HOME, 0, PLACE_HOME, 0},
    {PLACE_DONE, FLOW_KEEP, 0, PLACE_DONE, 0},
    {PLACE_DONE, FLOW_BACK, 0, PLACE_DONE, 0},
    {PLACE_DONE, FLOW_PHOTOS, 0, PLACE_DONE, 0}, // the service takes none
    {PLACE_PHOTOS, FLOW_BACK, 0, PLACE_DONE, 0},
    {PLACE_PHOTOS, FLOW_KEEP, 0, PLACE_PHOTOS, 0},
    {PLACE_PHOTOS, FLOW_DONE, 0, PLACE_HOME, 0}, // the paper is not settled: no survey
    {PLACE_PHOTOS, FLOW_HOME, 0, PLACE_HOME, 0},
    {PLACE_PHOTOS, FLOW_PHOTOS, 0, PLACE_PHOTOS, 0},
    {PLACE_HOME, FLOW_POLL, 0, PLACE_POLL, 0},
    {PLACE_GROUP, FLOW_POLL, 0, PLACE_GROUP, 0},
    {PLACE_POLL, FLOW_VOTE, 2, PLACE_POLL, 0},
    {PLACE_POLL, FLOW_BACK, 0, PLACE_HOME, 0},
    {PLACE_SURVEY, FLOW_SCORE, 4, PLACE_SURVEY, 0},
    {PLACE_SURVEY, FLOW_SKIP, 0, PLACE_SURVEY, 0}, // of the first there is only "Lewati"
    {PLACE_SURVEY, FLOW_BACK, 0, PLACE_SURVEY, 0},
    {PLACE_SURVEY, FLOW_KEEP, 0, PLACE_SURVEY, 0},
    {PLACE_SURVEY, FLOW_HOME, 0, PLACE_HOME, 0},
    {PLACE_SURVEY, FLOW_CANCEL, 0, PLACE_HOME, 0},
    {PLACE_SURVEY, FLOW_DONE, 0, PLACE_HOME, 0},
    {PLACE_QUEUES, FLOW_BACK, 0, PLACE_HOME, 0},
    {PLACE_QUEUES, FLOW_PRIORITY, 0, PLACE_QUEUES, 0},
    {PLACE_QUEUES, FLOW_QUEUE, 99, PLACE_QUEUES, 0},
    {PLACE_QUEUES, FLOW_BOOKING, 0, PLACE_BOOKING_CODE, 0},
    {PLACE_HOME, FLOW_BOOKING, 0, PLACE_HOME, 0},
    {PLACE_BOOKING_CODE, FLOW_NEXT, 0, PLACE_BOOKING_CODE, 0}, // nothing typed
    {PLACE_BOOKING_CODE, FLOW_BACK, 0, PLACE_QUEUES, 0},
    {PLACE_BOOKING, FLOW_BACK, 0, PLACE_BOOKING_CODE, 0},
    {PLACE_BOOKING, FLOW_BOOKING, 0, PLACE_BOOKING_CODE, 0},
    {PLACE_BOOKING, FLOW_QUEUES, 0, PLACE_QUEUES, 0},
    {PLACE_BOOKING, FLOW_DONE, 0, PLACE_HOME, 0},
    {PLACE_TICKET_AGAIN, FLOW_BACK, 0, PLACE_QUEUES, 0},
    {PLACE_TICKET_AGAIN, FLOW_DONE, 0, PLACE_HOME, 0},
    {PLACE_TICKET, FLOW_DONE, 0, PLACE_HOME, 0},
    {PLACE_TICKET, FLOW_KEEP, 0, PLACE_TICKET, 0},
    {PLACE_TICKET, FLOW_REPRINT, 0, PLACE_TICKET, 0}, // only of paper that did not come
    {PLACE_TICKET_FAILED, FLOW_REPRINT, 0, PLACE_TICKET, 0},
    {PLACE_TICKET_FAILED, FLOW_DONE, 0, PLACE_HOME, 0},
    {PLACE_STATUS_CODE, FLOW_NEXT, 0, PLACE_STATUS_CODE, 0},
    {PLACE_STATUS_CODE, FLOW_BACK, 0, PLACE_HOME, 0},
    {PLACE_STATUS_FACT, FLOW_BACK, 0, PLACE_STATUS_CODE, 0},
    {PLACE_STATUS_FACT, FLOW_NEXT, 0, PLACE_STATUS_FACT, 0},
    {PLACE_STATUS, FLOW_BACK, 0, PLACE_STATUS_CODE, 0},
    {PLACE_STATUS, FLOW_DONE, 0, PLACE_HOME, 0},
    {PLACE_STATUS, FLOW_QUEUES, 0, PLACE_QUEUES, 0},
    {PLACE_INFO, FLOW_BACK, 0, PLACE_HOME, 0},
    {PLACE_HOME, FLOW_BILL, 0, PLACE_BILL_NOP, 0},
    {PLACE_HOME, FLOW_PAY, 0, PLACE_HOME, 0},
    {PLACE_BILL_NOP, FLOW_NEXT, 0, PLACE_BILL_NOP, 0}, // nothing typed
    {PLACE_BILL_NOP, FLOW_BACK, 0, PLACE_HOME, 0},
    {PLACE_BILL_NOP, FLOW_PAY_CHECK, 0, PLACE_PAY_CHECK, 0},
    {PLACE_BILL_YEAR, FLOW_BILL_YEAR, 6, PLACE_BILL_YEAR, 0},
    {PLACE_BILL_YEAR, FLOW_BILL_YEAR, -1, PLACE_BILL_YEAR, 0},
    {PLACE_BILL_YEAR, FLOW_BACK, 0, PLACE_BILL_NOP, 0},
    {PLACE_BILL, FLOW_BACK, 0, PLACE_BILL_YEAR, 0},
    {PLACE_BILL, FLOW_BILL, 0, PLACE_BILL_NOP, 0},
    {PLACE_BILL, FLOW_DONE, 0, PLACE_HOME, 0},
    {PLACE_PAY, FLOW_BACK, 0, PLACE_PAY, 0}, // only by being asked
    {PLACE_PAY, FLOW_DONE, 0, PLACE_PAY, 0},
    {PLACE_PAY, FLOW_CANCEL, 0, PLACE_PAY, COVER_CANCEL},
    {PLACE_PAY, FLOW_HOME, 0, PLACE_PAY, COVER_CANCEL},
    {PLACE_PAY, FLOW_COVER, COVER_HELP, PLACE_PAY, COVER_HELP},
    {PLACE_PAID, FLOW_DONE, 0, PLACE_HOME, 0},
    {PLACE_PAID, FLOW_KEEP, 0, PLACE_PAID, 0},
    {PLACE_PAID, FLOW_BACK, 0, PLACE_PAID, 0},
    {PLACE_PAY_TROUBLE, FLOW_BACK, 0, PLACE_BILL, 0},
    {PLACE_PAY_TROUBLE, FLOW_DONE, 0, PLACE_HOME, 0},
    {PLACE_PAY_CHECK, FLOW_NEXT, 0, PLACE_PAY_CHECK, 0}, // nothing typed
    {PLACE_PAY_CHECK, FLOW_BACK, 0, PLACE_BILL_NOP, 0},
    {PLACE_INFO, FLOW_STATUS, 0, PLACE_STATUS_CODE, 0},
    {PLACE_SORRY, FLOW_BACK, 0, PLACE_QUEUES, 0},
    {PLACE_SORRY, FLOW_DONE, 0, PLACE_HOME, 0},
    {PLACE_OUT_OF_SERVICE, FLOW_DESK_UP, 0, PLACE_HOME, 0},
    {PLACE_OUT_OF_SERVICE, FLOW_QUEUES, 0, PLACE_OUT_OF_SERVICE, 0},
    {PLACE_OUT_OF_SERVICE, FLOW_COVER, COVER_LANGUAGE, PLACE_OUT_OF_SERVICE, COVER_LANGUAGE},
};

static void
an_event_leads_where_it_should(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct office office;
        office_open(&office);
        office_reach(&office, rows[i].from);
        office_press(&office, rows[i].kind, rows[i].arg);
        if (office.flow.place != rows[i].to || office.flow.cover != rows[i].cover) {
            print_error("row %zu: place %d cover %d\n", i, office.flow.place, office.flow.cover);
        }
        assert_int_equal(office.flow.place, rows[i].to);
        assert_int_equal(office.flow.cover, rows[i].cover);
        office_close(&office);
    }
}

/* With a cover open the place below takes nothing; BACK closes the cover. */
static void
a_cover_shields_its_place(void **state)
{
    (void)state;
    for (int cover = COVER_HELP; cover < COVER_CANCEL; cover++) {
        for (int place = 0; place < PLACE_COUNT; place++) {
            if (place == PLACE_RESTING) {
                continue;
            }
            struct office office;
            office_open(&office);
            office_reach(&office, (enum place)place);
            office_press(&office, FLOW_COVER, cover);
            assert_int_equal(office.flow.cover, cover);
            for (int kind = FLOW_GROUP; kind <= FLOW_SCAN; kind++) {
                bool covers = kind == FLOW_BACK || (kind >= FLOW_COVER && kind <= FLOW_CALL_STAFF);
                if (!covers) {
                    office_step(&office, (struct flow_event){.kind = (enum flow_event_kind)kind,
                                                             .text = "7K3F9QX3"});
                }
            }
            assert_int_equal(office.flow.place, place);
            assert_int_equal(office.flow.cover, cover);
            office_press(&office, FLOW_BACK, 0);
            assert_int_equal(office.flow.place, place);
            assert_int_equal(office.flow.cover, COVER_NONE);
            office_close(&office);
        }
    }
}

/* From every place a resident gets home, and nothing is left of the visit then. */
static void
every_place_has_a_way_home(void **state)
{
    (void)state;
    for (int place = 0; place < PLACE_COUNT; place++) {
        struct office office;
        office_open(&office);
        office_reach(&office, (enum place)place);
        office_press(&office, FLOW_TOUCH, 0);
        for (int i = 0; i < 20 && office.flow.place != PLACE_HOME; i++) {
            office_press(&office, FLOW_CANCEL, 0);
            office_press(&office, FLOW_CANCEL_YES, 0);
            office_press(&office, FLOW_BACK, 0);
            office_press(&office, FLOW_DONE, 0);
            if (place == PLACE_OUT_OF_SERVICE) {
                office_desk(&office, FLOW_DESK_UP);
            }
        }
        assert_int_equal(office.flow.place, PLACE_HOME);
        office_wait(&office, OFFICE_IDLE + OFFICE_WARNING);
        assert_int_equal(office.flow.visit_began, 0);
        assert_true(office_is_clean(&office));
        office_close(&office);
    }
}

/* Left alone, every place of a visit asks, hides the answers, and ends. */
static void
every_place_is_wiped_when_left(void **state)
{
    (void)state;
    for (int place = 0; place < PLACE_COUNT; place++) {
        if (place == PLACE_HOME || place == PLACE_RESTING || place == PLACE_OUT_OF_SERVICE ||
            place == PLACE_SURVEY) { // where nothing is left to hide: test_opinions.c
            continue;
        }
        struct office office;
        office_open(&office);
        office_reach(&office, (enum place)place);
        office_press(&office, FLOW_LANGUAGE, LANGUAGE_EN);
        office_press(&office, FLOW_SIZE, 2);
        office_press(&office, FLOW_CONTRAST, 1);
        office_press(&office, FLOW_VOLUME, 3);
        // a wait for the desk runs out first, then the resident is asked
        int64_t patience = place == PLACE_WORKING ? OFFICE_PATIENCE : 0;
        if (place == PLACE_PAY) { // and a code has all of its time
            office_wait(&office, 1000LL * office_code.seconds + FLOW_PAY_GRACE);
            assert_int_equal(office.flow.place, PLACE_PAY_TROUBLE);
        }
        office_wait(&office, OFFICE_IDLE + patience);
        assert_int_equal(office.flow.cover, COVER_IDLE);
        assert_int_equal(flow_countdown(&office.flow) * 1000 <= OFFICE_WARNING, 1);
        office_wait(&office, OFFICE_WARNING);
        assert_int_equal(office.flow.place, PLACE_HOME);
        assert_int_equal(office.effects[EFFECT_VISIT_END], 1);
        assert_int_equal(office.arg[EFFECT_VISIT_END], VISIT_IDLE);
        assert_true(office_is_clean(&office));
        office_close(&office);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_leads_where_it_should),
        cmocka_unit_test(a_cover_shields_its_place),
        cmocka_unit_test(every_place_has_a_way_home),
        cmocka_unit_test(every_place_is_wiped_when_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
