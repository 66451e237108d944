/* anjungand, the desk: store, printer and the road to the portal. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arguments.h"
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

int
main(int argc, char **argv)
{
    int status = 0;
    struct settings *settings = NULL;
    struct type *type = NULL;
    struct desk *desk = NULL;
    int stop = -1;

    log_init("anjungand");
    const char *config = arguments_config(argc, argv, usage, "anjungand " VERSION, &status);
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
