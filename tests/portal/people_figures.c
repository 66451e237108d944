/* An office's month: the digital share against 60/40, visits and where they are left, the index
 * of satisfaction a service, polls. Numbers of nobody, for those who answer for the office. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "db.h"
#include "figures.h"
#include "handlers.h"
#include "http.h"
#include "people.h"
#include "portal.h"

enum {
    MONTH = 8,
    TARGET = 6000 /* per cent, hundredths: 60/40 of digital and counter */,
    SHOWN = 12,
    FEWEST = 5 /* answers; of fewer no score is shown */
};

static const char *const not_representative = "Bukan hasil yang mewakili semua warga.";

/* --- numbers --------------------------------------------------------------------------- */

/* "86,11" of 8611 */
static void
add_hundredths(struct html *html, int hundredths)
{
    char text[24] = "–";
    if (hundredths >= 0) {
        snprintf(text, sizeof text, "%d,%02d", hundredths / 100, hundredths % 100);
    }
    html_add(html, "<td>%s</td>", text);
}

static void
add_number(struct html *html, int64_t number)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, number);
    html_add(html, "<td>%s</td>", text);
}

static void
add_numbered(struct html *html, const char *what, int64_t number)
{
    html_add(html, "<tr><th scope=\"row\">%s</th>", what);
    add_number(html, number);
    html_add(html, "</tr>");
}

static void
add_share(struct html *html, const struct figures_day *day)
{
    int share = figures_digital(day);
    add_hundredths(html, share);
    html_add(html, "<td>%s</td>", share < 0 ? "–" : share >= TARGET ? "tercapai" : "belum");
}

static void
add_channels(struct html *html, const char *what, const struct figures_day *day)
{
    html_add(html, "<tr><th scope=\"row\">%s</th>", what);
    for (int i = 0; i < CHANNELS; i++) {
        add_number(html, day->channels[i]);
    }
    add_share(html, day);
    html_add(html, "</tr>");
}

static void
add_digital(struct html *html, const struct figures *figures)
{
    html_add(html, "<h2>Layanan digital dan loket</h2><div class=\"wide\"><table><thead><tr>"
                   "<th scope=\"col\">Tanggal</th><th scope=\"col\">Mandiri</th>"
                   "<th scope=\"col\">Didampingi</th><th scope=\"col\">Aplikasi</th>"
                   "<th scope=\"col\">Loket</th><th scope=\"col\">Digital, persen</th>"
                   "<th scope=\"col\">Sasaran 60 persen</th></tr></thead><tbody>");
    for (int i = 0; i < FIGURES_DAYS; i++) {
        char day[8];
        snprintf(day, sizeof day, "%d", i + 1);
        if (figures_transactions(&figures->days[i]) > 0) {
            add_channels(html, day, &figures->days[i]);
        }
    }
    html_add(html, "</tbody><tfoot>");
    add_channels(html, "Sebulan", &figures->month);
    html_add(html, "</tfoot></table></div>");
}

/* --- visits ------------------------------------------------------------------------------ */

typedef int64_t rank(const struct figures_name *name);

static int64_t
by_left(const struct figures_name *name)
{
    return name->left;
}

static int64_t
by_errors(const struct figures_name *name)
{
    return name->errors;
}

/* The next one below what was shown, the earlier of two alike; NULL: none above zero. */
static const struct figures_name *
next_name(const struct figures *figures, rank *of, const struct figures_name *shown)
{
    const struct figures_name *best = NULL;
    for (size_t i = 0; i < figures->name_count; i++) {
        const struct figures_name *name = &figures->names[i];
        bool below = !shown || of(name) < of(shown) || (of(name) == of(shown) && name > shown);
        if (below && of(name) > 0 && (!best || of(name) > of(best))) {
            best = name;
        }
    }
    return best;
}

static void
add_visits(struct html *html, const struct figures *figures)
{
    static const char *const ends[] = {"Selesai", "Dibatalkan", "Ditinggalkan", "Melihat-lihat"};
    html_add(html, "<h2>Kunjungan</h2><table><tbody>");
    for (int i = 0; i < 4; i++) {
        add_numbered(html, ends[i], figures->visits[i]);
    }
    html_add(html, "</tbody></table>");
    const struct figures_name *name = next_name(figures, by_left, NULL);
    if (name) {
        html_add(html, "<h2>Ditinggalkan di</h2><table><tbody>");
        for (int i = 0; name && i < SHOWN; i++) {
            add_numbered(html, name->name, name->left);
            name = next_name(figures, by_left, name);
        }
        html_add(html, "</tbody></table>");
    }
}

static void
add_errors(struct html *html, const struct figures *figures)
{
    const struct figures_name *name = next_name(figures, by_errors, NULL);
    if (!name) {
        return;
    }
    html_add(html, "<h2>Isian yang sering salah</h2><table><thead><tr><th scope=\"col\">Isian</th>"
                   "<th scope=\"col\">Salah</th><th scope=\"col\">Detik sekali lihat</th></tr>"
                   "</thead><tbody>");
    for (int i = 0; name && i < SHOWN; i++) {
        html_add(html, "<tr><th scope=\"row\">%s</th>", name->name);
        add_number(html, name->errors);
        add_number(html, name->looks > 0 ? name->seconds / name->looks : 0);
        html_add(html, "</tr>");
        name = next_name(figures, by_errors, name);
    }
    html_add(html, "</tbody></table>");
}

/* --- opinions ---------------------------------------------------------------------------- */

static void
add_index(struct html *html, const char *what, const struct ikm_counts *counts)
{
    static const char *const grades[] = {"A · Sangat baik", "B · Baik", "C · Kurang baik",
                                         "D · Tidak baik"};
    struct ikm ikm = ikm_of(counts);
    int64_t most = 0;
    for (int i = 0; i < SURVEY_ELEMENTS; i++) {
        most = ikm_answers(counts, i) > most ? ikm_answers(counts, i) : most;
    }
    html_add(html, "<tr><th scope=\"row\">%s</th>", what);
    add_number(html, most);
    // What one or two said is known to be theirs by whoever served them.
    bool few = most < FEWEST;
    for (int i = 0; i < SURVEY_ELEMENTS; i++) {
        add_hundredths(html, ikm_answers(counts, i) < FEWEST ? -1 : ikm_mean(counts, i));
    }
    add_hundredths(html, ikm.known && !few ? ikm.hundredths : -1);
    if (few) {
        html_add(html, "<td>kurang dari %d jawaban</td></tr>", (int)FEWEST);
    } else if (ikm.known) {
        html_add(html, "<td>%s</td></tr>", grades[ikm.grade - 'A']);
    } else {
        html_add(html, "<td>belum lengkap</td></tr>");
    }
}

static void
add_survey(struct html *html, const struct call *call, const struct figures *figures)
{
    if (figures->service_count == 0) {
        return;
    }
    html_add(html, "<h2>Kepuasan masyarakat (SKM)</h2><div class=\"wide\"><table><thead><tr>"
                   "<th scope=\"col\">Layanan</th><th scope=\"col\">Jawaban</th>");
    for (int i = 1; i <= SURVEY_ELEMENTS; i++) {
        html_add(html, "<th scope=\"col\">U%d</th>", i);
    }
    html_add(html, "<th scope=\"col\">IKM</th><th scope=\"col\">Mutu</th></tr></thead><tbody>");
    for (size_t i = 0; i < figures->service_count; i++) {
        add_index(html, page_service(call, figures->services[i].service),
                  &figures->services[i].counts);
    }
    html_add(html, "</tbody><tfoot>");
    add_index(html, "Semua layanan", &figures->all);
    html_add(html, "</tfoot></table></div><p class=\"soft\">Permenpan RB 14/2017: rata-rata tiap "
                   "unsur, bobot 1/9, dikali 25. Tanpa jawaban untuk semua unsur belum ada "
                   "IKM.</p>");
}

static int64_t
votes_for(const struct figures *figures, const char *poll, const char *choice)
{
    char name[FIGURES_NAME + 8];
    snprintf(name, sizeof name, "poll/%.24s/%.32s", poll, choice);
    for (size_t i = 0; i < figures->name_count; i++) {
        if (strcmp(figures->names[i].name, name) == 0) {
            return figures->names[i].votes;
        }
    }
    return 0;
}

static void
add_poll(struct html *html, const struct figures *figures, const struct poll *poll)
{
    int64_t all = 0;
    for (size_t i = 0; i < poll->count; i++) {
        all += votes_for(figures, poll->id, poll->choices[i].name);
    }
    if (all == 0) {
        return;
    }
    html_add(html, "<h2>%s</h2><p class=\"said\">%s</p><table><tbody>",
             words_in(&poll->question, LANGUAGE_ID), not_representative);
    for (size_t i = 0; i < poll->count; i++) {
        int64_t votes = votes_for(figures, poll->id, poll->choices[i].name);
        html_add(html, "<tr><th scope=\"row\">%s</th>",
                 words_in(&poll->choices[i].label, LANGUAGE_ID));
        add_number(html, votes);
        add_hundredths(html, (int)((20000 * votes + all) / (2 * all)));
        html_add(html, "</tr>");
    }
    html_add(html, "</tbody></table>");
}

static void
add_polls(struct html *html, const struct call *call, const struct figures *figures)
{
    const struct poll *polls = NULL;
    size_t count = call->portal->catalogue ? catalogue_polls(call->portal->catalogue, &polls) : 0;
    for (size_t i = 0; i < count; i++) {
        add_poll(html, figures, &polls[i]);
    }
}

/* --- the page ---------------------------------------------------------------------------- */

/* The month before or after. */
static void
add_month_link(struct html *html, const char *month, int step)
{
    int year = (int)strtol(month, NULL, 10), number = (int)strtol(month + 5, NULL, 10) + step;
    char text[24];
    year += number < 1 ? -1 : number > 12;
    snprintf(text, sizeof text, "%04d-%02d", year, number < 1 ? 12 : number > 12 ? 1 : number);
    html_add(html, "<a href=\"/petugas/angka/%s\">%s</a> ", text, text);
}

static void
show(struct call *call, const char *month, const struct figures *figures)
{
    struct html html = {.len = 0};
    char title[32];
    snprintf(title, sizeof title, "Angka %.7s", month);
    page_begin(&html, call, title);
    page_back(&html);
    html_add(&html, "<p>");
    add_month_link(&html, month, -1);
    add_month_link(&html, month, 1);
    html_add(&html, "</p>");
    add_digital(&html, figures);
    add_visits(&html, figures);
    add_errors(&html, figures);
    add_survey(&html, call, figures);
    add_polls(&html, call, figures);
    page_end(&html, call->reply, 200);
}

static void
read_and_show(struct call *call, const char *month)
{
    struct rows *rows = ledger_tallies_of(call->portal->db, call->officer.kelurahan, month);
    struct figures *figures = calloc(1, sizeof *figures);
    if (!rows || !figures) {
        page_busy(call->reply);
    } else {
        for (size_t row = 0; row < rows_count(rows); row++) {
            figures_add(figures, (int)strtol(rows_text(rows, row, 0) + 8, NULL, 10),
                        rows_text(rows, row, 1), rows_int(rows, row, 2));
        }
        show(call, month, figures);
    }
    free(figures);
    rows_destroy(rows);
}

void
figures_get(struct portal *portal, const struct request *request, struct reply *reply)
{
    struct call call;
    struct civil civil;
    char day[DAY_TEXT];
    if (call_open(&call, portal, request, reply, false)) {
        portal_day(clock_wall(), portal->utc_offset, day);
        if (*request->rest) {
            snprintf(day, sizeof day, "%.20s-01", request->rest);
        }
        if (call_is(&call, ROLE_RT)) {
            call_say(&call, 403, "Bukan bagian Anda", "Angka adalah bagian petugas.");
        } else if (!civil_read_date(day, &civil)) {
            call_say(&call, 404, "Tidak ditemukan", "Bulan ditulis seperti 2026-11.");
        } else {
            day[MONTH - 1] = '\0';
            read_and_show(&call, day);
        }
    }
    call_close(&call);
}
