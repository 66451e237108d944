/* The command line of a program that takes nothing but its configuration. */
#pragma once

/* The configuration file: --config, or /etc/anjungan/anjungan.ini. NULL after having answered
 * --version ("anjungand 1.0"), --help or a wrong word; `status` is then the exit code. */
const char *arguments_config(int argc, char **argv, const char *usage, const char *version,
                             int *status);
