/* A slip as it leaves the kiosk: dump_slip PROFILE.ini SAMPLE FOLDER [LETTERS]
 * writes FOLDER/slip.pbm (the design) and FOLDER/slip.bin (the bytes), and prints
 * how long drawing took. */
#include <stdio.h>
#include <time.h>

#include "print/escpos.h"
#include "print/profile.h"
#include "print/slip.h"
#include "print/spool.h"
#include "samples.h"
#include "type/type.h"

static bool
write_file(const char *folder, const char *name, const char *head, const void *bytes, size_t len)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file) {
        return false;
    }
    fputs(head, file);
    bool good = fwrite(bytes, 1, len, file) == len;
    return fclose(file) == 0 && good;
}

static double
now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* The best of many: what drawing costs, without what else the machine does. */
static struct raster *
draw(const struct slip *slip, struct type *type, const struct printer_profile *profile)
{
    struct raster *raster = NULL;
    double best = 1e9, first = 0;
    for (int i = 0; i < 40; i++) {
        raster_destroy(raster);
        double start = now_ms();
        raster = slip_raster(slip, type, profile->dots, profile->dots_per_mm);
        double took = now_ms() - start;
        first = i == 0 ? took : first;
        best = took < best ? took : best;
    }
    printf("{\"raster_ms\": %.2f, \"first_ms\": %.2f}\n", best, first);
    return raster;
}

int
main(int argc, char **argv)
{
    struct printer_profile *profile = argc == 4 || argc == 5 ? profile_load(argv[1]) : NULL;
    struct type *type = profile ? type_create(NULL) : NULL;
    struct slip slip;
    if (!type || !sample_slip(&slip, argv[2])) {
        return 2;
    }
    slip.letters = argc == 5 ? argv[4][0] - '0' : 0;
    struct raster *raster = draw(&slip, type, profile);
    struct escpos job = {0};
    bool good = raster && (profile->text ? escpos_text(&job, &slip, profile, "A017")
                                         : escpos_raster(&job, raster, profile, "A017"));
    if (good) {
        char head[64];
        snprintf(head, sizeof head, "P4\n%d %d\n", raster->width, raster->height);
        good = write_file(argv[3], "slip.pbm", head, raster->bits,
                          (size_t)raster->stride * (size_t)raster->height) &&
               write_file(argv[3], "slip.bin", "", job.bytes, job.len);
    }
    escpos_destroy(&job);
    raster_destroy(raster);
    type_destroy(type);
    profile_destroy(profile);
    return good ? 0 : 1;
}
