/* Many small allocations with one lifetime: a loaded catalogue, a frame. */
#pragma once
#include <stddef.h>

struct arena;

struct arena *arena_create(void);                    /* aborts on out of memory, as do the others */
void arena_destroy(struct arena *arena);             /* NULL is fine */
void arena_reset(struct arena *arena);               /* keeps the memory for the next use */
void *arena_alloc(struct arena *arena, size_t size); /* zeroed, aligned for any type */
char *arena_text(struct arena *arena, const char *text); /* copy; NULL stays NULL */
