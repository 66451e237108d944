/* The front page: what waits, and the way to a request by its code or number. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/id.h"
#include "base/text.h"
#include "db.h"
#include "handlers.h"
#include "http.h"
#include "people.h"
#include "portal.h"

/* In which order an office works: what it can do now, then what waits for others. */
static const char *const order[] = {"rt_agreed",  "sent",      "checking", "signed",     "ready",
                                    "rt_refused", "delivered", "mend",     "waiting_rt", "signing"};
static const char *const lurah_order[] = {"signing",    "checking",  "signed", "ready",
                                          "delivered",  "rt_agreed", "sent",   "mend",
                                          "waiting_rt", "rt_refused"};
enum { STATES = sizeof order / sizeof *order };

static void
add_row(struct html *html, const struct call *call, const struct rows *rows, size_t row)
{
    html_add(html,
             "<li><a class=\"card\" href=\"/petugas/berkas/%s\"><b>%s</b> <span>%s</span>"
             "<span class=\"soft\">RT %s · sejak ",
             rows_text(rows, row, 0), rows_text(rows, row, 0),
             page_service(call, rows_text(rows, row, 1)), rows_text(rows, row, 4));
    page_moment(html, call, rows_int(rows, row, 3));
    html_add(html, "</span></a></li>");
}

static size_t
add_group(struct html *html, const struct call *call, const struct rows *rows, const char *state)
{
    size_t count = 0;
    for (size_t row = 0; row < rows_count(rows); row++) {
        if (strcmp(rows_text(rows, row, 2), state) == 0) {
            if (count == 0 && !call_is(call, ROLE_RT)) { // for him there is one state alone
                html_add(html, "<h2>%s</h2>", chain_state_words(state));
            }
            if (count++ == 0) {
                html_add(html, "<ul class=\"cards\">");
            }
            add_row(html, call, rows, row);
        }
    }
    if (count > 0) {
        html_add(html, "</ul>");
    }
    return count;
}

static void
add_waiting(struct html *html, const struct call *call, const struct rows *rows)
{
    const char *const *states = call_is(call, ROLE_LURAH) ? lurah_order : order;
    size_t shown = 0;
    for (size_t i = 0; i < STATES; i++) {
        shown += add_group(html, call, rows, states[i]);
    }
    if (shown == 0) {
        html_add(html, "<p>Tidak ada permohonan yang menunggu.</p>");
    }
    if (rows_count(rows) == FILED_MOST) {
        html_add(html, "<p class=\"soft\">Hanya %d yang paling lama ditampilkan.</p>", FILED_MOST);
    }
}

static void
add_search(struct html *html, const struct call *call)
{
    html_add(html,
             "<form class=\"search\" method=\"post\" action=\"/petugas/cari\">"
             "<input type=\"hidden\" name=\"csrf\" value=\"%s\">"
             "<label for=\"cari\">Kode lacak atau nomor antrean</label>"
             "<input id=\"cari\" name=\"cari\" maxlength=\"16\" required autocomplete=\"off\""
             " autocapitalize=\"characters\" spellcheck=\"false\"><button>Cari</button></form>",
             call->csrf);
}

static void
add_deeds(struct html *html, const struct call *call, const struct rows *rows)
{
    if (rows_count(rows) == 0) {
        return;
    }
    html_add(html, "<h2>Terakhir Anda kerjakan</h2><ul>");
    for (size_t row = 0; row < rows_count(rows); row++) {
        html_add(html, "<li><b>%s</b> %s: %s, ", rows_text(rows, row, 0),
                 page_service(call, rows_text(rows, row, 1)),
                 chain_deed_words(rows_text(rows, row, 2)));
        page_moment(html, call, rows_int(rows, row, 3));
        html_add(html, "</li>");
    }
    html_add(html, "</ul>");
}

void
home_write(struct call *call, int status, const char *words)
{
    struct html html = {.len = 0};
    struct rows *rows = ledger_filed_list(call->portal->db, &call->officer);
    struct rows *deeds = ledger_deeds_of(call->portal->db, call->officer.name);
    if (!rows || !deeds) {
        page_busy(call->reply);
    } else {
        page_begin(&html, call,
                   call_is(call, ROLE_RT) ? "Menunggu persetujuan Anda" : "Permohonan");
        if (words) {
            html_add(&html, "<p class=\"said\" role=\"alert\">%s</p>", words);
        }
        if (!call_is(call, ROLE_RT)) {
            add_search(&html, call);
            html_add(&html, "<p><a href=\"/petugas/angka\">Angka bulan ini</a></p>");
        }
        add_waiting(&html, call, rows);
        add_deeds(&html, call, deeds);
        page_end(&html, call->reply, status);
    }
    rows_destroy(rows);
    rows_destroy(deeds);
}

void
people_home(struct portal *portal, const struct request *request, struct reply *reply)
{
    struct call call;
    if (call_open(&call, portal, request, reply, false)) {
        if (call_is(&call, ROLE_ADMIN)) {
            page_go(reply, "/petugas/akun");
        } else {
            home_write(&call, 200, NULL);
        }
    }
    call_close(&call);
}

/* "A-017", "a17", "A 17" */
static bool
read_number(const char *text, char letter[2], int64_t *number)
{
    letter[0] = *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text;
    letter[1] = '\0';
    if (letter[0] < 'A' || letter[0] > 'Z') {
        return false;
    }
    text++;
    text += strspn(text, " -");
    if (!text_is_digits(text) || strlen(text) > 4) {
        return false;
    }
    *number = strtoll(text, NULL, 10);
    return true;
}

void
people_search(struct portal *portal, const struct request *request, struct reply *reply)
{
    struct call call;
    char code[CODE_TEXT] = "", letter[2], path[64];
    int64_t number = 0;
    if (call_open(&call, portal, request, reply, true)) {
        const char *typed = fields_get(&call.fields, "cari");
        enum ledger_result found = LEDGER_NONE;
        if (call_is(&call, ROLE_ADMIN) || call_is(&call, ROLE_RT)) {
            call_say(&call, 403, "Bukan bagian Anda", "Mencari permohonan adalah bagian petugas.");
            call_close(&call);
            return;
        }
        if (code_parse(typed, code)) {
            struct filed filed;
            found = ledger_filed_find(portal->db, code, &call.officer, &filed);
            filed_free(&filed);
        } else if (read_number(typed, letter, &number)) {
            found = ledger_code_of_ticket(portal->db, letter, number, call.officer.kelurahan, code);
        }
        if (found == LEDGER_DONE) {
            snprintf(path, sizeof path, "/petugas/berkas/%s", code);
            page_go(reply, path);
        } else if (found == LEDGER_NONE) {
            home_write(&call, 404,
                       "Tidak ada permohonan dengan kode atau nomor itu di kelurahan ini.");
        } else {
            page_busy(reply);
        }
    }
    call_close(&call);
}
