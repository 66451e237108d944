/* The opened sizes of the three Inter faces. The files are mapped once, so that a
 * size is opened without the file system; the least used size gives way. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "type/type.h"

struct faces;
struct _TTF_Font;

struct faces *faces_create(const char *folder); /* NULL and a log line */
void faces_destroy(struct faces *faces);

/* Valid until the next call. NULL (and one log line) only without memory. */
struct _TTF_Font *faces_get(struct faces *faces, enum type_weight weight, int px);
/* Call for each size that is open. */
void faces_each(struct faces *faces, void (*call)(struct _TTF_Font *font));
