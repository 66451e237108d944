/* anjungan-hall: the office's counters in a browser, on the office's own network. */
#include <stdio.h>
#include <unistd.h>

#include "base/arguments.h"
#include "base/log.h"
#include "base/process.h"
#include "base/settings.h"
#include "hall/hall.h"
#include "seal/seal.h"

static const char usage[] = "usage: anjungan-hall [--config FILE]\n"
                            "  --config FILE  default /etc/anjungan/anjungan.ini\n"
                            "  --version, --help\n";

int
main(int argc, char **argv)
{
    char socket[512], pages[512];
    int status = 0, stop = -1;
    struct settings *settings = NULL;
    struct hall *hall = NULL;

    log_init("anjungan-hall");
    const char *config = arguments_config(argc, argv, usage, "anjungan-hall " VERSION, &status);
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
