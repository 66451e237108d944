#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/id.h"
#include "office.h"

/* Asked at once, then every few seconds, for as long as the page is open. */
static void
what_comes_is_counted(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_PHOTOS);
    int asked = office->effects[EFFECT_LOOKUP], sounds = 0;
    for (int count = 0; count <= 6; count++) {
        office_wait(office, count == 0 ? 0 : FLOW_PHOTOS_POLL);
        assert_int_equal(office->effects[EFFECT_LOOKUP], ++asked);
        assert_int_equal(office->arg[EFFECT_LOOKUP], ASK_PHOTOS);
        sounds = office->effects[EFFECT_SOUND];
        office_photos(office, PHOTOS_OPEN, count);
        assert_int_equal(office->effects[EFFECT_SOUND] - sounds, count > 0); // it is heard
        assert_int_equal(office->flow.photos.count, count);
        assert_int_equal(office->flow.photos.most, 6);
        assert_int_equal(office->flow.place, PLACE_PHOTOS);
    }
    office_press(office, FLOW_BACK, 0);
    office_wait(office, 2 * FLOW_PHOTOS_POLL);
    assert_int_equal(office->effects[EFFECT_LOOKUP], asked);
}

/* The answer to a question of an earlier page or visit says nothing here. */
static void
another_s_answer_is_none(void **state)
{
    struct office *office = *state;
    struct photos_answer answer = {.state = PHOTOS_OPEN, .count = 3, .most = 6};
    office_reach(office, PLACE_PHOTOS);
    office_wait(office, 0);
    int64_t request = office->flow.photos.poll_request;
    assert_int_not_equal(request, 0);
    const int64_t others[] = {0, request - 1, request + 1};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        office_step(office, (struct flow_event){.kind = FLOW_PHOTOS_ANSWER,
                                                .photos = {others[i], &answer}});
        assert_int_equal(office->flow.photos.count, 0);
        assert_int_equal(office->flow.photos.state, PHOTOS_UNHEARD);
    }
    office_photos(office, PHOTOS_OPEN, 3);
    assert_int_equal(office->flow.photos.count, 3);
}

static void
a_broken_line_forgets_nothing(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_PHOTOS);
    office_wait(office, 0);
    office_photos(office, PHOTOS_OPEN, 2);
    office_wait(office, FLOW_PHOTOS_POLL);
    office_photos(office, PHOTOS_BROKEN, 0);
    assert_int_equal(office->flow.photos.state, PHOTOS_BROKEN);
    assert_int_equal(office->flow.photos.count, 2);
    office_wait(office, FLOW_PHOTOS_POLL);
    office_photos(office, PHOTOS_OPEN, 2);
    assert_int_equal(office->flow.photos.state, PHOTOS_OPEN);
    // no answer at all is as bad, and it is asked again
    office_wait(office, FLOW_PHOTOS_POLL);
    int asked = office->effects[EFFECT_LOOKUP];
    office_wait(office, OFFICE_PATIENCE);
    assert_int_equal(office->flow.photos.state, PHOTOS_BROKEN);
    assert_int_equal(office->effects[EFFECT_LOOKUP], asked + 1);
    // without a desk nothing is asked; with one again it goes on
    office_desk(office, FLOW_DESK_DOWN);
    asked = office->effects[EFFECT_LOOKUP];
    office_wait(office, 2 * OFFICE_PATIENCE);
    assert_int_equal(office->effects[EFFECT_LOOKUP], asked);
    office_desk(office, FLOW_DESK_UP);
    office_wait(office, FLOW_PHOTOS_POLL);
    assert_int_equal(office->effects[EFFECT_LOOKUP], asked + 1);
}

/* Who takes photos does not touch the screen; who has gone sends none. */
static void
a_photo_puts_the_idle_prompt_off(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_PHOTOS);
    for (int64_t gone = 0; gone < OFFICE_IDLE - FLOW_PHOTOS_POLL; gone += FLOW_PHOTOS_POLL) {
        office_wait(office, gone == 0 ? 0 : FLOW_PHOTOS_POLL);
        office_photos(office, PHOTOS_OPEN, 0);
    }
    office_wait(office, FLOW_PHOTOS_POLL);
    office_photos(office, PHOTOS_OPEN, 1);
    assert_int_equal(office->flow.cover, COVER_NONE);
    for (int64_t gone = 0; gone < OFFICE_IDLE; gone += FLOW_PHOTOS_POLL) {
        assert_int_equal(office->flow.cover, COVER_NONE);
        office_wait(office, FLOW_PHOTOS_POLL);
        office_photos(office, PHOTOS_OPEN, 1); // none came
    }
    assert_int_equal(office->flow.cover, COVER_IDLE);
    office_wait(office, OFFICE_WARNING);
    assert_int_equal(office->flow.place, PLACE_HOME);
    assert_true(office_is_clean(office));
}

/* Its pass belongs to the request: not to the next errand, nor to what is mended. */
static void
another_errand_has_no_pass(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_PHOTOS);
    office_print(office, office->request[EFFECT_SUBMIT], PRINT_DONE);
    office_press(office, FLOW_BACK, 0);
    assert_string_equal(office->flow.pass, office_pass);
    assert_int_equal(office->flow.ticket.print, PRINT_DONE); // the paper is told of there too
    office_press(office, FLOW_ANOTHER, 0);
    assert_string_equal(office->flow.pass, "");
    strcpy(office->flow.pass, office_pass);
    office_press(office, FLOW_SERVICE, office_service(office, "ktp"));
    assert_string_equal(office->flow.pass, "");
}

static void
the_survey_comes_after_it(void **state)
{
    struct office *office = *state;
    office_reach(office, PLACE_PHOTOS);
    office_print(office, office->request[EFFECT_SUBMIT], PRINT_DONE);
    office_press(office, FLOW_DONE, 0);
    assert_int_equal(office->flow.place, PLACE_SURVEY);
    assert_string_equal(office->flow.pass, "");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, office_set_up, office_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_comes_is_counted),         TEST(another_s_answer_is_none),
        TEST(a_broken_line_forgets_nothing), TEST(a_photo_puts_the_idle_prompt_off),
        TEST(another_errand_has_no_pass),    TEST(the_survey_comes_after_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
