#include "ui/rect.h"

static int
clamped(int value, int max)
{
    return value < 0 ? 0 : value > max ? max : value;
}

struct rect
rect_cut_top(struct rect *rest, int height)
{
    struct rect cut = *rest;
    cut.h = clamped(height, rest->h);
    rest->y += cut.h;
    rest->h -= cut.h;
    return cut;
}

struct rect
rect_cut_bottom(struct rect *rest, int height)
{
    struct rect cut = *rest;
    cut.h = clamped(height, rest->h);
    rest->h -= cut.h;
    cut.y = rest->y + rest->h;
    return cut;
}

struct rect
rect_cut_left(struct rect *rest, int width)
{
    struct rect cut = *rest;
    cut.w = clamped(width, rest->w);
    rest->x += cut.w;
    rest->w -= cut.w;
    return cut;
}

struct rect
rect_cut_right(struct rect *rest, int width)
{
    struct rect cut = *rest;
    cut.w = clamped(width, rest->w);
    rest->w -= cut.w;
    cut.x = rest->x + rest->w;
    return cut;
}

struct rect
rect_inset(struct rect rect, int x, int y)
{
    rect.x += x;
    rect.y += y;
    rect.w = rect.w > 2 * x ? rect.w - 2 * x : 0;
    rect.h = rect.h > 2 * y ? rect.h - 2 * y : 0;
    return rect;
}

bool
rect_has(struct rect rect, int x, int y)
{
    return x >= rect.x && y >= rect.y && x < rect.x + rect.w && y < rect.y + rect.h;
}

bool
rect_overlaps(struct rect a, struct rect b)
{
    struct rect both = rect_clip(a, b);
    return both.w > 0 && both.h > 0;
}

struct rect
rect_union(struct rect a, struct rect b)
{
    if (a.w <= 0 || a.h <= 0) {
        return b;
    }
    if (b.w <= 0 || b.h <= 0) {
        return a;
    }
    int left = a.x < b.x ? a.x : b.x;
    int top = a.y < b.y ? a.y : b.y;
    int right = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w;
    int bottom = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;
    return (struct rect){left, top, right - left, bottom - top};
}

struct rect
rect_clip(struct rect a, struct rect b)
{
    int left = a.x > b.x ? a.x : b.x;
    int top = a.y > b.y ? a.y : b.y;
    int right = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;
    int bottom = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
    if (right <= left || bottom <= top) {
        return (struct rect){left, top, 0, 0};
    }
    return (struct rect){left, top, right - left, bottom - top};
}
