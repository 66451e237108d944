/* What there is to read: the office's own hours, and a page for each thing that people ask
 * about, with a QR to take along. */
#include <stdio.h>

#include "base/text.h"
#include "form/agency.h"
#include "screens/parts.h"

void
screen_info(struct screen *screen)
{
    struct page page = {.count = 0};
    char hours[HOURS_WORDS];
    const struct info_page *pages;
    const struct screen_facts *facts = screen->facts;
    enum language language = screen->flow->language;
    size_t count = catalogue_pages(screen->flow->catalogue, &pages);
    struct actions actions = {.back = chrome_back(),
                              .primary = chrome_next(_("Ambil nomor antrean"), FLOW_QUEUES)};
    struct rect body = chrome_draw(screen, &actions);
    page_text(&page, BLOCK_HEADING, _("Informasi"));
    if (facts->hours[0] != '\0') {
        page_text(&page, BLOCK_TITLE, _("Jam buka loket"));
        words_hours(facts->hours, language, hours, sizeof hours);
        page_text(&page, BLOCK_TEXT, hours);
    }
    for (size_t i = 0; i < count; i++) {
        page_tile(&page, pages[i].icon, words_in(&pages[i].title, language),
                  words_in(&pages[i].summary, language), FLOW_INFO_PAGE, (int64_t)i);
    }
    page_draw(screen, body, &page, screen->flow->page);
}

/* --- hours ------------------------------------------------------------------------------- */

struct agency_lines {
    char now[200], week[400];
};

static void
add_time(struct text *text, int minute)
{
    text_addf(text, "%02d.%02d", minute / 60, minute % 60);
}

/* Is it open, and when next? Only where the clock is sure. */
static void
write_now(const struct screen *screen, const struct agency *agency, char *out, size_t size)
{
    const struct screen_facts *facts = screen->facts;
    struct agency_next next;
    char time[8], day[60];
    struct text text = text_over(time, sizeof time);
    out[0] = '\0';
    if (facts->minute < 0 ||
        !agency_at(agency, facts->days_off, facts->today, facts->minute, &next)) {
        return;
    }
    add_time(&text, next.minute);
    words_date(next.day, day, sizeof day);
    if (next.open) {
        snprintf(out, size, _("Buka sekarang, sampai pukul %s"), time);
    } else if (next.ahead == 0) {
        snprintf(out, size, _("Tutup. Buka lagi hari ini pukul %s"), time);
    } else if (next.ahead < AGENCY_WEEK) {
        snprintf(out, size, _("Tutup. Buka lagi %s %s"), words_weekday(next.weekday), time);
    } else {
        snprintf(out, size, _("Tutup. Buka lagi %s %s"), day, time);
    }
    words_times(screen->flow->language, out);
}

/* "Senin–Kamis 08.00–15.00 · Jumat 08.00–11.00", from Monday on; days alike stand together. */
static void
write_week(const struct screen *screen, const struct agency *agency, char *out, size_t size)
{
    struct text text = text_over(out, size);
    for (int i = 1, last; i <= AGENCY_WEEK; i = last + 1) {
        const struct agency_day *day = &agency->week[i % AGENCY_WEEK], *next;
        for (last = i; last < AGENCY_WEEK; last++) {
            next = &agency->week[(last + 1) % AGENCY_WEEK];
            if (next->from != day->from || next->to != day->to) {
                break;
            }
        }
        if (day->to == 0) {
            continue;
        }
        text_add(&text, text.len > 0 ? " · " : "");
        text_add(&text, words_weekday(i % AGENCY_WEEK));
        if (last > i) {
            text_add(&text, "–");
            text_add(&text, words_weekday(last % AGENCY_WEEK));
        }
        text_add(&text, " ");
        add_time(&text, day->from);
        text_add(&text, "–");
        add_time(&text, day->to);
    }
    words_times(screen->flow->language, out);
}

static void
add_agencies(const struct screen *screen, struct page *page,
             struct agency_lines lines[AGENCIES_MAX])
{
    const struct info_page *info = screen->flow->info;
    for (size_t i = 0; i < info->agency_count && i < AGENCIES_MAX; i++) {
        const struct agency *agency = &info->agencies[i];
        write_now(screen, agency, lines[i].now, sizeof lines[i].now);
        write_week(screen, agency, lines[i].week, sizeof lines[i].week);
        page_text(page, BLOCK_TITLE, words_in(&agency->name, screen->flow->language));
        page_text(page, BLOCK_TEXT, lines[i].now);
        page_text(page, BLOCK_NOTE, lines[i].week);
    }
}

/* Where a page leads to, else the portal: there is always something to take along. */
static void
take_along(const struct screen *screen, struct page *page, char *words, size_t size)
{
    const struct info_page *info = screen->flow->info;
    struct block *code = page_add(page, BLOCK_CODE);
    code->title = _("Bawa pulang");
    code->detail = _("Pindai dengan ponsel untuk membukanya.");
    code->card = 1;
    if (info->link != NULL) {
        code->text = words_in(&info->link_label, screen->flow->language);
        code->icon = info->link;
        return;
    }
    snprintf(words, size, _("Pindai untuk membuka %s di ponsel"), screen->facts->portal_name);
    code->text = screen->facts->portal_name;
    code->detail = words;
    code->icon = screen->facts->portal_url;
}

void
screen_info_page(struct screen *screen)
{
    struct page page = {.count = 0};
    struct agency_lines lines[AGENCIES_MAX];
    char words[200];
    const struct info_page *info = screen->flow->info;
    enum language language = screen->flow->language;
    struct actions actions = {.back = chrome_back(),
                              .primary = chrome_next(_("Selesai"), FLOW_DONE)};
    struct rect body = chrome_draw(screen, &actions);
    page_text(&page, BLOCK_HEADING, words_in(&info->title, language));
    add_agencies(screen, &page, lines);
    size_t agencies = page.count;
    for (size_t i = 0; i < info->part_count; i++) {
        page_text(&page, BLOCK_TITLE, words_in(&info->parts[i].title, language));
        page_text(&page, BLOCK_TEXT, words_in(&info->parts[i].detail, language));
    }
    if (!ui_slim(screen->ui)) { // there the edge of a card would take the room of the words
        for (size_t i = 1; i < page.count; i++) {
            page.few[i].card = i < agencies ? 3 : 2;
        }
    }
    take_along(screen, &page, words, sizeof words);
    page_draw(screen, body, &page, screen->flow->page);
}
