#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "type/qr.h"

static uint8_t modules[QR_MAX];

/* The three corner squares that every reader looks for. */
static void
assert_finder(int side, int x, int y)
{
    for (int row = 0; row < 7; row++) {
        for (int column = 0; column < 7; column++) {
            int ring = row < 3 ? row : 6 - row, other = column < 3 ? column : 6 - column;
            ring = ring < other ? ring : other;
            assert_int_equal(modules[(y + row) * side + x + column], ring != 1);
        }
    }
}

static void
a_code_has_its_three_corners(void **state)
{
    (void)state;
    int side = qr_encode("https://santer.example/t/#abc", modules);
    assert_int_equal(side, 29); // version 3-M holds 42 bytes
    assert_finder(side, 0, 0);
    assert_finder(side, side - 7, 0);
    assert_finder(side, 0, side - 7);
    for (int i = 0; i < side * side; i++) {
        assert_true(modules[i] <= 1);
    }
}

static void
versions_grow_to_eighteen(void **state)
{
    (void)state;
    static const struct {
        int len, side;
    } rows[] = {{1, 21},   {14, 21},  {15, 25}, {122, 45}, {152, 49},
                {153, 53}, {560, 89}, {561, 0}, {4000, 0}, {0, 0}};
    char text[4001];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        memset(text, 'a', sizeof text);
        text[rows[i].len] = '\0';
        assert_int_equal(qr_encode(text, modules), rows[i].side);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_has_its_three_corners),
        cmocka_unit_test(versions_grow_to_eighteen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
