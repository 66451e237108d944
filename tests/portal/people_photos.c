/* The photos of a request, as the office's people see them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/id.h"
#include "db.h"
#include "handlers.h"
#include "http.h"
#include "people.h"
#include "photos.h"
#include "portal.h"

/* The head of an RT sees none: they may show any paper of a resident. */
static bool
may_see(const struct call *call)
{
    return call_is(call, ROLE_OFFICER) || call_is(call, ROLE_LURAH);
}

static void
add_photo(struct html *html, const struct call *call, const struct rows *rows, size_t row)
{
    const char *id = rows_text(rows, row, 0), *type = rows_text(rows, row, 1);
    int number = (int)row + 1, kilobytes = (int)((rows_int(rows, row, 2) + 1023) / 1024);
    bool shown = strcmp(type, "image/heic") != 0; // few browsers draw it
    html_add(html, "<li><a href=\"/petugas/foto/%s\">", id);
    if (shown) {
        html_add(html, "<img src=\"/petugas/foto/%s\" alt=\"\" loading=\"lazy\">", id);
    }
    html_add(html, "<span>Foto %d</span></a> <span class=\"soft\">%s, %d KB, ", number,
             strchr(type, '/') + 1, kilobytes);
    page_moment(html, call, rows_int(rows, row, 3));
    html_add(html, "</span></li>");
}

void
photos_show(struct html *html, const struct call *call, const struct filed *filed)
{
    struct rows *rows =
        may_see(call) ? ledger_photos_of(call->portal->db, filed->kiosk, filed->request) : NULL;
    if (rows && rows_count(rows) > 0) {
        html_add(html, "<h2>Foto dari pemohon</h2><ul class=\"photos\">");
        for (size_t row = 0; row < rows_count(rows); row++) {
            add_photo(html, call, rows, row);
        }
        html_add(html, "</ul><p class=\"soft\">Tempat, waktu, dan nama ponsel di dalam foto sudah"
                       " dihapus saat foto diterima.</p>");
    }
    if (rows) {
        rows_destroy(rows);
    }
}

static void
give(struct reply *reply, const struct rows *rows)
{
    size_t size = 0;
    uint8_t *whole = photo_whole(rows, &size);
    // It came from a stranger's phone: as a picture, and by itself nothing more.
    static const char *const types[] = {"image/jpeg", "image/png", "image/webp", "image/heic"};
    const char *type = "application/octet-stream";
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strcmp(types[i], rows_text(rows, 0, 0)) == 0) {
            type = types[i];
        }
    }
    reply->policy = "default-src 'none'; sandbox; frame-ancestors 'none'";
    reply_with(reply, 200, type, (char *)whole);
    reply->len = whole ? size : reply->len;
}

void
photo_get(struct portal *portal, const struct request *request, struct reply *reply)
{
    struct call call;
    if (call_open(&call, portal, request, reply, false)) {
        struct rows *rows = may_see(&call) && pass_is_valid(request->rest)
                                ? ledger_photo_read(portal->db, request->rest, &call.officer)
                                : NULL;
        if (rows && rows_count(rows) > 0) {
            give(reply, rows);
        } else {
            call_say(&call, 404, "Tidak ditemukan", "Foto itu tidak ada di kelurahan ini.");
        }
        if (rows) {
            rows_destroy(rows);
        }
    }
    call_close(&call);
}
