/* The keyboards as data: what each can type, what its keys say, and how large they are. */
#include "ui/keyboard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/log.h"
#include "base/text.h"
#include "frame.h"

enum { TYPE_IT = 1, ERASE_IT, GO_LEFT, GO_RIGHT, SET_LAYER };

static const struct keyboard *const all[] = {&keyboard_digits, &keyboard_qwerty, &keyboard_abc,
                                             &keyboard_symbols, &keyboard_codes};

/* Draw as the screens do: letters from edge to edge, a pad beside the field when wide. */
static void
draw(const struct keyboard *keyboard, int panel, int enlarge, int layer, bool capital)
{
    struct keyboard_use use = {.layer = layer,
                               .capital = capital,
                               .type = TYPE_IT,
                               .erase = ERASE_IT,
                               .left = GO_LEFT,
                               .right = GO_RIGHT,
                               .set_layer = SET_LAYER,
                               .erase_word = "Hapus",
                               .space_word = "spasi",
                               .left_word = "Ke kiri",
                               .right_word = "Ke kanan",
                               .caps_word = "Huruf besar kecil"};
    frame(panel, enlarge);
    bool pad = ui_wide(&ui) && !keyboard->letters;
    int height = keyboard_height(&ui, keyboard);
    int width = pad ? keyboard_width(&ui, keyboard) : panels[panel].width;
    keyboard_draw(&ui, (struct rect){panels[panel].width - width, 200, width, height}, keyboard,
                  &use);
}

static const struct node *
key_for(int action, int64_t arg)
{
    for (size_t i = 0; i < ui.count; i++) {
        if (ui.nodes[i].action == action && ui.nodes[i].arg == arg) {
            return &ui.nodes[i];
        }
    }
    return NULL;
}

static void
assert_types(const char *characters)
{
    size_t len;
    for (uint32_t code; (code = utf8_at(characters, &len)) != 0; characters += len) {
        const struct node *key = key_for(TYPE_IT, code);
        if (key == NULL) {
            fail_msg("no key types U+%04X", (unsigned)code);
        }
        char legend[8] = "";
        utf8_encode(code, legend);
        assert_string_equal(key->label, code == ' ' ? "spasi" : legend);
    }
}

static void
each_keyboard_types_what_it_is_for(void **state)
{
    (void)state;
    draw(&keyboard_digits, PORTRAIT, 0, 0, false);
    assert_types("0123456789");
    assert_int_equal(ui.count, 11); // and delete, nothing else
    draw(&keyboard_qwerty, PORTRAIT, 0, LAYER_QWERTY, false);
    assert_types("0123456789qwertyuiopasdfghjklzxcvbnm'., ");
    draw(&keyboard_abc, PORTRAIT, 0, LAYER_ABC, false);
    assert_types("0123456789abcdefghijklmnopqrstuvwxyz'., ");
    draw(&keyboard_symbols, PORTRAIT, 0, LAYER_SYMBOLS, false);
    assert_types("0123456789-/:()&@#%+éè!?;\"=_*'., ");
    draw(&keyboard_codes, PORTRAIT, 0, 0, false);
    assert_types("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"); // capitals whatever the layer
    draw(&keyboard_codes, PORTRAIT, 0, LAYER_CAPS, true);
    assert_types("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
}

static void
capitals_begin_a_word_and_caps_turns_them_round(void **state)
{
    (void)state;
    static const struct {
        int layer;
        bool capital, upper;
    } rows[] = {{0, false, false},
                {0, true, true},
                {LAYER_CAPS, false, true},
                {LAYER_CAPS, true, false}}; // a small letter after all
    for (size_t i = 0; i < 4; i++) {
        draw(&keyboard_qwerty, PORTRAIT, 0, rows[i].layer, rows[i].capital);
        assert_types(rows[i].upper ? "QWERTYASDFZXCV1'. " : "qwertyasdfzxcv1'. ");
        draw(&keyboard_abc, PORTRAIT, 0, rows[i].layer | LAYER_ABC, rows[i].capital);
        assert_types(rows[i].upper ? "ABCXYZ0," : "abcxyz0,");
        draw(&keyboard_symbols, PORTRAIT, 0, rows[i].layer | LAYER_SYMBOLS, rows[i].capital);
        assert_types(rows[i].upper ? "ÉÈ!?-/" : "éè!?-/");
    }
}

static void
layers_lead_to_each_other_and_back(void **state)
{
    (void)state;
    for (int caps = 0; caps <= LAYER_CAPS; caps += LAYER_CAPS) {
        static const struct {
            int from, to;
        } ways[] = {{LAYER_QWERTY, LAYER_ABC},     {LAYER_ABC, LAYER_QWERTY},
                    {LAYER_QWERTY, LAYER_SYMBOLS}, {LAYER_ABC, LAYER_ABC | LAYER_SYMBOLS},
                    {LAYER_SYMBOLS, LAYER_QWERTY}, {LAYER_ABC | LAYER_SYMBOLS, LAYER_ABC}};
        for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
            int from = ways[i].from | caps, to = ways[i].to | caps;
            draw(keyboard_letters(from), PORTRAIT, 0, from, false);
            assert_non_null(key_for(SET_LAYER, to));
        }
        draw(&keyboard_qwerty, PORTRAIT, 0, caps, false);
        const struct node *key = key_for(SET_LAYER, caps ^ LAYER_CAPS);
        assert_non_null(key);
        assert_string_equal(key->label, "Huruf besar kecil");
        assert_int_equal((key->flags & NODE_SELECTED) != 0, caps != 0);
    }
    for (int layer = 0; layer < 16; layer++) { // any number is some keyboard of letters
        assert_true(keyboard_letters(layer)->letters);
    }
}

static void
what_repeats_is_delete_and_the_caret(void **state)
{
    (void)state;
    for (size_t k = 0; k < 5; k++) {
        draw(all[k], PORTRAIT, 0, 0, false);
        const struct node *erase = key_for(ERASE_IT, 0);
        assert_non_null(erase);
        assert_string_equal(erase->label, "Hapus");
        for (size_t i = 0; i < ui.count; i++) {
            int action = ui.nodes[i].action;
            bool again = action == ERASE_IT || action == GO_LEFT || action == GO_RIGHT;
            assert_int_equal((ui.nodes[i].flags & NODE_REPEAT) != 0, again);
        }
    }
    draw(&keyboard_symbols, PORTRAIT, 0, LAYER_SYMBOLS, false);
    assert_string_equal(key_for(GO_LEFT, 0)->label, "Ke kiri");
    assert_string_equal(key_for(GO_RIGHT, 0)->label, "Ke kanan");
}

static int
smallest_text(void)
{
    int least = 10000;
    for (size_t i = 0; i < draw_count(list); i++) {
        const struct draw *item = draw_at(list, i);
        least = item->kind == DRAW_TEXT ? ui_min(least, item->size) : least;
    }
    return least;
}

static void
every_key_has_a_legend_that_fits(void **state)
{
    (void)state;
    for (size_t k = 0; k < 5; k++) {
        for (int panel = 0; panel < PANELS; panel++) {
            for (int enlarge = 0; enlarge < 3; enlarge++) {
                for (int upper = 0; upper < 2; upper++) {
                    draw(all[k], panel, enlarge, 0, upper != 0);
                    assert_true(ui.count >= 11);
                    for (size_t i = 0; i < ui.count; i++) {
                        const struct node *key = &ui.nodes[i];
                        size_t len;
                        assert_true(key->label[0] != '\0');
                        assert_int_equal(key->role, ROLE_KEY);
                        if (key->clipped) {
                            fail_msg("%s, panel %d, size %d: \"%s\" is clipped", all[k]->name,
                                     panel, enlarge, key->label);
                        }
                        assert_true(smallest_text() >= panel_type(&panels[panel], SIZE_NOTE, 0));
                        for (const char *at = key->label; *at; at += len) {
                            assert_true(type_has(type, utf8_at(at, &len)));
                        }
                        for (size_t j = 0; j < i; j++) {
                            assert_int_not_equal(key->id, ui.nodes[j].id);
                        }
                    }
                }
            }
        }
    }
}

/* At least so many mm between two rectangles. */
static double
distance(struct rect a, struct rect b, double px_per_mm)
{
    int across = ui_max(ui_max(b.x - a.x - a.w, a.x - b.x - b.w), 0);
    int along = ui_max(ui_max(b.y - a.y - a.h, a.y - b.y - b.h), 0);
    return ui_max(across, along) / px_per_mm;
}

static void
keys_are_large_and_apart(void **state)
{
    (void)state;
    for (size_t k = 0; k < 5; k++) {
        for (int panel = 0; panel < PANELS; panel++) {
            double mm = panels[panel].px_per_mm;
            draw(all[k], panel, 0, 0, false);
            for (size_t i = 0; i < ui.count; i++) {
                struct rect key = ui.nodes[i].rect;
                struct rect on =
                    rect_clip(key, (struct rect){0, 0, panels[panel].width, panels[panel].height});
                assert_memory_equal(&on, &key, sizeof on);
                if (key.w / mm < 12.7 || key.h / mm < 12.7) {
                    fail_msg("%s, panel %d: \"%s\" is %.1f x %.1f mm", all[k]->name, panel,
                             ui.nodes[i].label, key.w / mm, key.h / mm);
                }
                for (size_t j = 0; j < i; j++) {
                    double gap = distance(key, ui.nodes[j].rect, mm);
                    if (gap < 2.54) {
                        fail_msg("%s, panel %d: \"%s\" and \"%s\" are %.2f mm apart", all[k]->name,
                                 panel, ui.nodes[i].label, ui.nodes[j].label, gap);
                    }
                }
            }
        }
    }
}

static void
a_key_that_is_down_or_focused_shows_it(void **state)
{
    (void)state;
    draw(&keyboard_digits, PORTRAIT, 0, 0, false);
    uint32_t id = key_for(TYPE_IT, '5')->id;
    size_t plain = draw_count(list);
    ui.down = id;
    draw(&keyboard_digits, PORTRAIT, 0, 0, false);
    assert_true(ui_node(&ui, id)->flags & NODE_DOWN);
    bool down = false;
    for (size_t i = 0; i < draw_count(list); i++) {
        down |= draw_at(list, i)->colour == theme_day.colour[INK_KEY_DOWN];
    }
    assert_true(down);
    ui.down = 0;
    ui.focus = id;
    draw(&keyboard_digits, PORTRAIT, 0, 0, false);
    assert_true(ui_node(&ui, id)->flags & NODE_FOCUSED);
    assert_true(draw_count(list) > plain); // the ring
    ui.focus = 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_keyboard_types_what_it_is_for),
        cmocka_unit_test(capitals_begin_a_word_and_caps_turns_them_round),
        cmocka_unit_test(layers_lead_to_each_other_and_back),
        cmocka_unit_test(what_repeats_is_delete_and_the_caret),
        cmocka_unit_test(every_key_has_a_legend_that_fits),
        cmocka_unit_test(keys_are_large_and_apart),
        cmocka_unit_test(a_key_that_is_down_or_focused_shows_it),
    };
    log_init("test");
    return cmocka_run_group_tests(tests, frame_open, frame_close);
}
