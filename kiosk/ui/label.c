#include "ui/label.h"

#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "type/type.h"

const struct label label_heading = {.size = SIZE_HEADING, .weight = WEIGHT_BOLD, .ink = INK_TEXT};
const struct label label_title = {.size = SIZE_LABEL, .weight = WEIGHT_BOLD, .ink = INK_TEXT};
const struct label label_body = {.size = SIZE_BODY, .weight = WEIGHT_REGULAR, .ink = INK_TEXT};
const struct label label_soft = {.size = SIZE_BODY, .weight = WEIGHT_REGULAR, .ink = INK_SOFT};
const struct label label_note = {.size = SIZE_NOTE, .weight = WEIGHT_REGULAR, .ink = INK_SOFT};

enum { LINE_BYTES = 512 };
static const char dot[] = " · ";

static enum type_weight
face_of(const struct label *style)
{
    return (enum type_weight)style->weight;
}

static int
px_of(const struct ui *ui, const struct label *style)
{
    return style->px > 0 ? style->px : ui_type(ui, style->size);
}

static int
leading(const struct ui *ui, const struct label *style, int px)
{
    return type_line_height(ui->type, face_of(style), px);
}

/* One line of a wrapped text. */
struct line {
    size_t len;  // bytes to draw, without the blanks at the end
    size_t next; // bytes to the beginning of the next line
    bool broken; // inside a word
};

/* The last line is not one word alone: the word before it comes along, where both fit and
 * leave the longer line above. */
static size_t
with_company(const struct ui *ui, const struct label *style, int px, int width, const char *text,
             size_t fit, size_t end)
{
    size_t word = fit;
    if (memchr(text + fit, ' ', end - fit) != NULL) {
        return fit;
    }
    while (word > 0 && text[word - 1] == ' ') {
        word--;
    }
    while (word > 0 && text[word - 1] != ' ') {
        word--;
    }
    size_t both = end - word;
    bool fits = (size_t)type_fit(ui->type, face_of(style), px, text + word, width) >= both;
    return word >= both && fits ? word : fit;
}

/* Two facts with a dot between them stand on two lines, without the dot, rather than
 * that a line ends inside one of them. 0: no such place. */
static size_t
dot_before(const struct ui *ui, const struct label *style, int px, int width, const char *text,
           size_t fit, size_t end)
{
    for (size_t at = fit; at > 0; at--) {
        size_t after = at + strlen(dot);
        if (after <= end && strncmp(text + at, dot, strlen(dot)) == 0) {
            size_t rest = end - after;
            bool fits = (size_t)type_fit(ui->type, face_of(style), px, text + after, width) >= rest;
            return fits ? at : 0;
        }
    }
    return 0;
}

static struct line
line_of(const struct ui *ui, const struct label *style, int px, int width, const char *text)
{
    size_t end = strcspn(text, "\n");
    size_t fit = (size_t)type_fit(ui->type, face_of(style), px, text, width);
    struct line line = {.len = fit, .next = fit};
    if (fit >= end) {
        line.len = end;
        line.next = text[end] == '\n' ? end + 1 : end;
    } else if (fit > 0) {
        line.broken = text[fit - 1] != ' ';
        if (!style->typed && !line.broken) {
            size_t at = dot_before(ui, style, px, width, text, fit, end);
            if (at > 0) {
                return (struct line){.len = at, .next = at + strlen(dot)};
            }
            line.len = line.next = with_company(ui, style, px, width, text, fit, end);
        }
    }
    while (line.len > 0 && text[line.len - 1] == ' ') {
        line.len--;
    }
    return line;
}

/* Lines of the text, and whether a word had to be broken. */
static int
count_lines(const struct ui *ui, const struct label *style, int px, int width, const char *text,
            bool *broken)
{
    int lines = 0;
    for (const char *at = text; *at != '\0'; lines++) {
        struct line line = line_of(ui, style, px, width, at);
        *broken |= line.broken;
        if (line.next == 0) {
            break;
        }
        at += line.next;
    }
    return lines;
}

int
label_line_height(const struct ui *ui, const struct label *style)
{
    return leading(ui, style, px_of(ui, style));
}

int
label_height(const struct ui *ui, const struct label *style, int width, const char *text)
{
    bool broken = false;
    int px = px_of(ui, style);
    int lines = count_lines(ui, style, px, width, text, &broken);
    if (style->lines > 0) {
        lines = ui_min(lines, style->lines);
    }
    return lines * leading(ui, style, px);
}

int
label_width(const struct ui *ui, const struct label *style, const char *text)
{
    return type_width(ui->type, face_of(style), px_of(ui, style), style->cell, text);
}

int
label_word_width(const struct ui *ui, const struct label *style, const char *text)
{
    char word[LINE_BYTES];
    int widest = 0;
    while (*text != '\0') {
        size_t len = strcspn(text, " \n");
        struct text copy = text_over(word, sizeof word);
        text_add_bytes(&copy, text, len);
        widest = ui_max(widest, label_width(ui, style, word));
        text += len + (text[len] != '\0');
    }
    secret_zero(word, sizeof word);
    return widest;
}

static bool
fits(const struct ui *ui, const struct label *style, int px, int width, int height,
     const char *text)
{
    bool broken = false;
    int lines = count_lines(ui, style, px, width, text, &broken);
    return !(broken && !style->typed) && (style->lines == 0 || lines <= style->lines) &&
           lines * leading(ui, style, px) <= height;
}

int
label_fit(const struct ui *ui, const struct label *style, int width, int height, const char *text)
{
    static const enum type_size steps[] = {SIZE_HEADING, SIZE_FIELD, SIZE_LABEL, SIZE_BODY,
                                           SIZE_NOTE};
    int px = px_of(ui, style);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (fits(ui, style, px, width, height, text)) {
            break;
        }
        px = ui_min(px, ui_type(ui, steps[i]));
    }
    return px;
}

bool
label_fits(const struct ui *ui, const struct label *style, int width, int height, const char *text)
{
    return fits(ui, style, px_of(ui, style), width, height, text);
}

size_t
label_split(const struct ui *ui, const struct label *style, int width, int height, const char *text)
{
    int px = px_of(ui, style), line_height = leading(ui, style, px);
    size_t at = 0;
    for (int y = line_height; text[at] != '\0'; y += line_height) {
        struct line line = line_of(ui, style, px, width, text + at);
        if (at > 0 && (y > height || line.next == 0)) {
            break;
        }
        at += line.next;
    }
    return at;
}

static void
paint_line(struct ui *ui, const struct label *style, int px, struct rect box, const char *text,
           size_t len)
{
    char line[LINE_BYTES];
    struct text out = text_over(line, sizeof line); // marks of no width make any length
    text_add_bytes(&out, text, len);
    int width = type_width(ui->type, face_of(style), px, style->cell, line);
    if (style->align == ALIGN_CENTRE) {
        box.x += (box.w - width) / 2;
    }
    box.w = width;
    draw_text(ui->draw, box, px, style->weight, style->cell, ui_colour(ui, style->ink), line);
    secret_zero(line, out.len);
}

/* The line box hangs lower than the letters stand: by how much, so that capitals are
 * in the middle. */
static int
optical(const struct ui *ui, const struct label *style, int px)
{
    int cap = type_cap_height(ui->type, face_of(style), px);
    int ascent = type_ascent(ui->type, face_of(style), px);
    return leading(ui, style, px) / 2 - (ascent - cap / 2);
}

int
label_paint(struct ui *ui, const struct label *style, struct rect box, const char *text,
            bool *clipped)
{
    int px = px_of(ui, style), line_height = leading(ui, style, px);
    bool broken = false;
    int all = count_lines(ui, style, px, box.w, text, &broken);
    int room = style->lines > 0 ? style->lines : ui_max(1, box.h / line_height);
    int lines = ui_min(all, room);
    if (all > lines || (broken && !style->typed) || (all > 0 && lines * line_height > box.h + 1)) {
        *clipped = true;
    }
    int top = box.y;
    if (style->middle) {
        top += (box.h - lines * line_height) / 2 + optical(ui, style, px);
    }
    for (int i = 0; i < lines; i++) {
        struct line line = line_of(ui, style, px, box.w, text);
        struct rect at = {box.x, top + i * line_height, box.w, line_height};
        paint_line(ui, style, px, at, text, line.len);
        text += line.next;
    }
    return lines * line_height;
}

int
label_draw(struct ui *ui, uint32_t id, const struct label *style, struct rect box, const char *text)
{
    bool clipped = false;
    int height = label_paint(ui, style, box, text, &clipped);
    enum role role = style->size == SIZE_HEADING ? ROLE_HEADING : ROLE_TEXT;
    struct node *node = ui_add(ui, id, role, box, text);
    node->seen.h = height;
    node->clipped = clipped;
    if (style->typed) {
        node->flags |= NODE_SECRET;
    }
    return height;
}
