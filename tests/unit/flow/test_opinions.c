/* What people are asked: never before the paper, once a visit, skippable, of nobody. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "form/answers.h"
#include "office.h"

/* "u3:4 " for each score that is told. */
static void
answer(struct office *office, enum flow_event_kind kind, int64_t arg, char told[200])
{
    int before = office->effects[EFFECT_SCORE];
    office_press(office, kind, arg);
    if (office->effects[EFFECT_SCORE] > before) {
        const struct survey *survey = catalogue_survey(office->catalogue);
        size_t len = strlen(told);
        snprintf(told + len, 200 - len, "%s:%d ",
                 survey_at(survey, (size_t)office->request[EFFECT_SCORE])->id,
                 (int)office->arg[EFFECT_SCORE]);
    }
}

static void
one_face_then_eight_more(void **state)
{
    static const struct {
        const char *touches; // 1-4 a face, s skips, n goes on, d "Cukup", "Lewati", "Selesai"
        const char *told;
        bool over;
    } rows[] = {
        {"d", "", true},
        {"4", "u3:4 ", false},
        {"4d", "u3:4 ", false},
        {"4dd", "u3:4 ", true},
        {"s1", "u3:1 ", false},  // the first one is skipped by "Lewati" alone
        {"41", "u3:4 ", false},  // no face where eight more are offered
        {"4s1", "u3:4 ", false}, // and nothing to skip there
        {"4n1d", "u3:4 u1:1 ", false},
        {"4n1dd", "u3:4 u1:1 ", true},
        {"4n12312345", "u3:4 u1:1 u2:2 u4:3 u5:1 u6:2 u7:3 u9:4 ", false},
        {"4n12312342", "u3:4 u1:1 u2:2 u4:3 u5:1 u6:2 u7:3 u9:4 u8:2 ", false},
        {"4n12312342d", "u3:4 u1:1 u2:2 u4:3 u5:1 u6:2 u7:3 u9:4 u8:2 ", true},
        {"4nsssssss2d", "u3:4 u8:2 ", true},
        {"4nssssssssd", "u3:4 ", true},
        {"4nssssssss3n", "u3:4 ", false}, // after thanks there is nothing more
        {"0", "", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct office office;
        char told[200] = "";
        office_open(&office);
        office_reach(&office, PLACE_SURVEY);
        assert_int_equal(office.flow.place, PLACE_SURVEY);
        for (const char *at = rows[i].touches; *at; at++) {
            enum flow_event_kind kind = *at == 's'   ? FLOW_SKIP
                                        : *at == 'n' ? FLOW_NEXT
                                        : *at == 'd' ? FLOW_DONE
                                                     : FLOW_SCORE;
            answer(&office, kind, *at - '0', told);
        }
        assert_string_equal(told, rows[i].told);
        assert_int_equal(office.flow.place, rows[i].over ? PLACE_HOME : PLACE_SURVEY);
        assert_int_equal(office.effects[EFFECT_VISIT_END], rows[i].over);
        if (rows[i].over) {
            assert_int_equal(office.arg[EFFECT_VISIT_END], VISIT_DONE);
            assert_true(office_is_clean(&office));
        }
        office_close(&office);
    }
}

static void
never_before_the_paper(void **state)
{
    static const struct {
        int print;
        bool asked;
    } rows[] = {
        {PRINT_WORKING, false}, {PRINT_DONE, true}, {PRINT_PROBABLY, true}, {PRINT_FAILED, true}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct office office;
        office_open(&office);
        office_reach(&office, PLACE_DONE);
        office_print(&office, office.request[EFFECT_SUBMIT], rows[i].print);
        office_press(&office, FLOW_DONE, 0);
        assert_int_equal(office.flow.place, rows[i].asked ? PLACE_SURVEY : PLACE_HOME);
        office_close(&office);
    }
}

static void
only_whoever_filed_and_is_there_is_asked(void **state)
{
    struct office office;
    (void)state;
    office_open(&office); // nobody is there at the end of the countdown
    office_reach(&office, PLACE_DONE);
    office_print(&office, office.request[EFFECT_SUBMIT], PRINT_DONE);
    office_wait(&office, OFFICE_DONE);
    assert_int_equal(office.flow.place, PLACE_HOME);
    office_reach(&office, PLACE_TICKET); // a number is no service yet
    office_print(&office, office.request[EFFECT_TICKET], PRINT_DONE);
    office_press(&office, FLOW_DONE, 0);
    assert_int_equal(office.flow.place, PLACE_HOME);
    office_close(&office);
}

/* Who filed is forgotten before the first face, and the page goes by itself. */
static void
it_is_nobodys_and_goes_by_itself(void **state)
{
    struct office office;
    (void)state;
    office_open(&office);
    office_reach(&office, PLACE_SURVEY);
    assert_string_equal(office.flow.code, "");
    assert_string_equal(office.flow.id, "");
    assert_true(answers_empty(office.flow.kept));
    assert_string_equal(office.flow.service->id, "sku");
    office_press(&office, FLOW_SCORE, 4);
    assert_int_equal(flow_countdown(&office.flow), OFFICE_DONE / 1000);
    office_wait(&office, OFFICE_DONE - 1);
    assert_int_equal(office.flow.place, PLACE_SURVEY);
    office_wait(&office, 1);
    assert_int_equal(office.flow.place, PLACE_HOME);
    assert_int_equal(office.arg[EFFECT_VISIT_END], VISIT_DONE);
    assert_true(office_is_clean(&office));
    office_close(&office);
}

static void
one_vote_a_visit(void **state)
{
    struct office office;
    (void)state;
    office_open(&office);
    office_press(&office, FLOW_POLL, 0);
    assert_string_equal(office.flow.poll->id, "baru"); // the one of today
    office_press(&office, FLOW_VOTE, 3);
    office_press(&office, FLOW_VOTE, -1);
    assert_int_equal(office.effects[EFFECT_VOTE], 0);
    office_press(&office, FLOW_VOTE, 1);
    office_press(&office, FLOW_VOTE, 2);
    assert_int_equal(office.effects[EFFECT_VOTE], 1);
    assert_int_equal(office.arg[EFFECT_VOTE], 1);
    office_press(&office, FLOW_BACK, 0);
    assert_int_equal(office.flow.place, PLACE_HOME);
    office_press(&office, FLOW_POLL, 0);
    assert_int_equal(office.flow.place, PLACE_HOME); // not twice
    office_wait(&office, OFFICE_IDLE);
    assert_int_equal(office.effects[EFFECT_VISIT_END], 1);
    office_press(&office, FLOW_POLL, 0); // the next visitor
    office_press(&office, FLOW_VOTE, 0);
    assert_int_equal(office.effects[EFFECT_VOTE], 2);
    office_wait(&office, OFFICE_DONE); // thanks go by themselves
    assert_int_equal(office.flow.place, PLACE_HOME);
    assert_int_equal(office.arg[EFFECT_VISIT_END], VISIT_DONE);
    assert_true(office_is_clean(&office));
    office_close(&office);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_face_then_eight_more),
        cmocka_unit_test(never_before_the_paper),
        cmocka_unit_test(only_whoever_filed_and_is_there_is_asked),
        cmocka_unit_test(it_is_nobodys_and_goes_by_itself),
        cmocka_unit_test(one_vote_a_visit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
