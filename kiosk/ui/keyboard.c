#include "ui/keyboard.h"

#include "base/text.h"
#include "ui/label.h"

enum { TENTHS = 10 };
#define END                  \
    {                        \
        KEY_NONE, 0, NULL, 0 \
    }
#define K(letter)                 \
    {                             \
        KEY_TYPE, letter, NULL, 0 \
    }

static const struct key digits_1[] = {K('1'), K('2'), K('3'), END};
static const struct key digits_2[] = {K('4'), K('5'), K('6'), END};
static const struct key digits_3[] = {K('7'), K('8'), K('9'), END};
static const struct key digits_4[] = {
    {KEY_NONE, 0, NULL, 10}, K('0'), {KEY_ERASE, 0, NULL, 10}, END};
const struct keyboard keyboard_digits = {"digits", false, false,
                                         NULL,     4,     {digits_1, digits_2, digits_3, digits_4}};

static const struct key number_row[] = {K('1'), K('2'), K('3'), K('4'), K('5'), K('6'),
                                        K('7'), K('8'), K('9'), K('0'), END};
static const struct key qwerty_1[] = {K('q'), K('w'), K('e'), K('r'), K('t'), K('y'),
                                      K('u'), K('i'), K('o'), K('p'), END};
static const struct key qwerty_2[] = {K('a'), K('s'), K('d'), K('f'), K('g'),
                                      K('h'), K('j'), K('k'), K('l'), END};
static const struct key qwerty_3[] = {
    {KEY_CAPS, 0, "Aa", 13},  K('z'), K('x'), K('c'), K('v'), K('b'), K('n'), K('m'),
    {KEY_ERASE, 0, NULL, 17}, END};
static const struct key qwerty_4[] = {{KEY_LAYER, LAYER_SYMBOLS, ".,-/ é", 18},
                                      {KEY_LAYER, LAYER_ABC, "ABC", 14},
                                      K('\''),
                                      {KEY_SPACE, ' ', NULL, 38},
                                      K('.'),
                                      K(','),
                                      END};
/* For wide panels: no row of more than ten keys, and the widest words in the last one. */
static const struct key qwerty_aside_2[] = {K('a'), K('s'), K('d'), K('f'),  K('g'), K('h'),
                                            K('j'), K('k'), K('l'), K('\''), END};
static const struct key qwerty_aside_3[] = {
    {KEY_CAPS, 0, "Aa", 20}, K('z'), K('x'), K('c'), K('v'), K('b'), K('n'), K('m'), K('.'), END};
static const struct key qwerty_aside_4[] = {{KEY_LAYER, LAYER_SYMBOLS, ",-/é", 16},
                                            {KEY_LAYER, LAYER_ABC, "ABC", 20},
                                            {KEY_SPACE, ' ', NULL, 38},
                                            {KEY_ERASE, 0, NULL, 26},
                                            END};
static const struct keyboard qwerty_aside = {
    "qwerty aside", true, false,
    NULL,           5,    {number_row, qwerty_1, qwerty_aside_2, qwerty_aside_3, qwerty_aside_4}};
const struct keyboard keyboard_qwerty = {
    "qwerty", true, false, &qwerty_aside, 5, {number_row, qwerty_1, qwerty_2, qwerty_3, qwerty_4}};

static const struct key abc_1[] = {K('a'), K('b'), K('c'), K('d'), K('e'), K('f'),
                                   K('g'), K('h'), K('i'), K('j'), END};
static const struct key abc_2[] = {K('k'), K('l'), K('m'), K('n'), K('o'),
                                   K('p'), K('q'), K('r'), K('s'), END};
static const struct key abc_3[] = {
    {KEY_CAPS, 0, "Aa", 13},  K('t'), K('u'), K('v'), K('w'), K('x'), K('y'), K('z'),
    {KEY_ERASE, 0, NULL, 17}, END};
static const struct key abc_4[] = {{KEY_LAYER, LAYER_SYMBOLS | LAYER_ABC, ".,-/ é", 18},
                                   {KEY_LAYER, LAYER_QWERTY, "QWERTY", 24},
                                   K('\''),
                                   {KEY_SPACE, ' ', NULL, 28},
                                   K('.'),
                                   K(','),
                                   END};
static const struct key abc_aside_2[] = {K('k'), K('l'), K('m'), K('n'),  K('o'), K('p'),
                                         K('q'), K('r'), K('s'), K('\''), END};
static const struct key abc_aside_3[] = {
    {KEY_CAPS, 0, "Aa", 20}, K('t'), K('u'), K('v'), K('w'), K('x'), K('y'), K('z'), K('.'), END};
static const struct key abc_aside_4[] = {{KEY_LAYER, LAYER_SYMBOLS | LAYER_ABC, ",-/é", 16},
                                         {KEY_LAYER, LAYER_QWERTY, "QWERTY", 36},
                                         {KEY_SPACE, ' ', NULL, 22},
                                         {KEY_ERASE, 0, NULL, 26},
                                         END};
static const struct keyboard abc_aside = {
    "abc aside", true, false, NULL, 5, {number_row, abc_1, abc_aside_2, abc_aside_3, abc_aside_4}};
const struct keyboard keyboard_abc = {"abc",      true, false,
                                      &abc_aside, 5,    {number_row, abc_1, abc_2, abc_3, abc_4}};

static const struct key symbols_1[] = {K('-'), K('/'), K(':'), K('('), K(')'), K('&'),
                                       K('@'), K('#'), K('%'), K('+'), END};
static const struct key symbols_2[] = {K(0xE9), K(0xE8), K('!'), K('?'), K(';'),
                                       K('"'),  K('='),  K('_'), K('*'), END};
static const struct key symbols_3[] = {
    {KEY_LEFT, 0, NULL, 18}, {KEY_RIGHT, 0, NULL, 18}, {KEY_ERASE, 0, NULL, 20}, END};
static const struct key symbols_4[] = {
    {KEY_LAYER, LAYER_QWERTY, "abc", 18}, K('\''), {KEY_SPACE, ' ', NULL, 40}, K('.'), K(','), END};
static const struct key symbols_aside_3[] = {
    {KEY_LEFT, 0, NULL, 32}, {KEY_RIGHT, 0, NULL, 38}, {KEY_ERASE, 0, NULL, 30}, END};
static const struct keyboard symbols_aside = {
    "symbols aside",
    true,
    true,
    NULL,
    5,
    {number_row, symbols_1, symbols_2, symbols_aside_3, symbols_4}};
const struct keyboard keyboard_symbols = {
    "symbols",      true, true,
    &symbols_aside, 5,    {number_row, symbols_1, symbols_2, symbols_3, symbols_4}};

static const struct key codes_3[] = {
    K('z'), K('x'), K('c'), K('v'), K('b'), K('n'), K('m'), {KEY_ERASE, 0, NULL, 28}, END};
const struct keyboard keyboard_codes = {"codes", true, false,
                                        NULL,    4,    {number_row, qwerty_1, qwerty_2, codes_3}};

static const struct key search_3[] = {
    {KEY_NONE, 0, NULL, 15}, K('z'), K('x'), K('c'), K('v'), K('b'), K('n'), K('m'),
    {KEY_NONE, 0, NULL, 15}, END};
static const struct key search_4[] = {
    {KEY_LAYER, LAYER_ABC, "ABC", 36}, {KEY_SPACE, ' ', NULL, 32}, {KEY_ERASE, 0, NULL, 32}, END};
static const struct key search_abc_3[] = {
    {KEY_NONE, 0, NULL, 15}, K('t'), K('u'), K('v'), K('w'), K('x'), K('y'), K('z'),
    {KEY_NONE, 0, NULL, 15}, END};
static const struct key search_abc_4[] = {{KEY_LAYER, LAYER_QWERTY, "QWERTY", 36},
                                          {KEY_SPACE, ' ', NULL, 32},
                                          {KEY_ERASE, 0, NULL, 32},
                                          END};
const struct keyboard keyboard_search = {"search", true, false,
                                         NULL,     4,    {qwerty_1, qwerty_2, search_3, search_4}};
const struct keyboard keyboard_search_abc = {
    "search abc", true, false, NULL, 4, {abc_1, abc_2, search_abc_3, search_abc_4}};

const struct keyboard *
keyboard_to_search(int layer)
{
    return layer & LAYER_ABC ? &keyboard_search_abc : &keyboard_search;
}

const struct keyboard *
keyboard_letters(int layer)
{
    return layer & LAYER_SYMBOLS ? &keyboard_symbols
           : layer & LAYER_ABC   ? &keyboard_abc
                                 : &keyboard_qwerty;
}

/* --- measures ------------------------------------------------------------------------ */

static int
key_height(const struct ui *ui, const struct keyboard *keyboard)
{
    if (ui_wide(ui)) {
        return ui_mm(ui, 20);
    }
    return ui_mm(ui, keyboard->letters ? 17 : 23);
}

static int
key_gap(const struct ui *ui)
{
    return ui_mm(ui, 2.9);
}

static int
edge(const struct ui *ui)
{
    return ui_mm(ui, ui_wide(ui) ? 3 : 5);
}

int
keyboard_height(const struct ui *ui, const struct keyboard *keyboard)
{
    return keyboard->rows * key_height(ui, keyboard) + (keyboard->rows - 1) * key_gap(ui) +
           2 * edge(ui);
}

int
keyboard_width(const struct ui *ui, const struct keyboard *keyboard)
{
    if (keyboard->letters) { // ten keys in its longest row
        int key = ui_max(ui_mm(ui, 12.7) + 1, ui_type(ui, SIZE_NOTE) * 5 / 4); // a "W" fits
        return ui_max(10 * key + 9 * key_gap(ui),
                      (ui->panel->width - 2 * ui_margin(ui)) * 46 / 100);
    }
    int erase = ui_type(ui, SIZE_NOTE) * 33 / 10; // the word on the key
    return 3 * ui_max(ui_mm(ui, 30), erase) + 2 * key_gap(ui);
}

static int
row_units(const struct key *row)
{
    int units = 0;
    for (; row->kind != KEY_NONE || row->width != 0; row++) {
        units += row->width != 0 ? row->width : TENTHS;
    }
    return units;
}

static int
row_keys(const struct key *row)
{
    int count = 0;
    for (; row->kind != KEY_NONE || row->width != 0; row++) {
        count++;
    }
    return count;
}

/* --- keys ---------------------------------------------------------------------------- */

struct look {
    char label[48];
    const char *spoken; // for the ear, where the legend alone says too little; or NULL
    int action;
    int64_t arg;
    unsigned flags;
    bool special;
};

static bool
is_small_letter(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 0xE0 && code <= 0xFE);
}

static struct look
look_of(const struct keyboard *keyboard, const struct key *key, const struct keyboard_use *use)
{
    struct look look = {.special = key->kind != KEY_TYPE && key->kind != KEY_SPACE};
    uint32_t code = key->code;
    bool upper = keyboard == &keyboard_codes || use->capital != ((use->layer & LAYER_CAPS) != 0);
    const char *word = key->label;
    const int kept = LAYER_CAPS | LAYER_OPEN;
    switch (key->kind) {
    case KEY_TYPE:
        code = upper && is_small_letter(code) ? code - 0x20 : code;
        code = code == '\'' && use->mail && !keyboard->signs ? '@' : code;
        look.action = use->type;
        look.arg = code;
        break;
    case KEY_SPACE:
        look.action = use->type;
        look.arg = ' ';
        word = use->space_word;
        break;
    case KEY_ERASE:
        look.action = use->erase;
        look.flags = NODE_REPEAT;
        word = use->erase_word;
        break;
    case KEY_LEFT:
        look.action = use->left;
        look.flags = NODE_REPEAT;
        word = use->left_word;
        break;
    case KEY_RIGHT:
        look.action = use->right;
        look.flags = NODE_REPEAT;
        word = use->right_word;
        break;
    case KEY_LAYER:
        look.action = use->set_layer;
        look.arg = keyboard->signs ? use->layer & ~LAYER_SYMBOLS : (int)code | (use->layer & kept);
        break;
    case KEY_CAPS:
        look.action = use->set_layer;
        look.arg = use->layer ^ LAYER_CAPS;
        look.flags = use->layer & LAYER_CAPS ? NODE_SELECTED : 0;
        look.spoken = use->caps_word;
        break;
    case KEY_NONE:
        break;
    }
    struct text label = text_over(look.label, sizeof look.label);
    if (word != NULL) {
        text_add(&label, word);
    } else {
        text_add_code(&label, code);
    }
    return look;
}

/* Keys do not grow with the letters: a legend does as far as its key has room, and is
 * never smaller than a note is to start with. */
static int
legend_px(const struct ui *ui, struct label style, struct rect room, const char *legend)
{
    int least = panel_type(ui->panel, SIZE_NOTE, 0);
    style.px = label_fit(ui, &style, room.w, room.h, legend);
    while (style.px > least && !label_fits(ui, &style, room.w, room.h, legend)) {
        style.px--;
    }
    return style.px;
}

static void
key_draw(struct ui *ui, struct rect rect, uint32_t id, const struct look *look)
{
    struct node *node =
        ui_press(ui, id, ROLE_KEY, look->flags, rect,
                 look->spoken != NULL ? look->spoken : look->label, look->action, look->arg);
    enum ink ground = node->flags & NODE_DOWN       ? INK_KEY_DOWN
                      : node->flags & NODE_SELECTED ? INK_MINT
                      : look->special               ? INK_KEY_SPECIAL
                                                    : INK_KEY;
    int radius = ui_mm(ui, 3);
    // An edge all around, a little thicker below: a key that one can feel with the eyes.
    int thin = ui_max(1, ui_line(ui) / 2);
    draw_fill(ui->draw, rect, radius, ui_colour(ui, INK_KEY_SHADE));
    struct rect face = rect_inset(rect, thin, thin);
    face.h -= ui_mm(ui, 0.5);
    draw_fill(ui->draw, face, radius - thin, ui_colour(ui, ground));
    struct label style = {.size = look->special || look->label[1] != '\0' ? SIZE_BODY : SIZE_LABEL,
                          .weight = WEIGHT_SEMIBOLD,
                          .ink = node->flags & NODE_DOWN ? INK_ON_DOWN : INK_TEXT,
                          .align = ALIGN_CENTRE,
                          .middle = true,
                          .lines = 1};
    struct rect room = rect_inset(face, ui_mm(ui, 0.2), 0);
    struct label least = style;
    least.size = SIZE_NOTE;
    int line = label_height(ui, &least, room.w, "X");
    if (line > room.h) {
        // Largest letters on the slim keys of a wide panel: the letter fits, its line does
        // not. Capitals a little above the middle leave room for the foot of a "g".
        room.y -= (line - room.h) / 2 + ui_type(ui, SIZE_NOTE) / 12;
        room.h = line;
    }
    style.px = legend_px(ui, style, room, look->label);
    label_paint(ui, &style, room, look->label, &node->clipped);
    ui_focus_ring(ui, node, radius);
}

static void
row_draw(struct ui *ui, struct rect row, const struct keyboard *keyboard, int index,
         const struct keyboard_use *use, int widest)
{
    const struct key *keys = keyboard->row[index];
    int count = row_keys(keys), gap = key_gap(ui);
    int units = keyboard->letters ? row_units(keys) : widest;
    int room = row.w - (count - 1) * gap, x = row.x;
    for (int i = 0; i < count; i++) {
        int tenths = keys[i].width != 0 ? keys[i].width : TENTHS;
        int width = i + 1 == count ? row.x + row.w - x : room * tenths / units;
        if (keys[i].kind != KEY_NONE) {
            struct look look = look_of(keyboard, &keys[i], use);
            key_draw(ui, (struct rect){x, row.y, width, row.h},
                     KEYBOARD_ID + (uint32_t)(index * 16 + i), &look);
        }
        x += width + gap;
    }
}

void
keyboard_draw(struct ui *ui, struct rect rect, const struct keyboard *keyboard,
              const struct keyboard_use *use)
{
    int widest = 0, gap = key_gap(ui);
    if (ui_wide(ui) && keyboard->aside != NULL) {
        keyboard = keyboard->aside;
    }
    for (int i = 0; i < keyboard->rows; i++) {
        widest = ui_max(widest, row_units(keyboard->row[i]));
    }
    if (!ui_wide(ui)) {
        draw_fill(ui->draw, rect, 0, ui_colour(ui, INK_KEYBOARD));
        rect = rect_inset(rect, edge(ui), edge(ui));
    }
    if (!keyboard->letters && !ui_wide(ui)) {
        int width = ui_min(rect.w, 3 * ui_mm(ui, 60) + 2 * gap);
        rect.x += (rect.w - width) / 2;
        rect.w = width;
    }
    int height =
        ui_min(key_height(ui, keyboard), (rect.h - (keyboard->rows - 1) * gap) / keyboard->rows);
    for (int i = 0; i < keyboard->rows; i++) {
        row_draw(ui, rect_cut_top(&rect, height), keyboard, i, use, widest);
        rect_cut_top(&rect, gap);
    }
}
