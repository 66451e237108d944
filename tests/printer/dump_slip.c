/* Two slips as they leave the kiosk: dump_slip PROFILE.ini number|receipt FOLDER
 * writes FOLDER/slip.pbm (the design) and FOLDER/slip.bin (the bytes), and prints
 * how long drawing took. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <time.h>

#include "print/escpos.h"
#include "print/profile.h"
#include "print/slip.h"
#include "print/spool.h"
#include "type/type.h"

static struct slip_line *
add(struct slip *slip, enum slip_kind kind, int size, const char *text)
{
    struct slip_line *line = slip_add(slip, kind);
    line->size = size;
    snprintf(line->text, sizeof line->text, "%s", text);
    return line;
}

static void
add_pair(struct slip *slip, const char *name, const char *value)
{
    struct slip_line *line = add(slip, SLIP_PAIR, 0, name);
    snprintf(line->value, sizeof line->value, "%s", value);
}

static void
add_head(struct slip *slip)
{
    add(slip, SLIP_BAND, 0, "");
    add(slip, SLIP_SPACE, 25, "");
    struct slip_line *city = add(slip, SLIP_TEXT, 38, "PEMERINTAH KOTA SAMARINDA");
    city->bold = city->fit = true;
    add(slip, SLIP_TEXT, 32, "Kelurahan Sungai Keledang");
    add(slip, SLIP_SPACE, 20, "");
}

static const char link[] =
    "https://santer.samarindakota.go.id/t/#AQEAAAABGYw2cQABEbEq3m0X9kQ2pWb7Qe1rT5yU8iO3aS6d";

static void
fill_number(struct slip *slip)
{
    add_head(slip);
    add(slip, SLIP_TEXT, 33, "Nomor antrean")->bold = true;
    struct slip_line *number = add(slip, SLIP_TEXT, 240, "A-017");
    number->bold = number->fit = true;
    add(slip, SLIP_TEXT, 42, "Surat keterangan")->bold = true;
    add(slip, SLIP_SPACE, 15, "");
    add_pair(slip, "Di depan Anda", "6 orang, ± 12 menit");
    add_pair(slip, "Dicetak", "Senin, 23-11-2026 · 09.41 WITA");
    add_pair(slip, "Berlaku", "hari ini");
    add(slip, SLIP_QR, 0, link);
    add(slip, SLIP_TEXT, 32, "Pindai: keaslian dan posisi antrean");
    add(slip, SLIP_SPACE, 10, "");
    add(slip, SLIP_BOX, 44, "SEMUA SURAT GRATIS");
}

static void
fill_receipt(struct slip *slip)
{
    add_head(slip);
    struct slip_line *title = add(slip, SLIP_TEXT, 50, "TANDA TERIMA PENGAJUAN");
    title->bold = title->fit = true;
    add(slip, SLIP_TEXT, 42, "Surat Keterangan Domisili Tempat Tinggal Sementara")->bold = true;
    add(slip, SLIP_SPACE, 10, "");
    add(slip, SLIP_TEXT, 34, "Kode lacak");
    struct slip_line *code = add(slip, SLIP_TEXT, 110, "7K3F-9QXM");
    code->bold = code->fit = true;
    add_pair(slip, "Keadaan", "Tersimpan di anjungan ini, akan dikirim");
    add_pair(slip, "Selesai", "2 hari kerja sejak diterima");
    add(slip, SLIP_SPACE, 25, "");
    struct slip_line *step = add(slip, SLIP_STEP, 0, "Ambil nomor antrean di mesin ini");
    snprintf(step->value, sizeof step->value, "Loket 2 · buka sampai 15.00 WITA");
    add(slip, SLIP_STEP, 0, "Bawa KTP-el, KK, dan surat pengantar RT yang asli");
    add(slip, SLIP_RULE, 0, "");
    add(slip, SLIP_QR, 0, link);
    add(slip, SLIP_TEXT, 0, "Tanda terima ini bukan surat keterangan.");
}

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
    struct printer_profile *profile = argc == 4 ? profile_load(argv[1]) : NULL;
    struct type *type = profile ? type_create(NULL) : NULL;
    struct slip slip = {0};
    if (!type) {
        return 2;
    }
    if (strcmp(argv[2], "number") == 0) {
        fill_number(&slip);
    } else {
        fill_receipt(&slip);
    }
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
