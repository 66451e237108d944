/* A page as data: an array of blocks, laid out from the top and cut into pages that
 * fit a rectangle. Long text breaks between lines; nothing ever scrolls. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "ui/notice.h"
#include "ui/ui.h"

enum block_kind {
    BLOCK_HEADING, /* text; an icon stands before it on a disc of its own */
    BLOCK_TITLE,   /* text: bold line above a part */
    BLOCK_TEXT,
    BLOCK_SOFT,
    BLOCK_NOTE,   /* text: ink, soft ink, small soft ink */
    BLOCK_BULLET, /* text */
    BLOCK_STEP,   /* number, state, title, text (may be NULL) */
    BLOCK_NOTICE,
    BLOCK_ALERT,
    BLOCK_GOOD,
    BLOCK_CHECK,  /* title and text, either may be NULL */
    BLOCK_ROW,    /* title: key, text: value, buttons */
    BLOCK_BUTTON, /* buttons[0], over the whole width */
    BLOCK_TILE,   /* icon, title, text, action; tiles in a row flow into columns */
    BLOCK_PICK,   /* title, text, selected, many, action; flow into columns */
    BLOCK_NUMBER, /* text, as large as the width allows */
    BLOCK_CODE,   /* QR of `icon` (NULL: none) at the right, large with a `number`; title,
                     number-like text, and detail (NULL: none) beside it */
    BLOCK_GAP
};

struct block {
    enum block_kind kind;
    uint32_t id;
    int card; /* neighbours with the same number > 0 share a white card */
    const char *title, *text, *detail, *icon;
    int number;
    enum numbered_state state; /* STEP */
    bool selected, many, primary, secret;
    bool menu;   /* TILE: the last ones share the whole row */
    bool face;   /* TILE: the icon large, without a ground */
    int px;      /* words, PICK, NUMBER: height of the letters; 0: as all of the kind */
    int columns; /* TILE, PICK: at most; 0: what the width allows */
    int action;
    int64_t arg;
    struct button buttons[2];
};

enum { BLOCK_PIECES = 960 };

struct layout {
    const struct block *blocks; /* the caller's */
    struct rect rect;
    int pages; /* 1 or more */
    size_t count;
    struct block_piece {
        uint16_t block, page;
        size_t from, to; /* bytes of `text` for a part of a long text; both 0: all */
        int air;         /* TILE: px above what it holds, so that a grown one is balanced */
        struct rect rect;
    } pieces[BLOCK_PIECES];
};

/* Lay out into `rect`; where one page does not do, `pager` px stay free at the bottom. */
void layout_make(struct layout *layout, const struct ui *ui, struct rect rect, int pager,
                 const struct block *blocks, size_t count);
void layout_draw(struct ui *ui, const struct layout *layout, int page);
int layout_height(const struct layout *layout); /* used on page 0, px */
