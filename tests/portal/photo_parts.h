/* What the cleaning of the kinds of photos shares (photo_clean.c, photo_heic.c). */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A number of up to four bytes, its highest first, or its lowest. */
static inline uint32_t
big_of(const uint8_t *bytes, size_t count)
{
    uint32_t number = 0;
    for (size_t i = 0; i < count; i++) {
        number = number << 8 | bytes[i];
    }
    return number;
}

static inline uint32_t
little_of(const uint8_t *bytes, size_t count)
{
    uint32_t number = 0;
    for (size_t i = count; i-- > 0;) {
        number = number << 8 | bytes[i];
    }
    return number;
}

/* Of a picture that a browser can draw without harm. */
bool photo_size_is_sane(uint32_t width, uint32_t height);
bool photo_clean_heic(uint8_t *bytes, size_t *len);
