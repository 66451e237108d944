/* The input devices themselves, opened only to wake the loop: without a display
 * server nothing else tells that there is input. SDL reads what they say. */
#pragma once

struct evdev;

struct evdev *evdev_create(void); /* NULL and a log line when it cannot watch */
void evdev_destroy(struct evdev *evdev);
int evdev_fds(const struct evdev *evdev, int *fds, int max);
/* Read away what woke the loop, and open what was plugged in. */
void evdev_drain(struct evdev *evdev);
