/* The window and its pixels: one upright picture, however the panel is mounted
 * and whatever the display wants. One thread. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "ui/rect.h"

struct window;
struct canvas;
struct platform;
struct platform_options;

struct window *window_create(const struct platform_options *options); /* NULL and a log line */
void window_destroy(struct window *window);
void window_size(const struct window *window, int *width, int *height); /* upright */
/* The upright picture, its clip open; false when the display has none just now. */
bool window_canvas(struct window *window, struct canvas *canvas);
/* Show these parts of the picture. Does not wait for the next frame on X11. False:
 * nothing was shown; paint all anew with the next frame. */
bool window_present(struct window *window, const struct rect *parts, size_t count);
/* The display changed: true when the picture is lost and must be painted again. */
bool window_resized(struct window *window);
void window_forget(struct window *window); /* zeroes the picture, shows nothing */
/* From fractions of the display (turn.h) to pixels of the upright picture. */
void window_upright(const struct window *window, double x, double y, int *across, int *down);
/* The same from pixels of the window, as a mouse reports. */
void window_pixel(const struct window *window, int x, int y, int *across, int *down);
/* The descriptor that becomes readable with input; -1: the display has none. */
int window_fd(const struct window *window);
bool window_polls_devices(const struct window *window); /* input does not come by window_fd */

struct window *platform_window(const struct platform *platform); /* for snapshots */
