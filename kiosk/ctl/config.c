#include <stdio.h>

#include "base/settings.h"
#include "ctl/commands.h"
#include "ctl/ctl.h"

/* Reading it names in the log whatever is wrong; a kiosk would run on with the defaults. */
int
command_check_config(struct ctl *ctl, char **words)
{
    (void)words;
    if (!ctl_settings(ctl) || ctl->settings->problems > 0) {
        return FAILED;
    }
    puts(ctl->json ? "{\"config\":\"good\"}" : "good");
    return DONE;
}
