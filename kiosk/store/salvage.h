/* This room's own: what of a damaged store is carried over into a fresh one (salvage.c, and
 * salvage_outbox.c for the submissions), and where the files lie meanwhile (salvage_files.c). */
#pragma once
#include "store/sql.h"

struct salvage {
    const char *path;
    struct store old, *fresh; /* `old` reads what it can, its marks are ignored */
    struct witness witness;
    int64_t saved, lost_from, lost_to;
    struct chain chain;
};

static inline int64_t
greater(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static inline int64_t
lesser(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* The old store after a fault: the next row may be readable. */
struct store *salvage_old(struct salvage *salvage);
/* What a SELECT with one limit says of the old store; 0 where it says nothing. */
int64_t salvage_number(struct salvage *salvage, const char *sql, int64_t most);
enum store_result salvage_outbox(struct salvage *salvage); /* in the caller's transaction */

/* Beside `path`, the store's database. A former call may have stopped anywhere; each function
 * goes on from there. */

/* The store being made; the caller frees the name. */
char *salvage_fresh(const char *path);
void salvage_drop_fresh(const char *path);
/* The damaged database once it is aside, made as long as its header says; the caller frees. */
char *salvage_damaged(const char *path);

/* A damaged database was put aside and nothing is in its place: a call stopped between. */
bool salvage_is_aside(const char *path);
bool salvage_move_aside(const char *path); /* the damaged files make room */
bool salvage_move_in(const char *path);    /* the fresh ones take it */
