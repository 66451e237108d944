/* What a visit adds to the day's numbers: each by what a resident does in a small office. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../flow/office.h"
#include "face/tally.h"

static struct tally tally;
static char counts[TALLY_COUNTS];
static size_t room;

struct flow_effects __real_flow_step(struct flow *flow, const struct flow_event *event);
struct flow_effects __wrap_flow_step(struct flow *flow, const struct flow_event *event);

/* The linker leads every step here: what the face does around it. */
struct flow_effects
__wrap_flow_step(struct flow *flow, const struct flow_event *event)
{
    tally_before(&tally, flow);
    struct flow_effects effects = __real_flow_step(flow, event);
    tally_after(&tally, flow, &effects);
    for (size_t i = 0; i < effects.count; i++) {
        if (effects.list[i].kind == EFFECT_VISIT_END) {
            tally_write(&tally, (enum visit_outcome)effects.list[i].arg, counts, room);
            tally_zero(&tally);
        }
    }
    return effects;
}

static void
type_wrong(struct office *office)
{
    office_press(office, FLOW_CLEAR, 0);
    office_type(office, "647203");
    office_press(office, FLOW_NEXT, 0);
}

/* One letter is one touch: w waits ten seconds; the others are below. */
static void
play(struct office *office, const char *touches)
{
    for (const char *at = touches; *at; at++) {
        int64_t kind[128] = {
            ['b'] = FLOW_BACK,  ['d'] = FLOW_DONE,   ['h'] = FLOW_HOME,   ['i'] = FLOW_INFO,
            ['n'] = FLOW_NEXT,  ['q'] = FLOW_QUEUES, ['t'] = FLOW_STATUS, ['y'] = FLOW_CANCEL_YES,
            ['A'] = FLOW_AGREE, ['O'] = FLOW_ANOTHER};
        switch (*at) {
        case 'w':
            office_wait(office, 10000);
            break;
        case 'W': // nobody is left
            office_wait(office, OFFICE_IDLE + OFFICE_WARNING);
            break;
        case 's':
            office_press(office, FLOW_SERVICE, office_service(office, "sku"));
            break;
        case 'a':
            office_answer(office);
            break;
        case 'x':
            type_wrong(office);
            break;
        case 'S':
            office_saved(office, SUBMIT_SAVED, "");
            break;
        case 'Q':
            office_press(office, FLOW_QUEUE, 1);
            office_ticket(office, TICKET_ISSUED, "B-004");
            break;
        case 'P': // the paper fails, and comes
            office_print(office, office->request[EFFECT_TICKET], PRINT_FAILED);
            office_press(office, FLOW_REPRINT, 0);
            office_print(office, office->request[EFFECT_REPRINT], PRINT_DONE);
            break;
        case 'K': // the survey's first face, and one of those after it
            office_print(office, office->request[EFFECT_SUBMIT], PRINT_DONE);
            office_press(office, FLOW_DONE, 0);
            office_press(office, FLOW_SCORE, 4);
            office_press(office, FLOW_NEXT, 0);
            office_press(office, FLOW_SCORE, 2);
            break;
        case 'V':
            office_press(office, FLOW_POLL, 0);
            office_press(office, FLOW_VOTE, 2);
            break;
        case 'E':
            office_press(office, FLOW_LANGUAGE, LANGUAGE_EN);
            office_press(office, FLOW_SIZE, 2);
            office_press(office, FLOW_CONTRAST, 1);
            office_press(office, FLOW_VOLUME, 0);
            office_press(office, FLOW_COVER, COVER_NONE);
            break;
        default:
            office_press(office, (enum flow_event_kind)kind[(unsigned char)*at], 0);
            break;
        }
    }
}

#define PLAIN " set/language/id set/size/0 set/contrast/0 set/sound/2"

static const struct {
    const char *touches, *counts;
} visits[] = {
    // a look at what there is to read
    {"iwd", "visit/looked left/info" PLAIN " step/info=10 seen/info"},
    // home again and gone: left where it was before, and the minutes alone do not count
    {"iwhwW", "visit/looked left/info" PLAIN " step/info=10 seen/info seen/home"},
    // a number, whose paper came the second time, is one
    {"qwQwPwd", "visit/done channel/counter/b" PLAIN " step/queues=10 step/ticket=20 seen/queues"
                " seen/ticket=2 seen/ticket_failed"},
    // a form that is left at its second question
    {"swnwawwhwy", "visit/cancelled left/sku/kk" PLAIN " step/service=10 step/sku/nik=10"
                   " step/sku/kk=30 seen/service seen/sku/nik seen/sku/kk"},
    // two wrong tries, then nobody
    {"snwxwxwW", "visit/idle left/sku/nik" PLAIN " error/sku/nik=2 step/sku/nik=20 seen/service"
                 " seen/sku/nik"},
    // nothing is typed at the tracking code
    {"tnhW", "visit/looked left/status_code" PLAIN " error/status_code seen/status_code"
             " seen/home"},
    {"VwW", "visit/done poll/baru/ragu" PLAIN " seen/poll"},
    // as it was for who sees little
    {"Eiwd", "visit/looked left/info set/language/en set/size/2 set/contrast/1 set/sound/0"
             " step/info=10 seen/home seen/info"},
};

static void
a_visit_is_what_it_adds(void **state)
{
    (void)state;
    static const struct tally zero;
    room = sizeof counts;
    for (size_t i = 0; i < sizeof visits / sizeof *visits; i++) {
        struct office office;
        counts[0] = '\0';
        office_open(&office);
        tally_zero(&tally);
        play(&office, visits[i].touches);
        assert_string_equal(counts, visits[i].counts);
        assert_memory_equal(&tally, &zero, offsetof(struct tally, before)); // nothing stays
        office_close(&office);
    }
}

static void
each_request_has_its_channel(void **state)
{
    (void)state;
    struct office office;
    room = sizeof counts;
    office_open(&office);
    tally_zero(&tally);
    play(&office, "snaaaaaaaaAnS");
    assert_int_equal(office.flow.place, PLACE_DONE);
    play(&office, "Osnaaaaaaa");
    while (office.flow.place == PLACE_QUESTION) {
        office_answer(&office);
    }
    play(&office, "AnSh");
    assert_non_null(strstr(counts, "visit/done channel/kiosk-self/sku=2 set/"));
    assert_null(strstr(counts, "left/"));
    assert_null(strstr(counts, "counter"));
    office_reach(&office, PLACE_DONE);
    play(&office, "Kdd");
    assert_non_null(
        strstr(counts, "visit/done channel/kiosk-self/sku skm/sku/u3/4 skm/sku/u1/2 set/"));
    // what was typed stands nowhere
    assert_null(strstr(counts, "6472"));
    assert_null(strstr(counts, "0812"));
    play(&office, "snaaaaaaaa");
    office.flow.filled_by = FILLED_OFFICER;
    play(&office, "AnSh");
    assert_non_null(strstr(counts, "visit/done channel/kiosk-assisted/sku set/"));
    office_close(&office);
}

/* The form of what is mended is gone when the visit ends; a mending is no other request. */
static void
a_mending_is_counted_by_the_names_of_its_service(void **state)
{
    struct office office;
    struct flow_mend mend = {.question = "apa", .reason = "Tulis lebih jelas."};
    (void)state;
    for (int filed = 0; filed < 2; filed++) {
        room = sizeof counts;
        office_open(&office);
        tally_zero(&tally);
        office_press(&office, FLOW_STATUS, 0);
        office_scan(&office, "7K3F9QX3");
        office_type(&office, "8488");
        office_press(&office, FLOW_NEXT, 0);
        office_step(&office, (struct flow_event){.kind = FLOW_STATUS_ANSWER,
                                                 .status = {office.flow.waiting_for, STATUS_MEND,
                                                            "sku", "", "2026-11-20", 0, &mend, 1}});
        office_press(&office, FLOW_MEND, 0);
        play(&office, filed ? "naAnSh" : "nW");
        assert_non_null(strstr(counts, " error/sku/apa"));
        assert_int_equal(strstr(counts, "left/sku/apa") != NULL, !filed);
        assert_null(strstr(counts, "channel/"));
        assert_null(strstr(counts, "jelas"));
        office_close(&office);
    }
}

/* The least useful goes first, and what stands is whole. */
static void
too_much_is_left_out_from_the_end(void **state)
{
    (void)state;
    static const struct {
        size_t room;
        const char *counts;
    } rows[] = {
        {sizeof "visit/idle", "visit/idle"},
        {sizeof "visit/idle left/sku/nik" + 3, "visit/idle left/sku/nik"},
        {sizeof "visit/idle left/sku/nik" PLAIN " error/sku/nik=2" + 6,
         "visit/idle left/sku/nik" PLAIN " error/sku/nik=2"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct office office;
        office_open(&office);
        tally_zero(&tally);
        room = rows[i].room;
        play(&office, "snwxwxwW");
        assert_string_equal(counts, rows[i].counts);
        office_close(&office);
    }
}

/* Whatever is pressed, a visit's words fit into a message. */
static void
a_long_visit_fits(void **state)
{
    (void)state;
    struct office office;
    room = sizeof counts;
    office_open(&office);
    tally_zero(&tally);
    srand(7);
    for (int i = 0; i < 20000; i++) {
        office_press(&office, (enum flow_event_kind)(rand() % (FLOW_LAYER + 1)), rand() % 4);
        office.now += rand() % 900;
        if (office.flow.place == PLACE_WORKING || office.flow.waiting_for != 0) {
            office_ticket(&office, TICKET_ISSUED, "A-001");
            office_saved(&office, SUBMIT_SAVED, "");
        }
    }
    assert_true(tally.step_count <= TALLY_STEPS && tally.mark_count <= TALLY_MARKS);
    office_wait(&office, 2 * (OFFICE_IDLE + OFFICE_WARNING));
    assert_int_equal(tally.step_count, 0);
    assert_true(strlen(counts) < sizeof counts);
    office_close(&office);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_visit_is_what_it_adds),
        cmocka_unit_test(each_request_has_its_channel),
        cmocka_unit_test(a_mending_is_counted_by_the_names_of_its_service),
        cmocka_unit_test(too_much_is_left_out_from_the_end),
        cmocka_unit_test(a_long_visit_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
