/* The window, the input and the painter: the only SDL besides type. One thread. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "ui/draw.h"
#include "ui/pointer.h"

struct platform;
struct type;

struct platform_options {
    int width, height; /* of the upright picture; 0: the display's */
    bool window;       /* a window to use by hand instead of the full screen */
    int rotate;        /* 0 90 180 270 clockwise: the panel is mounted turned */
    double touch[6];   /* 2x3 matrix from raw touches to the panel as mounted, in fractions
                        * of its width and height (as libinput's); all zero: identity */
    const char *icons; /* folder of SVG files */
    const char *title;
};

/* Opens the window, reads the icons; afterwards no file is opened but the input
 * devices (without a display server) and the sound device. Signals stay the program's
 * own. A window to use by hand is made smaller where the display is. NULL and a log
 * line that says what to do. */
struct platform *platform_create(const struct platform_options *options, struct type *type);
void platform_destroy(struct platform *platform);
void platform_size(const struct platform *platform, int *width, int *height);

/* Descriptors to poll for input; fills up to `max`, returns how many. They may change
 * (a panel is plugged in): ask before each poll, after platform_next said NONE. */
int platform_fds(const struct platform *platform, int *fds, int max);

enum platform_event_kind {
    PLATFORM_NONE,
    PLATFORM_INPUT,
    PLATFORM_TEXT,
    PLATFORM_KEY,
    PLATFORM_QUIT,   /* closed by hand; only a window can be */
    PLATFORM_EXPOSED /* the picture is lost: ask the size, show all */
};
enum platform_key {
    PLATFORM_KEY_OTHER,
    PLATFORM_KEY_ENTER,
    PLATFORM_KEY_TAB,
    PLATFORM_KEY_BACKSPACE,
    PLATFORM_KEY_LEFT,
    PLATFORM_KEY_RIGHT,
    PLATFORM_KEY_UP,
    PLATFORM_KEY_DOWN,
    PLATFORM_KEY_HOME,
    PLATFORM_KEY_ESCAPE,
    PLATFORM_KEY_HELP,
    PLATFORM_KEY_BACKTAB
};
struct platform_event {
    enum platform_event_kind kind;
    struct input input;
    enum platform_key key;
    char text[64]; /* UTF-8 typed by a keyboard or a scanner */
    bool held;     /* of a key that stays down and says it again */
    int64_t now;   /* monotonic ms of the event itself */
};
/* The next event without waiting; PLATFORM_NONE when there is none. */
struct platform_event platform_next(struct platform *platform);

/* Show the list: repaints what changed since the last call (all, when `all`). */
void platform_show(struct platform *platform, const struct draw_list *list, bool all);
/* Forget every pixel and string of earlier frames; the next show paints all. */
void platform_forget(struct platform *platform);
/* Short sounds, volume 0..3; nothing happens without a sound device. Never waits:
 * the device is opened on a thread, by the first sound that can be heard. */
enum { PLATFORM_SOUND_PRESS, PLATFORM_SOUND_DONE, PLATFORM_SOUND_ERROR, PLATFORM_SOUND_ATTENTION };
void platform_sound(struct platform *platform, int sound, int volume);
