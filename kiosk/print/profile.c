#include "print/profile.h"

#include <stdlib.h>

#include "base/config.h"
#include "base/log.h"
#include "print/spool.h"

static void
read_paper(struct printer_profile *profile, struct config *config)
{
    static const char *const modes[] = {"raster", "text", NULL};
    profile->dots = config_int(config, "paper", "dots", 576, 64, 1024);
    profile->dots_per_mm = config_number(config, "paper", "dots_per_mm", 8, 4, 24);
    profile->text = config_choice(config, "paper", "mode", modes, 0) == 1;
    profile->columns = config_int(config, "paper", "columns", 42, 16, 80);
    profile->code_page = config_int(config, "paper", "code_page", -1, -1, 255);
    profile->native_qr = config_bool(config, "paper", "native_qr", false);
    profile->band_rows = config_int(config, "paper", "band_rows", 64, 8, 128);
    profile->feed_units = config_int(config, "paper", "feed_units", 0, 0, 4);
}

static void
read_cut(struct printer_profile *profile, struct config *config)
{
    static const char *const cuts[] = {"feed-partial", "partial", "esc-i", "none", NULL};
    profile->cut = (enum profile_cut)config_choice(config, "cut", "command", cuts, CUT_NONE);
    profile->feed_mm = config_int(config, "cut", "feed_mm", 15, 0, 40);
    profile->buzzer = config_bool(config, "cut", "buzzer", false);
}

static void
read_status(struct printer_profile *profile, struct config *config)
{
    static const char *const words[] = {"job", "asb", "usb", "none", NULL};
    profile->confirm =
        (enum profile_confirm)config_choice(config, "status", "confirm", words, CONFIRM_NONE);
    profile->realtime = config_bool(config, "status", "realtime", false);
    profile->clear = config_bool(config, "status", "clear", false);
    profile->reply_ms = config_int(config, "status", "reply_ms", 500, 10, 5000);
    profile->confirm_ms = config_int(config, "status", "confirm_ms", 15000, 50, 60000);
    profile->stall_ms = config_int(config, "status", "stall_ms", 6000, 50, 60000);
    profile->job_ms = config_int(config, "status", "job_ms", 45000, 100, 110000);
    profile->probe_ms = config_int(config, "status", "probe_ms", 10000, 20, 600000);
}

struct printer_profile *
profile_load(const char *path)
{
    struct config *config = config_load(path);
    struct printer_profile *profile = config ? calloc(1, sizeof *profile) : NULL;
    if (profile) {
        read_paper(profile, config);
        read_cut(profile, config);
        read_status(profile, config);
        config_finish(config);
    } else if (config) {
        log_error("print: no memory for a printer profile");
    }
    config_destroy(config);
    return profile;
}

void
profile_destroy(struct printer_profile *profile)
{
    free(profile);
}

int
profile_dots(const struct printer_profile *profile)
{
    return profile->dots;
}

double
profile_dots_per_mm(const struct printer_profile *profile)
{
    return profile->dots_per_mm;
}
