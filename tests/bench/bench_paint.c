/* What painting costs (F5), by the painter alone and with the display:
 * bench_paint ICONS [WIDTH HEIGHT]. Two pages like the home page and the form. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/canvas.h"
#include "platform/painter.h"
#include "platform/platform.h"
#include "timing.h"
#include "type/type.h"

enum { ROUNDS = 200 };

struct page {
    int width, height;
    double mm; // px a millimetre
    struct draw_list *list;
};

static void
report(const char *what, double *times)
{
    struct timing timing = timing_of(times, ROUNDS);
    printf("%-34s p50 %.3f  p99 %.3f  min %.3f ms\n", what, timing.p50, timing.p99, timing.min);
}

static void
words(const struct page *page, double x, double y, double size, enum weight weight, uint32_t colour,
      const char *text)
{
    int px = (int)(size * page->mm);
    draw_text(page->list,
              (struct rect){(int)(x * page->mm), (int)(y * page->mm), page->width, px * 5 / 4}, px,
              weight, 0, colour, text);
}

static struct rect
box(const struct page *page, double x, double y, double w, double h)
{
    return (struct rect){(int)(x * page->mm), (int)(y * page->mm), (int)(w * page->mm),
                         (int)(h * page->mm)};
}

static void
begin(const struct page *page)
{
    int header = (int)(29 * page->mm);
    draw_list_reset(page->list);
    draw_fill(page->list, (struct rect){0, 0, page->width, page->height}, 0, 0xF6F4EE);
    draw_fill(page->list, (struct rect){0, 0, page->width, header}, 0, 0xFFFFFF);
    draw_weave(page->list, (struct rect){0, 0, page->width, (int)(7 * page->mm)});
    words(page, 35, 13, 8, WEIGHT_SEMIBOLD, 0x14211F, "Kelurahan Sungai Keledang");
    words(page, 35, 21, 7.2, WEIGHT_REGULAR, 0x42514D, "Senin, 23 November 2026 · 09.41 WITA");
}

static void
button(const struct page *page, struct rect rect, bool down, const char *label)
{
    int radius = (int)(5 * page->mm), px = (int)(8.5 * page->mm);
    draw_fill(page->list, rect, radius, down ? 0xE2F0EC : 0xFFFFFF);
    draw_frame(page->list, rect, radius, 2, 0x7C827C);
    draw_text(page->list,
              (struct rect){rect.x + rect.w / 4, rect.y + rect.h / 3, rect.w * 3 / 4, px * 5 / 4},
              px, WEIGHT_SEMIBOLD, 0, 0x14211F, label);
}

static void
home(const struct page *page, int pressed)
{
    static const char *const tiles[] = {
        "Surat keterangan", "KTP, KK, dan akta",  "Sudah ambil", "Cek berkas saya",
        "Pajak Bumi dan",   "Pengaduan dan usul", "Informasi",   "Cek keaslian"};
    static const char *const icons[] = {"document", "id-card", "calendar", "search",
                                        "card",     "message", "info",     "check"};
    begin(page);
    words(page, 12, 38, 14.5, WEIGHT_BOLD, 0x14211F, "Selamat datang.");
    words(page, 12, 55, 14.5, WEIGHT_BOLD, 0x14211F, "Apa keperluan Anda?");
    draw_fill(page->list, box(page, 12, 90, 244, 50), (int)(6 * page->mm), 0x005B50);
    words(page, 55, 104, 11, WEIGHT_BOLD, 0xFFFFFF, "Ambil nomor antrean");
    words(page, 55, 118, 7.5, WEIGHT_REGULAR, 0xFFFFFF, "6 orang menunggu · sekitar 12 menit");
    for (int i = 0; i < 8; i++) {
        double x = i % 2 ? 137 : 12, y = 147 + 31 * (i - i % 2);
        button(page, box(page, x, y, 119, 56), i == pressed, tiles[i]);
        draw_fill(page->list, box(page, x + 8, y + 8, 19, 19), (int)(4 * page->mm), 0xE2F0EC);
        draw_icon(page->list, box(page, x + 12, y + 12, 11, 11), 0x005B50, icons[i]);
        words(page, x + 8, y + 32, 7.4, WEIGHT_REGULAR, 0x42514D, "Usaha, tidak mampu,");
        words(page, x + 8, y + 42, 7.4, WEIGHT_REGULAR, 0x42514D, "domisili, dan lainnya");
    }
}

static void
form(const struct page *page, int typed)
{
    static const char digits[] = "6472036307900001",
                      keys[][2] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "0"};
    begin(page);
    words(page, 12, 60, 7.5, WEIGHT_REGULAR, 0x42514D, "Surat keterangan usaha · 2 dari 8");
    words(page, 12, 78, 14.5, WEIGHT_BOLD, 0x14211F, "Berapa NIK Anda?");
    draw_fill(page->list, box(page, 12, 118, 244, 28), (int)(5 * page->mm), 0xFFFFFF);
    draw_frame(page->list, box(page, 12, 118, 244, 28), (int)(5 * page->mm), 4, 0x005B50);
    char shown[sizeof digits] = "";
    memcpy(shown, digits, (size_t)typed);
    draw_text(page->list, box(page, 20, 124, 200, 17), (int)(13 * page->mm), WEIGHT_REGULAR,
              (int)(9 * page->mm), 0x14211F, shown);
    draw_fill(page->list, box(page, 0, 262, 268, 147), 0, 0xE7E4DA);
    for (int i = 0; i < 10; i++) {
        button(page, box(page, 40 + 64 * (double)(i % 3), 267 + 35.0 / 3 * (i - i % 3), 60, 31),
               false, keys[i]);
    }
}

static void
bench_painter(struct painter *painter, struct page *page)
{
    struct rect whole = {0, 0, page->width, page->height}, damage[16];
    struct draw_list *lists[2] = {page->list, draw_list_create()};
    uint32_t *pixels = calloc((size_t)page->width * (size_t)page->height, sizeof *pixels);
    struct canvas canvas = {pixels, page->width, page->width, page->height, whole};
    double full[ROUNDS], control[ROUNDS], built[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        page->list = lists[i % 2];
        double start = timing_now();
        home(page, i % 8);
        built[i] = timing_now() - start;
        start = timing_now();
        size_t count = draw_damage(lists[(i + 1) % 2], page->list, whole, damage, 16);
        for (size_t at = 0; i > 0 && at < count; at++) {
            canvas.clip = damage[at];
            painter_paint(painter, &canvas, page->list);
        }
        control[i] = timing_now() - start;
        canvas.clip = whole;
        start = timing_now();
        painter_paint(painter, &canvas, page->list);
        full[i] = timing_now() - start;
    }
    report("list built", built);
    report("painted: all", full);
    report("painted: two tiles of eight", control);
    free(pixels);
    page->list = lists[0];
    draw_list_destroy(lists[1]);
}

static void
bench_display(struct platform *platform, struct page *page)
{
    double all[ROUNDS], press[ROUNDS], key[ROUNDS], change[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        double start = timing_now();
        home(page, -1);
        platform_show(platform, page->list, true);
        all[i] = timing_now() - start;
        start = timing_now();
        home(page, i % 8);
        platform_show(platform, page->list, false);
        press[i] = timing_now() - start;
        start = timing_now();
        form(page, i % 16);
        platform_show(platform, page->list, false);
        change[i] = timing_now() - start;
        start = timing_now();
        form(page, i % 16 + 1);
        platform_show(platform, page->list, false);
        key[i] = timing_now() - start;
    }
    report("shown: all", all);
    report("shown: one control", press);
    report("shown: one digit typed", key);
    report("shown: page change", change);
}

int
main(int argc, char **argv)
{
    if (argc != 2 && argc != 4) {
        fprintf(stderr, "usage: bench_paint ICONS [WIDTH HEIGHT]\n");
        return 2;
    }
    struct page page = {.width = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 1080,
                        .height = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 1920,
                        .list = draw_list_create()};
    page.mm = page.width / 268.0;
    double start = timing_now();
    struct type *type = type_create(NULL);
    struct painter *painter = type ? painter_create(type, argv[1]) : NULL;
    struct platform *platform = NULL;
    struct platform_options options = {
        .width = page.width, .height = page.height, .icons = argv[1]};
    double faces = timing_now() - start;
    if (painter && page.list) {
        platform = platform_create(&options, type);
    }
    if (!platform) {
        return 1;
    }
    double window = timing_now() - start - faces;
    home(&page, -1);
    start = timing_now();
    platform_show(platform, page.list, true);
    printf("%d x %d: typefaces and icons %.1f, window %.1f, first picture %.1f ms\n", page.width,
           page.height, faces, window, timing_now() - start);
    platform_size(platform, &page.width, &page.height);
    bench_painter(painter, &page);
    bench_display(platform, &page);
    platform_destroy(platform);
    painter_destroy(painter);
    type_destroy(type);
    draw_list_destroy(page.list);
    return 0;
}
