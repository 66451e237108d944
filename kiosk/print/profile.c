#include "print/profile.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/config.h"
#include "base/log.h"
#include "print/spool.h"

/* What a roll of 58, 80 or 112 mm leaves to be printed on, with some air. */
enum { NARROWEST_MM = 30, WIDEST_MM = 120 };

/* Rows are sent as whole bytes, and a paper of no known width was measured in another unit. */
static void
check_width(const struct printer_profile *profile, struct config *config)
{
    double width = profile->dots / profile->dots_per_mm;
    if (profile->dots % 8 != 0) {
        config_refuse(config, "paper", "dots", "a multiple of 8");
    }
    if (width < NARROWEST_MM || width > WIDEST_MM) {
        char wanted[80];
        snprintf(wanted, sizeof wanted, "right: with dots_per_mm that is paper of %.0f mm", width);
        config_refuse(config, "paper", "dots", wanted);
    }
}

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
    check_width(profile, config);
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

/* False: something in it is wrong, and was named. A key that nobody knows is named and does no
 * harm. */
static bool
read_profile(struct printer_profile *profile, struct config *config)
{
    config_strict(config);
    read_paper(profile, config);
    read_cut(profile, config);
    read_status(profile, config);
    bool good = config_problems(config) == 0;
    config_finish(config);
    return good;
}

struct printer_profile *
profile_load(const char *path)
{
    struct config *config = config_load(path);
    struct printer_profile *profile = config ? calloc(1, sizeof *profile) : NULL;
    if (profile && !read_profile(profile, config)) {
        profile_destroy(profile);
        profile = NULL;
    } else if (config && !profile) {
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
