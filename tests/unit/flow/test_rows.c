/* Forms with rows, sections, presets, soft rules and statements, and a second errand in the same
 * visit. The catalogue is the one of tests/unit/form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "base/text.h"
#include "form/answers.h"
#include "office.h"

static const char *folder;
static const char nik[] = "6472031708900001";

/* What is asked: "nama_ahli.2". */
static const char *
asked(const struct office *office)
{
    static char key[SPOT_KEY];
    const struct flow *flow = &office->flow;
    bool there = flow->place == PLACE_QUESTION;
    return there ? spot_key(flow->service->questions[flow->spot.question].name, flow->spot.row, key)
                 : "";
}

static const char *
answer(const struct office *office, const char *key)
{
    return answers_get(office->flow.answers, key);
}

static int64_t
number_of(const struct office *office, const char *name, int row)
{
    const struct service *service = office->flow.service;
    const struct question *question = service_question(service, name);
    return spot_number((struct spot){(int)(question - service->questions), row});
}

static void
begin(struct office *office, const char *service)
{
    office_press(office, FLOW_SERVICE, office_service(office, service));
    office_press(office, FLOW_NEXT, 0);
}

static void
answer_until(struct office *office, const char *key)
{
    for (int i = 0; i < 100 && strcmp(asked(office), key) != 0; i++) {
        assert_int_equal(office->flow.place, PLACE_QUESTION);
        office_answer(office);
    }
    assert_string_equal(asked(office), key);
}

static void
write_in(struct office *office, const char *text)
{
    office_press(office, FLOW_CLEAR, 0);
    office_type(office, text);
}

static void
say(struct office *office, const char *text)
{
    write_in(office, text);
    office_press(office, FLOW_NEXT, 0);
}

/* One more heir, from the list and back to it. */
static void
add_heir(struct office *office, const char *name, const char *share)
{
    office_press(office, FLOW_ROW_ADD, 0);
    say(office, name);
    office_press(office, FLOW_CHOOSE, 0);
    office_press(office, FLOW_NEXT, 0);
    say(office, share);
    assert_string_equal(asked(office), "ahli");
}

static void
to_review(struct office *office)
{
    begin(office, "waris");
    while (office->flow.place == PLACE_QUESTION) {
        office_answer(office);
    }
    assert_int_equal(office->flow.place, PLACE_REVIEW);
}

/* --- rows -------------------------------------------------------------------------------- */

static void
rows_are_asked_and_then_listed(void **state)
{
    struct office *office = *state;
    static const char *const order[] = {"nama_ahli.1", "hubungan.1",  "bagian.1",
                                        "ahli",        "nik_saksi.1", "nama_saksi.1",
                                        "nik_saksi.2", "nama_saksi.2"};
    int position, total, before;
    begin(office, "waris");
    answer_until(office, "nama_ahli.1");
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        assert_string_equal(asked(office), order[i]);
        office_answer(office);
    }
    assert_string_equal(asked(office), "tanah");
    assert_null(answer(office, "saksi")); // nobody counts them
    flow_progress(&office->flow, office_today, &position, &before);
    office_press(office, FLOW_ROW_ADD, 0);
    assert_string_equal(asked(office), "letak.1");
    flow_progress(&office->flow, office_today, &position, &total);
    assert_int_equal(total, before + 3); // two of the row, and one that rows bring up
    say(office, "Kebun di Palaran");
    assert_string_equal(asked(office), "luas.1");
    office_press(office, FLOW_SKIP, 0);
    assert_string_equal(asked(office), "tanah");
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(asked(office), "nilai");
}

static void
back_goes_through_the_rows(void **state)
{
    struct office *office = *state;
    static const char *const order[] = {"nama_saksi.2", "nik_saksi.2", "nama_saksi.1",
                                        "nik_saksi.1",  "ahli",        "bagian.1",
                                        "hubungan.1",   "nama_ahli.1", "meninggal"};
    begin(office, "waris");
    answer_until(office, "tanah");
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        office_press(office, FLOW_BACK, 0);
        assert_string_equal(asked(office), order[i]);
    }
    answer_until(office, "tanah"); // all is still there
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(asked(office), "sptjm");
}

static void
back_inside_a_row_leads_to_the_list(void **state)
{
    struct office *office = *state;
    begin(office, "waris");
    answer_until(office, "ahli");
    office_press(office, FLOW_ROW_ADD, 0);
    assert_string_equal(asked(office), "nama_ahli.2");
    office_press(office, FLOW_BACK, 0); // not meant: nothing was typed, so it goes again
    assert_string_equal(asked(office), "ahli");
    assert_string_equal(answer(office, "ahli"), "1");
    office_press(office, FLOW_ROW_ADD, 0);
    say(office, "Budi");
    assert_string_equal(asked(office), "hubungan.2");
    office_press(office, FLOW_BACK, 0);
    assert_string_equal(asked(office), "nama_ahli.2");
    assert_string_equal(office->flow.draft, "Budi");
    office_press(office, FLOW_BACK, 0);
    assert_string_equal(asked(office), "ahli");
    assert_string_equal(answer(office, "ahli"), "2"); // begun: it stays
    office_press(office, FLOW_ROW_EDIT, 2);
    assert_string_equal(asked(office), "nama_ahli.2");
    office_press(office, FLOW_BACK, 0);
    office_press(office, FLOW_ROW_EDIT, 1); // of a row that was good before
    office_press(office, FLOW_BACK, 0);
    assert_string_equal(answer(office, "ahli"), "2");
    assert_string_equal(answer(office, "nama_ahli.1"), "Siti Aminah");
}

/* A field that was left half typed counts as begun, and comes back. */
static void
a_draft_keeps_its_row(void **state)
{
    struct office *office = *state;
    begin(office, "waris");
    answer_until(office, "ahli");
    office_press(office, FLOW_ROW_ADD, 0);
    office_type(office, "Bud");
    office_press(office, FLOW_BACK, 0);
    assert_string_equal(answer(office, "ahli"), "2");
    office_press(office, FLOW_NEXT, 0); // a row that is not whole is opened
    assert_string_equal(asked(office), "nama_ahli.2");
    assert_string_equal(office->flow.draft, "Bud");
    assert_int_equal(office->flow.check.problem, PROBLEM_NONE); // something stands there
    office_type(office, "i");
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(asked(office), "hubungan.2");
    office_press(office, FLOW_BACK, 0);
    office_press(office, FLOW_BACK, 0);
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(asked(office), "hubungan.2"); // where it is not whole
    assert_int_equal(office->flow.check.problem, PROBLEM_REQUIRED);
    office_answer(office);
    assert_string_equal(asked(office), "bagian.2");
    assert_true(office->flow.in_row);
}

static void
three_heirs(struct office *office)
{
    begin(office, "waris");
    answer_until(office, "bagian.1");
    say(office, "50");
    add_heir(office, "Budi", "30");
    add_heir(office, "Cici", "20");
    assert_string_equal(answer(office, "ahli"), "3");
}

static void
removing_asks_once(void **state)
{
    struct office *office = *state;
    three_heirs(office);
    office->flow.page = 2;
    office_press(office, FLOW_ROW_REMOVE, 2);
    assert_int_equal(office->flow.removing, 2);
    assert_string_equal(answer(office, "ahli"), "3");
    office_press(office, FLOW_ROW_REMOVE, 0); // "Tidak"
    assert_int_equal(office->flow.removing, 0);
    office_press(office, FLOW_ROW_REMOVE, 2);
    office_press(office, FLOW_ROW_REMOVE, 3); // another one: asked anew
    assert_int_equal(office->flow.removing, 3);
    assert_string_equal(answer(office, "ahli"), "3");
    office_press(office, FLOW_ROW_EDIT, 1);
    office_press(office, FLOW_BACK, 0);
    assert_int_equal(office->flow.removing, 0); // forgotten meanwhile
    office->flow.page = 2;
    office_press(office, FLOW_ROW_REMOVE, 2);
    office_press(office, FLOW_ROW_REMOVE, 2);
    assert_string_equal(answer(office, "ahli"), "2");
    assert_string_equal(answer(office, "nama_ahli.2"), "Cici");
    assert_string_equal(answer(office, "bagian.2"), "20");
    assert_null(answer(office, "nama_ahli.3"));
    assert_int_equal(office->flow.page, 2); // where the finger is
    assert_int_equal(office->flow.removing, 0);
    office_press(office, FLOW_ROW_REMOVE, 1);
    office_press(office, FLOW_ROW_REMOVE, 1);
    assert_string_equal(answer(office, "nama_ahli.1"), "Cici");
    office_press(office, FLOW_ROW_REMOVE, 1); // the last one stays
    office_press(office, FLOW_ROW_REMOVE, 1);
    assert_string_equal(answer(office, "ahli"), "1");
    office_press(office, FLOW_ROW_EDIT, 2); // there is none
    assert_string_equal(asked(office), "ahli");
}

static void
drafts_move_up_with_their_row(void **state)
{
    struct office *office = *state;
    three_heirs(office);
    office_press(office, FLOW_ROW_EDIT, 3);
    office_type(office, "wati");
    office_press(office, FLOW_BACK, 0);
    office_press(office, FLOW_ROW_REMOVE, 2);
    office_press(office, FLOW_ROW_REMOVE, 2);
    office_press(office, FLOW_ROW_EDIT, 2);
    assert_string_equal(office->flow.draft, "Ciciwati");
    office_press(office, FLOW_BACK, 0);
    add_heir(office, "Dedi", "30"); // a new third row knows nothing of the old one
    assert_string_equal(answer(office, "nama_ahli.3"), "Dedi");
}

static void
twenty_rows_fit_and_no_more(void **state)
{
    struct office *office = *state;
    begin(office, "waris");
    answer_until(office, "bagian.1");
    say(office, "5");
    for (int i = 1; i < 20; i++) {
        add_heir(office, "Ani", "5");
    }
    office_press(office, FLOW_ROW_ADD, 0);
    assert_string_equal(asked(office), "ahli");
    assert_string_equal(answer(office, "ahli"), "20");
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(asked(office), "nik_saksi.1");
}

static void
a_rule_over_all_rows_is_told_at_their_list(void **state)
{
    struct office *office = *state;
    three_heirs(office);
    office_press(office, FLOW_ROW_EDIT, 3);
    office_press(office, FLOW_NEXT, 0);
    office_press(office, FLOW_NEXT, 0);
    say(office, "21");
    assert_string_equal(asked(office), "ahli");
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(asked(office), "ahli");
    assert_int_equal(office->flow.check.problem, PROBLEM_CONSTRAINT);
    office_press(office, FLOW_ROW_REMOVE, 3); // another thing: what was said is gone
    assert_int_equal(office->flow.check.problem, PROBLEM_NONE);
    office_press(office, FLOW_ROW_EDIT, 1);
    office_press(office, FLOW_NEXT, 0);
    office_press(office, FLOW_NEXT, 0);
    say(office, "49");
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(asked(office), "nik_saksi.1");
}

static void
a_full_memory_adds_no_row(void **state)
{
    struct office *office = *state;
    char key[SPOT_KEY], longest[ANSWER_BYTES];
    begin(office, "waris");
    answer_until(office, "ahli");
    memset(longest, 'q', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    for (size_t len = sizeof longest - 1; len > 0; len /= 2) {
        longest[len] = '\0';
        for (int i = 0;
             answers_set(office->flow.answers, spot_key("x", (int)len + i, key), longest); i++) {
        }
    }
    office_press(office, FLOW_ROW_ADD, 0);
    assert_string_equal(asked(office), "ahli");
    assert_int_equal(office->flow.check.problem, PROBLEM_TOO_BIG);
    assert_int_equal(office->flow.check.wanted, 1);
}

/* --- from the review --------------------------------------------------------------------- */

static void
an_answer_in_a_row_is_edited(void **state)
{
    struct office *office = *state;
    to_review(office);
    office_press(office, FLOW_EDIT, number_of(office, "hubungan", 1));
    assert_string_equal(asked(office), "hubungan.1");
    office_press(office, FLOW_CHOOSE, 2);
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(asked(office), "hubungan_lain.1"); // brought up
    say(office, "Cucu");
    assert_int_equal(office->flow.place, PLACE_REVIEW);
    assert_string_equal(answer(office, "hubungan_lain.1"), "Cucu");
    // what is not there, or not asked, or in no row, is not opened
    const int64_t none[] = {number_of(office, "hubungan", 2),
                            number_of(office, "hubungan", 0),
                            number_of(office, "nama", 1),
                            number_of(office, "saksi", 0),
                            number_of(office, "nilai", 0),
                            -1,
                            INT64_MAX};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        office_press(office, FLOW_EDIT, none[i]);
        assert_int_equal(office->flow.place, PLACE_REVIEW);
        office_press(office, FLOW_REVEAL, none[i]);
        assert_int_equal(office->flow.reveal, -1);
    }
    office_press(office, FLOW_REVEAL, number_of(office, "nik_saksi", 2));
    assert_int_equal(office->flow.reveal, number_of(office, "nik_saksi", 2));
}

static void
a_list_is_edited_and_leads_back(void **state)
{
    struct office *office = *state;
    to_review(office);
    office_press(office, FLOW_EDIT, number_of(office, "tanah", 0));
    assert_string_equal(asked(office), "tanah");
    office_press(office, FLOW_ROW_ADD, 0);
    say(office, "Kebun");
    say(office, "120");
    assert_string_equal(asked(office), "tanah");
    assert_true(office->flow.editing);
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(asked(office), "nilai"); // the rows brought it up
    office_answer(office);
    assert_int_equal(office->flow.place, PLACE_REVIEW);
    office_press(office, FLOW_BACK, 0);
    assert_string_equal(asked(office), "kabar_wa");
}

/* What is left open in a list stops the sending, and is opened. */
static void
an_incomplete_row_is_not_sent(void **state)
{
    struct office *office = *state;
    to_review(office);
    office_press(office, FLOW_EDIT, number_of(office, "tanah", 0));
    office_press(office, FLOW_ROW_ADD, 0);
    office_type(office, "Kebun");
    office_press(office, FLOW_BACK, 0);
    office_press(office, FLOW_BACK, 0);
    assert_int_equal(office->flow.place, PLACE_REVIEW);
    office_press(office, FLOW_AGREE, 0);
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->effects[EFFECT_SUBMIT], 0);
    assert_string_equal(asked(office), "letak.1");
    assert_string_equal(office->flow.draft, "Kebun");
}

/* A row more, or less, is another wording of the request. */
static void
rows_unseal_what_was_sealed(void **state)
{
    struct office *office = *state;
    to_review(office);
    office_press(office, FLOW_AGREE, 0);
    office_press(office, FLOW_NEXT, 0);
    office_saved(office, SUBMIT_CLOSED, "");
    assert_string_not_equal(office->flow.id, "");
    office_press(office, FLOW_EDIT, number_of(office, "tanah", 0));
    office_press(office, FLOW_NEXT, 0); // looked at
    assert_string_not_equal(office->flow.id, "");
    office_press(office, FLOW_EDIT, number_of(office, "tanah", 0));
    office_press(office, FLOW_ROW_ADD, 0);
    assert_string_equal(office->flow.id, "");
    assert_string_not_equal(office->flow.replaces, "");
}

/* --- presets, soft rules, statements -------------------------------------------------------- */

static void
a_field_begins_with_what_is_supposed(void **state)
{
    struct office *office = *state;
    begin(office, "waris");
    say(office, nik);
    office_answer(office);
    assert_string_equal(asked(office), "tgl_lahir");
    assert_string_equal(office->flow.draft, "17081990");
    assert_null(answer(office, "tgl_lahir")); // supposed is not answered
    office_press(office, FLOW_BACK, 0);
    office_press(office, FLOW_BACK, 0);
    say(office, "3404014107850009"); // another one: the supposition follows
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(office->flow.draft, "01071985");
    say(office, "02071985"); // corrected: warned about, then it stands
    assert_int_equal(office->flow.check.problem, PROBLEM_BIRTH);
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(asked(office), "perempuan");
    assert_string_equal(office->flow.draft, "yes");
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(answer(office, "perempuan"), "yes");
    office_press(office, FLOW_BACK, 0);
    office_press(office, FLOW_BACK, 0);
    assert_string_equal(office->flow.draft, "02071985");
    office_press(office, FLOW_ERASE, 0); // a half typed correction is kept, too
    office_press(office, FLOW_BACK, 0);
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(office->flow.draft, "0207198");
}

static void
a_soft_rule_is_said_once(void **state)
{
    struct office *office = *state;
    begin(office, "waris");
    answer_until(office, "meninggal");
    say(office, "02012010");
    assert_string_equal(asked(office), "meninggal");
    assert_int_equal(office->flow.check.problem, PROBLEM_SOFT_CONSTRAINT);
    assert_int_equal(office->arg[EFFECT_SOUND], SOUND_ERROR);
    say(office, "03012010"); // another day: said again
    assert_int_equal(office->flow.check.problem, PROBLEM_SOFT_CONSTRAINT);
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(asked(office), "nama_ahli.1");
    assert_string_equal(answer(office, "meninggal"), "2010-01-03");
    // it never stops the sending
    while (office->flow.place == PLACE_QUESTION) {
        office_answer(office);
    }
    office_press(office, FLOW_AGREE, 0);
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->effects[EFFECT_SUBMIT], 1);
}

static void
a_statement_must_be_accepted_and_a_consent_answered(void **state)
{
    struct office *office = *state;
    begin(office, "waris");
    answer_until(office, "sptjm");
    assert_string_equal(office->flow.draft, ""); // no box is ticked beforehand
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->flow.check.problem, PROBLEM_REQUIRED);
    assert_int_equal(office->flow.page, FLOW_LAST_PAGE); // where the box is
    office_press(office, FLOW_SKIP, 0);
    assert_string_equal(asked(office), "sptjm");
    office_press(office, FLOW_CHOOSE, 0);
    office_press(office, FLOW_CHOOSE, 0); // taken back
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(asked(office), "sptjm");
    office_press(office, FLOW_CHOOSE, 0);
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(asked(office), "kabar_wa");
    assert_string_equal(office->flow.draft, "");
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(asked(office), "kabar_wa");
    office_press(office, FLOW_CHOOSE, 1);
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->flow.place, PLACE_REVIEW);
    assert_string_equal(answer(office, "sptjm"), "yes");
    assert_string_equal(answer(office, "kabar_wa"), "no");
}

/* In which language it was read is part of what was accepted: read in another one, it is
 * another wording. */
static void
the_language_of_a_consent_is_that_of_its_screen(void **state)
{
    struct office *office = *state;
    begin(office, "waris");
    answer_until(office, "kabar_wa");
    office_press(office, FLOW_LANGUAGE, LANGUAGE_JV);
    office_press(office, FLOW_CHOOSE, 0);
    office_press(office, FLOW_NEXT, 0);
    office_press(office, FLOW_LANGUAGE, LANGUAGE_EN);
    assert_string_equal(answer(office, "@sptjm"), "0"); // Indonesian
    assert_string_equal(answer(office, "@kabar_wa"), "3");
    assert_null(answer(office, "@nik"));
    office_press(office, FLOW_AGREE, 0);
    office_press(office, FLOW_NEXT, 0);
    office_saved(office, SUBMIT_CLOSED, "");
    office_press(office, FLOW_EDIT, number_of(office, "kabar_wa", 0));
    office_press(office, FLOW_BACK, 0); // looked at
    assert_string_not_equal(office->flow.id, "");
    office_press(office, FLOW_EDIT, number_of(office, "kabar_wa", 0));
    office_press(office, FLOW_NEXT, 0);
    assert_string_equal(answer(office, "@kabar_wa"), "1");
    assert_string_equal(office->flow.id, "");
}

/* Who helped is part of the request, stays for the next one, and goes with the visit. */
static void
who_fills_it_in_is_recorded(void **state)
{
    struct office *office = *state;
    office_press(office, FLOW_COVER, COVER_FILLED); // of nothing yet
    assert_int_equal(office->flow.cover, COVER_NONE);
    to_review(office);
    assert_int_equal(office->flow.filled_by, FILLED_SELF);
    office_press(office, FLOW_AGREE, 0);
    office_press(office, FLOW_NEXT, 0);
    office_saved(office, SUBMIT_CLOSED, "");
    assert_string_not_equal(office->flow.id, "");
    office_press(office, FLOW_FILLED, FILLED_OFFICER); // not from the review itself
    assert_int_equal(office->flow.filled_by, FILLED_SELF);
    office_press(office, FLOW_COVER, COVER_FILLED);
    office_press(office, FLOW_FILLED, FILLED_COUNT);
    office_press(office, FLOW_FILLED, FILLED_SELF);
    assert_int_equal(office->flow.cover, COVER_NONE);
    assert_string_not_equal(office->flow.id, ""); // the same as before
    office_press(office, FLOW_COVER, COVER_FILLED);
    office_press(office, FLOW_FILLED, FILLED_COMPANION);
    assert_int_equal(office->flow.filled_by, FILLED_COMPANION);
    assert_int_equal(office->flow.place, PLACE_REVIEW);
    assert_string_equal(office->flow.id, ""); // another wording
    office_press(office, FLOW_NEXT, 0);
    office_saved(office, SUBMIT_SAVED, "");
    office_press(office, FLOW_ANOTHER, 0);
    assert_int_equal(office->flow.filled_by, FILLED_COMPANION);
    office_press(office, FLOW_BACK, 0);
    assert_int_equal(office->flow.filled_by, FILLED_SELF);
    assert_true(office_is_clean(office));
}

/* --- a second errand ----------------------------------------------------------------------- */

static bool
is_in_memory(const struct office *office, const char *text)
{
    const char *bytes = (const char *)office->flow.answers; // the first allocation
    return memmem(bytes, secret_used(office->memory), text, strlen(text)) != NULL;
}

/* Filed, with "Rahasia" wherever a name is not asked once in a visit. */
static void
file_first(struct office *office)
{
    begin(office, "waris");
    while (office->flow.place == PLACE_QUESTION) {
        if (strncmp(asked(office), "nama_", 5) == 0) {
            say(office, "Rahasia");
        } else {
            office_answer(office);
        }
    }
    assert_true(is_in_memory(office, "Rahasia"));
    assert_true(answers_set(office->flow.drafts, "nilai", "Setengah")); // begun, then not asked
    office_press(office, FLOW_AGREE, 0);
    office_press(office, FLOW_NEXT, 0);
    office_saved(office, SUBMIT_SAVED, "");
    assert_int_equal(office->flow.place, PLACE_DONE);
}

static void
a_second_errand_knows_what_is_asked_once(void **state)
{
    struct office *office = *state;
    file_first(office);
    static const char *const gone[] = {"Rahasia",    "Setengah",     "1990-08-17", "17081990",
                                       "2020-08-17", "sptjm",        "kabar_wa",   "bagian",
                                       "100",        "6472031708600"};
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
        assert_false(is_in_memory(office, gone[i]));
    }
    assert_true(is_in_memory(office, nik));
    assert_true(is_in_memory(office, "7K3F-9QXM")); // on the screen
    office_press(office, FLOW_ANOTHER, 0);
    assert_int_equal(office->flow.place, PLACE_GROUP);
    assert_false(is_in_memory(office, "7K3F-9QXM"));
    assert_string_equal(office->flow.id, "");
    begin(office, "pindah");
    assert_string_equal(asked(office), "hp"); // may be left out: asked, with the answer in it
    assert_string_equal(office->flow.draft, "081234568488");
    assert_string_equal(answer(office, "nik"), nik);
    assert_string_equal(answer(office, "nama"), "Siti Aminah");
    assert_null(answer(office, "hp"));
    office_press(office, FLOW_BACK, 0);
    assert_string_equal(asked(office), "nama"); // there to be seen and changed
    assert_string_equal(office->flow.draft, "Siti Aminah");
    office_press(office, FLOW_NEXT, 0);
    office_press(office, FLOW_SKIP, 0);             // this office need not have it
    assert_string_equal(asked(office), "nik_ayah"); // somebody else
    assert_string_equal(office->flow.draft, "");
    assert_string_equal(answer(office, "hp"), "");
    say(office, "6472031708600001");
    say(office, "Ali");
    office_press(office, FLOW_ROW_ADD, 0);
    assert_string_equal(asked(office), "nik_ikut.1");
    assert_string_equal(office->flow.draft, ""); // who moves along is nobody known
    office_press(office, FLOW_HOME, 0);
    office_press(office, FLOW_CANCEL_YES, 0);
    assert_true(office_is_clean(office));
    assert_false(is_in_memory(office, nik));
}

/* A consent is of one request: the second one asks anew. */
static void
a_consent_does_not_travel(void **state)
{
    struct office *office = *state;
    file_first(office);
    office_press(office, FLOW_ANOTHER, 0);
    begin(office, "waris");
    assert_string_equal(asked(office), "tgl_lahir"); // NIK and name are known
    assert_string_equal(office->flow.draft, "17081990");
    answer_until(office, "sptjm");
    assert_string_equal(office->flow.draft, "");
}

/* A known answer that is not good here is asked. */
static void
what_is_not_good_here_is_asked(void **state)
{
    struct office *office = *state;
    file_first(office);
    office_press(office, FLOW_ANOTHER, 0);
    assert_true(answers_set(office->flow.kept, "nik", "6472031708900000"));
    begin(office, "pindah");
    assert_string_equal(asked(office), "nik");
    assert_string_equal(office->flow.draft, "6472031708900000"); // and shown
    office_press(office, FLOW_NEXT, 0);
    assert_int_equal(office->flow.check.problem, PROBLEM_NIK_SERIAL);
}

static void
leaving_after_a_first_errand_forgets_all(void **state)
{
    struct office *office = *state;
    file_first(office);
    office_press(office, FLOW_ANOTHER, 0);
    office_press(office, FLOW_BACK, 0); // home, with nothing to lose
    assert_int_equal(office->flow.place, PLACE_HOME);
    assert_false(is_in_memory(office, nik));
    file_first(office);
    office_press(office, FLOW_ANOTHER, 0);
    office_wait(office, OFFICE_IDLE + OFFICE_WARNING);
    assert_true(office_is_clean(office));
    file_first(office);
    office_press(office, FLOW_DONE, 0);
    assert_true(office_is_clean(office));
}

static int
open_office(void **state)
{
    static struct office office;
    office_open_at(&office, folder);
    *state = &office;
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_office, office_tear_down)

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        TEST(rows_are_asked_and_then_listed),
        TEST(back_goes_through_the_rows),
        TEST(back_inside_a_row_leads_to_the_list),
        TEST(a_draft_keeps_its_row),
        TEST(removing_asks_once),
        TEST(drafts_move_up_with_their_row),
        TEST(twenty_rows_fit_and_no_more),
        TEST(a_rule_over_all_rows_is_told_at_their_list),
        TEST(a_full_memory_adds_no_row),
        TEST(an_answer_in_a_row_is_edited),
        TEST(a_list_is_edited_and_leads_back),
        TEST(an_incomplete_row_is_not_sent),
        TEST(rows_unseal_what_was_sealed),
        TEST(a_field_begins_with_what_is_supposed),
        TEST(a_soft_rule_is_said_once),
        TEST(a_statement_must_be_accepted_and_a_consent_answered),
        TEST(the_language_of_a_consent_is_that_of_its_screen),
        TEST(who_fills_it_in_is_recorded),
        TEST(a_second_errand_knows_what_is_asked_once),
        TEST(a_consent_does_not_travel),
        TEST(what_is_not_good_here_is_asked),
        TEST(leaving_after_a_first_errand_forgets_all),
    };
    assert_true(argc == 2);
    folder = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
