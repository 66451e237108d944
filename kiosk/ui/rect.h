/* Rectangles in pixels and the cuts that lay out a screen: each cut takes a strip
 * off and leaves the rest. */
#pragma once
#include <stdbool.h>

struct rect {
    int x, y, w, h;
};

struct rect rect_cut_top(struct rect *rest, int height);
struct rect rect_cut_bottom(struct rect *rest, int height);
struct rect rect_cut_left(struct rect *rest, int width);
struct rect rect_cut_right(struct rect *rest, int width);
struct rect rect_inset(struct rect rect, int x, int y);
bool rect_has(struct rect rect, int x, int y);
bool rect_overlaps(struct rect a, struct rect b);
struct rect rect_union(struct rect a, struct rect b); /* an empty one adds nothing */
struct rect rect_clip(struct rect a, struct rect b);  /* w or h 0 when apart */
