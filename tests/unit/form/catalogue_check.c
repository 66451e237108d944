/* Checks the catalogue of a folder: prints the fault and exits 1, or says what
 * there is. schema.py holds the authors' JSON Schema against it. */
#include <stdio.h>
#include <time.h>

#include "form/catalogue.h"

static double
now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

int
main(int argc, char **argv)
{
    struct fault fault;
    const struct service *services;
    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    double begun = now();
    struct catalogue *catalogue = catalogue_load_folder(argv[1], &fault);
    if (catalogue == NULL) {
        puts(fault.text);
        return 1;
    }
    printf("version %d, %zu services, loaded in %.2f ms\n", catalogue_version(catalogue),
           catalogue_services(catalogue, &services), now() - begun);
    catalogue_destroy(catalogue);
    return 0;
}
