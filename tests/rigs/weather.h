/* Bad weather for a real program: a library put before it (LD_PRELOAD) counts its calls of
 * the system by kind and lets one of them go wrong, when the rig says so through a
 * file that both map. */
#pragma once
#include <stdatomic.h>

enum weather_kind {
    WEATHER_WRITE,      /* write, pwrite, send, sync, truncate, rename, unlink: the program is
                           killed before that call */
    WEATHER_ALLOCATION, /* malloc, calloc, realloc: out of memory */
    WEATHER_OPEN,       /* open, socket, accept, eventfd: EMFILE */
    WEATHER_KINDS
};

struct weather {
    atomic_int counted[WEATHER_KINDS];
    atomic_int at[WEATHER_KINDS]; /* the call with that number; 0 none */
};
