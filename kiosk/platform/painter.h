/* Replays a draw list onto pixels. Knows no window. One thread. */
#pragma once
#include <stdint.h>
#include "ui/draw.h"

struct painter;
struct canvas;
struct type;

/* NULL and a log line. `type` is the caller's and outlives the painter. */
struct painter *painter_create(struct type *type, const char *icons);
void painter_destroy(struct painter *painter);
/* Paint what of the list lies in the canvas's clip; every pixel of it is written. */
void painter_paint(struct painter *painter, const struct canvas *canvas,
                   const struct draw_list *list);
/* Forget what was drawn: codes and shaped lines. */
void painter_forget(struct painter *painter);
