/* Alone for minutes: dark, the hours, the office's line, the numbers being served. The
 * first touch anywhere brings home. */
#include "screens/parts.h"

enum { LINES = 7 };

void
screen_resting(struct screen *screen)
{
    struct ui *ui = screen->ui;
    const struct screen_facts *facts = screen->facts;
    const char *start = _("Sentuh layar untuk mulai");
    char hours[HOURS_WORDS];
    struct rect rest = {0, 0, ui->panel->width, ui->panel->height};
    struct label big = label_heading, line = label_body;
    big.align = line.align = ALIGN_CENTRE;
    big.ink = line.ink = INK_ON_PRIMARY;
    draw_fill(ui->draw, rest, 0, ui_colour(ui, INK_PRIMARY_DOWN));
    ui_press(ui, ID_HEADING, ROLE_BUTTON, 0, rest, start, FLOW_HOME, 0);
    draw_weave(ui->draw, rect_cut_top(&rest, ui_mm(ui, 7)));
    rest = rect_inset(rest, ui_margin(ui), ui->panel->height / (ui_wide(ui) ? 12 : 6));
    words_hours(facts->hours, screen->flow->language, hours, sizeof hours);
    const char *now = facts->serving[0] != '\0' ? _("Sedang dilayani") : "";
    const char *const words[] = {
        facts->office_name, facts->date_line, hours, facts->notice, now, facts->serving, start};
    const struct label *const styles[] = {&big, &line, &line, &line, &line, &big, &big};
    int spare = rest.h, count = 0;
    for (int i = 0; i < LINES; i++) {
        spare -= words[i][0] != '\0' ? label_height(ui, styles[i], rest.w, words[i]) : 0;
        count += words[i][0] != '\0';
    }
    int gap = ui_min(ui_mm(ui, 10), ui_max(0, spare) / ui_max(1, count - 1));
    for (int i = 0; i < LINES; i++) {
        if (words[i][0] != '\0') {
            int height = label_height(ui, styles[i], rest.w, words[i]);
            struct rect at =
                i + 1 == LINES ? rect_cut_bottom(&rest, height) : rect_cut_top(&rest, height);
            label_draw(ui, ID_BLOCK + (uint32_t)i, styles[i], at, words[i]);
            rect_cut_top(&rest, i + 1 == LINES ? 0 : gap);
        }
    }
}
