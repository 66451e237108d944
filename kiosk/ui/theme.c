#include "ui/theme.h"

#include <math.h>

const struct theme theme_day = {
    .name = "day",
    .colour =
        {
            [INK_PAPER] = 0xF6F4EE,        [INK_CARD] = 0xFFFFFF,
            [INK_TEXT] = 0x14211F,         [INK_SOFT] = 0x42514D,
            [INK_EDGE] = 0x7C827C,         [INK_LINE] = 0xD9D6CC,
            [INK_PRIMARY] = 0x005B50,      [INK_ON_PRIMARY] = 0xFFFFFF,
            [INK_PRIMARY_DOWN] = 0x003F37, [INK_MINT] = 0xE2F0EC,
            [INK_GOLD] = 0xE0A100,         [INK_GOLD_GROUND] = 0xFFF3D1,
            [INK_DANGER] = 0x8A1610,       [INK_DANGER_GROUND] = 0xFCE8E6,
            [INK_CHECK] = 0x9A5B00,        [INK_CHECK_GROUND] = 0xFFE9C7,
            [INK_KEYBOARD] = 0xE7E4D9,     [INK_KEY] = 0xFFFFFF,
            [INK_KEY_DOWN] = 0xBFDCD5,     [INK_ON_DOWN] = 0x14211F,
            [INK_KEY_SHADE] = 0x7C827C,    [INK_KEY_SPECIAL] = 0xD8D4C7,
            [INK_TEAL_WEAVE] = 0x0B4A42,   [INK_MAROON_WEAVE] = 0x8A1A2B,
            [INK_GOLD_WEAVE] = 0xE0A100,
        },
};

// White on black is 21:1; the yellow of what to press next is 14.7:1.
const struct theme theme_contrast = {
    .name = "contrast",
    .colour =
        {
            [INK_PAPER] = 0x000000,        [INK_CARD] = 0x000000,
            [INK_TEXT] = 0xFFFFFF,         [INK_SOFT] = 0xFFFFFF,
            [INK_EDGE] = 0xFFFFFF,         [INK_LINE] = 0xFFFFFF,
            [INK_PRIMARY] = 0xFFD400,      [INK_ON_PRIMARY] = 0x000000,
            [INK_PRIMARY_DOWN] = 0xFFFFFF, [INK_MINT] = 0x000000,
            [INK_GOLD] = 0xFFD400,         [INK_GOLD_GROUND] = 0x000000,
            [INK_DANGER] = 0xFFB4AB,       [INK_DANGER_GROUND] = 0x000000,
            [INK_CHECK] = 0xFFB000,        [INK_CHECK_GROUND] = 0x000000,
            [INK_KEYBOARD] = 0x000000,     [INK_KEY] = 0x000000,
            [INK_KEY_DOWN] = 0xFFFFFF,     [INK_ON_DOWN] = 0x000000,
            [INK_KEY_SHADE] = 0xFFFFFF,    [INK_KEY_SPECIAL] = 0x000000,
            [INK_TEAL_WEAVE] = 0x0B4A42,   [INK_MAROON_WEAVE] = 0x8A1A2B,
            [INK_GOLD_WEAVE] = 0xFFD400,
        },
};

int
panel_px(const struct panel *panel, double mm)
{
    return (int)lround(mm * panel->px_per_mm);
}

bool
panel_wide(const struct panel *panel)
{
    return panel->width > panel->height;
}

// Millimetres of the em. Inter's capitals are 0.727 of it: the smallest size is 5.2 mm
// high, and what a resident chose multiplies the two sizes that are read at length.
// Headings and fields are well above those heights and grow less, so that they wrap less.
static const double em_mm[SIZE_COUNT][3] = {
    [SIZE_NOTE] = {7.2, 9.4, 12.05},     [SIZE_BODY] = {8.0, 10.4, 13.0},
    [SIZE_LABEL] = {8.8, 11.2, 13.8},    [SIZE_FIELD] = {12.9, 14.4, 16.0},
    [SIZE_HEADING] = {14.4, 16.4, 18.4}, [SIZE_NUMBER] = {72.0, 72.0, 72.0},
};

int
panel_type(const struct panel *panel, enum type_size size, int enlarge)
{
    int step = enlarge < 0 ? 0 : enlarge > 2 ? 2 : enlarge;
    return (int)ceil(em_mm[size][step] * panel->px_per_mm);
}
