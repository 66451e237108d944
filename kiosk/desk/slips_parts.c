/* The lines that several kinds of slips have. */
#include "desk/slips_parts.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "seal/token.h"

void
slip_put_fit(struct slip *slip, int size, const char *text)
{
    struct slip_line *line = slip_add(slip, SLIP_TEXT);
    if (line != NULL) {
        line->size = size;
        line->bold = line->fit = true;
        text_copy(line->text, sizeof line->text, text);
    }
}

struct slip_line *
slip_put(struct slip *slip, enum slip_kind kind, int size, bool bold, const char *text)
{
    struct slip_line *line = slip_add(slip, kind);
    if (line != NULL) {
        line->size = size;
        line->bold = bold;
        text_copy(line->text, sizeof line->text, text);
    }
    return line;
}

void
slip_put_gap(struct slip *slip, int tenths)
{
    slip_put(slip, SLIP_SPACE, tenths, false, "");
}

void
slip_put_pair(struct slip *slip, const char *text, const char *value)
{
    struct slip_line *line = slip_put(slip, SLIP_PAIR, PAIR, true, text);
    if (line != NULL) {
        text_copy(line->value, sizeof line->value, value);
    }
}

void
slip_put_step(struct slip *slip, const char *title, const char *detail)
{
    struct slip_line *line = slip_put(slip, SLIP_STEP, LINE, true, title);
    if (line != NULL) {
        text_copy(line->value, sizeof line->value, detail);
    }
}

void
slip_put_head(const struct desk *desk, bool copy, struct slip *slip)
{
    char city[4 * SETTINGS_CITY + 1];
    struct text upper = text_over(city, sizeof city);
    for (const char *p = desk->settings->city.name; *p != '\0'; p++) {
        char letter = *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
        text_add_bytes(&upper, &letter, 1);
    }
    slip_put(slip, SLIP_BAND, 0, false, "");
    slip_put_gap(slip, GAP);
    slip_put_fit(slip, LINE, city);
    slip_put(slip, SLIP_TEXT, SMALL, false, desk->office != NULL ? office_name(desk->office) : "");
    slip_put(slip, SLIP_TEXT, FINE, false,
             desk->office != NULL ? office_address(desk->office) : "");
    if (copy) {
        slip_put_gap(slip, GAP);
        slip_put(slip, SLIP_BOX, TITLE, true, "SALINAN");
    }
    slip_put_gap(slip, WIDE_GAP);
}

void
slip_put_time(const struct desk *desk, const char *what, int64_t at, struct slip *slip)
{
    static const char *const days[] = {"Minggu", "Senin", "Selasa", "Rabu",
                                       "Kamis",  "Jumat", "Sabtu"};
    struct civil t = civil_at(at, desk_utc_offset(desk));
    char text[80];
    snprintf(text, sizeof text, "%s, %02d-%02d-%04d, %02d.%02d %s", days[t.weekday], t.day, t.month,
             t.year, t.hour, t.minute, clock_zone(desk_utc_offset(desk)));
    slip_put_pair(slip, what, text);
    if (desk_clock_uncertain(desk)) {
        slip_put(slip, SLIP_TEXT, SMALL, false, "Jam anjungan belum pasti.");
    }
}

void
slip_put_ahead(struct slip *slip, int ahead, int minutes)
{
    char text[60];
    if (ahead <= 0) {
        text_copy(text, sizeof text, "tidak ada");
    } else if (minutes >= 0) {
        snprintf(text, sizeof text, "%d orang, ± %d menit", ahead, minutes);
    } else {
        snprintf(text, sizeof text, "%d orang", ahead);
    }
    slip_put_pair(slip, "Di depan Anda", text);
}

bool
slip_has_qrs(const struct desk *desk)
{
    return desk->spool == NULL || spool_draws_qr(desk->spool);
}

bool
slip_put_qr(const struct desk *desk, enum token_kind kind, const char *code, int64_t at,
            struct slip *slip)
{
    struct token token = {.kind = kind, .kiosk = desk->identity.number};
    char text[TOKEN_TEXT], url[200];
    struct civil day = civil_at(at, desk_utc_offset(desk));
    int32_t days = civil_day_number(day.year, day.month, day.day) - civil_day_number(2020, 1, 1);
    token.day = (uint16_t)days;
    text_copy(token.code, sizeof token.code, code);
    if (days < 0 || days > UINT16_MAX || !desk->enrolled || !slip_has_qrs(desk) ||
        !token_write(&token, desk->identity.sign_secret, text)) {
        return false;
    }
    snprintf(url, sizeof url, "%s/t/#%s", desk->settings->portal.public_url, text);
    slip_put(slip, SLIP_QR, 0, false, url);
    return true;
}

void
slip_put_foot(struct slip *slip)
{
    slip_put_gap(slip, GAP);
    slip_put(slip, SLIP_BOX, SMALL, true, "GRATIS, TIDAK DIPUNGUT BIAYA");
    slip_put_gap(slip, GAP);
    slip_put(slip, SLIP_TEXT, SMALL, false, "Butuh bantuan? Hubungi 112 (gratis).");
}

static const char *
series_title(const struct desk *desk, const char *letter)
{
    const struct queue_series *series =
        desk->catalogue != NULL ? catalogue_queue(desk->catalogue, letter) : NULL;
    return series != NULL ? words_in(&series->title, LANGUAGE_ID) : "";
}

void
slip_put_number(const struct desk *desk, const struct ticket *ticket, struct slip *slip)
{
    char number[16];
    number_format(number, ticket->letter, ticket->number);
    slip_put(slip, SLIP_TEXT, LINE, true, "Nomor antrean");
    slip_put_fit(slip, NUMBER, number);
    slip_put(slip, SLIP_TEXT, TITLE, true, series_title(desk, ticket->letter));
    slip_put_gap(slip, GAP);
    if (ticket->booking[0] != '\0') {
        char booking[32];
        snprintf(booking, sizeof booking, "Booking %s", ticket->booking);
        slip_put(slip, SLIP_BOX, TITLE, true, booking);
        slip_put_gap(slip, GAP);
    }
}

void
slip_put_checklist(struct slip *slip, const struct service *service, const char *title)
{
    slip_put_gap(slip, GAP);
    slip_put(slip, SLIP_TEXT, LINE, true, title);
    slip_put_gap(slip, GAP / 2);
    for (size_t i = 0; i < service->requirement_count; i++) {
        slip_put(slip, SLIP_CHECK, PAIR, false, words_in(&service->requirements[i], LANGUAGE_ID));
    }
}

/* "Senin–Kamis 08.00–16.00 · Jumat 08.00–14.00 WITA", a line for each. */
void
slip_put_hours(const struct desk *desk, struct slip *slip)
{
    static const char between[] = " · ";
    char line[120];
    struct civil now = desk_civil(desk);
    const char *hours = desk->office != NULL ? office_hours_line(desk->office, &now) : "";
    if (*hours != '\0') {
        slip_put(slip, SLIP_TEXT, SMALL, true, "Jam buka loket");
    }
    while (*hours != '\0') {
        const char *end = strstr(hours, between);
        size_t len = end != NULL ? (size_t)(end - hours) : strlen(hours);
        text_copy(line, len + 1 < sizeof line ? len + 1 : sizeof line, hours);
        slip_put(slip, SLIP_TEXT, SMALL, false, line);
        hours += len + (end != NULL ? strlen(between) : 0);
    }
}
