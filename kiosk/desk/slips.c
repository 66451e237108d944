/* What stands on paper, from top to bottom. Slips are Indonesian (UU 24/2009) and
 * carry no personal data: a number or a tracking code, never who holds it. */
#include <stdio.h>

#include "base/clock.h"
#include "base/text.h"
#include "desk/parts.h"
#include "desk/slips_parts.h"
#include "form/check.h"

/* To be scanned, or typed where the printer draws no QR. */
static void
put_portal(const struct desk *desk, const char *what, struct slip *slip)
{
    char line[80];
    snprintf(line, sizeof line, slip_has_qrs(desk) ? "%s: pindai." : "%s:", what);
    if (!slip_has_qrs(desk)) {
        slip_put(slip, SLIP_TEXT, SMALL, false, line);
    }
    slip_put(slip, SLIP_QR, 0, false, desk->settings->portal.public_url);
    if (slip_has_qrs(desk)) {
        slip_put(slip, SLIP_TEXT, SMALL, false, line);
    }
}

void
slip_of_checklist(const struct desk *desk, const struct service *service, struct slip *slip)
{
    slip_put_head(desk, false, slip);
    slip_put_fit(slip, TITLE, "DAFTAR SYARAT");
    slip_put(slip, SLIP_TEXT, TITLE, true, words_in(&service->title, LANGUAGE_ID));
    slip_put_checklist(slip, service, "Siapkan");
    slip_put_gap(slip, GAP);
    slip_put_pair(slip, "Selesai", words_in(&service->time, LANGUAGE_ID));
    slip_put_time(desk, "Dicetak", clock_wall(), slip);
    slip_put_gap(slip, GAP);
    slip_put_hours(desk, slip);
    if (desk->settings->portal.public_url[0] != '\0') {
        put_portal(desk, service->kind == SERVICE_FORM ? "Bisa juga dari ponsel" : "Informasi lain",
                   slip);
    }
    slip_put_foot(slip);
    slip_put(slip, SLIP_TEXT, SMALL, false, "Daftar ini bukan nomor antrean.");
}

void
slip_of_ticket(const struct desk *desk, const struct ticket *ticket, int ahead, int minutes,
               bool copy, struct slip *slip)
{
    char number[16];
    const struct service *service = desk_service(desk, ticket->service);
    number_format(number, ticket->letter, ticket->number);
    slip_put_head(desk, copy, slip);
    slip_put_number(desk, ticket, slip);
    if (service != NULL) {
        slip_put(slip, SLIP_TEXT, LINE, true, words_in(&service->title, LANGUAGE_ID));
        slip_put_gap(slip, GAP);
    }
    slip_put_ahead(slip, ahead, minutes);
    slip_put_time(desk, "Diambil", ticket->issued_at, slip);
    slip_put_pair(slip, "Berlaku", "hari ini");
    if (service != NULL) {
        slip_put_checklist(slip, service, "Siapkan");
    }
    slip_put_gap(slip, GAP);
    if (slip_put_qr(desk, TOKEN_TICKET, number, ticket->issued_at, slip)) {
        slip_put(slip, SLIP_TEXT, SMALL, false, "Pindai untuk memeriksa keaslian nomor ini");
    }
    slip_put(slip, SLIP_TEXT, SMALL, false, SLIP_CALLED);
    slip_put_foot(slip);
}

void
slip_of_payment(const struct desk *desk, const struct face_payment *payment, struct slip *slip)
{
    char digits[24], amount[40], year[12], paid[64];
    slip_put_head(desk, payment->copy, slip);
    slip_put_fit(slip, TITLE, "BUKTI PEMBAYARAN PBB");
    slip_put_gap(slip, GAP);
    slip_put(slip, SLIP_BOX, TITLE, true, "LUNAS");
    slip_put_gap(slip, GAP);
    snprintf(digits, sizeof digits, "%lld", (long long)payment->amount);
    show_money(digits, amount, sizeof amount);
    slip_put_fit(slip, CODE, amount);
    slip_put_gap(slip, GAP);
    slip_put_pair(slip, "NOP", payment->nop);
    snprintf(year, sizeof year, "%d", (int)payment->year);
    slip_put_pair(slip, "Tahun pajak", year);
    snprintf(paid, sizeof paid, "%s %s", payment->moment, clock_zone(desk_utc_offset(desk)));
    slip_put_pair(slip, "Dibayar", paid);
    slip_put_time(desk, "Dicetak", clock_wall(), slip);
    slip_put_gap(slip, GAP);
    slip_put(slip, SLIP_TEXT, SMALL, false, "Nomor pembayaran");
    slip_put_fit(slip, CODE, payment->reference);
    slip_put_gap(slip, GAP);
    slip_put(slip, SLIP_TEXT, SMALL, false, "Cek lagi di anjungan: Pajak Bumi dan Bangunan,");
    slip_put(slip, SLIP_TEXT, SMALL, false, "lalu Cek pembayaran, dengan nomor di atas.");
    slip_put_gap(slip, GAP);
    slip_put(slip, SLIP_TEXT, SMALL, false, "Butuh bantuan? Hubungi 112 (gratis).");
}

void
slip_of_test(const struct desk *desk, struct slip *slip)
{
    slip_put_head(desk, false, slip);
    slip_put(slip, SLIP_TEXT, TITLE, true, "Cetak percobaan");
    slip_put_pair(slip, "Anjungan", desk->settings->kiosk.id);
    slip_put_pair(slip, "Profil", desk->profile_name);
    slip_put_time(desk, "Dicetak", clock_wall(), slip);
    if (desk->settings->portal.public_url[0] != '\0') {
        slip_put(slip, SLIP_QR, 0, false, desk->settings->portal.public_url);
    }
    slip_put(slip, SLIP_TEXT, LINE, true,
             slip_has_qrs(desk) ? "Apakah QR utuh dan garis tidak terpotong?"
                                : "Apakah huruf utuh dan garis tidak terpotong?");
}
