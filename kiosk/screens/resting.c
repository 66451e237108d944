/* Alone for minutes: dark, the hours, the office's line, the numbers being served. The
 * first touch anywhere brings home. */
#include "screens/parts.h"

void
screen_resting(struct screen *screen)
{
    struct ui *ui = screen->ui;
    const struct screen_facts *facts = screen->facts;
    struct rect rest = {0, 0, ui->panel->width, ui->panel->height};
    struct label big = label_heading, line = label_body;
    big.align = line.align = ALIGN_CENTRE;
    big.ink = line.ink = INK_ON_PRIMARY;
    draw_fill(ui->draw, rest, 0, ui_colour(ui, INK_PRIMARY_DOWN));
    ui_press(ui, ID_HEADING, ROLE_BUTTON, 0, rest, _("Sentuh layar untuk mulai"), FLOW_HOME, 0);
    draw_weave(ui->draw, rect_cut_top(&rest, ui_mm(ui, 7)));
    rest = rect_inset(rest, ui_margin(ui), ui->panel->height / 6);
    const char *const words[] = {facts->office_name, facts->date_line, facts->hours, facts->notice,
                                 facts->serving};
    const struct label *const styles[] = {&big, &line, &line, &line, &big};
    for (uint32_t i = 0; i < 5; i++) {
        if (words[i][0] != '\0') {
            int height = label_height(ui, styles[i], rest.w, words[i]);
            label_draw(ui, ID_BLOCK + i, styles[i], rect_cut_top(&rest, height), words[i]);
            rect_cut_top(&rest, ui_mm(ui, 10));
        }
    }
    label_draw(
        ui, ID_HINT, &big,
        rect_cut_bottom(&rest, label_height(ui, &big, rest.w, _("Sentuh layar untuk mulai"))),
        _("Sentuh layar untuk mulai"));
}
