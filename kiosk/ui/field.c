#include "ui/field.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "type/type.h"
#include "ui/label.h"

enum { SHOWN = 2048 };

static const struct label field_style = {
    .size = SIZE_FIELD, .weight = WEIGHT_REGULAR, .ink = INK_TEXT, .typed = true};

/* Digits that stay on show, typed or not. */
static size_t
placeholders(const struct field *field)
{
    return field->group == FIELD_DATE ? 8 : field->group == FIELD_TIME ? 4 : 0;
}

/* Digits in groups stand in cells as wide as the widest of them: a digit that is typed or
 * erased moves no other, and a row of numbers is compared at a glance. */
static int
cell_of(const struct ui *ui, const struct field *field, struct rect inside, const char *text)
{
    int widest = 0, count = (int)utf8_count(text);
    if (field->group != FIELD_FOURS && field->group != FIELD_PHONE && placeholders(field) == 0) {
        return 0;
    }
    for (char digit[] = "0"; digit[0] <= '9'; digit[0]++) {
        widest = ui_max(widest, label_width(ui, &field_style, digit));
    }
    return count * widest > inside.w ? inside.w / count : widest;
}

/* Blanks, dashes and dots where people read them: before the digit at `at`. */
static const char *
separator(enum field_group group, size_t at, size_t len)
{
    switch (group) {
    case FIELD_FOURS:
        return at > 0 && at % 4 == 0 ? " " : "";
    case FIELD_PHONE:
        return at == 4 || at == 8 ? "-" : "";
    case FIELD_MONEY:
        return at > 0 && (len - at) % 3 == 0 ? "." : "";
    case FIELD_DATE:
        return at == 2 || at == 4 ? "/" : "";
    case FIELD_TIME:
        return at == 2 ? "." : "";
    case FIELD_CODE:
        return at == 4 ? "-" : "";
    case FIELD_NOP:
        return at == 13 ? "-" : at == 2 || at == 4 || at == 7 || at == 10 || at == 17 ? "." : "";
    default:
        return "";
    }
}

/* What is shown, where in it the caret stands, and which bytes of it were typed. */
struct shown {
    char text[SHOWN];
    char typed[SHOWN]; // '1' or '0' a byte
    size_t caret;
};

static void
show_bytes(struct shown *shown, struct text *out, const char *bytes, size_t len, char typed)
{
    size_t from = out->len;
    text_add_bytes(out, bytes, len);
    memset(shown->typed + from, typed, out->len - from);
}

static void
show_between(struct shown *shown, struct text *out, const char *words)
{
    show_bytes(shown, out, words, strlen(words), '0');
}

static void
show(const struct field *field, struct shown *shown)
{
    struct text out = text_over(shown->text, sizeof shown->text);
    size_t len = strlen(field->text);
    bool plain = field->group == FIELD_TEXT || field->group == FIELD_NUMBER ||
                 (field->group == FIELD_CODE && strchr(field->text, '-') != NULL);
    if (field->before != NULL) {
        show_between(shown, &out, field->before);
        show_between(shown, &out, " ");
    }
    for (size_t at = 0, step; at < len; at += step) {
        utf8_at(&field->text[at], &step);
        show_between(shown, &out, plain ? "" : separator(field->group, at, len));
        if (at == field->caret) {
            shown->caret = out.len;
        }
        show_bytes(shown, &out, &field->text[at], step, '1');
    }
    if (field->caret >= len) {
        shown->caret = out.len;
    }
    if (field->blank != NULL) {
        size_t places = placeholders(field);
        for (size_t at = len; at < places && at < strlen(field->blank); at++) {
            show_between(shown, &out, separator(field->group, at, places));
            if (at == len && field->caret >= len) {
                shown->caret = out.len;
            }
            show_bytes(shown, &out, &field->blank[at], 1, '0');
        }
    }
}

static int
pad(const struct ui *ui)
{
    return ui_mm(ui, ui_wide(ui) ? 3.5 : 5);
}

int
field_height(const struct ui *ui, int lines)
{
    int line = label_line_height(ui, &field_style);
    return ui_max(line * lines + 2 * pad(ui), ui_target(ui));
}

/* The lines that the field holds of what is shown, the caret's among them. */
struct lines {
    int count, caret;
    struct {
        size_t from, len;
    } list[UI_TYPED];
};

static struct lines
lines_of(const struct ui *ui, const struct shown *shown, int width, int most)
{
    struct lines lines = {0};
    int px = ui_type(ui, field_style.size);
    size_t at = 0;
    bool reached = false; // the caret's line
    do {
        if (lines.count == most) {
            memmove(&lines.list[0], &lines.list[1], (size_t)--lines.count * sizeof lines.list[0]);
        }
        size_t len = (size_t)type_fit(ui->type, TYPE_REGULAR, px, shown->text + at, width);
        lines.list[lines.count].from = at;
        lines.list[lines.count].len = len;
        at += len;
        if (!reached) {
            lines.caret = lines.count;
            reached = at > shown->caret || shown->text[at] == '\0';
        }
        lines.count++;
    } while (shown->text[at] != '\0' && !(reached && lines.count == most));
    return lines;
}

/* Code points typed before the byte `end` of what is shown. */
static int64_t
typed_before(const struct shown *shown, size_t end)
{
    int64_t count = 0;
    for (size_t at = 0, len; at < end; at += len) {
        utf8_at(shown->text + at, &len);
        count += shown->typed[at] == '1';
    }
    return count;
}

/* Keep the lines on screen for a touch: they are measured only when one comes. */
static void
keep_lines(struct ui *ui, struct rect inside, int cell, const struct shown *shown,
           const struct lines *lines)
{
    int px = ui_type(ui, field_style.size), high = label_line_height(ui, &field_style);
    char text[SHOWN], typed[SHOWN];
    ui->typed_count = 0;
    for (int i = 0; i < lines->count; i++) {
        size_t from = lines->list[i].from;
        struct text words = text_over(text, sizeof text), marks = text_over(typed, sizeof typed);
        text_add_bytes(&words, shown->text + from, lines->list[i].len);
        for (size_t at = 0, len; at < words.len; at += len) {
            utf8_at(text + at, &len);
            text_add_bytes(&marks, &shown->typed[from + at], 1);
        }
        ui->typed[ui->typed_count++] =
            (struct typed_line){.at = {inside.x, inside.y + i * high, inside.w, high},
                                .px = px,
                                .cell = cell,
                                .first = typed_before(shown, from),
                                .text = draw_keep(ui->draw, text),
                                .typed = draw_keep(ui->draw, typed)};
    }
    secret_zero(text, sizeof text);
}

static void
draw_caret(struct ui *ui, const struct shown *shown, const struct lines *lines)
{
    const struct typed_line *line = &ui->typed[lines->caret];
    size_t from = lines->list[lines->caret].from;
    char piece[SHOWN];
    struct text before = text_over(piece, sizeof piece);
    text_add_bytes(&before, shown->text + from, shown->caret - from);
    int x = line->at.x + type_width(ui->type, TYPE_REGULAR, line->px, line->cell, piece);
    int wide = ui_mm(ui, 0.8);
    x += line->cell > 0 ? -wide / 2 : ui_mm(ui, 0.4); // between cells there is room already
    x = ui_min(x, line->at.x + line->at.w - wide);
    secret_zero(piece, sizeof piece);
    draw_fill(ui->draw, (struct rect){x, line->at.y + line->at.h / 10, wide, line->at.h * 8 / 10},
              0, ui_colour(ui, INK_PRIMARY));
}

/* What could be typed, as long as nothing is. */
static void
draw_blank(struct ui *ui, struct rect inside, const char *words)
{
    bool clipped = false;
    struct label blank = field_style;
    blank.ink = INK_SOFT;
    blank.typed = false;
    rect_cut_left(&inside, ui_mm(ui, 2));
    blank.px = label_fit(ui, &blank, inside.w, inside.h, words);
    if (label_fits(ui, &blank, inside.w, inside.h, words)) { // half an example is none
        label_paint(ui, &blank, inside, words, &clipped);
    }
}

int64_t
field_place(const struct ui *ui, int x, int y)
{
    if (ui->typed_count == 0) {
        return 0;
    }
    size_t i = 0;
    while (i + 1 < ui->typed_count && y >= ui->typed[i + 1].at.y) {
        i++;
    }
    const struct typed_line *line = &ui->typed[i];
    bool last = i + 1 == ui->typed_count;
    int64_t place = line->first, best = place;
    int nearest = INT_MAX;
    char piece[SHOWN];
    struct text before = text_over(piece, sizeof piece);
    const char *mark = line->typed;
    for (size_t at = 0, len;; at += len) {
        // Before each letter that was typed, and after all of them; the end of a line is
        // the beginning of the next one.
        bool end = *mark == '\0', none_left = strchr(mark, '1') == NULL;
        if (*mark == '1' || (last && none_left)) {
            int width = type_width(ui->type, TYPE_REGULAR, line->px, line->cell, piece);
            int off = abs(x - line->at.x - width);
            best = off < nearest ? place : best;
            nearest = ui_min(nearest, off);
        }
        if (end) {
            break;
        }
        place += *mark++ == '1';
        utf8_at(line->text + at, &len);
        text_add_bytes(&before, line->text + at, len);
    }
    secret_zero(piece, sizeof piece);
    return best;
}

struct node *
field_draw(struct ui *ui, struct rect rect, const struct field *field)
{
    struct shown shown = {.caret = 0};
    struct node *node = ui_press(ui, field->id, ROLE_FIELD, NODE_SECRET | NODE_CARET, rect,
                                 field->label, field->caret_action, 0);
    show(field, &shown);
    node->value = draw_keep(ui->draw, field->text);
    int radius = ui_mm(ui, 4);
    draw_fill(ui->draw, rect, radius, ui_colour(ui, INK_CARD));
    draw_frame(ui->draw, rect, radius, ui_mm(ui, 0.8),
               ui_colour(ui, field->wrong ? INK_DANGER : INK_PRIMARY));
    struct rect inside = rect_inset(rect, ui_mm(ui, 6), pad(ui));
    if (field->lines <= 1) {
        int line = label_line_height(ui, &field_style);
        inside.y += (inside.h - line) / 2;
        inside.h = line;
    }
    struct label style = field_style;
    style.cell = cell_of(ui, field, inside, shown.text);
    struct lines lines = lines_of(ui, &shown, inside.w, ui_min(field->lines, UI_TYPED));
    keep_lines(ui, inside, style.cell, &shown, &lines);
    bool clipped = false; // a long text shows the lines around the caret: that is no fault
    for (size_t i = 0; i < ui->typed_count; i++) {
        label_paint(ui, &style, ui->typed[i].at, ui->typed[i].text, &clipped);
    }
    if (shown.text[0] == '\0' && field->blank != NULL && field->blank[0] != '\0') {
        draw_blank(ui, inside, field->blank);
    }
    draw_caret(ui, &shown, &lines);
    secret_zero(&shown, sizeof shown);
    return node;
}
