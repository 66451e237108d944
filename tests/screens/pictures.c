#include "pictures.h"

#include <stdio.h>
#include <stdlib.h>

#include <SDL2/SDL_image.h>

#include "platform/canvas.h"
#include "platform/painter.h"
#include "ui/ui.h"

struct pictures {
    struct painter *painter;
};

struct pictures *
pictures_create(struct type *type, const char *icons)
{
    struct pictures *pictures = calloc(1, sizeof *pictures);
    if (pictures != NULL) {
        pictures->painter = painter_create(type, icons);
    }
    if (pictures == NULL || pictures->painter == NULL) {
        free(pictures);
        return NULL;
    }
    return pictures;
}

void
pictures_destroy(struct pictures *pictures)
{
    if (pictures != NULL) {
        painter_destroy(pictures->painter);
        free(pictures);
    }
}

bool
pictures_save(struct pictures *pictures, const struct ui *ui, const char *path)
{
    int width = ui->panel->width, height = ui->panel->height;
    uint32_t *pixels = calloc((size_t)width * (size_t)height, sizeof *pixels);
    if (pixels == NULL) {
        return false;
    }
    struct canvas canvas = {pixels, width, width, height, {0, 0, width, height}};
    painter_paint(pictures->painter, &canvas, ui->draw);
    SDL_Surface *picture = SDL_CreateRGBSurfaceWithFormatFrom(pixels, width, height, 32, width * 4,
                                                              SDL_PIXELFORMAT_RGB888);
    bool saved = picture != NULL && IMG_SavePNG(picture, path) == 0;
    if (!saved) {
        fprintf(stderr, "%s: %s\n", path, SDL_GetError());
    }
    SDL_FreeSurface(picture);
    free(pixels);
    return saved;
}
