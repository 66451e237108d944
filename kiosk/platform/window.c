#include "platform/window.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <SDL2/SDL.h>

#include "base/log.h"
#include "base/secret.h"
#include "platform/canvas.h"
#include "platform/monitor.h"
#include "platform/platform.h"
#include "platform/server.h"
#include "platform/turn.h"

enum { PARTS_MAX = MONITOR_PARTS };

struct window {
    SDL_Window *window;      // owned
    struct monitor *monitor; // owned; NULL: a display server shows what is painted
    SDL_Surface *surface;    // the window's; NULL: to be fetched, or there is a monitor
    uint32_t *picture;       // owned, upright; NULL: the surface itself is
    size_t picture_size;
    struct turn turn;
    bool x11, real; // real: somebody could look at it
    pthread_t warmer;
    bool warming; // the warmer is still to be joined
};

static void
set_hints(void)
{
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1"); // signals are the program's
    SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
    // Without a session bus libdbus forks and looks for dbus-launch on the whole PATH:
    // nothing here talks on a bus, and the face never starts a program.
    setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 1);
    setenv("DBUS_SYSTEM_BUS_ADDRESS", "disabled:", 1);
    // Xlib parses five thousand lines of dead-key sequences at the start: 8 ms for what
    // neither a panel nor a scanner types.
    setenv("XCOMPOSEFILE", "/dev/null", 1);
}

/* Without a display server the monitor is ours, and SDL reads the input devices alone: its
 * own driver for that case draws by OpenGL. */
static void
look_for_monitor(struct window *window)
{
    const char *asked = getenv("SDL_VIDEODRIVER");
    bool server = getenv("DISPLAY") || getenv("WAYLAND_DISPLAY");
    if (asked ? SDL_strcasecmp(asked, "KMSDRM") == 0 : !server) {
        window->monitor = monitor_open();
    }
    if (window->monitor) {
        SDL_SetHintWithPriority(SDL_HINT_VIDEODRIVER, "evdev", SDL_HINT_OVERRIDE);
    }
}

/* False: SDL fell back to a picture that nobody sees, and nobody asked for that. */
static bool
know_driver(struct window *window)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    window->x11 = strcmp(driver, "x11") == 0;
    window->real =
        window->monitor || (strcmp(driver, "dummy") != 0 && strcmp(driver, "offscreen") != 0 &&
                            strcmp(driver, "evdev") != 0);
    // X11: shared memory instead of OpenGL, 90 ms and 80 MB less. On Wayland SDL has no
    // other way to show a surface than a texture.
    if (window->x11) {
        SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    }
    return window->real || getenv("SDL_VIDEODRIVER");
}

/* The largest picture of the same shape that leaves room for a title bar. */
static void
fit_by_hand(int *width, int *height)
{
    SDL_Rect room;
    if (SDL_GetDisplayUsableBounds(0, &room) != 0) {
        return;
    }
    double scale_x = 0.94 * room.w / *width, scale_y = 0.94 * room.h / *height;
    double scale = scale_x < scale_y ? scale_x : scale_y;
    if (scale < 1) {
        *width = (int)(*width * scale);
        *height = (int)(*height * scale);
    }
}

/* The size of the window: as asked, as the display has, or as fits. */
static void
choose_size(const struct window *window, const struct platform_options *options, int *width,
            int *height)
{
    SDL_Rect display = {0, 0, 1080, 1920};
    bool across = options->rotate % 180 != 0, asked = options->width > 0 && options->height > 0;
    *width = across ? options->height : options->width;
    *height = across ? options->width : options->height;
    if (window->monitor) {
        monitor_size(window->monitor, &display.w, &display.h);
    } else if (!options->window && SDL_GetDisplayBounds(0, &display) != 0) {
        log_warning("display: %s", SDL_GetError());
    }
    bool beyond = !options->window && window->real && (*width > display.w || *height > display.h);
    if (asked && beyond) {
        log_warning("panel: %d x %d is larger than the display", *width, *height);
    }
    if (!asked || beyond || window->monitor) {
        *width = display.w;
        *height = display.h;
    }
    if (options->window && !window->monitor) {
        fit_by_hand(width, height);
    }
}

static bool
open_window(struct window *window, const struct platform_options *options)
{
    int width, height, at = options->window ? (int)SDL_WINDOWPOS_CENTERED : 0;
    choose_size(window, options, &width, &height);
    window->window = SDL_CreateWindow(options->title ? options->title : "Anjungan", at, at, width,
                                      height, options->window ? 0 : SDL_WINDOW_BORDERLESS);
    if (!window->window) {
        log_error("window: %s", SDL_GetError());
        return false;
    }
    if (!options->window) {
        SDL_ShowCursor(SDL_DISABLE);
        if (window->real && !window->monitor && server_is_managed(window->window)) {
            SDL_SetWindowFullscreen(window->window, SDL_WINDOW_FULLSCREEN_DESKTOP);
        }
    }
    window->turn.degrees = options->rotate;
    window_resized(window);
    return true;
}

static bool
is_plain(const SDL_Surface *surface)
{
    uint32_t format = surface->format->format;
    return format == SDL_PIXELFORMAT_RGB888 || format == SDL_PIXELFORMAT_ARGB8888;
}

static bool
make_picture(struct window *window)
{
    size_t pixels = (size_t)window->turn.width * (size_t)window->turn.height;
    window->picture_size = pixels * sizeof *window->picture;
    window->picture = pixels > 0 ? calloc(pixels, sizeof *window->picture) : NULL;
    if (!window->picture) {
        log_error("window: no memory for the picture");
    }
    return window->picture;
}

/* The surface, and the picture beside it where it is turned or of another format. What the
 * monitor shows is slow to read: there always is a picture. */
static bool
fetch(struct window *window)
{
    if (window->monitor) {
        return window->picture || make_picture(window);
    }
    if (window->surface) {
        return true;
    }
    SDL_Surface *surface = SDL_GetWindowSurface(window->window);
    if (!surface || surface->w <= 0 || surface->h <= 0) {
        log_error("window: %s", SDL_GetError());
        return false;
    }
    bool beside = window->turn.degrees != 0 || !is_plain(surface);
    if (beside && !window->picture && !make_picture(window)) {
        return false;
    }
    window->surface = surface;
    return true;
}

static void *
touch_pages(void *context)
{
    const struct window *window = context;
    const SDL_Surface *surface = window->surface;
    if (surface) {
        memset(surface->pixels, 0, (size_t)surface->h * (size_t)surface->pitch);
    } else {
        memset(window->picture, 0, window->picture_size);
    }
    return NULL;
}

/* The kernel clears the pages at their first touch, 6 ms that pass on
 * another core while the program loads the rest. */
static void
warm_up(struct window *window)
{
    if (fetch(window)) {
        window->warming = pthread_create(&window->warmer, NULL, touch_pages, window) == 0;
    }
}

static void
warmed_up(struct window *window)
{
    if (window->warming) {
        pthread_join(window->warmer, NULL);
    }
    window->warming = false;
}

struct window *
window_create(const struct platform_options *options)
{
    struct window *window = calloc(1, sizeof *window);
    if (!window) {
        return NULL;
    }
    set_hints();
    look_for_monitor(window);
    bool started = SDL_InitSubSystem(SDL_INIT_VIDEO) == 0, known = started && know_driver(window);
    if (!known) {
        log_error("display: %s; is DISPLAY set, or the user in the groups video and render?",
                  started ? "none" : SDL_GetError());
    }
    if (!started) {
        monitor_close(window->monitor);
        free(window);
        return NULL;
    }
    if (known && open_window(window, options)) {
        SDL_StartTextInput();
        warm_up(window);
        return window;
    }
    window_destroy(window);
    return NULL;
}

static void
drop_picture(struct window *window)
{
    if (window->picture) {
        secret_zero(window->picture, window->picture_size);
    }
    free(window->picture);
    window->picture = NULL;
}

void
window_destroy(struct window *window)
{
    if (!window) {
        return;
    }
    warmed_up(window);
    window_forget(window);
    drop_picture(window);
    if (window->window) {
        SDL_DestroyWindow(window->window);
    }
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    monitor_close(window->monitor);
    free(window);
}

void
window_size(const struct window *window, int *width, int *height)
{
    *width = window->turn.width;
    *height = window->turn.height;
}

bool
window_resized(struct window *window)
{
    int width, height, was_width, was_height;
    SDL_GetWindowSize(window->window, &width, &height);
    turn_size(&window->turn, &was_width, &was_height);
    if (width == was_width && height == was_height) {
        return false;
    }
    drop_picture(window);
    window->surface = NULL;
    bool across = window->turn.degrees % 180 != 0;
    window->turn.width = across ? height : width;
    window->turn.height = across ? width : height;
    return true;
}

bool
window_canvas(struct window *window, struct canvas *canvas)
{
    warmed_up(window);
    if (!fetch(window)) {
        return false;
    }
    *canvas = (struct canvas){
        .pixels = window->picture ? window->picture : window->surface->pixels,
        .stride = window->picture ? window->turn.width : window->surface->pitch / 4,
        .width = window->turn.width,
        .height = window->turn.height,
        .clip = {0, 0, window->turn.width, window->turn.height},
    };
    return true;
}

/* From the upright picture to the surface, or to the monitor. */
static void
hand_over(struct window *window, struct rect part)
{
    SDL_Surface *surface = window->surface;
    const uint32_t *picture = window->picture;
    if (window->monitor || is_plain(surface)) {
        int stride = 0;
        uint32_t *to = window->monitor ? monitor_pixels(window->monitor, &stride) : surface->pixels;
        turn_copy(&window->turn, picture, window->turn.width, to,
                  window->monitor ? stride : surface->pitch / 4, part);
        return;
    }
    struct rect shown = turn_rect(&window->turn, part);
    SDL_Surface *turned =
        SDL_CreateRGBSurfaceWithFormat(0, shown.w, shown.h, 32, SDL_PIXELFORMAT_RGB888);
    if (!turned) {
        return;
    }
    // As if the picture were this part alone.
    struct turn alone = {window->turn.degrees, part.w, part.h};
    turn_copy(&alone, picture + (ptrdiff_t)part.y * window->turn.width + part.x, window->turn.width,
              turned->pixels, turned->pitch / 4, (struct rect){0, 0, part.w, part.h});
    SDL_BlitSurface(turned, NULL, surface, &(SDL_Rect){shown.x, shown.y, shown.w, shown.h});
    secret_zero(turned->pixels, (size_t)turned->h * (size_t)turned->pitch);
    SDL_FreeSurface(turned);
}

static bool
show_surface(struct window *window, const struct rect *parts, size_t count)
{
    SDL_Rect shown[PARTS_MAX];
    for (size_t i = 0; i < count; i++) {
        shown[i] = (SDL_Rect){parts[i].x, parts[i].y, parts[i].w, parts[i].h};
    }
    if (count == 0 || SDL_UpdateWindowSurfaceRects(window->window, shown, (int)count) == 0) {
        return true;
    }
    log_warning("window: %s", SDL_GetError());
    window->surface = NULL;
    return false;
}

bool
window_present(struct window *window, const struct rect *parts, size_t count)
{
    struct rect shown[PARTS_MAX];
    struct rect whole = {0, 0, window->turn.width, window->turn.height};
    if (window->monitor ? !window->picture : !window->surface) {
        return false;
    }
    if (count > PARTS_MAX) {
        parts = &whole;
        count = 1;
    }
    for (size_t i = 0; i < count; i++) {
        struct rect part = rect_clip(parts[i], whole);
        shown[i] = turn_rect(&window->turn, part);
        if (window->picture) {
            hand_over(window, part);
        }
    }
    return window->monitor ? monitor_show(window->monitor, shown, count)
                           : show_surface(window, shown, count);
}

void
window_forget(struct window *window)
{
    if (window->picture) {
        secret_zero(window->picture, window->picture_size);
    }
    if (window->surface) {
        secret_zero(window->surface->pixels,
                    (size_t)window->surface->h * (size_t)window->surface->pitch);
    }
}

void
window_upright(const struct window *window, double x, double y, int *across, int *down)
{
    turn_back_from(&window->turn, x, y, across, down);
}

void
window_pixel(const struct window *window, int x, int y, int *across, int *down)
{
    turn_back(&window->turn, x, y, across, down);
}

int
window_fd(const struct window *window)
{
    return server_fd(window->window);
}

bool
window_polls_devices(const struct window *window)
{
    return window->monitor;
}
