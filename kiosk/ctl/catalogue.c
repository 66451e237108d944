#include <stdio.h>

#include "base/settings.h"
#include "ctl/commands.h"
#include "ctl/ctl.h"
#include "form/catalogue.h"

int
command_check_catalogue(struct ctl *ctl, char **words)
{
    char installed[512];
    struct fault fault = {""};
    const char *path = words[0];
    if (path == NULL && !ctl_settings(ctl)) {
        return FAILED;
    }
    if (path == NULL) {
        snprintf(installed, sizeof installed, "%s/catalogue", ctl->settings->kiosk.data_dir);
        path = installed;
    }
    struct catalogue *catalogue = catalogue_load_folder(path, &fault);
    if (catalogue == NULL) {
        fprintf(stderr, "anjunganctl: %s/%s\n", path, fault.text);
        return FAILED;
    }
    const struct service *services;
    size_t many = catalogue_services(catalogue, &services);
    printf(ctl->json ? "{\"version\":%d,\"services\":%zu}\n" : "version %d, %zu services: good\n",
           catalogue_version(catalogue), many);
    catalogue_destroy(catalogue);
    return DONE;
}
