/* Looking for a service: in a group of many, with a keyboard that opens and closes. */
#include "office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { KEYBOARD = 8 /* a bit of the keyboard's, which the flow cannot read */ };

static const char *folder;
static struct office office;
static struct catalogue *shipped;

/* With the catalogue that is installed. */
static int
set_up(void **state)
{
    (void)state;
    struct fault fault;
    office_open(&office);
    shipped = catalogue_load_folder(folder, &fault);
    flow_adopt(&office.flow, shipped);
    return shipped == NULL;
}

static int
tear_down(void **state)
{
    (void)state;
    office_close(&office);
    catalogue_destroy(shipped);
    return 0;
}

static int
index_of(const char *id)
{
    const struct service *list;
    size_t count = catalogue_services(shipped, &list);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].id, id) == 0) {
            return (int)i;
        }
    }
    fail_msg("no service %s", id);
    return -1;
}

static void
back_closes_the_search_first(void **state)
{
    (void)state;
    struct flow *flow = &office.flow;
    office_press(&office, FLOW_GROUP, 0);
    assert_int_equal(flow->place, PLACE_GROUP);
    assert_true(flow_searches(flow));
    office_press(&office, FLOW_LAYER, KEYBOARD | FLOW_LAYER_KEPT);
    office_type(&office, "hajatan");
    office_press(&office, FLOW_PAGE, 1);
    assert_string_equal(flow->search, "hajatan");
    assert_int_equal(flow->caret, 7);
    office_press(&office, FLOW_BACK, 0);
    assert_int_equal(flow->place, PLACE_GROUP);
    assert_string_equal(flow->search, "");
    assert_int_equal(flow->layer, FLOW_LAYER_KEPT); // the order of the letters stays
    assert_int_equal(flow->page, 0);
    office_press(&office, FLOW_LAYER, KEYBOARD);
    office_press(&office, FLOW_BACK, 0); // opened, nothing typed
    assert_int_equal(flow->place, PLACE_GROUP);
    assert_int_equal(flow->layer, 0);
    office_press(&office, FLOW_BACK, 0);
    assert_int_equal(flow->place, PLACE_HOME);
}

/* What was found is still there when one looked at it and comes back; the next list begins
 * anew. */
static void
a_search_outlives_a_look(void **state)
{
    (void)state;
    struct flow *flow = &office.flow;
    office_press(&office, FLOW_GROUP, 0);
    office_press(&office, FLOW_LAYER, KEYBOARD);
    office_type(&office, "hajatan");
    office_press(&office, FLOW_SERVICE, index_of("sik"));
    assert_int_equal(flow->place, PLACE_SERVICE);
    office_press(&office, FLOW_BACK, 0);
    assert_int_equal(flow->place, PLACE_GROUP);
    assert_string_equal(flow->search, "hajatan");
    office_press(&office, FLOW_SERVICE, index_of("sik"));
    office_press(&office, FLOW_NEXT, 0);
    assert_int_equal(flow->place, PLACE_OFFICE);
    assert_string_equal(flow->search, ""); // all kelurahan, not those with "hajatan"
    assert_int_equal(flow->layer, 0);
    office_press(&office, FLOW_BACK, 0);
    office_press(&office, FLOW_BACK, 0);
    office_press(&office, FLOW_BACK, 0);
    assert_int_equal(flow->place, PLACE_HOME);
    office_press(&office, FLOW_GROUP, 0);
    office_type(&office, "usaha");
    office_press(&office, FLOW_HOME, 0);
    office_press(&office, FLOW_GROUP, 0);
    assert_string_equal(flow->search, "");
}

/* A few services are seen at a glance: there is nothing to type into. */
static void
a_short_group_takes_no_letters(void **state)
{
    (void)state;
    struct office small;
    office_open(&small);
    office_press(&small, FLOW_GROUP, 0);
    assert_int_equal(small.flow.place, PLACE_GROUP);
    assert_false(flow_searches(&small.flow));
    office_type(&small, "sku");
    assert_string_equal(small.flow.search, "");
    assert_null(flow_field(&small.flow));
    office_press(&small, FLOW_BACK, 0);
    assert_int_equal(small.flow.place, PLACE_HOME);
    office_close(&small);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        TEST(back_closes_the_search_first),
        TEST(a_search_outlives_a_look),
        TEST(a_short_group_takes_no_letters),
    };
    assert_true(argc == 2);
    folder = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
