/* anjungan, the face: what residents touch. No network, no disk, no printer. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/process.h"
#include "base/secret.h"
#include "base/settings.h"
#include "base/text.h"
#include "face/face.h"
#include "face/sandbox.h"
#include "form/catalogue.h"
#include "platform/platform.h"
#include "seal/seal.h"
#include "type/type.h"
#include "wire/sockets.h"

static const char usage[] =
    "usage: anjungan [--config FILE] [--listen PATH] [--nodes-fd N] [--window]\n"
    "       anjungan --preview SERVICE [--catalogue DIR] [--language id|en|bjn|jv]\n"
    "  --config FILE  default /etc/anjungan/anjungan.ini\n"
    "  --listen PATH  listen there for the desk, where no service manager hands a socket over;\n"
    "                 a file that is removed later comes back at the next start\n"
    "  --nodes-fd N   for tests: write what is on the screen to descriptor N, a JSON line a frame\n"
    "  --window       a window to use by hand instead of the full screen\n"
    "  --preview SERVICE  for its author: one service in a window, without desk and portal;\n"
    "                 nothing is saved, sent or printed. No configuration is needed\n"
    "  --catalogue DIR  that folder's services instead of the installed ones\n"
    "  --language L   begin in that language\n"
    "  --version, --help\n"
    "Exit status: 0 ended, 1 it could not start, 2 wrong usage.\n";
static const char *const languages[] = {"id", "en", "bjn", "jv", NULL};

struct arguments {
    const char *config, *listen, *preview, *catalogue;
    int nodes, language; /* -1: as configured */
    bool window;
};

static int
language_of(const char *name)
{
    int i = 0;
    while (languages[i] != NULL && strcmp(languages[i], name) != 0) {
        i++;
    }
    return languages[i] != NULL ? i : -1;
}

/* False: a word that goes only with a preview, or is no language. */
static bool
read_preview(int option, const char *word, struct arguments *out)
{
    if (option == 'p') {
        out->preview = word;
        out->window = true;
    } else if (option == 'd') {
        out->catalogue = word;
    } else if (option == 'L') {
        out->language = language_of(word);
        return out->language >= 0;
    }
    return option == 'p' || option == 'd';
}

/* False after having answered; `status` is the exit code then. */
static bool
parse(int argc, char **argv, struct arguments *out, int *status)
{
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'},   {"listen", required_argument, NULL, 'l'},
        {"nodes-fd", required_argument, NULL, 'n'}, {"window", no_argument, NULL, 'w'},
        {"preview", required_argument, NULL, 'p'},  {"catalogue", required_argument, NULL, 'd'},
        {"language", required_argument, NULL, 'L'}, {"version", no_argument, NULL, 'v'},
        {"help", no_argument, NULL, 'h'},           {0}};
    int option;
    *status = 0;
    while ((option = getopt_long(argc, argv, "c:l:n:wvh", options, NULL)) >= 0) {
        if (option == 'c') {
            out->config = optarg;
        } else if (option == 'l') {
            out->listen = optarg;
        } else if (option == 'n' && text_is_digits(optarg) && strlen(optarg) < 6) {
            out->nodes = (int)strtol(optarg, NULL, 10);
        } else if (option == 'w') {
            out->window = true;
        } else if (read_preview(option, optarg, out)) {
            continue;
        } else if (option == 'v') {
            puts("anjungan " VERSION);
            return false;
        } else {
            *status = option == 'h' ? 0 : 2;
            fputs(usage, option == 'h' ? stdout : stderr);
            return false;
        }
    }
    bool author = out->catalogue != NULL || out->language >= 0;
    if (author && out->preview == NULL) { // a kiosk has its own catalogue and language
        fputs("anjungan: --catalogue and --language go with --preview\n", stderr);
        *status = 2;
    }
    return *status == 0;
}

/* An author has no kiosk's configuration: the defaults serve. */
static const char *
configuration(const struct arguments *arguments)
{
    static const char usual[] = "/etc/anjungan/anjungan.ini";
    if (arguments->config != NULL) {
        return arguments->config;
    }
    return arguments->preview != NULL && access(usual, R_OK) != 0 ? NULL : usual;
}

static int
listener(const struct arguments *arguments)
{
    int fd = sockets_inherited();
    if (fd < 0 && arguments->listen != NULL) {
        fd = sockets_listen(arguments->listen, 0660);
    }
    if (fd < 0) {
        log_error("no socket for the desk: start by anjungan.socket, or with --listen PATH");
    }
    return fd;
}

static struct catalogue *
load_catalogue(const char *data_dir)
{
    char path[4096];
    struct fault fault;
    snprintf(path, sizeof path, "%s/catalogue", data_dir);
    struct catalogue *catalogue = catalogue_load_folder(path, &fault);
    if (catalogue == NULL) {
        log_error("the catalogue in %s is refused: %s", path, fault.text);
        log_warning("only the counter is offered until the desk hands over a good one");
        catalogue = catalogue_spare();
    }
    return catalogue;
}

/* What an author has written: a fault is said, not mended. NULL: there is nothing to show. */
static struct catalogue *
load_preview(const struct arguments *arguments, const char *data_dir)
{
    char path[4096];
    struct fault fault;
    const struct service *services;
    snprintf(path, sizeof path, "%s/catalogue", data_dir);
    const char *folder = arguments->catalogue != NULL ? arguments->catalogue : path;
    struct catalogue *catalogue = catalogue_load_folder(folder, &fault);
    if (catalogue == NULL) {
        fprintf(stderr, "anjungan: %s/%s\n", folder, fault.text);
        return NULL;
    }
    if (catalogue_service(catalogue, arguments->preview) != NULL) {
        return catalogue;
    }
    fprintf(stderr, "anjungan: no service '%s' in %s; there are:", arguments->preview, folder);
    size_t count = catalogue_services(catalogue, &services);
    for (size_t i = 0; i < count; i++) {
        fprintf(stderr, " %s", services[i].id);
    }
    fputs("\n", stderr);
    catalogue_destroy(catalogue);
    return NULL;
}

/* A program that runs from its build finds the translations beside it. */
static const char *
locale_folder(char *out, size_t size)
{
    static const char place[] = "/kiosk/anjungan";
    ssize_t len = readlink("/proc/self/exe", out, size - 1);
    if (len >= (ssize_t)sizeof place) {
        out[len] = '\0';
        char *tail = out + len - strlen(place);
        bool built = strcmp(tail, place) == 0;
        memcpy(tail, "/locale", sizeof "/locale");
        if (built && access(out, R_OK) == 0) {
            return out;
        }
    }
    return LOCALE_DIR;
}

/* An author's folder stands beside the pictures that its services name, as in the source tree. */
static void
adopt_preview(struct settings *settings, const struct arguments *arguments, char *beside,
              size_t size)
{
    char icons[4096];
    if (arguments->language >= 0) {
        settings->kiosk.language = arguments->language;
    }
    if (arguments->catalogue != NULL &&
        snprintf(beside, size, "%s/..", arguments->catalogue) < (int)size &&
        snprintf(icons, sizeof icons, "%s/icons", beside) < (int)sizeof icons &&
        access(icons, R_OK) == 0) {
        settings->kiosk.data_dir = beside;
    }
}

static struct platform *
open_platform(const struct settings *settings, bool window, struct type *type)
{
    char icons[4096];
    snprintf(icons, sizeof icons, "%s/icons", settings->kiosk.data_dir);
    struct platform_options options = {.width = settings->panel.width_px,
                                       .height = settings->panel.height_px,
                                       .window = window,
                                       .rotate = settings->panel.rotate,
                                       .icons = icons,
                                       .title = "Anjungan"};
    memcpy(options.touch, settings->panel.touch, sizeof options.touch);
    return platform_create(&options, type);
}

/* What may still be opened: data and translations, a panel plugged in again, sound. */
static bool
lock(const struct settings *settings, const char *locale)
{
    const char *const readable[] = {
        settings->kiosk.data_dir, locale,         "/dev/input", "/etc/alsa", "/etc/asound.conf",
        "/usr/share/alsa",        "/proc/asound", NULL};
    const char *const devices[] = {"/dev/snd", NULL};
    return sandbox_lock(readable, devices);
}

int
main(int argc, char **argv)
{
    int status = 0;
    char locale[4096], beside[2048];
    struct arguments arguments = {.nodes = -1, .language = -1};
    struct settings *settings = NULL;
    struct type *type = NULL;
    struct platform *platform = NULL;
    struct secret *memory = NULL;
    struct face *face = NULL;
    struct face_parts parts = {.listener = -1, .signals = -1};

    log_init("anjungan");
    if (!parse(argc, argv, &arguments, &status)) {
        return status;
    }
    status = 1;
    int64_t began = clock_monotonic();
    process_forbid_cores();
    settings = settings_load(configuration(&arguments));
    if (settings == NULL || !seal_init()) {
        goto out;
    }
    adopt_preview(settings, &arguments, beside, sizeof beside);
    bool window = arguments.window || settings->panel.window;
    parts = (struct face_parts){.settings = settings,
                                .locale = locale_folder(locale, sizeof locale),
                                .listener = arguments.preview == NULL ? listener(&arguments) : -1,
                                .preview = arguments.preview,
                                .signals = process_stop_signals(),
                                .nodes = arguments.nodes,
                                .window = window};
    memory = secret_create(FACE_MEMORY);
    type = type_create(NULL);
    if ((parts.listener < 0 && parts.preview == NULL) || parts.signals < 0 || memory == NULL ||
        type == NULL) {
        goto out;
    }
    parts.catalogue = parts.preview != NULL ? load_preview(&arguments, settings->kiosk.data_dir)
                                            : load_catalogue(settings->kiosk.data_dir);
    platform = parts.catalogue != NULL ? open_platform(settings, window, type) : NULL;
    if (platform == NULL) {
        catalogue_destroy(parts.catalogue);
        goto out;
    }
    parts.type = type;
    parts.platform = platform;
    parts.memory = memory;
    face = face_create(&parts);
    if (face == NULL || !lock(settings, parts.locale)) {
        goto out;
    }
    log_info("on the screen after %d ms", (int)(clock_monotonic() - began));
    face_run(face);
    status = 0;
out:
    face_destroy(face);
    platform_destroy(platform);
    type_destroy(type);
    secret_destroy(memory);
    settings_destroy(settings);
    if (parts.signals >= 0) {
        close(parts.signals);
    }
    if (parts.listener >= 0) {
        close(parts.listener);
    }
    return status;
}
