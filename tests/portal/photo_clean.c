/* A photo as it is kept: the picture, and nothing else that its file held. */
#include "photo_parts.h"

#include <string.h>

#include "photos.h"

/* More than phones take, and what a browser still draws in a quarter of a gigabyte. */
enum { PIXELS_MOST = 64 * 1000 * 1000, SIDE_MOST = 32767 };

bool
photo_size_is_sane(uint32_t width, uint32_t height)
{
    return width > 0 && height > 0 && width <= SIDE_MOST && height <= SIDE_MOST &&
           (uint64_t)width * height <= PIXELS_MOST;
}

/* --- JPEG (ITU T.81) ---------------------------------------------------------------------- */

enum { ORIENTED = 36 }; /* bytes of a segment that says how the camera was held, nothing more */

static uint32_t
tiff(const uint8_t *bytes, size_t count, bool little)
{
    return little ? little_of(bytes, count) : big_of(bytes, count);
}

/* 1 to 8, how it is to be turned, from an Exif segment's data; 0: it does not say. */
static int
orientation_of(const uint8_t *data, size_t len)
{
    if (len < 20 || memcmp(data, "Exif\0", 6) != 0) {
        return 0;
    }
    bool little = data[6] == 'I';
    const uint8_t *head = data + 6;
    size_t size = len - 6, at = tiff(head + 4, 4, little);
    size_t count = at <= size - 2 ? tiff(head + at, 2, little) : 0;
    for (at += 2; count > 0 && at + 12 <= size; count--, at += 12) {
        uint32_t value = tiff(head + at + 8, 2, little);
        if (tiff(head + at, 2, little) == 0x0112 && value >= 1 && value <= 8) {
            return (int)value;
        }
    }
    return 0;
}

static void
write_orientation(uint8_t out[ORIENTED], int orientation)
{
    static const uint8_t segment[ORIENTED] = {
        0xff, 0xe1, 0,    ORIENTED - 2, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
        0,    1,    0x01, 0x12,         0,   3,   0,   0,   0, 1, 0,   0,   0, 0,  0, 0, 0, 0};
    memcpy(out, segment, ORIENTED);
    out[29] = (uint8_t)orientation;
}

/* The picture needs it: tables, frames, scans, and of the rest what its colours mean. */
static bool
segment_stays(int marker, const uint8_t *data, size_t len)
{
    if (marker == 0xe0) {
        return len == 14 && memcmp(data, "JFIF", 5) == 0; // one without a small picture
    }
    if (marker == 0xe2) {
        return len > 12 && memcmp(data, "ICC_PROFILE", 12) == 0;
    }
    if (marker == 0xee) {
        return len == 12 && memcmp(data, "Adobe", 5) == 0;
    }
    return marker >= 0xc0 && marker <= 0xdd && marker != 0xc8;
}

static bool
is_frame(int marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/* Behind a scan's head: where the next segment begins. */
static size_t
scan_end(const uint8_t *bytes, size_t at, size_t len)
{
    while (at + 1 < len) {
        bool marker = bytes[at] == 0xff && bytes[at + 1] != 0 && bytes[at + 1] != 0xff;
        if (marker && (bytes[at + 1] < 0xd0 || bytes[at + 1] > 0xd7)) {
            return at;
        }
        at++;
    }
    return len;
}

static bool
clean_jpeg(uint8_t *bytes, size_t *len)
{
    size_t at = 2, out = 2, scans = 0;
    int orientation = 0;
    bool framed = false;
    while (at + 4 <= *len && bytes[at] == 0xff && bytes[at + 1] != 0xd9) {
        int marker = bytes[at + 1];
        if (marker == 0xff) { // filling
            at++;
            continue;
        }
        size_t size = big_of(bytes + at + 2, 2), end = at + 2 + size;
        const uint8_t *data = bytes + at + 4;
        if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8) || size < 2 || end > *len) {
            return false;
        }
        if (is_frame(marker)) {
            if (framed || size < 8 ||
                !photo_size_is_sane(big_of(data + 3, 2), big_of(data + 1, 2))) {
                return false;
            }
            framed = true;
        }
        if (marker == 0xda) {
            end = scan_end(bytes, end, *len);
            scans++;
        }
        int turned = marker == 0xe1 && orientation == 0 && end - at >= ORIENTED
                         ? orientation_of(data, size - 2)
                         : 0;
        if (turned > 0) {
            orientation = turned;
            write_orientation(bytes + out, turned);
            out += ORIENTED;
        } else if (segment_stays(marker, data, size - 2)) {
            memmove(bytes + out, bytes + at, end - at);
            out += end - at;
        }
        at = end;
    }
    if (!framed || scans == 0) {
        return false;
    }
    if (out + 2 <= *len) { // a phone that ended too early left no end
        bytes[out++] = 0xff;
        bytes[out++] = 0xd9;
    }
    *len = out;
    return true;
}

/* --- PNG (ISO 15948) ----------------------------------------------------------------------- */

static bool
clean_png(uint8_t *bytes, size_t *len)
{
    static const char stays[] = "IHDR PLTE IDAT IEND tRNS cHRM gAMA sRGB iCCP sBIT bKGD pHYs";
    size_t at = 8, out = 8;
    bool drawn = false;
    while (at + 12 <= *len) {
        size_t size = big_of(bytes + at, 4);
        if (size > *len - at - 12) {
            return false;
        }
        char kind[5] = "";
        memcpy(kind, bytes + at + 4, 4);
        bool first = at == 8, head = strcmp(kind, "IHDR") == 0, end = strcmp(kind, "IEND") == 0;
        if (first != head ||
            (head && (size != 13 || !photo_size_is_sane(big_of(bytes + at + 8, 4),
                                                        big_of(bytes + at + 12, 4))))) {
            return false;
        }
        drawn = drawn || strcmp(kind, "IDAT") == 0;
        if (strlen(kind) == 4 && !strchr(kind, ' ') && strstr(stays, kind)) {
            memmove(bytes + out, bytes + at, size + 12);
            out += size + 12;
        }
        at += size + 12;
        if (end) { // nothing behind it is the picture's
            *len = out;
            return drawn;
        }
    }
    return false;
}

/* --- WebP (RFC 9649) ------------------------------------------------------------------------ */

static bool
webp_size_is_sane(const char *kind, const uint8_t *data, size_t size)
{
    if (strcmp(kind, "VP8X") == 0) {
        return size >= 10 &&
               photo_size_is_sane(little_of(data + 4, 3) + 1, little_of(data + 7, 3) + 1);
    }
    if (strcmp(kind, "VP8L") == 0) {
        uint32_t both = size >= 5 && data[0] == 0x2f ? little_of(data + 1, 4) : 0;
        return size >= 5 && data[0] == 0x2f &&
               photo_size_is_sane((both & 0x3fff) + 1, ((both >> 14) & 0x3fff) + 1);
    }
    return strcmp(kind, "VP8 ") != 0 ||
           (size >= 10 && memcmp(data + 3, "\x9d\x01\x2a", 3) == 0 &&
            photo_size_is_sane(little_of(data + 6, 2) & 0x3fff, little_of(data + 8, 2) & 0x3fff));
}

static bool
clean_webp(uint8_t *bytes, size_t *len)
{
    enum { ANIMATED = 0x02, XMP = 0x04, EXIF = 0x08 };
    size_t at = 12, out = 12, whole = (size_t)little_of(bytes + 4, 4) + 8;
    bool drawn = false;
    *len = whole < *len ? whole : *len;
    while (at + 8 <= *len) {
        char kind[5] = "";
        memcpy(kind, bytes + at, 4);
        size_t size = little_of(bytes + at + 4, 4);
        if (size > *len - at - 8 || !webp_size_is_sane(kind, bytes + at + 8, size)) {
            return false;
        }
        size_t padded = size + size % 2;
        padded = padded > *len - at - 8 ? size : padded;
        bool picture = strcmp(kind, "VP8 ") == 0 || strcmp(kind, "VP8L") == 0;
        if (strcmp(kind, "VP8X") == 0) {
            bytes[at + 8] &= (uint8_t) ~(ANIMATED | XMP | EXIF);
        }
        if (picture || strcmp(kind, "VP8X") == 0 || strcmp(kind, "ALPH") == 0 ||
            strcmp(kind, "ICCP") == 0) {
            memmove(bytes + out, bytes + at, padded + 8);
            out += padded + 8;
        }
        drawn = drawn || picture;
        at += padded + 8;
    }
    for (int i = 0; i < 4; i++) {
        bytes[4 + i] = (uint8_t)((out - 8) >> (8 * i));
    }
    *len = out;
    return drawn;
}

bool
photo_clean(const char *type, uint8_t *bytes, size_t *len)
{
    const char *is = photo_type(bytes, *len);
    if (!is || strcmp(is, type) != 0) {
        return false;
    }
    return strcmp(is, "image/jpeg") == 0   ? clean_jpeg(bytes, len)
           : strcmp(is, "image/png") == 0  ? clean_png(bytes, len)
           : strcmp(is, "image/webp") == 0 ? clean_webp(bytes, len)
                                           : photo_clean_heic(bytes, len);
}
