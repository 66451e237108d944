/* The face at work: one loop over touches, keys, the desk and the clock. It runs
 * the flow's effects and shows its screens; nothing here decides what a visit does. */
#pragma once
#include <stdbool.h>

struct catalogue;
struct face;
struct platform;
struct secret;
struct settings;
struct type;

/* All borrowed and outlive the face, but for the catalogue, which it takes over. */
struct face_parts {
    const struct settings *settings;
    struct platform *platform;
    struct type *type;
    struct secret *memory; /* the visit's, FACE_MEMORY bytes */
    struct catalogue *catalogue;
    const char *locale;  /* folder of the translations */
    int listener;        /* where the desk dials in; -1 nowhere */
    int signals;         /* readable when the program shall end; -1 never */
    int nodes;           /* every frame's nodes go there as JSON lines; -1 nowhere (nodes.h) */
    bool window;         /* closing the window ends the face */
    const char *preview; /* this service alone, without a desk; NULL: a kiosk (preview.h) */
};

enum { FACE_MEMORY = 512 * 1024 };

/* Loads what must be there before the program locks itself and shows the first
 * frame. NULL and one log line when that is impossible. */
struct face *face_create(const struct face_parts *parts);
void face_destroy(struct face *face); /* leaves the screen blank */

/* Until a signal or the window's end. */
void face_run(struct face *face);
