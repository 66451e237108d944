#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include <SDL2/SDL.h>

#include "platform/canvas.h"
#include "platform/platform.h"
#include "platform/snapshot.h"
#include "platform/window.h"
#include "type/type.h"

static const char *icons = "assets/icons";
static struct type *type;
static struct draw_list *list;

static int
set_up(void **state)
{
    (void)state;
    type = type_create(NULL);
    list = draw_list_create();
    return type && list ? 0 : -1;
}

static int
tear_down(void **state)
{
    (void)state;
    draw_list_destroy(list);
    type_destroy(type);
    return 0;
}

static struct platform *
open_platform(struct platform_options options)
{
    options.icons = icons;
    options.width = options.width ? options.width : 300;
    options.height = options.height ? options.height : 500;
    struct platform *platform = platform_create(&options, type);
    assert_non_null(platform);
    while (platform_next(platform).kind != PLATFORM_NONE) {
        continue;
    }
    return platform;
}

static uint32_t
pixel(struct platform *platform, int x, int y)
{
    struct canvas canvas;
    assert_true(window_canvas(platform_window(platform), &canvas));
    return *canvas_at(&canvas, x, y) & 0xFFFFFF;
}

static SDL_Surface *
the_window(void)
{
    for (uint32_t id = 1; id < 100; id++) {
        if (SDL_GetWindowFromID(id)) {
            return SDL_GetWindowSurface(SDL_GetWindowFromID(id));
        }
    }
    fail_msg("there is no window");
    return NULL;
}

static void
what_is_shown_is_on_the_surface(void **state)
{
    (void)state;
    static const int turns[] = {0, 90, 180, 270};
    for (size_t i = 0; i < 4; i++) {
        struct platform *platform = open_platform((struct platform_options){.rotate = turns[i]});
        int width, height;
        platform_size(platform, &width, &height);
        assert_int_equal(width, 300);
        assert_int_equal(height, 500);
        draw_list_reset(list);
        draw_fill(list, (struct rect){0, 0, 300, 500}, 0, 0xF6F4EE);
        draw_fill(list, (struct rect){0, 0, 100, 50}, 0, 0x005B50);
        platform_show(platform, list, false);
        assert_int_equal(pixel(platform, 99, 49), 0x005B50);
        assert_int_equal(pixel(platform, 100, 50), 0xF6F4EE);
        // And on the window, turned.
        SDL_Surface *surface = the_window();
        assert_int_equal(surface->w, turns[i] % 180 ? 500 : 300);
        int corner_x = turns[i] == 90 || turns[i] == 180 ? surface->w - 1 : 0;
        int corner_y = turns[i] == 180 || turns[i] == 270 ? surface->h - 1 : 0;
        uint32_t got = ((uint32_t *)surface->pixels)[corner_y * surface->pitch / 4 + corner_x];
        assert_int_equal(got & 0xFFFFFF, 0x005B50);
        platform_destroy(platform);
    }
}

static void
only_what_changed_is_painted(void **state)
{
    (void)state;
    struct platform *platform = open_platform((struct platform_options){0});
    struct canvas canvas;
    for (int frame = 0; frame < 2; frame++) {
        draw_list_reset(list);
        draw_fill(list, (struct rect){0, 0, 300, 500}, 0, 0xFFFFFF);
        draw_fill(list, (struct rect){10, 10, 50, 50}, 0, frame ? 0x00FF00 : 0xFF0000);
        platform_show(platform, list, false);
        window_canvas(platform_window(platform), &canvas);
        *canvas_at(&canvas, 200, 200) = 0x123456; // a trace that a repaint would remove
    }
    assert_int_equal(pixel(platform, 20, 20), 0x00FF00);
    assert_int_equal(pixel(platform, 200, 200), 0x123456);
    platform_show(platform, list, true);
    assert_int_equal(pixel(platform, 200, 200), 0xFFFFFF);
    platform_destroy(platform);
}

static void
the_next_visitor_sees_no_earlier_pixel(void **state)
{
    (void)state;
    struct platform *platform = open_platform((struct platform_options){.rotate = 90});
    draw_list_reset(list);
    draw_fill(list, (struct rect){0, 0, 300, 500}, 0, 0xFFFFFF);
    draw_text(list, (struct rect){10, 10, 280, 60}, 40, WEIGHT_REGULAR, 0, 0, "6472036307900001");
    platform_show(platform, list, false);
    platform_forget(platform);
    struct canvas canvas;
    window_canvas(platform_window(platform), &canvas);
    for (int y = 0; y < 500; y++) {
        for (int x = 0; x < 300; x++) {
            assert_int_equal(*canvas_at(&canvas, x, y), 0);
        }
    }
    draw_list_reset(list);
    draw_fill(list, (struct rect){0, 0, 300, 500}, 0, 0xF6F4EE);
    platform_show(platform, list, false); // all, though nobody asked for it
    for (int y = 0; y < 500; y++) {
        for (int x = 0; x < 300; x++) {
            assert_int_equal(*canvas_at(&canvas, x, y) & 0xFFFFFF, 0xF6F4EE);
        }
    }
    platform_destroy(platform);
}

static struct platform_event pushed(struct platform *platform, SDL_Event event);

static void
a_forgotten_picture_is_asked_for(void **state)
{
    (void)state;
    struct platform *platform = open_platform((struct platform_options){0});
    SDL_Event light = {.window = {.type = SDL_WINDOWEVENT, .event = SDL_WINDOWEVENT_EXPOSED}};
    assert_int_equal(pushed(platform, light).kind, PLATFORM_NONE); // nothing to lose yet
    draw_list_reset(list);
    draw_fill(list, (struct rect){0, 0, 300, 500}, 0, 0xFFFFFF);
    platform_show(platform, list, false);
    assert_int_equal(pushed(platform, light).kind, PLATFORM_NONE); // shown again by itself
    platform_forget(platform);
    assert_int_equal(pushed(platform, light).kind, PLATFORM_EXPOSED);
    platform_destroy(platform);
}

static struct platform_event
pushed(struct platform *platform, SDL_Event event)
{
    assert_int_equal(SDL_PushEvent(&event), 1);
    return platform_next(platform);
}

static SDL_Event
finger(uint32_t kind, int64_t id, float x, float y)
{
    return (SDL_Event){.tfinger = {.type = kind, .fingerId = id, .x = x, .y = y}};
}

static void
fingers_are_pixels_of_the_upright_picture(void **state)
{
    (void)state;
    static const struct {
        int rotate;
        double touch[6];
        float x, y;
        int across, down;
    } rows[] = {
        {0, {0}, 0.1f, 0.9f, 30, 450},
        {90, {0}, 0.1f, 0.9f, 269, 449}, // the panel's left is the picture's bottom
        {180, {0}, 0.1f, 0.9f, 269, 49},
        {270, {0}, 0.1f, 0.9f, 30, 50},
        {0, {0, 1, 0, 1, 0, 0}, 0.1f, 0.9f, 270, 50},    // axes swapped
        {0, {-1, 0, 1, 0, -1, 1}, 0.1f, 0.9f, 270, 50},  // upside down
        {0, {1, 0, 0.5, 0, 1, 0}, 0.9f, 0.5f, 299, 250}, // beyond the glass
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct platform_options options = {.rotate = rows[i].rotate};
        memcpy(options.touch, rows[i].touch, sizeof options.touch);
        struct platform *platform = open_platform(options);
        struct platform_event got =
            pushed(platform, finger(SDL_FINGERDOWN, 0, rows[i].x, rows[i].y));
        assert_int_equal(got.kind, PLATFORM_INPUT);
        assert_int_equal(got.input.kind, INPUT_DOWN);
        assert_true(got.input.finger != 0);
        assert_in_range(got.input.x, rows[i].across - 1, rows[i].across + 1);
        assert_in_range(got.input.y, rows[i].down - 1, rows[i].down + 1);
        platform_destroy(platform);
    }
}

static void
fingers_keep_their_names(void **state)
{
    (void)state;
    struct platform *platform = open_platform((struct platform_options){0});
    int64_t one = pushed(platform, finger(SDL_FINGERDOWN, 0, 0, 0)).input.finger;
    int64_t two = pushed(platform, finger(SDL_FINGERDOWN, 1, 0, 0)).input.finger;
    int64_t odd = pushed(platform, finger(SDL_FINGERDOWN, -1, 0, 0)).input.finger;
    assert_true(one && two && odd && one != two && two != odd);
    struct platform_event up = pushed(platform, finger(SDL_FINGERUP, 0, 0.5f, 0.5f));
    assert_true(up.input.kind == INPUT_UP && up.input.finger == one && up.input.x == 150);
    assert_int_equal(pushed(platform, finger(SDL_FINGERMOTION, 1, 0, 0)).input.kind, INPUT_MOVE);
    platform_destroy(platform);
}

static void
a_mouse_is_a_finger_that_hovers_in_silence(void **state)
{
    (void)state;
    struct platform *platform = open_platform((struct platform_options){0});
    SDL_Event move = {.motion = {.type = SDL_MOUSEMOTION, .x = 40, .y = 50}};
    SDL_Event down = {.button = {.type = SDL_MOUSEBUTTONDOWN, .button = SDL_BUTTON_LEFT, .x = 7}};
    SDL_Event up = down, right = down, touch = down;
    up.type = SDL_MOUSEBUTTONUP;
    right.button.button = SDL_BUTTON_RIGHT;
    touch.button.which = SDL_TOUCH_MOUSEID;
    assert_int_equal(pushed(platform, move).kind, PLATFORM_NONE);
    assert_int_equal(pushed(platform, right).kind, PLATFORM_NONE);
    assert_int_equal(pushed(platform, touch).kind, PLATFORM_NONE);
    struct platform_event got = pushed(platform, down);
    assert_true(got.kind == PLATFORM_INPUT && got.input.kind == INPUT_DOWN && got.input.x == 7);
    assert_int_equal(got.input.finger, 0);
    got = pushed(platform, move);
    assert_true(got.kind == PLATFORM_INPUT && got.input.kind == INPUT_MOVE && got.input.y == 50);
    assert_int_equal(pushed(platform, up).input.kind, INPUT_UP);
    assert_int_equal(pushed(platform, move).kind, PLATFORM_NONE);
    pushed(platform, down);
    SDL_Event lost = {.window = {.type = SDL_WINDOWEVENT, .event = SDL_WINDOWEVENT_FOCUS_LOST}};
    assert_int_equal(pushed(platform, lost).input.kind, INPUT_CANCEL);
    assert_int_equal(pushed(platform, move).kind, PLATFORM_NONE);
    platform_destroy(platform);
}

static void
keys_and_text_arrive(void **state)
{
    (void)state;
    static const struct {
        SDL_Keycode code;
        uint16_t mod;
        uint8_t repeat;
        enum platform_event_kind kind;
        enum platform_key key;
    } rows[] = {
        {SDLK_RETURN, 0, 0, PLATFORM_KEY, PLATFORM_KEY_ENTER},
        {SDLK_RETURN, 0, 1, PLATFORM_NONE, 0},
        {SDLK_KP_ENTER, 0, 0, PLATFORM_KEY, PLATFORM_KEY_ENTER},
        {SDLK_TAB, 0, 0, PLATFORM_KEY, PLATFORM_KEY_TAB},
        {SDLK_TAB, KMOD_LSHIFT, 0, PLATFORM_KEY, PLATFORM_KEY_BACKTAB},
        {SDLK_TAB, KMOD_LALT, 0, PLATFORM_NONE, 0},
        {SDLK_F4, KMOD_LALT, 0, PLATFORM_NONE, 0},
        {SDLK_BACKSPACE, 0, 1, PLATFORM_KEY, PLATFORM_KEY_BACKSPACE},
        {SDLK_LEFT, KMOD_NUM, 0, PLATFORM_KEY, PLATFORM_KEY_LEFT},
        {SDLK_a, 0, 0, PLATFORM_KEY, PLATFORM_KEY_OTHER},
        {SDLK_v, KMOD_LCTRL, 0, PLATFORM_NONE, 0},
    };
    struct platform *platform = open_platform((struct platform_options){0});
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        SDL_Event event = {.key = {.type = SDL_KEYDOWN, .repeat = rows[i].repeat}};
        event.key.keysym.sym = rows[i].code;
        event.key.keysym.mod = rows[i].mod;
        struct platform_event got = pushed(platform, event);
        if (got.kind != rows[i].kind || (got.kind && got.key != rows[i].key)) {
            fail_msg("row %zu: kind %d, key %d", i, got.kind, got.key);
        }
        event.type = SDL_KEYUP;
        assert_int_equal(pushed(platform, event).kind, PLATFORM_NONE);
    }
    SDL_Event typed = {.text = {.type = SDL_TEXTINPUT, .text = "é"}};
    assert_string_equal(pushed(platform, typed).text, "é");
    typed.text.text[0] = '\0';
    assert_int_equal(pushed(platform, typed).kind, PLATFORM_NONE);
    platform_destroy(platform);
}

static void
only_a_window_can_be_closed(void **state)
{
    (void)state;
    SDL_Event quit = {.type = SDL_QUIT};
    struct platform *platform = open_platform((struct platform_options){0});
    assert_int_equal(pushed(platform, quit).kind, PLATFORM_NONE);
    platform_destroy(platform);
    platform = open_platform((struct platform_options){.window = true});
    assert_int_equal(pushed(platform, quit).kind, PLATFORM_QUIT);
    platform_destroy(platform);
}

static void
a_window_by_hand_keeps_its_shape(void **state)
{
    (void)state;
    struct platform *platform =
        open_platform((struct platform_options){.window = true, .width = 1080, .height = 1920});
    int width, height;
    platform_size(platform, &width, &height); // the dummy display is 1024 x 768
    assert_in_range(height, 600, 768);
    assert_in_range(width * 1920 / height, 1070, 1090);
    platform_destroy(platform);
}

static void
input_left_in_the_queue_wakes_the_loop(void **state)
{
    (void)state;
    struct platform *platform = open_platform((struct platform_options){0});
    struct pollfd polls[4];
    int fds[4], count = platform_fds(platform, fds, 4);
    assert_true(count >= 1);
    for (int i = 0; i < count; i++) {
        polls[i] = (struct pollfd){fds[i], POLLIN, 0};
    }
    assert_int_equal(poll(polls, (nfds_t)count, 0), 0);
    SDL_Event event = finger(SDL_FINGERDOWN, 3, 0.5f, 0.5f);
    SDL_PushEvent(&event);
    draw_list_reset(list);
    draw_fill(list, (struct rect){0, 0, 300, 500}, 0, 0xFFFFFF);
    platform_show(platform, list, true);
    assert_int_equal(poll(polls, (nfds_t)count, 0), 1);
    assert_int_equal(platform_next(platform).kind, PLATFORM_INPUT);
    assert_int_equal(platform_next(platform).kind, PLATFORM_NONE);
    assert_int_equal(poll(polls, (nfds_t)count, 0), 0);
    platform_destroy(platform);
}

static void
a_snapshot_is_a_picture(void **state)
{
    (void)state;
    char path[] = "/tmp/anjungan-snapshot-XXXXXX", head[8] = "";
    int fd = mkstemp(path);
    struct platform *platform = open_platform((struct platform_options){.rotate = 270});
    draw_list_reset(list);
    draw_fill(list, (struct rect){0, 0, 300, 500}, 0, 0xFFFFFF);
    platform_show(platform, list, true);
    assert_true(snapshot_save(platform, path));
    assert_int_equal(read(fd, head, sizeof head), 8);
    assert_memory_equal(head, "\x89PNG\r\n\x1a\n", 8);
    assert_false(snapshot_save(platform, "/proc/nonexistent/picture.png"));
    close(fd);
    unlink(path);
    platform_destroy(platform);
}

static void
sounds_never_wait(void **state)
{
    (void)state;
    struct platform *platform = open_platform((struct platform_options){0});
    uint32_t before = SDL_GetTicks();
    for (int i = 0; i < 200; i++) {
        platform_sound(platform, i % 6 - 1, i % 5 - 1);
    }
    assert_in_range(SDL_GetTicks() - before, 0, 100);
    platform_destroy(platform);
}

int
main(int argc, char **argv)
{
    if (argc > 1) {
        icons = argv[1];
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_shown_is_on_the_surface),
        cmocka_unit_test(only_what_changed_is_painted),
        cmocka_unit_test(the_next_visitor_sees_no_earlier_pixel),
        cmocka_unit_test(a_forgotten_picture_is_asked_for),
        cmocka_unit_test(fingers_are_pixels_of_the_upright_picture),
        cmocka_unit_test(fingers_keep_their_names),
        cmocka_unit_test(a_mouse_is_a_finger_that_hovers_in_silence),
        cmocka_unit_test(keys_and_text_arrive),
        cmocka_unit_test(only_a_window_can_be_closed),
        cmocka_unit_test(a_window_by_hand_keeps_its_shape),
        cmocka_unit_test(input_left_in_the_queue_wakes_the_loop),
        cmocka_unit_test(a_snapshot_is_a_picture),
        cmocka_unit_test(sounds_never_wait),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
