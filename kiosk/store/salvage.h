/* This room's own: where the files of a salvage lie beside `path`, the store's database.
 * A former call may have stopped anywhere; each function goes on from there. */
#pragma once
#include <stdbool.h>

/* The store being made; the caller frees the name. */
char *salvage_fresh(const char *path);
void salvage_drop_fresh(const char *path);
/* The damaged database once it is aside, made as long as its header says; the caller frees. */
char *salvage_damaged(const char *path);

/* A damaged database was put aside and nothing is in its place: a call stopped between. */
bool salvage_is_aside(const char *path);
bool salvage_move_aside(const char *path); /* the damaged files make room */
bool salvage_move_in(const char *path);    /* the fresh ones take it */
