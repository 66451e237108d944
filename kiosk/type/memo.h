/* What was measured of late: a page is laid out anew in every frame, and most of its
 * lines are those of the frame before. Holds no letters, only a hash of each line, and
 * not even that after memo_forget(). Two lines of one hash would share a width: one
 * chance in 10^16 a frame. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum { MEMO_PLACES = 4096 };

struct memo {
    struct {
        uint64_t key; /* 0: free */
        int32_t value;
    } places[MEMO_PLACES];
};

/* The key of a measure: which one and of what size in `what`, then the line. Never 0. */
uint64_t memo_key(uint64_t what, const char *line);
bool memo_find(const struct memo *memo, uint64_t key, int *value);
void memo_keep(struct memo *memo, uint64_t key, int value); /* in place of an older one */
void memo_forget(struct memo *memo);
