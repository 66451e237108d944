#include "platform/monitor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <xf86drm.h>
#include <xf86drmMode.h>

#include "base/log.h"

enum { CARDS = 8 };

struct monitor {
    int card; // descriptor
    uint32_t connector, crtc;
    drmModeModeInfo mode;
    uint32_t handle, buffer; // 0: none
    uint32_t *pixels;        // mapped
    size_t size;
    int stride; // in pixels
    bool lit;   // the card shows the buffer
};

/* --- which ------------------------------------------------------------------------- */

/* The one that drives it now, or the first that can. 0: none. */
static uint32_t
crtc_for(int card, const drmModeRes *parts, const drmModeConnector *connector)
{
    uint32_t found = 0;
    drmModeEncoder *now = drmModeGetEncoder(card, connector->encoder_id);
    if (now) {
        found = now->crtc_id;
    }
    drmModeFreeEncoder(now);
    for (int i = 0; i < connector->count_encoders && !found; i++) {
        drmModeEncoder *encoder = drmModeGetEncoder(card, connector->encoders[i]);
        for (int bit = 0; encoder && bit < parts->count_crtcs && !found; bit++) {
            if (encoder->possible_crtcs & 1U << bit) {
                found = parts->crtcs[bit];
            }
        }
        drmModeFreeEncoder(encoder);
    }
    return found;
}

/* What the console has (the kernel's video= says it), else what the monitor likes best. */
static drmModeModeInfo
mode_for(int card, uint32_t crtc, const drmModeConnector *connector)
{
    drmModeModeInfo mode = connector->modes[0];
    for (int i = connector->count_modes; i-- > 0;) {
        if (connector->modes[i].type & DRM_MODE_TYPE_PREFERRED) {
            mode = connector->modes[i];
        }
    }
    drmModeCrtc *now = drmModeGetCrtc(card, crtc);
    if (now && now->mode_valid) {
        mode = now->mode;
    }
    drmModeFreeCrtc(now);
    return mode;
}

static bool
find_connected(struct monitor *monitor)
{
    drmModeRes *parts = drmModeGetResources(monitor->card);
    for (int i = 0; parts && i < parts->count_connectors && !monitor->crtc; i++) {
        drmModeConnector *connector = drmModeGetConnector(monitor->card, parts->connectors[i]);
        if (connector && connector->connection == DRM_MODE_CONNECTED &&
            connector->count_modes > 0) {
            monitor->crtc = crtc_for(monitor->card, parts, connector);
        }
        if (monitor->crtc) {
            monitor->connector = connector->connector_id;
            monitor->mode = mode_for(monitor->card, monitor->crtc, connector);
        }
        drmModeFreeConnector(connector);
    }
    drmModeFreeResources(parts);
    return monitor->crtc != 0;
}

/* --- the buffer -------------------------------------------------------------------- */

static bool
make_buffer(struct monitor *monitor)
{
    uint32_t pitch = 0;
    uint64_t size = 0, offset = 0;
    int card = monitor->card;
    if (drmModeCreateDumbBuffer(card, monitor->mode.hdisplay, monitor->mode.vdisplay, 32, 0,
                                &monitor->handle, &pitch, &size) != 0 ||
        drmModeAddFB(card, monitor->mode.hdisplay, monitor->mode.vdisplay, 24, 32, pitch,
                     monitor->handle, &monitor->buffer) != 0 ||
        drmModeMapDumbBuffer(card, monitor->handle, &offset) != 0) {
        return false;
    }
    void *pixels = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, card, (off_t)offset);
    if (pixels == MAP_FAILED) {
        return false;
    }
    monitor->pixels = pixels;
    monitor->size = size;
    monitor->stride = (int)(pitch / sizeof *monitor->pixels);
    return true;
}

static struct monitor *
open_card(int number)
{
    char path[32];
    snprintf(path, sizeof path, "/dev/dri/card%d", number);
    struct monitor *monitor = calloc(1, sizeof *monitor);
    if (!monitor) {
        return NULL;
    }
    monitor->card = open(path, O_RDWR | O_CLOEXEC);
    if (monitor->card < 0) {
        if (errno != ENOENT) {
            log_warning("display: %s: %s", path, strerror(errno));
        }
        free(monitor);
        return NULL;
    }
    // Who opens it while nobody shows anything is its master.
    if (!drmIsMaster(monitor->card)) {
        log_warning("display: %s: another program shows its pictures there", path);
    } else if (find_connected(monitor) && !make_buffer(monitor)) {
        log_warning("display: %s: no buffer: %s", path, strerror(errno));
    }
    if (monitor->pixels) {
        return monitor;
    }
    monitor_close(monitor);
    return NULL;
}

struct monitor *
monitor_open(void)
{
    struct monitor *monitor = NULL;
    for (int i = 0; i < CARDS && !monitor; i++) {
        monitor = open_card(i);
    }
    return monitor;
}

void
monitor_close(struct monitor *monitor)
{
    if (!monitor) {
        return;
    }
    if (monitor->pixels) {
        memset(monitor->pixels, 0, monitor->size);
        munmap(monitor->pixels, monitor->size);
    }
    if (monitor->buffer) {
        drmModeRmFB(monitor->card, monitor->buffer);
    }
    if (monitor->handle) {
        drmModeDestroyDumbBuffer(monitor->card, monitor->handle);
    }
    close(monitor->card);
    free(monitor);
}

void
monitor_size(const struct monitor *monitor, int *width, int *height)
{
    *width = monitor->mode.hdisplay;
    *height = monitor->mode.vdisplay;
}

uint32_t *
monitor_pixels(const struct monitor *monitor, int *stride)
{
    *stride = monitor->stride;
    return monitor->pixels;
}

/* --- showing ----------------------------------------------------------------------- */

/* Cards that show memory as it is need not be told, and answer so. */
static bool
tell(const struct monitor *monitor, const struct rect *parts, size_t count)
{
    drmModeClip clips[MONITOR_PARTS];
    for (size_t i = 0; i < count; i++) {
        clips[i] = (drmModeClip){.x1 = (uint16_t)parts[i].x,
                                 .y1 = (uint16_t)parts[i].y,
                                 .x2 = (uint16_t)(parts[i].x + parts[i].w),
                                 .y2 = (uint16_t)(parts[i].y + parts[i].h)};
    }
    int error =
        count == 0 ? 0 : drmModeDirtyFB(monitor->card, monitor->buffer, clips, (uint32_t)count);
    return error == 0 || error == -ENOSYS;
}

bool
monitor_show(struct monitor *monitor, const struct rect *parts, size_t count)
{
    // Not before there is a picture: until then what the machine showed at its start stays.
    if (!monitor->lit) {
        monitor->lit = drmModeSetCrtc(monitor->card, monitor->crtc, monitor->buffer, 0, 0,
                                      &monitor->connector, 1, &monitor->mode) == 0;
    }
    if (!monitor->lit || !tell(monitor, parts, count)) {
        log_warning("display: %s", strerror(errno));
        return false;
    }
    return true;
}
