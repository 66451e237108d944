#include "samples.h"

#include <stdio.h>
#include <string.h>

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

static void
fill_short(struct slip *slip)
{
    struct slip_line *number = add(slip, SLIP_TEXT, 240, "B-002");
    number->bold = number->fit = true;
    add_pair(slip, "Berlaku", "hari ini");
}

bool
sample_slip(struct slip *slip, const char *name)
{
    static const struct {
        const char *name;
        void (*fill)(struct slip *slip);
    } samples[] = {{"number", fill_number}, {"receipt", fill_receipt}, {"short", fill_short}};
    *slip = (struct slip){0};
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        if (strcmp(samples[i].name, name) == 0) {
            samples[i].fill(slip);
            return true;
        }
    }
    return false;
}
