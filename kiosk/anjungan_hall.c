/* anjungan-hall: the office's counters in a browser, on the office's own network. */
#include <getopt.h>
#include <stdio.h>
#include <unistd.h>

#include "base/log.h"
#include "base/process.h"
#include "base/settings.h"
#include "hall/hall.h"
#include "seal/seal.h"

static const char usage[] = "usage: anjungan-hall [--config FILE]\n"
                            "  --config FILE  default /etc/anjungan/anjungan.ini\n"
                            "  --version, --help\n";

/* The configuration file, or NULL after having answered (`status` is the exit code). */
static const char *
parse(int argc, char **argv, int *status)
{
    static const struct option options[] = {{"config", required_argument, NULL, 'c'},
                                            {"version", no_argument, NULL, 'v'},
                                            {"help", no_argument, NULL, 'h'},
                                            {0}};
    const char *config = "/etc/anjungan/anjungan.ini";
    int option;
    while ((option = getopt_long(argc, argv, "c:vh", options, NULL)) >= 0) {
        if (option == 'c') {
            config = optarg;
            continue;
        }
        *status = option == '?' ? 2 : 0;
        if (option == 'v') {
            puts("anjungan-hall " VERSION);
        } else {
            fputs(usage, option == 'h' ? stdout : stderr);
        }
        return NULL;
    }
    if (optind < argc) {
        fputs(usage, stderr);
        *status = 2;
        return NULL;
    }
    return config;
}

int
main(int argc, char **argv)
{
    char socket[512], pages[512];
    int status = 0, stop = -1;
    struct settings *settings = NULL;
    struct hall *hall = NULL;

    log_init("anjungan-hall");
    const char *config = parse(argc, argv, &status);
    if (config == NULL) {
        return status;
    }
    status = 1;
    process_forbid_cores();
    settings = settings_load(config);
    stop = process_stop_signals();
    if (settings == NULL || stop < 0 || !seal_init()) {
        goto out;
    }
    snprintf(socket, sizeof socket, "%s/hall.sock", settings->kiosk.socket_dir);
    snprintf(pages, sizeof pages, "%s/hall", settings->kiosk.data_dir);
    struct hall_options options = {.socket = socket,
                                   .pages = pages,
                                   .certificate = settings->hall.certificate,
                                   .key = settings->hall.key,
                                   .port = settings->hall.port};
    hall = hall_create(&options);
    if (hall != NULL) {
        status = hall_run(hall, stop) ? 0 : 1;
    }
out:
    hall_destroy(hall);
    settings_destroy(settings);
    if (stop >= 0) {
        close(stop);
    }
    return status;
}
