#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

enum { BLOCK = 16 * 1024 };

struct block {
    struct block *next;
    size_t size, used;
    max_align_t data[];
};

struct arena {
    struct block *blocks;
};

static void *
must(void *memory)
{
    if (memory == NULL) {
        log_error("out of memory");
        abort();
    }
    return memory;
}

struct arena *
arena_create(void)
{
    return must(calloc(1, sizeof(struct arena)));
}

static void
free_blocks(struct block *block)
{
    while (block != NULL) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
}

void
arena_destroy(struct arena *arena)
{
    if (arena != NULL) {
        free_blocks(arena->blocks);
        free(arena);
    }
}

void
arena_reset(struct arena *arena)
{
    struct block *first = arena->blocks;
    if (first != NULL) {
        free_blocks(first->next);
        first->next = NULL;
        first->used = 0;
    }
}

void *
arena_alloc(struct arena *arena, size_t size)
{
    size_t unit = alignof(max_align_t);
    if (size > SIZE_MAX - unit - sizeof(struct block)) {
        must(NULL);
    }
    size = (size + unit - 1) / unit * unit;
    struct block *block = arena->blocks;
    if (block == NULL || block->size - block->used < size) {
        size_t room = size > BLOCK ? size : BLOCK;
        block = must(malloc(sizeof *block + room));
        *block = (struct block){.next = arena->blocks, .size = room};
        arena->blocks = block;
    }
    void *memory = (char *)block->data + block->used;
    block->used += size;
    return memset(memory, 0, size);
}

char *
arena_text(struct arena *arena, const char *text)
{
    if (text == NULL) {
        return NULL;
    }
    size_t size = strlen(text) + 1;
    return memcpy(arena_alloc(arena, size), text, size);
}
