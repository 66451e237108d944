#include "platform/platform.h"

#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <SDL2/SDL.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "platform/canvas.h"
#include "platform/evdev.h"
#include "platform/input.h"
#include "platform/painter.h"
#include "platform/sound.h"
#include "platform/window.h"

enum { DAMAGE_MAX = 16 };

struct platform {
    struct window *window; // owned, as all but `type`
    struct painter *painter;
    struct draw_list *last; // what is on the screen
    struct sound *sound;
    struct evdev *evdev; // NULL: a display server wakes us
    struct input_rules rules;
    int wake;   // eventfd: SDL has events that no descriptor tells of any more
    bool shown; // `last` and the pixels are those of the screen
    bool begun; // there was a first picture
};

struct platform *
platform_create(const struct platform_options *options, struct type *type)
{
    struct platform *platform = calloc(1, sizeof *platform);
    if (!platform) {
        return NULL;
    }
    platform->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    input_rules_init(&platform->rules, options);
    platform->painter = painter_create(type, options->icons);
    platform->last = draw_list_create();
    platform->sound = sound_create();
    if (platform->painter && platform->last && platform->sound) {
        platform->window = window_create(options);
    }
    if (!platform->window) {
        platform_destroy(platform);
        return NULL;
    }
    if (window_polls_devices(platform->window)) {
        platform->evdev = evdev_create();
    }
    return platform;
}

void
platform_destroy(struct platform *platform)
{
    if (!platform) {
        return;
    }
    sound_destroy(platform->sound);
    evdev_destroy(platform->evdev);
    draw_list_destroy(platform->last);
    painter_destroy(platform->painter);
    window_destroy(platform->window);
    if (platform->wake >= 0) {
        close(platform->wake);
    }
    free(platform);
}

struct window *
platform_window(const struct platform *platform)
{
    return platform->window;
}

void
platform_size(const struct platform *platform, int *width, int *height)
{
    window_size(platform->window, width, height);
}

int
platform_fds(const struct platform *platform, int *fds, int max)
{
    int count = 0, fd = window_fd(platform->window);
    if (platform->wake >= 0 && count < max) {
        fds[count++] = platform->wake;
    }
    if (fd >= 0 && count < max) {
        fds[count++] = fd;
    }
    if (platform->evdev) {
        count += evdev_fds(platform->evdev, fds + count, max - count);
    }
    return count;
}

/* SDL's next event, without waiting; the display is asked only when none is left. */
static bool
take_event(SDL_Event *event)
{
    if (SDL_PeepEvents(event, 1, SDL_GETEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) > 0) {
        return true;
    }
    SDL_PumpEvents();
    return SDL_PeepEvents(event, 1, SDL_GETEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) > 0;
}

/* A part of the window came to light. False: its pixels are forgotten. */
static bool
show_again(struct platform *platform)
{
    struct rect whole = {0};
    window_size(platform->window, &whole.w, &whole.h);
    if (platform->shown) {
        platform->shown = window_present(platform->window, &whole, 1);
    }
    return platform->shown;
}

/* True when the face must know. */
static bool
window_event(struct platform *platform, const SDL_Event *event, struct platform_event *out)
{
    switch (event->window.event) {
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        if (!window_resized(platform->window)) {
            return false;
        }
        platform->shown = false;
        out->kind = PLATFORM_EXPOSED;
        return true;
    case SDL_WINDOWEVENT_EXPOSED:
        if (!platform->begun || show_again(platform)) {
            return false;
        }
        out->kind = PLATFORM_EXPOSED;
        return true;
    default:
        return input_translate(&platform->rules, platform->window, event, out);
    }
}

static void
asleep_soon(struct platform *platform)
{
    uint64_t count;
    if (platform->wake >= 0 && read(platform->wake, &count, sizeof count) < 0) {
        count = 0; // nobody had woken us
    }
    if (platform->evdev) {
        evdev_drain(platform->evdev);
    }
}

struct platform_event
platform_next(struct platform *platform)
{
    SDL_Event event;
    while (take_event(&event)) {
        struct platform_event out = {.now = clock_monotonic()};
        out.input.now = out.now;
        bool known = event.type == SDL_WINDOWEVENT
                         ? window_event(platform, &event, &out)
                         : input_translate(&platform->rules, platform->window, &event, &out);
        secret_zero(&event, sizeof event);
        if (known) {
            return out;
        }
    }
    asleep_soon(platform);
    return (struct platform_event){.kind = PLATFORM_NONE, .now = clock_monotonic()};
}

static void
keep(struct platform *platform, const struct draw_list *list)
{
    draw_list_reset(platform->last);
    for (size_t i = 0; i < draw_count(list); i++) {
        draw_copy(platform->last, draw_at(list, i));
    }
}

/* Showing may have read input from the display into SDL's queue, where a poll on the
 * display's descriptor does not see it. */
static void
wake_for_queued(struct platform *platform)
{
    uint64_t one = 1;
    SDL_PumpEvents();
    if (SDL_HasEvents(SDL_FIRSTEVENT, SDL_LASTEVENT) &&
        write(platform->wake, &one, sizeof one) < 0) {
        log_warning("platform: cannot wake the loop");
    }
}

void
platform_show(struct platform *platform, const struct draw_list *list, bool all)
{
    struct rect damage[DAMAGE_MAX];
    struct canvas canvas;
    if (!window_canvas(platform->window, &canvas)) {
        return;
    }
    bool whole = all || !platform->shown;
    size_t count =
        draw_damage(whole ? NULL : platform->last, list, canvas.clip, damage, DAMAGE_MAX);
    for (size_t i = 0; i < count; i++) {
        struct canvas part = canvas;
        part.clip = rect_clip(damage[i], canvas.clip);
        if (part.clip.w > 0 && part.clip.h > 0) {
            painter_paint(platform->painter, &part, list);
        }
    }
    platform->shown = window_present(platform->window, damage, count);
    platform->begun = true;
    if (count > 0) {
        keep(platform, list);
    }
    wake_for_queued(platform);
}

void
platform_forget(struct platform *platform)
{
    window_forget(platform->window);
    painter_forget(platform->painter);
    draw_list_reset(platform->last);
    platform->shown = false;
}

void
platform_sound(struct platform *platform, int sound, int volume)
{
    sound_play(platform->sound, sound, volume);
}
