/* The icons: SVG files read at the start, turned into coverage at the size asked. */
#pragma once
#include <stdint.h>

struct icons;

/* Every SVG file of the folder; NULL and a log line when there is none. */
struct icons *icons_create(const char *folder);
void icons_destroy(struct icons *icons);
/* size x size bytes of coverage, valid until the next call; NULL when there is no
 * such icon (logged once per name that is asked for). */
const uint8_t *icons_get(struct icons *icons, const char *name, int size);
