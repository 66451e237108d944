#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "platform/canvas.h"
#include "platform/painter.h"
#include "type/qr.h"
#include "type/type.h"

enum { WIDTH = 320, HEIGHT = 240, UNTOUCHED = 0x7B123456 };

static const char *icons = "assets/icons";
static struct type *type;
static struct painter *painter;
static struct draw_list *list;
static uint32_t pixels[WIDTH * HEIGHT], other[WIDTH * HEIGHT];
static const struct rect screen = {0, 0, WIDTH, HEIGHT};

static int
set_up(void **state)
{
    (void)state;
    type = type_create(NULL);
    painter = type ? painter_create(type, icons) : NULL;
    list = draw_list_create();
    return painter && list ? 0 : -1;
}

static int
tear_down(void **state)
{
    (void)state;
    draw_list_destroy(list);
    painter_destroy(painter);
    type_destroy(type);
    return 0;
}

static void
paint(uint32_t *to, const struct draw_list *from, struct rect clip)
{
    struct canvas canvas = {to, WIDTH, WIDTH, HEIGHT, clip};
    painter_paint(painter, &canvas, from);
}

/* A list on white, painted whole. */
static void
begin(void)
{
    draw_list_reset(list);
    draw_fill(list, screen, 0, 0xFFFFFF);
}

static uint32_t
at(int x, int y)
{
    return pixels[y * WIDTH + x];
}

static void
a_rounded_fill_is_round_and_even(void **state)
{
    (void)state;
    struct rect box = {40, 30, 121, 80};
    begin();
    draw_fill(list, box, 24, 0x005B50);
    paint(pixels, list, screen);
    assert_int_equal(at(40, 30), 0xFFFFFF);           // the corner's tip
    assert_int_equal(at(40 + 3, 30 + 3), 0xFFFFFF);   // still outside the circle
    assert_int_equal(at(40 + 10, 30 + 10), 0x005B50); // inside it
    assert_int_equal(at(40 + 60, 30), 0x005B50);      // the straight edges
    assert_int_equal(at(40, 30 + 40), 0x005B50);
    assert_int_equal(at(40 + 60, 29), 0xFFFFFF);
    assert_int_equal(at(161, 70), 0xFFFFFF);
    int soft = 0;
    for (int y = 0; y < box.h; y++) {
        for (int x = 0; x < box.w; x++) {
            uint32_t here = at(box.x + x, box.y + y);
            assert_int_equal(here, at(box.x + box.w - 1 - x, box.y + y));
            assert_int_equal(here, at(box.x + x, box.y + box.h - 1 - y));
            soft += here != 0xFFFFFF && here != 0x005B50;
        }
    }
    assert_in_range(soft, 60, 240); // the four arcs, and nothing else
}

static void
a_fill_covers_its_area(void **state)
{
    (void)state;
    for (int radius = 0; radius <= 50; radius += 5) {
        double sum = 0;
        begin();
        draw_fill(list, (struct rect){10, 10, 100, 100}, radius, 0x000000);
        paint(pixels, list, screen);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            sum += 1 - (pixels[i] & 0xff) / 255.0;
        }
        double area = 100 * 100 - (4 - 3.14159265) * radius * radius;
        assert_true(sum > area - 12 && sum < area + 12);
    }
}

static void
a_frame_leaves_its_inside_alone(void **state)
{
    (void)state;
    static const struct {
        int radius, thick;
    } rows[] = {{24, 3}, {24, 24}, {6, 10}, {0, 2}, {0, 1}, {30, 200}, {200, 5}, {3, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rect box = {20, 20, 100, 81};
        int radius = rows[i].radius < 40 ? rows[i].radius : 40;
        int thick = rows[i].thick < 40 ? rows[i].thick : 40;
        begin();
        draw_frame(list, box, rows[i].radius, rows[i].thick, 0x8A1610);
        paint(pixels, list, screen);
        for (int depth = 0; depth < 40; depth++) {
            uint32_t wanted = depth < thick ? 0x8A1610 : 0xFFFFFF;
            assert_int_equal(at(box.x + 50, box.y + depth), wanted);
            assert_int_equal(at(box.x + 50, box.y + box.h - 1 - depth), wanted);
            assert_int_equal(at(box.x + depth, box.y + 40), wanted);
            assert_int_equal(at(box.x + box.w - 1 - depth, box.y + 40), wanted);
        }
        // Along the diagonal: outside, the line, the inside.
        int tip = (int)(radius * 0.2929);
        if (tip > 1) {
            assert_int_equal(at(box.x + tip - 2, box.y + tip - 2), 0xFFFFFF);
        }
        if (thick > 2) {
            assert_int_equal(at(box.x + tip + 1, box.y + tip + 1), 0x8A1610);
        }
        int deep = thick > radius ? thick : tip + thick + 2;
        if (deep < 40) {
            assert_int_equal(at(box.x + deep, box.y + deep), 0xFFFFFF);
        }
    }
}

/* A list of everything, with rectangles that reach over the edges. */
static void
add_random(struct draw_list *to, int kind)
{
    static const char *const words[] = {"Surat keterangan", "jgpqy", "7K3F-9QXM", "Ágé W", "AVA"};
    static const char *const names[] = {"ticket", "document", "check", "warning"};
    struct rect box = {rand() % WIDTH - 40, rand() % HEIGHT - 40, 1 + rand() % 160,
                       1 + rand() % 120};
    uint32_t colour = (uint32_t)rand() & 0xFFFFFF;
    int size = 10 + rand() % 50;
    switch (kind) {
    case DRAW_FILL:
        draw_fill(to, box, rand() % 3 ? rand() % 60 : 0, colour);
        break;
    case DRAW_FRAME:
        draw_frame(to, box, rand() % 40, 1 + rand() % 12, colour);
        break;
    case DRAW_TEXT:
        box.h = type_line_height(type, TYPE_BOLD, size);
        draw_text(to, box, size, (enum weight)(rand() % 3), rand() % 4 ? 0 : size, colour,
                  words[rand() % 5]);
        break;
    case DRAW_ICON:
        draw_icon(to, box, colour, names[rand() % 4]);
        break;
    case DRAW_QR:
        draw_qr(to, box, words[rand() % 5]);
        break;
    default:
        draw_weave(to, box);
    }
}

static void
nothing_is_painted_outside_the_clip(void **state)
{
    (void)state;
    srand(7);
    for (int round = 0; round < 150; round++) {
        struct rect clip = {rand() % 200, rand() % 150, 1 + rand() % 100, 1 + rand() % 80};
        draw_list_reset(list);
        for (int i = 0; i < 8; i++) {
            add_random(list, rand() % 6);
        }
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            pixels[i] = UNTOUCHED;
        }
        paint(pixels, list, rect_clip(clip, screen));
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                assert_int_equal(at(x, y) == UNTOUCHED, !rect_has(clip, x, y));
            }
        }
    }
}

/* The next frame: some items of the last one changed, left out or added. */
static void
change(const struct draw_list *last, struct draw_list *next, unsigned seed)
{
    srand(seed);
    draw_list_reset(next);
    for (size_t i = 0; i < draw_count(last); i++) {
        struct draw item = *draw_at(last, i);
        int luck = rand() % 20;
        if (luck == 0) {
            continue;
        }
        if (luck == 1) {
            add_random(next, rand() % 6);
        }
        if (luck == 2) {
            item.colour ^= 0x404040;
        }
        if (luck == 3) {
            item.rect.x += 5;
        }
        if (item.kind == DRAW_FILL) {
            draw_fill(next, item.rect, item.radius, item.colour);
        } else if (item.kind == DRAW_FRAME) {
            draw_frame(next, item.rect, item.radius, item.thick, item.colour);
        } else if (item.kind == DRAW_TEXT) {
            draw_text(next, item.rect, item.size, item.weight, item.cell, item.colour, item.text);
        } else if (item.kind == DRAW_ICON) {
            draw_icon(next, item.rect, item.colour, item.text);
        } else if (item.kind == DRAW_QR) {
            draw_qr(next, item.rect, item.text);
        } else {
            draw_weave(next, item.rect);
        }
    }
}

static void
repainting_the_damage_equals_painting_all(void **state)
{
    (void)state;
    struct draw_list *lists[2] = {draw_list_create(), draw_list_create()};
    struct rect damage[16];
    for (unsigned seed = 1; seed <= 300; seed++) {
        srand(seed);
        struct draw_list *last = lists[seed % 2], *next = lists[(seed + 1) % 2];
        if (seed % 10 == 1) {
            draw_list_reset(last);
            draw_fill(last, screen, 0, 0xF6F4EE);
            for (int i = 0; i < 14; i++) {
                add_random(last, rand() % 6);
            }
            paint(pixels, last, screen);
        }
        change(last, next, seed * 31);
        size_t count = draw_damage(last, next, screen, damage, 2 + seed % 15);
        for (size_t i = 0; i < count; i++) {
            paint(pixels, next, rect_clip(damage[i], screen));
        }
        paint(other, next, screen);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            if (pixels[i] != other[i]) {
                fail_msg("seed %u: pixel %d, %d is %06x, not %06x", seed, i % WIDTH, i / WIDTH,
                         pixels[i], other[i]);
            }
        }
    }
    draw_list_destroy(lists[0]);
    draw_list_destroy(lists[1]);
}

static void
a_bare_place_becomes_black(void **state)
{
    (void)state;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        pixels[i] = UNTOUCHED;
    }
    draw_list_reset(list);
    draw_fill(list, (struct rect){10, 10, 20, 20}, 4, 0xFFFFFF);
    paint(pixels, list, screen);
    assert_int_equal(at(0, 0), 0);
    assert_int_equal(at(10, 10), 0);
    assert_int_equal(at(20, 20), 0xFFFFFF);
}

static void
text_stands_on_its_line(void **state)
{
    (void)state;
    begin();
    draw_text(list, (struct rect){50, 40, 200, 60}, 48, WEIGHT_BOLD, 0, 0x14211F, "HEH");
    paint(pixels, list, screen);
    int top = HEIGHT, bottom = 0, left = WIDTH;
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            if (at(x, y) == 0x14211F) {
                top = y < top ? y : top;
                bottom = y > bottom ? y : bottom;
                left = x < left ? x : left;
            }
        }
    }
    int ascent = type_ascent(type, TYPE_BOLD, 48), cap = type_cap_height(type, TYPE_BOLD, 48);
    assert_in_range(bottom + 1, 40 + ascent - 1, 40 + ascent);
    assert_in_range(top, 40 + ascent - cap, 40 + ascent - cap + 1);
    assert_in_range(left, 50, 56);
}

static void
a_code_has_whole_modules_and_a_quiet_zone(void **state)
{
    (void)state;
    uint8_t modules[QR_MAX];
    const char *text = "https://santer.example/t/#1";
    int side = qr_encode(text, modules), module = 200 / (side + 8);
    draw_list_reset(list);
    draw_fill(list, screen, 0, 0x000000); // a dark theme
    draw_qr(list, (struct rect){30, 20, 200, 210}, text);
    paint(pixels, list, screen);
    int left = 30 + (200 - module * side) / 2, top = 20 + (210 - module * side) / 2;
    assert_true(left - 30 >= 4 * module && top - 20 >= 4 * module);
    for (int y = 20; y < 230; y++) {
        for (int x = 30; x < 230; x++) {
            int column = x - left, row = y - top;
            bool in = column >= 0 && row >= 0 && column < side * module && row < side * module;
            bool dark = in && modules[row / module * side + column / module];
            assert_int_equal(at(x, y), dark ? 0x000000 : 0xFFFFFF);
        }
    }
    painter_forget(painter);
    paint(other, list, screen);
    assert_memory_equal(pixels, other, sizeof pixels);
}

static void
every_icon_draws_inside_its_square(void **state)
{
    (void)state;
    DIR *folder = opendir(icons);
    assert_non_null(folder);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        char name[64];
        if (!strstr(entry->d_name, ".svg")) {
            continue;
        }
        snprintf(name, sizeof name, "%.*s", (int)strlen(entry->d_name) - 4, entry->d_name);
        begin();
        draw_icon(list, (struct rect){100, 60, 120, 100}, 0x005B50, name);
        paint(pixels, list, screen);
        int ink = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                if (at(x, y) != 0xFFFFFF) {
                    ink += at(x, y) == 0x005B50;
                    assert_true(rect_has((struct rect){110, 60, 100, 100}, x, y));
                }
            }
        }
        if (ink < 300 || ink > 6000) {
            fail_msg("%s: %d pixels", name, ink);
        }
        count++;
    }
    closedir(folder);
    assert_true(count >= 40);
}

static void
a_missing_icon_draws_nothing(void **state)
{
    (void)state;
    begin();
    paint(other, list, screen);
    draw_icon(list, (struct rect){10, 10, 50, 50}, 0, "no-such-icon");
    draw_icon(list, (struct rect){10, 10, 50, 50}, 0, "../icons/check");
    paint(pixels, list, screen);
    assert_memory_equal(pixels, other, sizeof pixels);
    assert_null(painter_create(type, "/proc/nonexistent"));
}

static void
the_weave_has_its_three_colours(void **state)
{
    (void)state;
    begin();
    draw_weave(list, (struct rect){0, 0, WIDTH, 28});
    paint(pixels, list, screen);
    assert_int_equal(at(0, 14), 0xDB9A02);
    assert_int_equal(at(10, 10), 0x7E1829);
    assert_int_equal(at(20, 10), 0x00443B);
    assert_int_equal(at(20, 2), 0x2E665E);
    assert_int_equal(at(20 + 72, 2), 0x2E665E);
    assert_int_equal(at(20, 28), 0xFFFFFF);
}

int
main(int argc, char **argv)
{
    if (argc > 1) {
        icons = argv[1];
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rounded_fill_is_round_and_even),
        cmocka_unit_test(a_fill_covers_its_area),
        cmocka_unit_test(a_frame_leaves_its_inside_alone),
        cmocka_unit_test(nothing_is_painted_outside_the_clip),
        cmocka_unit_test(repainting_the_damage_equals_painting_all),
        cmocka_unit_test(a_bare_place_becomes_black),
        cmocka_unit_test(text_stands_on_its_line),
        cmocka_unit_test(a_code_has_whole_modules_and_a_quiet_zone),
        cmocka_unit_test(every_icon_draws_inside_its_square),
        cmocka_unit_test(a_missing_icon_draws_nothing),
        cmocka_unit_test(the_weave_has_its_three_colours),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
