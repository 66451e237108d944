/* An office's file that is good for the loader is good for the sockets: the longest texts,
 * in letters of four bytes, reach the face and the technician. */
#include "stand.h"

#include <string.h>

static const char *source;

static void
the_longest_texts_are_told(void **state)
{
    static struct stand stand;
    (void)state;
    stand_make(&stand, source, &(struct stand_world){.office = "unit/desk/longest"});
    stand_open(&stand);
    stand_status(&stand);
    stand_close(&stand);
}

/* A file in the place of another office's: its counters stay closed. */
static void
another_office_is_not_taken(void **state)
{
    static struct stand stand;
    char number[16];
    (void)state;
    stand_make(&stand, source, &(struct stand_world){.office = "unit/desk/other"});
    stand_open(&stand);
    assert_int_equal(stand_ticket(&stand, "A", false, number).result, TICKET_CLOSED);
    stand_close(&stand);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_texts_are_told),
        cmocka_unit_test(another_office_is_not_taken),
    };
    assert_true(argc == 2);
    source = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
