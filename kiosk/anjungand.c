/* anjungand, the desk: store, printer and the road to the portal. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/process.h"
#include "base/settings.h"
#include "desk/desk.h"
#include "portal/memory.h"
#include "seal/seal.h"
#include "type/type.h"

static const char usage[] = "usage: anjungand [--config FILE]\n"
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
            puts("anjungand " VERSION);
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
    int status = 0;
    struct settings *settings = NULL;
    struct type *type = NULL;
    struct desk *desk = NULL;
    int stop = -1;

    log_init("anjungand");
    const char *config = parse(argc, argv, &status);
    if (config == NULL) {
        return status;
    }
    status = 1;
    process_forbid_cores();
    umask(077);
    settings = settings_load(config);
    stop = process_stop_signals();
    if (settings == NULL || stop < 0 || !memory_insist() || !seal_init()) {
        goto out;
    }
    type = type_create(NULL);
    if (type == NULL) {
        goto out;
    }
    desk = desk_create(settings, type);
    if (desk == NULL) {
        goto out;
    }
    status = desk_run(desk, stop) ? 0 : 1;
out:
    desk_destroy(desk);
    type_destroy(type);
    settings_destroy(settings);
    if (stop >= 0) {
        close(stop);
    }
    return status;
}
