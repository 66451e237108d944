/* The draw list: what it keeps, what it lets go of, and which pixels changed. */
#include "ui/draw.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/log.h"

enum { WIDTH = 96, HEIGHT = 64, MOST = 1024, BYTES = 32 * 1024 };

static struct draw_list *list, *other;
static const struct rect screen = {0, 0, WIDTH, HEIGHT};

static int
set_up(void **state)
{
    (void)state;
    list = draw_list_create();
    other = draw_list_create();
    return list && other ? 0 : -1;
}

static int
tear_down(void **state)
{
    (void)state;
    draw_list_destroy(list);
    draw_list_destroy(other);
    draw_list_destroy(NULL);
    return 0;
}

/* --- what a list keeps ------------------------------------------------------- */

static void
items_come_back_as_they_were_drawn(void **state)
{
    (void)state;
    char words[] = "6472036307900001";
    struct rect box = {1, 2, 30, 40};
    draw_list_reset(list);
    draw_fill(list, box, 5, 0x112233);
    draw_frame(list, box, 6, 3, 0x445566);
    draw_text(list, box, 12, WEIGHT_BOLD, 9, 0x778899, words);
    draw_icon(list, box, 0xAABBCC, "check");
    draw_qr(list, box, "https://santer.example/t/#1");
    draw_weave(list, box);
    memset(words, 'x', sizeof words - 1); // the list has its own copy
    assert_int_equal(draw_count(list), 6);
    const struct draw *item = draw_at(list, 0);
    assert_true(item->kind == DRAW_FILL && item->radius == 5 && item->colour == 0x112233);
    item = draw_at(list, 1);
    assert_true(item->kind == DRAW_FRAME && item->thick == 3 && item->radius == 6);
    item = draw_at(list, 2);
    assert_true(item->kind == DRAW_TEXT && item->size == 12 && item->weight == WEIGHT_BOLD &&
                item->cell == 9);
    assert_string_equal(item->text, "6472036307900001");
    assert_true(draw_at(list, 3)->kind == DRAW_ICON && draw_at(list, 4)->kind == DRAW_QR);
    assert_string_equal(draw_at(list, 4)->text, "https://santer.example/t/#1");
    assert_true(draw_at(list, 5)->kind == DRAW_WEAVE);
    assert_memory_equal(&draw_at(list, 5)->rect, &box, sizeof box);
}

static void
nothing_is_no_item(void **state)
{
    (void)state;
    draw_list_reset(list);
    draw_fill(list, (struct rect){0, 0, 0, 10}, 0, 0);
    draw_frame(list, (struct rect){0, 0, 10, -1}, 0, 1, 0);
    draw_text(list, (struct rect){0, 0, 10, 10}, 10, WEIGHT_REGULAR, 0, 0, "");
    assert_int_equal(draw_count(list), 0);
    assert_string_equal(draw_keep(list, ""), "");
}

static void
a_full_list_holds_what_it_held(void **state)
{
    (void)state;
    draw_list_reset(list);
    for (int i = 0; i < 3 * MOST; i++) {
        draw_text(list, (struct rect){i % 90, 1, 5, 5}, 10, WEIGHT_REGULAR, 0, 0, "x");
    }
    assert_int_equal(draw_count(list), MOST);
    for (size_t i = 0; i < MOST; i++) {
        assert_string_equal(draw_at(list, i)->text, "x");
    }
    draw_list_reset(list); // full of bytes, not of items
    char half[BYTES / 2];
    memset(half, 'y', sizeof half - 1);
    half[sizeof half - 1] = '\0';
    assert_string_equal(draw_keep(list, half), half);
    assert_string_equal(draw_keep(list, half), half);
    assert_string_equal(draw_keep(list, half), "");
    assert_string_equal(draw_keep(list, "z"), "");
    draw_text(list, screen, 10, WEIGHT_REGULAR, 0, 0, "z");
    assert_string_equal(draw_at(list, 0)->text, "");
    draw_list_reset(list);
    assert_string_equal(draw_keep(list, "z"), "z");
}

static void
a_reset_zeroes_every_string(void **state)
{
    (void)state;
    const char *kept[64];
    size_t sizes[64];
    draw_list_reset(list);
    for (size_t i = 0; i < 64; i++) {
        char text[40];
        snprintf(text, sizeof text, "NIK 647203630790%04zu", i);
        if (i % 2) {
            draw_text(list, screen, 10, WEIGHT_REGULAR, 0, 0, text);
            kept[i] = draw_at(list, draw_count(list) - 1)->text;
        } else {
            kept[i] = draw_keep(list, text);
        }
        sizes[i] = strlen(text);
    }
    const struct draw *first = draw_at(list, 0);
    size_t count = draw_count(list);
    draw_list_reset(list);
    assert_int_equal(draw_count(list), 0);
    for (size_t i = 0; i < 64; i++) {
        for (size_t k = 0; k <= sizes[i]; k++) {
            assert_int_equal(kept[i][k], 0); // the memory is still the list's
        }
    }
    for (size_t i = 0; i < count * sizeof *first; i++) {
        assert_int_equal(((const unsigned char *)first)[i], 0);
    }
}

/* --- damage -------------------------------------------------------------------- */

/* A picture in which every item leaves its mark on each pixel it may touch, and the
 * order of the marks counts: a text leans out of its box by a sixth of its size. */
static void
paint(const struct draw_list *from, uint64_t pixels[HEIGHT][WIDTH])
{
    memset(pixels, 0, sizeof(uint64_t) * HEIGHT * WIDTH);
    for (size_t i = 0; i < draw_count(from); i++) {
        const struct draw *item = draw_at(from, i);
        int lean = item->kind == DRAW_TEXT ? item->size / 6 : 0;
        struct rect rect = rect_clip(rect_inset(item->rect, -lean, -lean), screen);
        uint64_t mark = 0x9E3779B97F4A7C15;
        int numbers[] = {(int)item->kind, item->rect.x,      item->rect.y, item->rect.w,
                         item->rect.h,    (int)item->colour, item->radius, item->thick,
                         item->size,      (int)item->weight, item->cell};
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
            mark = (mark ^ (uint64_t)(int64_t)numbers[k]) * 0x100000001B3;
        }
        for (const char *at = item->text ? item->text : ""; *at; at++) {
            mark = (mark ^ (unsigned char)*at) * 0x100000001B3;
        }
        for (int y = rect.y; y < rect.y + rect.h; y++) {
            for (int x = rect.x; x < rect.x + rect.w; x++) {
                pixels[y][x] = (pixels[y][x] ^ mark) * 0x100000001B3;
            }
        }
    }
}

static void
add_random(struct draw_list *to)
{
    static const char *const words[] = {"A-017", "6472", "Lanjut", "é"};
    struct rect box = {rand() % WIDTH - 20, rand() % HEIGHT - 20, 1 + rand() % 50, 1 + rand() % 40};
    uint32_t colour = (uint32_t)rand() & 3;
    switch (rand() % 6) {
    case 0:
        draw_fill(to, box, rand() % 3, colour);
        break;
    case 1:
        draw_frame(to, box, rand() % 3, 1 + rand() % 3, colour);
        break;
    case 2:
        draw_text(to, box, 6 + rand() % 20, (enum weight)(rand() % 3), rand() % 2, colour,
                  words[rand() % 4]);
        break;
    case 3:
        draw_icon(to, box, colour, words[rand() % 4]);
        break;
    case 4:
        draw_qr(to, box, words[rand() % 4]);
        break;
    default:
        draw_weave(to, box);
    }
}

/* The next frame: most of the last one, some of it gone, new, changed or in another order. */
static void
change(const struct draw_list *last, struct draw_list *next)
{
    draw_list_reset(next);
    int rate = 2 + rand() % 20;
    for (size_t i = 0; i < draw_count(last); i++) {
        struct draw item = *draw_at(last, i);
        int luck = rand() % rate;
        if (luck == 0 && rand() % 3 == 0) {
            continue;
        }
        if (luck == 0) {
            item.rect.x += rand() % 3 - 1;
            item.colour ^= (uint32_t)rand() & 1;
        }
        if (luck == 1 && i + 1 < draw_count(last)) {
            draw_copy(next, draw_at(last, i + 1));
        }
        draw_copy(next, &item);
        if (luck == 1) {
            add_random(next);
        }
    }
}

static void
damage_covers_every_changed_pixel(void **state)
{
    (void)state;
    static uint64_t before[HEIGHT][WIDTH], after[HEIGHT][WIDTH];
    for (unsigned seed = 1; seed <= 1500; seed++) {
        struct rect damage[16];
        srand(seed);
        draw_list_reset(list);
        for (int i = rand() % 60; i > 0; i--) {
            add_random(list);
        }
        change(list, other);
        paint(list, before);
        paint(other, after);
        size_t max = 1 + seed % 16, count = draw_damage(list, other, screen, damage, max);
        assert_true(count <= max);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                bool covered = false;
                for (size_t i = 0; i < count && !covered; i++) {
                    covered = rect_has(damage[i], x, y);
                }
                if (!covered && before[y][x] != after[y][x]) {
                    fail_msg("seed %u: pixel %d, %d changed and is not covered", seed, x, y);
                }
            }
        }
        for (size_t i = 0; i < count; i++) { // on the screen, and none is part of another
            struct rect on = rect_clip(damage[i], screen);
            assert_memory_equal(&on, &damage[i], sizeof on);
            for (size_t k = 0; k < i; k++) {
                assert_false(rect_overlaps(damage[i], damage[k]));
            }
        }
    }
}

static void
two_frames_far_apart_are_damage_too(void **state)
{
    (void)state;
    static uint64_t before[HEIGHT][WIDTH], after[HEIGHT][WIDTH];
    for (unsigned seed = 1; seed <= 60; seed++) {
        struct rect damage[4];
        srand(seed);
        draw_list_reset(list);
        draw_list_reset(other);
        for (int i = 0; i < 300; i++) { // more than is looked ahead
            add_random(list);
            if (rand() % 3) {
                draw_copy(other, draw_at(list, (size_t)rand() % draw_count(list)));
            }
        }
        paint(list, before);
        paint(other, after);
        size_t count = draw_damage(list, other, screen, damage, 4);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                bool covered = false;
                for (size_t i = 0; i < count; i++) {
                    covered |= rect_has(damage[i], x, y);
                }
                assert_true(covered || before[y][x] == after[y][x]);
            }
        }
    }
}

static void
equal_frames_have_no_damage(void **state)
{
    (void)state;
    struct rect damage[4];
    srand(3);
    draw_list_reset(list);
    draw_list_reset(other);
    for (int i = 0; i < 200; i++) {
        add_random(list);
    }
    for (size_t i = 0; i < draw_count(list); i++) {
        draw_copy(other, draw_at(list, i));
    }
    assert_int_equal(draw_damage(list, other, screen, damage, 4), 0);
    assert_int_equal(draw_damage(NULL, other, screen, damage, 4), 1);
    assert_memory_equal(&damage[0], &screen, sizeof screen);
    assert_int_equal(draw_damage(NULL, other, screen, damage, 0), 0);
}

static void
a_small_change_is_small_damage(void **state)
{
    (void)state;
    struct rect damage[16], key = {40, 20, 10, 10};
    for (int round = 0; round < 2; round++) {
        struct draw_list *to = round ? other : list;
        draw_list_reset(to);
        draw_fill(to, screen, 0, 0xF6F4EE);
        for (int i = 0; i < 40; i++) {
            draw_fill(to, (struct rect){i % 8 * 12, i / 8 * 12, 10, 10}, 2, 0xFFFFFF);
        }
        draw_fill(to, key, 2, round ? 0xBFDCD5 : 0xFFFFFF);
    }
    assert_int_equal(draw_damage(list, other, screen, damage, 16), 1);
    assert_memory_equal(&damage[0], &key, sizeof key);
}

/* --- rectangles ------------------------------------------------------------------ */

static void
cuts_lose_nothing(void **state)
{
    (void)state;
    static struct rect (*const cuts[])(struct rect *, int) = {rect_cut_top, rect_cut_bottom,
                                                              rect_cut_left, rect_cut_right};
    srand(5);
    for (int i = 0; i < 4000; i++) {
        struct rect all = {rand() % 50 - 20, rand() % 50 - 20, rand() % 40, rand() % 40};
        struct rect rest = all, cut = cuts[i % 4](&rest, rand() % 60 - 10);
        assert_int_equal(cut.w * cut.h + rest.w * rest.h, all.w * all.h);
        assert_false(rect_overlaps(cut, rest));
        for (int x = all.x - 1; x <= all.x + all.w; x += 3) {
            for (int y = all.y - 1; y <= all.y + all.h; y += 3) {
                assert_int_equal(rect_has(all, x, y), rect_has(cut, x, y) || rect_has(rest, x, y));
            }
        }
    }
}

static void
union_and_clip_hold_what_they_should(void **state)
{
    (void)state;
    srand(6);
    for (int i = 0; i < 3000; i++) {
        struct rect a = {rand() % 20, rand() % 20, rand() % 12, rand() % 12};
        struct rect b = {rand() % 20, rand() % 20, rand() % 12, rand() % 12};
        struct rect both = rect_clip(a, b), all = rect_union(a, b);
        assert_int_equal(rect_overlaps(a, b), both.w > 0 && both.h > 0);
        for (int x = 0; x < 34; x += 2) {
            for (int y = 0; y < 34; y += 2) {
                bool in_a = rect_has(a, x, y), in_b = rect_has(b, x, y);
                assert_int_equal(rect_has(both, x, y), in_a && in_b);
                assert_true(rect_has(all, x, y) || (!in_a && !in_b));
            }
        }
    }
    struct rect none = rect_inset((struct rect){5, 5, 4, 9}, 3, 1);
    assert_int_equal(none.w, 0);
    assert_int_equal(none.h, 7);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_come_back_as_they_were_drawn),
        cmocka_unit_test(nothing_is_no_item),
        cmocka_unit_test(a_full_list_holds_what_it_held),
        cmocka_unit_test(a_reset_zeroes_every_string),
        cmocka_unit_test(damage_covers_every_changed_pixel),
        cmocka_unit_test(two_frames_far_apart_are_damage_too),
        cmocka_unit_test(equal_frames_have_no_damage),
        cmocka_unit_test(a_small_change_is_small_damage),
        cmocka_unit_test(cuts_lose_nothing),
        cmocka_unit_test(union_and_clip_hold_what_they_should),
    };
    log_init("test");
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
