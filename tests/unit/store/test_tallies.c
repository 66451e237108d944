/* The day's numbers: added up, told whole, told again when they changed, forgotten when the
 * portal has them. */
#include "help.h"

#include "store/tallies.h"

static char told[64 * TALLY_NAMES];

static void
note(void *context, const char *name, int64_t count)
{
    (void)context;
    size_t len = strlen(told);
    snprintf(told + len, sizeof told - len, "%s=%lld ", name, (long long)count);
}

static const char *
numbers_of(struct store *store, int32_t day)
{
    told[0] = '\0';
    assert_int_equal(tally_each(store, day, note, NULL), STORE_OK);
    return told;
}

static void
numbers_add_up(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store = place_open(&place);
    int32_t day = 0;
    int64_t changes;
    assert_int_equal(tally_untold(store, &day, &changes), STORE_NONE);
    assert_int_equal(tally_add(store, 20, "visit/done skm/sku/u2/4"), STORE_OK);
    assert_int_equal(tally_add(store, 20, "  visit/done=3  step/nik=41 "), STORE_OK);
    assert_int_equal(tally_add(store, 21, "visit/idle"), STORE_OK);
    assert_int_equal(tally_add(store, 21, ""), STORE_OK);
    assert_string_equal(numbers_of(store, 20), "skm/sku/u2/4=1 step/nik=41 visit/done=4 ");
    assert_string_equal(numbers_of(store, 21), "visit/idle=1 ");
    assert_string_equal(numbers_of(store, 22), "");
    assert_int_equal(tally_untold(store, &day, &changes), STORE_OK);
    assert_int_equal(day, 20);
    assert_int_equal(changes, 2);
    // counted on while it was on its way: told again
    assert_int_equal(tally_add(store, 20, "visit/done"), STORE_OK);
    assert_int_equal(tally_told(store, 20, 2), STORE_OK);
    day = 0;
    assert_int_equal(tally_untold(store, &day, &changes), STORE_OK);
    assert_int_equal(changes, 3);
    assert_int_equal(tally_told(store, 20, 3), STORE_OK);
    assert_int_equal(tally_untold(store, &day, &changes), STORE_OK);
    assert_int_equal(day, 21);
    // forgotten only when told
    assert_int_equal(tally_forget(store, 30), STORE_OK);
    assert_string_equal(numbers_of(store, 20), "");
    assert_string_equal(numbers_of(store, 21), "visit/idle=1 ");
    store_close(store);
    store = place_open(&place); // and all of it is on disk
    assert_string_equal(numbers_of(store, 21), "visit/idle=1 ");
    store_close(store);
    place_remove(&place);
}

/* The portal takes none of day 20: the days after it are told all the same, and it comes again. */
static void
a_refused_day_holds_back_no_other(void **state)
{
    (void)state;
    static const int32_t turns[] = {20, 21, 22, 20, 22, 20, 20};
    struct place place = place_make();
    struct store *store = place_open(&place);
    int32_t day = 0;
    int64_t changes;
    for (int32_t i = 20; i < 23; i++) {
        assert_int_equal(tally_add(store, i, "visit/done"), STORE_OK);
    }
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        assert_int_equal(tally_untold(store, &day, &changes), STORE_OK);
        assert_int_equal(day, turns[i]);
        if (day == 21 || i == 4) {
            assert_int_equal(tally_told(store, day, changes), STORE_OK);
        }
    }
    store_close(store);
    place_remove(&place);
}

static void
what_is_no_name_is_not_counted(void **state)
{
    (void)state;
    static const char *const names[] = {
        "/",       "a/", "/a", "a//b", "A", "a.b", "a=0", "a=-1", "=3", "a=x", "a/b/c/d/e/f/g/h/i",
        "a=100001"};
    struct place place = place_make();
    struct store *store = place_open(&place);
    char longest[TALLY_NAME + 8];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_int_equal(tally_add(store, 20, names[i]), STORE_OK);
    }
    memset(longest, 'a', sizeof longest);
    longest[TALLY_NAME] = '\0';
    assert_int_equal(tally_add(store, 20, longest), STORE_OK);
    assert_string_equal(numbers_of(store, 20), "");
    int32_t day = 0;
    int64_t changes;
    assert_int_equal(tally_untold(store, &day, &changes), STORE_NONE); // nothing to tell
    longest[TALLY_NAME - 1] = '\0';
    assert_int_equal(tally_add(store, 20, longest), STORE_OK);
    assert_int_equal(tally_add(store, 20, "a/b/c/d/e/f/g/h x_1-2=100000"), STORE_OK);
    assert_true(strstr(numbers_of(store, 20), "a/b/c/d/e/f/g/h=1 ") != NULL);
    store_close(store);
    place_remove(&place);
}

static int64_t names_held;

static void
count_one(void *context, const char *name, int64_t count)
{
    (void)context;
    (void)name;
    (void)count;
    names_held++;
}

/* A face gone mad cannot fill the disk. */
static void
names_of_a_day_are_bounded(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store = place_open(&place);
    for (int i = 0; i < TALLY_NAMES + 20; i++) {
        char name[16];
        snprintf(name, sizeof name, "n%d", i);
        assert_int_equal(tally_add(store, 20, name), STORE_OK);
    }
    names_held = 0;
    assert_int_equal(tally_each(store, 20, count_one, NULL), STORE_OK);
    assert_int_equal(names_held, TALLY_NAMES);
    assert_int_equal(tally_add(store, 20, "n0 n1019"), STORE_OK); // those there go on
    assert_true(strstr(numbers_of(store, 20), "n0=2 ") != NULL);
    store_close(store);
    place_remove(&place);
}

/* Long forms do not crowd out what people think. */
static void
steps_leave_room(void **state)
{
    (void)state;
    struct place place = place_make();
    struct store *store = place_open(&place);
    static const char *const kinds[] = {"step", "seen", "error"};
    for (int i = 0; i < TALLY_NAMES; i++) {
        char name[24];
        snprintf(name, sizeof name, "%s/n%d", kinds[i % 3], i);
        assert_int_equal(tally_add(store, 20, name), STORE_OK);
    }
    names_held = 0;
    assert_int_equal(tally_each(store, 20, count_one, NULL), STORE_OK);
    assert_int_equal(names_held, TALLY_STEP_NAMES);
    assert_int_equal(tally_add(store, 20, "skm/sku/u2/4 step/new step/n0"), STORE_OK);
    names_held = 0;
    assert_int_equal(tally_each(store, 20, count_one, NULL), STORE_OK);
    assert_int_equal(names_held, TALLY_STEP_NAMES + 1);
    assert_non_null(strstr(numbers_of(store, 20), "skm/sku/u2/4=1 "));
    store_close(store);
    place_remove(&place);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_add_up),
        cmocka_unit_test(a_refused_day_holds_back_no_other),
        cmocka_unit_test(what_is_no_name_is_not_counted),
        cmocka_unit_test(names_of_a_day_are_bounded),
        cmocka_unit_test(steps_leave_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
