/* One request: where it stands, what was filed, what may be done with it, how it came here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/id.h"
#include "base/json.h"
#include "db.h"
#include "form/catalogue.h"
#include "handlers.h"
#include "http.h"
#include "people.h"
#include "portal.h"

/* A request and its form, read for one page. */
struct sheet {
    struct call *call;
    struct filed filed;
    struct json *json;
    const struct service *service;
};

static bool
sheet_open(struct sheet *sheet, struct call *call)
{
    char code[CODE_TEXT];
    int line = 0;
    const char *reason = NULL;
    *sheet = (struct sheet){.call = call};
    enum ledger_result found =
        code_parse(call->request->rest, code)
            ? ledger_filed_find(call->portal->db, code, &call->officer, &sheet->filed)
            : LEDGER_NONE;
    if (found == LEDGER_NONE) {
        call_say(call, 404, "Tidak ditemukan",
                 call_is(call, ROLE_RT) ? "Permohonan itu tidak sedang menunggu Anda."
                                        : "Tidak ada permohonan dengan kode itu di kelurahan ini.");
        return false;
    }
    const char *answers = sheet->filed.answers;
    sheet->json = answers ? json_parse(answers, strlen(answers), &line, &reason) : NULL;
    sheet->service = call->portal->catalogue
                         ? catalogue_service(call->portal->catalogue, sheet->filed.service)
                         : NULL;
    if (!sheet->json) {
        page_busy(call->reply);
    }
    return sheet->json != NULL;
}

static void
sheet_close(struct sheet *sheet)
{
    json_destroy(sheet->json);
    filed_free(&sheet->filed);
}

/* --- what may be done ------------------------------------------------------------------ */

/* What was typed before, if that very form is shown again. */
static const char *
typed(const struct sheet *sheet, const struct chain_move *move, const char *name)
{
    const struct fields *fields = &sheet->call->fields;
    return strcmp(fields_get(fields, "deed"), move->deed) == 0 ? fields_get(fields, name) : "";
}

static void
add_sentence(struct html *html, const struct sheet *sheet, const struct chain_move *move)
{
    bool needed = move->says != SAYS_MEND;
    html_add(html, "<label for=\"%s-kata\">%s</label>", move->deed,
             move->says == SAYS_NOTE ? "Catatan untuk kantor (tidak dibaca pemohon)"
             : needed                ? "Alasan, dibaca pemohon"
                                     : "Catatan umum, dibaca pemohon (opsional)");
    html_add(html, "<textarea id=\"%s-kata\" name=\"reason\" rows=\"2\" maxlength=\"%d\"",
             move->deed, CHAIN_WORDS);
    if (needed) {
        html_add(html, " required");
    }
    html_add(html, ">%s</textarea>", typed(sheet, move, "reason"));
}

static void
add_mending(struct html *html, const struct sheet *sheet, const struct chain_move *move)
{
    const struct json_value *root = json_root(sheet->json);
    html_add(html, "<p>Isi satu kalimat pada jawaban yang harus diperbaiki. Yang kosong dianggap"
                   " benar.</p>");
    for (size_t i = 0; i < json_count(root); i++) {
        const char *name = json_key(json_at(root, i));
        char field[80];
        snprintf(field, sizeof field, "salah:%s", name);
        html_add(html,
                 "<label for=\"salah-%s\">%s</label><input id=\"salah-%s\" name=\"%s\""
                 " maxlength=\"%d\" value=\"%s\" autocomplete=\"off\">",
                 name, answers_label(sheet->service, name), name, field, CHAIN_WORDS,
                 typed(sheet, move, field));
    }
}

static void
add_move(struct html *html, const struct sheet *sheet, const struct chain_move *move, bool first)
{
    char step[24];
    bool words = move->says != SAYS_NOTHING;
    snprintf(step, sizeof step, "%lld", (long long)sheet->filed.step);
    if (words) { // behind its name, until it is wanted
        html_add(html, "<details class=\"card\"");
        if (*typed(sheet, move, "deed")) {
            html_add(html, " open");
        }
        html_add(html, "><summary>%s</summary>", move->label);
    }
    html_add(html,
             "<form method=\"post\" action=\"/petugas/berkas/%s\">"
             "<input type=\"hidden\" name=\"csrf\" value=\"%s\">"
             "<input type=\"hidden\" name=\"step\" value=\"%s\">"
             "<input type=\"hidden\" name=\"deed\" value=\"%s\">",
             sheet->filed.code, sheet->call->csrf, step, move->deed);
    if (move->says == SAYS_MEND) {
        add_mending(html, sheet, move);
    }
    if (words) {
        add_sentence(html, sheet, move);
    }
    if (strcmp(move->deed, "sign") == 0) {
        html_add(html, "<p class=\"soft\">Contoh: pengganti sertifikat elektronik Lurah (BSrE)."
                       " Surat ini tidak sah sebagai surat.</p>");
    }
    html_add(html, "<button class=\"%s\">%s</button></form>", first && !words ? "" : "plain",
             move->label);
    if (words) {
        html_add(html, "</details>");
    }
}

static void
add_moves(struct html *html, const struct sheet *sheet)
{
    const struct chain_move *list[CHAIN_OPTIONS];
    size_t count =
        chain_options(sheet->filed.state, sheet->call->officer.role, sheet->service, list);
    if (count == 0) {
        html_add(html, "<p class=\"soft\">Tidak ada yang perlu Anda kerjakan sekarang.</p>");
        return;
    }
    html_add(html, "<section class=\"moves\" aria-label=\"Tindakan\">");
    for (size_t i = 0; i < count; i++) { // those that take one press come first
        if (list[i]->says == SAYS_NOTHING) {
            add_move(html, sheet, list[i], i == 0 || list[0]->says != SAYS_NOTHING);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (list[i]->says != SAYS_NOTHING) {
            add_move(html, sheet, list[i], false);
        }
    }
    html_add(html, "</section>");
}

/* --- how it came here ------------------------------------------------------------------- */

static void
add_mended(struct html *html, const struct sheet *sheet, const char *mend)
{
    int line = 0;
    const char *reason = NULL;
    struct json *json = json_parse(mend, strlen(mend), &line, &reason);
    const struct json_value *list = json ? json_root(json) : NULL;
    html_add(html, "<ul>");
    for (size_t i = 0; i < json_count(list); i++) {
        html_add(
            html, "<li>%s: %s</li>",
            answers_label(sheet->service, json_text(json_get(json_at(list, i), "question"), "")),
            json_text(json_get(json_at(list, i), "reason"), ""));
    }
    html_add(html, "</ul>");
    json_destroy(json);
}

static void
add_history(struct html *html, const struct sheet *sheet, const struct rows *rows)
{
    html_add(html, "<h2>Riwayat</h2><ol class=\"history\">");
    for (size_t row = 0; row < rows_count(rows); row++) {
        const char *actor = rows_text(rows, row, 5), *reason = rows_text(rows, row, 6);
        html_add(html, "<li><b>%s</b> <span class=\"soft\">",
                 chain_state_words(rows_text(rows, row, 2)));
        page_moment(html, sheet->call, rows_int(rows, row, 0));
        html_add(html, " · %s", chain_deed_words(rows_text(rows, row, 3)));
        if (*actor) {
            html_add(html, " oleh %s (%s)", actor, rows_text(rows, row, 4));
        }
        html_add(html, "</span>");
        if (*reason) {
            html_add(html, "<p>%s</p>", reason);
        }
        if (*rows_text(rows, row, 7)) {
            add_mended(html, sheet, rows_text(rows, row, 7));
        }
        html_add(html, "</li>");
    }
    html_add(html, "</ol>");
}

/* --- the page ---------------------------------------------------------------------------- */

static void
add_facts(struct html *html, const struct sheet *sheet)
{
    static const char *const by[][2] = {
        {"self", "pemohon"}, {"companion", "pendamping"}, {"officer", "petugas"}};
    const struct filed *filed = &sheet->filed;
    html_add(html, "<p class=\"state\"><b>%s</b> <span class=\"soft\">sejak ",
             chain_state_words(filed->state));
    page_moment(html, sheet->call, filed->since);
    html_add(html, "</span></p><p class=\"soft\">Kode %s · RT %s · masuk ", filed->code,
             *filed->rt ? filed->rt : "-");
    page_moment(html, sheet->call, filed->received_at);
    html_add(html, " dari anjungan %s", filed->kiosk);
    for (size_t i = 0; i < 3; i++) {
        if (strcmp(by[i][0], filed->filled_by) == 0) {
            html_add(html, " · diisi oleh %s", by[i][1]);
        }
    }
    html_add(html, "</p>");
    if (strcmp(filed->id, filed->request) != 0) {
        html_add(html, "<p class=\"said\">Isian ini menggantikan isian sebelumnya.</p>");
    }
}

static void
show(struct sheet *sheet, int status, const char *words)
{
    struct call *call = sheet->call;
    struct html html = {.len = 0};
    struct rows *rows = ledger_filed_history(call->portal->db, sheet->filed.id);
    if (!rows) {
        page_busy(call->reply);
        return;
    }
    page_begin(&html, call, page_service(call, sheet->filed.service));
    page_back(&html);
    if (words) {
        html_add(&html, "<p class=\"said\" role=\"alert\">%s</p>", words);
    }
    add_facts(&html, sheet);
    html_add(&html, "<h2>Isian</h2>");
    const struct json_value *answers = json_root(sheet->json);
    answers_show(&html, sheet->service, answers,
                 call_is(call, ROLE_RT) ? answers_mask(sheet->service, answers) : MASKED_NOTHING);
    photos_show(&html, call, &sheet->filed);
    add_moves(&html, sheet);
    if (!call_is(call, ROLE_RT)) {
        add_history(&html, sheet, rows);
    }
    page_end(&html, call->reply, status);
    rows_destroy(rows);
}

void
filed_get(struct portal *portal, const struct request *request, struct reply *reply)
{
    struct call call;
    struct sheet sheet = {0};
    if (call_open(&call, portal, request, reply, false)) {
        if (sheet_open(&sheet, &call)) {
            show(&sheet, 200, NULL);
        }
    }
    sheet_close(&sheet);
    call_close(&call);
}

static size_t
read_mend(const struct sheet *sheet, struct mend list[FIELDS_MOST])
{
    static const char prefix[] = "salah:";
    const struct fields *fields = &sheet->call->fields;
    size_t count = 0;
    for (size_t i = 0; i < fields->count; i++) {
        if (strncmp(fields->list[i].name, prefix, sizeof prefix - 1) == 0 &&
            *fields->list[i].value) {
            list[count++] = (struct mend){.question = fields->list[i].name + sizeof prefix - 1,
                                          .reason = fields->list[i].value};
        }
    }
    return count;
}

static void
move(struct sheet *sheet)
{
    struct call *call = sheet->call;
    struct mend mend[FIELDS_MOST];
    char path[64];
    struct wish wish = {.code = sheet->filed.code,
                        .deed = fields_get(&call->fields, "deed"),
                        .reason = fields_get(&call->fields, "reason"),
                        .mend = mend,
                        .mend_count = read_mend(sheet, mend),
                        .after = strtoll(fields_get(&call->fields, "step"), NULL, 10)};
    snprintf(path, sizeof path, "/petugas/berkas/%s", sheet->filed.code);
    switch (officer_move(call->portal, &call->officer, &wish)) {
    case MOVED:
        page_go(call->reply, call_is(call, ROLE_RT) ? "/petugas" : path);
        break;
    case MOVED_BARRED:
        call_say(call, 403, "Tidak boleh",
                 "Langkah itu bukan bagian Anda, atau belum waktunya untuk permohonan ini.");
        break;
    case MOVED_UNKNOWN:
        call_say(call, 404, "Tidak ditemukan", "Permohonan itu tidak lagi menunggu Anda.");
        break;
    case MOVED_LATE:
        show(sheet, 409, "Orang lain sudah lebih dulu. Periksa keadaan yang terbaru di bawah ini.");
        break;
    case MOVED_SAYS:
        show(
            sheet, 400,
            "Belum dapat disimpan: kalimat yang diperlukan kosong, atau semuanya terlalu panjang.");
        break;
    case MOVED_FAILED:
        page_busy(call->reply);
        break;
    }
}

void
filed_post(struct portal *portal, const struct request *request, struct reply *reply)
{
    struct call call;
    struct sheet sheet = {0};
    if (call_open(&call, portal, request, reply, true) && sheet_open(&sheet, &call)) {
        move(&sheet);
    }
    sheet_close(&sheet);
    call_close(&call);
}
