/* Tokens: colours, sizes in millimetres, type sizes. A widget never writes a
 * colour or a pixel count. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum ink { /* 0xRRGGBB in theme.colour[] */
           INK_PAPER,
           INK_CARD,
           INK_TEXT,
           INK_SOFT,
           INK_EDGE,
           INK_LINE,
           INK_PRIMARY,
           INK_ON_PRIMARY,
           INK_PRIMARY_DOWN,
           INK_MINT,
           INK_GOLD,
           INK_GOLD_GROUND,
           INK_DANGER,
           INK_DANGER_GROUND,
           INK_CHECK, /* what may be right, and is to be looked at again */
           INK_CHECK_GROUND,
           INK_KEYBOARD,
           INK_KEY,
           INK_KEY_DOWN, /* ground of any control but the primary one while held */
           INK_ON_DOWN,  /* its words */
           INK_KEY_SHADE,
           INK_KEY_SPECIAL,
           INK_TEAL_WEAVE,
           INK_MAROON_WEAVE,
           INK_GOLD_WEAVE,
           INK_COUNT
};
enum weight { WEIGHT_REGULAR, WEIGHT_SEMIBOLD, WEIGHT_BOLD };
enum type_size {
    SIZE_NOTE,
    SIZE_BODY,
    SIZE_LABEL,
    SIZE_FIELD,
    SIZE_HEADING,
    SIZE_NUMBER,
    SIZE_COUNT
};

struct theme {
    const char *name;
    uint32_t colour[INK_COUNT];
};
/* A city's own primary colour goes into a copy. */
extern const struct theme theme_day, theme_contrast;

/* The panel: what millimetres are in pixels here. */
struct panel {
    int width, height; /* px */
    double px_per_mm;
    double mount_mm; /* floor to the panel's lower edge; 0 unknown */
};
int panel_px(const struct panel *panel, double mm);
bool panel_wide(const struct panel *panel); /* landscape */
/* Pixel height of a type size, with the resident's choice (0 1 2: x1, x1.3, x1.67). */
int panel_type(const struct panel *panel, enum type_size size, int enlarge);
