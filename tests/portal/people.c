#include "people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "form/catalogue.h"
#include "handlers.h"
#include "http.h"
#include "portal.h"
#include "sessions.h"

static const char policy[] = "default-src 'none'; style-src 'self'; img-src 'self'; "
                             "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
static const char *const roles[ROLE_COUNT] = {[ROLE_RT] = "Ketua RT",
                                              [ROLE_OFFICER] = "Petugas",
                                              [ROLE_LURAH] = "Lurah (contoh)",
                                              [ROLE_ADMIN] = "Admin"};

/* --- who is calling ----------------------------------------------------------------------- */

bool
call_knows_form(const struct call *call)
{
    const char *given = fields_get(&call->fields, "csrf");
    unsigned differ = strlen(given) != CSRF - 1;
    for (size_t i = 0; !differ && i < CSRF - 1; i++) {
        differ |= (unsigned)(given[i] ^ call->csrf[i]);
    }
    return differ == 0;
}

static bool
read_form(struct call *call)
{
    if (!fields_read(&call->fields, call->request->body, call->request->len)) {
        call_say(call, 400, "Formulir tidak terbaca", "Silakan kembali dan coba lagi.");
        return false;
    }
    if (!call_knows_form(call)) {
        call_say(
            call, 403, "Formulir sudah tidak berlaku",
            "Halaman ini dibuka sebelum Anda masuk. Silakan kembali dan muat ulang halamannya.");
        return false;
    }
    return true;
}

bool
call_open(struct call *call, struct portal *portal, const struct request *request,
          struct reply *reply, bool post)
{
    uint8_t hash[HASH];
    *call = (struct call){.portal = portal, .request = request, .reply = reply};
    if (!session_read(request->cookie, COOKIE_SESSION, hash, call->csrf)) {
        page_go(reply, "/petugas/masuk");
        return false;
    }
    switch (ledger_session_find(portal->db, hash, clock_wall(), &call->officer)) {
    case LEDGER_DONE:
        return !post || read_form(call);
    case LEDGER_NONE:
        page_go(reply, "/petugas/masuk");
        return false;
    default:
        page_busy(reply);
        return false;
    }
}

void
call_close(struct call *call)
{
    fields_free(&call->fields);
}

bool
call_is(const struct call *call, enum role role)
{
    return call->officer.role == role;
}

/* --- pages ----------------------------------------------------------------------------- */

static void
add_who(struct html *html, const struct call *call)
{
    const struct officer *officer = &call->officer;
    const struct catalogue *catalogue = call->portal->catalogue;
    const struct kelurahan *place =
        catalogue ? catalogue_kelurahan_of(catalogue, officer->kelurahan) : NULL;
    html_add(html, "<p class=\"who\"><b>%s</b> · %s", officer->name, roles[officer->role]);
    if (*officer->rt) {
        html_add(html, " %s", officer->rt);
    }
    html_add(html,
             " · %s</p><form method=\"post\" action=\"/petugas/keluar\">"
             "<input type=\"hidden\" name=\"csrf\" value=\"%s\">"
             "<button class=\"plain\">Keluar</button></form>",
             place ? place->name : officer->kelurahan, call->csrf);
}

void
page_begin(struct html *html, const struct call *call, const char *title)
{
    html_add(html,
             "<!doctype html><html lang=\"id\"><head><meta charset=\"utf-8\">"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
             "<title>%s · Portal contoh</title>"
             "<link rel=\"stylesheet\" href=\"/petugas/gaya.css\"></head><body>"
             "<a class=\"skip\" href=\"#isi\">Langsung ke isi</a>"
             "<header><a href=\"/petugas\">Portal contoh</a>",
             title);
    if (call) {
        add_who(html, call);
    }
    html_add(html, "</header><main id=\"isi\"><h1>%s</h1>", title);
}

void
page_back(struct html *html)
{
    html_add(html, "<p><a href=\"/petugas\">Ke halaman depan</a></p>");
}

void
page_end(struct html *html, struct reply *reply, int status)
{
    html_add(html, "</main></body></html>\n");
    reply->policy = policy;
    reply_with(reply, status, "text/html; charset=utf-8", html_take(html));
}

void
page_go(struct reply *reply, const char *path)
{
    snprintf(reply->path, sizeof reply->path, "%s", path);
    reply_with(reply, 303, "text/plain", strdup(""));
    reply->location = reply->path;
}

void
page_say(struct reply *reply, const struct call *call, int status, const char *heading,
         const char *words)
{
    struct html html = {.len = 0};
    page_begin(&html, call, heading);
    html_add(&html, "<p class=\"said\" role=\"alert\">%s</p>", words);
    page_back(&html);
    page_end(&html, reply, status);
}

void
call_say(struct call *call, int status, const char *heading, const char *words)
{
    page_say(call->reply, call, status, heading, words);
}

void
page_busy(struct reply *reply)
{
    page_say(reply, NULL, 503, "Sedang ada gangguan",
             "Data tidak dapat dibaca sekarang. Silakan coba lagi sebentar lagi.");
    reply->retry_after = 5;
}

void
page_moment(struct html *html, const struct call *call, int64_t wall)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "Mei", "Jun",
                                         "Jul", "Agu", "Sep", "Okt", "Nov", "Des"};
    char text[48];
    struct civil at = civil_at(wall, call->portal->utc_offset);
    snprintf(text, sizeof text, "%d %s %d, %02d.%02d %s", at.day, months[(at.month + 11) % 12],
             at.year, at.hour, at.minute, clock_zone(call->portal->utc_offset));
    html_add(html, "<time>%s</time>", text);
}

const char *
page_service(const struct call *call, const char *id)
{
    const struct catalogue *catalogue = call->portal->catalogue;
    const struct service *service = catalogue ? catalogue_service(catalogue, id) : NULL;
    return service ? words_in(&service->title, LANGUAGE_ID) : id;
}
