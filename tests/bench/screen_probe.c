/* Looks at a full-screen X program from outside, as a resident's eye would.
 *
 *   screen_probe start X,Y=RRGGBB ... -- COMMAND...   ms from fork until all colours show
 *   screen_probe press N X,Y W,H X2,Y2 W2,H2          ms from press to changed pixels at
 *                                                     W,H; the second point brings it back
 *   screen_probe tap N ...                            the same from letting go, 25 ms later
 *
 * Prints one JSON line: {"n":..,"p50":..,"p99":..,"max":..} or {"ms":..,"pid":..}.
 * A time ends when the pixel is in the server's framebuffer. */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <X11/extensions/Xdamage.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <poll.h>
#include <unistd.h>

#include "timing.h"

enum { PATIENCE_MS = 10000, SPOTS = 8, ROUNDS = 5000 };

struct spot {
    int x, y;
    unsigned long colour;
};

struct eye {
    Display *display;
    Window root;
    int damage_event;
    Damage damage;
};

static bool
eye_open(struct eye *eye)
{
    int error = 0;
    eye->display = XOpenDisplay(NULL);
    if (eye->display == NULL) {
        fprintf(stderr, "screen_probe: no display\n");
        return false;
    }
    if (!XDamageQueryExtension(eye->display, &eye->damage_event, &error)) {
        fprintf(stderr, "screen_probe: the server has no XDamage\n");
        return false;
    }
    eye->root = DefaultRootWindow(eye->display);
    eye->damage = XDamageCreate(eye->display, eye->root, XDamageReportRawRectangles);
    return true;
}

static unsigned long
pixel(struct eye *eye, int x, int y)
{
    XImage *image = XGetImage(eye->display, eye->root, x, y, 1, 1, AllPlanes, ZPixmap);
    if (image == NULL) {
        return 0xff000000ul;
    }
    unsigned long colour = XGetPixel(image, 0, 0) & 0xffffff;
    XDestroyImage(image);
    return colour;
}

/* Sleep until something was drawn, or the deadline; false at the deadline. */
static bool
wait_drawn(struct eye *eye, double deadline)
{
    bool drawn = false;
    while (!drawn) {
        while (XPending(eye->display) > 0) {
            XEvent event;
            XNextEvent(eye->display, &event);
            drawn |= event.type == eye->damage_event + XDamageNotify;
        }
        if (drawn) {
            break;
        }
        int left = (int)(deadline - timing_now());
        if (left <= 0) {
            return false;
        }
        struct pollfd fd = {.fd = ConnectionNumber(eye->display), .events = POLLIN};
        poll(&fd, 1, left);
    }
    XDamageSubtract(eye->display, eye->damage, None, None);
    return true;
}

static bool
parse_spot(const char *text, struct spot *spot)
{
    return sscanf(text, "%d,%d=%lx", &spot->x, &spot->y, &spot->colour) == 3;
}

static int
measure_start(struct eye *eye, int count, char **arguments)
{
    struct spot spots[SPOTS];
    int spot_count = 0, at = 0;
    while (at < count && strcmp(arguments[at], "--") != 0) {
        if (spot_count == SPOTS || !parse_spot(arguments[at], &spots[spot_count])) {
            fprintf(stderr, "screen_probe: bad spot %s\n", arguments[at]);
            return 2;
        }
        spot_count++;
        at++;
    }
    double began = timing_now();
    pid_t child = fork();
    if (child == 0) {
        setpgid(0, 0);
        int null = open("/dev/null", O_WRONLY); // our reader waits for the end of our words
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
        execvp(arguments[at + 1], arguments + at + 1);
        _exit(127);
    }
    for (;;) {
        int right = 0;
        for (int i = 0; i < spot_count; i++) {
            right += pixel(eye, spots[i].x, spots[i].y) == spots[i].colour;
        }
        if (right == spot_count) {
            printf("{\"ms\":%.2f,\"pid\":%d}\n", timing_now() - began, (int)child);
            return 0;
        }
        if (!wait_drawn(eye, began + PATIENCE_MS)) {
            fprintf(stderr, "screen_probe: the colours did not come\n");
            return 1;
        }
    }
}

static void
button(struct eye *eye, bool down)
{
    XTestFakeButtonEvent(eye->display, 1, down, CurrentTime);
    XSync(eye->display, False);
}

/* One press and release at (x, y): ms from the press, or from the release, until the
 * pixel at (wx, wy) is another; < 0 never. */
static double
press_once(struct eye *eye, bool by_release, int x, int y, int wx, int wy)
{
    XTestFakeMotionEvent(eye->display, -1, x, y, CurrentTime);
    XSync(eye->display, False);
    if (by_release) {
        button(eye, true);
        usleep(25000);
        wait_drawn(eye, timing_now()); // what the press drew
    }
    unsigned long before = pixel(eye, wx, wy);
    double began = timing_now(), took = -1;
    XTestFakeButtonEvent(eye->display, 1, !by_release, CurrentTime);
    XFlush(eye->display);
    while (took < 0 && wait_drawn(eye, began + 2000)) {
        if (pixel(eye, wx, wy) != before) {
            took = timing_now() - began;
        }
    }
    if (!by_release) {
        button(eye, false);
    }
    usleep(15000);
    return took;
}

static int
measure_press(struct eye *eye, bool by_release, int rounds, char **point)
{
    int x[4], y[4];
    for (int i = 0; i < 4; i++) {
        if (sscanf(point[i], "%d,%d", &x[i], &y[i]) != 2) {
            return 2;
        }
    }
    static double took[ROUNDS];
    int missed = 0, n = 0;
    for (int i = 0; i < rounds && n < ROUNDS; i++) {
        int from = i % 2 == 0 ? 0 : 2;
        double ms = press_once(eye, by_release, x[from], y[from], x[from + 1], y[from + 1]);
        if (ms < 0) {
            missed++;
        } else {
            took[n++] = ms;
        }
    }
    if (n == 0) {
        fprintf(stderr, "screen_probe: nothing changed\n");
        return 1;
    }
    struct timing timing = timing_of(took, (size_t)n);
    printf("{\"n\":%d,\"missed\":%d,\"p50\":%.2f,\"p99\":%.2f,\"max\":%.2f}\n", n, missed,
           timing.p50, timing.p99, timing.max);
    return missed > 0;
}

int
main(int argc, char **argv)
{
    struct eye eye = {0};
    if (argc < 3 || !eye_open(&eye)) {
        return 2;
    }
    if (strcmp(argv[1], "start") == 0) {
        return measure_start(&eye, argc - 2, argv + 2);
    }
    bool tap = strcmp(argv[1], "tap") == 0;
    if ((tap || strcmp(argv[1], "press") == 0) && argc == 7) {
        return measure_press(&eye, tap, atoi(argv[2]), argv + 3);
    }
    fprintf(stderr, "screen_probe: see the head of its source\n");
    return 2;
}
