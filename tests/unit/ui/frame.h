/* A frame to draw into, on any of the design's panels, for the tests of the widgets. */
#pragma once
#include <stdbool.h>
#include "type/type.h"
#include "ui/theme.h"
#include "ui/ui.h"

enum { PORTRAIT, SMALL, WIDE, LARGE, PANELS };
static const struct panel panels[PANELS] = {
    {1080, 1920, 1080 / 268.0, 0},
    {1366, 768, 1366 / 344.0, 0},
    {1920, 1080, 1920 / 476.0, 0},
    {2160, 3840, 2160 / 336.0, 0},
};

static struct ui ui;
static struct type *type;
static struct draw_list *list;

static void
frame(int panel, int enlarge)
{
    ui_begin(&ui, &panels[panel], &theme_day, enlarge, type, list);
}

static int
frame_open(void **state)
{
    (void)state;
    type = type_create(NULL);
    list = draw_list_create();
    return type && list ? 0 : -1;
}

static int
frame_close(void **state)
{
    (void)state;
    draw_list_destroy(list);
    type_destroy(type);
    return 0;
}
