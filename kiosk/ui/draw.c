#include "ui/draw.h"

#include <stdbool.h>
#include <string.h>

#include "base/log.h"
#include "base/secret.h"

enum { DRAW_MAX = 1024, DRAW_BYTES = 32 * 1024 };

struct draw_list {
    struct secret *memory; // owned; holds this struct too
    struct draw *items;
    uint64_t *hashes; // of the items, to compare two lists quickly
    char *strings;
    size_t count, used;
    bool full; // said once a frame
};

struct draw_list *
draw_list_create(void)
{
    size_t room = sizeof(struct draw_list) + DRAW_MAX * (sizeof(struct draw) + sizeof(uint64_t)) +
                  DRAW_BYTES + 256;
    struct secret *memory = secret_create(room);
    if (!memory) {
        return NULL;
    }
    struct draw_list *list = secret_alloc(memory, sizeof *list);
    list->memory = memory;
    list->items = secret_alloc(memory, DRAW_MAX * sizeof *list->items);
    list->hashes = secret_alloc(memory, DRAW_MAX * sizeof *list->hashes);
    list->strings = secret_alloc(memory, DRAW_BYTES);
    if (list->items && list->hashes && list->strings) {
        return list;
    }
    secret_destroy(memory);
    return NULL;
}

void
draw_list_destroy(struct draw_list *list)
{
    if (list) {
        secret_destroy(list->memory);
    }
}

void
draw_list_reset(struct draw_list *list)
{
    secret_zero(list->items, list->count * sizeof *list->items);
    secret_zero(list->hashes, list->count * sizeof *list->hashes);
    secret_zero(list->strings, list->used);
    list->count = 0;
    list->used = 0;
    list->full = false;
}

size_t
draw_count(const struct draw_list *list)
{
    return list->count;
}

const struct draw *
draw_at(const struct draw_list *list, size_t index)
{
    return &list->items[index];
}

static void
say_full(struct draw_list *list)
{
    if (!list->full) {
        log_error("a screen draws more than the list holds");
    }
    list->full = true;
}

const char *
draw_keep(struct draw_list *list, const char *text)
{
    size_t size = strlen(text) + 1;
    if (size > DRAW_BYTES - list->used) {
        say_full(list);
        return "";
    }
    char *copy = list->strings + list->used;
    memcpy(copy, text, size);
    list->used += size;
    return copy;
}

/* FNV-1a, a number at a time and then a letter at a time. */
static uint64_t
mixed(uint64_t hash, uint32_t value)
{
    return (hash ^ value) * UINT64_C(0x100000001b3);
}

static uint64_t
hash_of(const struct draw *draw)
{
    const int numbers[] = {(int)draw->kind, draw->rect.x,      draw->rect.y, draw->rect.w,
                           draw->rect.h,    (int)draw->colour, draw->radius, draw->thick,
                           draw->size,      (int)draw->weight, draw->cell};
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        hash = mixed(hash, (uint32_t)numbers[i]);
    }
    for (const char *letter = draw->text; letter && *letter; letter++) {
        hash = mixed(hash, (unsigned char)*letter);
    }
    return hash;
}

static void
append(struct draw_list *list, struct draw draw)
{
    if (draw.rect.w <= 0 || draw.rect.h <= 0) {
        return;
    }
    if (list->count == DRAW_MAX) {
        say_full(list);
        return;
    }
    if (draw.text) {
        draw.text = draw_keep(list, draw.text);
    }
    list->hashes[list->count] = hash_of(&draw);
    list->items[list->count++] = draw;
}

void
draw_fill(struct draw_list *list, struct rect rect, int radius, uint32_t colour)
{
    append(list,
           (struct draw){.kind = DRAW_FILL, .rect = rect, .colour = colour, .radius = radius});
}

void
draw_frame(struct draw_list *list, struct rect rect, int radius, int thick, uint32_t colour)
{
    append(
        list,
        (struct draw){
            .kind = DRAW_FRAME, .rect = rect, .colour = colour, .radius = radius, .thick = thick});
}

void
draw_text(struct draw_list *list, struct rect box, int size, enum weight weight, int cell,
          uint32_t colour, const char *text)
{
    if (*text) {
        append(list, (struct draw){.kind = DRAW_TEXT,
                                   .rect = box,
                                   .colour = colour,
                                   .size = size,
                                   .weight = weight,
                                   .cell = cell,
                                   .text = text});
    }
}

void
draw_icon(struct draw_list *list, struct rect rect, uint32_t colour, const char *name)
{
    append(list, (struct draw){.kind = DRAW_ICON, .rect = rect, .colour = colour, .text = name});
}

void
draw_qr(struct draw_list *list, struct rect rect, const char *content)
{
    append(list, (struct draw){.kind = DRAW_QR, .rect = rect, .text = content});
}

void
draw_weave(struct draw_list *list, struct rect rect)
{
    append(list, (struct draw){.kind = DRAW_WEAVE, .rect = rect});
}

void
draw_copy(struct draw_list *list, const struct draw *item)
{
    append(list, *item);
}

struct rect
draw_reach(const struct draw *item)
{
    int lean = item->kind == DRAW_TEXT ? item->size / 6 + 1 : 0;
    return rect_inset(item->rect, -lean, -lean);
}

/* --- damage ----------------------------------------------------------------- */

static bool
same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool
same_rect(struct rect a, struct rect b)
{
    return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

static bool
same(const struct draw_list *last, size_t i, const struct draw_list *next, size_t j)
{
    const struct draw *a = &last->items[i], *b = &next->items[j];
    return last->hashes[i] == next->hashes[j] && a->kind == b->kind &&
           same_rect(a->rect, b->rect) && a->colour == b->colour && a->radius == b->radius &&
           a->thick == b->thick && a->size == b->size && a->weight == b->weight &&
           a->cell == b->cell && same_text(a->text, b->text);
}

struct damage {
    struct rect screen;
    struct rect *out;
    size_t max, count;
};

static int64_t
area(struct rect rect)
{
    return (int64_t)rect.w * rect.h;
}

static bool
touch(struct rect a, struct rect b)
{
    return a.x <= b.x + b.w && b.x <= a.x + a.w && a.y <= b.y + b.h && b.y <= a.y + a.h;
}

static void
drop(struct damage *damage, size_t index)
{
    damage->out[index] = damage->out[--damage->count];
}

/* The rectangle that grows least by taking this one in. */
static size_t
nearest(const struct damage *damage, struct rect rect)
{
    size_t best = 0;
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < damage->count; i++) {
        int64_t growth = area(rect_union(damage->out[i], rect)) - area(damage->out[i]);
        if (growth < least) {
            least = growth;
            best = i;
        }
    }
    return best;
}

static void
damage_add(struct damage *damage, struct rect rect)
{
    rect = rect_clip(rect, damage->screen);
    if (rect.w == 0 || rect.h == 0) {
        return;
    }
    // A grown rectangle may touch others in turn: start over until none is left.
    for (size_t i = 0; i < damage->count;) {
        if (touch(damage->out[i], rect)) {
            rect = rect_union(damage->out[i], rect);
            drop(damage, i);
            i = 0;
        } else {
            i++;
        }
    }
    if (damage->count == damage->max) {
        size_t index = nearest(damage, rect);
        rect = rect_union(damage->out[index], rect);
        drop(damage, index);
        damage_add(damage, rect);
        return;
    }
    damage->out[damage->count++] = rect;
}

enum { RESYNC = 48 }; // how far to look for the next item that both lists have

/* The nearest pair after (i, j) that is equal in both lists; the ends when there is none. */
static void
resync(const struct draw_list *last, size_t *i, const struct draw_list *next, size_t *j)
{
    for (size_t ahead = 1; ahead < RESYNC; ahead++) {
        for (size_t k = 0; k <= ahead; k++) {
            size_t a = *i + k, b = *j + ahead - k;
            if (a < last->count && b < next->count && same(last, a, next, b)) {
                *i = a;
                *j = b;
                return;
            }
        }
    }
    *i = last->count;
    *j = next->count;
}

static void
damage_items(struct damage *damage, const struct draw_list *list, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        damage_add(damage, draw_reach(&list->items[i]));
    }
}

/* Whatever is left out of a common subsequence is repainted: the pixels that no such
 * item touches are made by the same items in the same order in both lists. */
size_t
draw_damage(const struct draw_list *last, const struct draw_list *next, struct rect screen,
            struct rect *out, size_t max)
{
    struct damage damage = {screen, out, max, 0};
    if (max == 0) {
        return 0;
    }
    if (!last) {
        damage_add(&damage, screen);
        return damage.count;
    }
    size_t i = 0, j = 0;
    while (i < last->count || j < next->count) {
        if (i < last->count && j < next->count && same(last, i, next, j)) {
            i++;
            j++;
            continue;
        }
        size_t was_i = i, was_j = j;
        resync(last, &i, next, &j);
        damage_items(&damage, last, was_i, i);
        damage_items(&damage, next, was_j, j);
    }
    return damage.count;
}
