/* The monitor itself, where there is no display server: the kernel's mode setting (KMS) and
 * one plain buffer that the graphics card shows. No OpenGL: SDL's own way there draws the
 * whole screen anew for each change, 257 ms without a graphics driver for a button of 100
 * pixels, and loads Mesa and LLVM for it. One thread. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "ui/rect.h"

struct monitor;

/* The first connected one; NULL where there is none that this user may use. */
struct monitor *monitor_open(void);
/* Black, then the console's again. */
void monitor_close(struct monitor *monitor);
void monitor_size(const struct monitor *monitor, int *width, int *height);
/* What is shown, 0x00RRGGBB; slow to read. `stride` in pixels. */
uint32_t *monitor_pixels(const struct monitor *monitor, int *stride);
enum { MONITOR_PARTS = 64 };
/* These parts (at most MONITOR_PARTS) were painted: bring them to the glass. False and a log line:
 * they are not there, say all anew. */
bool monitor_show(struct monitor *monitor, const struct rect *parts, size_t count);
