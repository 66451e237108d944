/* An administrator's page: the accounts of his kelurahan, each on or off. New ones and new
 * passwords are the operator's (portal --officer). */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "db.h"
#include "handlers.h"
#include "http.h"
#include "people.h"
#include "portal.h"

static void
add_account(struct html *html, const struct call *call, const struct rows *rows, size_t row)
{
    const char *name = rows_text(rows, row, 0);
    bool enabled = rows_int(rows, row, 3) == 1;
    html_add(html, "<li class=\"card\"><b>%s</b> <span>%s %s</span> <span class=\"soft\">%s</span>",
             name, rows_text(rows, row, 1), rows_text(rows, row, 2), enabled ? "aktif" : "mati");
    if (strcmp(name, call->officer.name) != 0) {
        html_add(html,
                 "<form method=\"post\" action=\"/petugas/akun\">"
                 "<input type=\"hidden\" name=\"csrf\" value=\"%s\">"
                 "<input type=\"hidden\" name=\"nama\" value=\"%s\">"
                 "<button class=\"plain\" name=\"jadi\" value=\"%s\">%s</button></form>",
                 call->csrf, name, enabled ? "mati" : "aktif", enabled ? "Matikan" : "Aktifkan");
    }
    html_add(html, "</li>");
}

static void
show(struct call *call)
{
    struct html html = {.len = 0};
    struct rows *rows = ledger_officers(call->portal->db, call->officer.kelurahan);
    if (!rows) {
        page_busy(call->reply);
        return;
    }
    page_begin(&html, call, "Akun");
    html_add(&html, "<p><a href=\"/petugas/angka\">Angka bulan ini</a></p><ul class=\"cards\">");
    for (size_t row = 0; row < rows_count(rows); row++) {
        add_account(&html, call, rows, row);
    }
    html_add(&html, "</ul><p class=\"soft\">Akun yang dimatikan langsung keluar. Akun baru dan kata"
                    " sandi baru dibuat oleh operator portal.</p>");
    page_end(&html, call->reply, 200);
    rows_destroy(rows);
}

static bool
is_admin(struct call *call)
{
    if (!call_is(call, ROLE_ADMIN)) {
        call_say(call, 403, "Bukan bagian Anda", "Akun adalah bagian admin.");
        return false;
    }
    return true;
}

void
accounts_get(struct portal *portal, const struct request *request, struct reply *reply)
{
    struct call call;
    if (call_open(&call, portal, request, reply, false) && is_admin(&call)) {
        show(&call);
    }
    call_close(&call);
}

static void
turn(struct call *call)
{
    const char *name = fields_get(&call->fields, "nama");
    bool enabled = strcmp(fields_get(&call->fields, "jadi"), "aktif") == 0;
    if (strcmp(name, call->officer.name) == 0) {
        call_say(call, 403, "Akun Anda sendiri", "Akun ini hanya dapat dimatikan oleh operator.");
        return;
    }
    switch (ledger_officer_enable(call->portal->db, name, call->officer.kelurahan, enabled)) {
    case LEDGER_DONE:
        log_info("%s turned %s %s", call->officer.name, name, enabled ? "on" : "off");
        page_go(call->reply, "/petugas/akun");
        break;
    case LEDGER_NONE:
        call_say(call, 404, "Tidak ditemukan", "Tidak ada akun dengan nama itu di kelurahan ini.");
        break;
    default:
        page_busy(call->reply);
    }
}

void
accounts_post(struct portal *portal, const struct request *request, struct reply *reply)
{
    struct call call;
    if (call_open(&call, portal, request, reply, true) && is_admin(&call)) {
        turn(&call);
    }
    call_close(&call);
}
