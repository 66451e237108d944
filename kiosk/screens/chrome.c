#include <string.h>

#include "base/text.h"
#include "screens/parts.h"

enum { ROW_BUTTONS = 4 };

struct button
chrome_back(void)
{
    return (struct button){
        .id = ID_BACK, .kind = BUTTON_SECONDARY, .label = _("Kembali"), .action = FLOW_BACK};
}

struct button
chrome_cancel(void)
{
    return (struct button){
        .id = ID_OTHER, .kind = BUTTON_SECONDARY, .label = _("Batal"), .action = FLOW_CANCEL};
}

struct button
chrome_next(const char *label, int action)
{
    return (struct button){
        .id = ID_PRIMARY, .kind = BUTTON_PRIMARY, .label = label, .action = action};
}

struct button
chrome_close(void)
{
    return (struct button){.id = ID_PRIMARY,
                           .kind = BUTTON_PRIMARY,
                           .label = _("Tutup"),
                           .action = FLOW_COVER,
                           .arg = COVER_NONE};
}

struct button
chrome_keep(bool kept)
{
    return (struct button){.id = ID_BACK,
                           .kind = BUTTON_SECONDARY,
                           .label = _("Biarkan tampil"),
                           .icon = kept ? "check" : NULL,
                           .action = FLOW_KEEP,
                           .flags = kept ? NODE_SELECTED : 0};
}

/* The idle prompt takes its two answers alone: nothing else is offered there. */
static bool
has_settings(const struct screen *screen)
{
    return screen->flow->cover != COVER_IDLE;
}

/* Language, text size, sound and help: the same four on every screen of a resident. */
static void
settings_buttons(const struct screen *screen, struct button out[ROW_BUTTONS])
{
    bool wide = ui_wide(screen->ui);
    out[0] = (struct button){.id = ID_LANGUAGE,
                             .label = wide ? _("Bahasa") : _("Bahasa: Indonesia"),
                             .spoken = _("Ganti bahasa"),
                             .arg = COVER_LANGUAGE};
    out[1] = (struct button){.id = ID_SIZE,
                             .label = wide ? _("Huruf") : _("Perbesar huruf"),
                             .spoken = _("Ukuran huruf"),
                             .arg = COVER_SIZE};
    out[2] = (struct button){.id = ID_SOUND, .label = _("Suara"), .arg = COVER_SOUND};
    out[3] = (struct button){.id = ID_HELP, .label = _("Bantuan"), .arg = COVER_HELP};
    for (int i = 0; i < ROW_BUTTONS; i++) {
        out[i].kind = BUTTON_QUIET;
        out[i].action = FLOW_COVER;
    }
}

static void
card_strip(struct ui *ui, struct rect strip, bool line_below)
{
    struct rect rest = strip, line;
    draw_fill(ui->draw, strip, 0, ui_colour(ui, INK_CARD));
    int thick = ui_max(1, ui_line(ui) / 2);
    line = line_below ? rect_cut_bottom(&rest, thick) : rect_cut_top(&rest, thick);
    draw_fill(ui->draw, line, 0, ui_colour(ui, INK_LINE));
}

/* The office and, in portrait, the day and time below it. */
struct header_words {
    struct label name, date;
    int name_height, date_height;
};

static struct header_words
header_words(const struct screen *screen, int width)
{
    const struct ui *ui = screen->ui;
    struct header_words words = {.name = label_title, .date = label_note};
    const char *office = screen->facts->office_name;
    if (label_width(ui, &words.name, office) > width) {
        words.name.size = SIZE_NOTE;
    }
    words.name_height = label_height(ui, &words.name, width, office);
    if (!ui_wide(ui)) {
        words.date_height = label_height(ui, &words.date, width, screen->facts->date_line);
    }
    return words;
}

static void
header_words_draw(struct screen *screen, struct rect box, const struct header_words *words)
{
    struct ui *ui = screen->ui;
    box.y += (box.h - words->name_height - words->date_height) / 2;
    struct rect top = rect_cut_top(&box, words->name_height);
    label_draw(ui, ID_OFFICE, &words->name, top, screen->facts->office_name);
    if (words->date_height > 0) {
        label_draw(ui, ID_DATE, &words->date, rect_cut_top(&box, words->date_height),
                   screen->facts->date_line);
    }
}

static void
logo(struct screen *screen, struct rect box)
{
    struct ui *ui = screen->ui;
    struct label letter = label_note;
    letter.weight = WEIGHT_BOLD;
    letter.align = ALIGN_CENTRE;
    letter.middle = true;
    letter.ink = INK_ON_PRIMARY;
    letter.lines = 1;
    draw_fill(ui->draw, box, ui_mm(ui, 3), ui_colour(ui, INK_PRIMARY));
    bool clipped = false;
    label_paint(ui, &letter, box, screen->facts->logo, &clipped);
}

/* Wide panels: the settings stand in the header, as slim as a touch allows. */
static void
header_settings(struct screen *screen, struct rect *rest)
{
    struct ui *ui = screen->ui;
    struct button buttons[ROW_BUTTONS];
    settings_buttons(screen, buttons);
    for (int i = ROW_BUTTONS - 1; i >= 0; i--) {
        int width = ui_max(button_width(ui, &buttons[i]), ui_target(ui));
        int height = ui_max(button_height(ui, &buttons[i], width), ui_target(ui));
        struct rect place = rect_cut_right(rest, width);
        button_draw(ui, (struct rect){place.x, place.y + (place.h - height) / 2, width, height},
                    &buttons[i]);
        rect_cut_right(rest, ui_mm(ui, 3));
    }
}

static void
header(struct screen *screen, struct rect *rest)
{
    struct ui *ui = screen->ui;
    bool wide = ui_wide(ui);
    draw_weave(ui->draw, rect_cut_top(rest, ui_mm(ui, wide ? 3.6 : 7)));
    int side = ui_max(ui_mm(ui, wide ? 13 : 18), ui_type(ui, SIZE_NOTE) * 5 / 4);
    int beside = rest->w - 2 * ui_margin(ui) - side - ui_mm(ui, 5);
    struct header_words words = header_words(screen, beside);
    int height = ui_max(wide ? side : words.name_height + words.date_height,
                        ui_max(ui_target(ui), ui_mm(ui, 16)));
    struct rect strip = rect_cut_top(rest, height + ui_mm(ui, wide ? 6 : 14));
    card_strip(ui, strip, true);
    strip = rect_inset(strip, ui_margin(ui), 0);
    struct rect square = rect_cut_left(&strip, side);
    logo(screen, (struct rect){square.x, square.y + (square.h - side) / 2, side, side});
    rect_cut_left(&strip, ui_mm(ui, 5));
    if (wide) {
        if (has_settings(screen)) {
            header_settings(screen, &strip);
        }
        words = header_words(screen, strip.w);
        if (words.name_height > label_line_height(ui, &words.name)) {
            return; // large letters leave no room beside what can be pressed
        }
    }
    header_words_draw(screen, strip, &words);
}

/* Four equal buttons along the lowest edge, in two rows where large letters want it. */
static void
lowest_row(struct screen *screen, struct rect *rest)
{
    struct ui *ui = screen->ui;
    struct button buttons[ROW_BUTTONS];
    settings_buttons(screen, buttons);
    int gap = ui_mm(ui, 4), pad = ui_mm(ui, 5), height = ui_target(ui), widest = 0;
    int inner = rest->w - 2 * ui_margin(ui);
    for (int i = 0; i < ROW_BUTTONS; i++) {
        widest = ui_max(widest, button_least_width(ui, &buttons[i]));
    }
    int columns = ROW_BUTTONS * widest + (ROW_BUTTONS - 1) * gap <= inner ? ROW_BUTTONS : 2;
    int rows = ROW_BUTTONS / columns, width = (inner - (columns - 1) * gap) / columns;
    for (int i = 0; i < ROW_BUTTONS; i++) {
        height = ui_max(height, button_height(ui, &buttons[i], width));
    }
    struct rect strip = rect_cut_bottom(rest, rows * height + (rows - 1) * gap + 2 * pad);
    card_strip(ui, strip, false);
    strip = rect_inset(strip, ui_margin(ui), pad);
    for (int i = 0; i < ROW_BUTTONS; i++) {
        button_draw(ui,
                    (struct rect){strip.x + i % columns * (width + gap),
                                  strip.y + i / columns * (height + gap), width, height},
                    &buttons[i]);
    }
}

/* The words of one left of the primary button may break, no word of it: beside two of them the
 * primary one keeps a third of a portrait row. */
static int
left_width(const struct ui *ui, const struct actions *actions, const struct button *button,
           int inner)
{
    bool three = actions->back.label != NULL && actions->other.label != NULL &&
                 actions->primary.label != NULL && !ui_wide(ui);
    int air = ui->enlarge == 0 ? ui_mm(ui, 10) : 0; // large letters need it themselves
    int wanted = ui_max(button_width(ui, button) + air, ui_mm(ui, 30));
    int most = three ? inner * 32 / 100 : inner * 2 / 5;
    return ui_min(wanted, ui_max(most, button_least_width(ui, button)));
}

/* Back and cancel as wide as their words and some air, the primary button takes the rest. */
static void
action_row(struct screen *screen, struct rect *rest, const struct actions *actions)
{
    struct ui *ui = screen->ui;
    const struct button *left[] = {&actions->back, &actions->other};
    int gap = ui_mm(ui, 4), pad = ui_mm(ui, ui_wide(ui) ? 3.5 : 6), height = ui_primary(ui);
    int inner = rest->w - 2 * ui_margin(ui), used = 0, widths[2] = {0, 0};
    for (int i = 0; i < 2; i++) {
        if (left[i]->label != NULL) {
            widths[i] = left_width(ui, actions, left[i], inner);
            height = ui_max(height, button_height(ui, left[i], widths[i]));
            used += widths[i] + gap;
        }
    }
    if (actions->primary.label != NULL) {
        height = ui_max(height, button_height(ui, &actions->primary, inner - used));
    }
    struct rect strip = rect_cut_bottom(rest, height + 2 * pad);
    card_strip(ui, strip, false);
    strip = rect_inset(strip, ui_margin(ui), pad);
    for (int i = 0; i < 2; i++) {
        if (left[i]->label != NULL) {
            button_draw(ui, rect_cut_left(&strip, widths[i]), left[i]);
            rect_cut_left(&strip, gap);
        }
    }
    if (actions->primary.label != NULL) {
        button_draw(ui, strip, &actions->primary);
    }
}

struct rect
chrome_draw(struct screen *screen, const struct actions *actions)
{
    struct ui *ui = screen->ui;
    struct rect rest = {0, 0, ui->panel->width, ui->panel->height};
    draw_fill(ui->draw, rest, 0, ui_colour(ui, INK_PAPER));
    header(screen, &rest);
    if (!ui_wide(ui) && has_settings(screen)) {
        lowest_row(screen, &rest);
    }
    if (actions != NULL) {
        action_row(screen, &rest, actions);
    }
    int pad = ui_mm(ui, ui_wide(ui) ? 5 : 9);
    return rect_inset(rest, ui_margin(ui), pad);
}
