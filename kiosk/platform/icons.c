#include "platform/icons.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <SDL2/SDL_image.h>

#include "base/files.h"
#include "base/log.h"
#include "base/text.h"

enum { ICONS_MAX = 128, KEPT = 48, SIZE_MAX_PX = 1024, FILE_MAX = 64 * 1024 };

struct icon {
    char name[32];
    char *svg; // owned
    size_t len;
};
struct mask {
    const struct icon *icon;
    int size;
    unsigned used;
    uint8_t *coverage; // owned
};
struct icons {
    struct icon all[ICONS_MAX];
    size_t count;
    struct mask kept[KEPT];
    unsigned clock;
    bool missing_logged;
};

static bool
icon_read(struct icon *icon, const char *folder, const char *file)
{
    char path[4096];
    size_t stem = strlen(file);
    if (stem < 5 || strcmp(file + stem - 4, ".svg") != 0 || stem - 4 >= sizeof icon->name) {
        return false;
    }
    snprintf(path, sizeof path, "%s/%s", folder, file);
    snprintf(icon->name, sizeof icon->name, "%.*s", (int)stem - 4, file);
    icon->svg = files_read(path, FILE_MAX, &icon->len);
    return icon->svg != NULL;
}

struct icons *
icons_create(const char *folder)
{
    struct icons *icons = calloc(1, sizeof *icons);
    DIR *entries = opendir(folder);
    if (!entries) {
        log_error("icons: the folder %s cannot be opened", folder);
    }
    for (struct dirent *entry; icons && entries && (entry = readdir(entries));) {
        if (icons->count < ICONS_MAX) {
            icons->count += icon_read(&icons->all[icons->count], folder, entry->d_name);
        }
    }
    if (entries) {
        closedir(entries);
    }
    if (icons && icons->count > 0) {
        return icons;
    }
    if (entries) {
        log_error("icons: no SVG file in %s", folder);
    }
    icons_destroy(icons);
    return NULL;
}

void
icons_destroy(struct icons *icons)
{
    if (!icons) {
        return;
    }
    for (size_t i = 0; i < icons->count; i++) {
        free(icons->all[i].svg);
    }
    for (int i = 0; i < KEPT; i++) {
        free(icons->kept[i].coverage);
    }
    free(icons);
}

static const struct icon *
icon_find(const struct icons *icons, const char *name)
{
    for (size_t i = 0; i < icons->count; i++) {
        if (strcmp(icons->all[i].name, name) == 0) {
            return &icons->all[i];
        }
    }
    return NULL;
}

/* The drawing's opacity; its own colours do not matter. */
static uint8_t *
icon_rasterise(const struct icon *icon, int size)
{
    SDL_RWops *stream = SDL_RWFromConstMem(icon->svg, (int)icon->len);
    SDL_Surface *drawn = stream ? IMG_LoadSizedSVG_RW(stream, size, size) : NULL;
    uint8_t *coverage = drawn ? calloc((size_t)size, (size_t)size) : NULL;
    for (int y = 0; coverage && y < size && y < drawn->h; y++) {
        const uint8_t *row = (const uint8_t *)drawn->pixels + (ptrdiff_t)y * drawn->pitch;
        for (int x = 0; x < size && x < drawn->w; x++) {
            uint32_t pixel;
            memcpy(&pixel, row + 4 * x, sizeof pixel);
            coverage[y * size + x] =
                (uint8_t)((pixel & drawn->format->Amask) >> drawn->format->Ashift);
        }
    }
    if (!coverage) {
        log_error("icon %s: %s", icon->name, SDL_GetError());
    }
    SDL_FreeSurface(drawn);
    if (stream) {
        SDL_RWclose(stream);
    }
    return coverage;
}

const uint8_t *
icons_get(struct icons *icons, const char *name, int size)
{
    struct mask *place = &icons->kept[0];
    const struct icon *icon = icon_find(icons, name);
    if (!icon && !icons->missing_logged) {
        log_error("icons: there is no %s.svg", name);
    }
    icons->missing_logged |= !icon;
    if (!icon || size <= 0 || size > SIZE_MAX_PX) {
        return NULL;
    }
    for (struct mask *mask = icons->kept; mask < icons->kept + KEPT; mask++) {
        if (mask->icon == icon && mask->size == size) {
            mask->used = ++icons->clock;
            return mask->coverage;
        }
        if (mask->used < place->used) {
            place = mask;
        }
    }
    free(place->coverage);
    *place = (struct mask){.icon = icon, .size = size, .used = ++icons->clock};
    place->coverage = icon_rasterise(icon, size);
    return place->coverage;
}
