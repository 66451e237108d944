#include "type/type.h"

#include <stdlib.h>
#include <string.h>

#include <SDL2/SDL_ttf.h>

#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "type/faces.h"
#include "type/memo.h"

// A line beyond this many bytes is wider than any panel: the rest is not shaped.
enum { LINE_MAX_BYTES = 1024 };

struct type {
    struct faces *faces;           // owned
    char line[LINE_MAX_BYTES + 4]; // a cut copy, zeroed after use
    struct memo memo;
};

enum measure { MEASURE_WIDTH, MEASURE_FIT };

static uint64_t
key_of(enum measure measure, enum type_weight weight, int px, int width, const char *line)
{
    uint64_t what = (uint64_t)(uint32_t)width << 32 | (uint64_t)(uint32_t)px << 8 |
                    (uint64_t)weight << 4 | (uint64_t)measure;
    return memo_key(what, line);
}

struct type *
type_create(const char *folder)
{
    struct type *type = calloc(1, sizeof *type);
    if (!type) {
        return NULL;
    }
    type->faces = faces_create(folder);
    if (type->faces) {
        return type;
    }
    free(type);
    return NULL;
}

void
type_destroy(struct type *type)
{
    if (!type) {
        return;
    }
    faces_destroy(type->faces);
    secret_zero(type->line, sizeof type->line);
    memo_forget(&type->memo);
    free(type);
}

static void
font_forget(struct _TTF_Font *font)
{
    // The font keeps the glyph numbers of its last line: a longer one replaces them.
    static const char blanks[] = "                                                                "
                                 "                                                                ";
    int width;
    TTF_SizeUTF8(font, blanks, &width, NULL);
}

void
type_forget(struct type *type)
{
    faces_each(type->faces, font_forget);
    secret_zero(type->line, sizeof type->line);
    memo_forget(&type->memo);
}

/* The line itself when it is of a usual length, else its beginning. */
static const char *
line_cut(struct type *type, const char *line, size_t max)
{
    size_t len = strnlen(line, LINE_MAX_BYTES + 1);
    if (max > LINE_MAX_BYTES) {
        max = LINE_MAX_BYTES;
    }
    if (len <= max) {
        return line;
    }
    memcpy(type->line, line, max + 1);
    type->line[max + 1] = '\0';
    type->line[utf8_before(type->line, max + 1)] = '\0';
    return type->line;
}

static void
line_done(struct type *type, const char *line)
{
    if (line == type->line) {
        secret_zero(type->line, strlen(type->line));
    }
}

static int
font_width(TTF_Font *font, const char *line)
{
    int width = 0;
    if (*line && TTF_SizeUTF8(font, line, &width, NULL) != 0) {
        log_error("measuring a line: %s", SDL_GetError());
    }
    return width;
}

int
type_width(struct type *type, enum type_weight weight, int px, int cell, const char *line)
{
    if (cell > 0) {
        return (int)utf8_count(line) * cell;
    }
    int width;
    uint64_t key = key_of(MEASURE_WIDTH, weight, px, 0, line);
    if (memo_find(&type->memo, key, &width)) {
        return width;
    }
    TTF_Font *font = faces_get(type->faces, weight, px);
    if (!font) {
        return 0;
    }
    const char *shown = line_cut(type, line, LINE_MAX_BYTES);
    width = font_width(font, shown);
    line_done(type, shown);
    memo_keep(&type->memo, key, width);
    return width;
}

int
type_line_height(struct type *type, enum type_weight weight, int px)
{
    TTF_Font *font = faces_get(type->faces, weight, px);
    return font ? TTF_FontHeight(font) : px;
}

int
type_ascent(struct type *type, enum type_weight weight, int px)
{
    TTF_Font *font = faces_get(type->faces, weight, px);
    return font ? TTF_FontAscent(font) : px;
}

int
type_cap_height(struct type *type, enum type_weight weight, int px)
{
    TTF_Font *font = faces_get(type->faces, weight, px);
    int top = 0;
    if (!font || TTF_GlyphMetrics32(font, 'H', NULL, NULL, NULL, &top, NULL) != 0) {
        return px * 8 / 11;
    }
    return top;
}

bool
type_has(struct type *type, uint32_t code_point)
{
    for (int weight = 0; weight < TYPE_WEIGHTS; weight++) {
        TTF_Font *font = faces_get(type->faces, (enum type_weight)weight, 32);
        if (!font || !TTF_GlyphIsProvided32(font, code_point)) {
            return false;
        }
    }
    return true;
}

/* Bytes of the first `len` that fit into `width`. One shaping, where widths of
 * ever shorter pieces would take six. */
static size_t
bytes_within(struct type *type, TTF_Font *font, const char *text, size_t len, int width)
{
    int extent = 0, glyphs = 0;
    memcpy(type->line, text, len);
    type->line[len] = '\0';
    TTF_MeasureUTF8(font, type->line, width, &extent, &glyphs);
    secret_zero(type->line, len);
    size_t at = 0, step;
    for (; at < len && glyphs > 0; at += step, glyphs--) {
        utf8_at(text + at, &step);
    }
    return at < len ? at : len;
}

/* As many bytes as fit; of a long text only the beginning is shaped. */
static size_t
bytes_fitting(struct type *type, TTF_Font *font, int px, const char *text, size_t size, int width)
{
    // Letters are about half an em wide; twice as many again if they were not.
    for (size_t near = (size_t)width * 9 / 4 / (size_t)px + 16;; near *= 2) {
        size_t piece = near < size ? utf8_before(text, near + 1) : size;
        size_t fits = bytes_within(type, font, text, piece, width);
        if (fits < piece || piece == size) {
            return fits;
        }
    }
}

static size_t
skip_blanks(const char *text, size_t at)
{
    while (text[at] == ' ') {
        at++;
    }
    return at;
}

static int
measure_fit(struct type *type, enum type_weight weight, int px, const char *text, int width)
{
    TTF_Font *font = faces_get(type->faces, weight, px);
    size_t size = strnlen(text, LINE_MAX_BYTES), fits, len;
    if (text[size]) {
        size = utf8_before(text, size + 1);
    }
    if (!font || size == 0) {
        return (int)size;
    }
    fits = bytes_fitting(type, font, px > 1 ? px : 1, text, size, width > 0 ? width : 0);
    if (!text[fits] || text[fits] == ' ') {
        return (int)skip_blanks(text, fits);
    }
    size_t word = fits;
    while (word > 0 && text[word - 1] != ' ') {
        word--;
    }
    if (word > skip_blanks(text, 0)) {
        return (int)word;
    }
    utf8_at(text, &len);
    return (int)(fits > len ? fits : len);
}

int
type_fit(struct type *type, enum type_weight weight, int px, const char *text, int width)
{
    int fits;
    uint64_t key = key_of(MEASURE_FIT, weight, px, width, text);
    if (!memo_find(&type->memo, key, &fits)) {
        fits = measure_fit(type, weight, px, text, width);
        memo_keep(&type->memo, key, fits);
    }
    return fits;
}

/* Hand out the rows of an 8-bit surface, then zero and free it. */
static void
surface_spans(SDL_Surface *surface, int x, type_span *span, void *context)
{
    const uint8_t *row = surface->pixels;
    for (int y = 0; y < surface->h; y++, row += surface->pitch) {
        int begin = 0, end = surface->w;
        while (begin < end && row[begin] == 0) {
            begin++;
        }
        while (end > begin && row[end - 1] == 0) {
            end--;
        }
        if (end > begin) {
            span(context, x + begin, y, row + begin, end - begin);
        }
    }
    secret_zero(surface->pixels, (size_t)surface->h * (size_t)surface->pitch);
    SDL_FreeSurface(surface);
}

/* How far the first glyph reaches left of its origin: SDL_ttf moves the whole
 * line right by as much. */
static int
first_overhang(TTF_Font *font, const char *line)
{
    size_t len;
    int left = 0;
    if (TTF_GlyphMetrics32(font, utf8_at(line, &len), &left, NULL, NULL, NULL, NULL) != 0) {
        return 0;
    }
    return left < 0 ? left : 0;
}

static const SDL_Color white = {255, 255, 255, 255}, black = {0, 0, 0, 255};

/* Each character by itself, in the middle of its cell. */
static void
draw_cells(TTF_Font *font, int cell, const char *line, type_span *span, void *context)
{
    size_t len;
    int x = 0;
    for (; *line; line += len, x += cell) {
        uint32_t code = utf8_at(line, &len);
        int left, advance;
        if (code == ' ' || TTF_GlyphMetrics32(font, code, &left, NULL, NULL, NULL, &advance) != 0) {
            continue;
        }
        SDL_Surface *glyph = TTF_RenderGlyph32_Shaded(font, code, white, black);
        if (glyph) {
            surface_spans(glyph, x + (cell - advance) / 2 + (left < 0 ? left : 0), span, context);
        }
    }
}

void
type_draw(struct type *type, enum type_weight weight, int px, int cell, const char *line,
          type_span *span, void *context)
{
    TTF_Font *font = faces_get(type->faces, weight, px);
    const char *shown = line_cut(type, line, LINE_MAX_BYTES);
    if (font && cell > 0) {
        draw_cells(font, cell, shown, span, context);
    } else if (font && *shown) {
        SDL_Surface *surface = TTF_RenderUTF8_Shaded(font, shown, white, black);
        if (surface) {
            surface_spans(surface, first_overhang(font, shown), span, context);
        }
    }
    line_done(type, shown);
}
