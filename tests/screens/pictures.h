/* Pages as PNG files, painted by the kiosk's own painter: for a person to look at. */
#pragma once
#include <stdbool.h>

struct pictures;
struct type;
struct ui;

struct pictures *pictures_create(struct type *type, const char *icons);
void pictures_destroy(struct pictures *pictures);
bool pictures_save(struct pictures *pictures, const struct ui *ui, const char *path);
