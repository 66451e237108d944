/* What a finger, a mouse and the tactile keys fire. Every row is a story: events in
 * order, and what they must have fired in the end. */
#include "ui/pointer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "frame.h"
#include "ui/field.h"

enum { A = 1, B, GONE, HELD, AGAIN, WORDS, UNDER };
enum { PRESS = 7, LET_GO = -1 };

static struct pointer pointer;
static char fired[256]; /* a letter for each press, in order */
static int64_t now;

/* Two keys side by side, one that is off, one to hold, one that repeats, and words. */
static void
screen(void)
{
    frame(PORTRAIT, 0);
    ui_add(&ui, WORDS, ROLE_TEXT, (struct rect){0, 0, 1080, 100}, "words");
    ui_press(&ui, A, ROLE_BUTTON, 0, (struct rect){100, 100, 100, 100}, "A", PRESS, 'A');
    ui_press(&ui, B, ROLE_BUTTON, 0, (struct rect){220, 100, 100, 100}, "B", PRESS, 'B');
    ui_press(&ui, GONE, ROLE_BUTTON, NODE_DISABLED, (struct rect){340, 100, 100, 100}, "-", PRESS,
             'X');
    ui_press(&ui, HELD, ROLE_BUTTON, NODE_HOLD, (struct rect){460, 100, 100, 100}, "H", PRESS, 'H')
        ->release_arg = 'h';
    ui_press(&ui, AGAIN, ROLE_KEY, NODE_REPEAT, (struct rect){580, 100, 100, 100}, "R", PRESS, 'R');
    ui_press(&ui, UNDER, ROLE_BUTTON, 0, (struct rect){700, 100, 100, 100}, "U", PRESS, 'U');
}

static int
set_up(void **state)
{
    (void)state;
    pointer_init(&pointer);
    fired[0] = '\0';
    now = 100000;
    screen();
    return 0;
}

static void
note(struct press press)
{
    size_t len = strlen(fired);
    if (press.id != 0) {
        assert_int_equal(press.action, PRESS);
        fired[len] = (char)press.arg;
        fired[len + 1] = '\0';
    }
}

static void
event(enum input_kind kind, int64_t finger, int x, int y)
{
    note(
        pointer_input(&pointer, &ui,
                      &(struct input){.kind = kind, .finger = finger, .x = x, .y = y, .now = now}));
}

static int
middle(int id)
{
    return ui_node(&ui, (uint32_t)id)->rect.x + 50;
}

static void
down(int64_t finger, int id)
{
    event(INPUT_DOWN, finger, middle(id), 150);
}

static void
up(int64_t finger, int id)
{
    event(INPUT_UP, finger, middle(id), 150);
}

static void
tap(int64_t finger, int id)
{
    down(finger, id);
    now += 60;
    up(finger, id);
    now += 60;
}

static void
taps_fire_in_their_order(void **state)
{
    (void)state;
    static const int sequence[] = {A, A, B, B, A, B, A};
    static const int64_t hands[] = {0, 1, 77};         // a mouse, a finger, another driver's
    static const int pauses[] = {0, 1, 20, 120, 2000}; // between taps, ms
    for (size_t hand = 0; hand < 3; hand++) {
        for (size_t pause = 0; pause < 5; pause++) {
            set_up(NULL);
            for (size_t i = 0; i < 7; i++) {
                down(hands[hand], sequence[i]);
                up(hands[hand], sequence[i]);
                now += pauses[pause];
            }
            assert_string_equal(fired, "AABBABA");
        }
    }
    // Each finger with a new name, as touch panels number them.
    set_up(NULL);
    for (size_t i = 0; i < 7; i++) {
        tap(100 + (int64_t)i, sequence[i]);
    }
    assert_string_equal(fired, "AABBABA");
}

static void
down_arms_and_up_inside_fires(void **state)
{
    (void)state;
    down(1, A);
    assert_true(pointer.armed && pointer.id == A);
    assert_string_equal(fired, "");
    up(1, A);
    assert_false(pointer.armed);
    assert_string_equal(fired, "A");
    up(1, A); // once
    assert_string_equal(fired, "A");
}

static void
a_drag_cancels(void **state)
{
    (void)state;
    down(1, A);
    event(INPUT_MOVE, 1, middle(B), 150);
    assert_false(pointer.armed);
    event(INPUT_MOVE, 1, middle(A), 150); // back again: too late
    up(1, A);
    assert_string_equal(fired, "");
    down(1, A); // up elsewhere without a word in between
    up(1, B);
    assert_string_equal(fired, "");
    down(1, A); // a trembling finger slips out by less than half of the gap
    event(INPUT_MOVE, 1, 100 - 4, 150);
    event(INPUT_UP, 1, 200 + 3, 150);
    assert_string_equal(fired, "A");
}

static void
a_second_finger_cancels(void **state)
{
    (void)state;
    down(1, A);
    down(2, B);
    assert_false(pointer.armed);
    up(2, B);
    up(1, A);
    assert_string_equal(fired, "");
    tap(1, A); // and the next tap is one again
    assert_string_equal(fired, "A");
}

static void
a_palm_presses_nothing(void **state)
{
    (void)state;
    for (int64_t finger = 1; finger <= 12; finger++) { // more than there is room for
        down(finger, finger % 2 ? A : B);
        event(INPUT_MOVE, finger, middle(A), 140);
    }
    for (int64_t finger = 12; finger >= 1; finger--) {
        up(finger, finger % 2 ? A : B);
    }
    assert_string_equal(fired, "");
    now += POINTER_STALE + 1;
    tap(1, A);
    assert_string_equal(fired, "A");
}

static void
a_lost_finger_is_forgotten(void **state)
{
    (void)state;
    down(1, A); // the panel never says that it went up
    now += POINTER_STALE - 1;
    tap(2, B);
    assert_string_equal(fired, "");
    now += POINTER_STALE + 1;
    tap(2, B);
    assert_string_equal(fired, "B");
    down(3, A); // and one that begins again under its own name counts at once
    down(3, B);
    up(3, B);
    assert_string_equal(fired, "BB");
}

static void
a_resting_finger_stays_known_while_it_moves(void **state)
{
    (void)state;
    down(1, WORDS);
    for (int i = 0; i < 10; i++) {
        now += POINTER_STALE / 2;
        event(INPUT_MOVE, 1, 5 + i, 5);
    }
    tap(2, A);
    assert_string_equal(fired, "");
}

static void
the_windows_end_in_the_middle_cancels(void **state)
{
    (void)state;
    down(1, A);
    event(INPUT_CANCEL, 0, 0, 0);
    assert_false(pointer.armed);
    tap(2, B); // the lost finger does not count as a second one
    up(1, A);
    assert_string_equal(fired, "B");
    down(1, HELD);
    event(INPUT_CANCEL, 0, 0, 0); // what was held is let go
    assert_string_equal(fired, "BHh");
}

static void
a_touch_that_comes_as_a_mouse_too_fires_once(void **state)
{
    (void)state;
    // Finger and mouse interleaved, either first.
    down(1, A);
    down(0, A);
    event(INPUT_MOVE, 0, middle(A), 151);
    up(1, A);
    up(0, A);
    assert_string_equal(fired, "A");
    now += POINTER_ECHO;
    down(0, B);
    down(1, B);
    up(0, B);
    up(1, B);
    assert_string_equal(fired, "AB");
    // The mouse's copy after the finger has gone.
    now += 100;
    tap(1, A);
    tap(0, A);
    assert_string_equal(fired, "ABA");
    // A mouse of its own works as soon as nobody touches.
    now += POINTER_ECHO;
    tap(0, A);
    assert_string_equal(fired, "ABAA");
    // A held node is held once, and let go once.
    now += POINTER_ECHO;
    down(1, HELD);
    down(0, HELD);
    up(0, HELD);
    assert_string_equal(fired, "ABAAH");
    up(1, HELD);
    assert_string_equal(fired, "ABAAHh");
}

static void
a_double_tap_does_not_press_what_came_up_below(void **state)
{
    (void)state;
    tap(1, A);
    note(pointer_leave(&pointer)); // the tap led to another screen
    tap(1, A);
    assert_string_equal(fired, "A");
    now += POINTER_BOUNCE;
    tap(1, A);
    assert_string_equal(fired, "AA");
    note(pointer_leave(&pointer));
    tap(1, B); // elsewhere on the new screen is meant
    assert_string_equal(fired, "AAB");
}

static void
a_finger_down_does_not_press_the_next_screen(void **state)
{
    (void)state;
    down(1, A);
    note(pointer_leave(&pointer));
    up(1, A);
    assert_string_equal(fired, "");
    down(1, HELD);
    note(pointer_leave(&pointer));
    assert_string_equal(fired, "Hh"); // let go with the screen
    up(1, HELD);
    assert_string_equal(fired, "Hh");
}

static void
holding_fires_at_once_and_when_let_go(void **state)
{
    (void)state;
    down(1, HELD);
    assert_string_equal(fired, "H");
    now += 10000;
    up(1, HELD);
    assert_string_equal(fired, "Hh");
    down(1, HELD); // slides off
    event(INPUT_MOVE, 1, middle(A), 150);
    assert_string_equal(fired, "HhHh");
    up(1, A);
    down(2, HELD); // a second finger ends it, and presses nothing itself
    down(3, A);
    assert_string_equal(fired, "HhHhHh");
    up(3, A);
    up(2, HELD);
    now += POINTER_STALE + 1;
    down(4, HELD); // its up was lost: told with the next touch
    down(4, A);
    assert_string_equal(fired, "HhHhHhHh");
}

static void
delete_repeats_while_held(void **state)
{
    (void)state;
    down(1, AGAIN);
    assert_int_equal(pointer_deadline(&pointer), now + POINTER_FIRST_REPEAT);
    note(pointer_tick(&pointer, &ui, now + POINTER_FIRST_REPEAT - 1));
    assert_string_equal(fired, "");
    for (int i = 0; i < 4; i++) {
        now = pointer_deadline(&pointer);
        note(pointer_tick(&pointer, &ui, now));
    }
    assert_string_equal(fired, "RRRR");
    assert_int_equal(pointer_deadline(&pointer), now + POINTER_REPEAT);
    up(1, AGAIN); // not once more for the end
    assert_string_equal(fired, "RRRR");
    assert_true(pointer_deadline(&pointer) == INT64_MAX);
    tap(1, AGAIN); // a short one is one
    assert_string_equal(fired, "RRRRR");
    down(1, AGAIN);
    event(INPUT_MOVE, 1, middle(A), 150);
    note(pointer_tick(&pointer, &ui, now + 100000));
    assert_string_equal(fired, "RRRRR");
    down(1, AGAIN); // the key goes away under the finger
    ui.count = 0;
    note(pointer_tick(&pointer, &ui, now + 100000));
    assert_true(pointer_deadline(&pointer) == INT64_MAX);
    assert_string_equal(fired, "RRRRR");
}

static void
only_what_can_be_pressed_is(void **state)
{
    (void)state;
    tap(1, GONE);
    tap(1, WORDS);
    event(INPUT_DOWN, 1, 900, 1800); // nothing there
    event(INPUT_UP, 1, 900, 1800);
    assert_string_equal(fired, "");
    down(1, A);
    ui.nodes[1].flags |= NODE_DISABLED; // it went off in between
    up(1, A);
    assert_string_equal(fired, "");
    // What is drawn later lies above.
    ui_press(&ui, UNDER + 1, ROLE_BUTTON, 0, (struct rect){690, 90, 50, 120}, "O", PRESS, 'O');
    event(INPUT_DOWN, 1, 710, 150);
    event(INPUT_UP, 1, 710, 150);
    event(INPUT_DOWN, 1, 790, 150);
    event(INPUT_UP, 1, 790, 150);
    assert_string_equal(fired, "OU");
}

static void
key(enum input_kind kind)
{
    event(kind, 0, 0, 0);
}

static void
the_tactile_keys_go_through_all_that_can_be_pressed(void **state)
{
    (void)state;
    static const uint32_t order[] = {A, B, HELD, AGAIN, UNDER, A};
    for (size_t i = 0; i < 6; i++) {
        key(INPUT_KEY_NEXT);
        assert_int_equal(pointer.focus, order[i]);
    }
    for (size_t i = 5; i-- > 0;) {
        key(INPUT_KEY_PREVIOUS);
        assert_int_equal(pointer.focus, order[i]);
    }
    key(INPUT_KEY_PRESS);
    assert_string_equal(fired, "A");
    pointer_init(&pointer);
    key(INPUT_KEY_PREVIOUS); // from nothing, backwards: the last
    assert_int_equal(pointer.focus, UNDER);
    down(1, A); // a touch: the keys are not in use
    assert_int_equal(pointer.focus, 0);
    up(1, A);
    key(INPUT_KEY_PRESS); // no focus, nothing pressed
    assert_string_equal(fired, "AA");
    key(INPUT_KEY_NEXT);
    note(pointer_leave(&pointer));
    assert_int_equal(pointer.focus, 0);
    ui.count = 1; // a screen with nothing to press
    key(INPUT_KEY_NEXT);
    assert_int_equal(pointer.focus, 0);
    ui.count = 0;
    key(INPUT_KEY_PREVIOUS);
    assert_int_equal(pointer.focus, 0);
}

static void
a_tactile_key_switches_what_is_held(void **state)
{
    (void)state;
    while (pointer.focus != HELD) {
        key(INPUT_KEY_NEXT);
    }
    key(INPUT_KEY_PRESS);
    assert_string_equal(fired, "H");
    key(INPUT_KEY_PRESS);
    assert_string_equal(fired, "Hh");
    key(INPUT_KEY_PRESS);
    key(INPUT_KEY_NEXT); // walks on while it is held
    key(INPUT_KEY_PRESS);
    assert_string_equal(fired, "HhHh"); // told first; the press is for the next time
    key(INPUT_KEY_PRESS);
    assert_string_equal(fired, "HhHhR");
}

static void
a_field_is_told_where_it_was_touched(void **state)
{
    (void)state;
    static const struct field field = {
        .id = 50, .label = "F", .text = "iiiiiiii", .lines = 1, .caret_action = PRESS};
    struct rect rect = {100, 400, 600, field_height(&ui, 1)};
    field_draw(&ui, rect, &field);
    int64_t last = -1;
    for (int x = rect.x + 1; x < rect.x + rect.w; x += 3) {
        struct input touch = {INPUT_DOWN, 1, x, rect.y + 30, now};
        assert_int_equal(pointer_input(&pointer, &ui, &touch).id, 0);
        touch.kind = INPUT_UP;
        struct press press = pointer_input(&pointer, &ui, &touch);
        assert_true(press.id == 50 && press.action == PRESS);
        assert_true(press.arg == last || press.arg == last + 1); // from 0 to 8, none left out
        last = press.arg;
    }
    assert_int_equal(last, 8);
    for (int i = 0; i < 20; i++) { // the keys pass it by: arrows move its caret
        key(INPUT_KEY_NEXT);
        assert_int_not_equal(pointer.focus, 50);
    }
}

static void
nothing_fires_that_was_not_pressed(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 200; seed++) {
        srand(seed);
        set_up(NULL);
        size_t downs = 0;
        for (int i = 0; i < 300; i++) {
            enum input_kind kind = (enum input_kind)(rand() % 4);
            downs += kind == INPUT_DOWN;
            now += rand() % 40;
            event(kind, rand() % 8, rand() % 1000, 90 + rand() % 120);
            assert_true(strlen(fired) < sizeof fired - 2);
            assert_null(strchr(fired, 'X')); // what is off
            if (rand() % 20 == 0) {
                note(pointer_leave(&pointer));
            }
            size_t held = 0, loose = 0;
            for (const char *at = fired; *at; at++) {
                held += *at == 'H';
                loose += *at == 'h';
            }
            assert_true(held - loose == (pointer.held ? 1 : 0)); // never left on
        }
        assert_true(strlen(fired) <= 2 * downs);
        event(INPUT_CANCEL, 0, 0, 0); // and it always comes to rest
        now += POINTER_STALE + POINTER_ECHO;
        fired[0] = '\0';
        tap(1, A);
        assert_string_equal(fired, "A");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(taps_fire_in_their_order, set_up),
        cmocka_unit_test_setup(down_arms_and_up_inside_fires, set_up),
        cmocka_unit_test_setup(a_drag_cancels, set_up),
        cmocka_unit_test_setup(a_second_finger_cancels, set_up),
        cmocka_unit_test_setup(a_palm_presses_nothing, set_up),
        cmocka_unit_test_setup(a_lost_finger_is_forgotten, set_up),
        cmocka_unit_test_setup(a_resting_finger_stays_known_while_it_moves, set_up),
        cmocka_unit_test_setup(the_windows_end_in_the_middle_cancels, set_up),
        cmocka_unit_test_setup(a_touch_that_comes_as_a_mouse_too_fires_once, set_up),
        cmocka_unit_test_setup(a_double_tap_does_not_press_what_came_up_below, set_up),
        cmocka_unit_test_setup(a_finger_down_does_not_press_the_next_screen, set_up),
        cmocka_unit_test_setup(holding_fires_at_once_and_when_let_go, set_up),
        cmocka_unit_test_setup(delete_repeats_while_held, set_up),
        cmocka_unit_test_setup(only_what_can_be_pressed_is, set_up),
        cmocka_unit_test_setup(the_tactile_keys_go_through_all_that_can_be_pressed, set_up),
        cmocka_unit_test_setup(a_tactile_key_switches_what_is_held, set_up),
        cmocka_unit_test_setup(a_field_is_told_where_it_was_touched, set_up),
        cmocka_unit_test_setup(nothing_fires_that_was_not_pressed, set_up),
    };
    return cmocka_run_group_tests(tests, frame_open, frame_close);
}
