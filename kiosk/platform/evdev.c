#include "platform/evdev.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"

enum { DEVICES = 24 };

static const char folder[] = "/dev/input";

struct device {
    char name[32]; // "event3"; empty: free
    int fd;
};
struct evdev {
    int watch; // of the folder
    struct device devices[DEVICES];
};

static void
open_one(struct evdev *evdev, const char *name)
{
    struct device *place = NULL;
    char path[64];
    if (strncmp(name, "event", 5) != 0 || strlen(name) >= sizeof place->name) {
        return;
    }
    for (struct device *device = evdev->devices; device < evdev->devices + DEVICES; device++) {
        if (strcmp(device->name, name) == 0) {
            return;
        }
        if (!place && !device->name[0]) {
            place = device;
        }
    }
    snprintf(path, sizeof path, "%s/%.31s", folder, name);
    int fd = place ? open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1;
    if (fd < 0) {
        return; // not ours to read: a power button, say
    }
    text_copy(place->name, sizeof place->name, name);
    place->fd = fd;
}

static void
open_all(struct evdev *evdev)
{
    DIR *entries = opendir(folder);
    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        open_one(evdev, entry->d_name);
    }
    if (entries) {
        closedir(entries);
    }
}

struct evdev *
evdev_create(void)
{
    struct evdev *evdev = calloc(1, sizeof *evdev);
    if (!evdev) {
        return NULL;
    }
    evdev->watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    // Made, then given to our group: only then can it be opened.
    if (evdev->watch < 0 || inotify_add_watch(evdev->watch, folder, IN_CREATE | IN_ATTRIB) < 0) {
        log_warning("input: %s is not watched, what is plugged in later is not seen: %s", folder,
                    strerror(errno));
    }
    open_all(evdev);
    if (!evdev->devices[0].name[0]) {
        log_warning("input: no readable device in %s; is the user in the group input?", folder);
    }
    return evdev;
}

static void
close_one(struct device *device)
{
    if (device->name[0]) {
        close(device->fd);
    }
    *device = (struct device){0};
}

void
evdev_destroy(struct evdev *evdev)
{
    if (!evdev) {
        return;
    }
    for (int i = 0; i < DEVICES; i++) {
        close_one(&evdev->devices[i]);
    }
    if (evdev->watch >= 0) {
        close(evdev->watch);
    }
    free(evdev);
}

int
evdev_fds(const struct evdev *evdev, int *fds, int max)
{
    int count = 0;
    if (evdev->watch >= 0 && count < max) {
        fds[count++] = evdev->watch;
    }
    for (int i = 0; i < DEVICES && count < max; i++) {
        if (evdev->devices[i].name[0]) {
            fds[count++] = evdev->devices[i].fd;
        }
    }
    return count;
}

void
evdev_drain(struct evdev *evdev)
{
    char bytes[4096]; // may hold what a scanner typed
    ssize_t got = 0;
    for (int i = 0; i < DEVICES; i++) {
        struct device *device = &evdev->devices[i];
        while (device->name[0] && (got = read(device->fd, bytes, sizeof bytes)) > 0) {
            continue;
        }
        if (device->name[0] && got < 0 && errno == ENODEV) {
            close_one(device); // unplugged
        }
    }
    secret_zero(bytes, sizeof bytes);
    bool changed = false;
    while (evdev->watch >= 0 && read(evdev->watch, bytes, sizeof bytes) > 0) {
        changed = true;
    }
    if (changed) {
        open_all(evdev);
    }
}
