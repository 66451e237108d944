/* The receipt of a request, with its queue number where the counter comes next. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "desk/parts.h"
#include "desk/slips_parts.h"

/* The page on which photos are sent; it takes them once the request has arrived there. */
static void
put_photos(const struct desk *desk, const struct service *service, const char *photos,
           struct slip *slip)
{
    char text[200];
    slip_put_gap(slip, WIDE_GAP);
    slip_put(slip, SLIP_TEXT, LINE, true, "Kirim foto dari ponsel");
    if (service != NULL) {
        slip_put(slip, SLIP_TEXT, SMALL, false, words_in(&service->photos.label, LANGUAGE_ID));
    }
    if (!slip_has_qrs(desk)) {
        slip_put(slip, SLIP_TEXT, SMALL, false, "Buka alamat ini:");
    }
    snprintf(text, sizeof text, "%s/unggah/%s", desk->settings->portal.public_url, photos);
    slip_put(slip, SLIP_QR, 0, false, text);
    snprintf(text, sizeof text, "Paling lambat %d hari setelah diterima kantor.", PHOTOS_DAYS);
    slip_put(slip, SLIP_TEXT, SMALL, false, text);
    slip_put(slip, SLIP_TEXT, SMALL, false, "Tanpa ponsel: tunjukkan berkas di loket.");
}

/* The office that processes it, where it is another than this one: whom to ask, and where to
 * fetch it. NULL: this one. */
static const struct kelurahan *
other_office(const struct desk *desk, const char *code)
{
    const struct kelurahan *office =
        desk->catalogue != NULL ? catalogue_kelurahan_of(desk->catalogue, code) : NULL;
    return office != NULL && strcmp(code, desk->settings->kiosk.office) != 0 ? office : NULL;
}

/* A mending is looked at again, and the service's own steps come after that. Where the counter
 * comes next and no number was given, as the counters are closed, the first step of the service,
 * the wait for it, is another. As on the screen (screens/done.c). */
static void
put_steps(const struct service *service, bool mends, bool numbered, struct slip *slip)
{
    slip_put_gap(slip, WIDE_GAP);
    slip_put(slip, SLIP_TEXT, LINE, true, "Langkah berikutnya");
    slip_put_gap(slip, GAP);
    if (mends) {
        slip_put_step(slip, "Anda boleh pulang", "Petugas memeriksa perbaikan Anda.");
        slip_put_step(slip, "Cek lagi dengan kode yang sama", "Di anjungan ini atau dari ponsel.");
        return;
    }
    bool later = service->after_submit == AFTER_COUNTER_NOW && !numbered;
    if (later) {
        slip_put_step(slip, "Datang saat loket buka",
                      "Ambil nomor antrean, dan bawa tanda terima Anda.");
    }
    for (size_t i = later ? 1 : 0; i < service->step_count; i++) {
        slip_put_step(slip, words_in(&service->steps[i].title, LANGUAGE_ID),
                      words_in(&service->steps[i].detail, LANGUAGE_ID));
    }
}

/* What to bring to which counter, and when that one is open. A number is called here, whoever
 * processes it. */
static void
put_counter(const struct desk *desk, const struct service *service, const struct kelurahan *other,
            bool numbered, struct slip *slip)
{
    char title[160] = "Bawa ke loket";
    if (other != NULL) {
        snprintf(title, sizeof title, "Bawa ke loket Kelurahan %s", other->name);
    }
    slip_put_checklist(slip, service, title);
    if (other == NULL && !numbered) {
        slip_put_gap(slip, GAP);
        slip_put_hours(desk, slip);
    }
}

static void
put_what_next(const struct desk *desk, const struct service *service, const struct asked *asked,
              bool numbered, struct slip *slip)
{
    put_steps(service, asked->mends, numbered, slip);
    if (service->after_submit != AFTER_NONE && !asked->mends) {
        bool here = service->after_submit == AFTER_COUNTER_NOW;
        put_counter(desk, service, here ? NULL : other_office(desk, asked->office), numbered, slip);
    }
}

static void
put_facts(const struct desk *desk, const struct outbox_item *item, const struct service *service,
          const struct asked *asked, struct slip *slip)
{
    char name[128];
    const struct kelurahan *other = other_office(desk, asked->office);
    slip_put(slip, SLIP_TEXT, SMALL, false, "Kode lacak");
    slip_put_fit(slip, CODE, item->code);
    slip_put_gap(slip, GAP);
    slip_put_pair(slip, "Keadaan",
                  item->state == OUTBOX_DELIVERED ? "Diterima kantor" : "Tersimpan, akan dikirim");
    if (other != NULL) {
        snprintf(name, sizeof name, "Kelurahan %s", other->name);
        slip_put_pair(slip, "Diproses oleh", name);
    }
    slip_put_time(desk, "Diajukan", item->saved_at, slip);
    if (service != NULL && !asked->mends) {
        slip_put_pair(slip, "Selesai", words_in(&service->time, LANGUAGE_ID));
    }
}

void
slip_of_receipt(const struct desk *desk, const struct outbox_item *item,
                const struct ticket *ticket, const struct asked *asked, int ahead, int minutes,
                bool copy, struct slip *slip)
{
    const struct service *service = desk_service(desk, item->service);
    slip_put_head(desk, copy, slip);
    slip_put_fit(slip, TITLE, asked->mends ? "TANDA TERIMA PERBAIKAN" : "TANDA TERIMA PENGAJUAN");
    slip_put(slip, SLIP_TEXT, TITLE, true,
             service != NULL ? words_in(&service->title, LANGUAGE_ID) : item->service);
    slip_put_gap(slip, GAP);
    if (ticket != NULL) {
        slip_put_number(desk, ticket, slip);
        slip_put_ahead(slip, ahead, minutes);
        slip_put_pair(slip, "Nomor berlaku", "hari ini");
        slip_put_gap(slip, GAP);
        slip_put(slip, SLIP_TEXT, SMALL, false, SLIP_CALLED);
        slip_put_gap(slip, GAP);
    }
    put_facts(desk, item, service, asked, slip);
    if (service != NULL) {
        put_what_next(desk, service, asked, ticket != NULL, slip);
    }
    slip_put_gap(slip, GAP);
    bool scanned = slip_put_qr(desk, TOKEN_RECEIPT, item->code, item->saved_at, slip);
    slip_put(slip, SLIP_TEXT, SMALL, false,
             scanned ? "Cek berkas: pindai, atau ketik kode lacak"
                     : "Cek berkas: ketik kode lacak");
    if (asked->photos[0] != '\0') {
        put_photos(desk, service, asked->photos, slip);
    }
    slip_put_foot(slip);
    slip_put(slip, SLIP_TEXT, SMALL, false, "Tanda terima ini bukan surat keterangan.");
}
