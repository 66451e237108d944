/* Which path of the contract is whose. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "handlers.h"

struct route {
    const char *method, *path; /* a '*' at its end stands for one more part */
    bool open;                 /* to those without a certificate */
    size_t limit;
    handler *handler;
    bool says_size; /* the handler itself says that a body is too large */
};

/* What stands for the '*'; "" without one. */
const char *routes_rest(const struct route *route, const char *path);
/* NULL: `status` says why (404, 405). */
const struct route *routes_find(const char *method, const char *path, int *status);
