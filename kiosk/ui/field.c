#include "ui/field.h"

#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "type/type.h"
#include "ui/label.h"

enum { SHOWN = 2048 };

static struct label
field_label(enum field_group group)
{
    (void)group;
    return (struct label){
        .size = SIZE_FIELD, .weight = WEIGHT_REGULAR, .ink = INK_TEXT, .typed = true};
}

/* Blanks, dashes and dots where people read them: before the digit at `at`. */
static const char *
separator(enum field_group group, size_t at, size_t len)
{
    switch (group) {
    case FIELD_FOURS:
        return at > 0 && at % 4 == 0 ? "  " : "";
    case FIELD_PHONE:
        return at == 4 || at == 8 ? "-" : "";
    case FIELD_MONEY:
        return at > 0 && (len - at) % 3 == 0 ? "." : "";
    case FIELD_DATE:
        return at == 2 || at == 4 ? " / " : "";
    case FIELD_CODE:
        return at == 4 ? "-" : "";
    default:
        return "";
    }
}

/* What is shown, and where in it the caret stands. */
struct shown {
    char text[SHOWN];
    size_t caret;
};

static void
show(const struct field *field, struct shown *shown)
{
    struct text out = text_over(shown->text, sizeof shown->text);
    size_t len = strlen(field->text);
    bool plain = field->group == FIELD_TEXT || field->group == FIELD_NUMBER ||
                 (field->group == FIELD_CODE && strchr(field->text, '-') != NULL);
    if (field->before != NULL) {
        text_add(&out, field->before);
        text_add(&out, " ");
    }
    for (size_t at = 0; at < len; at++) {
        text_add(&out, plain ? "" : separator(field->group, at, len));
        if (at == field->caret) {
            shown->caret = out.len;
        }
        text_add_bytes(&out, &field->text[at], 1);
    }
    if (field->caret >= len) {
        shown->caret = out.len;
    }
    if (field->group == FIELD_DATE && field->blank != NULL) {
        for (size_t at = len; at < 8 && at < strlen(field->blank); at++) {
            text_add(&out, separator(field->group, at, 8));
            if (at == len) {
                shown->caret = out.len;
            }
            text_add_bytes(&out, &field->blank[at], 1);
        }
    }
}

int
field_height(const struct ui *ui, int lines)
{
    struct label style = field_label(FIELD_TEXT);
    int line = label_height(ui, &style, 10000, "X");
    return ui_max(line * lines + 2 * ui_mm(ui, 3.5), ui_target(ui));
}

/* Where a text breaks: the start of the line that holds `caret`, so that the last
 * `lines` lines up to it are shown. */
static size_t
first_shown(const struct ui *ui, const struct label *style, struct rect inside, int lines,
            const char *text, size_t caret)
{
    size_t starts[SHOWN / 8] = {0}, count = 0, at = 0;
    int px = ui_type(ui, style->size);
    starts[count++] = 0;
    while (text[at] != '\0' && count < sizeof starts / sizeof *starts) {
        int fits = type_fit(ui->type, TYPE_REGULAR, px, text + at, inside.w);
        if (fits <= 0 || at + (size_t)fits > caret || text[at + (size_t)fits] == '\0') {
            break;
        }
        at += (size_t)fits;
        starts[count++] = at;
    }
    return count > (size_t)lines ? starts[count - (size_t)lines] : 0;
}

static void
draw_caret(struct ui *ui, struct rect inside, const struct label *style, const char *text,
           size_t caret)
{
    int px = ui_type(ui, style->size), line = type_line_height(ui->type, TYPE_REGULAR, px);
    char piece[SHOWN];
    int y = inside.y;
    while (text[0] != '\0') {
        int fits = type_fit(ui->type, TYPE_REGULAR, px, text, inside.w);
        if (fits <= 0 || (size_t)fits > caret || text[fits] == '\0') {
            break;
        }
        text += fits;
        caret -= (size_t)fits;
        y += line;
    }
    struct text before = text_over(piece, sizeof piece);
    text_add_bytes(&before, text, caret);
    int x = inside.x + type_width(ui->type, TYPE_REGULAR, px, 0, piece) + 1;
    int wide = ui_mm(ui, 0.8);
    x = ui_min(x, inside.x + inside.w - wide);
    secret_zero(piece, sizeof piece);
    draw_fill(ui->draw, (struct rect){x, y + line / 10, wide, line * 8 / 10}, 0,
              ui_colour(ui, INK_PRIMARY));
}

struct node *
field_draw(struct ui *ui, struct rect rect, const struct field *field)
{
    struct shown shown = {.caret = 0};
    struct node *node = ui_add(ui, field->id, ROLE_FIELD, rect, field->label);
    show(field, &shown);
    node->value = draw_keep(ui->draw, field->text);
    node->flags |= NODE_SECRET;
    int radius = ui_mm(ui, 4);
    draw_fill(ui->draw, rect, radius, ui_colour(ui, INK_CARD));
    draw_frame(ui->draw, rect, radius, ui_mm(ui, 0.8),
               ui_colour(ui, field->wrong ? INK_DANGER : INK_PRIMARY));
    struct label style = field_label(field->group);
    struct rect inside = rect_inset(rect, ui_mm(ui, 6), ui_mm(ui, 3.5));
    int line = label_height(ui, &style, 10000, "X");
    if (field->lines <= 1) {
        inside.y += (inside.h - line) / 2;
        inside.h = line;
    }
    size_t from = first_shown(ui, &style, inside, field->lines, shown.text, shown.caret);
    bool clipped = false; // a long text shows the lines around the caret: that is no fault
    if (shown.text[0] != '\0') {
        label_paint(ui, &style, inside, shown.text + from, &clipped);
    } else if (field->blank != NULL && field->blank[0] != '\0') {
        struct label blank = style;
        blank.ink = INK_SOFT;
        blank.typed = false;
        blank.lines = 1;
        struct rect beside = inside;
        rect_cut_left(&beside, ui_mm(ui, 2));
        blank.px = label_fit(ui, &blank, beside.w, line, field->blank);
        label_paint(ui, &blank, beside, field->blank, &clipped);
    }
    draw_caret(ui, inside, &style, shown.text + from, shown.caret - from);
    secret_zero(&shown, sizeof shown);
    return node;
}
