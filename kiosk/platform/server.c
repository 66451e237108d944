#include "platform/server.h"

#include <dlfcn.h>

#include <SDL2/SDL.h>
#include <SDL2/SDL_syswm.h>

/* Without a window manager nobody answers a wish for the full screen, and SDL waits
 * 100 ms for it: a window of the display's size is as good. */
bool
server_is_managed(SDL_Window *window)
{
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (!SDL_GetWindowWMInfo(window, &info) || info.subsystem != SDL_SYSWM_X11) {
        return true;
    }
    Display *display = info.info.x11.display;
    Atom check = XInternAtom(display, "_NET_SUPPORTING_WM_CHECK", True), type = None;
    unsigned long count = 0, left;
    unsigned char *value = NULL;
    int format;
    if (check != None) {
        XGetWindowProperty(display, DefaultRootWindow(display), check, 0, 1, False, AnyPropertyType,
                           &type, &format, &count, &left, &value);
    }
    if (value) {
        XFree(value);
    }
    return count > 0;
}

/* libwayland's, which SDL has loaded; this program does not link it. */
static int
wayland_fd(void *display)
{
    void *library = dlopen("libwayland-client.so.0", RTLD_NOW | RTLD_NOLOAD);
    int (*get_fd)(void *) = NULL;
    if (library) {
        *(void **)&get_fd = dlsym(library, "wl_display_get_fd");
    }
    int fd = get_fd ? get_fd(display) : -1;
    if (library) {
        dlclose(library);
    }
    return fd;
}

int
server_fd(SDL_Window *window)
{
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (!SDL_GetWindowWMInfo(window, &info)) {
        return -1;
    }
    if (info.subsystem == SDL_SYSWM_X11) {
        return ConnectionNumber(info.info.x11.display);
    }
    if (info.subsystem == SDL_SYSWM_WAYLAND) {
        return wayland_fd(info.info.wl.display);
    }
    return -1;
}
