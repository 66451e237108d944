#include "print/strip.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "print/raster.h"

enum { HALF = 128 }; /* coverage from which a dot is black */

int
strip_tenths(const struct strip *strip, int size)
{
    return (int)lround(size * strip->dots_per_mm / 10);
}

bool
strip_need(struct strip *strip, int rows)
{
    return raster_grow(strip->raster, strip->y + rows);
}

static void
pen(void *context, int x, int y, const uint8_t *coverage, int length)
{
    struct strip *strip = context;
    for (int i = 0; i < length; i++) {
        if (coverage[i] < HALF) {
            continue;
        }
        if (strip->white) {
            raster_clear(strip->raster, strip->pen_x + x + i, strip->pen_y + y);
        } else {
            raster_dot(strip->raster, strip->pen_x + x + i, strip->pen_y + y);
        }
    }
}

void
strip_write_at(struct strip *strip, enum type_weight weight, int px, int x, int y,
               const char *words)
{
    strip->pen_x = x;
    strip->pen_y = y;
    type_draw(strip->type, weight, px, 0, words, pen, strip);
}

int
strip_start(const struct strip *strip, const struct block *block, const char *words)
{
    int free = block->width - type_width(strip->type, block->weight, block->px, 0, words);
    return block->x + (block->side == LEFT ? 0 : block->side == CENTRE ? free / 2 : free);
}

/* One line of a text that wraps: copied out, without spaces at its end. Returns
 * where the next one starts. */
static const char *
next_line(const struct strip *strip, const struct block *block, const char *rest,
          char line[SLIP_WORDS])
{
    int fit = type_fit(strip->type, block->weight, block->px, rest, block->width);
    int end = fit;
    while (end > 0 && rest[end - 1] == ' ') {
        end--;
    }
    memcpy(line, rest, (size_t)end);
    line[end] = '\0';
    return rest + fit + strspn(rest + fit, " ");
}

static int
count_lines(const struct strip *strip, const struct block *block, const char *words)
{
    char line[SLIP_WORDS];
    int lines = 0;
    for (const char *rest = words, *next; *rest; rest = next, lines++) {
        next = next_line(strip, block, rest, line);
        if (next == rest) {
            return 0;
        }
    }
    return lines;
}

static int
widest_word(const struct strip *strip, const struct block *block, const char *words)
{
    char word[SLIP_WORDS];
    int widest = 0;
    for (const char *rest = words + strspn(words, " "); *rest; rest += strspn(rest, " ")) {
        size_t len = strcspn(rest, " ");
        text_copy(word, len + 1 < sizeof word ? len + 1 : sizeof word, rest);
        int width = type_width(strip->type, block->weight, block->px, 0, word);
        widest = width > widest ? width : widest;
        rest += len;
    }
    return widest;
}

/* Does the last line hold one word alone? */
static bool
ends_alone(const struct strip *strip, const struct block *block, const char *words)
{
    char line[SLIP_WORDS] = "";
    for (const char *rest = words, *next; *rest; rest = next) {
        next = next_line(strip, block, rest, line);
        if (next == rest) {
            return false;
        }
    }
    return strchr(line, ' ') == NULL;
}

/* Centred lines, and those at the right, are of about one length: "(SKU)" or "WITA" alone below a
 * full line reads as a thing of its own. Those at the left begin where one looks for them, and
 * are evened only where a word would be left over. The narrowest block that takes no line more,
 * and breaks no word. */
static struct block
evened(const struct strip *strip, const struct block *block, const char *words)
{
    struct block even = *block;
    int lines = count_lines(strip, block, words);
    int low = widest_word(strip, block, words), high = block->width;
    if (lines < 2 || (block->side == LEFT && !ends_alone(strip, block, words))) {
        return even;
    }
    while (low < high) {
        even.width = (low + high) / 2;
        bool fits = count_lines(strip, &even, words) == lines;
        low = fits ? low : even.width + 1;
        high = fits ? even.width : high;
    }
    even.width = high;
    even.x += block->side == CENTRE  ? (block->width - high) / 2
              : block->side == RIGHT ? block->width - high
                                     : 0;
    return even;
}

/* Dots; below it a word is broken all the same. */
enum { SMALLEST = 20 };

bool
strip_write(struct strip *strip, const struct block *whole, const char *words)
{
    struct block fits = *whole; // "Kependuduk|an", a number cut in two: smaller letters are better
    while (fits.px > SMALLEST && widest_word(strip, &fits, words) > fits.width) {
        fits.px--;
    }
    struct block even = evened(strip, &fits, words);
    const struct block *block = &even;
    int height = type_line_height(strip->type, block->weight, block->px);
    char line[SLIP_WORDS];
    for (const char *rest = words; *rest;) {
        const char *next = next_line(strip, block, rest, line);
        if (next == rest || !strip_need(strip, height)) {
            return false;
        }
        strip_write_at(strip, block->weight, block->px, strip_start(strip, block, line), strip->y,
                       line);
        strip->y += height;
        rest = next;
    }
    return true;
}

int
strip_margin(const struct strip *strip)
{
    return strip_tenths(strip, 10);
}

struct block
strip_block(const struct strip *strip, enum type_weight weight, int px, enum side side)
{
    int edge = strip_margin(strip);
    return (struct block){weight, px, edge, strip->raster->width - 2 * edge, side};
}

void
strip_shrink(const struct strip *strip, struct block *block, const char *words)
{
    int width = type_width(strip->type, block->weight, block->px, 0, words);
    if (width > block->width) {
        block->px = block->px * block->width / width;
    }
    while (block->px > 8 &&
           type_width(strip->type, block->weight, block->px, 0, words) > block->width) {
        block->px--;
    }
}
