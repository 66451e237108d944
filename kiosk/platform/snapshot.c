#include "platform/snapshot.h"

#include <SDL2/SDL_image.h>

#include "base/log.h"
#include "platform/canvas.h"
#include "platform/window.h"

bool
snapshot_save(struct platform *platform, const char *path)
{
    struct canvas canvas;
    if (!window_canvas(platform_window(platform), &canvas)) {
        return false;
    }
    SDL_Surface *picture = SDL_CreateRGBSurfaceWithFormatFrom(
        canvas.pixels, canvas.width, canvas.height, 32, canvas.stride * 4, SDL_PIXELFORMAT_RGB888);
    bool saved = picture && IMG_SavePNG(picture, path) == 0;
    if (!saved) {
        log_error("%s: %s", path, SDL_GetError());
    }
    SDL_FreeSurface(picture);
    return saved;
}
