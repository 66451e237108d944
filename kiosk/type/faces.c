#include "type/faces.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <SDL2/SDL_ttf.h>

#include "base/log.h"

// One screen uses about eight; each costs 0.3 MB, mostly tables that HarfBuzz keeps.
enum { SIZES = 12, PX_MIN = 4, PX_MAX = 1000 };

static const char system_folder[] = "/usr/share/fonts/opentype/inter";
static const char *const file_names[TYPE_WEIGHTS] = {
    [TYPE_REGULAR] = "Inter-Regular.otf",
    [TYPE_SEMIBOLD] = "Inter-SemiBold.otf",
    [TYPE_BOLD] = "Inter-Bold.otf",
};

struct file {
    void *bytes; // mapped; NULL: not
    size_t size;
};
struct size {
    TTF_Font *font; // owned; NULL: free
    enum type_weight weight;
    int px;
    uint64_t used;
};
struct faces {
    struct file files[TYPE_WEIGHTS];
    struct size sizes[SIZES];
    struct size *last; // the answer of the last call
    uint64_t clock;
    bool initialised;
};

static bool
file_map(struct file *file, const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat stat;
    if (fd >= 0 && fstat(fd, &stat) == 0 && stat.st_size > 0) {
        file->size = (size_t)stat.st_size;
        void *bytes = mmap(NULL, file->size, PROT_READ, MAP_PRIVATE, fd, 0);
        file->bytes = bytes == MAP_FAILED ? NULL : bytes;
    } else if (fd >= 0) {
        errno = ENODATA;
    }
    if (!file->bytes) {
        log_error("typeface %s: %s; install the package fonts-inter", path, strerror(errno));
    }
    if (fd >= 0) {
        close(fd);
    }
    return file->bytes;
}

static bool
size_open(struct size *size, const struct file *file, enum type_weight weight, int px)
{
    SDL_RWops *stream = SDL_RWFromConstMem(file->bytes, (int)file->size);
    size->font = stream ? TTF_OpenFontRW(stream, 1, px) : NULL;
    if (!size->font) {
        log_error("typeface %s at %d px: %s", file_names[weight], px, SDL_GetError());
        return false;
    }
    // Stems keep their shape at every size; the advance stays a whole pixel.
    TTF_SetFontHinting(size->font, TTF_HINTING_LIGHT);
    size->weight = weight;
    size->px = px;
    return true;
}

struct faces *
faces_create(const char *folder)
{
    struct faces *faces = calloc(1, sizeof *faces);
    bool good = faces != NULL;
    for (int i = 0; good && i < TYPE_WEIGHTS; i++) {
        good = file_map(&faces->files[i], folder ? folder : system_folder, file_names[i]);
    }
    if (good && TTF_Init() != 0) {
        log_error("SDL_ttf: %s", SDL_GetError());
        good = false;
    } else if (good) {
        faces->initialised = true;
    }
    // A file that is no typeface must be known now, not at the first screen.
    for (int i = 0; good && i < TYPE_WEIGHTS; i++) {
        good = faces_get(faces, (enum type_weight)i, PX_MIN * 8) != NULL;
    }
    if (good) {
        return faces;
    }
    faces_destroy(faces);
    return NULL;
}

void
faces_destroy(struct faces *faces)
{
    if (!faces) {
        return;
    }
    for (int i = 0; i < SIZES; i++) {
        if (faces->sizes[i].font) {
            TTF_CloseFont(faces->sizes[i].font);
        }
    }
    for (int i = 0; i < TYPE_WEIGHTS; i++) {
        if (faces->files[i].bytes) {
            munmap(faces->files[i].bytes, faces->files[i].size);
        }
    }
    if (faces->initialised) {
        TTF_Quit();
    }
    free(faces);
}

/* The size if it is open, else the place for it: a free one or the least used. */
static struct size *
faces_find(struct faces *faces, enum type_weight weight, int px)
{
    struct size *place = &faces->sizes[0];
    for (struct size *size = faces->sizes; size < faces->sizes + SIZES; size++) {
        if (size->font && size->weight == weight && size->px == px) {
            return size;
        }
        if (size->used < place->used) {
            place = size;
        }
    }
    return place;
}

struct _TTF_Font *
faces_get(struct faces *faces, enum type_weight weight, int px)
{
    px = px < PX_MIN ? PX_MIN : px > PX_MAX ? PX_MAX : px;
    struct size *size = faces->last;
    if (!size || !size->font || size->weight != weight || size->px != px) {
        size = faces_find(faces, weight, px);
    }
    if (size->font && (size->weight != weight || size->px != px)) {
        TTF_CloseFont(size->font);
        *size = (struct size){0};
    }
    if (!size->font && !size_open(size, &faces->files[weight], weight, px)) {
        return NULL;
    }
    size->used = ++faces->clock;
    faces->last = size;
    return size->font;
}

void
faces_each(struct faces *faces, void (*call)(struct _TTF_Font *font))
{
    for (int i = 0; i < SIZES; i++) {
        if (faces->sizes[i].font) {
            call(faces->sizes[i].font);
        }
    }
}
