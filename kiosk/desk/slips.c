/* What stands on paper, from top to bottom. Slips are Indonesian (UU 24/2009) and
 * carry no personal data: a number or a tracking code, never who holds it. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "desk/parts.h"
#include "form/check.h"
#include "seal/token.h"

/* Tenths of mm: heights of type, and gaps between groups of lines. */
enum { NUMBER = 240, CODE = 110, TITLE = 48, LINE = 38, PAIR = 34, SMALL = 33, FINE = 29 };
enum { GAP = 14, WIDE_GAP = 22 };

/* A line that must stay one line shrinks to the paper. */
static void
put_fit(struct slip *slip, int size, const char *text)
{
    struct slip_line *line = slip_add(slip, SLIP_TEXT);
    if (line != NULL) {
        line->size = size;
        line->bold = line->fit = true;
        text_copy(line->text, sizeof line->text, text);
    }
}

static struct slip_line *
put(struct slip *slip, enum slip_kind kind, int size, bool bold, const char *text)
{
    struct slip_line *line = slip_add(slip, kind);
    if (line != NULL) {
        line->size = size;
        line->bold = bold;
        text_copy(line->text, sizeof line->text, text);
    }
    return line;
}

static void
put_gap(struct slip *slip, int tenths)
{
    put(slip, SLIP_SPACE, tenths, false, "");
}

static void
put_pair(struct slip *slip, const char *text, const char *value)
{
    struct slip_line *line = put(slip, SLIP_PAIR, PAIR, true, text);
    if (line != NULL) {
        text_copy(line->value, sizeof line->value, value);
    }
}

static void
put_step(struct slip *slip, const struct step *step)
{
    struct slip_line *line = put(slip, SLIP_STEP, LINE, true, words_in(&step->title, LANGUAGE_ID));
    if (line != NULL) {
        text_copy(line->value, sizeof line->value, words_in(&step->detail, LANGUAGE_ID));
    }
}

static void
put_head(const struct desk *desk, bool copy, struct slip *slip)
{
    char city[4 * SETTINGS_CITY + 1];
    struct text upper = text_over(city, sizeof city);
    for (const char *p = desk->settings->city.name; *p != '\0'; p++) {
        char letter = *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
        text_add_bytes(&upper, &letter, 1);
    }
    put(slip, SLIP_BAND, 0, false, "");
    put_gap(slip, GAP);
    put_fit(slip, LINE, city);
    put(slip, SLIP_TEXT, SMALL, false, desk->office != NULL ? office_name(desk->office) : "");
    put(slip, SLIP_TEXT, FINE, false, desk->office != NULL ? office_address(desk->office) : "");
    if (copy) {
        put_gap(slip, GAP);
        put(slip, SLIP_BOX, TITLE, true, "SALINAN");
    }
    put_gap(slip, WIDE_GAP);
}

/* "Senin, 23-11-2026 · 09.41 WITA" */
static void
put_time(const struct desk *desk, int64_t at, struct slip *slip)
{
    static const char *const days[] = {"Minggu", "Senin", "Selasa", "Rabu",
                                       "Kamis",  "Jumat", "Sabtu"};
    int offset = desk_utc_offset(desk);
    struct civil t = civil_at(at, offset);
    char text[80];
    snprintf(text, sizeof text, "%s, %02d-%02d-%04d · %02d.%02d %s", days[t.weekday], t.day,
             t.month, t.year, t.hour, t.minute, clock_zone(offset));
    put_pair(slip, "Dicetak", text);
    if (desk_clock_uncertain(desk)) {
        put(slip, SLIP_TEXT, SMALL, false, "Jam anjungan belum pasti.");
    }
}

static void
put_ahead(struct slip *slip, int ahead, int minutes)
{
    char text[60];
    if (ahead <= 0) {
        text_copy(text, sizeof text, "tidak ada");
    } else if (minutes >= 0) {
        snprintf(text, sizeof text, "%d orang, ± %d menit", ahead, minutes);
    } else {
        snprintf(text, sizeof text, "%d orang", ahead);
    }
    put_pair(slip, "Di depan Anda", text);
}

/* The signed token as a QR. None that lies: without enrolment there is no key, and a clock that
 * starts in 1970 tells no day of a token. False: there is none to be scanned. */
static bool
put_qr(const struct desk *desk, enum token_kind kind, const char *code, int64_t at,
       struct slip *slip)
{
    struct token token = {.kind = kind, .kiosk = desk->identity.number};
    char text[TOKEN_TEXT], url[200];
    struct civil day = civil_at(at, desk_utc_offset(desk));
    int32_t days = civil_day_number(day.year, day.month, day.day) - civil_day_number(2020, 1, 1);
    token.day = (uint16_t)days;
    text_copy(token.code, sizeof token.code, code);
    if (days < 0 || days > UINT16_MAX || !desk->enrolled ||
        !token_write(&token, desk->identity.sign_secret, text)) {
        return false;
    }
    snprintf(url, sizeof url, "%s/t/#%s", desk->settings->portal.public_url, text);
    put(slip, SLIP_QR, 0, false, url);
    return true;
}

static void
put_foot(struct slip *slip)
{
    put_gap(slip, GAP);
    put(slip, SLIP_BOX, SMALL, true, "GRATIS, TIDAK DIPUNGUT BIAYA");
    put_gap(slip, GAP);
    put(slip, SLIP_TEXT, SMALL, false, "Butuh bantuan? Hubungi 112 (gratis).");
}

static const char *
series_title(const struct desk *desk, const char *letter)
{
    const struct queue_series *series =
        desk->catalogue != NULL ? catalogue_queue(desk->catalogue, letter) : NULL;
    return series != NULL ? words_in(&series->title, LANGUAGE_ID) : "";
}

static void
put_number(const struct desk *desk, const struct ticket *ticket, struct slip *slip)
{
    char number[16];
    number_format(number, ticket->letter, ticket->number);
    put(slip, SLIP_TEXT, LINE, true, "Nomor antrean");
    put_fit(slip, NUMBER, number);
    put(slip, SLIP_TEXT, TITLE, true, series_title(desk, ticket->letter));
    put_gap(slip, GAP);
    if (ticket->booking[0] != '\0') {
        char booking[32];
        snprintf(booking, sizeof booking, "Booking %s", ticket->booking);
        put(slip, SLIP_BOX, TITLE, true, booking);
        put_gap(slip, GAP);
    }
}

/* What to bring, to be ticked at home. */
static void
put_checklist(struct slip *slip, const struct service *service, const char *title)
{
    put_gap(slip, GAP);
    put(slip, SLIP_TEXT, LINE, true, title);
    put_gap(slip, GAP / 2);
    for (size_t i = 0; i < service->requirement_count; i++) {
        put(slip, SLIP_CHECK, PAIR, false, words_in(&service->requirements[i], LANGUAGE_ID));
    }
}

/* "Senin–Kamis 08.00–16.00 · Jumat 08.00–14.00 WITA", a line for each. */
static void
put_hours(struct slip *slip, const char *hours)
{
    static const char between[] = " · ";
    char line[120];
    put(slip, SLIP_TEXT, SMALL, true, "Jam buka loket");
    while (*hours != '\0') {
        const char *end = strstr(hours, between);
        size_t len = end != NULL ? (size_t)(end - hours) : strlen(hours);
        text_copy(line, len + 1 < sizeof line ? len + 1 : sizeof line, hours);
        put(slip, SLIP_TEXT, SMALL, false, line);
        hours += len + (end != NULL ? strlen(between) : 0);
    }
}

void
slip_of_checklist(const struct desk *desk, const struct service *service, struct slip *slip)
{
    struct civil now = desk_civil(desk);
    put_head(desk, false, slip);
    put_fit(slip, TITLE, "DAFTAR SYARAT");
    put(slip, SLIP_TEXT, TITLE, true, words_in(&service->title, LANGUAGE_ID));
    put_checklist(slip, service, "Siapkan");
    put_gap(slip, GAP);
    put_pair(slip, "Selesai", words_in(&service->time, LANGUAGE_ID));
    put_time(desk, clock_wall(), slip);
    put_gap(slip, GAP);
    if (desk->office != NULL) {
        put_hours(slip, office_hours_line(desk->office, &now));
    }
    if (desk->settings->portal.public_url[0] != '\0') {
        put(slip, SLIP_QR, 0, false, desk->settings->portal.public_url);
        put(slip, SLIP_TEXT, SMALL, false,
            service->kind == SERVICE_FORM ? "Bisa juga dari ponsel: pindai."
                                          : "Informasi lain: pindai.");
    }
    put_foot(slip);
    put(slip, SLIP_TEXT, SMALL, false, "Daftar ini bukan nomor antrean.");
}

void
slip_of_ticket(const struct desk *desk, const struct ticket *ticket, int ahead, int minutes,
               bool copy, struct slip *slip)
{
    char number[16];
    const struct service *service = desk_service(desk, ticket->service);
    number_format(number, ticket->letter, ticket->number);
    put_head(desk, copy, slip);
    put_number(desk, ticket, slip);
    if (service != NULL) {
        put(slip, SLIP_TEXT, LINE, true, words_in(&service->title, LANGUAGE_ID));
        put_gap(slip, GAP);
    }
    put_ahead(slip, ahead, minutes);
    put_time(desk, ticket->issued_at, slip);
    put_pair(slip, "Berlaku", "hari ini");
    if (service != NULL) {
        put_checklist(slip, service, "Siapkan");
    }
    put_gap(slip, GAP);
    if (put_qr(desk, TOKEN_TICKET, number, ticket->issued_at, slip)) {
        put(slip, SLIP_TEXT, SMALL, false, "Pindai untuk memeriksa keaslian nomor ini");
    }
    put(slip, SLIP_TEXT, SMALL, false, "Dipanggil 3 kali. Terlewat? Hubungi petugas.");
    put_foot(slip);
}

/* The page on which photos are sent; it takes them once the request has arrived there. */
static void
put_photos(const struct desk *desk, const struct service *service, const char *photos,
           struct slip *slip)
{
    char url[200];
    put_gap(slip, WIDE_GAP);
    put(slip, SLIP_TEXT, LINE, true, "Kirim foto dari ponsel");
    if (service != NULL) {
        put(slip, SLIP_TEXT, SMALL, false, words_in(&service->photos.label, LANGUAGE_ID));
    }
    snprintf(url, sizeof url, "%s/unggah/%s", desk->settings->portal.public_url, photos);
    put(slip, SLIP_QR, 0, false, url);
    put(slip, SLIP_TEXT, SMALL, false, "Tanpa ponsel: tunjukkan berkas di loket.");
}

/* Where another office than this one processes it: whom to ask, and where to fetch it. */
static void
put_office(const struct desk *desk, const char *code, struct slip *slip)
{
    char name[128];
    const struct kelurahan *office =
        desk->catalogue != NULL ? catalogue_kelurahan_of(desk->catalogue, code) : NULL;
    if (office != NULL && strcmp(code, desk->settings->kiosk.office) != 0) {
        snprintf(name, sizeof name, "Kelurahan %s", office->name);
        put_pair(slip, "Diproses oleh", name);
    }
}

void
slip_of_receipt(const struct desk *desk, const struct outbox_item *item,
                const struct ticket *ticket, const struct asked *asked, int ahead, int minutes,
                bool copy, struct slip *slip)
{
    const struct service *service = desk_service(desk, item->service);
    put_head(desk, copy, slip);
    put_fit(slip, TITLE, "TANDA TERIMA PENGAJUAN");
    put(slip, SLIP_TEXT, TITLE, true,
        service != NULL ? words_in(&service->title, LANGUAGE_ID) : item->service);
    put_gap(slip, GAP);
    if (ticket != NULL) {
        put_number(desk, ticket, slip);
        put_ahead(slip, ahead, minutes);
        put_gap(slip, GAP);
    }
    put(slip, SLIP_TEXT, SMALL, false, "Kode lacak");
    put_fit(slip, CODE, item->code);
    put_gap(slip, GAP);
    put_pair(slip, "Keadaan",
             item->state == OUTBOX_DELIVERED ? "Diterima kantor" : "Tersimpan, akan dikirim");
    put_office(desk, asked->office, slip);
    put_time(desk, item->saved_at, slip);
    if (service != NULL) {
        put_pair(slip, "Selesai", words_in(&service->time, LANGUAGE_ID));
        put_gap(slip, WIDE_GAP);
        put(slip, SLIP_TEXT, LINE, true, "Langkah berikutnya");
        put_gap(slip, GAP);
        for (size_t i = 0; i < service->step_count; i++) {
            put_step(slip, &service->steps[i]);
        }
        if (service->after_submit != AFTER_NONE) {
            put_checklist(slip, service, "Bawa ke loket");
        }
    }
    put_gap(slip, GAP);
    bool scanned = put_qr(desk, TOKEN_RECEIPT, item->code, item->saved_at, slip);
    put(slip, SLIP_TEXT, SMALL, false,
        scanned ? "Cek berkas: pindai, atau ketik kode lacak" : "Cek berkas: ketik kode lacak");
    if (asked->photos[0] != '\0') {
        put_photos(desk, service, asked->photos, slip);
    }
    put_foot(slip);
    put(slip, SLIP_TEXT, SMALL, false, "Tanda terima ini bukan surat keterangan.");
}

void
slip_of_payment(const struct desk *desk, const struct face_payment *payment, struct slip *slip)
{
    char digits[24], amount[40], year[12];
    put_head(desk, payment->copy, slip);
    put_fit(slip, TITLE, "BUKTI PEMBAYARAN PBB");
    put_gap(slip, GAP);
    put(slip, SLIP_BOX, TITLE, true, "LUNAS");
    put_gap(slip, GAP);
    snprintf(digits, sizeof digits, "%lld", (long long)payment->amount);
    show_money(digits, amount, sizeof amount);
    put_fit(slip, CODE, amount);
    put_gap(slip, GAP);
    put_pair(slip, "NOP", payment->nop);
    snprintf(year, sizeof year, "%d", (int)payment->year);
    put_pair(slip, "Tahun pajak", year);
    put_pair(slip, "Dibayar", payment->moment);
    put_time(desk, clock_wall(), slip);
    put_gap(slip, GAP);
    put(slip, SLIP_TEXT, SMALL, false, "Nomor pembayaran");
    put_fit(slip, CODE, payment->reference);
    put_gap(slip, GAP);
    put(slip, SLIP_TEXT, SMALL, false, "Cek lagi di anjungan: Pajak Bumi dan Bangunan,");
    put(slip, SLIP_TEXT, SMALL, false, "lalu Cek pembayaran, dengan nomor di atas.");
    put_gap(slip, GAP);
    put(slip, SLIP_TEXT, SMALL, false, "Butuh bantuan? Hubungi 112 (gratis).");
}

void
slip_of_test(const struct desk *desk, struct slip *slip)
{
    put_head(desk, false, slip);
    put(slip, SLIP_TEXT, TITLE, true, "Cetak percobaan");
    put_pair(slip, "Anjungan", desk->settings->kiosk.id);
    put_pair(slip, "Profil", desk->profile_name);
    put_time(desk, clock_wall(), slip);
    if (desk->settings->portal.public_url[0] != '\0') {
        put(slip, SLIP_QR, 0, false, desk->settings->portal.public_url);
    }
    put(slip, SLIP_TEXT, LINE, true, "Apakah QR utuh dan garis tidak terpotong?");
}
