/* What stands on the page for photos, in Indonesian or English: for a phone, without a frame of
 * anybody's, and readable without script. Sentences that the script says stand in the form. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "html.h"
#include "http.h"
#include "photos.h"
#include "portal.h"

static const char policy[] = "default-src 'none'; style-src 'self'; script-src 'self'; "
                             "img-src 'self' blob:; connect-src 'self'; form-action 'self'; "
                             "base-uri 'none'; frame-ancestors 'none'";

/* Of each its status and what it says in both languages. */
struct sentence {
    int status;
    const char *id, *en;
};
static const struct sentence sentences[] = {
    [PHOTOS_WRONG] = {404, "Alamat ini tidak lengkap. Pindai lagi QR di tanda terima.",
                      "This address is not complete. Scan the QR on the receipt again."},
    [PHOTOS_NOT_YET] = {404,
                        "Permohonan ini belum sampai di kantor. Foto belum bisa diterima. Coba "
                        "lagi nanti dengan QR yang sama.",
                        "This request has not reached the office yet. Photos cannot be taken yet. "
                        "Try again later with the same QR."},
    [PHOTOS_TAKES] = {200, "", ""},
    [PHOTOS_OVER] = {410,
                     "Foto untuk permohonan ini tidak diterima lagi di sini. Tunjukkan foto di "
                     "loket.",
                     "Photos for this request are no longer taken here. Show them at the counter."},
    [PHOTOS_ALL] = {409, "Foto sudah sebanyak yang bisa diterima.",
                    "As many photos have come as can be taken."},
    [PHOTOS_TOO_LARGE] = {413, "Foto ini lebih besar dari 8 MB. Kirim foto yang lebih kecil.",
                          "This photo is larger than 8 MB. Send a smaller one."},
    [PHOTOS_TYPE] = {415, "Berkas ini bukan foto JPEG, PNG, WebP, atau HEIC.",
                     "This file is not a JPEG, PNG, WebP or HEIC photo."},
    [PHOTOS_UNREADABLE] = {400, "Tidak ada foto yang terkirim. Pilih foto, lalu kirim lagi.",
                           "No photo was sent. Choose a photo, then send again."},
    [PHOTOS_SLOWLY] = {429, "Terlalu banyak percobaan. Coba lagi beberapa menit lagi.",
                       "Too many tries. Try again in some minutes."},
    [PHOTOS_BUSY] = {503, "Sedang ada gangguan. Coba lagi sebentar lagi.",
                     "Something is out of order. Try again in a moment."},
};

struct sheet {
    struct html html;
    const struct request *request;
    bool english;
};

static const char *
in(const struct sheet *sheet, const char *id, const char *en)
{
    return sheet->english ? en : id;
}

static const char *
sentence(const struct sheet *sheet, enum photos_word word)
{
    return in(sheet, sentences[word].id, sentences[word].en);
}

static void
add_head(struct sheet *sheet)
{
    const char *title = in(sheet, "Kirim foto", "Send photos");
    html_add(&sheet->html,
             "<!doctype html><html lang=\"%s\"><head><meta charset=\"utf-8\">"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
             "<meta name=\"robots\" content=\"noindex\"><title>%s</title>"
             "<link rel=\"stylesheet\" href=\"/unggah/gaya.css\">"
             "<script src=\"/unggah/kirim.js\" defer></script></head><body><main><h1>%s</h1>",
             in(sheet, "id", "en"), title, title);
}

static void
add_foot(struct sheet *sheet)
{
    const char *other = in(sheet, "en", "id");
    html_add(
        &sheet->html,
        "<p><a href=\"?bahasa=%s\" hreflang=\"%s\" lang=\"%s\">%s</a></p></main></body></html>\n",
        other, other, other, in(sheet, "English", "Bahasa Indonesia"));
}

static void
add_count(struct sheet *sheet, const struct upload *upload)
{
    html_add(&sheet->html, "<p id=\"jumlah\" role=\"status\">");
    html_add(&sheet->html,
             sheet->english ? "%d of %d photos received." : "%d dari %d foto sudah diterima.",
             upload->count, upload->most);
    html_add(&sheet->html, "</p>");
}

/* What the script says, in the words of the page. */
static void
add_words(struct sheet *sheet)
{
    const struct {
        const char *name, *id, *en;
    } words[] = {
        {"count", "{n} dari {m} foto sudah diterima.", "{n} of {m} photos received."},
        {"waits", "Menunggu giliran", "Waiting its turn"},
        {"sends", "Mengirim", "Sending"},
        {"offline", "Menunggu jaringan. Dilanjutkan sendiri.",
         "Waiting for the network. It goes on by itself."},
        {"done", "Diterima", "Received"},
        {"failed", "Belum terkirim.", "Not sent."},
        {"again", "Coba lagi", "Try again"},
        {"full", sentences[PHOTOS_ALL].id, sentences[PHOTOS_ALL].en},
        {"type", sentences[PHOTOS_TYPE].id, sentences[PHOTOS_TYPE].en},
        {"large", sentences[PHOTOS_TOO_LARGE].id, sentences[PHOTOS_TOO_LARGE].en},
        {"closed", sentences[PHOTOS_OVER].id, sentences[PHOTOS_OVER].en},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        html_add(&sheet->html, " data-%s=\"%s\"", words[i].name,
                 in(sheet, words[i].id, words[i].en));
    }
}

static void
add_form(struct sheet *sheet, const struct upload *upload)
{
    struct html *html = &sheet->html;
    html_add(html,
             "<form method=\"post\" enctype=\"multipart/form-data\""
             " action=\"/unggah/%s?bahasa=%s\" data-most=\"%d\" data-bytes=\"%d\"",
             sheet->request->rest, in(sheet, "id", "en"), upload->most, PHOTO_BYTES);
    add_words(sheet);
    html_add(html,
             "><label for=\"foto\">%s</label><input type=\"file\" id=\"foto\" name=\"foto\""
             " accept=\"image/jpeg,image/png,image/webp,image/heic\" required>"
             "<p class=\"soft\">%s</p><button>%s</button></form>"
             "<ul class=\"photos\" id=\"daftar\"></ul>",
             in(sheet, "Pilih foto", "Choose photos"),
             in(sheet, "JPEG, PNG, WebP, atau HEIC, paling besar 8 MB tiap foto.",
                "JPEG, PNG, WebP or HEIC, at most 8 MB each."),
             in(sheet, "Kirim", "Send"));
}

static void
add_what(struct sheet *sheet, const struct portal *portal, const struct upload *upload)
{
    const struct service *service =
        portal->catalogue ? catalogue_service(portal->catalogue, upload->service) : NULL;
    enum language language = sheet->english ? LANGUAGE_EN : LANGUAGE_ID;
    if (service) {
        html_add(&sheet->html, "<p><b>%s</b></p><p>%s</p>", words_in(&service->title, language),
                 words_in(&service->photos.label, language));
    }
}

static void
add_end(struct sheet *sheet, const struct portal *portal, const struct upload *upload)
{
    static const char *const months[][12] = {
        {"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
         "Oktober", "November", "Desember"},
        {"January", "February", "March", "April", "May", "June", "July", "August", "September",
         "October", "November", "December"}};
    struct civil end = civil_at(upload->open_until, portal->utc_offset);
    char when[64];
    snprintf(when, sizeof when, "%d %s %d, %02d.%02d %s", end.day,
             months[sheet->english][(end.month + 11) % 12], end.year, end.hour, end.minute,
             clock_zone(portal->utc_offset));
    html_add(&sheet->html, "<p>%s %s.</p>",
             in(sheet, "Foto diterima sampai", "Photos are taken until"), when);
}

static void
add_known(struct sheet *sheet, const struct portal *portal, const struct upload *upload,
          enum photos_word word)
{
    bool open = word != PHOTOS_OVER;
    add_what(sheet, portal, upload);
    add_count(sheet, upload);
    if (open && upload->count < upload->most) {
        add_end(sheet, portal, upload);
        add_form(sheet, upload);
    } else if (open && word != PHOTOS_ALL) {
        html_add(&sheet->html, "<p>%s</p>", sentence(sheet, PHOTOS_ALL));
    }
    html_add(
        &sheet->html, "<p class=\"soft\">%s</p>",
        in(sheet,
           "Sudah selesai? Tutup saja halaman ini. Hanya petugas yang melihat foto Anda; halaman "
           "ini tidak memperlihatkannya lagi. "
           "Tempat, waktu, dan nama ponsel yang tersimpan di dalam foto dihapus. Tanpa ponsel: "
           "tunjukkan berkas di loket.",
           "Done? Just close this page. Only officers see your photos; this page does not show "
           "them again. The place, time "
           "and name of the phone inside a photo are removed. Without a phone: show the "
           "papers at the counter."));
}

void
photos_page(const struct portal *portal, const struct request *request, struct reply *reply,
            const struct upload *upload, enum photos_word word)
{
    const char *asked = request->language ? request->language : "";
    bool english = strcmp(asked, "en") == 0 ||
                   (strcmp(asked, "id") != 0 && upload && strcmp(upload->language, "en") == 0);
    struct sheet sheet = {.request = request, .english = english};
    int wait = reply->retry_after;
    add_head(&sheet);
    if (*sentence(&sheet, word)) {
        html_add(&sheet.html, "<p class=\"said\" role=\"alert\">%s</p>", sentence(&sheet, word));
    }
    if (upload) {
        add_known(&sheet, portal, upload, word);
    }
    add_foot(&sheet);
    reply->policy = policy;
    reply_with(reply, sentences[word].status, "text/html; charset=utf-8", html_take(&sheet.html));
    reply->retry_after = word == PHOTOS_BUSY ? 5 : wait;
}
