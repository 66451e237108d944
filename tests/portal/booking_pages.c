/* The pages at /antrean on which people take a place in the queue from home: office and service,
 * then day and time, then a code and its QR. Without script, for a phone. Nobody is asked who he
 * is: whoever has the code has the place, can give it back here, and exchanges it at the kiosk.
 * An address can take so many in ten minutes, so that one visitor does not take all. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/text.h"
#include "bookings.h"
#include "db.h"
#include "fields.h"
#include "form/catalogue.h"
#include "handlers.h"
#include "html.h"
#include "http.h"
#include "ledger.h"
#include "limits.h"
#include "portal.h"
#include "type/qr.h"

enum { MADE_MOST = 30, MADE_WINDOW = 10 * 60 };
#define DAY_MS INT64_C(86400000)

static const char policy[] = "default-src 'none'; style-src 'self'; form-action 'self'; "
                             "base-uri 'none'; frame-ancestors 'none'";

/* What was chosen; the office and the service are known ones. */
struct choice_made {
    const struct booking_office *office;
    const struct service *service;
    char day[DATE_TEXT];
    int minute; // -1: none yet
};

static void
begin(struct html *html, const char *title)
{
    html_add(html,
             "<!doctype html><html lang=\"id\"><head><meta charset=\"utf-8\">"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
             "<title>%s · Portal contoh</title>"
             "<link rel=\"stylesheet\" href=\"/petugas/gaya.css\"></head><body>"
             "<header><a href=\"/antrean\">Ambil antrean dari rumah</a></header>"
             "<main><h1>%s</h1>",
             title, title);
}

static void
finish(struct html *html, struct reply *reply, int status)
{
    html_add(html, "</main></body></html>\n");
    reply->policy = policy;
    reply_with(reply, status, "text/html; charset=utf-8", html_take(html));
}

static void
say(struct reply *reply, int status, const char *heading, const char *words)
{
    struct html html = {.len = 0};
    begin(&html, heading);
    html_add(&html,
             "<p class=\"said\" role=\"alert\">%s</p><p><a href=\"/antrean\">Pesan lagi</a></p>",
             words);
    finish(&html, reply, status);
}

static void
busy(struct reply *reply)
{
    say(reply, 503, "Sedang ada gangguan", "Silakan coba lagi sebentar lagi.");
    reply->retry_after = 5;
}

/* False: said so. */
static bool
is_offered(const struct portal *portal, struct reply *reply)
{
    bool offered = portal->bookings && portal->catalogue;
    if (!offered) {
        say(reply, 404, "Belum ada antrean dari rumah", "Silakan ambil nomor di anjungan kantor.");
    }
    return offered;
}

static void
add_day(struct html *html, const struct civil *day)
{
    static const char *const days[] = {"Minggu", "Senin", "Selasa", "Rabu",
                                       "Kamis",  "Jumat", "Sabtu"};
    static const char *const months[] = {"Januari",   "Februari", "Maret",    "April",
                                         "Mei",       "Juni",     "Juli",     "Agustus",
                                         "September", "Oktober",  "November", "Desember"};
    html_add(html, "%s, %d %s %d", days[day->weekday], day->day, months[(day->month + 11) % 12],
             day->year);
}

static void
add_minute(struct html *html, int minute)
{
    char text[16];
    snprintf(text, sizeof text, "%02d.%02d", minute / 60, minute % 60);
    html_add(html, "%s", text);
}

/* --- where and what for ------------------------------------------------------------------- */

static void
add_offices(struct html *html, const struct portal *portal)
{
    const struct booking_office *list;
    size_t count = bookings_offices(portal->bookings, &list);
    html_add(html, "<label for=\"kantor\">Kantor</label><select id=\"kantor\" name=\"kantor\">");
    for (size_t i = 0; i < count; i++) {
        html_add(html, "<option value=\"%s\">%s</option>", list[i].code, list[i].name);
    }
    html_add(html, "</select>");
}

static void
add_services(struct html *html, const struct portal *portal)
{
    const struct group *groups;
    const struct service *services;
    size_t group_count = catalogue_groups(portal->catalogue, &groups);
    size_t count = catalogue_services(portal->catalogue, &services);
    html_add(html, "<label for=\"layanan\">Keperluan</label>"
                   "<select id=\"layanan\" name=\"layanan\">");
    for (size_t g = 0; g < group_count; g++) {
        html_add(html, "<optgroup label=\"%s\">", words_in(&groups[g].title, LANGUAGE_ID));
        for (size_t i = 0; i < count; i++) {
            if (strcmp(services[i].group, groups[g].id) == 0) {
                html_add(html, "<option value=\"%s\">%s</option>", services[i].id,
                         words_in(&services[i].title, LANGUAGE_ID));
            }
        }
        html_add(html, "</optgroup>");
    }
    html_add(html, "</select>");
}

void
booking_get(struct portal *portal, const struct request *request, struct reply *reply)
{
    struct html html = {.len = 0};
    (void)request;
    if (!is_offered(portal, reply)) {
        return;
    }
    begin(&html, "Ambil antrean dari rumah");
    html_add(&html, "<p>Pilih kantor dan keperluan. Gratis, tanpa data diri.</p>"
                    "<form method=\"post\" action=\"/antrean\">");
    add_offices(&html, portal);
    add_services(&html, portal);
    html_add(&html, "<button>Pilih waktu</button></form>");
    finish(&html, reply, 200);
}

/* --- when ------------------------------------------------------------------------------------ */

static int
taken_at(const struct rows *rows, const char *day, int minute)
{
    for (size_t i = 0; i < rows_count(rows); i++) {
        if (strcmp(rows_text(rows, i, 0), day) == 0 && rows_int(rows, i, 1) == minute) {
            return (int)rows_int(rows, i, 2);
        }
    }
    return 0;
}

/* Still to be reached today? */
static bool
is_ahead(const struct portal *portal, int ahead, int minute)
{
    struct civil now = civil_at(clock_wall(), portal->utc_offset);
    return ahead > 0 ||
           minute + bookings_terms(portal->bookings)->after >= now.hour * 60 + now.minute;
}

static size_t
add_times(struct html *html, struct portal *portal, const struct choice_made *made, int ahead,
          const struct rows *taken)
{
    int slots[SLOTS_MOST];
    size_t shown = 0;
    char text[DATE_TEXT];
    struct civil day = civil_at(clock_wall() + ahead * DAY_MS, portal->utc_offset);
    size_t count = bookings_slots(portal, made->office->code, &day, slots);
    civil_date(&day, text);
    for (size_t i = 0; i < count; i++) {
        int left = bookings_terms(portal->bookings)->capacity - taken_at(taken, text, slots[i]);
        if (left <= 0 || !is_ahead(portal, ahead, slots[i])) {
            continue;
        }
        if (shown++ == 0) {
            html_add(html, "<fieldset><legend>");
            add_day(html, &day);
            html_add(html, "</legend>");
        }
        html_add(html, "<label class=\"slot\"><input type=\"radio\" name=\"waktu\" value=\"%s ",
                 text);
        add_minute(html, slots[i]);
        html_add(html, "\" required> ");
        add_minute(html, slots[i]);
        html_add(html, " <span class=\"soft\">sisa %d</span></label>", left);
    }
    html_add(html, shown ? "</fieldset>" : "");
    return shown;
}

static void
ask_time(struct portal *portal, struct reply *reply, const struct choice_made *made,
         const char *words)
{
    struct html html = {.len = 0};
    char today[DAY_TEXT];
    size_t shown = 0;
    portal_day(clock_wall(), portal->utc_offset, today);
    struct rows *taken =
        ledger_bookings_taken(portal->db, made->office->code, made->service->queue, today);
    if (!taken) {
        busy(reply);
        return;
    }
    begin(&html, "Pilih waktu");
    if (words) {
        html_add(&html, "<p class=\"said\" role=\"alert\">%s</p>", words);
    }
    html_add(&html,
             "<p><b>%s</b><br>%s</p><form method=\"post\" action=\"/antrean\">"
             "<input type=\"hidden\" name=\"kantor\" value=\"%s\">"
             "<input type=\"hidden\" name=\"layanan\" value=\"%s\">",
             made->office->name, words_in(&made->service->title, LANGUAGE_ID), made->office->code,
             made->service->id);
    for (int ahead = 0; ahead < bookings_terms(portal->bookings)->days; ahead++) {
        shown += add_times(&html, portal, made, ahead, taken);
    }
    html_add(&html, shown ? "<button>Pesan</button></form>"
                          : "<p class=\"said\">Semua waktu sudah penuh. Silakan coba besok, atau "
                            "ambil nomor di anjungan kantor.</p></form>");
    html_add(&html, "<p><a href=\"/antrean\">Ganti kantor atau keperluan</a></p>");
    rows_destroy(taken);
    finish(&html, reply, words ? 409 : 200);
}

/* Nobody comes twice for a paper that lies at home. */
static void
add_things(struct html *html, const struct service *service)
{
    html_add(html, service ? "<h2>Siapkan</h2><ul>" : "<ul>");
    for (size_t i = 0; service && i < service->requirement_count; i++) {
        html_add(html, "<li>%s</li>", words_in(&service->requirements[i], LANGUAGE_ID));
    }
    html_add(html, "</ul>");
}

/* Is it a time that the page offers? What a browser sends is anything. */
static bool
is_a_slot(const struct portal *portal, const struct choice_made *made)
{
    int slots[SLOTS_MOST];
    for (int ahead = 0; ahead < bookings_terms(portal->bookings)->days; ahead++) {
        char text[DATE_TEXT];
        struct civil day = civil_at(clock_wall() + ahead * DAY_MS, portal->utc_offset);
        civil_date(&day, text);
        size_t count = strcmp(text, made->day) == 0
                           ? bookings_slots(portal, made->office->code, &day, slots)
                           : 0;
        for (size_t i = 0; i < count; i++) {
            if (slots[i] == made->minute) {
                return is_ahead(portal, ahead, made->minute);
            }
        }
    }
    return false;
}

static void
book(struct portal *portal, const struct request *request, struct reply *reply,
     const struct choice_made *made)
{
    struct booking booking = {.minute = made->minute, .made_at = clock_wall()};
    char name[48];
    snprintf(name, sizeof name, "bookings %.38s", request->address);
    int wait = limits_count(portal->limits, name, MADE_MOST, MADE_WINDOW);
    if (wait > 0) {
        say(reply, 429, "Terlalu banyak", "Silakan coba lagi beberapa menit lagi.");
        reply->retry_after = wait;
        return;
    }
    code_make(booking.code);
    uuid7_make(booking.id, booking.made_at);
    text_copy(booking.office, sizeof booking.office, made->office->code);
    text_copy(booking.day, sizeof booking.day, made->day);
    text_copy(booking.letter, sizeof booking.letter, made->service->queue);
    text_copy(booking.service, sizeof booking.service, made->service->id);
    switch (ledger_booking_make(portal->db, &booking, bookings_terms(portal->bookings)->capacity)) {
    case LEDGER_DONE:
        snprintf(reply->path, sizeof reply->path, "/antrean/%s", booking.code);
        reply_with(reply, 303, "text/plain", strdup(""));
        reply->location = reply->path;
        break;
    case LEDGER_TAKEN:
        ask_time(portal, reply, made, "Waktu itu baru saja penuh. Silakan pilih yang lain.");
        break;
    default:
        busy(reply);
        break;
    }
}

static bool
read_choice(const struct portal *portal, const struct fields *fields, struct choice_made *made)
{
    const char *time = fields_get(fields, "waktu");
    *made = (struct choice_made){
        .office = bookings_office(portal->bookings, fields_get(fields, "kantor")),
        .service = catalogue_service(portal->catalogue, fields_get(fields, "layanan")),
        .minute = -1};
    if (*time) {
        snprintf(made->day, sizeof made->day, "%.10s", time);
        made->minute = strlen(time) > 11 ? civil_read_time(time + 11) : -1;
    }
    return made->office && made->service && (!*time || is_a_slot(portal, made));
}

void
booking_post(struct portal *portal, const struct request *request, struct reply *reply)
{
    struct fields fields = {.count = 0};
    struct choice_made made;
    if (!is_offered(portal, reply)) {
        return;
    }
    if (!fields_read(&fields, request->body, request->len) ||
        !read_choice(portal, &fields, &made)) {
        say(reply, 400, "Pilihan tidak dikenal", "Silakan pilih lagi dari awal.");
    } else if (made.minute < 0) {
        ask_time(portal, reply, &made, NULL);
    } else {
        book(portal, request, reply, &made);
    }
    fields_free(&fields);
}

/* --- booked ---------------------------------------------------------------------------------- */

/* What the kiosk's scanner reads: the contract's BookingQuery says so. */
static void
add_qr(struct html *html, const char *code)
{
    enum { QUIET = 4 };
    uint8_t modules[QR_MAX];
    char text[32];
    snprintf(text, sizeof text, "antrean:%s", code);
    int side = qr_encode(text, modules), all = side + 2 * QUIET;
    html_add(html,
             "<svg class=\"qr\" role=\"img\" aria-label=\"QR booking\" viewBox=\"0 0 %d %d\" "
             "shape-rendering=\"crispEdges\"><rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>"
             "<path fill=\"#000\" d=\"",
             all, all, all, all);
    for (int i = 0; i < side * side; i++) {
        if (modules[i]) {
            html_add(html, "M%d %dh1v1h-1z", i % side + QUIET, i / side + QUIET);
        }
    }
    html_add(html, "\"/></svg>");
}

static void
show(struct portal *portal, struct reply *reply, const struct booking *booking)
{
    struct html html = {.len = 0};
    const struct booking_office *office = bookings_office(portal->bookings, booking->office);
    const struct service *service = catalogue_service(portal->catalogue, booking->service);
    const struct booking_terms *terms = bookings_terms(portal->bookings);
    struct civil day = {.year = 0};
    civil_read_date(booking->day, &day);
    day.weekday = (civil_day_number(day.year, day.month, day.day) + 4) % 7; // 1970 began on a 4
    begin(&html, "Booking antrean");
    html_add(&html, "<p class=\"number\">%s</p>", booking->code);
    add_qr(&html, booking->code);
    html_add(&html,
             "<dl><div><dt>Kantor</dt><dd>%s</dd></div><div><dt>Keperluan</dt><dd>%s</dd>"
             "</div><div><dt>Hari</dt><dd>",
             office ? office->name : booking->office,
             service ? words_in(&service->title, LANGUAGE_ID) : booking->service);
    add_day(&html, &day);
    html_add(&html, "</dd></div><div><dt>Jam</dt><dd>");
    add_minute(&html, booking->minute);
    html_add(&html, " %s</dd></div></dl>", clock_zone(portal->utc_offset));
    if (booking->kiosk[0]) {
        html_add(&html, "<p class=\"said\">Sudah ditukar di anjungan%s%s.</p>",
                 booking->number[0] ? ", nomor " : "", booking->number);
    } else {
        html_add(&html,
                 "<p>Simpan gambar layar ini. Di kantor, pindai QR ini di anjungan atau ketik "
                 "kodenya: paling cepat %d menit sebelum, paling lambat %d menit setelah jamnya."
                 "</p><form method=\"post\" action=\"/antrean/%s\">"
                 "<button class=\"plain\">Batalkan booking</button></form>",
                 terms->before, terms->after, booking->code);
        add_things(&html, service);
    }
    finish(&html, reply, 200);
}

/* False: answered. */
static bool
find(struct portal *portal, const struct request *request, struct reply *reply,
     struct booking *booking)
{
    char code[CODE_TEXT];
    if (!is_offered(portal, reply)) {
        return false;
    }
    enum ledger_result found = code_parse(request->rest, code)
                                   ? ledger_booking_find(portal->db, code, booking)
                                   : LEDGER_NONE;
    if (found == LEDGER_FAILED) {
        busy(reply);
    } else if (found == LEDGER_NONE || booking->cancelled) {
        say(reply, 404, "Booking tidak ada", "Kode ini tidak dikenal, atau sudah dibatalkan.");
    } else {
        return true;
    }
    return false;
}

void
booked_get(struct portal *portal, const struct request *request, struct reply *reply)
{
    struct booking booking;
    if (find(portal, request, reply, &booking)) {
        show(portal, reply, &booking);
    }
}

/* The place is given back. Whoever has the code may: it is all that there is. */
void
booked_post(struct portal *portal, const struct request *request, struct reply *reply)
{
    struct booking booking;
    if (!find(portal, request, reply, &booking)) {
        return;
    }
    switch (ledger_booking_cancel(portal->db, booking.code)) {
    case LEDGER_DONE:
        say(reply, 200, "Booking dibatalkan", "Terima kasih, tempat ini bisa dipakai orang lain.");
        break;
    case LEDGER_NONE:
        say(reply, 409, "Tidak bisa dibatalkan", "Booking ini sudah ditukar dengan nomor antrean.");
        break;
    default:
        busy(reply);
        break;
    }
}
