#include "rules.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flow/flow.h"
#include "type/type.h"

struct look {
    const struct ui *ui;
    breach *report;
    void *context;
    bool contrast;
};

__attribute__((format(printf, 3, 4))) static void
say(const struct look *look, const struct node *node, const char *format, ...)
{
    char words[400], about[160] = "";
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    if (node != NULL) {
        snprintf(about, sizeof about, "\"%.60s\" (id %u, %d,%d %dx%d): ", node->label,
                 (unsigned)node->id, node->rect.x, node->rect.y, node->rect.w, node->rect.h);
    }
    char line[600];
    snprintf(line, sizeof line, "%s%s", about, words);
    look->report(look->context, line);
}

static double
mm(const struct look *look, int px)
{
    return px / look->ui->panel->px_per_mm;
}

/* --- geometry -------------------------------------------------------------------------- */

static struct rect
screen_of(const struct look *look)
{
    return (struct rect){0, 0, look->ui->panel->width, look->ui->panel->height};
}

static bool
inside(struct rect in, struct rect out)
{
    return in.x >= out.x && in.y >= out.y && in.x + in.w <= out.x + out.w &&
           in.y + in.h <= out.y + out.h;
}

static bool
is_pressed(const struct node *node)
{
    return node->action != 0;
}

/* The dimmed screen is one button. */
static bool
is_whole_screen(const struct look *look, const struct node *node)
{
    return inside(screen_of(look), node->rect);
}

/* What a node takes on screen: what can be touched, or what is read. */
static struct rect
taken(const struct node *node)
{
    return is_pressed(node) ? node->rect : node->seen;
}

static int
gap_between(struct rect a, struct rect b)
{
    int x = a.x > b.x ? a.x - (b.x + b.w) : b.x - (a.x + a.w);
    int y = a.y > b.y ? a.y - (b.y + b.h) : b.y - (a.y + a.h);
    return x > y ? x : y;
}

static void
check_node(const struct look *look, const struct node *node)
{
    double least = node->role == ROLE_KEY ? 12.7 : node->flags & NODE_PRIMARY ? 20 : 15;
    if (node->clipped) {
        say(look, node, "its text does not fit");
    }
    if (!inside(node->rect, screen_of(look)) || node->rect.w <= 0 || node->rect.h <= 0) {
        say(look, node, "lies outside the screen");
    }
    if (is_pressed(node) && (mm(look, node->rect.w) < least || mm(look, node->rect.h) < least)) {
        say(look, node, "%.1f x %.1f mm to touch, less than %.1f", mm(look, node->rect.w),
            mm(look, node->rect.h), least);
    }
    if (is_pressed(node) && node->label[0] == '\0') {
        say(look, node, "has no word");
    }
    if (node->flags & NODE_DISABLED) {
        say(look, node, "cannot be pressed and takes room");
    }
}

static void
check_pair(const struct look *look, const struct node *a, const struct node *b)
{
    struct rect first = taken(a), second = taken(b);
    if (a->id == b->id && a->id != 0 && (is_pressed(a) || is_pressed(b))) {
        say(look, a, "its id is also that of \"%.40s\"", b->label);
    }
    if (is_whole_screen(look, a) || is_whole_screen(look, b)) {
        return;
    }
    if (rect_overlaps(first, second)) {
        say(look, a, "overlaps \"%.40s\" (%d,%d %dx%d)", b->label, second.x, second.y, second.w,
            second.h);
    } else if (is_pressed(a) && is_pressed(b) && mm(look, gap_between(first, second)) < 2.54) {
        say(look, a, "only %.2f mm to \"%.40s\"", mm(look, gap_between(first, second)), b->label);
    }
}

static void
check_nodes(const struct look *look)
{
    for (size_t i = 0; i < look->ui->count; i++) {
        check_node(look, &look->ui->nodes[i]);
        for (size_t k = i + 1; k < look->ui->count; k++) {
            check_pair(look, &look->ui->nodes[i], &look->ui->nodes[k]);
        }
    }
}

/* --- text ----------------------------------------------------------------------------------- */

/* From the top of the capitals to the foot of a "p". */
static struct rect
ink_of(const struct look *look, const struct draw *text)
{
    enum type_weight weight = (enum type_weight)text->weight;
    int ascent = type_ascent(look->ui->type, weight, text->size);
    int cap = type_cap_height(look->ui->type, weight, text->size);
    return (struct rect){text->rect.x, text->rect.y + ascent - cap, text->rect.w,
                         cap + text->size / 5};
}

/* The smallest node that a text stands in. */
static const struct node *
owner_of(const struct look *look, struct rect ink)
{
    const struct node *found = NULL;
    for (size_t i = 0; i < look->ui->count; i++) {
        const struct node *node = &look->ui->nodes[i];
        if (rect_has(node->rect, ink.x + ink.w / 2, ink.y + ink.h / 2) &&
            (found == NULL || node->rect.w * node->rect.h < found->rect.w * found->rect.h)) {
            found = node;
        }
    }
    return found;
}

static bool
is_caret(const struct look *look, const struct draw *draw)
{
    return draw->kind == DRAW_FILL && mm(look, draw->rect.w) <= 1.0;
}

/* Measuring is most of the work, and most lines come again on the next page. */
static int
width_of(const struct look *look, const struct draw *text)
{
    enum { KNOWN = 1 << 14 };
    static struct {
        uint64_t hash;
        int width;
    } known[KNOWN];
    uint64_t hash = (uint64_t)text->size << 20 | (uint64_t)text->cell << 4 | text->weight;
    hash = (hash + 1) * UINT64_C(0x9e3779b97f4a7c15);
    for (const char *p = text->text; *p != '\0'; p++) {
        hash = (hash ^ (unsigned char)*p) * UINT64_C(0x100000001b3);
    }
    size_t at = hash % KNOWN;
    if (known[at].hash != hash) {
        known[at].hash = hash;
        known[at].width = type_width(look->ui->type, (enum type_weight)text->weight, text->size,
                                     text->cell, text->text);
    }
    return known[at].width;
}

static void
check_text(const struct look *look, size_t index)
{
    static const double heights[] = {5.2, 6.8, 8.7};
    const struct draw *text = draw_at(look->ui->draw, index);
    struct rect ink = ink_of(look, text);
    const struct node *owner = owner_of(look, ink);
    double cap =
        mm(look, type_cap_height(look->ui->type, (enum type_weight)text->weight, text->size));
    int width = width_of(look, text);
    if (cap < heights[look->ui->enlarge]) {
        say(look, owner, "\"%.60s\" has capitals of %.2f mm, less than %.1f", text->text, cap,
            heights[look->ui->enlarge]);
    }
    if (width > text->rect.w + 1) {
        say(look, owner, "\"%.60s\" is %d px wide in a box of %d", text->text, width, text->rect.w);
    }
    if (!inside(ink, screen_of(look))) {
        say(look, owner, "\"%.60s\" runs off the screen", text->text);
    }
    if (owner != NULL && !inside(ink, rect_inset(owner->rect, 0, -2))) {
        say(look, owner, "\"%.60s\" (%d,%d %dx%d) runs out of it", text->text, ink.x, ink.y, ink.w,
            ink.h);
    }
    for (size_t i = index + 1; i < draw_count(look->ui->draw); i++) {
        const struct draw *later = draw_at(look->ui->draw, i);
        struct rect other = later->kind == DRAW_TEXT ? ink_of(look, later) : later->rect;
        if (later->kind != DRAW_FRAME && !is_caret(look, later) && rect_overlaps(ink, other)) {
            say(look, owner, "\"%.60s\" lies under a %s (%d,%d %dx%d)%s%.40s", text->text,
                later->kind == DRAW_TEXT   ? "text"
                : later->kind == DRAW_ICON ? "picture"
                : later->kind == DRAW_QR   ? "code"
                                           : "ground",
                other.x, other.y, other.w, other.h, later->text != NULL ? ": " : "",
                later->text != NULL ? later->text : "");
        }
    }
}

/* --- colours -----------------------------------------------------------------------------------
 */

static double
linear(unsigned part)
{
    double value = part / 255.0;
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double
luminance(uint32_t colour)
{
    return 0.2126 * linear(colour >> 16 & 0xFF) + 0.7152 * linear(colour >> 8 & 0xFF) +
           0.0722 * linear(colour & 0xFF);
}

/* WCAG 2: 1 to 21. */
static double
ratio(uint32_t a, uint32_t b)
{
    double light = luminance(a), dark = luminance(b);
    if (light < dark) {
        double swap = light;
        light = dark;
        dark = swap;
    }
    return (light + 0.05) / (dark + 0.05);
}

static bool
is_grey(uint32_t colour)
{
    return (colour >> 16 & 0xFF) == (colour >> 8 & 0xFF) && (colour & 0xFF) == (colour >> 8 & 0xFF);
}

static bool
paints(const struct draw *draw, int x, int y, bool frames)
{
    if (draw->kind == DRAW_FILL) {
        return rect_has(draw->rect, x, y);
    }
    return frames && draw->kind == DRAW_FRAME && rect_has(draw->rect, x, y) &&
           !rect_has(rect_inset(draw->rect, draw->thick, draw->thick), x, y);
}

/* Which of the first `end` draws shows at a point: fills, and edges if wanted. */
static const struct draw *
shown_at(const struct look *look, size_t end, int x, int y, bool frames)
{
    for (size_t i = end; i-- > 0;) {
        const struct draw *draw = draw_at(look->ui->draw, i);
        if (paints(draw, x, y, frames)) {
            return draw;
        }
    }
    return NULL;
}

static void
check_ink(const struct look *look, size_t index)
{
    const struct draw *draw = draw_at(look->ui->draw, index);
    bool text = draw->kind == DRAW_TEXT;
    struct rect ink = text ? ink_of(look, draw) : draw->rect;
    const struct node *owner = owner_of(look, ink);
    const struct draw *ground = shown_at(look, index, ink.x + ink.w / 2, ink.y + ink.h / 2, false);
    const struct draw *corners[] = {
        shown_at(look, index, ink.x, ink.y, false),
        shown_at(look, index, ink.x + ink.w - 1, ink.y, false),
        shown_at(look, index, ink.x, ink.y + ink.h - 1, false),
        shown_at(look, index, ink.x + ink.w - 1, ink.y + ink.h - 1, false),
    };
    for (size_t i = 0; i < 4; i++) {
        if (ground == NULL || corners[i] == NULL || corners[i]->colour != ground->colour) {
            say(look, owner, "\"%.60s\" stands across two grounds", draw->text);
            return;
        }
    }
    double have = ratio(draw->colour, ground->colour);
    bool plain = is_grey(draw->colour) && is_grey(ground->colour);
    double least = !text ? (look->contrast ? 7 : 3) : look->contrast ? (plain ? 20 : 7) : 7;
    if (have < least) {
        say(look, owner, "\"%.60s\" #%06X on #%06X is %.1f:1, less than %.0f:1", draw->text,
            (unsigned)draw->colour, (unsigned)ground->colour, have, least);
    }
}

/* On each of its four sides a control can be told from what is around it. */
static void
check_edge(const struct look *look, const struct node *node)
{
    struct rect r = node->rect;
    int far = 3, x = r.x + r.w / 2, y = r.y + r.h / 2;
    const int points[4][4] = {{r.x, y, r.x - far, y},
                              {r.x + r.w - 1, y, r.x + r.w - 1 + far, y},
                              {x, r.y, x, r.y - far},
                              {x, r.y + r.h - 1, x, r.y + r.h - 1 + far}};
    static const char *const sides[] = {"left", "right", "upper", "lower"};
    size_t all = draw_count(look->ui->draw);
    for (int i = 0; i < 4; i++) {
        const struct draw *edge = shown_at(look, all, points[i][0], points[i][1], true);
        const struct draw *outside = shown_at(look, all, points[i][2], points[i][3], false);
        double have = edge && outside ? ratio(edge->colour, outside->colour) : 1;
        if (have < (look->contrast ? 7 : 3)) {
            say(look, node, "its %s edge is %.1f:1 from what is around it", sides[i], have);
        }
    }
}

void
rules_colours(const struct ui *ui, breach *report, void *context)
{
    struct look look = {ui, report, context, ui->theme->colour[INK_PAPER] == 0x000000};
    for (size_t i = 0; i < draw_count(ui->draw); i++) {
        enum draw_kind kind = draw_at(ui->draw, i)->kind;
        if (kind == DRAW_TEXT || kind == DRAW_ICON) {
            check_ink(&look, i);
        }
    }
    for (size_t i = 0; i < ui->count; i++) {
        const struct node *node = &ui->nodes[i];
        bool control = is_pressed(node) || node->role == ROLE_FIELD;
        if (control && !is_whole_screen(&look, node) && !(node->flags & NODE_FOCUSED)) {
            check_edge(&look, node);
        }
    }
}

/* --- the kind of screen
 * --------------------------------------------------------------------------- */

static bool
leads_out(const struct node *node)
{
    return node->action == FLOW_BACK || node->action == FLOW_DONE || node->action == FLOW_HOME ||
           node->action == FLOW_CANCEL || // asks first
           node->action == FLOW_CANCEL_YES || node->action == FLOW_STILL_HERE ||
           (node->action == FLOW_COVER && node->arg == COVER_NONE);
}

static void
check_ways(const struct look *look, unsigned wants)
{
    bool out = false, help = false, field = false;
    int headings = 0;
    for (size_t i = 0; i < look->ui->count; i++) {
        const struct node *node = &look->ui->nodes[i];
        out |= leads_out(node);
        help |= node->action == FLOW_COVER && node->arg == COVER_HELP;
        headings += node->role == ROLE_HEADING;
        field |= node->role == ROLE_FIELD;
    }
    if ((wants & RULE_BACK) && !out) {
        say(look, NULL, "there is no way back");
    }
    if ((wants & RULE_HELP) && !help) {
        say(look, NULL, "help cannot be reached");
    }
    if ((wants & RULE_HEADING) && headings != 1 && !(headings == 0 && field)) {
        say(look, NULL, "%d headings instead of one", headings);
    }
}

void
rules_check(const struct ui *ui, unsigned wants, breach *report, void *context)
{
    struct look look = {ui, report, context, ui->theme->colour[INK_PAPER] == 0x000000};
    check_nodes(&look);
    for (size_t i = 0; i < draw_count(ui->draw); i++) {
        if (draw_at(ui->draw, i)->kind == DRAW_TEXT) {
            check_text(&look, i);
        }
    }
    check_ways(&look, wants);
    rules_colours(ui, report, context);
}
