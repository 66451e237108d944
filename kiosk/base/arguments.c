#include "base/arguments.h"

#include <getopt.h>
#include <stdio.h>

const char *
arguments_config(int argc, char **argv, const char *usage, const char *version, int *status)
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
            puts(version);
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
