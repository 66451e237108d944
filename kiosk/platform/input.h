/* From SDL's events to ours. */
#pragma once
#include <stdbool.h>
#include "platform/platform.h"

struct window;
union SDL_Event;

struct input_rules {
    double touch[6]; /* raw to panel, in fractions of its width and height */
    bool window;     /* closing it by hand ends the program */
    bool mouse_down; /* a mouse that only hovers says nothing */
    bool held;       /* the last key only said again that it is down; its text follows */
};

void input_rules_init(struct input_rules *rules, const struct platform_options *options);
/* False: the event means nothing to a kiosk. */
bool input_translate(struct input_rules *rules, const struct window *window,
                     const union SDL_Event *event, struct platform_event *out);
