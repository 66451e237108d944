#include "platform/input.h"

#include <string.h>

#include <SDL2/SDL.h>

#include "base/text.h"
#include "platform/window.h"

void
input_rules_init(struct input_rules *rules, const struct platform_options *options)
{
    static const double as_reported[6] = {1, 0, 0, 0, 1, 0};
    bool given = false;
    for (int i = 0; i < 6; i++) {
        given |= options->touch[i] != 0;
    }
    *rules = (struct input_rules){.window = options->window};
    memcpy(rules->touch, given ? options->touch : as_reported, sizeof rules->touch);
}

static bool
is_finger(const struct input_rules *rules, const struct window *window, const SDL_Event *event,
          struct platform_event *out)
{
    const double *m = rules->touch;
    double x = event->tfinger.x, y = event->tfinger.y;
    out->kind = PLATFORM_INPUT;
    out->input.kind = event->type == SDL_FINGERDOWN ? INPUT_DOWN
                      : event->type == SDL_FINGERUP ? INPUT_UP
                                                    : INPUT_MOVE;
    // SDL counts fingers from 0 on some panels; 0 is our mouse.
    out->input.finger = (int64_t)((uint64_t)event->tfinger.fingerId & (INT64_MAX >> 1)) + 1;
    window_upright(window, m[0] * x + m[1] * y + m[2], m[3] * x + m[4] * y + m[5], &out->input.x,
                   &out->input.y);
    return true;
}

static bool
is_mouse(struct input_rules *rules, const struct window *window, const SDL_Event *event,
         struct platform_event *out)
{
    bool motion = event->type == SDL_MOUSEMOTION;
    out->kind = PLATFORM_INPUT;
    if ((motion ? event->motion.which : event->button.which) == SDL_TOUCH_MOUSEID) {
        return false;
    }
    if (motion) {
        out->input.kind = INPUT_MOVE;
        window_pixel(window, event->motion.x, event->motion.y, &out->input.x, &out->input.y);
        return rules->mouse_down;
    }
    if (event->button.button != SDL_BUTTON_LEFT) {
        return false;
    }
    rules->mouse_down = event->type == SDL_MOUSEBUTTONDOWN;
    out->input.kind = rules->mouse_down ? INPUT_DOWN : INPUT_UP;
    window_pixel(window, event->button.x, event->button.y, &out->input.x, &out->input.y);
    return true;
}

/* `held`: says it again and again while it is held. */
static const struct {
    SDL_Keycode code;
    enum platform_key key;
    bool held;
} keys[] = {
    {SDLK_RETURN, PLATFORM_KEY_ENTER, false},
    {SDLK_KP_ENTER, PLATFORM_KEY_ENTER, false},
    {SDLK_SELECT, PLATFORM_KEY_ENTER, false},
    {SDLK_TAB, PLATFORM_KEY_TAB, true},
    {SDLK_BACKSPACE, PLATFORM_KEY_BACKSPACE, true},
    {SDLK_LEFT, PLATFORM_KEY_LEFT, true},
    {SDLK_RIGHT, PLATFORM_KEY_RIGHT, true},
    {SDLK_UP, PLATFORM_KEY_UP, true},
    {SDLK_DOWN, PLATFORM_KEY_DOWN, true},
    {SDLK_HOME, PLATFORM_KEY_HOME, false},
    {SDLK_ESCAPE, PLATFORM_KEY_ESCAPE, false},
    {SDLK_AC_BACK, PLATFORM_KEY_ESCAPE, false},
    {SDLK_F1, PLATFORM_KEY_HELP, false},
    {SDLK_HELP, PLATFORM_KEY_HELP, false},
};

static bool
is_key(struct input_rules *rules, const SDL_KeyboardEvent *key, struct platform_event *out)
{
    out->kind = PLATFORM_KEY;
    out->held = rules->held = key->repeat != 0;
    if (key->keysym.mod & (KMOD_CTRL | KMOD_ALT | KMOD_GUI)) {
        return false; // no shortcut does anything here
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (keys[i].code != key->keysym.sym) {
            continue;
        }
        out->key = keys[i].key;
        if (out->key == PLATFORM_KEY_TAB && key->keysym.mod & KMOD_SHIFT) {
            out->key = PLATFORM_KEY_BACKTAB;
        }
        return keys[i].held || !key->repeat;
    }
    out->key = PLATFORM_KEY_OTHER; // somebody is there; what it types comes as text
    return !key->repeat;
}

bool
input_translate(struct input_rules *rules, const struct window *window,
                const union SDL_Event *event, struct platform_event *out)
{
    switch (event->type) {
    case SDL_FINGERDOWN:
    case SDL_FINGERUP:
    case SDL_FINGERMOTION:
        return is_finger(rules, window, event, out);
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
    case SDL_MOUSEMOTION:
        return is_mouse(rules, window, event, out);
    case SDL_KEYDOWN:
        return is_key(rules, &event->key, out);
    case SDL_TEXTINPUT:
        out->kind = PLATFORM_TEXT;
        out->held = rules->held;
        text_copy(out->text, sizeof out->text, event->text.text);
        return out->text[0] != '\0';
    case SDL_QUIT: // Alt-F4 and the like are nobody's on a kiosk
        out->kind = PLATFORM_QUIT;
        return rules->window;
    case SDL_WINDOWEVENT:
        if (event->window.event != SDL_WINDOWEVENT_FOCUS_LOST) {
            return false;
        }
        // What is down now may never come up here.
        rules->mouse_down = false;
        out->kind = PLATFORM_INPUT;
        out->input.kind = INPUT_CANCEL;
        return true;
    default:
        return false;
    }
}
