/* The form: a question a screen, back, edit, skip, relevance, review, submission. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "form/answers.h"
#include "office.h"

static const char nik[] = "6472031708900001";

static const char *
question_name(const struct office *office)
{
    const struct flow *flow = &office->flow;
    return flow->place == PLACE_QUESTION ? flow->service->questions[flow->spot.question].name : "";
}

static void
errors_stay_until_typing(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_QUESTION);
    office_type(office, "647203170890000");
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(question_name(office), "nik");
    assert_int_equal(office->flow.check.problem, PROBLEM_TOO_SHORT);
    assert_int_equal(office->flow.check.wanted, 16);
    assert_int_equal(office->flow.check.have, 15);
    assert_string_equal(office->flow.draft, "647203170890000"); // nothing is lost
    assert_int_equal(office->arg[EFFECT_SOUND], SOUND_ERROR);
    office_type(office, "1");
    assert_int_equal(office->flow.check.problem, PROBLEM_NONE);
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(question_name(office), "kk");
    // the other number: refused, and what was typed stays
    office_type(office, nik);
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->flow.check.problem, PROBLEM_KK_IS_NIK);
    assert_string_equal(office->flow.draft, nik);
}

static void
going_back_keeps_what_was_typed(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_QUESTION);
    office_answer(office);
    office_type(office, "6472"); // unfinished
    office_press(office, FLOW_BACK, 0);
    assert_string_equal(question_name(office), "nik");
    assert_string_equal(office->flow.draft, nik);
    assert_int_equal(office->flow.caret, 16);
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(question_name(office), "kk");
    assert_string_equal(office->flow.draft, "6472");
    office_press(office, FLOW_BACK, 0);
    office_press(office, FLOW_BACK, 0);
    assert_int_equal(office->flow.place, PLACE_SERVICE);
    office_press(office, FLOW_BACK, 0); // answers are there: ask before they go
    assert_int_equal(office->flow.cover, COVER_CANCEL);
    office_press(office, FLOW_BACK, 0);
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(office->flow.draft, nik);
}

static void
irrelevant_questions_are_passed_over(void **state)
{
    struct office *office = *state;
    int position, total;
    office_reach(office, PLACE_QUESTION);
    office_answer(office);
    office_answer(office);
    office_answer(office);
    flow_progress(&office->flow, office_today, &position, &total);
    assert_int_equal(position, 4);
    assert_int_equal(total, 6); // the seventh waits for a yes
    assert_string_equal(question_name(office), "punya");
    office_press(office, FLOW_CHOOSE, 1);
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(question_name(office), "hp");
    office_press(office, FLOW_BACK, 0);
    assert_string_equal(question_name(office), "punya");
    assert_string_equal(office->flow.draft, "no");
    office_press(office, FLOW_CHOOSE, 0);
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(question_name(office), "apa");
    flow_progress(&office->flow, office_today, &position, &total);
    assert_int_equal(position, 5);
    assert_int_equal(total, 7);
}

static void
optional_questions_can_be_skipped(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_QUESTION);
    while (strcmp(question_name(office), "hp") != 0) {
        office_answer(office);
    }
    office_press(office, FLOW_SKIP, 0);
    assert_string_equal(question_name(office), "mulai");
    assert_string_equal(answers_get(office->flow.answers, "hp"), "");
    office_press(office, FLOW_NEXT, 0); // left empty
    assert_int_equal(office->flow.place, PLACE_REVIEW);
}

/* Its conditions may leave a form without a question: back leads to what came before. */
static void
a_form_that_asks_nothing_goes_back_to_the_office(void **state)
{
    struct office *office = *state;
    office_press(office, FLOW_SERVICE, office_service(office, "ktp"));
    struct service bare = *office->flow.service;
    bare.question_count = 0;
    office->flow.service = &bare;
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->flow.place, PLACE_OFFICE);
    office_press(office, FLOW_OFFICE, 1);
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->flow.place, PLACE_REVIEW);
    office_press(office, FLOW_BACK, 0);
    assert_int_equal(office->flow.place, PLACE_OFFICE);
    office_press(office, FLOW_HOME, 0);
}

static void
a_phone_and_a_date_come_back_as_typed(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_REVIEW);
    assert_string_equal(answers_get(office->flow.answers, "hp"), "+6281234568488");
    assert_string_equal(answers_get(office->flow.answers, "mulai"), "2020-08-17");
    office_press(office, FLOW_EDIT, 5);
    assert_string_equal(office->flow.draft, "081234568488");
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->flow.place, PLACE_REVIEW);
    office_press(office, FLOW_EDIT, 6);
    assert_string_equal(office->flow.draft, "17082020");
    office_press(office, FLOW_CLEAR, 0);
    office_type(office, "31112020");
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->flow.check.problem, PROBLEM_DATE);
    office_press(office, FLOW_CLEAR, 0);
    office_type(office, "24112026");
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->flow.check.problem, PROBLEM_DATE_FUTURE);
    office_press(office, FLOW_BACK, 0); // thought better of it
    assert_int_equal(office->flow.place, PLACE_REVIEW);
    assert_string_equal(answers_get(office->flow.answers, "mulai"), "2020-08-17");
}

/* An edit that makes another question relevant asks it, then returns to the review. */
static void
an_edit_returns_to_the_review(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_REVIEW);
    office_press(office, FLOW_EDIT, 3);
    assert_true(office->flow.editing);
    office_press(office, FLOW_CHOOSE, 0);
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(question_name(office), "apa");
    office_answer(office);
    assert_int_equal(office->flow.place, PLACE_REVIEW);
    assert_false(office->flow.editing);
}

static void
held_numbers_hide_again(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_REVIEW);
    assert_int_equal(office->flow.reveal, -1);
    office_press(office, FLOW_REVEAL, 0);
    assert_int_equal(office->flow.reveal, 0);
    office_press(office, FLOW_REVEAL, -1);
    assert_int_equal(office->flow.reveal, -1);
    office_press(office, FLOW_REVEAL, 1);
    office_wait(office, OFFICE_IDLE); // the finger was lost: the prompt hides it
    assert_int_equal(office->flow.reveal, -1);
    office_press(office, FLOW_STILL_HERE, 0);
    assert_int_equal(office->flow.place, PLACE_REVIEW);
    office_press(office, FLOW_REVEAL, 1);
    office_press(office, FLOW_COVER, COVER_HELP);
    assert_int_equal(office->flow.reveal, -1);
    office_press(office, FLOW_BACK, 0);
    office_press(office, FLOW_REVEAL, 1);
    office_press(office, FLOW_CANCEL, 0); // a second finger
    assert_int_equal(office->flow.reveal, -1);
}

static void
choices_of_many_keep_their_order(void **state)
{
    struct office *office = *state;
    office_press(office, FLOW_SERVICE, office_service(office, "ktp"));
    office_press(office, FLOW_NEXT, 0);
    office_press(office, FLOW_OFFICE, 1);
    office_press(office, FLOW_NEXT, 0);
    office_answer(office);
    assert_string_equal(question_name(office), "hal");
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->flow.check.problem, PROBLEM_REQUIRED);
    office_press(office, FLOW_CHOOSE, 2);
    assert_int_equal(office->flow.check.problem, PROBLEM_NONE);
    office_press(office, FLOW_CHOOSE, 0);
    assert_string_equal(office->flow.draft, "satu tiga");
    office_press(office, FLOW_CHOOSE, 2);
    assert_string_equal(office->flow.draft, "satu");
    office_press(office, FLOW_CHOOSE, 7); // there is none
    office_press(office, FLOW_CHOOSE, -1);
    assert_string_equal(office->flow.draft, "satu");
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(question_name(office), "asal");
    assert_true(flow_searches(&office->flow));
    office_type(office, "baq");
    assert_string_equal(flow_field(&office->flow), "baq");
    office_press(office, FLOW_CHOOSE, 1);
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(answers_get(office->flow.answers, "asal"), "6472021002");
    assert_string_equal(office->flow.office->name, "Baqa");
}

static void
unknown_leads_to_the_counter_and_back(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_QUESTION);
    office_type(office, "6472");
    office_press(office, FLOW_UNKNOWN, 0);
    assert_int_equal(office->flow.place, PLACE_QUEUES);
    office_press(office, FLOW_BACK, 0);
    assert_string_equal(question_name(office), "nik");
    assert_string_equal(office->flow.draft, "6472");
    // where it may be left out it is left out
    office_press(office, FLOW_CANCEL, 0);
    office_press(office, FLOW_CANCEL_YES, 0);
    office_press(office, FLOW_SERVICE, office_service(office, "aduan"));
    office_press(office, FLOW_NEXT, 0);
    office_press(office, FLOW_UNKNOWN, 0);
    assert_string_equal(question_name(office), "isi");
}

static void
submit(struct office *office)
{
    office_reach(office, PLACE_REVIEW);
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->effects[EFFECT_SUBMIT], 0); // the statement comes first
    assert_int_equal(office->flow.check.problem, PROBLEM_REQUIRED);
    office_press(office, FLOW_AGREE, 0);
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->effects[EFFECT_SUBMIT], 1);
}

static void
saved_wipes_the_answers_at_once(void **state)
{
    struct office *office = *state;
    submit(office);
    assert_int_equal(office->flow.place, PLACE_REVIEW); // no flash of a working screen
    office_press(office, FLOW_NEXT, 0);                 // pressed twice
    assert_int_equal(office->effects[EFFECT_SUBMIT], 1);
    office_saved(office, SUBMIT_SAVED, "A-018");
    assert_int_equal(office->flow.place, PLACE_DONE);
    assert_true(office->flow.submitted);
    assert_true(office->flow.ticket.have);
    assert_string_equal(office->flow.ticket.number, "A-018");
    assert_string_equal(office->flow.code, "7K3F-9QXM");
    assert_null(answers_get(office->flow.answers, "nik"));
    assert_string_equal(office->flow.service->id, "sku"); // its next steps are on the screen
    office_press(office, FLOW_DELIVERED, 0);
    assert_true(office->flow.delivered);
}

static void
a_failed_submission_loses_nothing(void **state)
{
    static const int results[] = {SUBMIT_FULL, SUBMIT_BROKEN, SUBMIT_CLOSED, SUBMIT_REFUSED};
    struct office *office = *state;
    submit(office);
    for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
        office_saved(office, results[i], "");
        assert_int_equal(office->flow.place, PLACE_REVIEW);
        assert_int_equal(office->flow.submit_result, results[i]);
        assert_string_equal(answers_get(office->flow.answers, "nik"), nik);
        office_press(office, FLOW_NEXT, 0);
        assert_int_equal(office->flow.submit_result, SUBMIT_SAVED);
    }
    office_step(office, (struct flow_event){.kind = FLOW_SUBMIT_FAULT});
    assert_int_equal(office->flow.submit_result, FLOW_SUBMIT_SILENT);
    assert_string_equal(answers_get(office->flow.answers, "nik"), nik);
}

/* The same submission keeps its id, so that the desk can tell a repetition; another
 * answer makes it another one. */
static void
an_unchanged_submission_keeps_its_id(void **state)
{
    struct office *office = *state;
    submit(office);
    office_saved(office, SUBMIT_CLOSED, "");
    assert_string_not_equal(office->flow.id, "");
    office_press(office, FLOW_EDIT, 3);
    office_press(office, FLOW_NEXT, 0); // looked at, not changed
    assert_string_not_equal(office->flow.id, "");
    office_press(office, FLOW_EDIT, 5);
    office_press(office, FLOW_CLEAR, 0);
    office_type(office, "081299990000");
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(office->flow.id, "");
}

static void
edit_phone(struct office *office, const char *phone)
{
    office_press(office, FLOW_EDIT, 5);
    office_press(office, FLOW_CLEAR, 0);
    office_type(office, phone);
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->flow.place, PLACE_REVIEW);
}

/* The first sending may be saved although nobody said so: every later wording names it, and
 * keeps the code that may be on paper. */
static void
a_later_wording_says_what_it_replaces(void **state)
{
    struct office *office = *state;
    char first[37], code[10];
    submit(office);
    text_copy(first, sizeof first, office->flow.id);
    text_copy(code, sizeof code, office->flow.code);
    assert_string_equal(office->flow.replaces, "");
    office_wait(office, OFFICE_PATIENCE + 10);
    assert_int_equal(office->flow.submit_result, FLOW_SUBMIT_SILENT);
    edit_phone(office, "081299990000");
    assert_string_equal(office->flow.id, "");
    assert_string_equal(office->flow.code, code);
    assert_string_equal(office->flow.replaces, first);
    text_copy(office->flow.id, sizeof first, "01936e5c-0000-7000-8000-000000000002");
    office_press(office, FLOW_NEXT, 0); // silent again, and edited twice more
    office_wait(office, OFFICE_PATIENCE + 10);
    edit_phone(office, "081299990001");
    edit_phone(office, "081299990002");
    assert_string_equal(office->flow.replaces, first);
    office_press(office, FLOW_NEXT, 0);
    office_saved(office, SUBMIT_SAVED, "");
    assert_int_equal(office->flow.place, PLACE_DONE);
    assert_string_equal(office->flow.replaces, ""); // the next request replaces nothing
    assert_string_equal(office->flow.code, code);
}

static void
sent_back(struct office *office, const char *question)
{
    struct flow_mend mend = {.reason = "Tulis lebih jelas."};
    text_copy(mend.question, sizeof mend.question, question);
    office_press(office, FLOW_STATUS, 0);
    office_scan(office, "7K3F9QX3");
    office_type(office, "8488");
    office_press(office, FLOW_NEXT, 0);
    office_step(office, (struct flow_event){.kind = FLOW_STATUS_ANSWER,
                                            .status = {office->flow.waiting_for, STATUS_MEND, "sku",
                                                       "", "2026-11-20", 0, &mend, 1}});
    assert_int_equal(office->flow.place, PLACE_STATUS);
}

/* Only what was sent back, empty, with what was wrong; the code stays, nothing else is known. */
static void
what_was_sent_back_is_answered_anew(void **state)
{
    static const struct flow_found nothing;
    struct office *office = *state;
    struct flow *flow = &office->flow;
    sent_back(office, "apa"); // asked only if "punya" is yes, which nobody knows here
    office_press(office, FLOW_MEND, 0);
    assert_int_equal(flow->place, PLACE_QUESTION);
    assert_string_equal(question_name(office), "apa");
    assert_string_equal(flow->draft, "");
    assert_string_equal(words_in(&flow->service->questions[0].hint, LANGUAGE_EN),
                        "Tulis lebih jelas.");
    office_press(office, FLOW_NEXT, 0); // its own rules hold
    assert_int_equal(flow->check.problem, PROBLEM_REQUIRED);
    office_press(office, FLOW_BACK, 0);
    assert_int_equal(flow->place, PLACE_STATUS);
    assert_false(flow->mends);
    office_press(office, FLOW_MEND, 0);
    office_type(office, "Kue basah");
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(flow->place, PLACE_REVIEW);
    office_press(office, FLOW_AGREE, 0);
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(flow->code, "7K3F-9QX3");
    assert_string_equal(flow->status_fact, "8488");
    office_saved(office, SUBMIT_SAVED, "");
    assert_int_equal(flow->place, PLACE_DONE);
    assert_true(flow->mends);
    assert_string_equal(flow->status_fact, "");
    assert_memory_equal(flow->found, &nothing, sizeof nothing);
    assert_string_equal(flow->service->id, "sku"); // the whole one again
    assert_true(flow->service->question_count > 1);
    office_print(office, office->request[EFFECT_SUBMIT], PRINT_DONE);
    office_press(office, FLOW_DONE, 0);
    assert_int_equal(flow->place, PLACE_HOME); // what it was like was asked when it was filed
    assert_true(office_is_clean(office));
}

static void
what_the_kiosk_does_not_know_is_for_the_counter(void **state)
{
    struct office *office = *state;
    sent_back(office, "tidak_ada");
    office_press(office, FLOW_MEND, 0);
    assert_int_equal(office->flow.place, PLACE_STATUS);
    assert_null(office->flow.service);
    office_press(office, FLOW_QUEUES, 0);
    assert_int_equal(office->flow.place, PLACE_QUEUES);
}

/* The office that processes it stands in the sealed document too. */
static void
another_office_makes_another_submission(void **state)
{
    struct office *office = *state;
    office_press(office, FLOW_SERVICE, office_service(office, "ktp"));
    office_press(office, FLOW_NEXT, 0);
    office_press(office, FLOW_OFFICE, 0);
    office_press(office, FLOW_NEXT, 0);
    while (office->flow.place == PLACE_QUESTION) {
        office_answer(office);
    }
    office_press(office, FLOW_AGREE, 0);
    office_press(office, FLOW_NEXT, 0);
    office_saved(office, SUBMIT_CLOSED, "");
    assert_string_not_equal(office->flow.id, "");
    while (office->flow.place != PLACE_OFFICE) {
        office_press(office, FLOW_BACK, 0);
    }
    office_press(office, FLOW_OFFICE, 0); // the same again
    assert_string_not_equal(office->flow.id, "");
    office_press(office, FLOW_OFFICE, 1);
    assert_string_equal(office->flow.id, "");
}

/* What an edit brings up is asked, also where it may be left out. */
static void
an_edit_asks_what_it_brings_up(void **state)
{
    struct office *office = *state;
    office_press(office, FLOW_SERVICE, office_service(office, "aduan"));
    office_press(office, FLOW_NEXT, 0);
    while (office->flow.place == PLACE_QUESTION) {
        if (strcmp(question_name(office), "isi") == 0) {
            office_type(office, "singkat");
            office_press(office, FLOW_NEXT, 0);
        } else {
            office_answer(office);
        }
    }
    assert_int_equal(office->flow.place, PLACE_REVIEW);
    assert_null(answers_get(office->flow.answers, "sejak")); // it was not asked
    office_press(office, FLOW_EDIT, 1);
    office_press(office, FLOW_CLEAR, 0);
    office_type(office, "panjang");
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(question_name(office), "sejak");
    office_press(office, FLOW_SKIP, 0);
    assert_int_equal(office->flow.place, PLACE_REVIEW);
}

/* A field that was left half typed and then put right is not half typed for ever. */
static void
a_mended_draft_is_forgotten(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_QUESTION);
    office_answer(office); // the NIK
    office_press(office, FLOW_BACK, 0);
    office_press(office, FLOW_ERASE, 0);
    office_press(office, FLOW_UNKNOWN, 0); // leaves the field as it is
    office_press(office, FLOW_BACK, 0);
    assert_int_equal(strlen(office->flow.draft), 15);
    office_type(office, nik + 15);
    office_press(office, FLOW_UNKNOWN, 0);
    office_press(office, FLOW_BACK, 0);
    assert_string_equal(office->flow.draft, nik);
    assert_null(answers_get(office->flow.drafts, "nik"));
}

static void
a_late_word_still_counts(void **state)
{
    struct office *office = *state;
    submit(office);
    office_wait(office, OFFICE_PATIENCE + 10);
    assert_int_equal(office->flow.place, PLACE_REVIEW);
    assert_int_equal(office->flow.submit_result, FLOW_SUBMIT_SILENT);
    office_saved(office, SUBMIT_SAVED, "");
    assert_int_equal(office->flow.place, PLACE_DONE);
}

static void
the_desk_may_come_back(void **state)
{
    struct office *office = *state;
    submit(office);
    office_desk(office, FLOW_DESK_DOWN);
    assert_int_equal(office->flow.place, PLACE_WORKING);
    office_wait(office, 2000);
    office_desk(office, FLOW_DESK_UP);
    assert_int_equal(office->effects[EFFECT_SUBMIT], 1); // it greets before it can promise
    office_status(office, INTAKE_CHECKING);
    assert_int_equal(office->effects[EFFECT_SUBMIT], 1);
    office_status(office, INTAKE_OPEN);
    office_status(office, INTAKE_OPEN);
    assert_int_equal(office->effects[EFFECT_SUBMIT], 2); // asked again, under the same number
    assert_int_equal(office->request[EFFECT_SUBMIT], office->flow.waiting_for);
    office_saved(office, SUBMIT_SAVED, "");
    assert_int_equal(office->flow.place, PLACE_DONE);
}

static void
forms_go_on_without_a_desk(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_QUESTION);
    office_desk(office, FLOW_DESK_DOWN);
    office_wait(office, FLOW_DESK_GRACE + 1000); // only home goes out of service
    assert_int_equal(office->flow.place, PLACE_QUESTION);
    while (office->flow.place == PLACE_QUESTION) {
        office_answer(office);
    }
    office_press(office, FLOW_AGREE, 0);
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->effects[EFFECT_SUBMIT], 0);
    assert_int_equal(office->flow.place, PLACE_WORKING);
    office_desk(office, FLOW_DESK_UP);
    office_status(office, INTAKE_OPEN);
    assert_int_equal(office->effects[EFFECT_SUBMIT], 1);
}

static void
what_is_asked_during_the_check_waits_for_its_end(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_REVIEW);
    office_status(office, INTAKE_CHECKING);
    office_press(office, FLOW_AGREE, 0);
    office_press(office, FLOW_NEXT, 0);
    office_wait(office, FLOW_WAIT_SHOWN);
    assert_int_equal(office->flow.place, PLACE_WORKING);
    assert_int_equal(office->effects[EFFECT_SUBMIT], 0);
    office_status(office, INTAKE_FULL); // the answer says why
    assert_int_equal(office->effects[EFFECT_SUBMIT], 1);
    office_saved(office, SUBMIT_FULL, "");
    assert_int_equal(office->flow.place, PLACE_REVIEW);
}

static void
a_closed_intake_starts_no_form(void **state)
{
    static const struct {
        int intake;
        enum place place;
    } cases[] = {{INTAKE_OPEN, PLACE_QUESTION},
                 {INTAKE_CHECKING, PLACE_QUESTION}, // open before the form is filled
                 {INTAKE_FULL, PLACE_SERVICE},
                 {INTAKE_BROKEN, PLACE_SERVICE},
                 {INTAKE_PAUSED, PLACE_SERVICE}};
    struct office *office = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        office_reach(office, PLACE_SERVICE);
        office_status(office, cases[i].intake);
        office_press(office, FLOW_NEXT, 0);
        assert_int_equal(office->flow.place, cases[i].place);
        office_press(office, FLOW_HOME, 0);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, office_set_up, office_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(errors_stay_until_typing),
        TEST(going_back_keeps_what_was_typed),
        TEST(irrelevant_questions_are_passed_over),
        TEST(optional_questions_can_be_skipped),
        TEST(a_form_that_asks_nothing_goes_back_to_the_office),
        TEST(a_phone_and_a_date_come_back_as_typed),
        TEST(an_edit_returns_to_the_review),
        TEST(held_numbers_hide_again),
        TEST(choices_of_many_keep_their_order),
        TEST(unknown_leads_to_the_counter_and_back),
        TEST(saved_wipes_the_answers_at_once),
        TEST(a_failed_submission_loses_nothing),
        TEST(an_unchanged_submission_keeps_its_id),
        TEST(another_office_makes_another_submission),
        TEST(an_edit_asks_what_it_brings_up),
        TEST(a_mended_draft_is_forgotten),
        TEST(a_late_word_still_counts),
        TEST(a_later_wording_says_what_it_replaces),
        TEST(what_was_sent_back_is_answered_anew),
        TEST(what_the_kiosk_does_not_know_is_for_the_counter),
        TEST(the_desk_may_come_back),
        TEST(forms_go_on_without_a_desk),
        TEST(what_is_asked_during_the_check_waits_for_its_end),
        TEST(a_closed_intake_starts_no_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
