/* HEIC (ISO 14496-12 boxes, ISO 23008-12 items). Places in the file are numbers in it: nothing is
 * moved, what is not the picture becomes zeros where it stands. */
#include "photo_parts.h"

#include <string.h>

/* Of a hostile file too the work has an end. */
enum { ITEMS_MOST = 4096, EXTENTS_MOST = 65536, BLANKED_MOST = 64 };

struct file {
    uint8_t *bytes;
    size_t len;
};

struct box {
    size_t at, data, end; /* its begin, of what it holds, behind it */
    char kind[5];
};

/* The box at `*at` and `*at` behind it; false: none more, or (`*at` is not `end`) a broken one. */
static bool
next_box(const struct file *file, size_t *at, size_t end, struct box *box)
{
    if (*at > end || end - *at < 8) {
        return false;
    }
    uint64_t size = big_of(file->bytes + *at, 4);
    box->at = *at;
    box->data = *at + 8;
    if (size == 1) {
        if (end - *at < 16) {
            return false;
        }
        size = (uint64_t)big_of(file->bytes + *at + 8, 4) << 32 | big_of(file->bytes + *at + 12, 4);
        box->data = *at + 16;
    } else if (size == 0) {
        size = end - *at;
    }
    if (size < box->data - box->at || size > end - *at) {
        return false;
    }
    memcpy(box->kind, file->bytes + *at + 4, 4);
    box->kind[4] = '\0';
    box->end = *at + (size_t)size;
    *at = box->end;
    return true;
}

static bool
is(const struct box *box, const char *kind)
{
    return strcmp(box->kind, kind) == 0;
}

static bool
one_of(const char *kind, const char *const *list)
{
    while (*list && strcmp(*list, kind) != 0) {
        list++;
    }
    return *list != NULL;
}

static void
blank(const struct file *file, size_t at, size_t end)
{
    memset(file->bytes + at, 0, end - at);
}

static void
blank_box(const struct file *file, const struct box *box)
{
    memcpy(file->bytes + box->at + 4, "free", 4);
    blank(file, box->data, box->end);
}

static bool
find(const struct file *file, const struct box *in, size_t skip, const char *kind, struct box *box)
{
    size_t at = in->data + skip;
    while (next_box(file, &at, in->end, box)) {
        if (is(box, kind)) {
            return true;
        }
    }
    return false;
}

/* --- items ---------------------------------------------------------------------------------- */

/* Those that are no pictures: Exif, XMP, whatever. */
struct items {
    uint32_t list[ITEMS_MOST];
    size_t count;
};

static bool
read_items(const struct file *file, const struct box *iinf, struct items *items)
{
    static const char *const pictures[] = {"hvc1", "hev1", "lhv1", "grid",
                                           "iden", "iovl", "tmap", NULL};
    struct box infe;
    size_t head = iinf->data < iinf->end && file->bytes[iinf->data] > 0 ? 8 : 6;
    size_t at = iinf->data + head;
    items->count = 0;
    while (next_box(file, &at, iinf->end, &infe)) {
        const uint8_t *data = file->bytes + infe.data;
        size_t size = infe.end - infe.data, wide = size > 0 && data[0] == 3 ? 4 : 2;
        if (!is(&infe, "infe") || size < 10 + wide || data[0] < 2 || data[0] > 3) {
            return false;
        }
        char kind[5] = "";
        memcpy(kind, data + 6 + wide, 4);
        if (!one_of(kind, pictures)) {
            if (items->count == ITEMS_MOST) {
                return false;
            }
            items->list[items->count++] = big_of(data + 4, wide);
        }
    }
    return at == iinf->end;
}

/* A box of numbers, read one after another; `bad` once it ended too early. */
struct reader {
    const struct file *file;
    size_t at, end;
    bool bad;
};

static uint64_t
number(struct reader *reader, size_t count)
{
    if (count > 8 || reader->end - reader->at < count) {
        reader->bad = true;
        return 0;
    }
    uint64_t value = 0;
    for (size_t i = 0; i < count; i++) {
        value = value << 8 | reader->file->bytes[reader->at++];
    }
    return value;
}

static bool
blank_extent(const struct file *file, const struct box *idat, uint64_t method, uint64_t offset,
             uint64_t len)
{
    size_t begin = method == 0 ? 0 : idat->data, end = method == 0 ? file->len : idat->end;
    if (method > 1 || offset > end - begin || len > end - begin - offset) {
        return false;
    }
    size_t at = begin + (size_t)offset;
    blank(file, at, len > 0 ? at + (size_t)len : end); // no length: all that follows
    return true;
}

/* Zeros wherever the box of places says that one of the items stands. */
static bool
blank_items(const struct file *file, const struct box *iloc, const struct box *idat,
            const struct items *items)
{
    struct reader reader = {.file = file, .at = iloc->data, .end = iloc->end};
    uint64_t version = number(&reader, 4) >> 24, sizes = number(&reader, 2);
    size_t offset_size = sizes >> 12 & 15, len_size = sizes >> 8 & 15, base_size = sizes >> 4 & 15;
    size_t index_size = version > 0 ? sizes & 15 : 0, wide = version < 2 ? 2 : 4;
    uint64_t count = number(&reader, wide), blanked = 0, all = 0;
    for (uint64_t i = 0; i < count && i < ITEMS_MOST && !reader.bad; i++) {
        uint64_t id = number(&reader, wide), method = version > 0 ? number(&reader, 2) & 15 : 0;
        number(&reader, 2); // of which file: this one
        uint64_t base = number(&reader, base_size), extents = number(&reader, 2);
        bool goes = false;
        for (size_t j = 0; j < items->count; j++) {
            goes = goes || items->list[j] == id;
        }
        for (uint64_t j = 0; j < extents && !reader.bad; j++) {
            number(&reader, index_size);
            uint64_t offset = base + number(&reader, offset_size);
            uint64_t len = number(&reader, len_size);
            blanked += goes;
            if (++all > EXTENTS_MOST || blanked > BLANKED_MOST ||
                (goes && !reader.bad && !blank_extent(file, idat, method, offset, len))) {
                return false;
            }
        }
    }
    return !reader.bad && version <= 2 && count <= ITEMS_MOST;
}

/* --- the whole ------------------------------------------------------------------------------ */

static bool
sizes_are_sane(const struct file *file, const struct box *meta)
{
    struct box iprp, ipco, box;
    bool any = false;
    if (!find(file, meta, 4, "iprp", &iprp) || !find(file, &iprp, 0, "ipco", &ipco)) {
        return false;
    }
    for (size_t at = ipco.data; next_box(file, &at, ipco.end, &box);) {
        if (is(&box, "ispe")) {
            const uint8_t *data = file->bytes + box.data;
            if (box.end - box.data < 12 ||
                !photo_size_is_sane(big_of(data + 4, 4), big_of(data + 8, 4))) {
                return false;
            }
            any = true;
        } else if (is(&box, "udes") || is(&box, "uuid")) {
            blank_box(file, &box); // what somebody wrote about it
        }
    }
    return any;
}

static bool
clean_meta(const struct file *file, const struct box *meta)
{
    static const char *const stays[] = {"hdlr", "pitm", "iinf", "iloc", "iprp", "iref",
                                        "idat", "dinf", "grpl", "free", NULL};
    struct items items;
    struct box iinf, iloc, idat = {.at = 0}, box;
    size_t at = meta->data + 4;
    if (meta->end - meta->data < 4 || !find(file, meta, 4, "iinf", &iinf) ||
        !find(file, meta, 4, "iloc", &iloc)) {
        return false;
    }
    if (!find(file, meta, 4, "idat", &idat)) {
        idat = (struct box){.at = 0};
    }
    if (!read_items(file, &iinf, &items) || !sizes_are_sane(file, meta) ||
        !blank_items(file, &iloc, &idat, &items)) {
        return false;
    }
    while (next_box(file, &at, meta->end, &box)) {
        if (!one_of(box.kind, stays)) {
            blank_box(file, &box);
        }
    }
    return true;
}

bool
photo_clean_heic(uint8_t *bytes, size_t *len)
{
    struct file file = {.bytes = bytes, .len = *len};
    struct box box;
    size_t at = 0;
    int metas = 0;
    while (next_box(&file, &at, file.len, &box)) {
        if (is(&box, "meta")) {
            metas++;
            if (metas > 1 || !clean_meta(&file, &box)) {
                return false;
            }
        } else if (!is(&box, "ftyp") && !is(&box, "mdat")) {
            blank_box(&file, &box);
        }
    }
    *len = at; // what is no box behind them is not the picture's
    return metas == 1;
}
