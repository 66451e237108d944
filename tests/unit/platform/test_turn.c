#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "platform/turn.h"

enum { WIDTH = 5, HEIGHT = 3, PIXELS = WIDTH * HEIGHT };

/* The picture is 0 1 2 3 4 / 5 6 7 8 9 / 10 ...; what shows, row by row. */
static const struct {
    int degrees, width, height;
    uint32_t shown[PIXELS];
} rows[] = {
    {0, 5, 3, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}},
    {90, 3, 5, {10, 5, 0, 11, 6, 1, 12, 7, 2, 13, 8, 3, 14, 9, 4}},
    {180, 5, 3, {14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0}},
    {270, 3, 5, {4, 9, 14, 3, 8, 13, 2, 7, 12, 1, 6, 11, 0, 5, 10}},
};

static void
a_picture_is_turned_clockwise(void **state)
{
    (void)state;
    uint32_t picture[PIXELS], shown[PIXELS];
    for (uint32_t i = 0; i < PIXELS; i++) {
        picture[i] = i;
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct turn turn = {rows[i].degrees, WIDTH, HEIGHT};
        int width, height;
        turn_size(&turn, &width, &height);
        assert_int_equal(width, rows[i].width);
        assert_int_equal(height, rows[i].height);
        memset(shown, 0xff, sizeof shown);
        turn_copy(&turn, picture, WIDTH, shown, width, (struct rect){0, 0, WIDTH, HEIGHT});
        assert_memory_equal(shown, rows[i].shown, sizeof shown);
    }
}

static void
a_part_lands_where_the_whole_would_put_it(void **state)
{
    (void)state;
    uint32_t picture[PIXELS], shown[PIXELS];
    struct rect part = {1, 1, 3, 2};
    for (uint32_t i = 0; i < PIXELS; i++) {
        picture[i] = i;
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct turn turn = {rows[i].degrees, WIDTH, HEIGHT};
        memset(shown, 0xff, sizeof shown);
        turn_copy(&turn, picture, WIDTH, shown, rows[i].width, part);
        for (int at = 0; at < PIXELS; at++) {
            uint32_t pixel = rows[i].shown[at];
            struct rect here = {(int)pixel % WIDTH, (int)pixel / WIDTH, 1, 1};
            struct rect out = turn_rect(&turn, here), all = turn_rect(&turn, part);
            assert_int_equal(out.x + out.y * rows[i].width, at);
            bool in = rect_has(part, here.x, here.y);
            assert_int_equal(in, rect_has(all, out.x, out.y));
            assert_int_equal(shown[at], in ? pixel : UINT32_MAX);
        }
    }
}

static void
a_touch_finds_its_pixel(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct turn turn = {rows[i].degrees, WIDTH, HEIGHT};
        int across, down;
        for (int at = 0; at < PIXELS; at++) {
            turn_back(&turn, at % rows[i].width, at / rows[i].width, &across, &down);
            assert_int_equal(down * WIDTH + across, rows[i].shown[at]);
        }
        turn_back(&turn, -3, 99, &across, &down); // beyond the glass
        assert_in_range(across, 0, WIDTH - 1);
        assert_in_range(down, 0, HEIGHT - 1);
    }
}

/* A matrix of the configuration takes a touch as far as its six numbers are great. */
static void
a_touch_from_far_is_at_the_edge(void **state)
{
    (void)state;
    static const double far = 1e12;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct turn turn = {rows[i].degrees, WIDTH, HEIGHT};
        int width = rows[i].width, height = PIXELS / width, across, down, wanted, row;
        for (int at = 0; at < PIXELS; at++) {
            turn_back_from(&turn, (at % width + 0.5) / width, (at / width + 0.5) / height, &across,
                           &down);
            assert_int_equal(down * WIDTH + across, rows[i].shown[at]);
        }
        for (int corner = 0; corner < 4; corner++) {
            int right = corner & 1, below = corner >> 1;
            turn_back_from(&turn, right ? far : -far, below ? far : -far, &across, &down);
            turn_back(&turn, right * (width - 1), below * (height - 1), &wanted, &row);
            assert_int_equal(across, wanted);
            assert_int_equal(down, row);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_is_turned_clockwise),
        cmocka_unit_test(a_part_lands_where_the_whole_would_put_it),
        cmocka_unit_test(a_touch_finds_its_pixel),
        cmocka_unit_test(a_touch_from_far_is_at_the_edge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
