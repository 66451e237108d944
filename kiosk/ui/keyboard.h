/* On-screen keyboards as data. A key carries its code point; what a press of it
 * does is the screen's number. Sizes: keys of 15 mm and more in portrait, 12.7 mm
 * and more on wide panels, 2.54 mm between them. In portrait a keyboard takes the
 * lower half from edge to edge; on wide panels each one stands right of the question:
 * letters below it would leave 50 mm of a 15.6" panel for question, field and error. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "ui/ui.h"

enum key_kind {
    KEY_TYPE,
    KEY_SPACE,
    KEY_ERASE,
    KEY_LEFT,
    KEY_RIGHT,
    KEY_LAYER,
    KEY_CAPS,
    KEY_NONE /* only room */
};

/* Bits of the `layer` of a visit; 0 is the QWERTY letters. LAYER_OPEN: a keyboard that
 * waits behind a button was asked for. */
enum key_layer {
    LAYER_QWERTY = 0,
    LAYER_ABC = 1,
    LAYER_SYMBOLS = 2,
    LAYER_CAPS = 4,
    LAYER_OPEN = 8
};

struct key {
    enum key_kind kind;
    uint32_t code;     /* KEY_TYPE: lower case */
    const char *label; /* other than the code point itself; or NULL */
    int width;         /* tenths of a key; 0: ten */
};
struct keyboard {
    const char *name;
    bool letters;                 /* each row takes the whole width */
    bool signs;                   /* its layer key leads back to the letters */
    const struct keyboard *aside; /* the same in rows for wide panels; NULL: as it is */
    int rows;
    const struct key *row[5]; /* each ends with a zero key: kind KEY_NONE and width 0 */
};
extern const struct keyboard keyboard_digits, keyboard_qwerty, keyboard_abc, keyboard_symbols,
    keyboard_codes /* capitals and digits of tracking codes */, keyboard_search,
    keyboard_search_abc /* letters and blanks alone */;

struct keyboard_use {
    int layer;                               /* of the visit */
    bool capital;                            /* the next letter starts a word or a sentence */
    bool mail;                               /* an "@" stands where names have their apostrophe */
    int type, erase, left, right, set_layer; /* actions; arg: code point or layer */
    const char *erase_word, *space_word;     /* "Hapus", "spasi" */
    const char *left_word, *right_word;      /* for the ear: "Ke kiri" */
    const char *caps_word;
};

enum { KEYBOARD_ID = 0x200000 }; /* id of a key: KEYBOARD_ID + its place */

const struct keyboard *keyboard_letters(int layer); /* the one that the layer shows */
const struct keyboard *keyboard_to_search(int layer);
int keyboard_height(const struct ui *ui, const struct keyboard *keyboard);
int keyboard_width(const struct ui *ui, const struct keyboard *keyboard); /* of one aside */
void keyboard_draw(struct ui *ui, struct rect rect, const struct keyboard *keyboard,
                   const struct keyboard_use *use);
