/* The questions that were sent back, as a form of their own. The folder is the small catalogue of
 * test_rows.c. */
#include "help.h"

#include "form/expression.h"
#include "form/mending.h"
#include "form/spot.h"

static struct catalogue *catalogue;

static const struct question *
find(const struct mending *mending, const char *name)
{
    const struct question *question = service_question(&mending->service, name);
    if (question == NULL) {
        fail_msg("no question %s", name);
    }
    return question;
}

static size_t
count_top(const struct service *service)
{
    size_t count = 0;
    for (size_t i = 0; i < service->question_count; i++) {
        count += service->questions[i].repeat < 0;
    }
    return count;
}

/* Each question of each service, one at a time: it stands alone, whatever it looked at before. */
static void
each_question_stands_alone(void **state)
{
    (void)state;
    static struct mending mending;
    const struct service *services;
    size_t count = catalogue_services(catalogue, &services), seen = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < services[i].question_count; k++) {
            const struct question *question = &services[i].questions[k];
            if (question->repeat >= 0) {
                assert_false(mending_make(&mending, &services[i], &question->name, 1));
                continue;
            }
            assert_true(mending_make(&mending, &services[i], &question->name, 1));
            assert_int_equal(count_top(&mending.service), 1);
            const struct question *copy = find(&mending, question->name);
            assert_true(copy->relevant == NULL && copy->preset == NULL && !copy->reuse);
            assert_true(copy->constraint == NULL || !expression_asks(copy->constraint));
            assert_int_equal(copy->type, question->type);
            struct spot first = spot_after(&mending.service, SPOT_NONE, NULL, "2026-11-24");
            assert_true(first.question >= 0); // it is asked
            seen++;
        }
    }
    assert_true(seen > 10);
}

static void
a_repeat_comes_with_its_rows(void **state)
{
    (void)state;
    static struct mending mending;
    const struct service *services;
    size_t count = catalogue_services(catalogue, &services), seen = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < services[i].question_count; k++) {
            const struct question *repeat = &services[i].questions[k];
            if (repeat->type != QUESTION_REPEAT) {
                continue;
            }
            assert_true(mending_make(&mending, &services[i], &repeat->name, 1));
            size_t own = k - (size_t)repeat->first + 1;
            assert_int_equal(mending.service.question_count, own);
            assert_int_equal(mending.questions[own - 1].first, 0);
            for (size_t q = 0; q + 1 < own; q++) {
                assert_int_equal(mending.questions[q].repeat, own - 1);
                assert_true(mending.questions[q].relevant == NULL);
            }
            seen++;
        }
    }
    assert_true(seen > 0);
}

static void
what_cannot_be_mended_is_refused(void **state)
{
    (void)state;
    static struct mending mending;
    const struct service *services;
    catalogue_services(catalogue, &services);
    const char *first = services[0].questions[0].name;
    const char *twice[] = {first, first}, *strange[] = {first, "tidak_ada"};
    assert_false(mending_make(&mending, &services[0], NULL, 0));
    assert_false(mending_make(&mending, &services[0], strange, 2));
    assert_false(mending_make(&mending, &services[0], twice, 2));
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_question_stands_alone),
        cmocka_unit_test(a_repeat_comes_with_its_rows),
        cmocka_unit_test(what_cannot_be_mended_is_refused),
    };
    struct fault fault = {""};
    assert_true(argc == 2);
    catalogue = catalogue_load_folder(argv[1], &fault);
    if (catalogue == NULL) {
        fprintf(stderr, "%s\n", fault.text);
        return 1;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    catalogue_destroy(catalogue);
    return failed;
}
