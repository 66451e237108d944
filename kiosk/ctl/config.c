#include <stdio.h>
#include <unistd.h>

#include "base/settings.h"
#include "ctl/commands.h"
#include "ctl/ctl.h"

/* Is the kind of the printer described? Where nothing is installed nobody can say. */
static bool
has_profile(const struct ctl *ctl)
{
    const struct settings *s = ctl->settings;
    char path[1024];
    int folder = snprintf(path, sizeof path, "%s/printers", s->kiosk.data_dir);
    bool good = folder >= (int)sizeof path || access(path, F_OK) != 0;
    snprintf(path, sizeof path, "%s/printers/%s.ini", s->kiosk.data_dir, s->printer.profile);
    good = good || access(path, R_OK) == 0;
    if (!good) {
        fprintf(stderr, "anjunganctl: %s: [printer] profile: there is no %s\n", ctl->config, path);
    }
    return good;
}

/* Reading it names in the log whatever is wrong; a kiosk would run on with the defaults. */
int
command_check_config(struct ctl *ctl, char **words)
{
    (void)words;
    if (!ctl_settings(ctl) || !has_profile(ctl) || ctl->settings->problems > 0) {
        return FAILED;
    }
    puts(ctl->json ? "{\"config\":\"good\"}" : "good");
    return DONE;
}
